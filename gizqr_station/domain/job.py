"""A print job, the states it goes through, and the only moves that are legal."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.ledger_failures import IllegalMove


class JobState(Enum):
    """What is known of a label, no more and no less."""

    INTENDED = "intended"
    """Written down; not one byte has gone out."""
    SENT = "sent"
    """Bytes may have gone out. A socket or spooler that took them all knows no more than this."""
    PRINTED = "printed"
    """The printer itself reported the label out."""
    VERIFIED = "verified"
    """The label was scanned and says what it should."""
    UNKNOWN = "unknown"
    """It may have come out or not; only a person can find out."""
    FAILED = "failed"
    """Nothing was sent."""
    VOIDED = "voided"
    """No usable label came out, or it was destroyed."""


MOVES: dict[JobState, frozenset[JobState]] = {
    JobState.INTENDED: frozenset({JobState.SENT, JobState.FAILED}),
    JobState.SENT: frozenset({JobState.PRINTED, JobState.UNKNOWN, JobState.FAILED, JobState.VERIFIED, JobState.VOIDED}),
    JobState.UNKNOWN: frozenset({JobState.PRINTED, JobState.VERIFIED, JobState.FAILED, JobState.VOIDED}),
    JobState.PRINTED: frozenset({JobState.VERIFIED, JobState.VOIDED}),
    JobState.VERIFIED: frozenset({JobState.VOIDED}),
    JobState.FAILED: frozenset(),
    JobState.VOIDED: frozenset(),
}

ENDED = frozenset(state for state, onward in MOVES.items() if not onward)
"""States that free the identity for another label."""


class PrintOutcome(Enum):
    """How handing a label to a printer ended."""

    CONFIRMED = "confirmed"
    """The printer gave evidence that the label is out."""
    ACCEPTED = "accepted"
    """A socket or spooler took every byte."""
    UNKNOWN = "unknown"
    """It broke off after bytes had gone out."""
    REFUSED = "refused"
    """Nothing was sent."""


STATE_AFTER: dict[PrintOutcome, JobState] = {
    PrintOutcome.CONFIRMED: JobState.PRINTED,
    PrintOutcome.ACCEPTED: JobState.SENT,
    PrintOutcome.UNKNOWN: JobState.UNKNOWN,
    PrintOutcome.REFUSED: JobState.FAILED,
}


@dataclass(frozen=True, slots=True)
class JobDraft:
    """Everything about a label that is settled before its job is opened."""

    label_serial: str
    identity: Identity
    product_key: str
    product_name: str
    content: str
    code_source: CodeSource
    code_task: str
    image_digest: str
    template: str
    dpi: int
    printer: str
    station: str
    operator: str
    revision: int
    """0 for the first label of an identity, 1 for R1 and so on."""
    test: bool
    """The label carries TEST: its code does not bind, or the ledger is not a production ledger."""
    scan_back_due: bool
    """Whether this label is to be scanned back."""
    work_order: str = ""
    """Number of the order that it is made for; empty for none."""
    code_service: str = ""
    """Address of the service that issued its code; empty for none, and for labels from before this was kept."""
    replaces: str = ""
    """Label serial of the one that was voided for it; empty for a first label, and where no reprint was asked for."""
    reason: str = ""
    """Why it replaces that one: a ReprintReason's value, and a remark behind a colon where there is one."""
    allowed_by: str = ""
    """The second person's name; empty where none was needed."""


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One label: its draft, and where it stands."""

    id: int
    draft: JobDraft
    state: JobState
    outcome: PrintOutcome | None
    """None until the printer's answer was written down."""
    opened_at: datetime
    moved_at: datetime
    sent_to: str = ""
    """The printer that it was sent to; empty while it was sent to none. A job that waited may have been moved."""
    origin: str = ""
    """Id of the ledger that it was merged from; empty for a job of this one."""
    origin_job: int = 0
    """Its number there."""
    contested: bool = False
    """It claims a device that another live label claims: two ledgers have labelled it. A person decides."""

    def moved_to(self, state: JobState, at: datetime) -> "PrintJob":
        """The job after a legal move."""
        require_legal(self.id, self.state, state)
        return replace(self, state=state, moved_at=at)

    @property
    def identity(self) -> Identity:
        """Of the device that the label is for."""
        return self.draft.identity

    @property
    def mark(self) -> str:
        """What the label's corner says: TEST, the revision, both or nothing."""
        return label_mark(test=self.draft.test, revision=self.draft.revision)

    @property
    def open(self) -> bool:
        """Whether somebody still has to find out or scan."""
        if self.state is JobState.UNKNOWN:
            return True
        return self.draft.scan_back_due and self.state in {JobState.SENT, JobState.PRINTED}


def require_legal(job: int, state: JobState, onward: JobState) -> None:
    """Raise IllegalMove unless the table allows it."""
    if onward not in MOVES[state]:
        raise IllegalMove(job, state.value, onward.value)


def label_mark(*, test: bool, revision: int) -> str:
    """``TEST``, ``R2``, ``TEST R2`` or nothing."""
    return " ".join(part for part in ("TEST" if test else "", f"R{revision}" if revision else "") if part)
