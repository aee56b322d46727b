"""The bar of quiet tiles: grey while all is well, a colour, an icon and words only when something is not."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gizqr_station.domain.device_failures import PortMissing
from gizqr_station.domain.failures import Failure
from gizqr_station.gui.codes_words import not_encrypted, number_words
from gizqr_station.gui.icons import icon_pixmap
from gizqr_station.gui.printer_words import condition_word
from gizqr_station.gui.tokens import (
    CARD,
    LINE,
    QUIET_TEXT,
    SPACE,
    TILE_HEIGHT,
    TILE_LOW_HEIGHT,
    TONES,
    WARNING_MARK,
    Tone,
)
from gizqr_station.wording import words_for
from gizqr_station.workflows.code_happenings import PoolSeen
from gizqr_station.workflows.happenings import HealthSeen, Part

ICONS = {
    Part.DEVICE_PORT: "port",
    Part.SCANNER: "scan",
    Part.CODE_SERVICE: "service",
    Part.PRINTER: "printer",
    Part.LEDGER: "ledger",
}
ICON_SIZE = 24


class HealthTile(QFrame):
    """One part: its name, and what is known of it."""

    def __init__(self, part: Part, *, low: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part = part
        self._low = low
        self._edge = ""
        self._icon = QLabel()
        self._name = QLabel()
        self._mark = QLabel()
        self._mark.setObjectName("amber")
        self._mark.hide()
        self._state = QLabel()
        self._state.setObjectName("quiet")
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        self._state.setWordWrap(not low)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self._name)
        head.addWidget(self._mark)
        head.addStretch(1)
        texts.addLayout(head)
        texts.addWidget(self._state)
        texts.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, 0, SPACE, 2)
        row.setSpacing(SPACE + SPACE // 2)
        row.addWidget(self._icon)
        row.addLayout(texts, 1)
        self.setFixedHeight(TILE_LOW_HEIGHT if low else TILE_HEIGHT)

    def show_health(self, seen: HealthSeen | None, language: str, pool: PoolSeen | None = None) -> None:
        """The only place that touches the widgets; ``pool`` is for the service's tile alone."""
        self._show_mark(pool)
        self._name.setText(self._part_name())
        failure, warning = _trouble(seen)
        said = failure or warning
        state = self._state_words(seen, said, language)
        if failure is not None and pool is not None and pool.codes:
            # Not all that the order needs, else the service's absence would be no more than a warning.
            state = self.tr("codes in the pool: {number}").format(number=number_words(pool.codes)) + f" · {state}"
        # On two lines at most; a little less than twice the room, for lines break between words.
        room = self._room() if self._low else round(1.8 * self._room())
        self._state.setText(self._state.fontMetrics().elidedText(state, Qt.TextElideMode.ElideRight, room))
        tip = state if said is None else words_for(said, language).line
        self.setToolTip(f"{tip} ({self._mark.text()})" if self._mark.text() else tip)
        icon = "stop" if failure else "attention" if warning else ICONS[self._part]
        colour = TONES[Tone.STOP].ground if failure else WARNING_MARK if warning else QUIET_TEXT
        self._icon.setPixmap(icon_pixmap(icon, colour, ICON_SIZE, self.devicePixelRatioF()))
        edge = TONES[Tone.STOP].ground if failure else TONES[Tone.ATTENTION].ground if warning else LINE
        if edge != self._edge:
            self._edge = edge
            self.setStyleSheet(
                f"HealthTile {{ background: {CARD.ground}; border: 1px solid {LINE}; border-left: 4px solid {edge};"
                " border-radius: 6px; }"
            )
        self.setAccessibleName(", ".join(part for part in (f"{self._part_name()}: {state}", self._mark.text()) if part))

    def _show_mark(self, pool: PoolSeen | None) -> None:
        """Steady as long as it is so; it asks nobody at the line for anything."""
        mark = not_encrypted() if pool is not None and pool.service and not pool.encrypted else ""
        self._mark.setText(mark)
        self._mark.setVisible(bool(mark))

    def _state_words(self, seen: HealthSeen | None, said: Failure | None, language: str) -> str:
        if seen is None:
            return self.tr("not looked at yet")
        if said is not None:
            short = condition_word(said) if self._part is Part.PRINTER and seen.detail else ""
            return f"{seen.detail}: {short}" if short else words_for(said, language).what
        if isinstance(seen.failure, PortMissing):
            return self.tr("no device at {port}").format(port=seen.detail)
        if not seen.detail:
            return self.tr("ready")
        if self._part is Part.PRINTER and not seen.told:
            return self.tr("ready: {detail}, does not report its state").format(detail=seen.detail)
        return self.tr("ready: {detail}").format(detail=seen.detail)

    def _room(self) -> int:
        return max(120, self.width() - ICON_SIZE - 6 * SPACE)

    def _part_name(self) -> str:
        match self._part:
            case Part.DEVICE_PORT:
                return self.tr("Device port")
            case Part.SCANNER:
                return self.tr("Scanner")
            case Part.CODE_SERVICE:
                return self.tr("QR service")
            case Part.PRINTER:
                return self.tr("Printer")
            case Part.LEDGER:
                return self.tr("Ledger")


def _trouble(seen: HealthSeen | None) -> tuple[Failure | None, Failure | None]:
    """Why it does not work, and why it soon will not."""
    if seen is None:
        return None, None
    # Between two devices a port that only exists while one is plugged in is missing, and nothing is wrong.
    return None if isinstance(seen.failure, PortMissing) else seen.failure, seen.warning


class HealthBar(QWidget):
    """All parts side by side."""

    def __init__(self, *, low: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles = {part: HealthTile(part, low=low) for part in Part}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        for tile in self._tiles.values():
            row.addWidget(tile, 1)

    def show_health(self, health: dict[Part, HealthSeen], language: str, pool: PoolSeen | None = None) -> None:
        """The only place that touches the tiles."""
        for part, tile in self._tiles.items():
            tile.show_health(health.get(part), language, pool if part is Part.CODE_SERVICE else None)
        # One that types like a keyboard cannot be looked at.
        self._tiles[Part.SCANNER].setVisible(Part.SCANNER in health)
