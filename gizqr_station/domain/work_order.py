"""A work order: what is to be labelled, how, who signed for it, and how it stands."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.job import JobState, PrintOutcome


class OrderState(Enum):
    """Where an order stands."""

    PLANNED = "planned"
    """Written down; nobody has signed."""
    SIGNED = "signed"
    """Its profile is fixed; its first label may be made."""
    RELEASED = "released"
    """QA scanned the first article and let the others be made."""
    CLOSED = "closed"
    CANCELLED = "cancelled"
    """Never begun."""


ORDER_MOVES: dict[OrderState, frozenset[OrderState]] = {
    OrderState.PLANNED: frozenset({OrderState.SIGNED, OrderState.CANCELLED}),
    OrderState.SIGNED: frozenset({OrderState.RELEASED, OrderState.CANCELLED}),
    OrderState.RELEASED: frozenset({OrderState.CLOSED}),
    OrderState.CLOSED: frozenset(),
    OrderState.CANCELLED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class OrderProfile:
    """Everything that a changeover sets, signed as one; no line asks for any of it again."""

    product_key: str
    product_name: str
    scheme: str
    """How codes come: a CodeScheme's value."""
    template: str
    printer: str
    """A printer's name; each station has its own of that name."""
    quantity: int
    """Units."""
    identities: tuple[IdentityRange, ...] = ()
    """Those that belong to it; empty = any."""
    scan_back_every: int = 1
    service: str = ""
    """Address of the service that issues its codes; empty where none does."""
    content: str = ""
    """For a template scheme."""
    links_file: str = ""
    """For a link scheme: each station has its own of that name."""
    identity_kind: str = "any"
    """What its devices are labelled by: ``any``, ``mac``, ``imei``."""
    ouis: tuple[str, ...] = ()
    """First six digits of its makers' MACs, lower case; empty = all."""
    local_macs_allowed_by: str = ""
    local_macs_reason: str = ""
    quota: int = 0
    """Devices of the product that may register, as it stood when the order was planned; 0 = no limit."""
    registered_elsewhere: int = 0
    secret_name: str = ""
    """Under which each station keeps the product secret, so that no label ever shows it."""


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """One order as the ledger has it."""

    number: str
    profile: OrderProfile
    digest: str
    """SHA-256 of the profile's canonical JSON, in hexadecimal: what was signed."""
    state: OrderState
    made_by: str
    made_at: datetime
    signed_by: str = ""
    released_by: str = ""
    first_article: int = 0
    """Job number of the label that QA released it by."""
    closed_by: str = ""
    remark: str = ""
    """Why it was closed short, or cancelled."""


_HANDED_OVER = {PrintOutcome.ACCEPTED, PrintOutcome.CONFIRMED}


def accounted_for(state: JobState, outcome: PrintOutcome | None, *, scan_back_due: bool) -> bool:
    """Whether nobody has to find out any more about a live label: verified, or handed over and not to be scanned."""
    if state is JobState.VERIFIED:
        return True
    return not scan_back_due and state in {JobState.SENT, JobState.PRINTED} and outcome in _HANDED_OVER


@dataclass(frozen=True, slots=True)
class OrderBalance:
    """Every planned unit is in exactly one of the other four, at any instant."""

    planned: int
    verified: int
    """Units with a live label that was verified, or one that nobody was to scan back and that was handed over."""
    voided: int
    """Units whose labels were all voided, so that they have none now."""
    unknown: int
    """Units with a live label that is not settled: waiting, sent, printed or in doubt."""

    @property
    def remaining(self) -> int:
        """Units without any label so far."""
        return self.planned - self.verified - self.voided - self.unknown


@dataclass(frozen=True, slots=True)
class Shift:
    """One stretch of work at one station."""

    id: int
    station: str
    opened_by: str
    opened_at: datetime
    first_entry: int
    """Sequence of the record's first entry that belongs to it."""
    closed_by: str = ""
    closed_at: datetime | None = None
    last_entry: int = 0
    remark: str = ""
    """Handover note."""


@dataclass(frozen=True, slots=True)
class ShiftTotals:
    """What was done at its station between its first and its last entry, by labels."""

    opened: int
    """Labels that were begun."""
    verified: int
    handed_over: int
    """Sent or printed, and not to be scanned back."""
    voided: int
    failed: int
    """Nothing was sent."""
    unknown: int
    """Begun in it and not settled yet."""
    reprints: tuple[tuple[str, int], ...] = ()
    """Reason and how many."""
