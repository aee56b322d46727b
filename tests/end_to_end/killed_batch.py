"""A batch in a process that is made to be killed: a child for each line of input, see ``test_batch_kills``.

A line is the ledger's path, the path of a file to which the printer writes the number of each job that it prints,
and the number of the moment at which the child kills itself: before and after each write to the ledger and each
label, counted from 0; -1 for never. The child ends with 0 when the batch is done and with 1 when it paused.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from gizqr_station.domain.batch import BatchState
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.list_failures import BatchEnded, LabelsInDoubt
from gizqr_station.domain.stop import Stop
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.workflows.batch import BatchRun
from gizqr_station.workflows.ports import Ledger, PrintReport
from tests.fake_bench import FakeBench, FakePrinter
from tests.fakes import FakeLedger, SteppingClock

WRITES = frozenset(
    {
        "label_serials",
        "open",
        "enqueue_items",
        "move",
        "note",
        "hold",
        "hold_waiting",
        "release",
        "take",
        "settle_and_take",
        "mark_items",
        "catch_up",
        "move_batch",
        "settle_interrupted",
        "pause_interrupted_batches",
    }
)


class Countdown:
    """Ends the process at one of its moments."""

    def __init__(self, moments: int) -> None:
        self.left = moments

    def pass_by(self) -> None:
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1


class AimedLedger:
    """The real ledger; each write has a moment before it and one after it."""

    def __init__(self, ledger: Ledger, countdown: Countdown) -> None:
        self._ledger, self._countdown = ledger, countdown

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._ledger, name)
        return self._aimed(found) if name in WRITES else found

    def _aimed(self, write: Callable[..., object]) -> Callable[..., object]:
        def aimed(*values: Any, **named: Any) -> object:
            self._countdown.pass_by()
            done = write(*values, **named)
            self._countdown.pass_by()
            return done

        return aimed


class WritingPrinter(FakePrinter):
    """Prints by writing down which job it was, as durable as paper."""

    countdown: Countdown
    paper: int

    def print_label(self, job_name: str, image: LabelImage, stop: Stop) -> PrintReport:
        self.countdown.pass_by()
        os.write(self.paper, f"{job_name}\n".encode())
        self.countdown.pass_by()
        return PrintReport(PrintOutcome.ACCEPTED, 1000)


def work(path: Path, paper: Path, moment: int) -> int:
    countdown = Countdown(moment)
    with_disk = open_ledger(path, kind="production", station="bench-1", clock=SteppingClock())
    ledger = cast(FakeLedger, AimedLedger(with_disk, countdown))
    printer = WritingPrinter()
    printer.countdown, printer.paper = countdown, os.open(paper, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    bench = FakeBench(ledger=ledger, printer=printer).bench()
    ledger.settle_interrupted(bench.operator)
    ledger.pause_interrupted_batches(bench.operator)
    try:
        ended = BatchRun(bench, lambda _: None).run(1, Stop())
    except LabelsInDoubt:
        return 1
    except BatchEnded:
        return 0
    return 0 if ended.batch.state is BatchState.DONE else 1


def main() -> None:
    for line in sys.stdin:
        path, paper, moment = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            try:
                os._exit(work(Path(path), Path(paper), int(moment)))
            finally:
                os._exit(2)
        print(child, flush=True)  # noqa: T201 - the test reads it from this pipe
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 - the test reads it from this pipe


if __name__ == "__main__":
    main()
