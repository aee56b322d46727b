"""An outbox in a process that is made to be killed: a child for each line of input, see ``test_outbox_kills``.

A line is JSON: ledger, watched folder, and the moment at which the child kills itself: before and after each step of
handing over, counted from 0; -1 for never.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from gizqr_station.assembly.clock import SystemClock
from gizqr_station.domain.stop import Stop
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.outbox.folder import WatchedFolder
from gizqr_station.workflows.outbox import Outbox

STEPS: tuple[tuple[type[Any], str], ...] = (
    (WatchedFolder, "stage"),
    (SqlLedger, "stage_result"),
    (WatchedFolder, "deliver"),
    (SqlLedger, "result_delivered"),
)


class Countdown:
    """Ends the process at one of its moments."""

    def __init__(self, moments: int) -> None:
        self.left = moments

    def pass_by(self) -> None:
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1


def _aimed(step: Callable[..., Any], countdown: Countdown) -> Callable[..., Any]:
    def aimed(*given: Any) -> Any:
        countdown.pass_by()
        done = step(*given)
        countdown.pass_by()
        return done

    return aimed


def hand_over(ledger_file: str, folder: str, moment: int) -> None:
    """All that is there, or until it is killed."""
    countdown = Countdown(moment)
    for owner, name in STEPS:
        setattr(owner, name, _aimed(getattr(owner, name), countdown))
    clock = SystemClock()
    with closing(open_ledger(Path(ledger_file), kind="production", station="bench-1", clock=clock)) as ledger:
        Outbox(ledger, WatchedFolder(Path(folder)), clock, lambda _: None).once(Stop())


def main() -> None:
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            try:
                hand_over(asked["ledger"], asked["folder"], asked["moment"])
            finally:
                os._exit(0 if sys.exc_info()[0] is None else 3)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
