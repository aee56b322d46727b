"""What can be wrong with a scan before anybody asks what it means."""

from dataclasses import dataclass

from gizqr_station.domain.failures import LineFailure, Owner


@dataclass(eq=False)
class ScannerLayoutWrong(LineFailure):
    """The scanner types for another keyboard than this computer has: letters, digits or colons came out changed."""

    code = "E-LIN-13"
    owner = Owner.LEAD
    text: str
    layout: str
    """``AZERTY``, ``QWERTZ`` …: the computer's keyboard, as far as the damage tells."""


@dataclass(eq=False)
class CapsLockOn(LineFailure):
    """Capital and small letters came out exchanged."""

    code = "E-LIN-14"
    text: str


@dataclass(eq=False)
class BadgeNotUsed(LineFailure):
    """A person's badge was scanned where nobody signs in; what it says is shown nowhere."""

    code = "E-LIN-15"


@dataclass(eq=False)
class DeviceBelongsInSlot(LineFailure):
    """A module label was scanned on a bench whose slots read devices themselves."""

    code = "E-LIN-16"
    scanned: str


@dataclass(eq=False)
class SymbologyNotWanted(LineFailure):
    """A code of another kind than this station's scanner is meant to read."""

    code = "E-LIN-17"
    text: str
    symbology: str


@dataclass(eq=False)
class ScanTooLong(LineFailure):
    """More than any code of this trade holds."""

    code = "E-LIN-18"
    characters: int


@dataclass(eq=False)
class StillOpening(LineFailure):
    """A scan that came so long before the station was open that nobody may act on it any more."""

    code = "E-LIN-19"
    text: str


@dataclass(eq=False)
class ScannerGone(LineFailure):
    """The scanner on a serial port, or the camera, is not there."""

    code = "E-LIN-29"
    scanner: str


@dataclass(eq=False)
class ScannerNotOpened(LineFailure):
    """The scanner is there, but somebody else has it or this user may not use it."""

    code = "E-LIN-30"
    owner = Owner.IT
    scanner: str
    reason: str
