"""A day as it is typed, year first: no calendar that pops up over the page and takes a scanner's keys."""

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gizqr_station.gui.form_field import FormField, Mark
from gizqr_station.gui.tokens import FIELD_HEIGHT

_LONGEST = 12


class DayField(QWidget):
    """``changed`` whenever somebody typed; ``day`` is None while it is empty, and while it is wrong."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QLineEdit()
        self.edit.setFixedHeight(FIELD_HEIGHT)
        self.edit.setMaxLength(_LONGEST)
        self.edit.setAcceptDrops(False)
        self.edit.setPlaceholderText("2026-12-31")
        self._field = FormField(self.edit)
        self.edit.textEdited.connect(self._edited)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._field)

    @property
    def day(self) -> date | None:
        """What stands there, where it is a day."""
        return _day(self.edit.text())

    @property
    def wrong(self) -> bool:
        """Something stands there that is no day."""
        return bool(self.edit.text().strip()) and self.day is None

    def fill(self, day: date | None) -> None:
        """Put a day in, silently; one that is being typed stays."""
        if self.day != day or (day is None and not self.wrong):
            self.edit.setText("" if day is None else day.isoformat())

    def clear(self) -> None:
        """Any day."""
        self.edit.clear()

    def set_words(self, name: str, how: str) -> None:
        """What it is called, and how a day is written."""
        self._field.set_words(name)
        self._how = how
        self._field.show_note("", Mark.WRONG if self.wrong else Mark.NONE)
        self.edit.setAccessibleDescription(how)

    @Slot()
    def _edited(self) -> None:
        self._field.show_note("", Mark.WRONG if self.wrong else Mark.NONE)
        self.changed.emit()


def _day(text: str) -> date | None:
    parts = text.strip().replace("/", "-").replace(".", "-").split("-")
    if len(parts) != 3 or len(parts[0]) != 4 or not all(part.isascii() and part.isdecimal() for part in parts):
        return None
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        return None
