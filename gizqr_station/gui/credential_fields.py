"""Name and PIN, by keyboard or by fingers in gloves: for whoever takes over, and for a second person."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gizqr_station.domain.people import NameAndPin, Person
from gizqr_station.gui.duty_words import role_word
from gizqr_station.gui.form_field import FormField
from gizqr_station.gui.hand_button import HandButton
from gizqr_station.gui.pin_field import PinField
from gizqr_station.gui.pin_pad import PinPad
from gizqr_station.gui.row_list import RowList, RowWords
from gizqr_station.gui.tokens import ACTION_HEIGHT, FIELD_HEIGHT, QUIET_TEXT, READER_ROW_HEIGHT, SPACE

LONGEST_NAME = 60
_NAMES_WIDTH = 220


class CredentialFields(QWidget):
    """``entered`` carries a NameAndPin; the PIN is gone from the screen by then."""

    entered = Signal(object)
    typed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people: tuple[Person, ...] = ()
        self._free = True
        self.names = RowList(READER_ROW_HEIGHT)
        self.name = QLineEdit()
        self.pin = PinField()
        self.pad = PinPad()
        self.go = HandButton()
        self._name_field = FormField(self.name)
        self._pin_field = FormField(self.pin)

        self.name.setMaxLength(LONGEST_NAME)
        self.name.setFixedHeight(FIELD_HEIGHT)
        self.name.setAcceptDrops(False)
        self.go.setMinimumHeight(ACTION_HEIGHT)
        self.names.setMinimumWidth(_NAMES_WIDTH)
        self.names.picked.connect(self._picked)
        self.name.textChanged.connect(self._changed)
        self.name.returnPressed.connect(self._to_pin)
        self.pin.textChanged.connect(self._changed)
        self.pin.returnPressed.connect(self._enter)
        self.pad.digit.connect(self.pin.add)
        self.pad.back.connect(self.pin.take_last)
        self.pad.wiped.connect(self.pin.forget)
        self.go.clicked.connect(self._enter)

        right = QVBoxLayout()
        right.setSpacing(SPACE)
        right.addWidget(self._name_field)
        right.addWidget(self._pin_field)
        right.addWidget(self.pad, 0, Qt.AlignmentFlag.AlignHCenter)
        right.addWidget(self.go)
        right.addStretch(1)
        self.left = QVBoxLayout()
        """Who may be meant; a page puts above and below what it has to say."""
        self.left.setSpacing(SPACE)
        self.left.addWidget(self.names, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(3 * SPACE)
        whole.addLayout(self.left, 1)
        whole.addLayout(right)

    def showEvent(self, event: QShowEvent) -> None:
        """The screen that it is on says how many dots a finger is."""
        super().showEvent(event)
        self.pad.fit(self.screen())

    def show_people(self, people: tuple[Person, ...], go: str, *, free: bool) -> None:
        """Who may be meant, and what the key says; ``free`` False while an answer is waited for."""
        self._people, self._free = tuple(person for person in people if person.active and person.has_pin), free
        self.names.setAccessibleName(self.tr("People"))
        self._name_field.set_words(self.tr("Name"))
        self._pin_field.set_words(self.tr("PIN"))
        self.pad.speak()
        self.go.setText(go)
        self.go.setAccessibleName(go)
        self._show()

    def offer(self, *, on: bool) -> None:
        """Whether anybody is to show here who they are."""
        for widget in (self._name_field, self._pin_field, self.pad, self.go):
            widget.setVisible(on)

    def begin(self, name: str = "") -> None:
        """Nothing of the one before is left; the keys go where they are needed next."""
        blocked = QSignalBlocker(self.name)
        self.name.setText(name)
        del blocked
        self.pin.forget()
        self._show()
        (self.pin if name else self.name).setFocus()

    @Slot()
    def forget(self) -> None:
        """The PIN at least."""
        self.pin.forget()

    def _show(self) -> None:
        typed = self.name.text().strip().casefold()
        self.names.setVisible(bool(self._people))
        self.names.show_rows(
            [
                RowWords(
                    person.name, "", QUIET_TEXT, person.name, "", "", chip=role_word(person.role),
                    chosen=person.name.casefold() == typed,
                )
                for person in self._people
            ]
        )  # fmt: skip
        self.pin.setEnabled(self._free)
        self.name.setEnabled(self._free)
        self.pad.setEnabled(self._free)
        self.go.setEnabled(self._free and bool(typed) and bool(self.pin.text()))

    @Slot(str)
    def _picked(self, name: str) -> None:
        self.name.setText(name)
        self.pin.forget()
        self.pin.setFocus()

    @Slot()
    def _changed(self) -> None:
        self._show()
        self.typed.emit()

    @Slot()
    def _to_pin(self) -> None:
        self.pin.setFocus()

    @Slot()
    def _enter(self) -> None:
        name = self.name.text().strip()
        if self._free and name and self.pin.text():
            self.entered.emit(NameAndPin(name, self.pin.taken()))
