"""Fetches to kill: for each line of input, a child that fetches ranges into a pool on disk as fast as it can.

Run as ``python -m tests.codes.killed_fetch``. A line is the pool's path, the service's address and the ranges,
between tabs. It forks, because a fresh Python would take longer to start than the child lives.
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from gizqr_station.codes.pace import Pace
from gizqr_station.codes.pool_store import SqlPool
from gizqr_station.codes.range_codes import ServiceRangeCodes
from gizqr_station.codes.task_client import TaskClient
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.stop import Stop
from tests.codes.scripted_service import PRODUCT

PACE = Pace(deadline_s=30.0, second_look_s=1.0, first_pause_s=0.02, longest_pause_s=0.1)


class RealClock:
    """The time of day."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def fetch(path: Path, url: str, cuts: list[str]) -> None:
    """Whatever is missing, kept and then settled."""
    pool, stop = SqlPool.open(path, clock=RealClock()), Stop()
    codes = ServiceRangeCodes(TaskClient(url, "G"), RealClock(), pool, pace=PACE)
    for text in cuts:
        cut = IdentityRange.parse(text)
        if pool.missing(PRODUCT, codes.service, [cut], stop):
            pool.add(codes.codes_of(PRODUCT, cut, stop, lambda _done: None), stop)
        pool.settled(PRODUCT, codes.service, str(cut))
    pool.close()


def main() -> None:
    for line in sys.stdin:
        path, url, *cuts = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            code = 1
            try:
                fetch(Path(path), url, cuts)
                code = 0
            finally:
                os._exit(code)
        print(child, flush=True)  # noqa: T201 - the test reads it from this pipe
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 - the test reads it from this pipe


if __name__ == "__main__":
    main()
