"""What the records page asks: searches, corrections, and files that leave the station."""

from gizqr_station.assembly.corrections import corrections
from gizqr_station.exports.record_files import RecordFilesOnDisk
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.settings.model import Settings
from gizqr_station.workflows.happenings import Tell
from gizqr_station.workflows.lanes import ThreadLane
from gizqr_station.workflows.printer_pool import PrinterPool
from gizqr_station.workflows.provision import Bench
from gizqr_station.workflows.record_ports import EvidenceWriter
from gizqr_station.workflows.records_desk import RecordParts, RecordsDesk


def records_desk(
    settings: Settings, bench: Bench, ledger: SqlLedger, pool: PrinterPool, evidence: EvidenceWriter, tell: Tell
) -> RecordsDesk:
    """The desk of a station; it is closed before the pool of printers and the ledger are."""
    parts = RecordParts(
        bench=bench,
        search=ledger,
        corrections=corrections(settings, bench, pool, ledger, tell),
        files=RecordFilesOnDisk(),
        evidence=evidence,
        trail=ledger,
    )
    return RecordsDesk(parts, ThreadLane, tell)
