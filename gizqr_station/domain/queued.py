"""A job that waits in the ledger's own queue for its printer and for a person."""

from dataclasses import dataclass
from datetime import datetime

from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.supplies import Supply


@dataclass(frozen=True, slots=True)
class QueuedJob:
    """INTENDED, not one byte sent. Waiting jobs are sent in order by whoever runs the queue; held ones never are."""

    job: PrintJob
    printer: str
    """Where it will go: the draft's printer, or the one it was moved to."""
    held: bool
    reason: str
    """Why it is held: a failure's code, or what a person or the program wrote."""
    by: str
    """Who queued, held, released or moved it last."""
    since: datetime


@dataclass(frozen=True, slots=True)
class WaitingLabel:
    """All that is asked before a waiting job may be sent, as of one moment."""

    queued: QueuedJob
    image: LabelImage | None
    """Its dots; None when they are gone, which nothing but damage does."""
    supplies: tuple[Supply, ...]
    """What is counted for the printer that it waits for."""
