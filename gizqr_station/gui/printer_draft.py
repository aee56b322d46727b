"""A printer while a person fills it in: its fields, what is wrong with them, and what a failure says to change."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import Enum

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.print_queue_failures import QueueIsRaw, QueueNotRaw, QueueUnknown, SpoolerSilent
from gizqr_station.domain.printer import (
    ANY_RESOLUTION,
    SPOKEN_OVER,
    Asking,
    FoundPrinter,
    Graphic,
    Language,
    Media,
    Patience,
    PrinterConfig,
    Sensing,
    Tuning,
)
from gizqr_station.domain.printer_address import Connection, PrinterAddress
from gizqr_station.domain.printer_failures import PrinterUnreachable
from gizqr_station.domain.printer_setup_failures import (
    FormatRefused,
    LabelTooLarge,
    LanguageUnanswered,
    LanguageUnsuited,
    MediaDiffers,
    PrinterAddressTaken,
    PrinterLibraryMissing,
    PrinterNameTaken,
    PrinterPortDenied,
    PrinterPortMissing,
)

LONGEST_NAME = 60
LONGEST_MODEL = 40
_PREFERRED = (Language.ZPL, Language.PWG, Language.PDF)


class Field(Enum):
    """One field of the editor."""

    NAME = "name"
    ADDRESS = "address"
    LANGUAGE = "language"
    DPI = "dpi"
    ASKING = "asking"
    WIDTH = "width"
    HEIGHT = "height"
    SENSING = "sensing"
    GAP = "gap"
    OFFSET_X = "offset_x"
    OFFSET_Y = "offset_y"
    DARKNESS = "darkness"
    SPEED = "speed"
    ROTATED = "rotated"
    GRAPHIC = "graphic"
    MODEL = "model"


class Fault(Enum):
    """What keeps a draft from being saved."""

    NAME_EMPTY = "name_empty"
    NAME_TAKEN = "name_taken"
    ADDRESS_WRONG = "address_wrong"
    LANGUAGE_UNSUITED = "language_unsuited"
    MODEL_EMPTY = "model_empty"


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault, and what the address's parser said of it."""

    fault: Fault
    said: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the fields; the address is still the text that was typed."""

    name: str
    address: str
    language: Language
    dpi: int
    model: str
    media: Media
    tuning: Tuning
    graphic: Graphic
    asking: Asking
    patience: Patience

    @classmethod
    def of(cls, config: PrinterConfig) -> "Draft":
        """What the fields of a printer begin with."""
        return cls(
            config.name,
            str(config.address),
            config.language,
            config.dpi,
            config.model,
            config.media,
            config.tuning,
            config.graphic,
            config.asking,
            config.patience,
        )

    def problems(self, taken: Collection[str]) -> dict[Field, Problem]:
        """Empty when it can be saved. ``taken``: the names of the other printers."""
        found: dict[Field, Problem] = {}
        name = self.name.strip()
        if not name:
            found[Field.NAME] = Problem(Fault.NAME_EMPTY)
        elif name in taken:
            found[Field.NAME] = Problem(Fault.NAME_TAKEN)
        try:
            connection = PrinterAddress.parse(self.address).connection
        except ValueError as fault:
            found[Field.ADDRESS] = Problem(Fault.ADDRESS_WRONG, str(fault))
        else:
            if self.language not in SPOKEN_OVER[connection]:
                found[Field.LANGUAGE] = Problem(Fault.LANGUAGE_UNSUITED)
        if self.language is Language.BROTHER and not self.model.strip():
            found[Field.MODEL] = Problem(Fault.MODEL_EMPTY)
        return found

    def config(self) -> PrinterConfig:
        """The printer; only for a draft without problems."""
        return PrinterConfig(
            self.name.strip(),
            PrinterAddress.parse(self.address),
            self.language,
            self.dpi,
            self.model.strip(),
            self.media,
            self.tuning,
            self.graphic,
            self.asking,
            self.patience,
        )


def languages_over(address: str) -> tuple[Language, ...]:
    """What can be sent there, in a fixed order; all of them while the address is not one yet."""
    try:
        takes = SPOKEN_OVER[PrinterAddress.parse(address).connection]
    except ValueError:
        return tuple(Language)
    return tuple(language for language in Language if language in takes)


def suited(language: Language, offered: Collection[Language]) -> Language:
    """The language itself where it is offered, else the likeliest one that is."""
    if language in offered:
        return language
    return next(likely for likely in (*_PREFERRED, *offered) if likely in offered)


def printer_at(address: PrinterAddress, taken: Collection[str]) -> PrinterConfig:
    """What to begin with for an address that somebody typed."""
    called = address.host or address.path.rstrip("/").rpartition("/")[2] or address.connection.value
    language = suited(Language.ZPL, languages_over(str(address)))
    return PrinterConfig(free_name(called, taken), address, language)


def printer_found(found: FoundPrinter, taken: Collection[str]) -> PrinterConfig:
    """What to begin with for a printer that was found."""
    begun = printer_at(found.address, taken)
    # What a name shall not carry is line breaks and the like from a device's own description.
    says = " ".join("".join(sign if sign.isprintable() else " " for sign in found.says).split())
    return replace(
        begun,
        name=free_name(says, taken) if says else begun.name,
        language=suited(found.language or begun.language, languages_over(str(found.address))),
        dpi=found.dpi if found.dpi in ANY_RESOLUTION else begun.dpi,
        model=says[:LONGEST_MODEL] if found.language is Language.BROTHER else "",
        media=found.media or begun.media,
    )


def free_name(wanted: str, taken: Collection[str]) -> str:
    """The name, shortened, and with a number behind it when another printer has it."""
    name, number = wanted.strip()[:LONGEST_NAME].strip(), 1
    while name in taken:
        number += 1
        ending = f" {number}"
        name = wanted.strip()[: LONGEST_NAME - len(ending)].strip() + ending
    return name


def field_to_change(failure: Failure | None) -> Field | None:
    """Which field a failure is about, when the settings and not the printer are likely to be wrong."""
    if isinstance(failure, QueueNotRaw | QueueIsRaw | LanguageUnanswered | LanguageUnsuited | FormatRefused):
        return Field.LANGUAGE
    if isinstance(failure, MediaDiffers | LabelTooLarge):
        return Field.WIDTH
    if isinstance(failure, PrinterNameTaken):
        return Field.NAME
    wrong_address = PrinterAddressTaken | QueueUnknown | PrinterUnreachable | PrinterPortMissing | PrinterPortDenied
    return Field.ADDRESS if isinstance(failure, wrong_address | PrinterLibraryMissing | SpoolerSilent) else None


def sensed_gap(sensing: Sensing) -> bool:
    """Whether there is a gap or a mark whose length counts."""
    return sensing is not Sensing.CONTINUOUS


CONNECTION_EXAMPLES: dict[Connection, str] = {
    Connection.TCP: "tcp://192.0.2.7:9100",
    Connection.SERIAL: "serial:/dev/ttyUSB0?baud=9600",
    Connection.USB: "usb:/dev/usb/lp0",
    Connection.IPP: "ipp://printer.local/ipp/print",
    Connection.CUPS: "cups:QUEUE",
    Connection.WINDOWS: "windows:QUEUE",
    Connection.SYSTEM: "system:PRINTER",
    Connection.FILE: "file:/folder",
}
"""How an address of each kind looks."""
