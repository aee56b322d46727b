"""The labels that wait, and what a person may say about each: nothing in here is ever sent by itself."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gizqr_station.domain.queued import QueuedJob
from gizqr_station.gui.confirm_button import ConfirmButton
from gizqr_station.gui.icons import icon_pixmap
from gizqr_station.gui.page_stack import PageStack
from gizqr_station.gui.printer_words import done_words, work_words
from gizqr_station.gui.printers_state import PrintersState
from gizqr_station.gui.queue_table import QueueTable
from gizqr_station.gui.row_list import RowList, RowWords
from gizqr_station.gui.tokens import (
    ACTION_HEIGHT,
    MARK_ICON,
    QUEUE_EMPTY_HEIGHT,
    QUEUE_HEIGHT,
    QUEUE_LEAST_HEIGHT,
    QUIET_TEXT,
    SPACE,
    TONES,
    Tone,
)
from gizqr_station.wording import words_for
from gizqr_station.workflows.happenings import DeskWork

_TABLE, _PRINTERS, _NOTHING = range(3)


class QueuePanel(QFrame):
    """Tells what was pressed, with the job's number; does nothing by itself."""

    release = Signal(int)
    hold = Signal(int)
    cancel = Signal(int)
    move_to = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._state = PrintersState()
        self._language = "en"
        self._chosen = 0
        self._mark = QLabel()
        self._heading = QLabel()
        self._heading.setObjectName("strong")
        self._line = QLabel()
        self._line.setObjectName("quiet")
        self._release = QPushButton()
        self._hold = QPushButton()
        self._move = QPushButton()
        self._cancel = ConfirmButton()
        self._table = QueueTable()
        self._printers = RowList()
        self._nothing = QLabel()
        self._nothing.setObjectName("quiet")
        self._stack = PageStack()

        for text in (self._line, self._nothing):
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        for button in (self._release, self._hold, self._move, self._cancel):
            button.setMinimumHeight(ACTION_HEIGHT)
            button.setAutoDefault(False)
        for page in (self._table, self._printers, self._nothing):
            self._stack.addWidget(page)
        self._table.picked.connect(self._picked)
        self._printers.picked.connect(self._move_there)
        self._release.clicked.connect(self._say_release)
        self._hold.clicked.connect(self._say_hold)
        self._cancel.confirmed.connect(self._say_cancel)
        self._move.clicked.connect(self._choose_printer)

        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._heading)
        words.addWidget(self._line)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self._mark)
        head.addLayout(words, 1)
        for button in (self._release, self._hold, self._move, self._cancel):
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE // 2)
        column.addLayout(head)
        column.addWidget(self._stack, 1)

    def show_state(self, state: PrintersState, language: str) -> None:
        """The only place that touches the widgets."""
        self._state, self._language = state, language
        number = len(state.jobs)
        self._heading.setText(self.tr("Labels that wait: {number}").format(number=number))
        self._heading.setVisible(bool(number))
        waits = state.held > 0
        icon, colour = ("question", TONES[Tone.ACT].ground) if waits else ("check", QUIET_TEXT)
        self._mark.setPixmap(icon_pixmap(icon, colour, MARK_ICON + 4, self.devicePixelRatioF()))
        self._mark.setVisible(bool(number))
        self._line.setText(self._what_is_up(state))
        self._line.setVisible(bool(self._line.text()))
        self._nothing.setText(
            self.tr("No label waits. Labels that could not be printed at once are kept here and ask before they print.")
            if state.queue_seen
            else self.tr("The queue was not looked at yet.")
        )
        self._table.show_jobs(state.jobs, language)
        self.setMinimumHeight(QUEUE_LEAST_HEIGHT if number else QUEUE_EMPTY_HEIGHT)
        self.setMaximumHeight(QUEUE_HEIGHT if number else QUEUE_EMPTY_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back from the printers that a label may be moved to, and takes a first press back."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._stack.currentIndex() == _PRINTERS:
            self._choose_printer()
            self._move.setFocus()
        elif self._cancel.armed:
            self._cancel.disarm()
        else:
            super().keyPressEvent(event)

    def _what_is_up(self, state: PrintersState) -> str:
        if state.is_asked(DeskWork.QUEUE):
            return work_words(DeskWork.QUEUE)
        done = state.queue_done
        if done is not None and done.failure is not None:
            words = words_for(done.failure, self._language)
            return f"{words.what} {words.do}"
        if done is not None:
            return done_words(DeskWork.QUEUE, done.outcome)
        if not state.held:
            return ""
        if state.from_before:
            return self.tr("Waiting from before: {number}. Look at each.").format(number=state.held)
        return self.tr("Held: {number}. Look at each, then release or cancel it.").format(number=state.held)

    @Slot()
    def _picked(self) -> None:
        """Another job is chosen, or the chosen one is told anew: the buttons are about it."""
        job, state = self._table.job, self._state
        if job is None or job.job.id != self._chosen:
            self._cancel.disarm()
            if self._stack.currentIndex() == _PRINTERS:
                self._stack.setCurrentIndex(_TABLE)
        self._chosen = 0 if job is None else job.job.id
        choosing = job is not None and self._stack.currentIndex() == _PRINTERS
        self._stack.setCurrentIndex(_NOTHING if job is None else _PRINTERS if choosing else _TABLE)
        self._release.setText(self.tr("Release: print this one"))
        self._hold.setText(self.tr("Hold"))
        self._move.setText(self.tr("Back") if choosing else self.tr("Move to"))
        self._cancel.set_words(self.tr("Cancel it"), self.tr("Press again: cancel"))
        for button in (self._release, self._hold, self._move):
            button.setAccessibleName(button.text())
        for button in (self._release, self._hold, self._move, self._cancel):
            button.setVisible(job is not None)
        free = not state.is_asked(DeskWork.QUEUE)
        others = () if job is None else state.suitable_for(job)
        self._release.setEnabled(free and job is not None and job.held and not choosing)
        self._hold.setEnabled(free and job is not None and not job.held and not choosing)
        self._cancel.setEnabled(free and job is not None and not choosing)
        self._move.setEnabled(choosing or (free and bool(others)))
        self._move.setToolTip("" if others else self.tr("No other printer has this label's resolution."))
        if job is not None:
            self._show_printers(job, others)

    def _show_printers(self, job: QueuedJob, others: tuple[str, ...]) -> None:
        title = self.tr("Move label {serial} to {printer}")
        serial = job.job.draft.label_serial
        known = {printer.name: printer for printer in self._state.printers}
        self._printers.show_rows(
            [
                RowWords(
                    key=name,
                    icon="printer",
                    colour=QUIET_TEXT,
                    title=title.format(serial=serial, printer=name),
                    state=f"{known[name].dpi} dpi",
                    line=str(known[name].address),
                )
                for name in others
            ]
        )

    @Slot()
    def _choose_printer(self) -> None:
        choosing = self._stack.currentIndex() == _PRINTERS
        self._stack.setCurrentIndex(_TABLE if choosing else _PRINTERS)
        self._picked()
        if not choosing and self._printers.rows:
            self._printers.rows[0].setFocus()

    @Slot(str)
    def _move_there(self, printer: str) -> None:
        self._stack.setCurrentIndex(_TABLE)
        self._move.setFocus()
        self.move_to.emit(self._chosen, printer)

    @Slot()
    def _say_release(self) -> None:
        self.release.emit(self._chosen)

    @Slot()
    def _say_hold(self) -> None:
        self.hold.emit(self._chosen)

    @Slot()
    def _say_cancel(self) -> None:
        self.cancel.emit(self._chosen)
