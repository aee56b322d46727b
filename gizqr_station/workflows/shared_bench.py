"""What the slots of one bench have in common beside its parts: whose turn it is, and who answers for which label."""

import threading
from collections.abc import Callable, Iterable

from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.turn import Turns

_LOOK_AT_STOP_S = 0.05


class SharedBench:
    """One for all lines of a bench; any thread."""

    def __init__(self, slots: Iterable[int] = (1,), portless: Iterable[int] = ()) -> None:
        """``portless``: those whose devices are scanned and not read."""
        numbers = sorted(slots)
        self.turns = Turns()
        self.labels = LabelsOut()
        self.several = len(numbers) > 1
        """Whether scans have to be sorted by slot, and labels kept apart."""
        self._portless = frozenset(portless)
        self._first = numbers[0]
        self._begun = threading.Event()
        self._settled = False

    def takes_scanned_devices(self, slot: int) -> bool:
        """Whether a scanned device can only be meant for this slot."""
        return not self.several or self._portless == {slot}

    def begin(self, slot: int, settle: Callable[[Stop], None], stop: Stop) -> bool:
        """Let the first slot settle what an earlier run left behind, and the others wait for that.

        False for these when it could not be settled: nobody knows then what is on the bench. Raises what ``settle``
        raises, and Stopped.
        """
        if slot == self._first:
            try:
                settle(stop)
                self._settled = True
            finally:
                self._begun.set()
        while not self._begun.wait(_LOOK_AT_STOP_S):
            stop.check()
        return self._settled


class LabelsOut:
    """Labels that are on their way through somebody's hands, and the slots that ask for them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._of_slot: dict[int, PrintJob] = {}
        self._left: list[PrintJob] = []
        self._asking: int | None = None

    def took(self, slot: int, job: PrintJob) -> None:
        """This slot answers for this label from now on."""
        with self._lock:
            self._of_slot[slot] = job

    def let_go(self, slot: int) -> None:
        """Its label is settled."""
        with self._lock:
            self._of_slot.pop(slot, None)

    def is_taken(self, job: int, *, but_by: int) -> bool:
        """Whether another slot answers for it."""
        with self._lock:
            return any(slot != but_by and taken.id == job for slot, taken in self._of_slot.items())

    def leave_behind(self, slot: int) -> None:
        """A line has ended by a fault: whatever label it had out is for the next slot to ask for."""
        with self._lock:
            job = self._of_slot.pop(slot, None)
            if job is not None:
                self._left.append(job)

    def left_behind(self) -> PrintJob | None:
        """A label whose slot runs no more; before another one goes out it has to be ``found``."""
        with self._lock:
            return self._left[0] if self._left else None

    def found(self, job: PrintJob) -> None:
        """One that was left behind is settled."""
        with self._lock:
            self._left.remove(job)

    def ask_here(self, slot: int) -> bool:
        """Whether this slot is the one that asks for labels nobody answers for; ``asked`` ends it."""
        with self._lock:
            if self._asking is None:
                self._asking = slot
            return self._asking == slot

    def asked(self, slot: int) -> None:
        """The next time it may be another."""
        with self._lock:
            if self._asking == slot:
                self._asking = None
