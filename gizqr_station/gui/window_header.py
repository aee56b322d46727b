"""The window's header: its pages, what is not handed over yet, who works here, and the other language."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gizqr_station.domain.result import Destination
from gizqr_station.gui.duty_button import DutyButton
from gizqr_station.gui.page_tabs import PageTabs
from gizqr_station.gui.tokens import SPACE
from gizqr_station.wording import words_for
from gizqr_station.workflows.happenings import Happening
from gizqr_station.workflows.outbox_happenings import OutboxSeen
from gizqr_station.workflows.people_happenings import OnDuty


class WindowHeader(QWidget):
    """``language`` and ``person`` when these were pressed; the tabs tell by themselves."""

    language = Signal()
    person = Signal()

    def __init__(self, *, station: str, operator: str, demo: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._demo = demo
        self._duty: OnDuty | None = None
        self._outboxes: dict[Destination, OutboxSeen] = {}
        self.tabs = PageTabs()
        self.duty = DutyButton(station, operator)
        self.switch = QPushButton()
        self._outbox = QLabel()
        self._demo_sign = QLabel()
        self._outbox.setObjectName("small")
        self._outbox.setTextFormat(Qt.TextFormat.PlainText)
        self._outbox.hide()
        self._demo_sign.setObjectName("strong")
        self._demo_sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        if not demo:
            self._demo_sign.hide()
        self.switch.setObjectName("language")
        self.switch.setFocusPolicy(Qt.FocusPolicy.TabFocus)

        self.switch.clicked.connect(self.language)
        self.duty.clicked.connect(self.person)

        row = QHBoxLayout()
        row.setContentsMargins(2 * SPACE, SPACE // 2, 2 * SPACE, SPACE // 2)
        row.setSpacing(SPACE)
        row.addWidget(self.tabs)
        row.addStretch(1)
        row.addWidget(self._outbox)
        row.addWidget(self.duty, 2)
        row.addWidget(self.switch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._demo_sign)

    def hear(self, happening: Happening, language: str) -> None:
        """Something happened: perhaps somebody else works here, or something was handed over."""
        if isinstance(happening, OnDuty):
            self._duty = happening
            self.duty.show_duty(happening)
        elif isinstance(happening, OutboxSeen):
            self._outboxes[happening.destination] = happening
            self._show_outbox(language)

    def forget(self) -> None:
        """As before anything was told."""
        self._duty = None
        self._outboxes = {}

    def _show_outbox(self, language: str) -> None:
        """How many results are not handed over, to all destinations; nothing where no outbox was ever told of."""
        every = [self._outboxes[each] for each in Destination if each in self._outboxes]
        self._outbox.setVisible(bool(every))
        if not every:
            return
        unsent, given_up = sum(each.unsent for each in every), sum(each.given_up for each in every)
        trouble = any(each.unsent and (each.given_up or each.failure is not None) for each in every)
        # Named as what it is: colour says it again to whoever sees it.
        self._outbox.setObjectName("amber" if trouble else "small")
        self._outbox.style().unpolish(self._outbox)
        self._outbox.style().polish(self._outbox)
        self._outbox.setText(self.tr("unsent: {number}").format(number=unsent))
        said = [self.tr("Results not handed over yet: {number}").format(number=unsent)]
        if given_up:
            said.append(self.tr("of them waiting for a person: {number}").format(number=given_up))
        said += [words_for(each.failure, language).line for each in every if each.failure is not None]
        self._outbox.setToolTip(". ".join(said))
        self._outbox.setAccessibleName(". ".join(said))

    def reword(self, language: str) -> None:
        """Everything that never changes by itself, in the language of the moment."""
        self._demo_sign.setText(self.tr("DEMO: every label is marked TEST and binds nothing") if self._demo else "")
        self.switch.setText("中文" if language == "en" else "English")
        self.switch.setAccessibleName(self.tr("Switch the language"))
        self.duty.show_duty(self._duty)
        self._show_outbox(language)
