"""What only looks, ``doctor`` and a dry run, looks at the order in hand as a station would open it."""

from pathlib import Path
from typing import Any

import pytest

from gizqr_station.places import DataFolder
from tests.cli.bench import set_up
from tests.cli.conftest import Run
from tests.test_orders_assembled import in_hand, profile

NINE = "00:11:22:00:00:01 x 9"


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return set_up(tmp_path)


def findings(run: Run) -> dict[str, dict[str, Any]]:
    told: Any = run("doctor", "--json").document()["findings"]
    return {found["subject"]: found for found in told}


def test_doctor_looks_at_the_order_in_hand(folder: DataFolder, run: Run) -> None:
    in_hand(folder, profile())
    found = findings(run)
    assert found["work order"]["says"] == "ready: WO-7"
    assert found["quota"]["says"].startswith("50 of 50 devices may still register")
    assert "printer fine (the line)" in found


def test_doctor_says_what_of_the_order_in_hand_this_station_lacks(folder: DataFolder, run: Run) -> None:
    in_hand(folder, profile(scheme="private", service="http://other.example:1800"))
    found = findings(run)["work order"]
    assert (found["good"], found["needed"], "E-ORD" in found["says"]) == (False, True, True)


def test_a_dry_run_looks_a_list_through_as_the_order_in_hand_takes_it(folder: DataFolder, run: Run) -> None:
    in_hand(folder, profile())
    listed: Any = run("batch", "run", "--range", NINE, "--dry-run", "--json").document()["list"]
    assert listed["counts"]["good"] == 9
    assert "Order WO-7 is for 7 labels and has room for 7" in run("batch", "run", "--range", NINE, "--dry-run").out
    outside = run("batch", "run", "--range", "00911f500047", "--dry-run")
    assert (outside.code, "E-LIN-22" in outside.err) == (1, True)
