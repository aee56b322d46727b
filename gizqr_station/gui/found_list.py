"""Add a printer: what a search came upon, or an address that somebody types."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gizqr_station.domain.printer_address import Connection, PrinterAddress
from gizqr_station.gui.form_field import FormField, Mark
from gizqr_station.gui.printer_draft import CONNECTION_EXAMPLES, Fault, Problem
from gizqr_station.gui.printer_rows import row_of_found
from gizqr_station.gui.printer_words import problem_words
from gizqr_station.gui.printers_state import PrintersState
from gizqr_station.gui.row_list import RowList
from gizqr_station.gui.tokens import ACTION_HEIGHT, FIELD_HEIGHT, SPACE

_SHOWN = (Connection.TCP, Connection.IPP, Connection.CUPS)
"""Of which kinds an example stands under the field."""


class FoundList(QFrame):
    """``found`` carries a FoundPrinter, ``typed`` a PrinterAddress."""

    found = Signal(object)
    typed = Signal(object)
    search = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._state = PrintersState()
        self._pressed_wrong = False
        self._title = QLabel()
        self._title.setObjectName("title")
        self._how_far = QLabel()
        self._again = QPushButton()
        self._back = QPushButton()
        self._rows = RowList()
        self._nothing = QLabel()
        self._nothing.setObjectName("quiet")
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._address = QLineEdit()
        self._address_field = FormField(self._address, note_below=True)
        self._take = QPushButton()

        self._address.setFixedHeight(FIELD_HEIGHT)
        for button in (self._again, self._back):
            button.setMinimumHeight(ACTION_HEIGHT)
            button.setAutoDefault(False)
        self._take.setFixedHeight(FIELD_HEIGHT)
        self._take.setAutoDefault(False)
        self._rows.picked.connect(self._picked)
        self._again.clicked.connect(self.search)
        self._back.clicked.connect(self.left)
        self._take.clicked.connect(self._typed)
        self._address.returnPressed.connect(self._typed)
        self._address.textChanged.connect(self._retyped)

        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self._title)
        head.addSpacing(SPACE)
        head.addWidget(self._how_far, 1)
        head.addWidget(self._again)
        head.addWidget(self._back)
        by_address = QHBoxLayout()
        by_address.setSpacing(SPACE)
        by_address.addWidget(self._address_field, 1)
        beside = QVBoxLayout()
        beside.setContentsMargins(0, 22, 0, 0)
        beside.addWidget(self._take)
        beside.addStretch(1)
        by_address.addLayout(beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE + SPACE // 2, 2 * SPACE, SPACE + SPACE // 2)
        column.setSpacing(SPACE)
        column.addLayout(head)
        column.addWidget(self._nothing)
        column.addWidget(self._rows, 1)
        column.addLayout(by_address)

    def show_state(self, state: PrintersState) -> None:
        """The only place that touches the widgets, but for the address that somebody types."""
        self._state = state
        self._title.setText(self.tr("Add a printer"))
        number = len(state.found)
        if state.searching:
            self._how_far.setText(self.tr("Searching. Found so far: {number}").format(number=number))
        else:
            self._how_far.setText(self.tr("Found: {number}").format(number=number))
        self._again.setText(self.tr("Search again"))
        self._again.setEnabled(not state.searching)
        self._back.setText(self.tr("Back"))
        self._take.setText(self.tr("Use this address"))
        self._address_field.set_words(self.tr("Or type its address"))
        self._address.setPlaceholderText(next(iter(CONNECTION_EXAMPLES.values())))
        for button in (self._again, self._back, self._take):
            button.setAccessibleName(button.text())
        self._nothing.setVisible(not state.found)
        self._nothing.setText(
            self.tr("Looking at CUPS, USB, serial ports and the network; this takes some seconds.")
            if state.searching
            else self.tr("Nothing was found. Is the printer switched on? Its address can also be typed below.")
        )
        self._rows.show_rows([row_of_found(found, state) for found in state.found])
        self._rows.setAccessibleName(self.tr("Printers that were found"))
        self._judge()

    def clear(self) -> None:
        """For the next time it is opened."""
        self._pressed_wrong = False
        self._address.clear()

    def _judge(self) -> None:
        """An address that is still being typed is not wrong yet; after a press it is."""
        if not self._pressed_wrong:
            self._address_field.show_note("   ".join(CONNECTION_EXAMPLES[kind] for kind in _SHOWN))
            return
        try:
            PrinterAddress.parse(self._address.text())
        except ValueError as fault:
            self._address_field.show_note(problem_words(Problem(Fault.ADDRESS_WRONG, str(fault))), Mark.WRONG)
        else:
            self._address_field.show_note("")

    @Slot(str)
    def _picked(self, address: str) -> None:
        for found in self._state.found:
            if str(found.address) == address:
                self.found.emit(found)
                return

    @Slot()
    def _typed(self) -> None:
        try:
            address = PrinterAddress.parse(self._address.text())
        except ValueError:
            self._pressed_wrong = True
            self._judge()
            self._address.setFocus()
        else:
            self.typed.emit(address)

    @Slot()
    def _retyped(self) -> None:
        self._judge()
