"""Every setting with its type, default and bounds; unknown keys are refused."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, field_validator, model_validator
from pydantic_core import PydanticCustomError

from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.settings.printer_settings import PrinterSettings
from gizqr_station.settings.section import Seconds, Section

ProductKey = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{32})?$")]

DOCUMENTED_KEY = "G"
"""The Authorization value that the vendor's document prints for everybody: no secret."""

LINE_PRINTER_UNKNOWN = "line_printer_unknown"
"""The kind of fault that no single value has."""
DEVICE_TWICE = "device_twice"
"""Another such: which of two printers is wrong, nobody knows; the later one is named."""


class StationSettings(Section):
    """Who and where this station is."""

    name: str = Field("bench-1", min_length=1, max_length=40, description="Shown on screen and kept in every record.")
    operator: str = Field("operator", min_length=1, max_length=40, description="Kept in every record.")
    language: Literal["en", "zh_CN"] = Field("en", description="Of the screen: en or zh_CN.")
    printer: str = Field("", max_length=60, description="Name of the printer that the line uses; empty = the first.")


class ProductSettings(Section):
    """What is labelled."""

    key: ProductKey = Field("", description="The Gizwits product key, 32 digits 0-9 a-f.")
    name: str = Field("", max_length=80, description="Printed on the label.")
    scheme: Literal["gizwits", "link", "template"] = Field(
        "gizwits",
        description="How codes come: gizwits (the service), link (did, passcode), template (your own App).",
    )
    template: str = Field("40x30", description="Label template: 60x40, 40x30, 25x25 or your own.")
    scan_back_every: int = Field(1, ge=0, le=1000, description="1 = scan back every label, n = one in n, 0 = none.")
    links_file: str = Field("", description="For link: a CSV file with the columns identity, did, passcode.")
    content: str = Field(
        "", max_length=500, description="For template: the code's text, such as https://x.example/{mac}"
    )


class ServiceSettings(Section):
    """The QR service."""

    url: str = Field(
        "http://qrcode.gizwitsapi.com:1800", pattern=r"^https?://[^\s/]+$", description="Base address, no path."
    )
    authorization_secret: str = Field(
        "", pattern=r"^[A-Za-z0-9_-]*$", description="Name of the secret with the key; empty = the documented value."
    )
    deadline_s: Seconds = Field(60.0, description="How long to wait for one code.")


class DeviceSettings(Section):
    """Where devices are plugged in."""

    port: str = Field("", description="Serial port, such as /dev/ttyUSB0 or COM7; empty = scanner only.")
    baud: int = Field(9600, ge=300, le=4_000_000, description="9600 for most modules, 115200 on newer firmware.")
    answer_s: Seconds = Field(5.0, description="How long a module may take to say who it is.")


class Settings(Section):
    """All of them."""

    station: StationSettings = StationSettings()
    product: ProductSettings = ProductSettings()
    service: ServiceSettings = ServiceSettings()
    device: DeviceSettings = DeviceSettings()
    printers: tuple[PrinterSettings, ...] = (PrinterSettings(),)

    @field_validator("printers")
    @classmethod
    def _names_differ(cls, printers: tuple[PrinterSettings, ...]) -> tuple[PrinterSettings, ...]:
        names = [printer.name for printer in printers]
        if not names:
            raise ValueError("at least one printer is needed")
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"two printers are called {name}; each needs a name of its own")
        return printers

    @model_validator(mode="after")
    def _line_printer_is_there(self) -> Self:
        names = [printer.name for printer in self.printers]
        wanted = self.station.printer
        if wanted and wanted not in names:
            facts = {"wanted": wanted, "known": ", ".join(names)}
            raise PydanticCustomError(LINE_PRINTER_UNKNOWN, "no printer is called {wanted}; set up are: {known}", facts)
        return self

    @model_validator(mode="after")
    def _devices_differ(self) -> Self:
        """Two printers on one device would take each other's labels for their own when they count them."""
        first: dict[str, str] = {}
        for printer in self.printers:
            device = PrinterAddress.parse(printer.address).device
            other = first.setdefault(device, printer.name)
            if other != printer.name:
                facts = {"printer": printer.name, "other": other, "address": printer.address}
                raise PydanticCustomError(
                    DEVICE_TWICE, "the printer {other} is at {address} already; keep one of them", facts
                )
        return self

    def line_printer(self) -> PrinterSettings:
        """The one that the line prints on: the chosen one, else the first."""
        wanted = self.station.printer or self.printers[0].name
        return next(printer for printer in self.printers if printer.name == wanted)
