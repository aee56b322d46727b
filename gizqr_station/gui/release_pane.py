"""QA releases an order by scanning its first label, and shows who they are where somebody else is on duty."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from gizqr_station.domain.people import Permission, Person
from gizqr_station.gui.credential_fields import CredentialFields
from gizqr_station.gui.order_words import article_line, profile_line, saying
from gizqr_station.gui.orders_state import OrdersState
from gizqr_station.gui.status_panel import Said, StatusPanel
from gizqr_station.gui.tokens import ACTION_HEIGHT, SPACE, Tone


class ReleasePane(QFrame):
    """``entered`` carries a NameAndPin, ``badge`` that label or badge are to be scanned; ``left`` leads back."""

    entered = Signal(object)
    badge = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._title = QLabel()
        self._title.setObjectName("title")
        self._article = QLabel()
        self._article.setObjectName("strong")
        self._profile = QLabel()
        self._said = StatusPanel()
        self.fields = CredentialFields()
        self._scan = QPushButton()
        self._back = QPushButton()

        for label in (self._article, self._profile):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        for button in (self._scan, self._back):
            button.setMinimumHeight(ACTION_HEIGHT)
            button.setAutoDefault(False)
        self.fields.entered.connect(self.entered)
        self._scan.clicked.connect(self.badge)
        self._back.clicked.connect(self.left)

        left = self.fields.left
        for at, widget in enumerate((self._title, self._article, self._profile, self._said)):
            left.insertWidget(at, widget)
        left.addStretch(1)
        left.addWidget(self._scan)
        left.addWidget(self._back)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.addWidget(self.fields)

    def show_state(self, state: OrdersState, language: str, people: tuple[Person, ...] = ()) -> None:
        """The only place that touches the widgets, but for what somebody types."""
        standing = state.standing
        self._title.setText(self.tr("First label"))
        article = None if standing is None else standing.first_article
        self._article.setText("" if article is None else article_line(article))
        self._profile.setText("" if standing is None else profile_line(standing.order.profile))
        self._said.show_said(saying(state, language) or self._asking(state))
        made_by = "" if article is None else article.draft.operator
        alone = state.releases_alone
        others = tuple(each for each in people if each.may(Permission.RELEASE_ORDER) and each.name != made_by)
        free = state.asked is None and state.article_scanned
        self.fields.show_people(() if alone else others, self.tr("Release"), free=free)
        self.fields.offer(on=not alone)
        self._scan.setText(self._scan_words(state))
        self._scan.setAccessibleName(self._scan.text())
        self._back.setText(self.tr("Back"))
        self._back.setAccessibleName(self._back.text())

    def _asking(self, state: OrdersState) -> Said:
        if state.held_by:
            return Said(Tone.ATTENTION, "scan", self.tr("A label waits for its scan at the line: that one first."))
        if state.other_scanned:
            return Said(Tone.ATTENTION, "scan", self.tr("That was not the QR code of this label. Scan it once more."))
        if not state.article_scanned:
            return Said(Tone.ACT, "scan", self.tr("QA compares the label with the order, and scans its QR code."))
        how = self.tr("The first label is scanned. QA says so with their own badge or PIN.")
        return Said(Tone.ACT, "badge", how)

    def _scan_words(self, state: OrdersState) -> str:
        if not state.article_scanned:
            return self.tr("Scan the first label now") if state.armed_s else self.tr("Scan the first label")
        if state.armed_s:
            return self.tr("Scan the badge now: {seconds} s").format(seconds=state.armed_s)
        return self.tr("Scan QA's badge")
