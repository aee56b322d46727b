"""What the station page shows, as one frozen value computed from happenings; no Qt in here."""

from dataclasses import dataclass, field, replace
from enum import Enum

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.line_failures import LabelVoided, WrongLabel
from gizqr_station.domain.printer_failures import RibbonEnded, RibbonLow, RollEnded, RollLow
from gizqr_station.domain.reading import DeviceReading
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.workflows.happenings import (
    CodeFetched,
    DeskDone,
    DeskWork,
    DeviceRead,
    DeviceSeen,
    FaultSeen,
    Happening,
    HealthSeen,
    JobChanged,
    LabelDrawn,
    LabelKnown,
    LineStopped,
    Part,
    ScanBackDue,
    ScanRefused,
    SettlementDue,
    Tally,
    TurnAwaited,
    UnitDone,
    UnitRefused,
    WaitingForDevice,
)


class Band(Enum):
    """What the whole page says at a glance."""

    OPENING = "opening"
    WAITING = "waiting"
    WORKING = "working"
    TURN = "turn"
    """The label is ready; another slot's comes first."""
    SCAN_BACK = "scan_back"
    SETTLE = "settle"
    VERIFIED = "verified"
    HANDED_OVER = "handed_over"
    WRONG_LABEL = "wrong_label"
    RETRYING = "retrying"
    REFUSED = "refused"
    STOPPED = "stopped"


class Step(Enum):
    """Where a unit is on its way, in order."""

    READ = 1
    CODE = 2
    LABEL = 3
    PRINT = 4
    SCAN = 5
    DONE = 6


NOTHING_COUNTED = Tally(0, 0, 0, 0, ())


@dataclass(frozen=True, slots=True)
class StationState:
    """All that the page needs to draw itself."""

    band: Band = Band.OPENING
    step: Step = Step.READ
    """The step that is under way."""
    reading: DeviceReading | None = None
    image: LabelImage | None = None
    job: PrintJob | None = None
    failure: Failure | None = None
    """Why this unit, or the one before, did not go on."""
    remark: Failure | None = None
    """A scan that changed nothing."""
    loaded: str = ""
    """The printer that was just said to have a new roll."""
    known: PrintJob | None = None
    """A label that was scanned only to look it up."""
    retry_in_s: float | None = None
    turn_of: int = 0
    """The slot whose label comes first, while this one's waits."""
    tally: Tally = NOTHING_COUNTED
    health: dict[Part, HealthSeen] = field(default_factory=dict)

    @property
    def label_awaited(self) -> bool:
        """Whether a person may say that no usable label came out."""
        return self.band in {Band.SCAN_BACK, Band.SETTLE, Band.WRONG_LABEL, Band.HANDED_OVER}

    @property
    def why_stopped(self) -> Failure | None:
        """Of a station that has stopped; None for one that has not."""
        return self.failure if self.band is Band.STOPPED else None

    @property
    def can_retry(self) -> bool:
        """Whether a person may try the unit again."""
        return self.band in {Band.REFUSED, Band.RETRYING}

    @property
    def roll_ended(self) -> bool:
        """Whether the unit waits for a new roll or ribbon: the station cannot go on by itself."""
        return self.can_retry and not self.loaded and isinstance(self.failure, RollEnded | RibbonEnded)

    @property
    def roll_due(self) -> SupplyKind | None:
        """What a person may have changed: a roll or ribbon that has ended or ends soon, by count."""
        seen = self.health.get(Part.PRINTER)
        of_the_unit = self.failure if self.can_retry else None
        failures = (of_the_unit,) if seen is None else (of_the_unit, seen.failure, seen.warning)
        for failure in failures:
            if isinstance(failure, RollEnded | RollLow):
                return SupplyKind.LABELS
            if isinstance(failure, RibbonEnded | RibbonLow):
                return SupplyKind.RIBBON
        return None


def after(state: StationState, happening: Happening) -> StationState:
    """The next state."""
    match happening:
        case WaitingForDevice():
            return replace(state, band=Band.WAITING, step=Step.READ, retry_in_s=None)
        case DeviceSeen():
            return replace(state, band=Band.WORKING, step=Step.READ, reading=None, job=None, image=None)
        case DeviceRead(reading):
            return StationState(Band.WORKING, Step.CODE, reading=reading, tally=state.tally, health=state.health)
        case CodeFetched():
            return replace(state, step=Step.LABEL)
        case LabelDrawn(image):
            return replace(state, image=image, step=Step.PRINT)
        case TurnAwaited(holder):
            return replace(state, band=Band.TURN, step=Step.PRINT, turn_of=holder)
        case JobChanged(job):
            return _job_changed(state, job)
        case ScanBackDue(job):
            return replace(state, band=Band.SCAN_BACK, step=Step.SCAN, job=job)
        case SettlementDue(job, failure, image):
            asked = replace(state, band=Band.SETTLE, step=Step.SCAN, job=job, failure=failure, remark=None, loaded="")
            return replace(asked, image=image or state.image)
        case UnitDone(job):
            verified = job.state is JobState.VERIFIED
            band, step = (Band.VERIFIED, Step.DONE) if verified else (Band.HANDED_OVER, Step.SCAN)
            return replace(state, band=band, step=step, job=job, failure=None, remark=None, loaded="")
        case UnitRefused(failure, reading, job, retry_in_s):
            band = Band.REFUSED if retry_in_s is None else Band.RETRYING
            refused = replace(state, band=band, failure=failure, remark=None, loaded="", retry_in_s=retry_in_s)
            return refused if reading else replace(refused, reading=None, job=None, image=None, step=Step.READ)
        case LineStopped():
            return replace(state, band=Band.STOPPED)
        case _:
            return _aside(state, happening)


def _job_changed(state: StationState, job: PrintJob) -> StationState:
    if not _of_this_unit(state, job):
        return state
    # Its turn has come.
    return replace(state, job=job, band=Band.WORKING if state.band is Band.TURN else state.band)


def _of_this_unit(state: StationState, job: PrintJob) -> bool:
    if state.reading is None:
        return state.job is not None and state.job.id == job.id
    return job.identity == state.reading.identity and (state.job is None or state.job.id <= job.id)


def _aside(state: StationState, happening: Happening) -> StationState:
    """What is said beside the unit's own way."""
    match happening:
        case ScanRefused(failure):
            wrong = isinstance(failure, WrongLabel | LabelVoided) and state.label_awaited
            return replace(state, remark=failure, known=None, loaded="", band=Band.WRONG_LABEL if wrong else state.band)
        case FaultSeen(failure):
            return replace(state, remark=failure, loaded="")
        case LabelKnown(job):
            return replace(state, known=job, remark=None, loaded="")
        case DeskDone(DeskWork.NEW_ROLL, printer, None):
            return replace(state, loaded=printer, remark=None, known=None)
        case HealthSeen(part=part):
            return replace(state, health={**state.health, part: happening})
        case Tally():
            return replace(state, tally=happening)
        case _:
            return state
