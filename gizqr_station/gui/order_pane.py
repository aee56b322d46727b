"""One work order: what it says, how it stands, and the next steps of whoever is on duty."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gizqr_station.domain.people import Permission
from gizqr_station.domain.work_order import OrderState
from gizqr_station.gui.balance_bar import BalanceBar
from gizqr_station.gui.confirm_button import ConfirmButton
from gizqr_station.gui.elided_label import ElidedLabel
from gizqr_station.gui.form_field import FormField
from gizqr_station.gui.hand_button import HandButton
from gizqr_station.gui.order_words import (
    article_line,
    changes_line,
    profile_line,
    saying,
    signatures_line,
    state_words,
    units_line,
)
from gizqr_station.gui.orders_state import OrdersState, may_begin
from gizqr_station.gui.status_panel import StatusPanel
from gizqr_station.gui.tokens import ACTION_HEIGHT, FIELD_HEIGHT, SPACE
from gizqr_station.workflows.order_happenings import OrderStanding

LONGEST_REMARK = 200
_NOT_BEGUN = frozenset({OrderState.PLANNED, OrderState.SIGNED})


class OrderPane(QFrame):
    """``close`` and ``cancel`` carry the remark; all are about the order shown."""

    sign = Signal()
    take = Signal()
    give_back = Signal()
    release = Signal()
    ended = Signal(str)
    cancelled = Signal(str)
    report = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._number = ""
        self._free = True
        self._title = ElidedLabel()
        self._title.setObjectName("title")
        self._state = QLabel()
        self._state.setObjectName("chip")
        self._profile = QLabel()
        self._units = QLabel()
        self._units.setObjectName("quiet")
        self._signed = QLabel()
        self._signed.setObjectName("quiet")
        self._balance = BalanceBar()
        self._article = QLabel()
        self._changes = QLabel()
        self._said = StatusPanel()
        self.remark = QLineEdit()
        self._remark_field = FormField(self.remark)
        self._sign = HandButton()
        self._take = ConfirmButton()
        self._give_back = ConfirmButton()
        self._release = HandButton()
        self._close = ConfirmButton()
        self._cancel = ConfirmButton()
        self._report = QPushButton()

        self.remark.setMaxLength(LONGEST_REMARK)
        self.remark.setFixedHeight(FIELD_HEIGHT)
        for label in (self._profile, self._units, self._signed, self._article, self._changes):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._article.setObjectName("strong")
        self.remark.textChanged.connect(self._check)
        self._sign.clicked.connect(self.sign)
        self._take.confirmed.connect(self.take)
        self._give_back.confirmed.connect(self.give_back)
        self._release.clicked.connect(self.release)
        self._close.confirmed.connect(self._say_close)
        self._cancel.confirmed.connect(self._say_cancel)
        self._report.clicked.connect(self.report)
        self._report.setAutoDefault(False)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self._title, 1)
        head.addWidget(self._state)
        keys = QHBoxLayout()
        keys.setSpacing(SPACE)
        for key in self._keys:
            key.setMinimumHeight(ACTION_HEIGHT)
            keys.addWidget(key, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addLayout(head)
        for widget in (
            self._profile, self._units, self._signed, self._balance, self._article, self._said,
        ):  # fmt: skip
            column.addWidget(widget)
        column.addStretch(1)
        column.addWidget(self._changes)
        column.addWidget(self._remark_field)
        column.addLayout(keys)

    @property
    def _keys(self) -> tuple[QPushButton, ...]:
        return (self._sign, self._take, self._give_back, self._release, self._close, self._cancel, self._report)

    def show_state(self, state: OrdersState, language: str) -> None:
        """The only place that touches the widgets, but for what somebody types."""
        self._speak()
        standing = state.standing
        if standing is None:
            return
        order = standing.order
        if order.number != self._number:
            self._number = order.number
            self.remark.setText("")
            for confirm in (self._take, self._give_back, self._close, self._cancel):
                confirm.disarm()
        self._free = state.asked is None
        self._title.show_text(order.number)
        self._state.setText(state_words(order.state))
        self._profile.setText(profile_line(order.profile))
        self._units.setText(units_line(order.profile))
        self._signed.setText(signatures_line(order))
        self._balance.show_balance(standing.balance)
        article = standing.first_article
        self._article.setVisible(article is not None)
        self._article.setText("" if article is None else article_line(article))
        said = saying(state, language)
        self._said.setVisible(said is not None)
        if said is not None:
            self._said.show_said(said)
        self._show_keys(state, standing)
        self._check()

    def _show_keys(self, state: OrdersState, standing: OrderStanding) -> None:
        order, may = standing.order, state.may
        takes = may_begin(state) and may(Permission.LABEL)
        closes = order.state is OrderState.RELEASED and may(Permission.CLOSE)
        # One that has labels is closed, not cancelled.
        begun = standing.balance.planned != standing.balance.remaining
        cancels = order.state in _NOT_BEGUN and not begun and may(Permission.SIGN_ORDER)
        self._changes.setText(self.tr("Changeover: {what}").format(what=changes_line(state)))
        short = standing.balance.verified < standing.balance.planned
        self._remark_field.set_words(
            self.tr("Why it is closed short") if closes and short else self.tr("Remark, why it is cancelled")
            if cancels else self.tr("Remark")
        )  # fmt: skip
        alone = state.releases_alone
        self._release.setText(self.tr("Release") if alone else self.tr("QA releases it"))
        self._release.setAccessibleName(self._release.text())
        wanted: dict[QWidget, bool] = {
            self._sign: order.state is OrderState.PLANNED and may(Permission.SIGN_ORDER),
            self._take: takes,
            self._changes: takes and bool(changes_line(state)),
            self._give_back: order.number == state.in_hand and may(Permission.LABEL),
            self._release: standing.first_article is not None,
            self._close: closes,
            self._cancel: cancels,
            self._report: order.state is not OrderState.PLANNED and may(Permission.EXPORT),
            self._remark_field: closes or cancels,
        }
        # Those that go first: for as long as both were there the window would grow, and never shrink again.
        for widget, seen in sorted(wanted.items(), key=lambda each: each[1]):
            widget.setVisible(seen)

    def _speak(self) -> None:
        self._sign.setText(self.tr("Sign"))
        self._take.set_words(self.tr("Work on it"), self.tr("Press again: change over"))
        self._give_back.set_words(self.tr("Work on no order"), self.tr("Press again: give it back"))
        self._close.set_words(self.tr("Close"), self.tr("Press again: close"))
        self._cancel.set_words(self.tr("Cancel it"), self.tr("Press again: cancel"))
        self._report.setText(self.tr("Report"))
        self._release.setText(self.tr("QA releases it"))
        for button in (self._sign, self._report, self._release):
            button.setAccessibleName(button.text())

    @Slot()
    def _check(self) -> None:
        for key in self._keys:
            key.setEnabled(self._free)
        self._cancel.setEnabled(self._free and bool(self.remark.text().strip()))

    @Slot()
    def _say_close(self) -> None:
        self.ended.emit(self.remark.text().strip())

    @Slot()
    def _say_cancel(self) -> None:
        self.cancelled.emit(self.remark.text().strip())
