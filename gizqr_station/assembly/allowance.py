"""What the settings let a station label: the product's makers and quota, the work order, its list and quantity."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from gizqr_station.domain.allowance import Allowance, LocalMacs
from gizqr_station.domain.failures import IdentityRefused
from gizqr_station.domain.identity import IdentityKind
from gizqr_station.domain.identity_list import RawLine
from gizqr_station.domain.identity_ranges import IdentityRange, joined
from gizqr_station.domain.list_failures import ListEmpty
from gizqr_station.domain.quota import Quota
from gizqr_station.domain.settings_failures import SettingInvalid
from gizqr_station.lists.files import read_list
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings

_KINDS = {"any": None, "mac": IdentityKind.MAC, "imei": IdentityKind.IMEI}


def allowance_from(settings: Settings, folder: DataFolder) -> Allowance:
    """The allowance of the settings. Nothing that an order names is left out in silence.

    Raises SettingInvalid for a line of the order that is no identity and for a quantity without an order, and what
    keeps the order's list from being read.
    """
    product, order = settings.product, settings.order
    local_macs = _local_macs(settings)
    if order.quantity and not order.number.strip():
        raise _invalid(folder, "order.quantity", "labels are counted by order: set order.number too")
    return Allowance(
        kind=_KINDS[product.identity],
        ouis=frozenset(oui.replace(":", "").replace("-", "").lower() for oui in product.ouis),
        order=order.number.strip(),
        ranges=_ranges(settings, folder, local_macs=local_macs is not None),
        quantity=order.quantity or None,
        local_macs=local_macs,
        quota=Quota(product.quota, product.registered_elsewhere) if product.quota else None,
    )


def _local_macs(settings: Settings) -> LocalMacs | None:
    """The permission; the settings have either both parts of it or none."""
    who, why = settings.product.local_macs_allowed_by.strip(), settings.product.local_macs_reason.strip()
    return LocalMacs(who, why) if who and why else None


def _ranges(settings: Settings, folder: DataFolder, *, local_macs: bool) -> tuple[IdentityRange, ...]:
    """All that the order names, in the settings and in its list; nothing where it names neither."""
    order = settings.order
    typed = (RawLine(number, text) for number, text in enumerate(order.identities, start=1))
    ranges = list(_parsed(typed, folder, "order.identities", "entry", local_macs=local_macs))
    if order.list_file:
        path = folder.settings_file.parent / Path(order.list_file)
        listed = list(
            _parsed(read_list(path).lines, folder, "order.list_file", f"{path.name} line", local_macs=local_macs)
        )
        if not listed:
            # An empty list must not come to mean that everything is allowed.
            raise ListEmpty(path.name)
        ranges += listed
    singles = [each.first for each in ranges if len(each) == 1]
    return (*joined(singles), *(each for each in ranges if len(each) > 1))


def _parsed(
    lines: Iterable[RawLine], folder: DataFolder, key: str, place: str, *, local_macs: bool
) -> Iterator[IdentityRange]:
    for line in lines:
        try:
            if line.failure is not None:
                raise line.failure
            yield IdentityRange.parse(line.text, local_macs=local_macs)
        except IdentityRefused as refused:
            where = f"{place} {line.number}: {line.text.strip()[:80]!r}"
            raise _invalid(folder, key, f"{where}, {refused.code}") from refused


def _invalid(folder: DataFolder, key: str, reason: str) -> SettingInvalid:
    return SettingInvalid(str(folder.settings_file), key, reason)
