"""A job that waits in the ledger's own queue for its printer and for a person."""

from dataclasses import dataclass
from datetime import datetime

from gizqr_station.domain.job import PrintJob


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
