"""Facts about damaged pictures: they say the truth or nothing, in little time and memory, and nothing breaks."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gizqr_station.codes.picture import content_of
from tests.codes.mutated_pictures import pictures
from tests.codes.scripted_service import FOR_A_MAC

TREE = Path(__file__).parents[2]


def read_in_child(seed: int, number: int) -> None:
    command = [sys.executable, "-m", "tests.codes.pictures_in_child", str(seed), str(number)]
    environment = os.environ | {"PYTHONPATH": str(TREE)}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=500, check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]
    told = json.loads(ran.stdout)
    assert told["true"] + told["refused"] == number
    assert told["true"] > number // 50
    assert told["refused"] > number // 10
    assert told["slowest_s"] <= 1.0


@pytest.mark.parametrize("png", pictures())
def test_undamaged_they_say_the_truth(png: bytes) -> None:
    assert content_of(png, "picture") == FOR_A_MAC


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit of memory to be set for a process")
def test_a_damaged_picture_says_the_truth_or_nothing() -> None:
    read_in_child(1, 700)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit of memory to be set for a process")
@pytest.mark.parametrize("seed", range(2, 7))
def test_many_more_damaged_pictures_say_the_truth_or_nothing(seed: int) -> None:
    read_in_child(seed, 10_000)
