"""Which printer a list goes to: one button for each, where there are several."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

from gizqr_station.gui.tokens import ACTION_HEIGHT, SPACE

_COLUMNS = 3
_LEAST_WIDTH = 120


class PrinterChoice(QWidget):
    """``picked`` carries a printer's name."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel()
        self._buttons: list[QPushButton] = []
        self._names: tuple[str, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SPACE // 2)
        self._grid.addWidget(self._title, 0, 0, Qt.AlignmentFlag.AlignVCenter)
        for column in range(1, _COLUMNS + 1):
            self._grid.setColumnStretch(column, 1)

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """In the order of the printers."""
        return tuple(self._buttons)

    def show_printers(self, names: tuple[str, ...], chosen: str, *, enabled: bool) -> None:
        """The only place that makes, fills and drops buttons; one printer alone is no choice."""
        title = self.tr("Printer")
        self._title.setText(title)
        self.setVisible(len(names) > 1)
        self._names = names
        while len(self._buttons) < len(names):
            self._add()
        while len(self._buttons) > len(names):
            gone = self._buttons.pop()
            self._grid.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for button, name in zip(self._buttons, names, strict=True):
            button.setProperty("printer", name)
            button.setAccessibleName(f"{title}: {name}")
            button.setToolTip(name)
            button.setChecked(name == chosen)
            button.setEnabled(enabled)
        self._fit()

    def resizeEvent(self, event: object) -> None:
        """Long names are shortened to the room that there is."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _fit(self) -> None:
        room = (self.width() - self._title.sizeHint().width()) // _COLUMNS - 3 * SPACE
        for button, name in zip(self._buttons, self._names, strict=True):
            bold = QFont(button.font())
            bold.setBold(True)
            button.setText(QFontMetrics(bold).elidedText(name, Qt.TextElideMode.ElideMiddle, max(room, _LEAST_WIDTH)))

    def _add(self) -> None:
        button = QPushButton()
        button.setObjectName("option")
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setFixedHeight(ACTION_HEIGHT)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.setMinimumWidth(_LEAST_WIDTH + 3 * SPACE)
        button.clicked.connect(self._pressed)
        place = len(self._buttons)
        self._grid.addWidget(button, place // _COLUMNS, 1 + place % _COLUMNS)
        self._buttons.append(button)

    @Slot()
    def _pressed(self) -> None:
        # Which one is chosen is for the state to say, not for the press.
        sender = self.sender()
        assert isinstance(sender, QPushButton)
        sender.setChecked(not sender.isChecked())
        self.picked.emit(sender.property("printer"))
