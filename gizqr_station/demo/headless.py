"""The simulated line without a window: so many units as fast as the parts go, and what they came to."""

import queue
import time
from collections.abc import Callable
from dataclasses import dataclass

from gizqr_station.assembly import open_station
from gizqr_station.demo.newcomers import OPERATOR
from gizqr_station.demo.preparing import without_order
from gizqr_station.demo.simulated_operator import AT_ONCE, Done, SimulatedOperator
from gizqr_station.demo.world import simulated_world
from gizqr_station.domain.job import JobState
from gizqr_station.domain.stop import Stop
from gizqr_station.exports.csv_file import write_csv
from gizqr_station.places import DataFolder
from gizqr_station.workflows.happenings import AtSlot, Happening, HealthSeen, UnitDone


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What a headless run came to."""

    done: Done
    verified: int
    """In the whole ledger, earlier runs included."""
    unknown: int
    failed: int
    seconds: float


def run_headless(
    folder: DataFolder, units: int, seed: int, language: str, progress: Callable[[int], None], slots: int = 1
) -> DemoResult:
    """Run until so many more units are verified, at so many slots; ``progress`` hears the number after each."""
    heard: queue.SimpleQueue[Happening] = queue.SimpleQueue()
    finished = 0

    def hear(happening: Happening) -> None:
        nonlocal finished
        inner = happening.happening if isinstance(happening, AtSlot) else happening
        if isinstance(inner, UnitDone):
            finished += 1
            progress(finished)
        if not isinstance(inner, HealthSeen):
            heard.put(happening)

    with simulated_world(folder, language, slots) as world:
        without_order(folder, world.settings)
        station = open_station(folder, world.settings, hear, demo=True, demo_operator=OPERATOR.credential)
        try:
            started = time.monotonic()
            operator = SimulatedOperator(world, station.ledger, station.controls, seed, AT_ONCE, units)
            operator.run(heard, Stop())
            seconds = time.monotonic() - started
            table = folder.root / "ledger.csv"
            table.unlink(missing_ok=True)  # an earlier run's: nothing else writes over a file
            write_csv(station.ledger.all_jobs(), table)
            return DemoResult(
                operator.done,
                verified=station.ledger.count(JobState.VERIFIED),
                unknown=station.ledger.count(JobState.UNKNOWN),
                failed=station.ledger.count(JobState.FAILED),
                seconds=seconds,
            )
        finally:
            station.shut_down()
