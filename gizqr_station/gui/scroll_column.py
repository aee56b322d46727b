"""A column that scrolls where it is higher than its room; as wide as what is in it, and never in the window's way."""

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from gizqr_station.gui.tokens import SPACE

_LEAST_HEIGHT = 96
_BAR = 12


class ScrollColumn(QScrollArea):
    """``column`` takes the widgets, from the top."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._wanted: QWidget | None = None
        self._inside = QWidget()
        self._inside.setObjectName("rows")
        self.column = QVBoxLayout(self._inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SPACE)
        self.setWidget(self._inside)

    def sizeHint(self) -> QSize:
        """Of what is in it."""
        return self._inside.sizeHint() + QSize(_BAR, 0)

    def minimumSizeHint(self) -> QSize:
        """As wide as what is in it, and not much height."""
        return QSize(self._inside.minimumSizeHint().width() + _BAR, _LEAST_HEIGHT)

    def bring(self, widget: QWidget) -> None:
        """Scroll to something that has only just come."""
        self._wanted = widget
        self._show_wanted()
        # How high it is Qt knows only once it has laid it out.
        QTimer.singleShot(0, self, self._show_wanted)

    @Slot()
    def _show_wanted(self) -> None:
        if self._wanted is not None and self._wanted.isVisible():
            self.ensureWidgetVisible(self._wanted, 0, SPACE)
