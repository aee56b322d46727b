"""Commands about codes, checkpoints, results and test labels ask who it is, once people are known."""

import contextlib
import sqlite3
from pathlib import Path

import pytest

from gizqr_station.assembly import people as assembled_people
from gizqr_station.domain.people import Role
from gizqr_station.places import DataFolder
from gizqr_station.trust.pins import Argon2Pins
from tests.cli.bench import labels_in, set_up
from tests.cli.conftest import Run

PIN = "482915"
MAC = "0C2A69000001"
LABELS = {
    "fetch": ("codes", "fetch", MAC),
    "resume": ("codes", "resume", "1"),
    "cancel": ("codes", "cancel", "1"),
    "remove": ("codes", "remove", MAC, "--reason", "wrong"),
    "import": ("codes", "import", "no.zip"),
    "prove": ("codes", "prove", "--content", "a code"),
    "test label": ("printers", "test", "paper"),
}
QA = {
    "export": ("codes", "export", "--output", "pool.json"),
    "checkpoint": ("ledger", "checkpoint"),
    "outbox": ("outbox", "retry"),
}


@pytest.fixture
def folder(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    """A lead and an operator are known."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(assembled_people, "Argon2Pins", lambda: Argon2Pins(rounds=1, memory_kib=64, lanes=1))
    monkeypatch.setenv("GIZQR_PIN", PIN)
    monkeypatch.setenv("GIZQR_NEW_PIN", PIN)
    made = set_up(tmp_path, scheme="gizwits", content="")
    before, _, outbox = made.settings_file.read_text("utf-8").partition("[outbox]")
    outbox = outbox.replace('folder = ""', 'folder = "/mes"', 1)
    made.settings_file.write_text(f"{before}[outbox]{outbox}", "utf-8")
    assert run("people", "first-lead", "Wang Fang").code == 0
    added = ("people", "add", "Sun Li", "--role", Role.OPERATOR.value, "--person", "Wang Fang")
    assert run(*added).code == 0
    return made


@pytest.mark.parametrize("name", [*LABELS, *QA])
def test_nobody_in_particular_changes_nothing(run: Run, folder: DataFolder, tmp_path: Path, name: str) -> None:
    told = run(*{**LABELS, **QA}[name])
    assert (told.code, "E-PPL" in told.err) == (1, True), told.err
    assert not folder.last_checkpoint_file.exists()
    assert not (tmp_path / "pool.json").exists()
    assert labels_in(tmp_path / "paper") == []


@pytest.mark.parametrize("name", QA)
def test_what_is_qas_is_refused_to_an_operator_and_done_for_a_lead(run: Run, folder: DataFolder, name: str) -> None:
    refused = run(*QA[name], "--person", "Sun Li")
    assert (refused.code, "E-PPL" in refused.err) == (1, True)
    done = run(*QA[name], "--person", "Wang Fang")
    assert "E-PPL" not in done.err, done.err


@pytest.mark.parametrize("name", LABELS)
def test_what_is_an_operators_they_are_let(run: Run, folder: DataFolder, name: str) -> None:
    assert "E-PPL" not in run(*LABELS[name], "--person", "Sun Li").err


def test_a_checkpoint_tells_whose_it_is(run: Run, folder: DataFolder) -> None:
    assert run("ledger", "checkpoint", "--person", "Wang Fang").code == 0
    with contextlib.closing(sqlite3.connect(folder.ledger_file)) as raw:
        signed = raw.execute("SELECT who FROM entries WHERE kind = 'checkpoint'").fetchall()
    assert signed == [("Wang Fang",)]
