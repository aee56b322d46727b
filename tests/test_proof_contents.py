"""Which code is proved for a device: that of its newest label that counts, of this product, else that of the pool."""

import contextlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gizqr_station.assembly.ledgers import begun_ledger
from gizqr_station.assembly.proofs import content_to_prove
from gizqr_station.codes.pool_store import SqlPool
from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.identity import Imei, MacAddress
from gizqr_station.domain.job import JobState
from gizqr_station.domain.ledger_failures import NothingRecorded
from gizqr_station.domain.pooled_codes import CodeZip, ZipCodes
from gizqr_station.domain.stop import Stop
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from tests.contracts.ledger_samples import LIVE, MAC, OTHER_KEY, OTHER_MAC, OVER, PRODUCT_KEY, brought_to, opened
from tests.fakes import SteppingClock

URL = "http://qr.example.com"
SETTINGS = Settings.model_validate({"product": {"key": PRODUCT_KEY, "name": "Plug"}, "service": {"url": URL}})


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "station")


def labelled(folder: DataFolder, state: JobState = JobState.SENT, **changes: object) -> None:
    folder.root.mkdir(exist_ok=True)
    with contextlib.closing(begun_ledger(folder, "bench-1")) as ledger:
        brought_to(ledger, opened(ledger, **changes), state)


def pooled(folder: DataFolder, content: str = "of the pool", **changes: str) -> None:
    folder.root.mkdir(exist_ok=True)
    place = {"product_key": PRODUCT_KEY, "service": URL} | changes
    came = CodeZip(source=CodeSource.SERVICE, task="", file="1.zip", digest="0" * 64, at=AT, **place)
    with contextlib.closing(SqlPool.open(folder.pool_file, clock=SteppingClock())) as pool:
        pool.add(ZipCodes(came, {MAC: content}), Stop())


AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("state", LIVE)
def test_a_label_that_counts_goes_before_the_pool(folder: DataFolder, state: JobState) -> None:
    pooled(folder)
    labelled(folder, state, content="on the label")
    assert content_to_prove(folder, SETTINGS, MAC) == "on the label"


@pytest.mark.parametrize("state", OVER)
def test_a_label_that_was_given_up_is_not_what_is_on_the_device(folder: DataFolder, state: JobState) -> None:
    labelled(folder, state, content="given up")
    with pytest.raises(NothingRecorded):
        content_to_prove(folder, SETTINGS, MAC)
    pooled(folder)
    assert content_to_prove(folder, SETTINGS, MAC) == "of the pool"
    labelled(folder, content="its next label")
    assert content_to_prove(folder, SETTINGS, MAC) == "its next label"


def test_a_label_of_another_product_or_device_is_not_proved_for_this_one(folder: DataFolder) -> None:
    labelled(folder, product_key=OTHER_KEY, content="of another product")
    labelled(folder, identity=OTHER_MAC, content="of another device")
    with pytest.raises(NothingRecorded):
        content_to_prove(folder, SETTINGS, MAC)
    pooled(folder)
    assert content_to_prove(folder, SETTINGS, MAC) == "of the pool"


def test_a_label_whose_number_has_the_other_in_it_is_not_taken_for_its_own(folder: DataFolder) -> None:
    labelled(folder, identity=Imei.parse("009111500047002"), content="of a cellular device")
    with pytest.raises(NothingRecorded):
        content_to_prove(folder, SETTINGS, MacAddress.parse("009111500047"))


@pytest.mark.parametrize("change", [{"product_key": OTHER_KEY}, {"service": "http://elsewhere.example"}])
def test_a_pooled_code_of_another_product_or_service_is_not_proved(folder: DataFolder, change: dict[str, str]) -> None:
    pooled(folder, **change)
    with pytest.raises(NothingRecorded):
        content_to_prove(folder, SETTINGS, MAC)
