"""What a station labels: what its settings say, or the signed profile of the order that it has in hand."""

import contextlib
import logging
from dataclasses import dataclass, replace
from pathlib import Path

from gizqr_station.assembly.allowance import allowance_from
from gizqr_station.assembly.codes import issuing_service
from gizqr_station.assembly.ledgers import existing_ledger, has_ledger
from gizqr_station.domain.allowance import Allowance
from gizqr_station.domain.order_failures import OrderPart, StationLacks
from gizqr_station.domain.product import CodeScheme
from gizqr_station.domain.settings_failures import SecretMissing
from gizqr_station.domain.work_order import OrderProfile, WorkOrder
from gizqr_station.labels.template_files import TemplateShelf
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import OrderSettings, Settings
from gizqr_station.settings.secret_store import find_secret

log = logging.getLogger(__name__)

_FROM_A_SERVICE = {CodeScheme.GIZWITS.value, CodeScheme.PRIVATE.value}


@dataclass(frozen=True, slots=True)
class Labelled:
    """What is labelled here, as settings that every part can be made from."""

    settings: Settings
    order: WorkOrder | None
    """The order of the book that they come from; None where the settings alone say it."""

    @property
    def number(self) -> str:
        """Of that order; empty for none."""
        return "" if self.order is None else self.order.number

    def allowance(self, folder: DataFolder) -> Allowance:
        """What may be labelled; raises what ``allowance_from`` raises."""
        allowance = allowance_from(self.settings, folder)
        return allowance if self.order is None else replace(allowance, ranges=self.order.profile.identities)


def labelled_here(settings: Settings, ledger: SqlLedger | None) -> Labelled:
    """The order in hand, or one of the book that the settings name; else what the settings say themselves.

    Raises StationLacks where codes would come from another service than the order was signed for. A template or secret
    that is missing is refused by whoever needs it.
    """
    if ledger is None:
        return Labelled(settings, None)
    number = ledger.order_in_hand(settings.station.name) or settings.order.number.strip()
    order = ledger.order(number) if number else None
    if order is None:
        return Labelled(settings, None)
    _require_service(settings, order)
    return Labelled(with_profile(settings, order), order)


def labelled_in(folder: DataFolder, settings: Settings) -> Labelled:
    """The same by the folder's own ledger, where there is one; raises LedgerFailure too."""
    if not has_ledger(folder):
        return Labelled(settings, None)
    with contextlib.closing(existing_ledger(folder)) as ledger:
        return labelled_here(settings, ledger)


def with_profile(settings: Settings, order: WorkOrder) -> Settings:
    """The settings with all that the order says; of ranges none, they may be more than settings hold.

    How many devices may register is told by the settings of the same product: that may have changed since. A printer
    that is not there any more leaves the line with the station's own; what a label looks like does not hang on it.
    """
    profile = order.profile
    same = profile.product_key == settings.product.key
    quota = settings.product if same else profile
    product = settings.product.model_copy(
        update={
            "key": profile.product_key,
            "name": profile.product_name,
            "scheme": profile.scheme,
            "template": profile.template,
            "scan_back_every": profile.scan_back_every,
            "identity": profile.identity_kind,
            "ouis": profile.ouis,
            "local_macs_allowed_by": profile.local_macs_allowed_by,
            "local_macs_reason": profile.local_macs_reason,
            "links_file": profile.links_file,
            "quota": quota.quota,
            "registered_elsewhere": quota.registered_elsewhere,
            "secret_name": profile.secret_name,
            "content": profile.content,
        }
    )
    station = settings.station
    if any(printer.name == profile.printer for printer in settings.printers):
        station = station.model_copy(update={"printer": profile.printer})
    else:
        log.warning("order %s names the printer %s, which is not set up here", order.number, profile.printer)
    wanted = OrderSettings(number=order.number, quantity=profile.quantity)
    return settings.model_copy(update={"product": product, "station": station, "order": wanted})


def profile_of(settings: Settings, printer: str = "") -> OrderProfile:
    """What these settings label, on this printer or the line's; quantity and ranges are the planner's to say."""
    product = settings.product
    return OrderProfile(
        product_key=product.key,
        product_name=product.name,
        scheme=product.scheme,
        template=product.template,
        printer=printer or settings.line_printer().name,
        quantity=0,
        scan_back_every=product.scan_back_every,
        service=issuing_service(settings) if product.scheme in _FROM_A_SERVICE else "",
        content=product.content,
        links_file=product.links_file,
        identity_kind=product.identity,
        ouis=product.ouis,
        local_macs_allowed_by=product.local_macs_allowed_by.strip(),
        local_macs_reason=product.local_macs_reason.strip(),
        quota=product.quota,
        registered_elsewhere=product.registered_elsewhere,
        secret_name=product.secret_name,
    )


def require_here(settings: Settings, folder: DataFolder, order: WorkOrder, printers: tuple[str, ...]) -> None:
    """Raise StationLacks for what the order names and this station does not have: before anything changes."""
    profile = order.profile
    if profile.printer not in printers:
        raise _lacks(order, OrderPart.PRINTER, profile.printer)
    if profile.template not in TemplateShelf(folder.templates).names():
        raise _lacks(order, OrderPart.TEMPLATE, profile.template)
    _require_service(settings, order)
    if profile.scheme == CodeScheme.LINK.value and not Path(profile.links_file).is_file():
        raise _lacks(order, OrderPart.LINKS, profile.links_file or "-")
    if profile.secret_name:
        try:
            find_secret(profile.secret_name, folder.secrets)
        except SecretMissing as missing:
            raise _lacks(order, OrderPart.SECRET, profile.secret_name) from missing


def _require_service(settings: Settings, order: WorkOrder) -> None:
    service = order.profile.service
    if service and service != issuing_service(settings):
        raise _lacks(order, OrderPart.SERVICE, service)


def _lacks(order: WorkOrder, part: OrderPart, named: str) -> StationLacks:
    return StationLacks(order.number, part.value, named)
