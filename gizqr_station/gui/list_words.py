"""How lists and batches are worded on screen."""

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from gizqr_station.domain.batch import Batch, BatchState, ItemState
from gizqr_station.domain.identity_list import ListLine, Verdict
from gizqr_station.gui.printer_words import when_words
from gizqr_station.gui.row_list import RowWords
from gizqr_station.gui.status_panel import mark_colour
from gizqr_station.gui.tokens import Tone
from gizqr_station.wording import words_for

_TONES = {
    BatchState.READY: Tone.CALM,
    BatchState.RUNNING: Tone.ACT,
    BatchState.PAUSED: Tone.ATTENTION,
    BatchState.DONE: Tone.GOOD,
    BatchState.CANCELLED: Tone.CALM,
}
_ICONS = {
    BatchState.READY: "power",
    BatchState.RUNNING: "working",
    BatchState.PAUSED: "attention",
    BatchState.DONE: "check",
    BatchState.CANCELLED: "stop",
}


def verdict_words(verdict: Verdict) -> str:
    """What a line is worth, in a word or two."""
    translate = QCoreApplication.translate
    return {
        Verdict.GOOD: translate("Lists", "Will be printed"),
        Verdict.BAD: translate("Lists", "Not usable"),
        Verdict.REPEATED: translate("Lists", "Repeated"),
        Verdict.LABELLED: translate("Lists", "Has a label"),
        Verdict.NOT_ALLOWED: translate("Lists", "Not allowed"),
    }[verdict]


def reason_words(line: ListLine, language: str) -> str:
    """Why it is not printed; nothing for a good one."""
    if line.failure is not None:
        return words_for(line.failure, language).what
    if line.verdict is Verdict.REPEATED:
        return QCoreApplication.translate("Lists", "Stands in line {number} already.").format(number=line.first)
    return ""


def state_words(batch: Batch) -> str:
    """What is going on with a batch."""
    translate = QCoreApplication.translate
    return {
        BatchState.READY: translate("Lists", "ready"),
        BatchState.RUNNING: translate("Lists", "printing"),
        BatchState.PAUSED: translate("Lists", "paused"),
        BatchState.DONE: translate("Lists", "done"),
        BatchState.CANCELLED: translate("Lists", "cancelled"),
    }[batch.state]


def tone_of(batch: Batch) -> Tone:
    """A batch that is done but left something out is not simply good."""
    if batch.state is BatchState.DONE and batch.counts.get(ItemState.REFUSED, 0):
        return Tone.ATTENTION
    return _TONES[batch.state]


def done_words(batch: Batch) -> str:
    """``320 of 482``."""
    return QCoreApplication.translate("Lists", "{done} of {total}").format(
        done=batch.total - batch.left, total=batch.total
    )


def row_of_batch(batch: Batch, *, chosen: bool) -> RowWords:
    """One batch in the list of them."""
    when = when_words(batch.at, datetime.now(UTC))
    return RowWords(
        key=str(batch.number),
        icon=_ICONS[batch.state],
        colour=mark_colour(tone_of(batch)),
        title=f"{batch.number}  {batch.name}",
        state=f"{state_words(batch)} · {done_words(batch)}",
        line=f"{when} · {batch.printer}",
        chosen=chosen,
    )


def size_words(size_bytes: int) -> str:
    """``12 kB``; a list of one line is no less."""
    return f"{max(1, round(size_bytes / 1000))} kB"
