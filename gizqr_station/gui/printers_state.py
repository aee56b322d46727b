"""What the printers page shows, as one frozen value computed from happenings and presses; no Qt in here."""

from dataclasses import dataclass, field, replace
from enum import Enum

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.print_queue_failures import QueueWaits
from gizqr_station.domain.printer import FoundPrinter, PrinterConfig
from gizqr_station.domain.printer_address import Connection
from gizqr_station.domain.queued import QueuedJob
from gizqr_station.domain.supplies import supply_failure, supply_warning
from gizqr_station.gui.printer_draft import Field, field_to_change
from gizqr_station.workflows.happenings import (
    AtSlot,
    DeskDone,
    DeskWork,
    DeviceRead,
    DeviceSeen,
    FaultSeen,
    Happening,
    HealthSeen,
    LineStopped,
    PrinterFound,
    PrinterLooked,
    PrintersKnown,
    QueueSeen,
    ScanRefused,
    SearchEnded,
    UnitDone,
    UnitRefused,
    WaitingForDevice,
)


class Pane(Enum):
    """What stands beside the list of printers."""

    LOOK = "look"
    """The chosen printer."""
    EDIT = "edit"
    """The fields of one."""
    ADD = "add"
    """What was found."""


@dataclass(frozen=True, slots=True)
class Editing:
    """A printer whose fields are open."""

    config: PrinterConfig
    """What the fields begin with."""
    was: str
    """Its name in the settings; empty for a new one."""
    saving: bool = False
    because: Failure | None = None
    """Why it is edited, or why it was not saved."""

    @property
    def marked(self) -> Field | None:
        """The field to look at."""
        return field_to_change(self.because)


@dataclass(frozen=True, slots=True)
class PrintersState:
    """All that the page needs to draw itself."""

    opened: bool = False
    """Whether the printers are known yet."""
    ended: bool = False
    """The station is not running (any more)."""
    printers: tuple[PrinterConfig, ...] = ()
    line_printer: str = ""
    chosen: str = ""
    pane: Pane = Pane.LOOK
    editing: Editing | None = None
    looked: dict[str, PrinterLooked] = field(default_factory=dict)
    searching: bool = False
    found: tuple[FoundPrinter, ...] = ()
    queue_seen: bool = False
    jobs: tuple[QueuedJob, ...] = ()
    from_before: bool = False
    """Held jobs are from an earlier run."""
    asked: frozenset[tuple[DeskWork, str]] = frozenset()
    """What the desk has not answered yet."""
    done: DeskDone | None = None
    """Its last answer about a printer."""
    queue_done: DeskDone | None = None
    """Its last answer about a waiting job."""
    under_way: frozenset[int] = frozenset()
    """The slots with a unit on its way; 0 stands for a line that names none."""

    @property
    def printer(self) -> PrinterConfig | None:
        """The chosen one."""
        return next((printer for printer in self.printers if printer.name == self.chosen), None)

    @property
    def unit_under_way(self) -> bool:
        """Whether any unit is on its way."""
        return bool(self.under_way)

    @property
    def held(self) -> int:
        """How many jobs wait for a person."""
        return sum(job.held for job in self.jobs)

    def names_beside(self, name: str) -> frozenset[str]:
        """The names that another printer has."""
        return frozenset(printer.name for printer in self.printers) - {name}

    def is_asked(self, work: DeskWork, printer: str | None = None) -> bool:
        """Whether an answer to such work is awaited, of one printer or of any."""
        return any(asked is work and printer in {None, of} for asked, of in self.asked)

    def suitable_for(self, job: QueuedJob) -> tuple[str, ...]:
        """Where else a job's label may go: the dots were drawn for one resolution."""
        dpi = job.job.draft.dpi
        return tuple(other.name for other in self.printers if other.dpi == dpi and other.name != job.printer)


def after(state: PrintersState, happening: Happening) -> PrintersState:
    """The next state."""
    match happening:
        case PrintersKnown(printers, line_printer):
            return _known(state, printers, line_printer)
        case PrinterFound(found):
            others = tuple(before for before in state.found if before.address != found.address)
            # By kind, then name: rows that come later do not change the order of those that are there.
            return replace(state, found=tuple(sorted((*others, found), key=_place)))
        case SearchEnded():
            return replace(state, searching=False)
        case PrinterLooked(printer):
            return _noticed(replace(state, looked={**state.looked, printer: happening}), happening.status.warning)
        case DeskDone():
            return _done(state, happening)
        case QueueSeen(jobs):
            held = any(job.held for job in jobs)
            return replace(state, jobs=jobs, queue_seen=True, from_before=state.from_before and held)
        case AtSlot(slot, inner):
            return _of_a_line(state, slot, inner)
        case _:
            return _of_a_line(state, 0, happening)


def trouble_of(seen: PrinterLooked) -> tuple[Failure | None, Failure | None]:
    """What keeps it from printing and what soon will: as it says itself, else by the count of its rolls."""
    failure = seen.status.failure or supply_failure(seen.supplies)
    return failure, seen.status.warning or supply_warning(seen.supplies)


def _place(found: FoundPrinter) -> tuple[int, str, str]:
    return list(Connection).index(found.address.connection), found.says.casefold(), str(found.address)


def _known(state: PrintersState, printers: tuple[PrinterConfig, ...], line_printer: str) -> PrintersState:
    before = {printer.name: printer for printer in state.printers}
    now = {printer.name: printer for printer in printers}
    # What was seen of a printer says nothing about it once its settings have changed.
    looked = {name: seen for name, seen in state.looked.items() if name in now and before.get(name) == now[name]}
    chosen = next((name for name in (state.chosen, line_printer, *now) if name in now), "")
    return replace(
        state, opened=True, ended=False, printers=printers, line_printer=line_printer, looked=looked, chosen=chosen
    )


def _done(state: PrintersState, done: DeskDone) -> PrintersState:
    if done.work is DeskWork.QUEUE:
        return replace(state, asked=_without(state, DeskWork.QUEUE), queue_done=done)
    if done.work is not DeskWork.SAVE:
        return replace(state, asked=state.asked - {(done.work, done.printer)}, done=done)
    # A printer may have got another name on the way, so any answer to a SAVE is the answer.
    state = replace(state, asked=_without(state, DeskWork.SAVE), done=done)
    if state.editing is None or not state.editing.saving:
        return state
    if done.failure is not None:
        return replace(state, editing=replace(state.editing, saving=False, because=done.failure))
    return replace(state, pane=Pane.LOOK, editing=None, chosen=state.editing.config.name)


def _without(state: PrintersState, work: DeskWork) -> frozenset[tuple[DeskWork, str]]:
    return frozenset((asked, printer) for asked, printer in state.asked if asked is not work)


def _of_a_line(state: PrintersState, slot: int, happening: Happening) -> PrintersState:
    """What a slot's line tells, as far as it matters here."""
    match happening:
        case DeviceSeen() | DeviceRead():
            return replace(state, under_way=state.under_way | {slot})
        case WaitingForDevice() | UnitDone():
            return replace(state, under_way=state.under_way - {slot})
        case UnitRefused(failure):
            return _noticed(state, failure)
        case ScanRefused(failure) | FaultSeen(failure):
            return _noticed(state, failure)
        case HealthSeen(failure=failure, warning=warning):
            return _noticed(_noticed(state, failure), warning)
        case LineStopped():
            return replace(state, ended=True, under_way=state.under_way - {slot})
        case _:
            return state


def _noticed(state: PrintersState, failure: Failure | None) -> PrintersState:
    return replace(state, from_before=True) if isinstance(failure, QueueWaits) else state


def chose(state: PrintersState, name: str) -> PrintersState:
    """A person looks at another printer."""
    return replace(state, chosen=name, pane=Pane.LOOK, editing=None, done=None)


def adding(state: PrintersState) -> PrintersState:
    """A person wants another printer: a search begins."""
    return replace(state, pane=Pane.ADD, editing=None, searching=True, found=(), done=None)


def editing(state: PrintersState, config: PrinterConfig, was: str) -> PrintersState:
    """A person opens the fields, of a printer that is set up or of a new one."""
    seen = state.looked.get(was)
    because = None if seen is None else seen.status.failure or seen.status.warning
    marked = because if field_to_change(because) is not None else None
    return replace(state, pane=Pane.EDIT, editing=Editing(config, was, because=marked), done=None)


def saving(state: PrintersState, config: PrinterConfig) -> PrintersState:
    """The fields were handed to the desk."""
    if state.editing is None:
        return state
    opened = replace(state.editing, config=config, saving=True, because=None)
    return replace(asking(state, DeskWork.SAVE, config.name), editing=opened)


def left(state: PrintersState) -> PrintersState:
    """A person goes back one step: from a new printer to what was found, else to looking. Nothing is saved."""
    new = state.editing is not None and not state.editing.was
    return replace(state, pane=Pane.ADD if new else Pane.LOOK, editing=None)


def asking(state: PrintersState, work: DeskWork, printer: str) -> PrintersState:
    """The desk was asked for something; its last answer about the same kind of thing is old now."""
    asked = state.asked | {(work, printer)}
    if work is DeskWork.QUEUE:
        return replace(state, asked=asked, queue_done=None)
    return replace(state, asked=asked, done=None)
