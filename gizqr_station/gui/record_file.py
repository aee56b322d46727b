"""A file that records go into: where, how far it is, and what came of it."""

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from gizqr_station.gui.codes_words import file_name, number_words
from gizqr_station.gui.form_field import FormField
from gizqr_station.gui.hand_button import HandButton
from gizqr_station.gui.records_state import RecordsState
from gizqr_station.gui.status_panel import Said, StatusPanel, said_of
from gizqr_station.gui.tokens import FIELD_HEIGHT, FORM_HEADING, SPACE, Tone
from gizqr_station.workflows.record_happenings import RecordWork


class RecordFile(QWidget):
    """``write`` carries the path that somebody typed; ``stopped`` when they have enough of it."""

    write = Signal(str)
    stopped = Signal()

    def __init__(self, work: RecordWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.path = QLineEdit()
        self._field = FormField(self.path)
        self.go = HandButton()
        self._how_far = QLabel()
        self.stop = HandButton()
        self._said = StatusPanel()

        for field in (self.path, self.go, self.stop):
            field.setFixedHeight(FIELD_HEIGHT)
        self.path.setAcceptDrops(False)
        self.go.clicked.connect(self._pressed)
        self.stop.clicked.connect(self.stopped)

        beside = QVBoxLayout()
        beside.setContentsMargins(0, FORM_HEADING, 0, 0)
        keys = QHBoxLayout()
        keys.setSpacing(SPACE)
        for widget in (self.go, self._how_far, self.stop):
            keys.addWidget(widget)
        beside.addLayout(keys)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self._field, 1)
        row.addLayout(beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self._said)
        column.addLayout(row)

    def show_state(self, state: RecordsState, words: tuple[str, str, str], language: str) -> None:
        """The only place that touches the widgets; ``words`` are heading, example and key."""
        heading, example, go = words
        going = state.filing is self._work
        self._field.set_words(heading)
        self.path.setPlaceholderText(example)
        self.go.setText(go)
        self.go.setAccessibleName(f"{heading}: {go}")
        self.go.setVisible(not going)
        self.go.setEnabled(state.filing is None)
        self._how_far.setText(self.tr("{number} rows").format(number=number_words(state.progress)))
        self._how_far.setVisible(going)
        self.stop.setText(self.tr("Stop"))
        self.stop.setAccessibleName(self.stop.text())
        self.stop.setVisible(going)
        self.stop.setEnabled(not state.stopping)
        said = self._saying(state, language)
        self._said.setVisible(said is not None)
        if said is not None:
            self._said.show_said(said)

    def _saying(self, state: RecordsState, language: str) -> Said | None:
        filed = state.filed
        if filed is None or filed.work is not self._work or state.filing is not None:
            return None
        if filed.failure is not None:
            return said_of(filed.failure, Tone.STOP, self.tr("Who can mend it: {owner}"), language)
        if not filed.file:
            return Said(Tone.ATTENTION, "stop", self.tr("Stopped: no file was written."))
        what = self.tr("Written: {file}").format(file=file_name(filed.file))
        rows = self.tr("{number} rows").format(number=number_words(filed.rows)) if filed.rows else ""
        return Said(Tone.GOOD, "check", what, rows)

    @Slot()
    def _pressed(self) -> None:
        typed = self.path.text().strip().strip('"')
        if typed and self.go.isEnabled():
            self.write.emit(QUrl(typed).toLocalFile() if typed.startswith("file:") else typed)
