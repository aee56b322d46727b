"""What the station page says beside band and failure: what a scan found, a new roll, how large a label is."""

from PySide6.QtCore import QCoreApplication

from gizqr_station.domain.label import HEAD_PITCH, LabelImage
from gizqr_station.gui.station_state import StationState
from gizqr_station.wording import state_word, words_for


def aside_words(state: StationState, language: str) -> str:
    """What was done or found beside the unit; empty where there is nothing of that."""
    return _loaded(state) or _known(state, language) or _not_heard(state, language)


def size_note(image: LabelImage | None, scale: float) -> str:
    """How large the label is, and how much larger it is shown."""
    translate = QCoreApplication.translate
    if image is None:
        return translate("StationPage", "The label appears here before it is printed.")
    pitch = HEAD_PITCH[image.dpi]
    width, height = round(image.width / pitch), round(image.height / pitch)
    shown = f"×{scale:g}" if scale >= 1 else f"1:{round(1 / scale)}"
    note = translate("StationPage", "{width} × {height} mm, {dpi} dpi, shown {shown}")
    return note.format(width=width, height=height, dpi=image.dpi, shown=shown)


def _loaded(state: StationState) -> str:
    if not state.loaded:
        return ""
    line = QCoreApplication.translate("StationPage", "New roll in {printer}: counted from full again.")
    return line.format(printer=state.loaded)


def _known(state: StationState, language: str) -> str:
    if state.known is None:
        return ""
    job = state.known
    return QCoreApplication.translate("StationPage", "Scanned label {serial}: {identity}, {state}").format(
        serial=job.draft.label_serial, identity=job.identity.readable, state=state_word(job.state.value, language)
    )


def _not_heard(state: StationState, language: str) -> str:
    """A scan at a station that has stopped is answered, and why it has stopped still stands there."""
    why = state.why_stopped
    if state.remark is None or why is None:
        return ""
    return f"{words_for(state.remark, language).what} {words_for(why, language).what}"
