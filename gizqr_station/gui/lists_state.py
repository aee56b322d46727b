"""What the lists page shows, as one frozen value computed from happenings and presses; no Qt in here."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from gizqr_station.domain.batch import Batch, BatchState
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity_list import ListLine, Verdict
from gizqr_station.domain.printer import PrinterConfig
from gizqr_station.domain.worst_first import WorstFirst
from gizqr_station.workflows.batch_happenings import (
    BatchesSeen,
    BatchRefused,
    BatchSeen,
    ListChecked,
    ListChecking,
    ListFolderSeen,
)
from gizqr_station.workflows.happenings import Happening, LineStopped, PrintersKnown


class Pane(Enum):
    """What stands beside the batches."""

    CHOOSE = "choose"
    CHECKING = "checking"
    VERDICT = "verdict"
    BATCH = "batch"


@dataclass(frozen=True, slots=True)
class ListsState:
    """All that the page needs to draw itself."""

    opened: bool = False
    """Whether the desk has said anything yet."""
    ended: bool = False
    """The station is not running (any more)."""
    printers: tuple[PrinterConfig, ...] = ()
    printer: str = ""
    """The one that the next batch goes to."""
    batches: tuple[Batch, ...] = ()
    folder: ListFolderSeen | None = None
    pane: Pane = Pane.CHOOSE
    request: int = 0
    """Number of the list that was handed over last: an answer to an earlier one is no answer."""
    name: str = ""
    """Of that list."""
    done: int = 0
    """Lines of it so far."""
    checked: WorstFirst | None = None
    lines: tuple[ListLine, ...] = ()
    """Those that are shown, worst first."""
    only: Verdict | None = None
    """The verdict whose lines alone are shown."""
    failure: Failure | None = None
    """Why the list cannot be used, or why something that was asked for was not done."""
    asked: bool = False
    """A person said yes, or let a batch go on; the answer is on its way."""
    chosen: int = 0
    """Number of the batch that is looked at."""
    pausing: bool = False
    paused_by: dict[int, Failure] = field(default_factory=dict)
    """Why batches were paused, since the station opened."""
    labels_a_minute: float = 0.0

    @property
    def running(self) -> Batch | None:
        """The batch that prints now."""
        return next((batch for batch in self.batches if batch.state is BatchState.RUNNING), None)

    @property
    def batch(self) -> Batch | None:
        """The one that is looked at."""
        return next((batch for batch in self.batches if batch.number == self.chosen), None)

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """Lines of the list by verdict."""
        return {} if self.checked is None else self.checked.counts

    @property
    def other_printer(self) -> str:
        """Where the batch that is looked at would go on; empty: on its own printer, which is still set up."""
        batch = self.batch
        own = batch is None or batch.printer in {printer.name for printer in self.printers}
        return "" if own else self.printer

    @property
    def good(self) -> int:
        """Labels that the list would make."""
        return self.counts.get(Verdict.GOOD, 0)

    @property
    def may_begin(self) -> bool:
        """Whether a person may say yes now."""
        ready = self.pane is Pane.VERDICT and not self.asked and self.running is None
        return ready and bool(self.good and self.printer)

    @property
    def list_waits(self) -> bool:
        """Whether a list that was looked through still waits for its yes, while a batch is looked at."""
        return self.pane is Pane.BATCH and self.checked is not None

    @property
    def minutes_left(self) -> float | None:
        """Of the batch that prints, at the pace so far; None while nobody can say."""
        batch = self.running
        return batch.left / self.labels_a_minute if batch is not None and self.labels_a_minute > 0 else None


def after(state: ListsState, happening: Happening) -> ListsState:
    """The next state."""
    match happening:
        case PrintersKnown(printers, line_printer):
            names = {printer.name for printer in printers}
            printer = state.printer if state.printer in names else line_printer
            return replace(state, opened=True, ended=False, printers=printers, printer=printer)
        case BatchesSeen(batches):
            return replace(state, opened=True, ended=False, batches=batches)
        case BatchSeen():
            return _batch_seen(state, happening)
        case ListFolderSeen():
            return replace(state, folder=happening)
        case ListChecking(name, done) if state.pane is Pane.CHECKING:
            return replace(state, name=name, done=done)
        case ListChecked() if state.pane is Pane.CHECKING and happening.request == state.request:
            return _checked(state, happening)
        case BatchRefused(failure):
            return replace(state, failure=failure, asked=False, pausing=False)
        case LineStopped():
            return replace(state, ended=True)
        case _:
            return state


def checking(state: ListsState, name: str) -> ListsState:
    """A person handed a list over."""
    return replace(chose_none(state), pane=Pane.CHECKING, name=name, done=0, request=state.request + 1)


def chose_none(state: ListsState) -> ListsState:
    """Back to the choice of a list; what was looked through is forgotten."""
    return replace(state, pane=Pane.CHOOSE, checked=None, lines=(), only=None, failure=None, asked=False, chosen=0)


def chose_batch(state: ListsState, number: int) -> ListsState:
    """A person looks at a batch."""
    return replace(state, pane=Pane.BATCH, chosen=number, failure=None, asked=False)


def back_to_list(state: ListsState) -> ListsState:
    """From a batch to the list that waits for its yes."""
    return replace(state, pane=Pane.VERDICT, chosen=0, failure=None, asked=False)


def showing_only(state: ListsState, verdict: Verdict) -> ListsState:
    """Lines of this verdict alone; pressed again, all of them."""
    if state.checked is None:
        return state
    only = None if state.only is verdict else verdict
    return replace(state, only=only, lines=state.checked.lines if only is None else state.checked.only(only))


def asking(state: ListsState) -> ListsState:
    """A person said yes, or lets the batch go on."""
    return replace(state, asked=True, failure=None)


def pausing(state: ListsState) -> ListsState:
    """A person wants it to pause; the label that is being printed comes to its end."""
    return replace(state, pausing=True)


def _checked(state: ListsState, happening: ListChecked) -> ListsState:
    seen = happening.worst_first
    if happening.checked is None or seen is None:
        return replace(chose_none(state), failure=happening.failure)
    verdict = replace(state, pane=Pane.VERDICT, name=happening.checked.name, checked=seen, lines=seen.lines, only=None)
    return replace(verdict, failure=happening.failure)


def _batch_seen(state: ListsState, seen: BatchSeen) -> ListsState:
    batch = seen.batch
    others = tuple(each for each in state.batches if each.number != batch.number)
    batches = tuple(sorted((*others, batch), key=lambda each: -each.number))
    runs = batch.state is BatchState.RUNNING
    paused_by = {number: why for number, why in state.paused_by.items() if number != batch.number}
    if seen.failure is not None:
        paused_by[batch.number] = seen.failure
    state = replace(
        state,
        batches=batches,
        paused_by=paused_by,
        labels_a_minute=seen.labels_a_minute if runs else 0.0,
        pausing=state.pausing and runs,
    )
    if not state.asked or batch.state is BatchState.CANCELLED:
        return state
    # The answer to what was asked, though it may have come to an end before it was seen to run.
    begun = state.pane is Pane.VERDICT
    return chose_batch(chose_none(state) if begun else state, batch.number)
