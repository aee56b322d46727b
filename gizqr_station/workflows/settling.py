"""Labels that somebody still has to find, or say that they never came out: asked for at one slot, one at a time."""

import logging
from collections.abc import Callable
from typing import TypeVar

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import ENDED, JobState, PrintJob
from gizqr_station.domain.queued import QueuedJob
from gizqr_station.domain.reading import DeviceReading
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.happenings import JobChanged, QueueSeen, SettlementDue, Tell, UnitRefused
from gizqr_station.workflows.provision import Bench
from gizqr_station.workflows.retry import retry_after_s
from gizqr_station.workflows.shared_bench import SharedBench
from gizqr_station.workflows.turn import Turn
from gizqr_station.workflows.waits import Waits

log = logging.getLogger(__name__)

R = TypeVar("R")


class Settling:
    """One slot's part in it, and its turn: whoever asks for a label has a label out."""

    def __init__(
        self, bench: Bench, waits: Waits, shared: SharedBench, turn: Turn, tell: Tell, count: Callable[[], None]
    ) -> None:
        """``count`` tells the counters anew."""
        self._bench = bench
        self._waits = waits
        self._labels = shared.labels
        self._turn = turn
        self._tell = tell
        self._count = count

    def earlier_run(self, stop: Stop) -> None:
        """What an earlier run left behind, before any slot starts; waits out a ledger that cannot be written now."""
        waiting = self._once_it_answers(self._settle_interrupted, stop)
        if waiting:
            self._tell(QueueSeen(waiting))
        self._count()
        self.take_turn(None, stop)
        while self._once_it_answers(lambda: self._asked_for_one(stop), stop):
            pass
        self.let_go()

    def _settle_interrupted(self) -> tuple[QueuedJob, ...]:
        """What still waits."""
        for job in self._bench.ledger.settle_interrupted(self._bench.operator):
            self._tell(JobChanged(job))
        self._bench.ledger.pause_interrupted_batches(self._bench.operator)
        return tuple(self._bench.ledger.queued())

    def _asked_for_one(self, stop: Stop) -> bool:
        """Whether there was a label to ask for."""
        left = self._bench.ledger.open_jobs()
        if left:
            self.ask_for(left[0], stop, any_open=True)
        return bool(left)

    def _once_it_answers(self, ask: Callable[[], R], stop: Stop) -> R:
        """Wait out a ledger that cannot be had now: no slot has begun, and none may before this is done."""
        while True:
            try:
                return ask()
            except Failure as failure:
                pause_s = retry_after_s(failure)
                if pause_s is None:
                    raise
                self._tell(UnitRefused(failure, None, None, pause_s))
                stop.sleep(pause_s)

    def in_doubt(self, stop: Stop) -> None:
        """Labels that were released from the queue; those that only wait for their scan hold nobody up.

        One slot asks for them, when it is its turn; the others go on with their devices.
        """
        try:
            if self._unknown() and self._labels.ask_here(self._turn.slot):
                self.take_turn(None, stop)
                while unknown := self._unknown():
                    self.ask_for(unknown[0], stop, any_open=True)
        except Failure as failure:
            log.warning("open jobs not looked at: %s", failure)
        self._labels.asked(self._turn.slot)
        self.let_go()

    def take_turn(self, reading: DeviceReading | None, stop: Stop) -> None:
        """Until this slot may have a label out, and none is left of a slot that broke down.

        Raises DeviceUnplugged and TurnNotInTime for the device that waits here, if one does.
        """
        self._waits.for_turn(reading, self._turn, stop)
        while (left := self._labels.left_behind()) is not None:
            stands = self._bench.ledger.job(left.id)
            # Whoever scanned it since, while no slot asked for it, has settled it.
            if stands.state is not JobState.VERIFIED and stands.state not in ENDED:
                self.ask_for(stands, stop)
            self._labels.found(left)

    def ask_for(self, job: PrintJob, stop: Stop, *, any_open: bool = False) -> None:
        """Have it scanned, or declared unusable. The turn must be this slot's."""
        self.answer_for(job)
        self._tell(SettlementDue(job, None, self._bench.ledger.image(job.id)))
        self._tell(JobChanged(self._waits.for_label(job, stop, any_open=any_open)))
        self._count()

    def answer_for(self, job: PrintJob) -> None:
        """From now on this label is out, and this slot's."""
        self._labels.took(self._turn.slot, job)

    def let_go(self) -> None:
        """Nothing of this slot's is out any more: the next one may have a label out."""
        self._labels.let_go(self._turn.slot)
        self._turn.give_back()

    def give_up(self) -> None:
        """The slot has ended by a fault: the next one asks for the label that it may have out."""
        self._labels.leave_behind(self._turn.slot)
        self._labels.asked(self._turn.slot)
        self._turn.give_back()

    def _unknown(self) -> list[PrintJob]:
        """Labels that may have come out or not, and that no other slot is asking for."""
        taken, mine = self._labels.is_taken, self._turn.slot
        unknown = [job for job in self._bench.ledger.open_jobs() if job.state is JobState.UNKNOWN]
        return [job for job in unknown if not taken(job.id, but_by=mine)]
