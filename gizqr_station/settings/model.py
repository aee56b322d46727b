"""Every setting with its type, default and bounds; unknown keys are refused."""

import re
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, StringConstraints, field_validator, model_validator
from pydantic_core import PydanticCustomError

from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.domain.quota import UNPUBLISHED
from gizqr_station.domain.serial_ports import PortName
from gizqr_station.domain.slot import MOST_SLOTS, SlotConfig
from gizqr_station.settings.bench_settings import ScannerSettings, SlotSettings
from gizqr_station.settings.printer_settings import PrinterSettings
from gizqr_station.settings.record_settings import LedgerSettings, OutboxSettings, PeopleSettings, ReprintSettings
from gizqr_station.settings.section import Seconds, Section

Oui = Annotated[str, StringConstraints(pattern=r"^[0-9A-Fa-f]{2}[:-]?[0-9A-Fa-f]{2}[:-]?[0-9A-Fa-f]{2}$")]
ProductKey = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{32})?$")]

DOCUMENTED_KEY = "G"
"""The Authorization value that the vendor's document prints for everybody: no secret."""
VENDOR_HOST = "qrcode.gizwitsapi.com"
"""Where the vendor's own service is."""

BETWEEN_VALUES = "between_values"
"""The kind of fault that no single value has; its place is told with it. Of two that clash, the later one is named."""


def between(place: str, reason: str) -> PydanticCustomError:
    """A fault between several values, said at this place."""
    return PydanticCustomError(BETWEEN_VALUES, "{reason}", {"place": place, "reason": reason})


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
    scheme: Literal["gizwits", "private", "link", "template"] = Field(
        "gizwits",
        description="How codes come: gizwits, private (your deployment), link (did, passcode), template (your App).",
    )
    template: str = Field("40x30", description="Label template: 60x40, 40x30, 25x25 or your own.")
    scan_back_every: int = Field(1, ge=0, le=1000, description="1 = scan back every label, n = one in n, 0 = none.")
    identity: Literal["any", "mac", "imei"] = Field("any", description="What it is labelled by: any, mac or imei.")
    ouis: tuple[Oui, ...] = Field((), max_length=100, description="First six digits of its makers' MACs; empty = all.")
    local_macs_allowed_by: str = Field(
        "", max_length=40, description="Who allowed locally administered MACs; needs the reason too."
    )
    local_macs_reason: str = Field("", max_length=200, description="Why; kept with each such label.")
    links_file: str = Field("", description="For link: a CSV file with the columns identity, did, passcode.")
    quota: int = Field(
        UNPUBLISHED, ge=0, le=100_000_000, description="Devices that may register: 10 until published; 0 = no limit."
    )
    registered_elsewhere: int = Field(0, ge=0, le=100_000_000, description="Of those, how many other stations used.")
    secret_name: str = Field(
        "",
        pattern=r"^[A-Za-z0-9_-]*$",
        description="Name of the product secret in the secret store, so that no label ever shows it; empty = not kept.",
    )
    content: str = Field(
        "", max_length=500, description="For template: the code's text, such as https://x.example/{mac}"
    )

    @field_validator("ouis")
    @classmethod
    def _plain_ouis(cls, ouis: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(oui.replace(":", "").replace("-", "").lower() for oui in ouis)

    @model_validator(mode="after")
    def _a_permission_is_whole(self) -> Self:
        """Who allowed it and why are kept with each label: one without the other would be no answer."""
        by, reason = bool(self.local_macs_allowed_by.strip()), bool(self.local_macs_reason.strip())
        if by is not reason:
            missing = "local_macs_reason" if by else "local_macs_allowed_by"
            raise between(f"product.{missing}", "who allowed locally administered MACs, and why, are needed together")
        return self

    @model_validator(mode="after")
    def _a_name_is_no_secret(self) -> Self:
        """Whoever writes the secret itself here would find it again in every message about it."""
        if re.fullmatch(r"[0-9A-Fa-f]{32}", self.secret_name):
            reason = "the name under which the secret is kept, not the secret itself: take it out of this file"
            raise between("product.secret_name", reason)
        return self

    @model_validator(mode="after")
    def _no_more_used_than_there_are(self) -> Self:
        if self.quota and self.registered_elsewhere > self.quota:
            reason = f"more than product.quota, which is {self.quota}: raise that first, 0 is no limit"
            raise between("product.registered_elsewhere", reason)
        return self


class ServiceSettings(Section):
    """The QR service."""

    url: str = Field(
        "http://qrcode.gizwitsapi.com:1800", pattern=r"^https?://[^\s/]+$", description="Base address, no path."
    )
    authorization_secret: str = Field(
        "", pattern=r"^[A-Za-z0-9_-]*$", description="Name of the secret with the key; empty = the documented value."
    )
    deadline_s: Seconds = Field(60.0, description="How long to wait for one code.")
    ca_file: str = Field("", description="A PEM file with the company's own certificates, for https; empty = usual.")
    proxy: str = Field(
        "",
        pattern=r"^(https?://[^\s/@]+)?$",
        description="Such as http://proxy:3128; empty = none. Over plain http it sees the key.",
    )
    proxy_secret: str = Field(
        "", pattern=r"^[A-Za-z0-9_-]*$", description="Name of the secret with user:password of the proxy."
    )
    decrypt_check: Literal["off", "first", "all"] = Field(
        "off", description="Ask the service for whom its codes are: off, the first of each task, or all."
    )

    @property
    def of_the_vendor(self) -> bool:
        """Whether it is Gizwits' own service, however its address is spelled."""
        try:
            host = urlsplit(self.url).hostname or ""
        except ValueError:
            return False
        return host.rstrip(".") == VENDOR_HOST


class ProofSettings(Section):
    """The Open API, where QA proves a code by binding it."""

    app_id: str = Field("", pattern=r"^([0-9A-Za-z]{32})?$", description="The App id of the Gizwits site; 32 digits.")
    region: Literal["cn", "us", "eu", "own"] = Field("cn", description="cn, us, eu, or own with an address.")
    address: str = Field(
        "", pattern=r"^(https?://[^\s/]+)?$", description="For region own: the Open API of your deployment."
    )


class OrderSettings(Section):
    """The work order that is being labelled; all empty for none."""

    number: str = Field("", max_length=40, description="Kept with every label.")
    identities: tuple[str, ...] = Field(
        (), max_length=1000, description="Ranges or single MACs or IMEIs, such as FIRST..LAST; empty = all."
    )
    list_file: str = Field("", description="A CSV, XLSX or text file with the order's identities, beside this file.")
    quantity: int = Field(0, ge=0, le=10_000_000, description="Labels of this order; 0 = no limit.")


class Settings(Section):
    """All of them."""

    station: StationSettings = StationSettings()
    product: ProductSettings = ProductSettings()
    service: ServiceSettings = ServiceSettings()
    proof: ProofSettings = ProofSettings()
    order: OrderSettings = OrderSettings()
    ledger: LedgerSettings = LedgerSettings()
    people: PeopleSettings = PeopleSettings()
    reprints: ReprintSettings = ReprintSettings()
    outbox: OutboxSettings = OutboxSettings()
    scanner: ScannerSettings = ScannerSettings()
    slots: tuple[SlotSettings, ...] = Field((SlotSettings(),), min_length=1, max_length=MOST_SLOTS)
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
            raise between("station.printer", f"no printer is called {wanted}; set up are: {', '.join(names)}")
        return self

    @model_validator(mode="after")
    def _devices_differ(self) -> Self:
        """Two printers on one device would take each other's labels for their own when they count them."""
        first: dict[str, str] = {}
        for printer in self.printers:
            device = PrinterAddress.parse(printer.address).device
            other = first.setdefault(device, printer.name)
            if other != printer.name:
                place = f"printers[{printer.name}].address"
                raise between(place, f"the printer {other} is at {printer.address} already; keep one of them")
        return self

    @model_validator(mode="after")
    def _ports_differ(self) -> Self:
        """Two slots on one port would label one device twice, and a scanner's port is no device's."""
        slots = self.slot_configs()
        for at, slot in enumerate(slots):
            for other in slots[:at]:
                if slot.port is None and other.port is None:
                    reason = f"slot {other.label} has no port either; only one may be for scanned devices"
                    raise between(f"slots[{slot.number}].port", reason)
                if slot.port is not None and other.port is not None and slot.port.overlaps(other.port):
                    reason = f"slot {other.label} is at {other.port} already; each slot needs a port of its own"
                    raise between(f"slots[{slot.number}].port", reason)
            if slot.port is not None and self.scanner.port and slot.port.overlaps(PortName.parse(self.scanner.port)):
                raise between("scanner.port", f"slot {slot.label} is at {slot.port} already; a scanner needs its own")
        return self

    @model_validator(mode="after")
    def _private_is_not_the_vendors(self) -> Self:
        """What the vendor's service issues, the App of a private deployment does not bind."""
        if self.product.scheme == "private" and self.service.of_the_vendor:
            reason = "this is Gizwits' own service: for scheme private write the address of your deployment"
            raise between("service.url", reason)
        return self

    def line_printer(self) -> PrinterSettings:
        """The one that the line prints on: the chosen one, else the first."""
        wanted = self.station.printer or self.printers[0].name
        return next(printer for printer in self.printers if printer.name == wanted)

    def slot_configs(self) -> tuple[SlotConfig, ...]:
        """The slots by number."""
        return tuple(slot.config(number) for number, slot in enumerate(self.slots, start=1))
