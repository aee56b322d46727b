"""Why a label is replaced or taken back, who agrees, and the two keys that do it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from gizqr_station.domain.corrections import LONGEST_REMARK, ReprintReason
from gizqr_station.domain.people import Permission
from gizqr_station.gui.chips import Chips
from gizqr_station.gui.form_field import FormField, Mark
from gizqr_station.gui.hand_button import HandButton
from gizqr_station.gui.hand_confirm_button import HandConfirmButton
from gizqr_station.gui.marked_line import MarkedLine
from gizqr_station.gui.records_state import RecordsState
from gizqr_station.gui.records_words import reason_names
from gizqr_station.gui.scroll_column import ScrollColumn
from gizqr_station.gui.second_person import SecondPerson
from gizqr_station.gui.tokens import BUTTON_HEIGHT, FIELD_HEIGHT, SPACE, Tone


class CorrectionForm(QWidget):
    """``filled`` when something in it changed; ``reprint`` and ``void`` when they are wanted and all is there."""

    filled = Signal()
    reprint = Signal()
    void = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._standing = MarkedLine()
        self._reason_title = QLabel()
        self._reason_title.setObjectName("heading")
        self.reasons = Chips(tuple(ReprintReason), 2, one=True)
        self.remark = QLineEdit()
        self._remark_field = FormField(self.remark)
        self.second = SecondPerson()
        self._missing = QLabel()
        self._missing.setObjectName("quiet")
        self._missing.setWordWrap(True)
        self.reprint_key = HandButton()
        self.void_key = HandConfirmButton()

        self.remark.setFixedHeight(FIELD_HEIGHT)
        self.remark.setMaxLength(LONGEST_REMARK)
        self.remark.setAcceptDrops(False)
        self.reprint_key.setMinimumHeight(BUTTON_HEIGHT)
        self.reasons.changed.connect(self.filled)
        self.remark.textEdited.connect(self.filled)
        self.second.changed.connect(self.filled)
        self.reprint_key.clicked.connect(self.reprint)
        self.void_key.confirmed.connect(self.void)
        self._lay_out()

    def _lay_out(self) -> None:
        scroll = ScrollColumn()
        for widget in (self._standing, self._reason_title, self.reasons, self._remark_field, self.second):
            scroll.column.addWidget(widget)
        scroll.column.addStretch(1)
        keys = QHBoxLayout()
        keys.setSpacing(SPACE)
        keys.addWidget(self.reprint_key, 3)
        keys.addWidget(self.void_key, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(scroll, 1)
        column.addWidget(self._missing)
        column.addLayout(keys)

    @property
    def reason(self) -> ReprintReason | None:
        """The one that is down."""
        return next((value for value in self.reasons.values if isinstance(value, ReprintReason)), None)

    def show_state(self, state: RecordsState) -> None:
        """The only place that touches the widgets, but for what somebody types."""
        self._fill(state)
        self._show_standing(state)
        self._reason_title.setText(self.tr("Why"))
        self.reasons.set_words(self.tr("Why"), reason_names())
        self._remark_field.set_words(self.tr("Remark"))
        needed = state.reason is ReprintReason.OTHER and not state.remark.strip()
        self._remark_field.show_note(self.tr("say why") if needed else "", Mark.LOOK if needed else Mark.NONE)
        self.second.setVisible(state.second_due and state.allowed(Permission.REPRINT))
        self.second.show_words()
        self.second.setEnabled(state.free)
        self.reasons.setEnabled(state.free)
        self.remark.setEnabled(state.free)
        missing = self._missing_words(state)
        self._missing.setText(missing)
        self._missing.setVisible(bool(missing))
        self._show_keys(state)

    def _fill(self, state: RecordsState) -> None:
        """What the state forgot goes from the fields too."""
        self.reasons.choose(() if state.reason is None else (state.reason,))
        if self.remark.text() != state.remark:
            self.remark.setText(state.remark)
        if not (state.badge_read or state.name_and_pin) and (self.second.badge_read or self.second.name_and_pin):
            self.second.forget_quietly()

    def _show_standing(self, state: RecordsState) -> None:
        if state.unit is None:
            return
        standing = state.unit.standing
        line = self.tr("Replaced so far: {made}. One person alone may replace it {limit} times.")
        if not state.voidable:
            line = self.tr("This label is voided, and the device has no other.") + " " + line
        tone = Tone.ATTENTION if standing.made >= standing.limit else Tone.CALM
        self._standing.show_words(tone, line.format(made=standing.made, limit=standing.limit))

    def _show_keys(self, state: RecordsState) -> None:
        made = 0 if state.unit is None else state.unit.standing.made
        words = self.tr("Print it again as {mark}").format(mark=f"R{made + 1}")
        self.reprint_key.setText(words)
        self.reprint_key.setAccessibleName(words)
        self.reprint_key.setVisible(state.allowed(Permission.REPRINT))
        self.reprint_key.setEnabled(state.may_reprint)
        self.void_key.set_words(self.tr("Void it"), self.tr("Press again: void"))
        self.void_key.setVisible(state.voidable and state.allowed(Permission.VOID))
        self.void_key.setEnabled(state.may_void)
        if not state.may_void:
            self.void_key.disarm()

    def _missing_words(self, state: RecordsState) -> str:
        """What still keeps the key from being pressed."""
        if not state.allowed(Permission.REPRINT):
            return self.tr("You may not replace labels. Ask QA or the line lead.")
        if state.asked is not None:
            return self.tr("Working …")
        if state.reason is None:
            return self.tr("Choose why.")
        if not state.explained:
            return self.tr("Say why in the remark.")
        if state.second_due and not (state.badge_read or state.name_and_pin):
            return self.tr("A second person has to agree before it is printed again.")
        return ""

    @Slot(str)
    def read_badge(self, text: str) -> None:
        """A second person's badge was scanned."""
        self.second.read_badge(text)
