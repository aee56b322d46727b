"""The label as it was printed, dot by dot, and all labels that its device ever had."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.label import HEAD_PITCH
from gizqr_station.gui.label_preview import LabelPreview
from gizqr_station.gui.records_state import RecordsState
from gizqr_station.gui.records_words import SIGNS, local_words, reason_words, serial_words
from gizqr_station.gui.row_list import RowList, RowWords
from gizqr_station.gui.status_panel import mark_colour
from gizqr_station.gui.tokens import PORT_ROW_HEIGHT, SPACE
from gizqr_station.wording import state_word


class UnitLabels(QWidget):
    """``picked`` carries the number of another of its labels."""

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preview = LabelPreview()
        self._note = QLabel()
        self._note.setObjectName("quiet")
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._note.setWordWrap(True)
        self._title = QLabel()
        self._title.setObjectName("heading")
        self.labels = RowList(PORT_ROW_HEIGHT)
        self.labels.picked.connect(self._pick)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self.preview, 3)
        column.addWidget(self._note)
        column.addWidget(self._title)
        column.addWidget(self.labels, 2)

    def show_state(self, state: RecordsState, language: str) -> None:
        """The only place that touches the widgets."""
        unit = state.unit
        image = None if unit is None else unit.image
        self.preview.show_image(image)
        if image is None:
            self._note.setText(self.tr("No picture of it was kept."))
        else:
            pitch = HEAD_PITCH[image.dpi]
            size = self.tr("As it was printed: {width} × {height} mm, {dpi} dpi")
            width, height = round(image.width / pitch), round(image.height / pitch)
            self._note.setText(size.format(width=width, height=height, dpi=image.dpi))
        self._title.setText(self.tr("All labels of this device"))
        self.labels.setAccessibleName(self._title.text())
        jobs = () if unit is None else unit.jobs
        chosen = 0 if unit is None else unit.job.id
        self.labels.show_rows([_row(job, language, chosen=job.id == chosen) for job in jobs])

    @Slot(str)
    def _pick(self, key: str) -> None:
        self.picked.emit(int(key))


def _row(job: PrintJob, language: str, *, chosen: bool) -> RowWords:
    tone, icon = SIGNS[job.state]
    when = local_words(job.opened_at)
    return RowWords(
        key=str(job.id),
        icon=icon,
        colour=mark_colour(tone),
        title=serial_words(job),
        state=state_word(job.state.value, language),
        line=f"{when} · {reason_words(job.draft.reason)}" if job.draft.reason else when,
        chosen=chosen,
    )
