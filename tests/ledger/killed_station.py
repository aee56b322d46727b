"""A station to kill: for each line of input, a child that opens and moves jobs as fast as it can.

Run as ``python -m tests.ledger.killed_station``. A line is the ledger's path, or its address (the password is in the
environment), and the path of a file to which the child writes what the ledger has acknowledged, one ``job state`` a
line. It forks, because a fresh Python would take longer to start than the child lives.
"""

import os
import sys
from pathlib import Path

from gizqr_station.domain.job import JobState
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.ledger.postgres_opening import open_shared_ledger
from gizqr_station.ledger.store import SqlLedger
from tests.contracts.ledger_samples import IMAGE, draft, mac, opened
from tests.fakes import SteppingClock


def opened_at(place: str) -> SqlLedger:
    if not place.startswith("postgresql:"):
        return open_ledger(Path(place), kind="production", station="bench-1", clock=SteppingClock())
    word = os.environ["GIZQR_TEST_PASSWORD"]
    return open_shared_ledger(place, word, kind="production", station="bench-1", clock=SteppingClock(), hold_name=True)


def work(place: str, acknowledged: Path) -> None:
    ledger = opened_at(place)
    told = os.open(acknowledged, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    ledger.settle_interrupted("station")
    while True:
        serial = int(ledger.next_label_serial().removeprefix("L-"))
        job = opened(ledger, identity=mac(serial))
        os.write(told, f"{job.id} {job.state.value}\n".encode())
        queued = ledger.enqueue(draft(f"Q-{serial}", identity=mac(0x800000 + serial)), IMAGE, who="batch")
        os.write(told, f"{queued.id} {queued.state.value}\n".encode())
        if serial % 2:
            queued = ledger.take(queued.id, who="station")
            os.write(told, f"{queued.id} {queued.state.value}\n".encode())
        for state in (JobState.SENT, JobState.PRINTED, JobState.VERIFIED):
            job = ledger.move(job, state, who="station")
            os.write(told, f"{job.id} {job.state.value}\n".encode())


def main() -> None:
    for line in sys.stdin:
        place, acknowledged = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            work(place, Path(acknowledged))
        print(child, flush=True)  # noqa: T201 - the test reads it from this pipe
        os.waitpid(child, 0)
        print("gone", flush=True)  # noqa: T201 - the test reads it from this pipe


if __name__ == "__main__":
    main()
