"""How this station gets to services on the web: the company's certificates and proxy, as the settings name them."""

from dataclasses import dataclass
from pathlib import Path

from gizqr_station.codes.http_route import Proxy
from gizqr_station.codes.http_trust import trusted_certificates
from gizqr_station.domain.settings_failures import SettingInvalid
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.settings.secret_store import find_secret


@dataclass(frozen=True, slots=True)
class WayOut:
    """What a client of a web service is made with."""

    ca_file: Path | None
    """The only certificates that are trusted; None for the machine's own."""
    proxy: Proxy | None


def way_out(folder: DataFolder, settings: Settings) -> WayOut:
    """Raises SettingInvalid with its place, and what a secret raises that is missing or exposed.

    A relative path counts from the folder of the settings file.
    """
    service = settings.service
    ca_file = folder.settings_file.parent / service.ca_file if service.ca_file else None
    if ca_file is not None:
        try:
            trusted_certificates(ca_file)
        except ValueError as fault:
            raise SettingInvalid(str(folder.settings_file), "service.ca_file", str(fault)) from fault
    if not service.proxy:
        return WayOut(ca_file, None)
    said = find_secret(service.proxy_secret, folder.secrets) if service.proxy_secret else ""
    try:
        return WayOut(ca_file, Proxy.parse(service.proxy, said))
    except ValueError as fault:
        name, _, reason = str(fault).partition(": ")
        # Without its cause: a secret stands nowhere near a failure.
        raise SettingInvalid(str(folder.settings_file), f"service.{name}", reason) from None
