"""The product of the settings, and where its codes come from."""

import logging
from collections.abc import Mapping
from pathlib import Path

from gizqr_station.assembly.web import way_out
from gizqr_station.codes.decrypt_check import decrypt_check
from gizqr_station.codes.http_route import usable_url
from gizqr_station.codes.local_codes import Link, LinkCodes, TemplateCodes, load_links
from gizqr_station.codes.pace import Pace
from gizqr_station.codes.range_codes import Check
from gizqr_station.codes.service_codes import ServiceCodes
from gizqr_station.codes.task_client import TaskClient
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.product import CodeScheme, Product
from gizqr_station.domain.settings_failures import SettingInvalid, SettingMissing
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import DOCUMENTED_KEY, Settings
from gizqr_station.settings.secret_store import find_secret
from gizqr_station.workflows.ports import Clock, CodeProvider

log = logging.getLogger(__name__)


def product_from(settings: Settings, folder: DataFolder) -> Product:
    """The product of the settings; a station without one cannot label anything."""
    wanted = settings.product
    for key, value in (("product.key", wanted.key), ("product.name", wanted.name)):
        if not value:
            raise SettingMissing(str(folder.settings_file), key)
    scheme = CodeScheme(wanted.scheme)
    service = issuing_service(settings) if scheme in {CodeScheme.GIZWITS, CodeScheme.PRIVATE} else ""
    return Product(wanted.key, wanted.name, scheme, wanted.template, wanted.scan_back_every, service)


def issuing_service(settings: Settings) -> str:
    """The address that codes of this product come from, as they name it themselves; as written where it is none."""
    try:
        return str(usable_url(settings.service.url, "service.url")).rstrip("/")
    except ValueError:
        return settings.service.url  # whoever asks it for a code says what is wrong with it


def code_provider(folder: DataFolder, settings: Settings, clock: Clock) -> CodeProvider:
    """Where this product's codes come from, the pool aside (``assembly.pools``)."""
    wanted = settings.product
    match CodeScheme(wanted.scheme):
        case CodeScheme.GIZWITS | CodeScheme.PRIVATE:
            client = task_client(folder, settings)
            key = wanted.key or None
            return ServiceCodes(
                client, clock, pace=pace_of(settings), product_key=key, check=check_of(client, settings)
            )
        case CodeScheme.LINK:
            if not wanted.links_file:
                raise SettingMissing(str(folder.settings_file), "product.links_file")
            path = Path(wanted.links_file)
            return LinkCodes(_links(path), path.name, clock)
        case CodeScheme.TEMPLATE:
            try:
                return TemplateCodes(wanted.content, clock)
            except ValueError as fault:
                raise SettingInvalid(str(folder.settings_file), "product.content", str(fault)) from fault


def pace_of(settings: Settings) -> Pace:
    """How long the service is given."""
    return Pace(deadline_s=settings.service.deadline_s)


def check_of(client: TaskClient, settings: Settings) -> Check:
    """Whether the service is asked once more for whom its codes are."""
    return decrypt_check(client, settings.service.decrypt_check)


def _links(path: Path) -> Mapping[Identity, Link]:
    """A list's usable lines; the others are in the log, and their devices are refused by name when they come."""
    loaded = load_links(path)
    for bad in loaded.bad_lines:
        log.warning("%s line %d left out: %s %r", path.name, bad.number, bad.fault.value, bad.text)
    return loaded.links


def task_client(folder: DataFolder, settings: Settings) -> TaskClient:
    """The client of the QR service with its key, through the company's proxy and with its certificates if need be."""
    secret = settings.service.authorization_secret
    key = find_secret(secret, folder.secrets) if secret else DOCUMENTED_KEY
    way = way_out(folder, settings)
    try:
        return TaskClient(settings.service.url, key, ca_file=way.ca_file, proxy=way.proxy)
    except ValueError as fault:
        name, _, reason = str(fault).partition(": ")
        place = {"base_url": "service.url", "authorization": "service.authorization_secret"}.get(name, "service")
        raise SettingInvalid(str(folder.settings_file), place, reason) from fault
