"""What a factory's own systems learn of a label: one result each time it is known to be good, or taken back."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from gizqr_station.domain.job import PrintJob


class ResultKind(Enum):
    """What became known."""

    VERIFIED = "verified"
    """The label was scanned and says what it should."""
    HANDED_OVER = "handed_over"
    """It went to the printer and nobody was to scan it."""
    VOIDED = "voided"
    """It is not good any more, whatever was said of it before."""


@dataclass(frozen=True, slots=True)
class Result:
    """One thing to hand over."""

    ledger_id: str
    sequence: int
    """Of the entry that it comes from."""
    kind: ResultKind
    job: PrintJob
    """As it stands now."""
    at: datetime
    who: str
    station: str
    seal: str
    """Of the entry: what is handed over can be found again in the record."""

    @property
    def key(self) -> str:
        """The same at every try, and of no other result: whoever takes results in keeps each key once.

        A label is known to be good once, and taken back once, also where a restore had to tell of it again.
        """
        return f"{self.ledger_id}-{self.job.draft.label_serial}-{self.kind.value}"


class Destination(Enum):
    """Where results are handed over."""

    FOLDER = "folder"
    WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True)
class DeliveryTries:
    """A result that was not taken."""

    sequence: int
    tries: int
    first_at: datetime
    last_at: datetime
    reason: str
    """The failure's code and fields."""
    given_up: bool
    """It waits for a person; later ones go on."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a destination is."""

    upto: int
    """Every result up to this entry was handed over, or was given up."""
    staged: int
    """The result of this entry lies ready and may have been handed over; 0 for none."""
    free: bool = True
    """Whether this station may hand over; False while another one of the ledger is at it."""
