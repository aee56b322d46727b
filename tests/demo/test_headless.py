"""The demo without a window: every figure it tells is in the files that it leaves."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from gizqr_station.assembly import existing_ledger
from gizqr_station.demo.simulated_operator import devices
from gizqr_station.domain.identity import IdentityKind
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.labels.picture_files import decode_picture
from gizqr_station.places import DataFolder

DEMO = [sys.executable, "-m", "gizqr_station", "demo", "--headless", "--json"]


def demo(out: Path, units: int, *words: str) -> dict[str, object]:
    done = subprocess.run(
        [*DEMO, "--units", str(units), "--out", str(out), *words], capture_output=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    document: dict[str, object] = json.loads(done.stdout)
    return document


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "out"
    document = demo(folder, 6)
    assert {name: document[name] for name in ("units", "verified", "unknown", "failed", "refused")} == {
        "units": 6,
        "verified": 6,
        "unknown": 0,
        "failed": 0,
        "refused": [],
    }
    assert isinstance(document["seconds"], float)
    return folder


def test_every_unit_leaves_the_very_bytes_and_a_picture_of_them(out: Path) -> None:
    ledger = existing_ledger(DataFolder(out))
    jobs = list(ledger.all_jobs())
    ledger.close()
    assert len(jobs) == 6
    for job in jobs:
        assert decode_picture(out / "labels" / f"{job.identity}.png") == job.draft.content
        assert f"^FXjob {job.id}^FS".encode() in (out / "labels" / f"{job.identity}.zpl").read_bytes()
    assert len(list((out / "labels").iterdir())) == 12


def test_the_printer_confirms_every_label_by_its_own_counter(out: Path) -> None:
    ledger = existing_ledger(DataFolder(out))
    outcomes = [job.outcome for job in ledger.all_jobs()]
    ledger.close()
    assert outcomes == [PrintOutcome.CONFIRMED] * 6


def test_the_ledger_as_a_table_says_verified_and_test(out: Path) -> None:
    with (out / "ledger.csv").open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.DictReader(text))
    assert [row["state"] for row in rows] == ["verified"] * 6
    assert {row["mark"] for row in rows} == {"TEST"}


def test_another_run_in_the_same_folder_goes_on_with_other_devices_at_several_slots(out: Path) -> None:
    document = demo(out, 5, "--slots", "3")
    assert (document["verified"], document["verified_in_ledger"], document["refused"]) == (5, 11, [])


def test_the_same_seed_is_the_same_devices_and_some_are_cellular() -> None:
    one, other, third = devices(1), devices(1), devices(2)
    first = [next(one) for _ in range(20)]
    assert first == [next(other) for _ in range(20)]
    assert first != [next(third) for _ in range(20)]
    assert sum(identity.kind is IdentityKind.IMEI for identity in first) == 4
