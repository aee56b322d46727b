"""A list is being looked through: how far it is, and the key that ends it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from gizqr_station.gui.elided_label import ElidedLabel
from gizqr_station.gui.lists_state import ListsState
from gizqr_station.gui.tokens import ACTION_HEIGHT, SPACE


class CheckingPane(QFrame):
    """``stopped`` when somebody has seen enough."""

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._title = ElidedLabel()
        self._title.setObjectName("title")
        self._how_far = QLabel()
        self._stop = QPushButton()
        self._stop.setMinimumHeight(ACTION_HEIGHT)
        self._stop.setAutoDefault(False)
        self._stop.clicked.connect(self.stopped)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self._title)
        column.addWidget(self._how_far)
        column.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_state(self, state: ListsState, language: str) -> None:
        """The only place that touches the widgets."""
        del language
        self._title.show_text(state.name)
        looking = self.tr("Looking through it.")
        lines = self.tr("Lines so far: {number}").format(number=state.done) if state.done else ""
        self._how_far.setText(f"{looking} {lines}".strip())
        self._stop.setText(self.tr("Stop"))
        self._stop.setAccessibleName(self._stop.text())
