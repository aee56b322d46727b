"""The ledger of a data folder, as its settings want it."""

from contextlib import closing
from pathlib import Path

import pytest

from gizqr_station.assembly import begun_ledger
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.settings.record_settings import LedgerSettings
from gizqr_station.settings.store import write_commented


@pytest.mark.parametrize("given", [True, False], ids=["by the caller", "by the folder"])
def test_a_field_ledger_counts_its_serials_under_its_own_prefix(tmp_path: Path, given: bool) -> None:
    folder = DataFolder(tmp_path)
    wanted = LedgerSettings(serial_prefix="F7")
    if not given:
        write_commented(folder.settings_file, Settings(ledger=wanted))
    with closing(begun_ledger(folder, "laptop", wanted=wanted if given else None)) as ledger:
        assert list(ledger.label_serials(2)) == ["F7-000001", "F7-000002"]


def test_without_settings_serials_begin_with_l(tmp_path: Path) -> None:
    with closing(begun_ledger(DataFolder(tmp_path), "bench-1")) as ledger:
        assert ledger.next_label_serial() == "L-000001"
