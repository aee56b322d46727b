"""What is looked for: a device or a label by any part of it, an order, a person, states and days."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from gizqr_station.domain.job import JobState
from gizqr_station.domain.records import RecordQuery
from gizqr_station.gui.chips import Chips
from gizqr_station.gui.day_field import DayField
from gizqr_station.gui.form_field import FormField
from gizqr_station.gui.hand_button import HandButton
from gizqr_station.gui.marked_line import MarkedLine
from gizqr_station.gui.tokens import ACTION_HEIGHT, FIELD_HEIGHT, SPACE, Tone
from gizqr_station.wording import state_word

ASKED_AFTER_MS = 150
"""After the last key: typing is not answered letter by letter."""
_LONGEST = 120
_CONTESTED = "contested"
_STATES = (
    JobState.VERIFIED, JobState.UNKNOWN, JobState.PRINTED, JobState.SENT, JobState.VOIDED, JobState.FAILED,
    JobState.INTENDED,
)  # fmt: skip


class RecordsSearch(QWidget):
    """``wanted`` carries a RecordQuery as soon as nobody types any more; ``entered`` when the keys go to the answer."""

    wanted = Signal(object)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(ASKED_AFTER_MS)
        self.text, self.order, self.operator = QLineEdit(), QLineEdit(), QLineEdit()
        self._text_field, self._order_field, self._operator_field = (
            FormField(edit) for edit in (self.text, self.order, self.operator)
        )
        self._states_title = QLabel()
        self._states_title.setObjectName("heading")
        self.states = Chips((*_STATES, _CONTESTED), 2)
        self.since, self.until = DayField(), DayField()
        self._days = MarkedLine()
        self.clear = HandButton()

        self.clear.setMinimumHeight(ACTION_HEIGHT)
        for edit in (self.text, self.order, self.operator):
            edit.setFixedHeight(FIELD_HEIGHT)
            edit.setMaxLength(_LONGEST)
            edit.setAcceptDrops(False)
            edit.textEdited.connect(self._rest.start)
            edit.returnPressed.connect(self._ask)
        for day in (self.since, self.until):
            day.changed.connect(self._days_changed)
        self.states.changed.connect(self._ask)
        self._rest.timeout.connect(self._ask)
        self.clear.clicked.connect(self._clear)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self._text_field)
        for pair in ((self._order_field, self._operator_field), (self.since, self.until)):
            row = QHBoxLayout()
            row.setSpacing(SPACE)
            for field in pair:
                row.addWidget(field, 1)
            column.addLayout(row)
        column.addWidget(self._days)
        column.addWidget(self._states_title)
        column.addWidget(self.states)
        column.addSpacing(SPACE // 2)
        column.addWidget(self.clear)

    @property
    def query(self) -> RecordQuery:
        """What stands in the fields; a day that is none counts as none."""
        down = self.states.values
        return RecordQuery(
            text=self.text.text().strip(),
            order=self.order.text().strip(),
            operator=self.operator.text().strip(),
            states=frozenset(state for state in _STATES if state in down),
            since=self.since.day,
            until=self.until.day,
            contested=_CONTESTED in down,
        )

    def show_words(self, language: str) -> None:
        """The only place that words the widgets; what somebody typed stays."""
        self._text_field.set_words(self.tr("Device or label"))
        self.text.setPlaceholderText(self.tr("any part of it"))
        self._order_field.set_words(self.tr("Order"))
        self._operator_field.set_words(self.tr("Operator"))
        how = self.tr("Days are written 2026-12-31.")
        self.since.set_words(self.tr("From"), how)
        self.until.set_words(self.tr("Until"), how)
        self._show_days()
        self._states_title.setText(self.tr("State"))
        words: dict[object, str] = {state: state_word(state.value, language) for state in _STATES}
        self.states.set_words(self.tr("State"), words | {_CONTESTED: self.tr("contested")})
        self.clear.setText(self.tr("Clear"))
        self.clear.setAccessibleName(self.tr("Clear the search"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down leads into what was found."""
        if event.key() == Qt.Key.Key_Down:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _show_days(self) -> None:
        since, until = self.since.day, self.until.day
        if self.since.wrong or self.until.wrong:
            self._days.show_words(Tone.ATTENTION, self.tr("Days are written 2026-12-31."))
        elif since is not None and until is not None and since > until:
            self._days.show_words(Tone.ATTENTION, self.tr("The first day comes after the last one."))
        else:
            self._days.show_words(Tone.CALM, "")

    @Slot()
    def _days_changed(self) -> None:
        self._show_days()
        self._rest.start()

    @Slot()
    def _ask(self) -> None:
        self._rest.stop()
        self.wanted.emit(self.query)

    @Slot()
    def _clear(self) -> None:
        for edit in (self.text, self.order, self.operator):
            edit.clear()
        for day in (self.since, self.until):
            day.clear()
        self.states.choose(())
        self._days_changed()
        self.text.setFocus()
        self._ask()
