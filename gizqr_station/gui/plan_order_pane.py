"""A new order: its number, how many, which devices; the rest is what the station labels now."""

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gizqr_station.gui.form_field import FormField
from gizqr_station.gui.hand_button import HandButton
from gizqr_station.gui.number_fields import WholeNumber
from gizqr_station.gui.order_words import profile_line, saying
from gizqr_station.gui.orders_state import OrdersState
from gizqr_station.gui.status_panel import StatusPanel
from gizqr_station.gui.tokens import ACTION_HEIGHT, FIELD_HEIGHT, SPACE

_LONGEST_NUMBER = 60
_MOST_UNITS = 1_000_000


class PlanOrderPane(QFrame):
    """``wanted`` carries number, quantity, ranges and the path of a list."""

    wanted = Signal(str, int, str, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._free = True
        self._title = QLabel()
        self._title.setObjectName("title")
        self._profile_title = QLabel()
        self._profile_title.setObjectName("heading")
        self._profile = QLabel()
        self._profile.setObjectName("strong")
        self._how = QLabel()
        self._how.setObjectName("quiet")
        self._said = StatusPanel()
        self.number = QLineEdit()
        self._number_field = FormField(self.number)
        self.quantity = WholeNumber(1, _MOST_UNITS, 100)
        self._quantity_field = FormField(self.quantity)
        self.ranges = QLineEdit()
        self._ranges_field = FormField(self.ranges)
        self.path = QLineEdit()
        self._path_field = FormField(self.path)
        self.go = HandButton()
        self._back = QPushButton()

        for label in (self._profile, self._how):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.number.setMaxLength(_LONGEST_NUMBER)
        for edit in (self.number, self.ranges, self.path):
            edit.setFixedHeight(FIELD_HEIGHT)
        for button in (self.go, self._back):
            button.setMinimumHeight(ACTION_HEIGHT)
            button.setAutoDefault(False)
        self.number.textChanged.connect(self._check)
        self.go.clicked.connect(self._go)
        self._back.clicked.connect(self.left)
        self._lay_out()

    def _lay_out(self) -> None:
        what = QHBoxLayout()
        what.setSpacing(SPACE)
        what.addWidget(self._number_field, 2)
        what.addWidget(self._quantity_field, 1)
        keys = QHBoxLayout()
        keys.setSpacing(SPACE)
        keys.addWidget(self._back, 1)
        keys.addWidget(self.go, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        for widget in (self._title, self._how, self._said):
            column.addWidget(widget)
        column.addLayout(what)
        for part in (self._ranges_field, self._path_field, self._profile_title, self._profile):
            column.addWidget(part)
        column.addStretch(1)
        column.addLayout(keys)

    def show_state(self, state: OrdersState, language: str) -> None:
        """The only place that touches the widgets, but for what somebody types."""
        self._free = state.asked is None
        self._title.setText(self.tr("New order"))
        self._how.setText(self.tr("Nothing is labelled by it before a lead signs it and QA releases its first label."))
        said = saying(state, language)
        self._said.setVisible(said is not None)
        if said is not None:
            self._said.show_said(said)
        self._number_field.set_words(self.tr("Order number"))
        self._quantity_field.set_words(self.tr("Quantity"), self.tr("units"))
        self._ranges_field.set_words(self.tr("Ranges that belong to it; empty: any device of the product"))
        self.ranges.setPlaceholderText("00911F500000..00911F5003E7     00911F500000 x 1000")
        self._path_field.set_words(self.tr("Or a list by its path"))
        self.path.setPlaceholderText(self.tr("XLSX, CSV or plain text"))
        self._profile_title.setText(self.tr("What will be signed, as this station labels now"))
        known = state.here is not None
        self._profile_title.setVisible(known)
        self._profile.setVisible(known)
        self._profile.setText("" if state.here is None else profile_line(state.here))
        self.go.setText(self.tr("Plan it"))
        self._back.setText(self.tr("Back"))
        for button in (self.go, self._back):
            button.setAccessibleName(button.text())
        self._check()

    def begin(self) -> None:
        """Nothing of the one before is left."""
        for edit in (self.number, self.ranges, self.path):
            edit.setText("")
        self.quantity.setValue(1)
        self.number.setFocus()

    @Slot(str)
    def take_file(self, path: str) -> None:
        """A list was dropped."""
        self.path.setText(path)

    @Slot()
    def _check(self) -> None:
        self.go.setEnabled(self._free and bool(self.number.text().strip()))

    @Slot()
    def _go(self) -> None:
        typed = self.path.text().strip().strip('"')
        path = QUrl(typed).toLocalFile() if typed.startswith("file:") else typed
        self.wanted.emit(self.number.text().strip(), self.quantity.value(), self.ranges.text().strip(), path)
