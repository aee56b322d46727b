"""What can go wrong at the bench itself."""

from dataclasses import dataclass

from gizqr_station.domain.failures import LineFailure, Owner


@dataclass(eq=False)
class WrongLabel(LineFailure):
    """The label that was scanned belongs to another device."""

    code = "E-LIN-01"
    expected: str
    found: str
    """The identity that the scanned label belongs to, or the scanned text when no label of ours says it."""


@dataclass(eq=False)
class ScanNotUnderstood(LineFailure):
    """A scan that is no identity and no label of this station."""

    code = "E-LIN-02"
    text: str


@dataclass(eq=False)
class ScanTooEarly(LineFailure):
    """A device was scanned while the one before still waits for its label to be scanned back."""

    code = "E-LIN-03"
    scanned: str
    waiting: str


@dataclass(eq=False)
class ProgramFault(LineFailure):
    """Something that nobody named: a fault of the program, written to the log."""

    code = "E-LIN-04"
    owner = Owner.IT
    reason: str


@dataclass(eq=False)
class PartMissing(LineFailure):
    """A library or system part that this command needs is not installed."""

    code = "E-LIN-05"
    owner = Owner.IT
    part: str
    remedy: str


@dataclass(eq=False)
class FileNotWritten(LineFailure):
    """A file the user asked for could not be written."""

    code = "E-LIN-06"
    owner = Owner.OPERATOR
    file: str
    reason: str


@dataclass(eq=False)
class DeviceNotLabelScanned(LineFailure):
    """The device itself was scanned, where its newly printed label is waited for."""

    code = "E-LIN-07"
    identity: str


@dataclass(eq=False)
class LabelVoided(LineFailure):
    """A label was scanned that was voided: it must not be on any device."""

    code = "E-LIN-08"
    owner = Owner.LEAD
    label_serial: str
    identity: str


@dataclass(eq=False)
class UnplugFirst(LineFailure):
    """A device was scanned while another one is still plugged in."""

    code = "E-LIN-09"
    scanned: str
    plugged: str


@dataclass(eq=False)
class NoScreen(LineFailure):
    """The window was asked for where there is no screen."""

    code = "E-LIN-10"


@dataclass(eq=False)
class SupplyNotCounted(LineFailure):
    """A new roll was told of, in a printer whose rolls nobody counts: nothing changes."""

    code = "E-LIN-11"
    owner = Owner.LEAD
    printer: str
    supply: str


@dataclass(eq=False)
class CommandUnknown(LineFailure):
    """A command barcode that this station has no meaning for."""

    code = "E-LIN-12"
    text: str


@dataclass(eq=False)
class TurnNotInTime(LineFailure):
    """A device that was only scanned was waited for so long that nobody knows whether it is still on the bench."""

    code = "E-LIN-45"
    slot: int
    """Whose label was out all that time."""
    minutes: int
