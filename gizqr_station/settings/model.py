"""Every setting with its type, default and bounds; unknown keys are refused."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

ProductKey = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{32})?$")]
Seconds = Annotated[float, Field(gt=0, le=3600)]

DOCUMENTED_KEY = "G"
"""The Authorization value that the vendor's document prints for everybody: no secret."""


class Section(BaseModel):
    """One table of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class StationSettings(Section):
    """Who and where this station is."""

    name: str = Field("bench-1", min_length=1, max_length=40, description="Shown on screen and kept in every record.")
    operator: str = Field("operator", min_length=1, max_length=40, description="Kept in every record.")
    language: Literal["en", "zh_CN"] = Field("en", description="Of the screen: en or zh_CN.")


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


class PrinterSettings(Section):
    """The label printer."""

    name: str = Field("label printer", min_length=1, max_length=60, description="Shown on screen, kept in records.")
    host: str = Field("127.0.0.1", min_length=1, description="Name or address of the printer.")
    port: int = Field(9100, ge=1, le=65535, description="Raw TCP port, nearly always 9100.")
    dpi: Literal[203, 300, 600] = Field(203, description="Of the print head: 203, 300 or 600.")
    connect_s: Seconds = Field(3.0, description="How long to wait for a connection.")
    send_s: Seconds = Field(20.0, description="How long one label may take to be sent.")


class Settings(Section):
    """All of them."""

    station: StationSettings = StationSettings()
    product: ProductSettings = ProductSettings()
    service: ServiceSettings = ServiceSettings()
    device: DeviceSettings = DeviceSettings()
    printer: PrinterSettings = PrinterSettings()
