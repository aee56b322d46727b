"""One of a few, all of them in sight: no list that pops up over the page and takes a scanner's keys."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from gizqr_station.gui.tokens import FIELD_HEIGHT, SPACE


class Choice(QWidget):
    """Buttons side by side, one of them down. ``changed`` only when a person chose."""

    changed = Signal()

    def __init__(self, values: Sequence[object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values = tuple(values)
        self._group = QButtonGroup(self)
        self._buttons = [QPushButton() for _ in self._values]
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(SPACE // 2)
        for number, button in enumerate(self._buttons):
            button.setObjectName("option")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setFixedHeight(FIELD_HEIGHT)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._group.addButton(button, number)
            row.addWidget(button, 1)
        self._group.idClicked.connect(self._clicked)
        self._buttons[0].setChecked(True)

    @property
    def value(self) -> object:
        """The one that is down."""
        return self._values[self._group.checkedId()]

    def choose(self, value: object) -> None:
        """Put one down, as a person would, but silently."""
        self._buttons[self._values.index(value)].setChecked(True)

    def offer(self, values: Collection[object]) -> None:
        """Only these are in sight."""
        for value, button in zip(self._values, self._buttons, strict=True):
            button.setVisible(value in values)

    def button(self, value: object) -> QPushButton:
        """The one that stands for a value."""
        return self._buttons[self._values.index(value)]

    def set_words(self, name: str, words: Mapping[object, str]) -> None:
        """What the buttons say, and what the whole is called."""
        self.setAccessibleName(name)
        for value, button in zip(self._values, self._buttons, strict=True):
            button.setText(words[value])
            # As wide as when it is down and bold.
            bold = QFont(button.font())
            bold.setBold(True)
            button.setMinimumWidth(QFontMetrics(bold).horizontalAdvance(words[value]) + 2 * SPACE)
            button.setAccessibleName(f"{name}: {words[value]}")

    @Slot()
    def _clicked(self) -> None:
        self.changed.emit()
