"""Twenty stations that start in the same moment in one data folder: ``python -m tests.starts_at_once FOLDER ROUNDS``.

Prints, for each round, what each of them met with. Whoever won goes on until all have tried.
"""

import os
import sys
from pathlib import Path

from gizqr_station.assembly.ledgers import begun_ledger, hold
from gizqr_station.domain.failures import Failure
from gizqr_station.places import DataFolder

STARTS = 20


def start(folder: DataFolder, go: int, told: int, end: int) -> None:
    os.read(go, 1)
    try:
        lock = hold(folder)
        ledger = begun_ledger(folder, "bench-1")
    except Failure as refused:
        os.write(told, f"{refused.code}\n".encode())
        return
    ledger.next_label_serial()
    os.write(told, b"won\n")
    os.read(end, 1)
    ledger.close()
    lock.release()


def one_round(folder: DataFolder) -> list[str]:
    go, let_go = os.pipe()
    heard, told = os.pipe()
    end, let_end = os.pipe()
    children = []
    for _ in range(STARTS):
        child = os.fork()
        if child == 0:
            os.close(let_go)
            os.close(let_end)
            start(folder, go, told, end)
            os._exit(0)
        children.append(child)
    os.close(told)
    os.close(let_go)
    answers = b""
    while answers.count(b"\n") < STARTS and (more := os.read(heard, 4096)):
        answers += more
    os.close(let_end)
    for child in children:
        os.waitpid(child, 0)
    for handle in (go, heard, end):
        os.close(handle)
    return answers.decode().split()


def main() -> None:
    for number in range(int(sys.argv[2])):
        folder = DataFolder(Path(sys.argv[1]) / str(number % 2))
        print(" ".join(one_round(folder)), flush=True)  # noqa: T201 - the test reads it from this pipe


if __name__ == "__main__":
    main()
