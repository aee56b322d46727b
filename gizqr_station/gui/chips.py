"""Toggle buttons in a few columns: any number of them down, or at most one and none to begin with."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from gizqr_station.gui.hand_button import HandButton
from gizqr_station.gui.tokens import FIELD_HEIGHT, SPACE


class Chips(QWidget):
    """``changed`` only when a person pressed one; ``one``: a second one takes the first one's place."""

    changed = Signal()

    def __init__(
        self, values: Sequence[object], columns: int, *, one: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._one = one
        self._buttons = {value: HandButton() for value in values}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(SPACE // 2)
        for place, button in enumerate(self._buttons.values()):
            button.setObjectName("option")
            button.setCheckable(True)
            button.setFixedHeight(FIELD_HEIGHT)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(self._pressed)
            grid.addWidget(button, place // columns, place % columns)
        for column in range(columns):
            grid.setColumnStretch(column, 1)

    @property
    def values(self) -> frozenset[object]:
        """Those that are down."""
        return frozenset(value for value, button in self._buttons.items() if button.isChecked())

    def choose(self, values: Collection[object]) -> None:
        """Put these down and no others, silently."""
        for value, button in self._buttons.items():
            button.setChecked(value in values)

    def button(self, value: object) -> HandButton:
        """The one that stands for a value."""
        return self._buttons[value]

    def set_words(self, name: str, words: Mapping[object, str]) -> None:
        """What the buttons say, and what the whole is called."""
        self.setAccessibleName(name)
        for value, button in self._buttons.items():
            button.setText(words[value])
            # As wide as when it is down and bold.
            bold = QFont(button.font())
            bold.setBold(True)
            button.setMinimumWidth(QFontMetrics(bold).horizontalAdvance(words[value]) + 2 * SPACE)
            button.setAccessibleName(f"{name}: {words[value]}")

    @Slot()
    def _pressed(self) -> None:
        sender = self.sender()
        if self._one:
            for button in self._buttons.values():
                if button is not sender:
                    button.setChecked(False)
        self.changed.emit()
