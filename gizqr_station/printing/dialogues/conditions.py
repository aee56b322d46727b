"""What a printer can say of itself, in whichever language, and the failure that each of it is."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.printer import Media, Sensing
from gizqr_station.domain.printer_failures import (
    CoverOpen,
    LabelNotTaken,
    MediaJam,
    MediaLow,
    MediaOut,
    PrinterBusy,
    PrinterFault,
    PrinterOffline,
    PrinterOverheated,
    PrinterPaused,
    RibbonOut,
)
from gizqr_station.domain.printer_setup_failures import MediaDiffers

_SAME_SIZE_MM = 1.0
"""Printers round: 3.5 mm tape is said to be 4 mm wide."""


class Condition(Enum):
    """Why no label can be printed. In this order: an open cover makes the sensors behind it say anything."""

    COVER_OPEN = "cover open"
    JAM = "jam"
    MEDIA_OUT = "media out"
    RIBBON_OUT = "ribbon out"
    HOT = "hot"
    FAULT = "fault"
    PAUSED = "paused"
    OFFLINE = "off line"
    LABEL_WAITS = "label waits"
    """Printed, and to be taken from the peeler: keeps the next label away, and speaks for the last one."""


_FAILURES: dict[Condition, Callable[[str], Failure]] = {
    Condition.COVER_OPEN: CoverOpen,
    Condition.JAM: MediaJam,
    Condition.MEDIA_OUT: MediaOut,
    Condition.RIBBON_OUT: RibbonOut,
    Condition.HOT: PrinterOverheated,
    Condition.PAUSED: PrinterPaused,
    Condition.OFFLINE: PrinterOffline,
    Condition.LABEL_WAITS: LabelNotTaken,
}


@dataclass(frozen=True, slots=True)
class LoadedMedia:
    """What a printer measured or was told is loaded, in millimetres; length 0 is endless."""

    width_mm: float
    length_mm: float

    def __str__(self) -> str:
        """``62 mm`` or ``29 x 90 mm``."""
        return f"{self.width_mm:g} x {self.length_mm:g} mm" if self.length_mm else f"{self.width_mm:g} mm"

    def fits(self, wanted: Media) -> bool:
        """Whether it is what the settings say; what they leave open fits."""
        if wanted.width_mm and abs(wanted.width_mm - self.width_mm) > _SAME_SIZE_MM:
            return False
        if wanted.sensing is Sensing.CONTINUOUS:
            return not self.length_mm
        return not wanted.height_mm or abs(wanted.height_mm - self.length_mm) <= _SAME_SIZE_MM


@dataclass(frozen=True, slots=True)
class Answer:
    """What a printer answered when it was asked for its state."""

    conditions: frozenset[Condition] = frozenset()
    busy: bool = False
    """It prints, or holds something that it will print."""
    low: bool = False
    """Its labels end soon."""
    media: LoadedMedia | None = None
    said: str = ""
    """Its own words or codes, for the log and the printers page."""
    trouble: str = ""
    """What is wrong, in words, where there is no condition of its own for it."""

    def failure(self, printer: str, wanted: Media, *, next_label: bool = True) -> Failure | None:
        """Why no label can be printed, else None.

        A printer that is busy, or from whose peeler a label is to be taken, can only not take the next one.
        """
        for condition in Condition:
            if condition in self.conditions and (next_label or condition is not Condition.LABEL_WAITS):
                made = _FAILURES.get(condition)
                return made(printer) if made else PrinterFault(printer, self.trouble or self.said)
        if self.media is not None and not self.media.fits(wanted):
            return MediaDiffers(printer, _wanted(wanted), str(self.media))
        if next_label and self.busy:
            return PrinterBusy(printer)
        return None

    def warning(self, printer: str) -> Failure | None:
        """What will stop it before long."""
        return MediaLow(printer) if self.low else None


def _wanted(media: Media) -> str:
    endless = media.sensing is Sensing.CONTINUOUS
    return str(LoadedMedia(media.width_mm, 0.0 if endless else media.height_mm))


def condition_flags(value: int, table: dict[int, Condition]) -> frozenset[Condition]:
    """The conditions whose bits are set."""
    return frozenset(condition for bit, condition in table.items() if value & bit)
