"""What can be wrong with the sealed record, and with the checkpoints that stand for it in a second place."""

from dataclasses import dataclass

from gizqr_station.domain.audit import AuditFault, AuditFaultKind
from gizqr_station.domain.failures import HandOverFailure, LedgerFailure, Owner


@dataclass(eq=False)
class RecordAltered(LedgerFailure):
    """The record is not what was sealed; its leaves say how."""

    sequence: int
    """Of the first bad entry."""
    detail: str


@dataclass(eq=False)
class EntryChanged(RecordAltered):
    """A line does not fit its seal."""

    code = "E-LED-20"


@dataclass(eq=False)
class EntryMissing(RecordAltered):
    """A line was taken out."""

    code = "E-LED-21"


@dataclass(eq=False)
class EntryAdded(RecordAltered):
    """A line was put between others."""

    code = "E-LED-22"


@dataclass(eq=False)
class RecordCutShort(RecordAltered):
    """There were more lines once: they were cut, or an old ledger was put back."""

    code = "E-LED-23"


@dataclass(eq=False)
class RecordRestamped(RecordAltered):
    """Lines were sealed anew: they fit each other, but not what a checkpoint has seen."""

    code = "E-LED-24"


@dataclass(eq=False)
class CheckpointBroken(RecordAltered):
    """A checkpoint of the second place is gone or is not what was signed."""

    code = "E-LED-25"


@dataclass(eq=False)
class JobAltered(RecordAltered):
    """A label's record is not what its entries say, or its image is another."""

    code = "E-LED-26"


@dataclass(eq=False)
class StateAltered(RecordAltered):
    """A person, an order or a shift is not what the record says of it."""

    code = "E-LED-28"


@dataclass(eq=False)
class OlderLedger(LedgerFailure):
    """At the start of a station: this ledger does not have what was in it when it was signed last."""

    code = "E-LED-27"
    path: str
    count: int
    """Entries that were signed."""
    found: int
    """Entries that are there."""
    remembered: str
    """The file that remembers it."""


@dataclass(eq=False)
class CheckpointPlaceAway(HandOverFailure):
    """The second place for checkpoints cannot be written or read."""

    code = "E-OUT-01"
    owner = Owner.IT
    folder: str
    reason: str


@dataclass(eq=False)
class SigningKeyUnusable(HandOverFailure):
    """The station's key for checkpoints is no key."""

    code = "E-OUT-02"
    owner = Owner.IT
    name: str


FAILURE_OF: dict[AuditFaultKind, type[RecordAltered]] = {
    AuditFaultKind.ENTRY_CHANGED: EntryChanged,
    AuditFaultKind.ENTRY_MISSING: EntryMissing,
    AuditFaultKind.ENTRY_ADDED: EntryAdded,
    AuditFaultKind.TAIL_CUT: RecordCutShort,
    AuditFaultKind.RESTAMPED: RecordRestamped,
    AuditFaultKind.CHECKPOINT_BROKEN: CheckpointBroken,
    AuditFaultKind.JOB_CHANGED: JobAltered,
    AuditFaultKind.STATE_CHANGED: StateAltered,
}


def failure_of(fault: AuditFault) -> RecordAltered:
    """A fault as people are told of it."""
    return FAILURE_OF[fault.kind](fault.sequence, fault.detail)
