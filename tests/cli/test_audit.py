"""``ledger verify``, ``ledger checkpoint`` and ``ledger evidence`` as scripts see them."""

import json
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest

from gizqr_station.assembly.ledgers import begun_ledger
from gizqr_station.domain.audit_failures import OlderLedger
from gizqr_station.domain.job import JobState
from gizqr_station.domain.people import Role
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.settings.store import write_commented
from gizqr_station.trust.pins import Argon2Pins
from tests.cli.bench import ledger_of, set_up
from tests.cli.conftest import Run
from tests.contracts.ledger_samples import brought_to, mac, opened


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """With two labels in its ledger."""
    folder = set_up(tmp_path)
    with closing(ledger_of(folder)) as ledger:
        brought_to(ledger, opened(ledger, identity=mac(1), work_order="WO-7"), JobState.VERIFIED)
        brought_to(ledger, opened(ledger, identity=mac(2), work_order="WO-7"), JobState.VERIFIED)
    return folder


def changed(folder: DataFolder, statement: str) -> None:
    with closing(sqlite3.connect(folder.ledger_file)) as raw, raw:
        for (trigger,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {trigger}")
        raw.execute(statement)


def test_a_whole_record_is_said_to_be_whole_and_how_much_of_it_is_signed(run: Run, folder: DataFolder) -> None:
    assert "8 entries, none of them signed yet" in run("ledger", "verify").out
    made = run("ledger", "checkpoint", "--json").document()
    assert (made["count"], made["folder"]) == (8, str(folder.checkpoints))
    found = run("ledger", "verify", "--json").document()
    assert (found["whole"], found["entries"], found["covered"]) == (True, 9, 8)


@pytest.mark.skipif(sys.platform == "win32", reason="rights are another matter on Windows")
def test_the_private_key_is_its_owners_alone_and_nowhere_else(run: Run, folder: DataFolder) -> None:
    run("ledger", "checkpoint")
    key_file = folder.secrets / "checkpoint-key"
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    key = key_file.read_text()
    said = run("ledger", "checkpoint", "--json").out
    assert key_file.read_text() == key
    assert key not in said
    for path in folder.root.rglob("*"):
        if path.is_file() and path != key_file:
            assert key.encode() not in path.read_bytes(), path


def test_the_first_bad_entry_is_named(run: Run, folder: DataFolder) -> None:
    run("ledger", "checkpoint")
    changed(folder, "UPDATE entries SET who = 'nobody' WHERE sequence = 3")
    done = run("ledger", "verify")
    assert done.code == 1
    assert "Entry 3 of the record was changed." in done.err
    assert "E-LED-20" in done.err


def test_a_cut_record_is_found_and_not_signed_again(run: Run, folder: DataFolder) -> None:
    run("ledger", "checkpoint")
    changed(folder, "DELETE FROM entries WHERE sequence > 6")
    assert "E-LED-23" in run("ledger", "verify").err
    assert "E-LED-23" in run("ledger", "checkpoint").err


def test_a_station_does_not_start_on_an_older_ledger(run: Run, folder: DataFolder, tmp_path: Path) -> None:
    older = tmp_path / "copy"
    older.write_bytes(folder.ledger_file.read_bytes())
    with closing(ledger_of(folder)) as ledger:
        opened(ledger, identity=mac(3))
    run("ledger", "checkpoint")
    begun_ledger(folder, "bench-1").close()
    folder.ledger_file.write_bytes(older.read_bytes())
    with pytest.raises(OlderLedger) as refused:
        begun_ledger(folder, "bench-1")
    assert (refused.value.count, refused.value.found) == (9, 8)
    folder.last_checkpoint_file.unlink()
    begun_ledger(folder, "bench-1").close()


def test_a_second_place_that_is_away_is_said_and_stops_no_label(run: Run, folder: DataFolder, tmp_path: Path) -> None:
    settings = Settings.model_validate({"ledger": {"checkpoint_folder": str(tmp_path / "not mounted")}})
    write_commented(folder.settings_file, settings)
    done = run("ledger", "checkpoint")
    assert done.code == 1
    assert "E-OUT-01" in done.err
    assert str(tmp_path / "not mounted") in done.err
    with closing(begun_ledger(folder, "bench-1")) as ledger:
        opened(ledger, identity=mac(4))


def test_evidence_is_for_those_who_may_export(run: Run, folder: DataFolder, tmp_path: Path) -> None:
    file = tmp_path / "evidence.json"
    assert run("ledger", "evidence", str(mac(1)), "--output", str(file)).code == 1
    with closing(ledger_of(folder)) as ledger:
        hashed = Argon2Pins().hash("260302")
        ledger.add_person("Chen Jing", Role.LEAD, who="Chen Jing", first=True, pin_hash=hashed)
    pin = tmp_path / "pin"
    pin.write_text("260302\n")
    as_lead = ("--person", "Chen Jing", "--pin-file", str(pin))
    made = run("ledger", "evidence", "00:91:1F:00:00:01", "--output", str(file), "--json", *as_lead).document()
    assert (made["labels"], made["entries"]) == (1, 4)
    assert json.loads(file.read_bytes())["about"] == {"identity": mac(1).text}
    again = run("ledger", "evidence", str(mac(1)), "--output", str(file), *as_lead)
    assert "E-OUT-10" in again.err
    order = tmp_path / "order.json"
    whole = run("ledger", "evidence", "--order", "WO-7", "--output", str(order), "--json", *as_lead).document()
    assert whole["labels"] == 2
    nobody = run("ledger", "evidence", "--order", "WO-8", "--output", str(tmp_path / "x"), *as_lead)
    assert "E-LED-11" in nobody.err
    assert "E-LED-13" in run("ledger", "evidence", "00911f", "--output", str(tmp_path / "x"), *as_lead).err
