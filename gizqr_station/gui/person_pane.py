"""One person: what they may do, how they show who they are, and what whoever is on duty may change of it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget

from gizqr_station.domain.people import Person, Role
from gizqr_station.gui.badge_field import BadgeField
from gizqr_station.gui.choice import Choice
from gizqr_station.gui.confirm_button import ConfirmButton
from gizqr_station.gui.duty_words import role_line, role_word
from gizqr_station.gui.elided_label import ElidedLabel
from gizqr_station.gui.form_field import FormField
from gizqr_station.gui.hand_button import HandButton
from gizqr_station.gui.new_pin_fields import NewPinFields
from gizqr_station.gui.people_state import PeopleState
from gizqr_station.gui.people_words import means_words, saying
from gizqr_station.gui.status_panel import StatusPanel
from gizqr_station.gui.tokens import ACTION_HEIGHT, FIELD_HEIGHT, FORM_HEADING, SPACE

_LANGUAGES = ("", "en", "zh_CN")


class PersonPane(QFrame):
    """``pin`` carries the new and the old one, ``badge`` its text or nothing; all are about the person shown."""

    role = Signal(object)
    pin = Signal(str, str)
    badge = Signal(str)
    badge_wanted = Signal()
    active = Signal(bool)
    language = Signal(str)
    unlocked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._person: Person | None = None
        self._state = PeopleState()
        self._title = ElidedLabel()
        self._title.setObjectName("title")
        self._about = QLabel()
        self._about.setObjectName("quiet")
        self._about.setWordWrap(True)
        self._said = StatusPanel()
        self.roles = Choice(tuple(Role))
        self._role_field = FormField(self.roles)
        self._set_role = HandButton()
        self.pins = NewPinFields()
        self._set_pin = HandButton()
        self.badges = BadgeField()
        self._badge_field = FormField(self.badges)
        self._set_badge = HandButton()
        self._no_badge = ConfirmButton()
        self.languages = Choice(_LANGUAGES)
        self._language_field = FormField(self.languages)
        self._unlock = HandButton()
        self._leaves = ConfirmButton()
        self._returns = HandButton()

        for button in (self._set_role, self._set_pin, self._set_badge, self._no_badge):
            button.setFixedHeight(FIELD_HEIGHT)
        for key in (self._unlock, self._returns, self._leaves):
            key.setMinimumHeight(ACTION_HEIGHT)
        self.roles.changed.connect(self._check)
        self.pins.changed.connect(self._check)
        self.badges.changed.connect(self._check)
        self.badges.wanted.connect(self.badge_wanted)
        self.languages.changed.connect(self._say_language)
        self._set_role.clicked.connect(self._say_role)
        self._set_pin.clicked.connect(self._say_pin)
        self._set_badge.clicked.connect(self._say_badge)
        self._no_badge.confirmed.connect(self._say_no_badge)
        self._unlock.clicked.connect(self.unlocked)
        self._leaves.confirmed.connect(self._say_leaves)
        self._returns.clicked.connect(self._say_returns)
        self._lay_out()

    def _lay_out(self) -> None:
        keys = QHBoxLayout()
        keys.setSpacing(SPACE)
        for key in (self._unlock, self._returns, self._leaves):
            keys.addWidget(key)
        keys.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        for widget in (self._title, self._about, self._said):
            column.addWidget(widget)
        column.addLayout(_beside(self._role_field, self._set_role))
        column.addLayout(_beside(self.pins, self._set_pin))
        column.addLayout(_beside(self._badge_field, self._set_badge, self._no_badge))
        column.addWidget(self._language_field)
        column.addStretch(1)
        column.addLayout(keys)

    def show_state(self, state: PeopleState, language: str) -> None:
        """The only place that touches the widgets, but for what somebody types."""
        person = state.person
        if person is None or self._person is None or person.id != self._person.id:
            self._begin(person)
        elif self._person.role is not person.role:
            self.roles.choose(person.role)
        self._person, self._state = person, state
        said = saying(state, language)
        self._said.setVisible(said is not None)
        if said is not None:
            self._said.show_said(said)
        self._speak()
        self._show_person(person, state)
        self._check()

    def _begin(self, person: Person | None) -> None:
        """Nothing that was typed for the one before is left."""
        self.pins.forget()
        self.badges.forget()
        self._leaves.disarm()
        self._no_badge.disarm()
        if person is not None:
            self.roles.choose(person.role)
            self.languages.choose(person.language if person.language in _LANGUAGES else "")

    def _show_person(self, person: Person | None, state: PeopleState) -> None:
        own = person is not None and person.id == state.own
        manages, here = state.manages, person is not None and person.active
        self._role_field.setVisible(manages and here)
        self._set_role.setVisible(manages and here)
        for pin in (self.pins, self._set_pin):
            pin.setVisible(here and (own or manages))
        for badge in (self._badge_field, self._set_badge):
            badge.setVisible(here and manages)
        self._no_badge.setVisible(here and manages and person is not None and person.has_badge)
        self._language_field.setVisible(here and (own or manages))
        self._unlock.setVisible(manages and person is not None and bool(person.locked_out or person.failures))
        self._leaves.setVisible(here and manages)
        self._returns.setVisible(manages and person is not None and not person.active)
        if person is None:
            self._title.show_text("")
            self._about.setText(self.tr("Choose somebody. Whoever signs in changes their own PIN here."))
            return
        self._title.show_text(person.name)
        left = "" if person.active else self.tr("has left")
        self._about.setText(
            " · ".join(part for part in (role_word(person.role), means_words(person), left) if part)
            + f"\n{role_line(person.role)}"
        )

    def _speak(self) -> None:
        person = self._person
        self._role_field.set_words(self.tr("Role"))
        self.roles.set_words(self.tr("Role"), {role: role_word(role) for role in Role})
        self._set_role.setText(self.tr("Change role"))
        # Who signed in with a badge alone has no old one to show.
        asked = person is not None and person.id == self._state.own and person.has_pin
        self.pins.speak(own=asked)
        self._set_pin.setText(self.tr("Set PIN"))
        self._badge_field.set_words(self.tr("New badge"))
        self.badges.show_armed(self._state.armed_s, self._state.held_by)
        self._set_badge.setText(self.tr("Set badge"))
        self._no_badge.set_words(self.tr("Take badge away"), self.tr("Press again"))
        self._language_field.set_words(self.tr("Language of the screen while they work"))
        names: dict[object, str] = {"": self.tr("As the station"), "en": "English", "zh_CN": "中文"}
        self.languages.set_words(self.tr("Language"), names)
        self._unlock.setText(self.tr("Unlock"))
        self._returns.setText(self.tr("Works here again"))
        self._leaves.set_words(self.tr("Has left"), self.tr("Press again: signs in no more"))
        for button in (self._set_role, self._set_pin, self._set_badge, self._unlock, self._returns):
            button.setAccessibleName(button.text())

    @Slot()
    def _check(self) -> None:
        person, free = self._person, self._state.asked is None
        self._set_role.setEnabled(free and person is not None and self.roles.value is not person.role)
        self._set_pin.setEnabled(free and self.pins.complete)
        self._set_badge.setEnabled(free and self.badges.filled)
        buttons: tuple[QPushButton, ...] = (self._no_badge, self._unlock, self._leaves, self._returns)
        for button in buttons:
            button.setEnabled(free)

    @Slot()
    def _say_role(self) -> None:
        self.role.emit(self.roles.value)

    @Slot()
    def _say_pin(self) -> None:
        self.pin.emit(*self.pins.taken())

    @Slot()
    def _say_badge(self) -> None:
        self.badge.emit(self.badges.taken())

    @Slot()
    def _say_no_badge(self) -> None:
        self.badge.emit("")

    @Slot()
    def _say_language(self) -> None:
        self.language.emit(str(self.languages.value))

    @Slot()
    def _say_leaves(self) -> None:
        self.active.emit(False)

    @Slot()
    def _say_returns(self) -> None:
        self.active.emit(True)


def _beside(field: QWidget, *buttons: QPushButton) -> QLayout:
    """A field and the keys that act on it, level with what is typed."""
    keys = QHBoxLayout()
    keys.setContentsMargins(0, FORM_HEADING, 0, 0)
    keys.setSpacing(SPACE)
    for button in buttons:
        keys.addWidget(button)
    held = QVBoxLayout()
    held.addLayout(keys)
    held.addStretch(1)
    row = QHBoxLayout()
    row.setSpacing(SPACE)
    row.addWidget(field, 1)
    row.addLayout(held)
    return row
