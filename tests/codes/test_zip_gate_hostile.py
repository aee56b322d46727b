"""Facts about zips that mean harm: nothing of them gets through, nothing is written, and little time and memory go."""

import json
import os
import struct
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.codes.hostile_zips import hostile_names, hostile_zips
from tests.codes.zip_by_hand import Item, whole, zip_by_hand

NAMES, ZIPS = 2_000, 500
TREE = Path(__file__).parents[2]


def opened_in_child(folder: Path, zips: Iterable[bytes]) -> dict[str, Any]:
    path = folder / "zips"
    with path.open("wb") as file:
        for data in zips:
            file.write(struct.pack("<Q", len(data)) + data)
    command = [sys.executable, "-m", "tests.codes.gate_in_child", str(path)]
    environment = os.environ | {"PYTHONPATH": str(TREE), "PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]
    told: dict[str, Any] = json.loads(ran.stdout)
    assert [left.name for left in folder.iterdir()] == ["zips"]
    return told


def require_harmless(told: dict[str, Any], number: int) -> None:
    assert (told["zips"], told["through"], told["changes"]) == (number, 0, [])
    assert told["slowest_s"] <= 2.0
    assert told["grown_kib"] <= 64 << 10


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit of memory to be set for a process")
def test_five_hundred_hostile_zips_do_nothing(tmp_path: Path) -> None:
    require_harmless(opened_in_child(tmp_path, hostile_zips(1, ZIPS)), ZIPS)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit of memory to be set for a process")
def test_two_thousand_hostile_names_name_nothing(tmp_path: Path) -> None:
    zips = (zip_by_hand(Item(name=name)) for name in hostile_names(1, NAMES))
    require_harmless(opened_in_child(tmp_path, zips), NAMES)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit of memory to be set for a process")
def test_the_child_would_tell_what_gets_through(tmp_path: Path) -> None:
    assert opened_in_child(tmp_path, [zip_by_hand(whole())])["through"] == 1


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 22))
def test_many_more_hostile_zips_do_nothing(tmp_path: Path, seed: int) -> None:
    require_harmless(opened_in_child(tmp_path, hostile_zips(seed, ZIPS)), ZIPS)


@pytest.mark.slow
def test_many_more_hostile_names_name_nothing(tmp_path: Path) -> None:
    zips = (zip_by_hand(Item(name=name)) for name in hostile_names(2, 20_000))
    require_harmless(opened_in_child(tmp_path, zips), 20_000)
