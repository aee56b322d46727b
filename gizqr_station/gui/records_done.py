"""What came of a correction or a scan at the reprint desk, and where scans go, in words."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from gizqr_station.domain.correction_failures import LargeCodeNext, SmallCodeNext
from gizqr_station.gui.desk_scans import DeskScans
from gizqr_station.gui.records_state import RecordsState
from gizqr_station.gui.records_words import good_label_words
from gizqr_station.gui.status_panel import Said, said_of
from gizqr_station.gui.tokens import Tone
from gizqr_station.workflows.record_happenings import RecordDone, RecordWork

_ONLY_LOOKED = frozenset({RecordWork.SCAN, RecordWork.LOOK})


def done_words(state: RecordsState, language: str) -> Said | None:
    """Of the last correction or scan; None where there is nothing to say that is not said elsewhere."""
    done = state.done
    if done is None:
        return None
    if done.failure is not None:
        owner = QCoreApplication.translate("Records", "Who can mend it: {owner}")
        if isinstance(done.failure, SmallCodeNext | LargeCodeNext):
            return replace(said_of(done.failure, Tone.ACT, owner, language), icon="scan")
        tone = Tone.ATTENTION if done.work in _ONLY_LOOKED else Tone.STOP
        return said_of(done.failure, tone, owner, language)
    return _good_words(done)


def _good_words(done: RecordDone) -> Said | None:
    translate = QCoreApplication.translate
    if done.job is None:
        return None
    serial = done.job.draft.label_serial
    match done.work:
        case RecordWork.VERIFY:
            what = translate("Records", "Verified: {label} is the label of {device} now.")
            what = what.format(label=good_label_words(done.job), device=done.job.identity.readable)
            return Said(Tone.GOOD, "check", what)
        case RecordWork.VOID:
            what = translate("Records", "{serial} is voided. Take it off and destroy it.").format(serial=serial)
            return Said(Tone.GOOD, "check", what, translate("Records", "Whoever scans it from now on gets an alarm."))
        case RecordWork.SETTLE:
            what = translate("Records", "Settled: no usable label came out of {serial}.").format(serial=serial)
            return Said(Tone.GOOD, "check", what, translate("Records", "The device may get another label."))
        case _:
            return None


def scan_words(state: RecordsState, scans: DeskScans) -> tuple[Tone, str]:
    """Where a scan goes at this moment."""
    translate = QCoreApplication.translate
    if scans.held_by:
        line = translate("Records", "The label of slot {slot} waits for its scan: scans are the line's until then.")
        return Tone.ATTENTION, line.format(slot=scans.held_by)
    line = translate("Records", "Scan a label or a device: it opens here. The line does not see it.")
    if state.scanner_on_port:
        port = translate("Records", "A scanner on a port of its own still goes to the line.")
        return Tone.CALM, f"{line} {port}"
    return Tone.CALM, line
