"""A restore, or an upgrade, to kill: for each line of input a child that kills itself at its n-th step.

Run as ``python -m tests.killed_restore``. ``restore FOLDER COPY N``: a step is whatever Python does to files of the
folder. ``upgrade LEDGER - N``: a step is a statement of SQL. Separated by tabs; the answer is the child's status.
"""

import os
import signal
import sys
from pathlib import Path

from sqlalchemy import Engine, event

from gizqr_station.assembly.copies import restore
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from tests.fakes import SteppingClock

FILES = {"open", "os.rename", "os.link", "os.remove", "os.chmod", "os.mkdir", "shutil.copyfile", "sqlite3.connect"}


class Steps:
    """Counts down to the end."""

    def __init__(self, left: int) -> None:
        self.left = left

    def taken(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def restored(root: str, copy: str, steps: Steps) -> None:
    def heard(what: str, arguments: tuple[object, ...]) -> None:
        if what in FILES and any(root in str(argument) for argument in arguments):
            steps.taken()

    sys.addaudithook(heard)
    restore(DataFolder(Path(root)), Settings(), Path(copy), lambda _: "lead")


def upgraded(ledger: str, steps: Steps) -> None:
    event.listen(Engine, "before_cursor_execute", lambda *_: steps.taken())
    event.listen(Engine, "commit", lambda *_: steps.taken())
    open_ledger(Path(ledger), kind="production", station="bench-1", clock=SteppingClock()).close()


def main() -> None:
    for line in sys.stdin:
        what, place, copy, number = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            steps = Steps(int(number))
            if what == "restore":
                restored(place, copy, steps)
            else:
                upgraded(place, steps)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(status, flush=True)  # noqa: T201 - the test reads it from this pipe


if __name__ == "__main__":
    main()
