"""Where the units of an order are: a bar, and the five numbers of it with their words."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gizqr_station.domain.work_order import OrderBalance
from gizqr_station.gui.codes_words import number_words
from gizqr_station.gui.order_words import balance_line, balance_words
from gizqr_station.gui.tokens import BALANCE_HEIGHT, CARD, LINE, QUIET_TEXT, SPACE, TONES, Tone

_SIGNS = ("", "=", "+", "+", "+")
_LEAST = 4.0
"""Pixels of a part that is not empty: one unknown unit among thousands is seen."""


class _Bar(QWidget):
    """Verified, voided, unknown and remaining in this order; each has a pattern of its own besides its colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.balance = OrderBalance(0, 0, 0, 0)
        self.setFixedHeight(BALANCE_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(200, BALANCE_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """One part beside the other."""
        del event
        painter = QPainter(self)
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.fillRect(whole, QColor(CARD.ground))
        left = whole.left()
        for width, brush in zip(parts_of(self.balance, whole.width()), _brushes(), strict=True):
            painter.fillRect(QRectF(left, whole.top(), width, whole.height()), brush)
            left += width
        painter.setPen(QColor(LINE))
        painter.drawRect(whole)


class BalanceBar(QWidget):
    """Shows one OrderBalance."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = _Bar()
        self._numbers = [QLabel() for _ in _SIGNS]
        self._words = [QLabel() for _ in _SIGNS]
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(0)
        for at, sign in enumerate(_SIGNS):
            if sign:
                between = QLabel(sign)
                between.setObjectName("title")
                grid.addWidget(between, 0, 2 * at - 1, Qt.AlignmentFlag.AlignHCenter)
            self._numbers[at].setObjectName("title")
            self._words[at].setObjectName("quiet")
            grid.addWidget(self._numbers[at], 0, 2 * at)
            grid.addWidget(self._words[at], 1, 2 * at)
        grid.setColumnStretch(2 * len(_SIGNS), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self._bar)
        column.addLayout(grid)

    def show_balance(self, balance: OrderBalance) -> None:
        """The only place that touches the widgets."""
        numbers = (balance.planned, balance.verified, balance.voided, balance.unknown, balance.remaining)
        for number, word, count, said in zip(self._numbers, self._words, numbers, balance_words(), strict=True):
            number.setText(number_words(count))
            word.setText(said)
        self._bar.balance = balance
        self._bar.update()
        self._bar.setAccessibleName(balance_line(balance))
        self.setAccessibleName(balance_line(balance))


def parts_of(balance: OrderBalance, width: float) -> tuple[float, float, float, float]:
    """Pixels of verified, voided, unknown and remaining; what is not empty is seen, and all is as wide as the bar."""
    counts = (balance.verified, balance.voided, balance.unknown, max(0, balance.remaining))
    total = sum(counts)
    if not total:
        return (0.0, 0.0, 0.0, 0.0)
    wide = [max(_LEAST, width * count / total) if count else 0.0 for count in counts]
    scale = width / sum(wide)
    return (wide[0] * scale, wide[1] * scale, wide[2] * scale, wide[3] * scale)


def _brushes() -> tuple[QBrush, QBrush, QBrush, QBrush]:
    return (
        QBrush(QColor(TONES[Tone.GOOD].ground)),
        QBrush(QColor(QUIET_TEXT), Qt.BrushStyle.BDiagPattern),
        QBrush(QColor(TONES[Tone.ACT].ground), Qt.BrushStyle.Dense4Pattern),
        QBrush(QColor(TONES[Tone.CALM].ground)),
    )
