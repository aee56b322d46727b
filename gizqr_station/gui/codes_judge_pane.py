"""What the owner's App would make of a code: typed, scanned or in a picture, and whether anybody here knows it."""

from datetime import UTC, datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gizqr_station.gui.codes_files_pane import is_picture
from gizqr_station.gui.codes_judged import CodesJudged
from gizqr_station.gui.codes_state import CodesState
from gizqr_station.gui.form_field import FormField
from gizqr_station.gui.list_words import size_words
from gizqr_station.gui.page_stack import PageStack
from gizqr_station.gui.printer_words import when_words
from gizqr_station.gui.row_list import RowList, RowWords
from gizqr_station.gui.status_panel import Said, StatusPanel
from gizqr_station.gui.tokens import BUTTON_HEIGHT, FIELD_HEIGHT, FORM_HEADING, PORT_ROW_HEIGHT, QUIET_TEXT, SPACE, Tone


class CodesJudgePane(QFrame):
    """``text`` carries what was typed, ``picture`` a path; ``arm`` and ``disarm`` are about the next scan.

    ``left`` when somebody has seen enough of a judged code.
    """

    text = Signal(str)
    picture = Signal(str)
    arm = Signal()
    disarm = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._armed = False
        self._title = QLabel()
        self._title.setObjectName("title")
        self._by_hand = QWidget()
        self._typed = QLineEdit()
        self._typed_field = FormField(self._typed)
        self._take = QPushButton()
        self._next = QPushButton()
        self._back = QPushButton()
        self._said = StatusPanel()
        self.judged = CodesJudged()
        self._pictures_title = QLabel()
        self._pictures_title.setObjectName("heading")
        self._pictures = RowList(PORT_ROW_HEIGHT)
        self._none = QLabel()
        self._none.setObjectName("quiet")
        self._none.setWordWrap(True)
        self._below = PageStack()

        for field in (self._typed, self._take):
            field.setFixedHeight(FIELD_HEIGHT)
        for button in (self._next, self._back):
            button.setMinimumHeight(BUTTON_HEIGHT)
        for button in (self._take, self._next, self._back):
            button.setAutoDefault(False)
        self._take.clicked.connect(self._judge_typed)
        self._typed.returnPressed.connect(self._judge_typed)
        self._back.clicked.connect(self.left)
        self._next.clicked.connect(self._pressed_next)
        self._pictures.picked.connect(self.picture)
        self._lay_out()

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(SPACE)
        above.addWidget(self._next, 3)
        above.addWidget(self._back, 1)
        beside = QVBoxLayout()
        beside.setContentsMargins(0, FORM_HEADING, 0, 0)
        beside.addWidget(self._take)
        by_hand = QHBoxLayout(self._by_hand)
        by_hand.setContentsMargins(0, 0, 0, 0)
        by_hand.setSpacing(SPACE)
        by_hand.addWidget(self._typed_field, 1)
        by_hand.addLayout(beside)
        choice = QWidget()
        pictures = QVBoxLayout(choice)
        pictures.setContentsMargins(0, 0, 0, 0)
        pictures.setSpacing(SPACE)
        pictures.addWidget(self._pictures_title)
        pictures.addWidget(self._none)
        pictures.addWidget(self._pictures, 1)
        self._below.addWidget(choice)
        self._below.addWidget(self.judged)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self._title)
        column.addLayout(above)
        column.addWidget(self._said)
        column.addWidget(self._by_hand)
        column.addWidget(self._below, 1)

    def show_state(self, state: CodesState, language: str) -> None:
        """The only place that touches the widgets, but for what somebody types."""
        self._title.setText(self.tr("What the App would make of a code"))
        self._show_next(state)
        self._back.setText(self.tr("Another code"))
        self._back.setAccessibleName(self._back.text())
        self._back.setVisible(state.judged is not None)
        # A code that is looked at takes all the room; “Another code” brings these back.
        self._by_hand.setVisible(state.judged is None)
        self._typed_field.set_words(self.tr("Or a code's text, typed or pasted"))
        self._take.setText(self.tr("Judge"))
        self._take.setAccessibleName(self.tr("Judge the text"))
        self._take.setEnabled(not state.judging)
        self._pictures_title.setText(self.tr("Or a picture of a code"))
        self._pictures.setAccessibleName(self._pictures_title.text())
        files = () if state.folder is None else tuple(file for file in state.folder.files if is_picture(file.name))
        self._none.setText(self.tr("No picture is in the folder. The page “Files” shows where it looks."))
        self._none.setVisible(not files)
        now = datetime.now(UTC)
        self._pictures.show_rows(
            [
                RowWords(
                    file.path, "scan", QUIET_TEXT, file.name, when_words(file.changed, now), size_words(file.size_bytes)
                )
                for file in files
            ]
        )
        self.judged.show_state(state, language)
        self._below.setCurrentIndex(int(state.judged is not None))

    def _show_next(self, state: CodesState) -> None:
        self._armed = state.armed_s > 0
        if self._armed:
            words = self.tr("Scan it now: {seconds} s   (Esc: leave it)").format(seconds=state.armed_s)
        else:
            words = self.tr("Judge the next scan")
        self._next.setText(words)
        self._next.setAccessibleName(words)
        if self._next.property("armed") is not self._armed:
            self._next.setProperty("armed", self._armed)
            self._next.style().unpolish(self._next)
            self._next.style().polish(self._next)
        said = self._saying(state)
        self._said.setVisible(said is not None)
        if said is not None:
            self._said.show_said(said)

    def _saying(self, state: CodesState) -> Said | None:
        if self._armed:
            what = self.tr("The next scan is judged here, and the line does not see it.")
            only = self.tr("This one scan only.")
            port = self.tr("A scanner on a port of its own still goes to the line.")
            return Said(Tone.ACT, "scan", what, f"{only} {port}" if state.scanner_on_port else only)
        if state.held_by:
            what = self.tr("The label of slot {slot} waits for its scan: scan that first.")
            do = self.tr("No scan is taken from the line meanwhile.")
            return Said(Tone.ATTENTION, "attention", what.format(slot=state.held_by), do)
        return None

    @Slot()
    def _pressed_next(self) -> None:
        (self.disarm if self._armed else self.arm).emit()

    @Slot()
    def _judge_typed(self) -> None:
        typed = self._typed.text().strip()
        if typed and self._take.isEnabled():
            # A link holds a passcode, which is not for everybody who passes by.
            self._typed.clear()
            self.text.emit(typed)
