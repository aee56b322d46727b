"""The label as it will be printed: the very dots, scaled by whole numbers."""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gizqr_station.domain.label import LabelImage
from gizqr_station.gui.tokens import LINE, PAGE, SPACE


class LabelPreview(QWidget):
    """Paints a LabelImage. ``scale`` is whole dots a pixel or whole pixels a dot: 2 = doubled, 0.5 = halved."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: LabelImage | None = None
        self._dots = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 160)

    def sizeHint(self) -> QSize:
        """As much room as there is."""
        return QSize(480, 320)

    def show_image(self, image: LabelImage | None) -> None:
        """The only place that changes what is painted."""
        if image is self._image:
            return
        self._image = image
        self._dots = QImage() if image is None else to_qimage(image)
        self.setAccessibleName(self.tr("Label preview") if image else self.tr("No label yet"))
        self.update()

    @property
    def scale(self) -> float:
        """By how much the dots are enlarged at this size of the widget."""
        if self._image is None:
            return 1.0
        room = self.size() - QSize(2 * SPACE, 2 * SPACE)
        return whole_scale(self._image.width, self._image.height, room.width(), room.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """White label on the page's ground, without any smoothing when enlarged."""
        del event
        painter = QPainter(self)
        if self._image is None:
            painter.setPen(QColor(LINE))
            painter.setBrush(QColor(PAGE.ground))
            painter.drawRoundedRect(self.rect().adjusted(SPACE, SPACE, -SPACE, -SPACE), 6, 6)
            return
        size = QSize(round(self._image.width * self.scale), round(self._image.height * self.scale))
        place = QRect(QPoint((self.width() - size.width()) // 2, (self.height() - size.height()) // 2), size)
        smooth = self.scale < 1
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        shown = self._dots.convertToFormat(QImage.Format.Format_Grayscale8) if smooth else self._dots
        painter.drawImage(place, shown)
        painter.setPen(QColor(LINE))
        painter.drawRect(place.adjusted(-1, -1, 0, 0))


def whole_scale(width: int, height: int, room_width: int, room_height: int) -> float:
    """The largest n, or else the largest 1/n, at which the dots fit."""
    times = min(room_width // max(width, 1), room_height // max(height, 1))
    if times >= 1:
        return float(times)
    parts = 2
    while (width // parts > room_width or height // parts > room_height) and parts < 64:
        parts += 1
    return 1 / parts


def to_qimage(image: LabelImage) -> QImage:
    """The same dots for Qt: one bit a pixel, 1 = black."""
    dots = QImage(image.packed, image.width, image.height, image.stride, QImage.Format.Format_Mono)
    dots.setColorTable([0xFFFFFFFF, 0xFF000000])
    return dots.copy()
