"""What the records page shows, as one frozen value computed from happenings and presses; no Qt in here."""

from dataclasses import dataclass, replace
from enum import Enum

from gizqr_station.domain.corrections import ReprintReason
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.people import Permission
from gizqr_station.domain.records import RecordQuery
from gizqr_station.workflows.happenings import AtSlot, Happening, HealthSeen, JobChanged, LineStopped, Part
from gizqr_station.workflows.people_happenings import OnDuty
from gizqr_station.workflows.record_happenings import (
    LabelAwaited,
    OldLabelScanned,
    RecordDone,
    RecordProgress,
    RecordsFound,
    RecordWork,
    UnitSeen,
)

FILE_WORK = frozenset({RecordWork.EXPORT, RecordWork.EVIDENCE})
EVERYTHING = RecordQuery()
REPLACEABLE = frozenset({JobState.SENT, JobState.PRINTED, JobState.VERIFIED})
"""Labels that are somewhere: they can be replaced, or taken back."""


class Pane(Enum):
    """What stands beside the search."""

    FOUND = "found"
    UNIT = "unit"


class Section(Enum):
    """What is seen of a unit beside its labels."""

    HISTORY = "history"
    CORRECT = "correct"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class RecordsState:
    """All that the page needs to draw itself."""

    opened: bool = False
    """Whether the desk has said anything yet."""
    ended: bool = False
    """The station is not running (any more)."""
    duty: OnDuty | None = None
    """Who works here; None while nobody has said."""
    query: RecordQuery = EVERYTHING
    """What was asked for last."""
    answered: bool = False
    """Whether what is shown is the answer to that."""
    jobs: tuple[PrintJob, ...] = ()
    unknown: tuple[PrintJob, ...] = ()
    onward: int | None = None
    """Where the next page begins; None where there is none."""
    asked_more: bool = False
    failure: Failure | None = None
    """Why nothing was found."""
    pane: Pane = Pane.FOUND
    section: Section = Section.HISTORY
    chosen: int = 0
    """The label that somebody wants to see; 0 for none."""
    unit: UnitSeen | None = None
    reason: ReprintReason | None = None
    remark: str = ""
    badge_read: bool = False
    """A second person's badge was scanned; whose it is the workflow finds out."""
    name_and_pin: bool = False
    """A name and a PIN of a second person stand in their fields."""
    asked: RecordWork | None = None
    """A correction that is on its way."""
    awaited: LabelAwaited | None = None
    done: RecordDone | None = None
    """What came of the last correction or scan."""
    filing: RecordWork | None = None
    """A file that is being written."""
    progress: int = 0
    """Rows of it so far."""
    stopping: bool = False
    filed: RecordDone | None = None
    held_by: int = 0
    """The slot whose label comes first: scans are the line's."""
    scanner_on_port: bool = False
    """A scanner stands on a port of its own: what it reads never comes by the window."""

    @property
    def identity(self) -> Identity | None:
        """Of the device that is shown."""
        return None if self.unit is None else self.unit.job.identity

    @property
    def voidable(self) -> bool:
        """Whether the label that is shown can be taken back; one that nobody has scanned yet is settled instead."""
        return self.unit is not None and self.unit.job.state in REPLACEABLE and not self.unit.job.open

    @property
    def replaceable(self) -> bool:
        """Whether it can be replaced: also where the last one was taken back and nothing took its place."""
        if self.unit is None or self.voidable:
            return self.voidable
        last = next((job for job in self.unit.jobs if job.state is not JobState.FAILED), None)
        return last is not None and last.state is JobState.VOIDED and last.id == self.unit.job.id

    @property
    def unsettled(self) -> bool:
        """Whether somebody still has to find out of the label that is shown, or to scan it."""
        return self.unit is not None and self.unit.job.open

    @property
    def live(self) -> PrintJob | None:
        """The label of the device that counts now, where it is not the one that is shown."""
        if self.unit is None:
            return None
        counts = REPLACEABLE | {JobState.UNKNOWN}
        found = next((job for job in self.unit.jobs if job.state in counts), None)
        return None if found is None or found.id == self.unit.job.id else found

    @property
    def second_due(self) -> bool:
        """Whether somebody else has to agree before this label is replaced."""
        return self.unit is not None and self.replaceable and self.unit.standing.needs_second

    @property
    def badge_awaited(self) -> bool:
        """Whether a badge that is scanned now is a second person's."""
        return self.second_due and self.pane is Pane.UNIT and self.section is Section.CORRECT and self.free

    @property
    def free(self) -> bool:
        """Whether a correction can be asked for."""
        return self.asked is None and self.awaited is None

    @property
    def explained(self) -> bool:
        """Whether there is a reason, in words where it needs some."""
        return self.reason is not None and (self.reason is not ReprintReason.OTHER or bool(self.remark.strip()))

    @property
    def may_reprint(self) -> bool:
        """Whether everything is there that a reprint needs."""
        agreed = not self.second_due or self.badge_read or self.name_and_pin
        return self.replaceable and self.explained and agreed and self.free and self.allowed(Permission.REPRINT)

    @property
    def may_void(self) -> bool:
        """Whether everything is there that taking a label back needs."""
        return self.voidable and self.explained and self.free and self.allowed(Permission.VOID)

    @property
    def may_settle(self) -> bool:
        """Whether somebody may say that no usable label came out."""
        return self.unsettled and self.free and self.allowed(Permission.SETTLE)

    def allowed(self, permission: Permission) -> bool:
        """Whether whoever is on duty may do it; as long as nobody has said who that is, the workflow will."""
        return self.duty is None or permission in self.duty.allowed


def after(state: RecordsState, happening: Happening) -> RecordsState:
    """The next state."""
    match happening:
        case AtSlot(_, JobChanged(job)) | JobChanged(job):
            return _moved(state, job)
        case RecordsFound():
            return _found(state, happening)
        case UnitSeen():
            return _seen(state, happening)
        case LabelAwaited():
            awaited = replace(forgotten(state), awaited=happening, chosen=happening.job.id, pane=Pane.UNIT)
            return replace(awaited, section=Section.CORRECT, asked=None, done=None)
        case OldLabelScanned():
            # The alarm says it; what was said of the scan before it is old.
            return replace(state, done=None)
        case RecordDone():
            return _done(state, happening)
        case RecordProgress(work, done):
            return replace(state, progress=done) if work is state.filing else state
        case OnDuty():
            # Somebody else's reason and second person are not theirs.
            return replace(forgotten(state), duty=happening)
        case HealthSeen(part=Part.SCANNER):
            return replace(state, scanner_on_port=True)
        case LineStopped():
            return replace(forgotten(state), ended=True)
        case _:
            return state


def searching(state: RecordsState, query: RecordQuery) -> RecordsState:
    """Somebody looks for something else; what is shown meanwhile is of the query before."""
    return replace(state, query=query, answered=False, asked_more=False, pane=Pane.FOUND, chosen=0, failure=None)


def looking_at(state: RecordsState, job: int) -> RecordsState:
    """Somebody wants to see a label."""
    return replace(state, chosen=job, done=None, filed=None)


def back(state: RecordsState) -> RecordsState:
    """Back to what was found; a label that is still awaited stays so."""
    return replace(forgotten(state), pane=Pane.FOUND, chosen=0, done=None, filed=None)


def showing(state: RecordsState, section: Section) -> RecordsState:
    """Somebody looks at something else of the unit."""
    return replace(forgotten(state), section=section, filed=None)


def forgotten(state: RecordsState) -> RecordsState:
    """What was filled in for a correction counts no more."""
    return replace(state, reason=None, remark="", badge_read=False, name_and_pin=False)


def correcting(state: RecordsState, work: RecordWork) -> RecordsState:
    """Somebody asked for a correction; who agreed to it agreed to this one only."""
    return replace(state, asked=work, badge_read=False, name_and_pin=False, done=None)


def given_up(state: RecordsState) -> RecordsState:
    """The awaited label is not scanned now."""
    return replace(state, awaited=None, done=None)


def filing(state: RecordsState, work: RecordWork) -> RecordsState:
    """A file is to be written."""
    return replace(state, filing=work, progress=0, stopping=False, filed=None)


def _found(state: RecordsState, found: RecordsFound) -> RecordsState:
    opened = replace(state, opened=True, ended=False)
    if found.query != state.query:
        return opened
    if found.more:
        if not state.answered:
            return opened
        # Pages go on by themselves where the first ones ended early, and may begin with what is shown already.
        known = {job.id for job in state.jobs} | {job.id for job in state.unknown}
        more = tuple(job for job in found.page.jobs if job.id not in known)
        return replace(opened, jobs=(*state.jobs, *more), onward=found.page.after, asked_more=False, failure=None)
    return replace(
        opened,
        answered=True,
        jobs=found.page.jobs,
        unknown=found.page.unknown,
        onward=found.page.after,
        asked_more=False,
        failure=None,
    )


def _seen(state: RecordsState, seen: UnitSeen) -> RecordsState:
    same_device = seen.job.identity == state.identity
    if not (seen.scanned or seen.job.id == state.chosen or (same_device and state.pane is Pane.UNIT)):
        # Somebody looks at something else by now.
        return state
    same_label = state.unit is not None and seen.job.id == state.unit.job.id
    if not same_label or (seen.job.state is not (state.unit.job.state if state.unit else None)):
        state = forgotten(state)
    section = Section.CORRECT if seen.scanned else state.section if same_device else Section.HISTORY
    return replace(state, opened=True, unit=seen, chosen=seen.job.id, pane=Pane.UNIT, section=section)


def _done(state: RecordsState, done: RecordDone) -> RecordsState:
    match done.work:
        case RecordWork.EXPORT | RecordWork.EVIDENCE:
            return replace(state, filing=None, filed=done)
        case RecordWork.SEARCH:
            return replace(state, opened=True, failure=done.failure, asked_more=False, answered=True)
        case RecordWork.VERIFY:
            awaited = state.awaited if done.failure is not None else None
            return replace(state, awaited=awaited, done=done)
        case RecordWork.REPRINT:
            # A label that may or may not have come out is a case to settle, which the unit says next.
            awaited = None if done.failure is not None else state.awaited
            return replace(state, asked=None, awaited=awaited, done=done)
        case _:
            return replace(state, asked=None if done.work is state.asked else state.asked, done=done)


def _moved(state: RecordsState, job: PrintJob) -> RecordsState:
    """A label that is in sight moved on."""

    def now(jobs: tuple[PrintJob, ...]) -> tuple[PrintJob, ...]:
        return tuple(job if each.id == job.id else each for each in jobs)

    settled = job.state is not JobState.UNKNOWN and any(each.id == job.id for each in state.unknown)
    unknown = tuple(each for each in state.unknown if each.id != job.id) if settled else now(state.unknown)
    jobs = (job, *state.jobs) if settled else now(state.jobs)
    return replace(state, jobs=jobs, unknown=unknown)
