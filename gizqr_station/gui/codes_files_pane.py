"""Codes in files: a zip that somebody got by mail, another station's pool, and this one's pool for another station."""

from datetime import UTC, datetime

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gizqr_station.gui.codes_filed import CodesFiled
from gizqr_station.gui.codes_state import CodesState
from gizqr_station.gui.elided_label import ElidedLabel
from gizqr_station.gui.form_field import FormField
from gizqr_station.gui.hand_button import HandButton
from gizqr_station.gui.list_words import size_words
from gizqr_station.gui.printer_words import when_words
from gizqr_station.gui.row_list import RowList, RowWords
from gizqr_station.gui.tokens import FIELD_HEIGHT, FORM_HEADING, PORT_ROW_HEIGHT, QUIET_TEXT, SPACE
from gizqr_station.wording import words_for

PICTURES = (".png", ".jpg", ".jpeg", ".bmp")


def is_picture(path: str) -> bool:
    """By its name: such a file is judged, any other is imported."""
    return path.lower().endswith(PICTURES)


class CodesFilesPane(QFrame):
    """``file`` carries a path to import or judge, ``export`` where to write, ``folder`` where to look."""

    file = Signal(str)
    export = Signal(str)
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
        self.filed = CodesFiled()
        self._path = QLineEdit()
        self._path_field = FormField(self._path)
        self._take_path = QPushButton()
        self._target = QLineEdit()
        self._target_field = FormField(self._target)
        self._write = HandButton()
        self._files_title = ElidedLabel()
        self._files_title.setObjectName("heading")
        self._again = QPushButton()
        self._files = RowList(PORT_ROW_HEIGHT)
        self._nothing = QLabel()
        self._nothing.setObjectName("quiet")
        self._nothing.setWordWrap(True)

        for field in (self._path, self._target, self._take_path, self._write, self._again):
            field.setFixedHeight(FIELD_HEIGHT)
        for edit in (self._path, self._target):
            # What is dropped on a field is dropped on the page.
            edit.setAcceptDrops(False)
        for button in (self._take_path, self._again):
            button.setAutoDefault(False)
        self._take_path.clicked.connect(self._typed_path)
        self._path.returnPressed.connect(self._typed_path)
        self._write.clicked.connect(self._pressed_write)
        self._again.clicked.connect(self._look_again)
        self._files.picked.connect(self.file)
        self._lay_out()

    def _lay_out(self) -> None:
        by_hand = QGridLayout()
        by_hand.setHorizontalSpacing(SPACE)
        by_hand.setVerticalSpacing(SPACE)
        for row, (field, button) in enumerate(((self._path_field, self._take_path), (self._target_field, self._write))):
            beside = QVBoxLayout()
            beside.setContentsMargins(0, FORM_HEADING, 0, 0)
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
        column.addWidget(self.filed)
        column.addLayout(by_hand)
        column.addLayout(head)
        column.addWidget(self._nothing)
        column.addWidget(self._files, 1)

    def show_state(self, state: CodesState, language: str) -> None:
        """The only place that touches the widgets, but for what somebody types."""
        free = state.filing is None
        self._title.setText(self.tr("Codes in files"))
        self._how.setText(
            self.tr("Drop a zip or a pool file here, or pick one: all of it is checked before any code is taken.")
        )
        self.filed.show_state(state, language)
        self._path_field.set_words(self.tr("A zip or pool file by its path, or a folder"))
        self._target_field.set_words(self.tr("Write this station's pool into a file"))
        self._path.setPlaceholderText("1474.zip")
        self._target.setPlaceholderText(self.tr("for another station or a laptop"))
        self._take_path.setText(self.tr("Import"))
        self._take_path.setAccessibleName(self.tr("Import the file"))
        self._write.setText(self.tr("Export"))
        self._write.setAccessibleName(self.tr("Export the pool"))
        for widget in (self._take_path, self._write, self._files):
            widget.setEnabled(free)
        self._again.setText(self.tr("Look again"))
        self._again.setAccessibleName(self._again.text())
        self._show_folder(state, language)

    def _show_folder(self, state: CodesState, language: str) -> None:
        seen = state.folder
        place = self._place = "" if seen is None else seen.folder
        self._files_title.show_text(self.tr("Files in {folder}").format(folder=place) if place else self.tr("Files"))
        self._files.setAccessibleName(self._files_title.text())
        files = () if seen is None else seen.files
        self._nothing.setVisible(not files)
        if seen is not None and seen.failure is not None:
            self._nothing.setText(words_for(seen.failure, language).line)
        elif seen is not None:
            self._nothing.setText(self.tr("No zip, pool file or picture is there."))
        else:
            self._nothing.setText("")
        now = datetime.now(UTC)
        self._files.show_rows(
            [
                RowWords(
                    key=file.path,
                    icon="scan" if is_picture(file.name) else "ledger",
                    colour=QUIET_TEXT,
                    title=file.name,
                    state=self.tr("judge this picture") if is_picture(file.name) else self.tr("import"),
                    line=f"{when_words(file.changed, now)} · {size_words(file.size_bytes)}",
                )
                for file in files
            ]
        )

    @Slot()
    def _typed_path(self) -> None:
        typed = self._path.text().strip().strip('"')
        if typed and self._take_path.isEnabled():
            self.file.emit(QUrl(typed).toLocalFile() if typed.startswith("file:") else typed)

    @Slot()
    def _pressed_write(self) -> None:
        typed = self._target.text().strip().strip('"')
        if typed:
            self.export.emit(typed)

    @Slot()
    def _look_again(self) -> None:
        self.folder.emit(self._place)
