"""A printed label is scanned back: it is VERIFIED once every code that it needs was seen."""

from gizqr_station.domain.correction_failures import LargeCodeNext, SmallCodeNext
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.workflows.provision import Bench
from gizqr_station.workflows.serial_codes import CodeOnLabel

SCANNED_BACK = "scanned back"
BOTH_SCANNED = "scanned back, both codes"
SAYS_THE_SAME = "scanned back; a voided label says the same"


def scan_back(bench: Bench, job: PrintJob, code: CodeOnLabel) -> PrintJob:
    """The label, VERIFIED; raises SmallCodeNext or LargeCodeNext while the other code has to be scanned too.

    A label that replaced another one says the same as that one. Where it carries a small code, both have to be
    scanned, in any order; where the template has no room for one, the record says that the two cannot be told apart.
    """
    two = carries_small_code(bench, job)
    both = bench.codes_seen.saw(job.id, code) if two else code is CodeOnLabel.LARGE
    if not both:
        raise (SmallCodeNext if code is CodeOnLabel.LARGE else LargeCodeNext)(job.draft.label_serial)
    evidence = BOTH_SCANNED if two else SCANNED_BACK if job.draft.revision == 0 else SAYS_THE_SAME
    verified = bench.ledger.move(job, JobState.VERIFIED, who=bench.operator, evidence=evidence)
    bench.codes_seen.forget(job.id)
    return verified


def carries_small_code(bench: Bench, job: PrintJob) -> bool:
    """Whether the very dots that were sent hold a small code with the label's serial; never on first labels."""
    if job.draft.revision == 0:
        return False
    image = bench.ledger.image(job.id)
    return image is not None and bench.serial_codes.said_by(image) == job.draft.label_serial
