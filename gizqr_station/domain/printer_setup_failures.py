"""What can be wrong with how a printer is set up, and with what is loaded into it."""

from dataclasses import dataclass

from gizqr_station.domain.failures import Owner, PrinterFailure


@dataclass(eq=False)
class MediaDiffers(PrinterFailure):
    """The printer says that other media is loaded than the settings say."""

    code = "E-PRN-14"
    owner = Owner.LEAD
    printer: str
    wanted: str
    loaded: str


@dataclass(eq=False)
class LanguageUnanswered(PrinterFailure):
    """Something takes bytes at the address but answers nothing in this language."""

    code = "E-PRN-15"
    owner = Owner.LEAD
    printer: str
    language: str


@dataclass(eq=False)
class LabelTooLarge(PrinterFailure):
    """The label does not fit what is loaded or the head; nothing was sent."""

    code = "E-PRN-25"
    owner = Owner.LEAD
    printer: str
    label: str
    room: str


@dataclass(eq=False)
class PrinterPortDenied(PrinterFailure):
    """This user may not open the printer's device, or another program has it."""

    code = "E-PRN-26"
    owner = Owner.IT
    printer: str
    port: str


@dataclass(eq=False)
class PrinterPortMissing(PrinterFailure):
    """The printer's device is not there."""

    code = "E-PRN-27"
    printer: str
    port: str


@dataclass(eq=False)
class PrinterLibraryMissing(PrinterFailure):
    """This machine cannot talk over that connection."""

    code = "E-PRN-28"
    owner = Owner.IT
    printer: str
    library: str


@dataclass(eq=False)
class PrinterUnknown(PrinterFailure):
    """No printer of this name is set up."""

    code = "E-PRN-35"
    owner = Owner.LEAD
    printer: str
    known: str


@dataclass(eq=False)
class FormatRefused(PrinterFailure):
    """The printer does not take this kind of document."""

    code = "E-PRN-36"
    owner = Owner.LEAD
    printer: str
    document: str
    takes: str


@dataclass(eq=False)
class PrinterNameTaken(PrinterFailure):
    """Another printer has this name already."""

    code = "E-PRN-41"
    owner = Owner.LEAD
    printer: str


@dataclass(eq=False)
class PrinterAddressTaken(PrinterFailure):
    """Another printer is set up on this device already."""

    code = "E-PRN-47"
    owner = Owner.LEAD
    printer: str
    other: str
    address: str


@dataclass(eq=False)
class CannotCalibrate(PrinterFailure):
    """This language has no command to measure the media."""

    code = "E-PRN-42"
    owner = Owner.LEAD
    printer: str
    language: str


@dataclass(eq=False)
class LanguageUnsuited(PrinterFailure):
    """This language cannot be sent over this kind of connection."""

    code = "E-PRN-43"
    owner = Owner.LEAD
    printer: str
    language: str
    connection: str
    takes: str


@dataclass(eq=False)
class PrinterNeeded(PrinterFailure):
    """The line prints on it, so it stays set up."""

    code = "E-PRN-44"
    owner = Owner.LEAD
    printer: str
