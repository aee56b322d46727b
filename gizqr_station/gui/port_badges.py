"""Badges from a scanner on a port of its own: whoever waits for one on a page gets it before it signs anybody in."""

from PySide6.QtCore import QObject, Qt, Signal, Slot

from gizqr_station.domain.people import Badge
from gizqr_station.gui.badge_scan import BadgeScan
from gizqr_station.gui.desk_scans import DeskScans
from gizqr_station.gui.people_controls import PeopleControls


class PortBadges(QObject):
    """The people desk is asked for badges just as long as a page waits for one."""

    _crossing = Signal(str)

    def __init__(self, people: PeopleControls, armed: BadgeScan, parent: QObject | None = None) -> None:
        """``armed``: for one scan, by whichever page."""
        super().__init__(parent)
        self._people = people
        self._armed = armed
        self._desk: DeskScans | None = None
        self._asked = False
        self._crossing.connect(self._take, Qt.ConnectionType.QueuedConnection)
        armed.changed.connect(self.look)

    def stand_behind(self, desk: DeskScans) -> None:
        """The records page, which may wait for a second person."""
        self._desk = desk
        desk.changed.connect(self.look)
        desk.awaits.connect(self.look)

    @Slot()
    def look(self) -> None:
        """Somebody began to wait for a badge, or waits no more."""
        wanted = (bool(self._armed.left_s) and not self._armed.for_label) or self._desk_waits
        if wanted != self._asked:
            self._asked = wanted
            self._people.next_badges_to(self._read if wanted else None)

    @property
    def _desk_waits(self) -> bool:
        return self._desk is not None and self._desk.taking and self._desk.badge_awaited

    def _read(self, badge: Badge) -> None:
        """On the scanner's thread."""
        self._crossing.emit(badge.text)

    @Slot(str)
    def _take(self, text: str) -> None:
        if self._armed.take(text):
            return
        if self._desk is not None and self._desk_waits:
            self._desk.badge.emit(text)
        else:
            # Nobody waits for it any more: it is what it would have been without them.
            self._people.sign_in(Badge(text))
