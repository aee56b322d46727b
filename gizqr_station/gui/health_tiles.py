"""The bar of quiet tiles: grey while all is well, a colour, an icon and words only when something is not."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gizqr_station.domain.device_failures import PortMissing
from gizqr_station.gui.icons import icon_pixmap
from gizqr_station.gui.tokens import CARD, LINE, QUIET_TEXT, SPACE, TONES, Tone
from gizqr_station.wording import words_for
from gizqr_station.workflows.happenings import HealthSeen, Part

ICONS = {
    Part.DEVICE_PORT: "port",
    Part.CODE_SERVICE: "service",
    Part.PRINTER: "printer",
    Part.LEDGER: "ledger",
}
ICON_SIZE = 24


class HealthTile(QFrame):
    """One part: its name, and what is known of it."""

    def __init__(self, part: Part, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part = part
        self._icon = QLabel()
        self._name = QLabel()
        self._state = QLabel()
        self._state.setObjectName("quiet")
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._name)
        texts.addWidget(self._state)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE // 2, SPACE, SPACE // 2)
        row.setSpacing(SPACE + SPACE // 2)
        row.addWidget(self._icon)
        row.addLayout(texts, 1)

    def show_health(self, seen: HealthSeen | None, language: str) -> None:
        """The only place that touches the widgets."""
        self._name.setText(self._part_name())
        # Between two devices a port that only exists while one is plugged in is missing, and nothing is wrong.
        unplugged = seen is not None and isinstance(seen.failure, PortMissing)
        failing = seen is not None and seen.failure is not None and not unplugged
        if seen is None:
            state = self.tr("not looked at yet")
        elif unplugged:
            state = self.tr("no device at {port}").format(port=seen.detail)
        elif seen.failure is None:
            state = self.tr("ready") if not seen.detail else self.tr("ready: {detail}").format(detail=seen.detail)
        else:
            state = words_for(seen.failure, language).what
        self._state.setText(self._state.fontMetrics().elidedText(state, Qt.TextElideMode.ElideRight, self._room()))
        self.setToolTip("" if seen is None or seen.failure is None else words_for(seen.failure, language).line)
        icon = "attention" if failing else ICONS[self._part]
        colour = TONES[Tone.STOP].ground if failing else QUIET_TEXT
        self._icon.setPixmap(icon_pixmap(icon, colour, ICON_SIZE, self.devicePixelRatioF()))
        edge = TONES[Tone.ATTENTION].ground if failing else LINE
        self.setStyleSheet(
            f"HealthTile {{ background: {CARD.ground}; border: 1px solid {LINE}; border-left: 4px solid {edge};"
            " border-radius: 6px; }"
        )
        self.setAccessibleName(f"{self._part_name()}: {state}")

    def _room(self) -> int:
        return max(120, self.width() - ICON_SIZE - 6 * SPACE)

    def _part_name(self) -> str:
        match self._part:
            case Part.DEVICE_PORT:
                return self.tr("Device port")
            case Part.CODE_SERVICE:
                return self.tr("QR service")
            case Part.PRINTER:
                return self.tr("Printer")
            case Part.LEDGER:
                return self.tr("Ledger")


class HealthBar(QWidget):
    """All parts side by side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles = {part: HealthTile(part) for part in Part}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        for tile in self._tiles.values():
            row.addWidget(tile, 1)

    def show_health(self, health: dict[Part, HealthSeen], language: str) -> None:
        """The only place that touches the tiles."""
        for part, tile in self._tiles.items():
            tile.show_health(health.get(part), language)
