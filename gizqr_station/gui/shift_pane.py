"""The shift of this station: since when, by whom, what was done in it, and what keeps it from being closed."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.people import Permission
from gizqr_station.domain.work_order import ShiftTotals
from gizqr_station.gui.codes_words import number_words
from gizqr_station.gui.confirm_button import ConfirmButton
from gizqr_station.gui.form_field import FormField
from gizqr_station.gui.hand_button import HandButton
from gizqr_station.gui.order_pane import LONGEST_REMARK
from gizqr_station.gui.order_words import saying
from gizqr_station.gui.orders_state import OrdersState
from gizqr_station.gui.printer_words import when_words
from gizqr_station.gui.records_words import reason_words
from gizqr_station.gui.row_list import RowList, RowWords
from gizqr_station.gui.status_panel import Said, StatusPanel, mark_colour
from gizqr_station.gui.tokens import ACTION_HEIGHT, FIELD_HEIGHT, PORT_ROW_HEIGHT, SPACE, Tone
from gizqr_station.wording import state_word

_COUNTED = 6


class ShiftPane(QFrame):
    """``closed`` carries the handover note, ``record`` the job of a label that somebody wants to look at."""

    opened = Signal()
    closed = Signal(str)
    record = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._title = QLabel()
        self._title.setObjectName("title")
        self._since = QLabel()
        self._since.setTextFormat(Qt.TextFormat.PlainText)
        self._said = StatusPanel()
        self._numbers = [QLabel() for _ in range(_COUNTED)]
        self._words = [QLabel() for _ in range(_COUNTED)]
        self._reprints = QLabel()
        self._reprints.setObjectName("quiet")
        self._reprints.setWordWrap(True)
        self._doubt_title = QLabel()
        self._doubt_title.setObjectName("strong")
        self._doubt_title.setWordWrap(True)
        self._doubts = RowList(PORT_ROW_HEIGHT)
        self.note = QLineEdit()
        self._note_field = FormField(self.note)
        self._open = HandButton()
        self._close = ConfirmButton()

        self.note.setMaxLength(LONGEST_REMARK)
        self.note.setFixedHeight(FIELD_HEIGHT)
        for key in (self._open, self._close):
            key.setMinimumHeight(ACTION_HEIGHT)
        self._doubts.picked.connect(self._picked)
        self._open.clicked.connect(self.opened)
        self._close.confirmed.connect(self._say_close)
        self._lay_out()

    def _lay_out(self) -> None:
        counts = QGridLayout()
        counts.setHorizontalSpacing(3 * SPACE)
        counts.setVerticalSpacing(0)
        for column, (number, word) in enumerate(zip(self._numbers, self._words, strict=True)):
            number.setObjectName("title")
            word.setObjectName("quiet")
            counts.addWidget(number, 0, column)
            counts.addWidget(word, 1, column, Qt.AlignmentFlag.AlignTop)
        counts.setColumnStretch(_COUNTED, 1)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column_layout.setSpacing(SPACE)
        for widget in (self._title, self._since, self._said):
            column_layout.addWidget(widget)
        column_layout.addLayout(counts)
        column_layout.addWidget(self._reprints)
        column_layout.addWidget(self._doubt_title)
        column_layout.addWidget(self._doubts, 1)
        column_layout.addStretch(0)
        for part in (self._note_field, self._open, self._close):
            column_layout.addWidget(part)

    def show_state(self, state: OrdersState, language: str) -> None:
        """The only place that touches the widgets, but for what somebody types."""
        seen = state.shift
        shift = None if seen is None else seen.shift
        in_doubt = () if seen is None else seen.in_doubt
        self._title.setText(self.tr("Shift"))
        self._since.setText(self.tr("No shift is open at this station."))
        if shift is not None:
            at = when_words(shift.opened_at, datetime.now(UTC))
            self._since.setText(self.tr("Open since {time} by {name}").format(time=at, name=shift.opened_by))
        said = saying(state, language)
        if said is None and shift is not None and in_doubt:
            said = Said(Tone.ACT, "question", self.tr("The shift closes when no label is in doubt."))
        self._said.setVisible(said is not None)
        if said is not None:
            self._said.show_said(said)
        self._show_totals(None if seen is None else seen.totals)
        self._show_doubts(in_doubt, language)
        self._show_keys(state, open_now=shift is not None, doubt=bool(in_doubt))

    def _show_totals(self, totals: ShiftTotals | None) -> None:
        words = (
            self.tr("begun"), self.tr("verified"), self.tr("handed over"), self.tr("voided"), self.tr("nothing sent"),
            self.tr("unknown"),
        )  # fmt: skip
        counts = (0,) * _COUNTED
        if totals is not None:
            counts = (
                totals.opened, totals.verified, totals.handed_over, totals.voided, totals.failed, totals.unknown,
            )  # fmt: skip
        for number, word, count, text in zip(self._numbers, self._words, counts, words, strict=True):
            number.setText(number_words(count))
            word.setText(text)
            for label in (number, word):
                label.setVisible(totals is not None)
        reprints = () if totals is None else totals.reprints
        self._reprints.setVisible(bool(reprints))
        listed = " · ".join(f"{reason_words(reason)} {number}" for reason, number in reprints)
        self._reprints.setText(self.tr("Labels replaced: {what}").format(what=listed))

    def _show_doubts(self, in_doubt: tuple[PrintJob, ...], language: str) -> None:
        self._doubt_title.setVisible(bool(in_doubt))
        self._doubt_title.setText(
            self.tr("Labels in doubt: {number}. Press one to look at it in the records.").format(number=len(in_doubt))
        )
        self._doubts.setVisible(bool(in_doubt))
        self._doubts.setAccessibleName(self._doubt_title.text())
        now = datetime.now(UTC)
        self._doubts.show_rows(
            [
                RowWords(
                    key=str(job.id),
                    icon="question",
                    colour=mark_colour(Tone.ACT),
                    title=f"{job.draft.label_serial}  {job.identity.readable}",
                    state=state_word(job.state.value, language),
                    line=f"{when_words(job.moved_at, now)} · {job.draft.operator}",
                )
                for job in in_doubt
            ]
        )

    def _show_keys(self, state: OrdersState, *, open_now: bool, doubt: bool) -> None:
        free = state.asked is None
        self._note_field.set_words(self.tr("Handover note for who comes next"))
        closes = open_now and state.may(Permission.CLOSE)
        self._note_field.setVisible(closes)
        self._open.setText(self.tr("Open a shift"))
        self._open.setAccessibleName(self._open.text())
        self._open.setVisible(not open_now and state.may(Permission.LABEL))
        self._open.setEnabled(free)
        self._close.set_words(self.tr("Close the shift"), self.tr("Press again: close the shift"))
        self._close.setVisible(closes)
        self._close.setEnabled(free and not doubt)

    @Slot(str)
    def _picked(self, key: str) -> None:
        self.record.emit(int(key))

    @Slot()
    def _say_close(self) -> None:
        self.closed.emit(self.note.text().strip())
