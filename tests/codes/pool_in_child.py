"""A program to kill: for each line of input, a child that puts zips into a pool as fast as it can.

Run as ``python -m tests.codes.pool_in_child POOL``. It forks, because a fresh Python would take longer to start than
the child lives. The child says how many zips the pool has taken.
"""

import os
import sys
from pathlib import Path

from gizqr_station.codes.pool_store import SqlPool
from gizqr_station.domain.stop import Stop
from tests.contracts.ledger_samples import PRODUCT_KEY
from tests.contracts.pool_samples import SERVICE, codes_of, macs
from tests.fakes import SteppingClock

IN_A_ZIP = 300


def work(path: Path) -> None:
    pool = SqlPool.open(path, clock=SteppingClock())
    number = pool.count(PRODUCT_KEY, SERVICE) // IN_A_ZIP
    while True:
        pool.add(codes_of(macs(IN_A_ZIP * number, IN_A_ZIP), number), Stop())
        number += 1
        os.write(sys.stdout.fileno(), f"{number}\n".encode())


def main() -> None:
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            work(Path(sys.argv[1]))
        os.write(sys.stdout.fileno(), f"child {child}\n".encode())
        os.waitpid(child, 0)
        os.write(sys.stdout.fileno(), b"gone\n")


if __name__ == "__main__":
    main()
