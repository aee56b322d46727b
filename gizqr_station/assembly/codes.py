"""The product of the settings, and where its codes come from."""

import logging
from collections.abc import Mapping
from pathlib import Path

from gizqr_station.codes.local_codes import Link, LinkCodes, TemplateCodes, load_links
from gizqr_station.codes.service_codes import Pace, ServiceCodes
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
    return Product(wanted.key, wanted.name, CodeScheme(wanted.scheme), wanted.template, wanted.scan_back_every)


def code_provider(folder: DataFolder, settings: Settings, clock: Clock) -> CodeProvider:
    """Where this product's codes come from."""
    wanted = settings.product
    match CodeScheme(wanted.scheme):
        case CodeScheme.GIZWITS | CodeScheme.PRIVATE:
            return ServiceCodes(
                task_client(folder, settings),
                clock,
                pace=Pace(deadline_s=settings.service.deadline_s),
                product_key=wanted.key or None,
            )
        case CodeScheme.LINK:
            path = Path(wanted.links_file)
            return LinkCodes(_links(path), path.name, clock)
        case CodeScheme.TEMPLATE:
            try:
                return TemplateCodes(wanted.content, clock)
            except ValueError as fault:
                raise SettingInvalid(str(folder.settings_file), "product.content", str(fault)) from fault


def _links(path: Path) -> Mapping[Identity, Link]:
    """A list's usable lines; the others are in the log, and their devices are refused by name when they come."""
    loaded = load_links(path)
    for bad in loaded.bad_lines:
        log.warning("%s line %d left out: %s %r", path.name, bad.number, bad.fault.value, bad.text)
    return loaded.links


def task_client(folder: DataFolder, settings: Settings) -> TaskClient:
    """The client of the QR service with its key."""
    secret = settings.service.authorization_secret
    key = find_secret(secret, folder.secrets) if secret else DOCUMENTED_KEY
    try:
        return TaskClient(settings.service.url, key)
    except ValueError as fault:
        raise SettingInvalid(str(folder.settings_file), "service", str(fault)) from fault
