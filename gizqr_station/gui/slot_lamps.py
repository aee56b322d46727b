"""The lamps of the slots, side by side over the band: number, icon, word and colour, to be read from three metres."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from gizqr_station.gui.icons import icon_pixmap
from gizqr_station.gui.slot_words import LampWords
from gizqr_station.gui.tokens import (
    CARD,
    LAMP_HEIGHT,
    LAMP_LEAST_TEXT,
    LAMP_NUMBER,
    LAMP_WIDE,
    LAMP_WORD,
    LINE,
    SMALL_TEXT,
    SPACE,
    TONES,
    Paint,
)

_ICON = 30
_PIN = 14
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class SlotLamp(QPushButton):
    """One slot. The one that the page is about grows down into the band, as its heading."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words: LampWords | None = None
        self.setFixedHeight(LAMP_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)

    def show_words(self, words: LampWords) -> None:
        """The only place that changes what is painted."""
        if words == self.words:
            return
        self.words = words
        self.setAccessibleName(words.said)
        self.setToolTip(words.name)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(LAMP_WIDE, LAMP_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Eight stand side by side on the narrowest screen."""
        return QSize(96, LAMP_HEIGHT)

    @property
    def paint(self) -> Paint:
        """Ground and text: a free slot is quieter than a working one, unless the band goes on from it."""
        assert self.words is not None
        return CARD if self.words.free and not self.words.shown else TONES[self.words.tone]

    def paintEvent(self, event: QPaintEvent) -> None:
        """All by hand: the letters are as large as there is room for, on every screen."""
        del event
        if self.words is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, self.words)
        inside = self.rect().adjusted(SPACE + 2, SPACE // 2, -SPACE - 2, -SPACE - SPACE // 2)
        if self.width() >= LAMP_WIDE:
            self._draw_wide(painter, inside, self.words)
        else:
            self._draw_narrow(painter, inside, self.words)

    def _draw_ground(self, painter: QPainter, words: LampWords) -> None:
        ground, text = self.paint.ground, self.paint.text
        room = self.rect().adjusted(1, 1, -1, -SPACE)
        painter.setBrush(QColor(ground))
        painter.setPen(QPen(QColor(ground if words.shown else LINE), 1))
        if words.shown:
            # Round above, straight where the band begins.
            painter.setClipRect(self.rect())
            room = self.rect().adjusted(0, 1, 0, SPACE)
        painter.drawRoundedRect(room, 6, 6)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(text), 3))
            painter.drawRoundedRect(self.rect().adjusted(4, 4, -4, -SPACE - 2), 4, 4)

    def _draw_wide(self, painter: QPainter, inside: QRect, words: LampWords) -> None:
        number = str(words.number)
        font = self._font(number, LAMP_NUMBER[0], inside.width(), bold=True)
        beside = QFontMetrics(font).horizontalAdvance(number) + 2 * SPACE
        self._draw_text(painter, inside, number, font, _LEFT)
        right = inside.adjusted(beside, SPACE // 2, 0, 0)
        above = QRect(right.left(), right.top(), right.width(), right.height() * 11 // 20)
        below = QRect(right.left(), above.bottom(), right.width(), right.bottom() - above.bottom())
        self._draw_icon(painter, above.left(), above.center().y(), words.icon)
        line = above.adjusted(_ICON + SPACE, 0, 0, 0)
        self._draw_text(painter, line, words.word, self._font(words.word, LAMP_WORD[0], line.width(), bold=True), _LEFT)
        ending = self._font(words.ending, LAMP_WORD[1], below.width(), bold=True)
        self._draw_text(painter, below, words.ending, ending, _LEFT)
        taken = QFontMetrics(ending).horizontalAdvance(words.ending) + SPACE if words.ending else 0
        self._draw_name(painter, below.adjusted(taken, 0, 0, 0), words, _RIGHT if words.ending else _LEFT)

    def _draw_narrow(self, painter: QPainter, inside: QRect, words: LampWords) -> None:
        above = QRect(inside.left(), inside.top(), inside.width(), inside.height() // 2)
        number = self._font("8", LAMP_NUMBER[1], above.width(), bold=True)
        self._draw_text(painter, above, str(words.number), number, _LEFT)
        self._draw_icon(painter, above.right() - _ICON, above.center().y(), words.icon)
        rest = inside.adjusted(0, above.height(), 0, 0)
        line = QRect(rest.left(), rest.top(), rest.width(), rest.height() // 2)
        self._draw_text(painter, line, words.word, self._font(words.word, LAMP_WORD[1], line.width(), bold=True), _LEFT)
        below = rest.adjusted(0, line.height(), 0, 0)
        if words.ending:
            font = self._font(words.ending, SMALL_TEXT + 1, below.width(), bold=False)
            self._draw_text(painter, below, words.ending, font, _LEFT)
        else:
            self._draw_name(painter, below, words, _LEFT)

    def _draw_name(self, painter: QPainter, room: QRect, words: LampWords, align: Qt.AlignmentFlag) -> None:
        font = self._font("", SMALL_TEXT, room.width(), bold=False)
        if words.pinned:
            painter.drawPixmap(
                room.right() - _PIN, room.center().y() - _PIN // 2,
                icon_pixmap("pin", self.paint.text, _PIN, self.devicePixelRatioF()),
            )  # fmt: skip
            room = room.adjusted(0, 0, -_PIN - SPACE // 2, 0)
        name = QFontMetrics(font).elidedText(words.name, Qt.TextElideMode.ElideMiddle, room.width())
        self._draw_text(painter, room, name, font, align)

    def _draw_icon(self, painter: QPainter, left: int, middle: int, icon: str) -> None:
        painter.drawPixmap(
            left, middle - _ICON // 2, icon_pixmap(icon, self.paint.text, _ICON, self.devicePixelRatioF())
        )

    def _draw_text(self, painter: QPainter, room: QRect, text: str, font: QFont, align: Qt.AlignmentFlag) -> None:
        painter.setFont(font)
        painter.setPen(QColor(self.paint.text))
        painter.drawText(room, align | Qt.TextFlag.TextDontClip, text)

    def _font(self, text: str, largest_px: int, room_px: int, *, bold: bool) -> QFont:
        """The largest at which the text fits."""
        font = QFont(self.font())
        font.setBold(bold)
        for size in range(largest_px, LAMP_LEAST_TEXT - 1, -1):
            font.setPixelSize(size)
            if QFontMetrics(font).horizontalAdvance(text) <= room_px:
                break
        return font


class SlotLamps(QWidget):
    """``pressed`` carries a slot's number. Not seen where there is only one."""

    pressed = Signal(int)

    def __init__(self, slots: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lamps = tuple(SlotLamp() for _ in range(slots if slots > 1 else 0))
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, 0, 2 * SPACE, 0)
        row.setSpacing(SPACE)
        for lamp in self.lamps:
            lamp.clicked.connect(self._clicked)
            row.addWidget(lamp, 1)
        if not self.lamps:
            self.hide()

    def show_lamps(self, words: Sequence[LampWords]) -> None:
        """The only place that touches the lamps."""
        for lamp, of_lamp in zip(self.lamps, words, strict=True):
            lamp.show_words(of_lamp)

    @Slot()
    def _clicked(self) -> None:
        sender = self.sender()
        assert isinstance(sender, SlotLamp)
        assert sender.words is not None
        self.pressed.emit(sender.words.number)
