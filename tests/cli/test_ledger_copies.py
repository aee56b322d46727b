"""``ledger backup | restore``."""

import contextlib
from pathlib import Path

import pytest

from gizqr_station.domain.job import JobState
from gizqr_station.places import DataFolder
from tests.cli.bench import ledger_of, set_up
from tests.cli.conftest import Run
from tests.contracts.ledger_samples import brought_to, mac, opened


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """One label is verified."""
    made = set_up(tmp_path)
    with contextlib.closing(ledger_of(made)) as ledger:
        brought_to(ledger, opened(ledger, identity=mac(1)), JobState.VERIFIED)
    return made


def backed_up(run: Run, folder: DataFolder) -> str:
    """A lead of the copy may restore it."""
    assert run("people", "first-lead", "Lin", "--json").code == 0
    return str(run("ledger", "backup", "--person", "Lin", "--json").document()["copy"])


@pytest.fixture
def pin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIZQR_PIN", "473829")
    monkeypatch.setenv("GIZQR_NEW_PIN", "473829")


def test_a_station_that_knows_nobody_saves_its_ledger_and_one_that_does_asks_who(
    run: Run, folder: DataFolder, pin: None
) -> None:
    assert run("ledger", "backup").code == 0
    backed_up(run, folder)
    told = run("ledger", "backup")
    assert (told.code, "E-PPL" in told.err) == (1, True)


def test_a_copy_is_made_and_comes_back(run: Run, folder: DataFolder, pin: None) -> None:
    copy = backed_up(run, folder)
    with contextlib.closing(ledger_of(folder)) as ledger:
        brought_to(ledger, opened(ledger, identity=mac(2)), JobState.VERIFIED)
    told = run("ledger", "restore", copy, "--person", "Lin")
    assert told.code == 0, told.err
    assert "Taken over from it: 1 labels begun since, 0 that had gone on." in told.out
    assert run("ledger", "find", "--json").document()["found"] == 2


def test_what_cannot_be_taken_over_is_said_aloud(run: Run, folder: DataFolder, pin: None) -> None:
    copy = backed_up(run, folder)
    folder.ledger_file.write_bytes(b"\0" * 4096)
    told = run("ledger", "restore", copy, "--person", "Lin")
    assert told.code == 0
    assert "Every label made since that copy could not be taken over" in told.out
    assert "look whether it has a label already" in told.out


def test_without_a_lead_nothing_is_restored(run: Run, folder: DataFolder, pin: None) -> None:
    copy = backed_up(run, folder)
    before = folder.ledger_file.stat().st_ino
    told = run("ledger", "restore", copy)
    assert (told.code, folder.ledger_file.stat().st_ino == before) == (1, True)


def test_a_file_that_is_no_copy_is_refused(run: Run, folder: DataFolder, pin: None, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("hello")
    told = run("ledger", "restore", tmp_path / "text", "--person", "Lin")
    assert (told.code, "E-LED-61" in told.err) == (1, True)
