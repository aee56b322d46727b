"""Which label another one takes the place of, and why, where no reprint was asked for: a line labels a device again."""

from gizqr_station.domain.corrections import Replacement, ReprintReason, reason_in
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.workflows.ports import Ledger


def what_it_replaces(ledger: Ledger, product_key: str, identity: Identity) -> Replacement | None:
    """The newest voided label of a device; None where none was voided.

    The reason is what it was voided for. Where no usable label came out, the printer is what failed.
    """
    voided = next((job for job in ledger.labels_of(product_key, identity) if job.state is JobState.VOIDED), None)
    return None if voided is None else Replacement(voided.draft.label_serial, *_why(ledger, voided))


def _why(ledger: Ledger, voided: PrintJob) -> tuple[ReprintReason, str]:
    said = [entry.evidence for entry in ledger.history(voided.id) if entry.state is JobState.VOIDED]
    return (reason_in(said[0]) if said else None) or (ReprintReason.PRINTER_FAULT, "")
