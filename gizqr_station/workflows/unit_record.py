"""Everything that is known of one device, put together."""

from gizqr_station.domain.corrections import ReprintStanding
from gizqr_station.domain.job import PrintJob
from gizqr_station.workflows.ports import Ledger
from gizqr_station.workflows.record_happenings import UnitSeen


def unit_of(ledger: Ledger, job: PrintJob, standing: ReprintStanding, *, scanned: bool = False) -> UnitSeen:
    """All labels of the label's device, newest first, with all that was written of them, in the order of writing."""
    of_device = tuple(ledger.labels_of(job.draft.product_key, job.identity))
    entries = sorted((entry for each in of_device for entry in ledger.history(each.id)), key=lambda each: each.sequence)
    return UnitSeen(job, of_device, tuple(entries), ledger.image(job.id), standing, scanned)
