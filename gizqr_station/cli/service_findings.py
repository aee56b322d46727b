"""What ``doctor`` says of the way to the QR service: address, encryption, certificates, proxy. Asks nobody."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gizqr_station.cli.findings import Finding
from gizqr_station.domain.failures import Failure
from gizqr_station.places import DataFolder

if TYPE_CHECKING:
    from gizqr_station.settings.model import Settings

_OPEN = (
    "not encrypted: whoever is on this network can read the key and change the codes;"
    " put an https address into service.url if there is one, else keep the station on a network of its own"
)


def service_findings(folder: DataFolder, settings: "Settings") -> Iterator[Finding]:
    """Nothing where codes are made here; a setting that cannot be used is told as such, not here."""
    from gizqr_station import assembly

    if settings.product.scheme not in ("gizwits", "private"):
        return
    try:
        client = assembly.task_client(folder, settings)
    except Failure:
        return
    says = f"{client.address}, {'encrypted' if client.encrypted else _OPEN}"
    yield Finding("QR service", client.encrypted, says, needed=False)
    if client.encrypted:
        trusted = f"those of {settings.service.ca_file} alone" if settings.service.ca_file else "those of this machine"
        yield Finding("certificates trusted", good=True, says=trusted, needed=False)
    if client.proxy_place:
        seen = "sees nothing but where to" if client.encrypted else "sees the key and the codes"
        says = f"{client.proxy_place}, {'with' if settings.service.proxy_secret else 'without'} a password; it {seen}"
        yield Finding("proxy", client.encrypted, says, needed=False)
