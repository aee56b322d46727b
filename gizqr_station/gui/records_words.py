"""How a label, its history and what became of a correction are worded on screen."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.corrections import ReprintReason
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.gui.tokens import Tone
from gizqr_station.wording import state_word

SIGNS: dict[JobState, tuple[Tone, str]] = {
    JobState.INTENDED: (Tone.CALM, "working"),
    JobState.SENT: (Tone.CALM, "sent"),
    JobState.PRINTED: (Tone.CALM, "printer"),
    JobState.VERIFIED: (Tone.GOOD, "check"),
    JobState.UNKNOWN: (Tone.ACT, "question"),
    JobState.FAILED: (Tone.CALM, "stop"),
    JobState.VOIDED: (Tone.STOP, "wrong"),
}
"""Beside each state's word; no colour stands alone."""


def serial_words(job: PrintJob) -> str:
    """``L-000124 R1``."""
    return f"{job.draft.label_serial} {job.mark}".strip()


def good_label_words(job: PrintJob) -> str:
    """What stands on the label that counts, as it is read off it: ``R1 · L-000124``."""
    return "\u00a0·\u00a0".join(part for part in (job.mark, job.draft.label_serial) if part)


def local_words(at: datetime) -> str:
    """A day and a time of this place, to the second."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M:%S")


def minute_words(at: datetime) -> str:
    """The same to the minute, where there is little room."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M")


def reason_names() -> Mapping[object, str]:
    """Every reason, in the language of the moment."""
    translate = QCoreApplication.translate
    return {
        ReprintReason.DAMAGED: translate("Records", "Damaged"),
        ReprintReason.UNREADABLE: translate("Records", "Unreadable"),
        ReprintReason.LOST: translate("Records", "Lost"),
        ReprintReason.WRONG_PLACE: translate("Records", "Wrong place"),
        ReprintReason.PRINTER_FAULT: translate("Records", "Printer fault"),
        ReprintReason.REWORK: translate("Records", "Rework"),
        ReprintReason.TRIAL: translate("Records", "Test"),
        ReprintReason.OTHER: translate("Records", "Other"),
    }


def reason_words(kept: str) -> str:
    """A reason as the ledger keeps it, ``other: bent``, in the language of the moment."""
    value, _, remark = kept.partition(":")
    try:
        name = reason_names()[ReprintReason(value.strip())]
    except ValueError:
        return kept
    return f"{name}: {remark.strip()}" if remark.strip() else name


def source_words(source: CodeSource) -> str:
    """Where a label's code came from."""
    translate = QCoreApplication.translate
    return {
        CodeSource.SERVICE: translate("Records", "QR service"),
        CodeSource.POOL: translate("Records", "pool, fetched ahead"),
        CodeSource.LINK: translate("Records", "link made here"),
        CodeSource.TEMPLATE: translate("Records", "text of the product's own"),
        CodeSource.SANDBOX: translate("Records", "sandbox: binds nothing"),
    }[source]


def facts_of(job: PrintJob, language: str) -> list[tuple[str, str]]:
    """What is known of a label beside its state, each with its name; nothing that is empty."""
    translate = QCoreApplication.translate
    draft = job.draft
    source = source_words(draft.code_source)
    facts = [
        (translate("Records", "Product"), draft.product_name),
        (translate("Records", "Order"), draft.work_order),
        (translate("Records", "Code from"), f"{source} ({draft.code_service})" if draft.code_service else source),
        (translate("Records", "Printed by"), f"{draft.operator} · {draft.station}"),
        (translate("Records", "Printer"), f"{draft.printer} · {draft.template} · {draft.dpi} dpi"),
        (translate("Records", "State since"), f"{state_word(job.state.value, language)} · {local_words(job.moved_at)}"),
        (translate("Records", "Takes the place of"), draft.replaces),
        (translate("Records", "Reason"), reason_words(draft.reason)),
        (translate("Records", "Allowed by"), draft.allowed_by),
    ]
    return [(name, value) for name, value in facts if value]
