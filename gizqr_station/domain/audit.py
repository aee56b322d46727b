"""The sealed record: what every line of it is about, what a checkpoint says, and what a check can find."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

FIRST_SEAL = "0" * 64
"""What the first entry is sealed after."""


class ActKind(Enum):
    """Entries that are about no single job; a job's are ``move`` and ``note``."""

    PERSON = "person"
    """Somebody was added or changed, or got a badge or PIN."""
    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    GRANT = "grant"
    """Something was asked for and allowed."""
    REFUSAL = "refusal"
    """Something was asked for and not allowed, or a PIN or badge was wrong."""
    ORDER = "order"
    SHIFT = "shift"
    BATCH = "batch"
    SUPPLY = "supply"
    CHECKPOINT = "checkpoint"
    MERGE = "merge"
    BACKUP = "backup"
    EXPORT = "export"
    SETTINGS = "settings"
    STORAGE = "storage"
    """The disk was full: so the line stopped."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something that is written down besides the jobs."""

    kind: ActKind
    subject: str
    """What it is about: a person's name, an order's number, a batch's."""
    facts: tuple[tuple[str, str], ...] = ()
    """Names and values, in the order in which they are told; no secret ever."""


class ClockMark(Enum):
    """What is known of the clock that an entry was written by. Nothing is ordered by a clock; the sequence orders."""

    STEADY = ""
    BACK = "back"
    """It says an earlier time than the entry before."""
    AHEAD = "ahead"
    """Since this program's last entry it ran further than time did."""


@dataclass(frozen=True, slots=True)
class SealedEntry:
    """One line of the record as it is sealed."""

    sequence: int
    """From 1, without a gap."""
    kind: str
    """``move``, ``note`` or the value of an ActKind."""
    job: int | None
    state: str
    """Of the job after it; empty for an act."""
    subject: str
    at: datetime
    clock: ClockMark
    who: str
    station: str
    evidence: str
    """Plain words or codes; of an act its facts as JSON."""
    seal: str
    """SHA-256 in hexadecimal."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a station signed of the record at one moment, kept in a second place."""

    ledger_id: str
    count: int
    """Entries that it covers: 1 to this."""
    head: str
    """Seal of the last of them."""
    root: str
    """Of the hash tree over the seals of all entries, in hexadecimal."""
    at: datetime
    station: str
    key_id: str
    """Which key signed: the first 16 digits of SHA-256 over the public key."""
    signature: str
    """Ed25519 over the canonical text, base64."""


class AuditFaultKind(Enum):
    """What a check of the record can find."""

    ENTRY_CHANGED = "entry_changed"
    ENTRY_MISSING = "entry_missing"
    ENTRY_ADDED = "entry_added"
    TAIL_CUT = "tail_cut"
    """Fewer entries than a checkpoint has seen: cut, or an old file put back."""
    RESTAMPED = "restamped"
    """The seals agree with each other, but not with what a checkpoint has seen."""
    CHECKPOINT_BROKEN = "checkpoint_broken"
    JOB_CHANGED = "job_changed"
    """A job is not what its first entry sealed, or does not stand as its entries say."""
    STATE_CHANGED = "state_changed"
    """A person, an order or a shift is not what the acts about it say."""


@dataclass(frozen=True, slots=True)
class AuditFault:
    """The first thing that is wrong."""

    kind: AuditFaultKind
    sequence: int
    """Of the first bad entry; of a cut tail the first that is missing."""
    detail: str


@dataclass(frozen=True, slots=True)
class AuditVerdict:
    """What a check of the whole record found."""

    entries: int
    """That were looked at."""
    covered: int
    """Of them, how many the newest good checkpoint covers; what came later only the chain itself holds."""
    fault: AuditFault | None = None
