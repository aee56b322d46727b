"""``outbox show | retry``."""

import contextlib
from pathlib import Path
from typing import Any

import pytest

from gizqr_station.domain.job import JobState
from gizqr_station.domain.result import Destination
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.settings.record_settings import OutboxSettings
from gizqr_station.settings.store import write_commented
from tests.cli.bench import ledger_of
from tests.cli.conftest import Run
from tests.contracts.ledger_samples import brought_to, mac, opened


def set_up(tmp_path: Path, outbox: OutboxSettings) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    folder.root.mkdir()
    write_commented(folder.settings_file, Settings(outbox=outbox))
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """Three results, of which the first waits for a person."""
    made = set_up(tmp_path, OutboxSettings(folder="/mes/in"))
    with contextlib.closing(ledger_of(made)) as ledger:
        ledger.outbox_standing(Destination.FOLDER)
        for number in (1, 2, 3):
            brought_to(ledger, opened(ledger, identity=mac(number)), JobState.VERIFIED)
        first = ledger.results_after(0, 1)[0]
        ledger.result_failed(Destination.FOLDER, first.sequence, at=first.at, reason="E-OUT-20", give_up=True)
    return made


def test_what_was_not_handed_over_is_told_with_the_reason(run: Run, folder: DataFolder) -> None:
    told = run("outbox", "show")
    assert told.code == 0
    assert told.out.splitlines()[0].startswith("folder /mes/in: 3 not handed over, since ")
    assert told.out.splitlines()[1].endswith("1 tries, E-OUT-20; waits for a person")


def test_the_same_as_json(run: Run, folder: DataFolder) -> None:
    said: dict[str, Any]
    (said,) = run("outbox", "show", "--json").document()["outbox"]  # type: ignore[misc]
    assert (said["destination"], said["unsent"], said["failed"][0]["given_up"]) == ("folder", 3, True)


def test_what_was_given_up_is_tried_again_once_somebody_says_so(run: Run, folder: DataFolder) -> None:
    assert run("outbox", "retry", "--json").document() == {"tried_again": 1}
    assert run("outbox", "retry", "--json").document() == {"tried_again": 0}


@pytest.mark.parametrize("action", ["show", "retry"])
def test_without_an_outbox_it_says_what_to_do(run: Run, tmp_path: Path, action: str) -> None:
    set_up(tmp_path, OutboxSettings())
    told = run("outbox", action)
    assert (told.code, "E-OUT-22" in told.err) == (1, True)


def test_a_token_in_the_address_is_not_shown(run: Run, tmp_path: Path) -> None:
    made = set_up(tmp_path, OutboxSettings(webhook="https://mes.example/in?token=sesame"))
    ledger_of(made).close()
    told = run("outbox", "show")
    assert (told.code, told.out) == (0, "webhook https://mes.example/in: 0 not handed over\n")
