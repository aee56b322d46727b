"""``codes fetch`` in a process that is made to be killed: a child for each line of input, see ``test_fetch_kills``.

A line is JSON: the command's words, and the number of the moment at which the child kills itself: before and after
each write to the pool, counted from 0; -1 for never. The child's exit code is the command's.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

# Imported here once, and not in each child: that is what takes the time.
import gizqr_station.assembly.codes_bench
import gizqr_station.cli.codes_fetch
import gizqr_station.workflows.code_wishes  # noqa: F401
from gizqr_station.cli import main as command_line
from gizqr_station.codes.pool_store import SqlPool

WRITES = ("begin_fetch", "asked", "add", "settled", "move_fetch", "pause_interrupted_fetches")


class Countdown:
    """Ends the process at one of its moments."""

    def __init__(self, moments: int) -> None:
        self.left = moments

    def pass_by(self) -> None:
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1


def aim(countdown: Countdown) -> None:
    """Each write of every pool has a moment before it and one after it."""
    for name in WRITES:
        setattr(SqlPool, name, _aimed(getattr(SqlPool, name), countdown))


def _aimed(write: Callable[..., Any], countdown: Countdown) -> Callable[..., Any]:
    def aimed(*given: Any, **named: Any) -> Any:
        countdown.pass_by()
        done = write(*given, **named)
        countdown.pass_by()
        return done

    return aimed


def main() -> None:
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            try:
                quiet = os.open(os.devnull, os.O_WRONLY)
                os.dup2(quiet, 1)
                os.dup2(quiet, 2)
                aim(Countdown(asked["moment"]))
                os._exit(command_line(asked["words"]))
            finally:
                os._exit(99)
        print(child, flush=True)  # noqa: T201 - the test reads it from this pipe
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 - the test reads it from this pipe


if __name__ == "__main__":
    main()
