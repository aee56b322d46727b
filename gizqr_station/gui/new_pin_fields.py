"""A new PIN, typed twice; who changes their own shows the old one too."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gizqr_station.domain.people import SHORTEST_PIN
from gizqr_station.gui.form_field import FormField, Mark
from gizqr_station.gui.pin_field import PinField
from gizqr_station.gui.tokens import SPACE


class NewPinFields(QWidget):
    """``changed`` whenever something is typed; what is taken out is gone from the screen."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.old, self.new, self.again = PinField(), PinField(), PinField()
        self._fields = {field: FormField(field, note_below=True) for field in (self.old, self.new, self.again)}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        for pin, field in self._fields.items():
            pin.textChanged.connect(self._changed)
            row.addWidget(field, 1)

    def speak(self, *, own: bool) -> None:
        """In the language of the moment; ``own``: the old one is asked for."""
        self._fields[self.old].set_words(self.tr("Old PIN"))
        self._fields[self.new].set_words(self.tr("New PIN"))
        self._fields[self.again].set_words(self.tr("Once more"))
        self._fields[self.old].setVisible(own)
        self._note()

    @property
    def empty(self) -> bool:
        """Whether nothing is typed at all."""
        return not self.new.text() and not self.again.text()

    @property
    def complete(self) -> bool:
        """Whether there is a PIN that was typed twice alike, and the old one where it is asked for."""
        old = self._fields[self.old].isHidden() or bool(self.old.text())
        return old and len(self.new.text()) >= SHORTEST_PIN and self.new.text() == self.again.text()

    def taken(self) -> tuple[str, str]:
        """The new and the old one."""
        new, old = self.new.text(), self.old.text()
        self.forget()
        return new, old

    @Slot()
    def forget(self) -> None:
        """Nothing stands in them."""
        for pin in self._fields:
            pin.forget()

    @Slot()
    def _changed(self) -> None:
        self._note()
        self.changed.emit()

    def _note(self) -> None:
        new, again = self.new.text(), self.again.text()
        short = len(new) < SHORTEST_PIN
        note = self.tr("{number} digits or more").format(number=SHORTEST_PIN)
        self._fields[self.new].show_note(note, Mark.LOOK if new and short else Mark.NONE)
        differs = bool(again) and not new.startswith(again)
        self._fields[self.again].show_note(
            self.tr("not the same") if differs else "", Mark.WRONG if differs else Mark.NONE
        )
