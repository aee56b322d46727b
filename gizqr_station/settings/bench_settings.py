"""Where devices are put and how they are scanned, in the settings file, and the same as the domain knows it."""

import re
from typing import Literal

from pydantic import Field, field_validator

from gizqr_station.domain.serial_ports import PortName
from gizqr_station.domain.slot import LeavesBy, SlotConfig
from gizqr_station.settings.section import Seconds, Section

LOWEST_BAUD = 300
_REPEATED_PART = re.compile(r"\)[*+{]")
_REFERENCE = re.compile(r"\\[1-9]|\(\?P=|\(\?\(")
_REPETITION = re.compile(r"[*+?]|\{")
_ENDLESS = re.compile(r"[*+]|\{\d*,\}")
_MOST_REPETITIONS, _MOST_ENDLESS = 6, 2


def _port(text: str) -> str:
    """Normal form; raises ValueError for a name that none has."""
    if not text.isprintable():
        raise ValueError("a port's name has no control characters")
    return str(PortName.parse(text))


class SlotSettings(Section):
    """A place for one device at a time."""

    name: str = Field("", max_length=20, description="On its lamp, beside the number.")
    port: str = Field(
        "",
        max_length=200,
        description="usb:SERIAL or hub:1-1.4 (see `gizqr-station ports`), /dev/ttyUSB0, COM7; empty = scanner only.",
    )
    reader: str = Field(
        "gagent", pattern=r"^[a-z0-9][a-z0-9-]*$", description="How it is asked: a reader's name, or auto."
    )
    baud: int = Field(
        0, ge=0, le=4_000_000, description="300 to 4000000; 0 = as the reader says. Not for auto and esptool."
    )
    answer_s: Seconds = Field(5.0, description="How long it may take to say who it is. Not for logs and esptool.")
    leaves_by: LeavesBy = Field(
        LeavesBy.PORT,
        description="port: the adapter leaves with the device; silence: it is built into the jig; no logs.",
    )

    @field_validator("port")
    @classmethod
    def _a_port(cls, text: str) -> str:
        return _port(text)

    @field_validator("name")
    @classmethod
    def _a_name(cls, text: str) -> str:
        if not text.isprintable() or text != text.strip():
            raise ValueError("a name has no line breaks, and no blank at its ends")
        return text

    @field_validator("baud")
    @classmethod
    def _a_rate(cls, baud: int) -> int:
        if 0 < baud < LOWEST_BAUD:
            raise ValueError(f"no device is slower than {LOWEST_BAUD}; 0 leaves it to the reader")
        return baud

    def config(self, number: int) -> SlotConfig:
        """As the station knows it."""
        return SlotConfig(
            number=number,
            name=self.name,
            port=PortName.parse(self.port) if self.port else None,
            reader=self.reader,
            baud=self.baud,
            answer_s=self.answer_s,
            leaves_by=self.leaves_by,
        )

    @classmethod
    def of(cls, slot: SlotConfig) -> "SlotSettings":
        """As the file says it."""
        return cls(
            name=slot.name,
            port="" if slot.port is None else str(slot.port),
            reader=slot.reader,
            baud=slot.baud,
            answer_s=slot.answer_s,
            leaves_by=slot.leaves_by,
        )


class ScannerSettings(Section):
    """Barcode scanners: those that type, one on a serial port, a camera."""

    gap_ms: int = Field(35, ge=5, le=200, description="Keys closer together than this were not typed by a person.")
    prefix: str = Field("", max_length=8, description="What the scanner is programmed to type first; the sure way.")
    suffix: Literal["enter", "tab", "none"] = Field("enter", description="What it types last: enter, tab or none.")
    repeat_s: float = Field(2.0, ge=0, le=60, description="The same scan within this time counts once.")
    symbologies: str = Field(
        "", pattern=r"^([A-Za-z](,[A-Za-z])*)?$", description="AIM letters that are taken, such as Q,d; empty = all."
    )
    badge: str = Field("", max_length=80, description="Pattern of people's badges, such as P[0-9]{5}; empty = none.")
    port: str = Field("", max_length=200, description="Of a scanner in serial mode, as for slots; empty = it types.")
    baud: int = Field(9600, ge=300, le=4_000_000, description="Of the scanner in serial mode.")
    camera: str = Field(
        "", pattern=r"^[0-9]{0,2}$", description="Number of a webcam that scans, such as 0; needs the extra camera."
    )

    @field_validator("port")
    @classmethod
    def _a_port(cls, text: str) -> str:
        return _port(text)

    @field_validator("prefix")
    @classmethod
    def _typed_keys(cls, text: str) -> str:
        if not text.isascii() or not text.isprintable():
            raise ValueError("a scanner can type visible ASCII characters only")
        return text

    @field_validator("badge")
    @classmethod
    def _a_pattern(cls, text: str) -> str:
        """One that no scanned text can keep busy for long: repetitions multiply, those of whole parts above all."""
        try:
            re.compile(text)
        except (re.error, OverflowError, RecursionError) as fault:
            raise ValueError(f"no pattern: {fault}") from fault
        if _REPEATED_PART.search(text) or _REFERENCE.search(text):
            raise ValueError("a badge's pattern must not repeat a part in brackets or refer back to one")
        if len(_ENDLESS.findall(text)) > _MOST_ENDLESS or len(_REPETITION.findall(text)) > _MOST_REPETITIONS:
            raise ValueError(f"at most {_MOST_REPETITIONS} repetitions, {_MOST_ENDLESS} of them without an end")
        return text
