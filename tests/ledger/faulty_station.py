"""A station on a disk that fails: for each line of input, a child that labels until it has had its failure.

Run under strace, which makes the n-th fsync, fdatasync or pwrite64 of each process fail, as
``python -m tests.ledger.faulty_station LIMIT``. A line is the ledger's path, the number of good calls that the child is
to have before the first bad one, and a file in which it tells, one thing a line: ``sent JOB`` as the bytes of a label
leave, ``state JOB STATE`` for what the ledger acknowledged, ``failed CODE``. It forks, because each process has a count
of its own, and uses up the calls that it is not to have.
"""

import os
import sys
from pathlib import Path

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import JobState
from gizqr_station.domain.ledger_failures import IllegalMove
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.ledger.store import SqlLedger
from tests.contracts.ledger_samples import mac, opened
from tests.fakes import SteppingClock

LABELS = 8


def use_up(calls: int, scratch: Path) -> None:
    """So many of each call that is made to fail."""
    handle = os.open(scratch, os.O_CREAT | os.O_RDWR, 0o600)
    for _ in range(calls):
        os.fsync(handle)
        os.fdatasync(handle)
        os.pwrite(handle, b"x", 0)
    os.close(handle)


def label(ledger: SqlLedger, identity: Identity, told: int) -> None:
    """As provisioning does it: written down, sent, written down."""
    job = opened(ledger, identity=identity)
    job = ledger.move(job, JobState.SENT, who="station")
    os.write(told, f"sent {job.id}\n".encode())
    for state in (JobState.PRINTED, JobState.VERIFIED):
        try:
            job = ledger.move(job, state, who="station")
        except IllegalMove:
            return
        os.write(told, f"state {job.id} {job.state.value}\n".encode())


def work(path: Path, good: int, limit: int, told: int) -> None:
    use_up(limit - 1 - good, path.with_name("scratch"))
    try:
        ledger = open_ledger(path, kind="production", station="bench-1", clock=SteppingClock(), busy_timeout_s=0.5)
    except Failure as failure:
        os.write(told, f"failed {failure.code}\n".encode())
        return
    for number in range(1, LABELS + 1):
        try:
            label(ledger, mac(number), told)
        except Failure as failure:
            os.write(told, f"failed {failure.code}\n".encode())
    os.write(told, b"ended\n")


def main() -> None:
    limit = int(sys.argv[1])
    for line in sys.stdin:
        path, good, file = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            told = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            work(Path(path), int(good), limit, told)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(status, flush=True)  # noqa: T201 - the test reads it from this pipe


if __name__ == "__main__":
    main()
