"""What the pool holds, at a glance: how many codes, what the order still needs, the limit, and the service."""

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from gizqr_station.gui.codes_state import CodesState
from gizqr_station.gui.codes_words import (
    not_encrypted,
    number_words,
    order_words,
    quota_words,
    sandbox_words,
)
from gizqr_station.gui.elided_label import ElidedLabel
from gizqr_station.gui.marked_line import MarkedLine
from gizqr_station.gui.tokens import SPACE, Tone


class CodesSummary(QFrame):
    """Stands beside all parts of the page; nothing of it can be pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = QLabel()
        self._heading.setObjectName("heading")
        self._number = QLabel()
        self._number.setObjectName("number")
        self._sandbox = MarkedLine()
        self._order = MarkedLine()
        self._quota = MarkedLine()
        self._service = ElidedLabel()
        self._service.setObjectName("quiet")
        self._open = MarkedLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        for widget in (
            self._heading,
            self._number,
            self._sandbox,
            self._order,
            self._quota,
            self._service,
            self._open,
        ):
            column.addWidget(widget)

    def show_state(self, state: CodesState) -> None:
        """The only place that touches the widgets."""
        self._heading.setText(self.tr("Codes in the pool"))
        pool = state.pool
        self._number.setVisible(pool is None or bool(pool.service))
        self._number.setText("–" if pool is None else number_words(pool.codes))
        self._number.setAccessibleName(f"{self._heading.text()}: {self._number.text()}")
        for line in (self._sandbox, self._order, self._quota, self._open):
            line.setVisible(pool is not None)
        self._service.setVisible(pool is not None)
        if pool is None:
            return
        self._sandbox.show_words(Tone.ATTENTION, sandbox_words(pool))
        self._order.show_words(*order_words(pool))
        self._quota.show_words(*(quota_words(pool) or (Tone.CALM, "")))
        self._service.show_text(pool.service)
        self._service.setVisible(bool(pool.service))
        # It stays as long as it is so, and asks for nothing: who runs the station knows why.
        open_line = not_encrypted() if pool.service and not pool.encrypted else ""
        self._open.show_words(Tone.ATTENTION, open_line)
