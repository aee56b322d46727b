"""Hand a list over: drop or pick a file, paste, or type a range. Nothing is printed from here."""

from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QObject, QUrl, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gizqr_station.gui.elided_label import ElidedLabel
from gizqr_station.gui.form_field import FormField
from gizqr_station.gui.list_words import size_words
from gizqr_station.gui.lists_state import ListsState
from gizqr_station.gui.printer_words import when_words
from gizqr_station.gui.row_list import RowList, RowWords
from gizqr_station.gui.status_panel import StatusPanel, said_of
from gizqr_station.gui.tokens import ACTION_HEIGHT, FIELD_HEIGHT, PORT_ROW_HEIGHT, QUIET_TEXT, SPACE, Tone
from gizqr_station.wording import words_for


class ChooseListPane(QFrame):
    """``file`` carries a path, ``text`` what was pasted or typed and what it is called, ``folder`` where to look."""

    file = Signal(str)
    text = Signal(str, str)
    folder = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._place = ""
        self._title = QLabel()
        self._title.setObjectName("title")
        self._how = QLabel()
        self._how.setObjectName("quiet")
        self._how.setWordWrap(True)
        self._said = StatusPanel()
        self._paste = QPushButton()
        self._range = QLineEdit()
        self._range_field = FormField(self._range)
        self._take_range = QPushButton()
        self._path = QLineEdit()
        self._path_field = FormField(self._path)
        self._take_path = QPushButton()
        self._files_title = ElidedLabel()
        self._files_title.setObjectName("heading")
        self._again = QPushButton()
        self._files = RowList(PORT_ROW_HEIGHT)
        self._nothing = QLabel()
        self._nothing.setObjectName("quiet")
        self._nothing.setWordWrap(True)

        self._paste.setMinimumHeight(ACTION_HEIGHT)
        for field in (self._range, self._path, self._take_range, self._take_path, self._again):
            field.setFixedHeight(FIELD_HEIGHT)
        for edit in (self._range, self._path):
            # What is dropped on a field is dropped on the page: a file is looked through, not spelt out.
            edit.setAcceptDrops(False)
            edit.installEventFilter(self)
        for button in (self._paste, self._take_range, self._take_path, self._again):
            button.setAutoDefault(False)
        self._paste.clicked.connect(self.paste)
        self._take_range.clicked.connect(self._typed_range)
        self._take_path.clicked.connect(self._typed_path)
        self._range.returnPressed.connect(self._typed_range)
        self._path.returnPressed.connect(self._typed_path)
        self._again.clicked.connect(self._look_again)
        self._files.picked.connect(self.file)
        self._lay_out()

    def _lay_out(self) -> None:
        by_hand = QGridLayout()
        by_hand.setHorizontalSpacing(SPACE)
        by_hand.setVerticalSpacing(SPACE)
        for row, (field, button) in enumerate(
            ((self._range_field, self._take_range), (self._path_field, self._take_path))
        ):
            beside = QVBoxLayout()
            beside.setContentsMargins(0, 22, 0, 0)
            beside.addWidget(button)
            by_hand.addWidget(field, row, 0)
            by_hand.addLayout(beside, row, 1)
        by_hand.setColumnStretch(0, 1)
        head = QHBoxLayout()
        head.addWidget(self._files_title, 1)
        head.addWidget(self._again)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self._title)
        column.addWidget(self._how)
        column.addWidget(self._said)
        column.addWidget(self._paste)
        column.addLayout(by_hand)
        column.addLayout(head)
        column.addWidget(self._nothing)
        column.addWidget(self._files, 1)

    def show_state(self, state: ListsState, language: str) -> None:
        """The only place that touches the widgets, but for what somebody types."""
        self._title.setText(self.tr("Labels for a list"))
        how = self.tr("Drop a file here, pick one below, paste, or type a range.")
        first = self.tr("You see every line before anything is printed.")
        self._how.setText(f"{how} {first}")
        self._said.setVisible(state.failure is not None)
        if state.failure is not None:
            owner = self.tr("Who can mend it: {owner}")
            self._said.show_said(said_of(state.failure, Tone.ATTENTION, owner, language))
        self._paste.setText(self.tr("Paste  (Ctrl+V)"))
        self._range_field.set_words(self.tr("A range, or a few"))
        self._range.setPlaceholderText("00911F500000..00911F5003E7     00911F500000 x 1000")
        self._path_field.set_words(self.tr("A file or folder by its path"))
        self._path.setPlaceholderText(self.tr("XLSX, CSV or plain text"))
        for button in (self._take_range, self._take_path):
            button.setText(self.tr("Look through"))
        self._take_range.setAccessibleName(self.tr("Look through the range"))
        self._take_path.setAccessibleName(self.tr("Look through the file"))
        self._again.setText(self.tr("Look again"))
        self._paste.setAccessibleName(self._paste.text())
        self._again.setAccessibleName(self._again.text())
        self._show_folder(state, language)

    def _show_folder(self, state: ListsState, language: str) -> None:
        seen = state.folder
        place = self._place = "" if seen is None else seen.folder
        self._files_title.show_text(self.tr("Lists in {folder}").format(folder=place) if place else self.tr("Lists"))
        self._files.setAccessibleName(self._files_title.text())
        files = () if seen is None else seen.files
        self._nothing.setVisible(not files)
        if seen is not None and seen.failure is not None:
            self._nothing.setText(words_for(seen.failure, language).line)
        elif seen is not None:
            self._nothing.setText(self.tr("No XLSX, CSV, TSV or TXT file is there."))
        else:
            self._nothing.setText("")
        now = datetime.now(UTC)
        self._files.show_rows(
            [
                RowWords(
                    key=file.path,
                    icon="ledger",
                    colour=QUIET_TEXT,
                    title=file.name,
                    state=when_words(file.changed, now),
                    line=size_words(file.size_bytes),
                )
                for file in files
            ]
        )

    @Slot()
    def paste(self) -> None:
        """What the clipboard holds: rows of a spreadsheet, any text, or a file that was copied."""
        held = QGuiApplication.clipboard().mimeData()
        urls = held.urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            self.file.emit(urls[0].toLocalFile())
        else:
            self.text.emit(held.text(), self.tr("clipboard"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Several lines are a list wherever they are pasted: a field would keep only as many as it has room for."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            pasted = event.matches(QKeySequence.StandardKey.Paste)
            if pasted and "\n" in QGuiApplication.clipboard().text().strip():
                self.paste()
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def _typed_range(self) -> None:
        typed = self._range.text().strip()
        if typed:
            self.text.emit(typed, typed[:60])

    @Slot()
    def _typed_path(self) -> None:
        typed = self._path.text().strip().strip('"')
        if typed:
            self.file.emit(QUrl(typed).toLocalFile() if typed.startswith("file:") else typed)

    @Slot()
    def _look_again(self) -> None:
        self.folder.emit(self._place)
