"""Somebody new: the first lead of a station that knows nobody, or anybody that a lead adds."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gizqr_station.domain.people import Role
from gizqr_station.gui.badge_field import BadgeField
from gizqr_station.gui.choice import Choice
from gizqr_station.gui.credential_fields import LONGEST_NAME
from gizqr_station.gui.duty_words import role_line, role_word
from gizqr_station.gui.form_field import FormField
from gizqr_station.gui.hand_button import HandButton
from gizqr_station.gui.new_pin_fields import NewPinFields
from gizqr_station.gui.people_state import PeopleState
from gizqr_station.gui.people_words import saying
from gizqr_station.gui.status_panel import StatusPanel
from gizqr_station.gui.tokens import ACTION_HEIGHT, FIELD_HEIGHT, SPACE


class NewPersonPane(QFrame):
    """``wanted`` carries name, role, PIN and badge; PIN and badge are gone from the screen by then."""

    wanted = Signal(str, object, str, str)
    badge_wanted = Signal()
    left = Signal()

    def __init__(self, *, first: bool, parent: QWidget | None = None) -> None:
        """``first``: the first lead, who has a PIN in any case."""
        super().__init__(parent)
        self.setObjectName("card")
        self._first = first
        self._free = True
        self._title = QLabel()
        self._title.setObjectName("title")
        self._how = QLabel()
        self._how.setObjectName("quiet")
        self._how.setWordWrap(True)
        self._said = StatusPanel()
        self.name = QLineEdit()
        self._name_field = FormField(self.name)
        self.role = Choice(tuple(Role))
        self._role_field = FormField(self.role)
        self._role_note = QLabel()
        self._role_note.setObjectName("quiet")
        self.pin = NewPinFields()
        self.badge = BadgeField()
        self._badge_field = FormField(self.badge)
        self.go = HandButton()
        self._back = QPushButton()

        self.name.setMaxLength(LONGEST_NAME)
        self.name.setFixedHeight(FIELD_HEIGHT)
        for button in (self.go, self._back):
            button.setMinimumHeight(ACTION_HEIGHT)
            button.setAutoDefault(False)
        self.name.textChanged.connect(self._check)
        self.pin.changed.connect(self._check)
        self.badge.changed.connect(self._check)
        self.role.changed.connect(self._check)
        self.badge.wanted.connect(self.badge_wanted)
        self.go.clicked.connect(self._go)
        self._back.clicked.connect(self.left)
        self._lay_out()

    def _lay_out(self) -> None:
        keys = QHBoxLayout()
        keys.setSpacing(SPACE)
        keys.addWidget(self._back, 1)
        keys.addWidget(self.go, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        for widget in (
            self._title, self._how, self._said, self._name_field, self._role_field, self._role_note, self.pin,
            self._badge_field,
        ):  # fmt: skip
            column.addWidget(widget)
        column.addStretch(1)
        column.addLayout(keys)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        for part in (self._role_field, self._role_note, self._back):
            part.setVisible(False)

    def show_state(self, state: PeopleState, language: str) -> None:
        """The only place that touches the widgets, but for what somebody types."""
        self._free = state.asked is None
        if self._first:
            self._title.setText(self.tr("The first lead"))
            how = self.tr("A lead adds people, approves labels and changes settings. Nobody is known here yet.")
        else:
            self._title.setText(self.tr("New person"))
            how = self.tr("With a PIN, a badge or both. Nobody can read them again, here or in the records.")
        self._how.setText(how)
        said = saying(state, language)
        self._said.setVisible(said is not None)
        if said is not None:
            self._said.show_said(said)
        self._name_field.set_words(self.tr("Name, as records say it"))
        self._role_field.set_words(self.tr("Role"))
        self._role_field.setVisible(not self._first)
        self._role_note.setVisible(not self._first)
        self.role.set_words(self.tr("Role"), {role: role_word(role) for role in Role})
        self.pin.speak(own=False)
        self._badge_field.set_words(self.tr("Badge"), self.tr("may come later"))
        self.badge.show_armed(state.armed_s, state.held_by)
        self.go.setText(self.tr("Make the first lead") if self._first else self.tr("Add"))
        self._back.setText(self.tr("Back"))
        for button in (self.go, self._back):
            button.setAccessibleName(button.text())
        self._back.setVisible(not self._first)
        self._check()

    def begin(self) -> None:
        """Nothing of the one before is left."""
        self.name.setText("")
        self.role.choose(Role.OPERATOR)
        self.pin.forget()
        self.badge.forget()
        self.name.setFocus()

    @Slot()
    def _check(self) -> None:
        role = self.role.value
        assert isinstance(role, Role)
        self._role_note.setText(role_line(role))
        by_badge = not self._first and self.pin.empty and self.badge.filled
        named = bool(self.name.text().strip())
        self.go.setEnabled(self._free and named and (self.pin.complete or by_badge))

    @Slot()
    def _go(self) -> None:
        pin, _ = self.pin.taken()
        role = Role.LEAD if self._first else self.role.value
        self.wanted.emit(self.name.text().strip(), role, pin, self.badge.taken())
