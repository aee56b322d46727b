"""The people page: who works here, what they may do, and how they show who they are."""

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QPushButton

from gizqr_station.domain.people import Role
from gizqr_station.gui import people_state
from gizqr_station.gui.badge_scan import BadgeScan
from gizqr_station.gui.desk_page import DeskPage
from gizqr_station.gui.new_person_pane import NewPersonPane
from gizqr_station.gui.people_controls import PeopleControls
from gizqr_station.gui.people_state import Pane, PeopleState
from gizqr_station.gui.people_words import row_of_person
from gizqr_station.gui.person_pane import PersonPane
from gizqr_station.gui.row_list import RowList
from gizqr_station.gui.tokens import ACTION_HEIGHT, PORT_ROW_HEIGHT
from gizqr_station.workflows.happenings import Happening
from gizqr_station.workflows.people_happenings import PeopleDone, PeopleWork


class PeoplePage(DeskPage[PeopleState]):
    """Shows one PeopleState; PINs and badges stand in their fields alone, and only until they are asked for."""

    def __init__(self, controls: PeopleControls, badge_scan: BadgeScan, *, language: str) -> None:
        super().__init__(PeopleState(), people_state.after, language=language)
        self._controls = controls
        self._badge_scan = badge_scan
        self._people_title = QLabel()
        self._people_title.setObjectName("heading")
        self._people = RowList(PORT_ROW_HEIGHT)
        self._add = QPushButton()
        self._first_lead = NewPersonPane(first=True)
        self._new = NewPersonPane(first=False)
        self._person = PersonPane()

        self._connect()
        for pane in (self._first_lead, self._new, self._person):
            self._panes.addWidget(pane)
        self._add.setMinimumHeight(ACTION_HEIGHT)
        self._add.setAutoDefault(False)
        self._lay_out_beside(((self._people_title, 0), (self._people, 1), (self._add, 0)))
        self._draw()

    def _connect(self) -> None:
        self._badge_scan.changed.connect(self._show_badge_scan)
        self._people.picked.connect(self._look_at)
        self._add.clicked.connect(self._begin_new)
        self._new.left.connect(self._leave_new)
        self._new.wanted.connect(self._add_person)
        self._new.badge_wanted.connect(self._arm_for_new)
        self._first_lead.wanted.connect(self._make_first_lead)
        self._first_lead.badge_wanted.connect(self._arm_for_first)
        self._person.badge_wanted.connect(self._arm_for_person)
        self._person.role.connect(self._change_role)
        self._person.active.connect(self._change_active)
        self._person.language.connect(self._change_language)
        self._person.pin.connect(self._set_pin)
        self._person.badge.connect(self._set_badge)
        self._person.unlocked.connect(self._unlock)

    @property
    def title(self) -> str:
        """On its tab."""
        return self.tr("People")

    def hear(self, happening: Happening) -> None:
        """Something happened; what was typed in somebody's name is nobody else's."""
        before = self.state.own
        super().hear(happening)
        if self.state.own != before:
            self._forget()
        if isinstance(happening, PeopleDone) and happening.work is PeopleWork.ADD and happening.failure is None:
            self._new.begin()

    def speak(self, language: str) -> None:
        """Show the same state in another language; the translator is installed already."""
        for pane in (self._first_lead, self._new, self._person):
            pane.show_state(self.state, language)
        super().speak(language)

    def _draw_opened(self) -> None:
        state = self.state
        self._people_title.setText(self.tr("People of this ledger"))
        self._people.setAccessibleName(self._people_title.text())
        person = state.person
        shown = None if state.pane is not Pane.PERSON or person is None else person.id
        self._people.show_rows(
            [row_of_person(each, chosen=each.id == shown, own=each.id == state.own) for each in state.people]
        )
        self._add.setText(self.tr("New person"))
        self._add.setAccessibleName(self._add.text())
        self._add.setVisible(state.manages)
        self._add.setEnabled(state.pane is not Pane.NEW)
        panes: dict[Pane, NewPersonPane | PersonPane] = {
            Pane.FIRST_LEAD: self._first_lead,
            Pane.NEW: self._new,
            Pane.PERSON: self._person,
        }
        pane = panes[state.pane]
        if pane is not self._panes.currentWidget() and self._panes.isAncestorOf(self.window().focusWidget() or self):
            # Otherwise Qt gives the focus to whatever comes next, and that may change somebody.
            self.setFocus()
        pane.show_state(state, self._language)
        self._panes.setCurrentWidget(pane)

    def looked_at(self, *, visible: bool) -> None:
        """People may have been changed at another station; who looks elsewhere wants no badge taken."""
        super().looked_at(visible=visible)
        self._controls.shown(visible=visible)
        if not visible:
            self._badge_scan.disarm()
            self._forget()

    def _forget(self) -> None:
        for pane in (self._first_lead, self._new):
            pane.pin.forget()
            pane.badge.forget()
        self._person.pins.forget()
        self._person.badges.forget()

    @Slot()
    def _show_badge_scan(self) -> None:
        if self.isVisible():
            self.show_state(replace(self.state, armed_s=self._badge_scan.left_s, held_by=self._badge_scan.held_by))

    @Slot(str)
    def _look_at(self, number: str) -> None:
        self._badge_scan.disarm()
        self.show_state(people_state.looking_at(self.state, int(number)))

    @Slot()
    def _begin_new(self) -> None:
        self._badge_scan.disarm()
        self.show_state(people_state.adding(self.state))
        self._new.begin()

    @Slot()
    def _leave_new(self) -> None:
        self._badge_scan.disarm()
        self.show_state(people_state.looking_at(self.state, self.state.chosen))

    @Slot()
    def _arm_for_new(self) -> None:
        self._badge_scan.arm(self._new.badge.take)

    @Slot()
    def _arm_for_first(self) -> None:
        self._badge_scan.arm(self._first_lead.badge.take)

    @Slot()
    def _arm_for_person(self) -> None:
        self._badge_scan.arm(self._person.badges.take)

    @Slot(str, object, str, str)
    def _make_first_lead(self, name: str, role: Role, pin: str, badge: str) -> None:
        del role
        self._ask(PeopleWork.FIRST_LEAD)
        self._controls.make_first_lead(name, pin, badge)

    @Slot(str, object, str, str)
    def _add_person(self, name: str, role: Role, pin: str, badge: str) -> None:
        self._ask(PeopleWork.ADD)
        self._controls.add(name, role, pin, badge)

    @Slot(object)
    def _change_role(self, role: Role) -> None:
        number = self._ask(PeopleWork.CHANGE)
        self._controls.change(number, role=role)

    @Slot(bool)
    def _change_active(self, active: bool) -> None:
        number = self._ask(PeopleWork.CHANGE)
        self._controls.change(number, active=active)

    @Slot(str)
    def _change_language(self, language: str) -> None:
        number = self._ask(PeopleWork.CHANGE)
        self._controls.change(number, language=language)

    @Slot(str, str)
    def _set_pin(self, new: str, old: str) -> None:
        number = self._ask(PeopleWork.PIN)
        self._controls.set_pin(number, new, old)

    @Slot(str)
    def _set_badge(self, badge: str) -> None:
        number = self._ask(PeopleWork.BADGE)
        self._controls.set_badge(number, badge)

    @Slot()
    def _unlock(self) -> None:
        number = self._ask(PeopleWork.UNLOCK)
        self._controls.unlock(number)

    def _ask(self, work: PeopleWork) -> int:
        """Number of the person that it is about."""
        person = self.state.person
        self._badge_scan.disarm()
        self.show_state(people_state.asking(self.state, work))
        return 0 if person is None else person.id
