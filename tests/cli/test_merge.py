"""``ledger merge | conflicts | keep``."""

import contextlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from gizqr_station.domain.job import JobState
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.places import DataFolder
from tests.cli.bench import ledger_of, set_up
from tests.cli.conftest import Run
from tests.contracts.ledger_samples import brought_to, mac, opened
from tests.fakes import SteppingClock

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    """One label is verified, and a lead is known."""
    monkeypatch.setenv("GIZQR_PIN", "473829")
    monkeypatch.setenv("GIZQR_NEW_PIN", "473829")
    made = set_up(tmp_path)
    with contextlib.closing(ledger_of(made)) as ledger:
        brought_to(ledger, opened(ledger, identity=mac(1)), JobState.VERIFIED)
    assert run("people", "first-lead", "Lin", "--json").code == 0
    return made


@pytest.fixture
def laptop(tmp_path: Path) -> Path:
    """It has labelled that device too, and another one."""
    file = tmp_path / "laptop.sqlite"
    with contextlib.closing(open_ledger(file, kind="production", station="f7", clock=SteppingClock())) as ledger:
        ledger.number_under("F7")
        for unit in (1, 2):
            brought_to(ledger, opened(ledger, identity=mac(unit), station="f7"), JobState.VERIFIED)
    return file


def test_a_laptop_is_merged_and_its_conflict_settled(
    run: Run, folder: DataFolder, laptop: Path, tmp_path: Path
) -> None:
    looked = run("ledger", "merge", laptop, "--dry-run", "--json").document()
    assert (looked["labels"], looked["contested"], looked["dry_run"]) == (2, 1, True)
    assert run("ledger", "find", "--json").document()["found"] == 1

    told = run("ledger", "merge", laptop, "--person", "Lin")
    assert told.code == 0, told.err
    assert "2 labels taken over." in told.out
    assert "1 of them are on devices that have a label here" in told.out
    assert "Nothing new" in run("ledger", "merge", laptop, "--person", "Lin").out

    shown = run("ledger", "conflicts").out
    assert "L-000001" in shown
    assert "F7-000001" in shown
    kept = run("ledger", "keep", "L-000001", "--remark", "seen on the device", "--person", "Lin")
    assert (kept.code, "F7-000001 of f7 is voided: destroy it." in kept.out) == (0, True)
    assert run("ledger", "conflicts", "--json").document()["found"] == 0
    assert run("ledger", "verify").code == 0

    proof = tmp_path / "unit.json"
    assert run("ledger", "evidence", "00:91:1f:00:00:02", "--output", proof, "--person", "Lin").code == 0
    written = json.loads(proof.read_text(encoding="utf-8"))
    assert "origin" in json.dumps(written)
    key = run("ledger", "checkpoint", "--person", "Lin", "--json").document()["key_id"]
    checked = subprocess.run(
        [sys.executable, ROOT / "packaging" / "check_evidence.py", proof, str(key)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_nobody_in_particular_merges_nothing(run: Run, folder: DataFolder, laptop: Path) -> None:
    told = run("ledger", "merge", laptop)
    assert (told.code, "E-PPL" in told.err) == (1, True)
    assert run("ledger", "find", "--json").document()["found"] == 1


def test_a_file_that_is_no_ledger_is_refused_and_nothing_is_left_of_it(
    run: Run, folder: DataFolder, tmp_path: Path
) -> None:
    (tmp_path / "text").write_text("hello")
    told = run("ledger", "merge", tmp_path / "text", "--person", "Lin")
    assert (told.code, "E-LED-80" in told.err) == (1, True)
    assert not list(folder.root.glob("merge-*"))


def test_no_conflict_is_said_so(run: Run, folder: DataFolder) -> None:
    assert "No device has labels of two ledgers." in run("ledger", "conflicts").out
