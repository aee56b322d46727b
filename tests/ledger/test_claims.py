"""Stations in processes of their own claim the same devices at the same time: each device gets one first label.

``python -m pytest -m slow tests/ledger/test_claims.py`` runs eight stations, 10,000 units, 100 clones and 100 re-runs.
"""

import os
import random
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import pytest

from tests.ledger.claiming_station import PASSWORD
from tests.ledger.postgres import PostgresServer
from tests.ledger.shared import OpenShared

ENDS_WITHIN_S = 1500


@dataclass(frozen=True)
class Shift:
    """What comes to the stations, and how often too often."""

    stations: int
    units: int
    clones: int
    """Devices with the identity of another one, at another station at the same time."""
    runs_again: int
    """Devices that come a second time, some time later."""


@contextmanager
def station(postgres: PostgresServer, database: str, number: int) -> Iterator["subprocess.Popen[str]"]:
    words = [sys.executable, "-m", "tests.ledger.claiming_station", postgres.url(database), f"bench-{number}"]
    told = {**os.environ, PASSWORD: postgres.password}
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=told) as process:
        try:
            yield process
        finally:
            process.kill()


def dealt(shift: Shift, chance: random.Random) -> list[list[int]]:
    """The units of each station in order: clones at the same place of two lists, re-runs behind their first run."""
    lists: list[list[int]] = [[] for _ in range(shift.stations)]
    for unit in range(shift.units):
        lists[unit % shift.stations].append(unit)
    for unit in chance.sample(range(shift.units), shift.clones):
        here = unit % shift.stations
        there = (here + chance.randrange(1, shift.stations)) % shift.stations
        lists[there].insert(lists[here].index(unit), unit)
    for unit in chance.sample(range(shift.units), shift.runs_again):
        lists[chance.randrange(shift.stations)].append(unit)
    return lists


@pytest.mark.parametrize(
    "shift",
    [
        Shift(stations=4, units=400, clones=40, runs_again=40),
        pytest.param(Shift(stations=8, units=10_000, clones=100, runs_again=100), marks=pytest.mark.slow),
    ],
    ids=lambda shift: f"{shift.stations} stations, {shift.units} units",
)
def test_no_device_gets_a_second_first_label(
    postgres: PostgresServer, shared_database: str, open_shared: OpenShared, shift: Shift
) -> None:
    lists = dealt(shift, random.Random(20261122))
    with ExitStack() as opened:
        stations = [
            opened.enter_context(station(postgres, shared_database, number)) for number in range(1, shift.stations + 1)
        ]
        for each in stations:
            assert each.stdout is not None
            assert each.stdout.readline() == "ready\n"
        told: list[str] = []
        threads = [
            threading.Thread(target=lambda each=each, units=units: told.extend(_worked_off(each, units)))
            for each, units in zip(stations, lists, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(ENDS_WITHIN_S)
    said = Counter(line.split()[1] for line in told if not line.startswith("refused"))
    assert len(said) == shift.units, "a device got no label"
    assert set(said.values()) == {1}, "a device got two first labels"
    assert sum(line.startswith("refused") for line in told) == shift.clones + shift.runs_again

    ledger = open_shared(station="the test")
    labels = list(ledger.all_jobs())
    assert len(labels) == shift.units
    assert len({job.identity for job in labels}) == len({job.draft.label_serial for job in labels}) == shift.units
    assert {job.draft.station for job in labels} == {f"bench-{number}" for number in range(1, shift.stations + 1)}
    assert ledger.verify() is None


def _worked_off(process: "subprocess.Popen[str]", units: list[int]) -> list[str]:
    told, _ = process.communicate("".join(f"{unit}\n" for unit in units), timeout=ENDS_WITHIN_S)
    return told.splitlines()
