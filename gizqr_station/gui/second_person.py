"""A second person who agrees, and shows it now: with a badge that is scanned, or with a name and a PIN."""

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gizqr_station.domain.people import SHORTEST_PIN, Badge, Credential, NameAndPin
from gizqr_station.gui.form_field import FormField
from gizqr_station.gui.marked_line import MarkedLine
from gizqr_station.gui.pin_field import PinField
from gizqr_station.gui.tokens import FIELD_HEIGHT, SPACE, Tone

_LONGEST_NAME = 60


class SecondPerson(QWidget):
    """``changed`` when there is a credential, or no longer one. It is handed out once, and then it is gone."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._badge = ""
        self._line = MarkedLine()
        self.name = QLineEdit()
        self.pin = PinField()
        self._name_field = FormField(self.name)
        self._pin_field = FormField(self.pin)
        self.name.setFixedHeight(FIELD_HEIGHT)
        self.name.setMaxLength(_LONGEST_NAME)
        self.name.setAcceptDrops(False)
        self.name.textEdited.connect(self._typed)
        self.pin.textChanged.connect(self._typed)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self._name_field, 1)
        row.addWidget(self._pin_field, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self._line)
        column.addLayout(row)

    @property
    def badge_read(self) -> bool:
        """Whether a badge was scanned."""
        return bool(self._badge)

    @property
    def name_and_pin(self) -> bool:
        """Whether both stand there."""
        return bool(self.name.text().strip()) and len(self.pin.text()) >= SHORTEST_PIN

    def read_badge(self, text: str) -> None:
        """Somebody's badge was scanned; the last one counts."""
        self._badge = text
        self.changed.emit()

    def taken(self) -> Credential | None:
        """What they showed; nothing of it stays here. What is typed comes before an earlier scan."""
        name, pin, badge = self.name.text().strip(), self.pin.text(), self._badge
        typed = self.name_and_pin
        self.forget()
        if typed:
            return NameAndPin(name, pin)
        return Badge(badge) if badge else None

    def forget(self) -> None:
        """Nothing stays: not the name either, for the next one is somebody else."""
        if not (self._badge or self.name.text() or self.pin.text()):
            return
        blocked = QSignalBlocker(self.pin)
        self._badge = ""
        self.name.clear()
        self.pin.forget()
        del blocked
        self.changed.emit()

    def forget_quietly(self) -> None:
        """The same for whoever knows already that nothing counts any more."""
        blocked = QSignalBlocker(self)
        self.forget()
        del blocked

    def show_words(self) -> None:
        """The only place that words the widgets."""
        if self.badge_read:
            self._line.show_words(Tone.GOOD, self.tr("Their badge was read. It is checked with the reprint."))
        else:
            self._line.show_words(Tone.ACT, self.tr("A second person agrees: scan their badge, or name and PIN."))
        self._name_field.set_words(self.tr("Their name"))
        self._pin_field.set_words(self.tr("Their PIN"))

    @Slot()
    def _typed(self) -> None:
        self.changed.emit()
