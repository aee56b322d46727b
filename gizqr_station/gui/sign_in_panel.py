"""Where somebody takes over: any badge, or a name and a PIN, by keyboard or by fingers in gloves."""

from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from gizqr_station.domain.people import Credential
from gizqr_station.domain.people_failures import TriesExhausted
from gizqr_station.gui import sign_in_state
from gizqr_station.gui.countdown import Countdown
from gizqr_station.gui.credential_fields import CredentialFields
from gizqr_station.gui.people_controls import PeopleControls
from gizqr_station.gui.sign_in_state import SignInState
from gizqr_station.gui.status_panel import Said, StatusPanel, said_of
from gizqr_station.gui.tokens import ACTION_HEIGHT, SPACE, Tone
from gizqr_station.gui.window_page import WindowPage
from gizqr_station.workflows.happenings import Happening
from gizqr_station.workflows.people_happenings import OnDuty, PeopleDone, PeopleWork


class SignInPanel(WindowPage):
    """Shows one SignInState in place of a page; ``left`` when the page before is wanted again.

    The line goes on behind it: its strip stands above, and a scan is the line's as on any page.
    """

    left = Signal()

    def __init__(self, controls: PeopleControls, *, language: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self.state = SignInState()
        self._controls = controls
        self._language = language
        self._waits = Countdown(parent=self)
        self._title = QLabel()
        self._title.setObjectName("title")
        self._how = QLabel()
        self._how.setWordWrap(True)
        self._said = StatusPanel()
        self.fields = CredentialFields()
        self._lock = QPushButton()
        self._sign_out = QPushButton()
        self._back = QPushButton()

        for button in (self._lock, self._sign_out, self._back):
            button.setMinimumHeight(ACTION_HEIGHT)
            button.setAutoDefault(False)
        self.fields.entered.connect(self._sign_in)
        self.fields.typed.connect(self._forget_failure)
        self._lock.clicked.connect(self._lock_now)
        self._sign_out.clicked.connect(self._sign_out_now)
        self._back.clicked.connect(self.left)
        self._waits.changed.connect(self._count_down)

        self._lay_out()
        self._draw()

    def _lay_out(self) -> None:
        keys = QHBoxLayout()
        keys.setSpacing(SPACE)
        for button in (self._back, self._lock, self._sign_out):
            keys.addWidget(button, 1)
        column = self.fields.left
        for at, widget in enumerate((self._title, self._how, self._said)):
            column.insertWidget(at, widget)
        column.addStretch(0)
        column.addLayout(keys)
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        inside.addWidget(self.fields)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        whole.addWidget(card, 1)

    @property
    def title(self) -> str:
        """It has no tab."""
        return self.tr("Who works here?")

    def hear(self, happening: Happening) -> None:
        """Something happened; whoever is on duty by now wants the page before."""
        visible, was_asked = self.isVisible(), self.state.asked
        self.state = sign_in_state.after(self.state, happening)
        if isinstance(happening, PeopleDone) and happening.work is PeopleWork.SIGN_IN:
            self._wait(happening)
        self._draw()
        if visible and isinstance(happening, OnDuty) and self.state.working:
            self.left.emit()
        elif visible and was_asked and self.state.failure is not None:
            self.fields.begin(self.fields.name.text())

    def speak(self, language: str) -> None:
        """The same in another language."""
        self._language = language
        self._draw()

    def looked_at(self, *, visible: bool) -> None:
        """People may have changed at another station; who turned away left their try behind."""
        super().looked_at(visible=visible)
        self._controls.shown(visible=visible)
        if visible:
            locked = self.state.duty if self.state.duty is not None and self.state.duty.locked else None
            self.fields.begin("" if locked is None else locked.name)
        else:
            self._waits.stop()
            self.state = sign_in_state.left(self.state)
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _wait(self, done: PeopleDone) -> None:
        """As long as is told, or until the time that is kept with the person."""
        until = None if done.person is None else done.person.locked_until
        left_s = 0.0 if until is None else (until - datetime.now(UTC)).total_seconds()
        if isinstance(done.failure, TriesExhausted):
            left_s = max(left_s, done.failure.seconds)
        self._waits.start(left_s if done.failure is not None else 0.0)
        self.state = replace(self.state, wait_s=self._waits.left_s)

    def _draw(self) -> None:
        state = self.state
        locked = state.duty is not None and state.duty.locked
        self._title.setText(self.title)
        badge, by_hand = self.tr("Scan your badge, on any page."), self.tr("Or choose your name and type your PIN.")
        self._how.setText(f"{badge} {by_hand}")
        self._said.show_said(self._saying())
        self.fields.show_people(
            state.people,
            self.tr("Unlock") if locked else self.tr("Sign in"),
            free=not state.asked and not state.wait_s and not state.ended,
        )
        self._lock.setText(self.tr("Lock"))
        self._sign_out.setText(self.tr("Sign out"))
        self._back.setText(self.tr("Back  (Esc)"))
        for button in (self._lock, self._sign_out, self._back):
            button.setAccessibleName(button.text())
        self._lock.setVisible(state.working)
        self._sign_out.setVisible(state.duty is not None and state.duty.person is not None)

    def _saying(self) -> Said:
        state = self.state
        if state.asked:
            return Said(Tone.CALM, "working", self.tr("Looking at it."))
        if state.failure is not None:
            said = said_of(state.failure, Tone.ATTENTION, self.tr("Who can mend it: {owner}"), self._language)
            if not state.wait_s:
                return said
            return replace(said, do=self.tr("The next PIN is looked at in {seconds} s.").format(seconds=state.wait_s))
        duty = state.duty
        if duty is None or (duty.person is None and not duty.first_lead_due):
            return Said(Tone.CALM, "person", self.tr("Nobody is signed in."))
        if duty.first_lead_due:
            return Said(
                Tone.CALM, "person", self.tr("No people are known yet: the first lead is made on the People page.")
            )
        words = self.tr("{name} is away for a moment.") if duty.locked else self.tr("{name} works here.")
        return Said(Tone.CALM, "lock" if duty.locked else "person", words.format(name=duty.name))

    @Slot(object)
    def _sign_in(self, credential: Credential) -> None:
        if not self.state.asked and not self.state.wait_s:
            self.state = sign_in_state.asking(self.state)
            # The fields give way while it is looked at: Qt would give the focus to the next key there is.
            self.setFocus()
            self._controls.sign_in(credential)
            self._draw()

    @Slot()
    def _forget_failure(self) -> None:
        if self.state.failure is not None and not self.state.wait_s and self.fields.pin.text():
            self.state = sign_in_state.left(self.state)
            self._draw()

    @Slot()
    def _count_down(self) -> None:
        self.state = replace(self.state, wait_s=self._waits.left_s)
        self._draw()

    @Slot()
    def _lock_now(self) -> None:
        self._controls.lock()
        self.left.emit()

    @Slot()
    def _sign_out_now(self) -> None:
        self._controls.sign_out()
        self.fields.begin()
