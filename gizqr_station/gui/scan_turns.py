"""Whose the next scan is: the line's, unless a page asked for it and no label waits for its scan at the line."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from gizqr_station.gui.badge_scan import BadgeScan
from gizqr_station.gui.band_words import BandWords, desk_words, judging_words
from gizqr_station.gui.desk_scans import DeskScans
from gizqr_station.gui.duty_words import badge_words, label_words
from gizqr_station.gui.next_scan import NextScan
from gizqr_station.gui.people_controls import PeopleControls
from gizqr_station.gui.port_badges import PortBadges


class ScanTurns(QObject):
    """``changed`` when it is another's turn, and each second that somebody is waited for."""

    changed = Signal()

    def __init__(self, in_hand: Callable[[], int], people: PeopleControls, parent: QObject | None = None) -> None:
        """``in_hand``: the slot whose label waits for its scan, 0 for none."""
        super().__init__(parent)
        self.judged = NextScan(in_hand, parent=self)
        self.badge = BadgeScan(in_hand, parent=self)
        self._ports = PortBadges(people, self.badge, parent=self)
        self._desk: DeskScans | None = None
        self.judged.changed.connect(self.changed)
        self.badge.changed.connect(self.changed)

    def stand_behind(self, desk: DeskScans) -> None:
        """The records page, which has all of them while it is looked at."""
        self._desk = desk
        desk.changed.connect(self.changed)
        self._ports.stand_behind(desk)

    @Slot()
    def look(self) -> None:
        """Something happened at the line: a label may wait for its scan now."""
        self.judged.look()
        self.badge.look()
        if self._desk is not None:
            self._desk.look()

    def take(self, text: str, judge: Callable[[str], None]) -> bool:
        """Whether somebody else than the line had it; ``judge`` gets what is to be judged."""
        if self.badge.take(text) or (self._desk is not None and self._desk.take(text)):
            return True
        judged = self.judged.take(text)
        if judged:
            judge(judged)
        return judged is not None

    def words(self, of_line: BandWords) -> BandWords:
        """What the strip says: whose turn it is, or how the line is."""
        if self.badge.left_s:
            return label_words(self.badge.left_s) if self.badge.for_label else badge_words(self.badge.left_s)
        if self.judged.left_s:
            return judging_words(self.judged.left_s)
        taking = self._desk is not None and self._desk.taking
        return desk_words(of_line) if taking else of_line
