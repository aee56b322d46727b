"""How printers look in a list: those that are set up, and those that were found."""

from PySide6.QtCore import QCoreApplication

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.printer import FoundPrinter, PrinterConfig
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.gui.printer_words import condition_word, connection_word, language_word, media_words
from gizqr_station.gui.printers_state import PrintersState, trouble_of
from gizqr_station.gui.row_list import RowWords
from gizqr_station.gui.status_panel import mark_colour
from gizqr_station.gui.tokens import QUIET_TEXT, Tone
from gizqr_station.wording import words_for
from gizqr_station.workflows.happenings import PrinterLooked


def row_of_printer(state: PrintersState, printer: PrinterConfig, language: str) -> RowWords:
    """One that is set up. While one is edited the others cannot be chosen: nothing typed is lost by a press."""
    translate = QCoreApplication.translate
    seen = state.looked.get(printer.name)
    tone, icon, word = _state(seen, language)
    return RowWords(
        key=printer.name,
        icon=icon,
        colour=mark_colour(tone),
        title=printer.name,
        state=word,
        line=" · ".join(part for part in (f"{language_word(printer.language)} {printer.dpi} dpi", _left(seen)) if part),
        note=str(printer.address),
        chip=translate("Printers", "Line") if printer.name == state.line_printer else "",
        chosen=printer.name == state.chosen,
        enabled=state.editing is None or printer.name == state.chosen,
    )


def _state(seen: PrinterLooked | None, language: str) -> tuple[Tone, str, str]:
    translate = QCoreApplication.translate
    if seen is None:
        return Tone.CALM, "printer", translate("Printers", "not looked at yet")
    failure, warning = trouble_of(seen)
    if failure is not None:
        return Tone.STOP, "stop", _short(failure, language)
    if warning is not None:
        return Tone.ATTENTION, "attention", _short(warning, language)
    if seen.status.told:
        return Tone.CALM, "check", translate("Printers", "ready")
    return Tone.CALM, "printer", translate("Printers", "connected, reports no state")


def _short(failure: Failure, language: str) -> str:
    return condition_word(failure) or words_for(failure, language).what


def _left(seen: PrinterLooked | None) -> str:
    if seen is None:
        return ""
    translate = QCoreApplication.translate
    words = []
    for supply in seen.supplies:
        text = (
            translate("Printers", "{left} labels")
            if supply.kind is SupplyKind.LABELS
            else translate("Printers", "{left} ribbon")
        )
        words.append(text.format(left=max(supply.left, 0)))
    return ", ".join(words)


def row_of_found(found: FoundPrinter, state: PrintersState) -> RowWords:
    """One that a search came upon; one that is set up already is only named."""
    translate = QCoreApplication.translate
    known = next((printer.name for printer in state.printers if printer.address == found.address), "")
    kind = connection_word(found.address.connection)
    what = [
        kind,
        language_word(found.language) if found.language else translate("Printers", "language not known"),
        f"{found.dpi} dpi" if found.dpi else "",
        media_words(found.media) if found.media else "",
    ]
    return RowWords(
        key=str(found.address),
        icon="check" if known else "printer",
        colour=QUIET_TEXT,
        title=found.says or kind,
        state="  ·  ".join(part for part in what if part),
        line=str(found.address),
        note=translate("Printers", "is set up as {name}").format(name=known) if known else "",
        enabled=not known,
    )
