"""Tables of version 0.1, one printer and one device: files that have them are read as they were meant."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, field_validator

from gizqr_station.domain.printer_address import RAW_PORT, PrinterAddress
from gizqr_station.settings.section import Seconds, Section


class FirstPrinter(Section):
    """``[printer]``, when there was one printer and it spoke ZPL on a TCP port."""

    name: str = Field("label printer", min_length=1, max_length=60, description="Shown on screen, kept in records.")
    host: str = Field("127.0.0.1", min_length=1, description="Name or address of the printer.")
    port: int = Field(RAW_PORT, ge=1, le=65535, description="Raw TCP port, nearly always 9100.")
    dpi: Literal[203, 300, 600] = Field(203, description="Of the print head: 203, 300 or 600.")
    connect_s: Seconds = Field(3.0, description="How long to wait for a connection.")
    send_s: Seconds = Field(20.0, description="How long one label may take to be sent.")

    @field_validator("host")
    @classmethod
    def _a_host(cls, text: str) -> str:
        _address(text, RAW_PORT)
        return text

    def as_entry(self) -> dict[str, Any]:
        """The same printer as one of ``[[printers]]``."""
        entry = self.model_dump(exclude={"host", "port"}, exclude_unset=True)
        return {**entry, "address": _address(self.host, self.port)}


def _address(host: str, port: int) -> str:
    return str(PrinterAddress.parse(f"tcp://[{host}]:{port}" if ":" in host else f"tcp://{host}:{port}"))


class FirstDevice(Section):
    """``[device]``, when there was one port and one way of asking."""

    port: str = Field("", description="Serial port, such as /dev/ttyUSB0 or COM7; empty = scanner only.")
    baud: int = Field(9600, ge=300, le=4_000_000, description="9600 for most modules, 115200 on newer firmware.")
    answer_s: Seconds = Field(5.0, description="How long a module may take to say who it is.")

    def as_entry(self) -> dict[str, Any]:
        """The same as one of ``[[slots]]``."""
        return self.model_dump(exclude_unset=True)


FIRST_TABLES: dict[str, tuple[str, type[FirstPrinter] | type[FirstDevice]]] = {
    "printer": ("printers", FirstPrinter),
    "device": ("slots", FirstDevice),
}
"""An old table, the list that took its place, and what could stand in it."""


def first_table(values: Mapping[str, Any]) -> str | None:
    """The name of an old table that the values have, without the new list beside it."""
    return next((old for old, (new, _) in FIRST_TABLES.items() if old in values and new not in values), None)


def brought_forward(values: Mapping[str, Any], old: str) -> dict[str, Any]:
    """The values with this old table as the only entry of its list; raises pydantic's ValidationError for it."""
    new, section = FIRST_TABLES[old]
    entry = section.model_validate(values[old]).as_entry()
    return {**{key: value for key, value in values.items() if key != old}, new: [entry]}
