"""The settings of one slot: its name, where it is plugged in, how its device is asked, and how it leaves."""

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gizqr_station.domain.serial_ports import PortName
from gizqr_station.domain.slot import LeavesBy, SlotConfig
from gizqr_station.gui.choice import Choice
from gizqr_station.gui.confirm_button import ConfirmButton
from gizqr_station.gui.device_words import leaving_word, leaving_words, name_words, slot_title
from gizqr_station.gui.devices_state import DevicesState
from gizqr_station.gui.form_field import FormField, Mark
from gizqr_station.gui.number_fields import WholeNumber
from gizqr_station.gui.reader_field import ReaderField
from gizqr_station.gui.tokens import ACTION_HEIGHT, FIELD_HEIGHT, SPACE

LONGEST_NAME = 20
LONGEST_PORT = 200
_SLOWEST_S = 120


class SlotPane(QFrame):
    """``saved`` carries the SlotConfig, ``removed`` and ``left`` nothing."""

    saved = Signal(object)
    removed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._state: DevicesState | None = None
        self._slot: SlotConfig | None = None
        self._title = QLabel()
        self._title.setObjectName("title")
        self.name = QLineEdit()
        self.port = QLineEdit()
        self.answer_s = WholeNumber(1, _SLOWEST_S)
        self.leaves = Choice(tuple(LeavesBy))
        self.reader = ReaderField()
        self._name_field = FormField(self.name)
        self._port_field = FormField(self.port, note_below=True)
        self._answer_field = FormField(self.answer_s)
        self._leaves_field = FormField(self.leaves)
        self._leaves_words = QLabel()
        self._leaves_words.setObjectName("quiet")
        self._leaves_words.setWordWrap(True)
        self._save = QPushButton()
        self._back = QPushButton()
        self._remove = ConfirmButton()

        self.name.setMaxLength(LONGEST_NAME)
        self.port.setMaxLength(LONGEST_PORT)
        for line in (self.name, self.port):
            line.setFixedHeight(FIELD_HEIGHT)
            line.textChanged.connect(self._judge)
        self.answer_s.valueChanged.connect(self._judge)
        self.leaves.changed.connect(self._judge)
        self.reader.changed.connect(self._judge)
        for button in (self._save, self._back):
            button.setAutoDefault(False)
            button.setMinimumHeight(ACTION_HEIGHT)
        self._remove.setMinimumHeight(ACTION_HEIGHT)
        self._save.clicked.connect(self._hand_over)
        self._back.clicked.connect(self.left)
        self._remove.confirmed.connect(self.removed)
        self._lay_out()

    def _lay_out(self) -> None:
        fields = QVBoxLayout()
        fields.setSpacing(SPACE)
        for field in (self._name_field, self._port_field, self._leaves_field):
            fields.addWidget(field)
        fields.addWidget(self._leaves_words)
        fields.addWidget(self._answer_field)
        fields.addStretch(1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * SPACE)
        grid.addLayout(fields, 0, 0)
        grid.addWidget(self.reader, 0, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        keys = QHBoxLayout()
        keys.setSpacing(SPACE)
        keys.addWidget(self._save, 2)
        keys.addWidget(self._back, 1)
        keys.addStretch(1)
        keys.addWidget(self._remove, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self._title)
        column.addLayout(grid, 1)
        column.addLayout(keys)

    def fill(self, slot: SlotConfig) -> None:
        """Put a slot's settings into the fields."""
        self._slot = slot
        self.name.setText(slot.name)
        self.port.setText("" if slot.port is None else str(slot.port))
        self.answer_s.setValue(round(slot.answer_s))
        self.leaves.choose(slot.leaves_by)
        self.reader.fill(slot.reader, slot.baud)
        self._remove.disarm()
        self._judge()

    def show_state(self, state: DevicesState, language: str) -> None:
        """The only place that touches the words; what stands in the fields is the person's."""
        self._state = state
        slot = state.open_slot
        self._title.setText("" if slot is None else slot_title(slot))
        self._name_field.set_words(self.tr("Name on its lamp"))
        self._port_field.set_words(self.tr("Port"))
        self.port.setPlaceholderText(self.tr("empty: its devices are scanned"))
        self._answer_field.set_words(self.tr("A device may take"), self.tr("s"))
        self._leaves_field.set_words(self.tr("A device has left by"))
        self.leaves.set_words(self.tr("A device has left by"), {each: leaving_word(each) for each in LeavesBy})
        self.reader.show_readers(state, language, enabled=not state.saving)
        self._save.setText(self.tr("Save"))
        self._back.setText(self.tr("Back"))
        for button in (self._save, self._back):
            button.setAccessibleName(button.text())
        self._remove.set_words(self.tr("Remove this slot"), self.tr("Press again: remove"))
        self._remove.setEnabled(len(state.kept) > 1 and not state.saving)
        self._judge()

    @property
    def unchanged(self) -> bool:
        """Whether nothing that was typed would be lost."""
        return self._slot is None or self.draft() == self._slot

    def draft(self) -> SlotConfig | None:
        """What stands in the fields; None where no port is called so."""
        assert self._slot is not None
        text = self.port.text().strip()
        try:
            port = PortName.parse(text) if text else None
        except ValueError:
            return None
        leaves_by = self.leaves.value
        assert isinstance(leaves_by, LeavesBy)
        answer_s = self._slot.answer_s if round(self._slot.answer_s) == self.answer_s.value() else self.answer_s.value()
        return replace(
            self._slot,
            name=self.name.text().strip(),
            port=port,
            reader=self.reader.reader,
            baud=self.reader.baud,
            answer_s=float(answer_s),
            leaves_by=leaves_by,
        )

    @Slot()
    def _judge(self) -> None:
        if self._slot is None:
            return
        leaves_by = self.leaves.value
        assert isinstance(leaves_by, LeavesBy)
        self._leaves_words.setText(leaving_words(leaves_by))
        draft = self.draft()
        if draft is None:
            self._port_field.show_note(self.tr("usb:A50285BI, hub:1-1.4, /dev/ttyUSB0 or COM7"), Mark.WRONG)
        else:
            self._port_field.show_note("" if draft.port is None else name_words(draft.port))
        saving = self._state is not None and self._state.saving
        self._save.setEnabled(draft is not None and draft != self._slot and not saving)

    @Slot()
    def _hand_over(self) -> None:
        draft = self.draft()
        if draft is not None:
            self.saved.emit(draft)
