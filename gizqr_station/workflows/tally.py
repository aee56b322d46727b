"""The counters that people watch, looked up in the ledger: only what was scanned back is verified."""

from datetime import datetime

from gizqr_station.domain.job import JobState
from gizqr_station.workflows.happenings import Tally
from gizqr_station.workflows.ports import Ledger

LATEST_SHOWN = 12


def tally(ledger: Ledger, since: datetime) -> Tally:
    """Counts since then; UNKNOWN counts whenever it happened, for it stays until somebody settles it."""
    return Tally(
        verified=ledger.count(JobState.VERIFIED, since),
        unknown=ledger.count(JobState.UNKNOWN),
        failed=ledger.count(JobState.FAILED, since),
        handed_over=ledger.count(JobState.SENT, since) + ledger.count(JobState.PRINTED, since),
        latest=tuple(ledger.find("", LATEST_SHOWN)),
    )
