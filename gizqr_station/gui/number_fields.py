"""Fields for numbers that change when somebody types or presses the arrow keys, and not when a wheel turns by."""

from PySide6.QtCore import QLocale
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox, QWidget

from gizqr_station.gui.tokens import FIELD_HEIGHT, SPACE

LEAST_WIDTH = 96


class WholeNumber(QSpinBox):
    """From ``least`` to ``most``."""

    def __init__(self, least: int, most: int, step: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # The style sheet hides the arrows and forgets about the padding.
        self.lineEdit().setTextMargins(SPACE, 0, SPACE, 0)
        self.setRange(least, most)
        self.setSingleStep(step)
        self.setFixedHeight(FIELD_HEIGHT)
        # Qt would keep room for arrows that are not there.
        self.setMinimumWidth(LEAST_WIDTH)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Not changed by accident."""
        event.ignore()


class Millimetres(QDoubleSpinBox):
    """From ``least`` to ``most``, in hundredths; no more digits are shown than there are."""

    def __init__(self, least: float, most: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lineEdit().setTextMargins(SPACE, 0, SPACE, 0)
        # A point whatever the machine's language, as in the settings file and on the label's packet.
        self.setLocale(QLocale.c())
        self.setDecimals(2)
        self.setRange(least, most)
        self.setSingleStep(0.5)
        self.setFixedHeight(FIELD_HEIGHT)
        # Qt would keep room for arrows that are not there.
        self.setMinimumWidth(LEAST_WIDTH)

    def textFromValue(self, value: float) -> str:
        """``25.4`` and ``40``, not ``40.00``."""
        return f"{value:g}"

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Not changed by accident."""
        event.ignore()
