"""The printer table of version 0.1: files that have one are read as they were meant."""

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


def is_first_file(values: Mapping[str, Any]) -> bool:
    """Whether the values have the old table and no new one."""
    return "printer" in values and "printers" not in values


def brought_forward(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with the old table as the only printer; raises pydantic's ValidationError for the old table."""
    printer = FirstPrinter.model_validate(values["printer"])
    return {**{key: value for key, value in values.items() if key != "printer"}, "printers": [printer.as_entry()]}
