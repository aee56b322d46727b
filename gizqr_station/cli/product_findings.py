"""What ``doctor`` says of the product: whose codes it takes, what may never show on a label, how many may register."""

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from gizqr_station.cli.findings import Finding
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.product import CodeScheme, Product, no_business_of_the_gizwits_app
from gizqr_station.domain.stop import Stop
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.wording import words_for
from gizqr_station.workflows.code_cuts import labelled_among, united
from gizqr_station.workflows.codes_seen import counted, over_quota

if TYPE_CHECKING:
    from gizqr_station.assembly.orders import Labelled

_SAMPLE = "00911f500047"


def product_findings(folder: DataFolder, labelled: "Labelled", language: str) -> Iterator[Finding]:
    """Of a station whose product is set up; the product itself is looked at elsewhere."""
    settings = labelled.settings
    from gizqr_station.assembly import product_from
    from gizqr_station.assembly.secrets import guarded_secrets

    try:
        product = product_from(settings, folder)
        guarded_secrets(settings, folder)
    except Failure as failure:
        yield Finding("product secret", good=False, says=words_for(failure, language).line)
        return
    kept = "kept off every label" if settings.product.secret_name else "not named: product.secret_name names it"
    yield Finding("product secret", good=True, says=kept, needed=False)
    yield from _scheme(settings, product)
    yield _quota(folder, labelled, product, language)


def _scheme(settings: Settings, product: Product) -> Iterator[Finding]:
    host = urlsplit(settings.service.url).hostname
    match product.scheme:
        case CodeScheme.GIZWITS if not settings.service.of_the_vendor:
            says = (
                f"gizwits, but codes come from {host}: right for a proxy or a tunnel only; for your own, write private"
            )
            yield Finding("code scheme", good=False, says=says, needed=False)
        case CodeScheme.TEMPLATE if not no_business_of_the_gizwits_app(_filled_in(settings, product)):
            says = "the Gizwits App takes product.content for a code of its own: all labels carry TEST"
            yield Finding("code scheme", good=False, says=says, needed=False)
        case scheme:
            yield Finding("code scheme", good=True, says=scheme.value, needed=False)


def _filled_in(settings: Settings, product: Product) -> str:
    """The pattern as it is on a label; every field may be of any device for this."""
    fields = dict.fromkeys(("mac", "MAC", "mac_colons", "imei", "identity"), _SAMPLE) | {"product_key": product.key}
    try:
        return settings.product.content.format_map(fields)
    except (ValueError, LookupError):
        return ""


def _quota(folder: DataFolder, labelled: "Labelled", product: Product, language: str) -> Finding:
    from gizqr_station.assembly import existing_ledger, has_ledger

    try:
        allowance = labelled.allowance(folder)
        quota = allowance.quota
        if quota is None:
            return Finding("quota", good=True, says="no limit is set: product.quota is 0", needed=False)
        counting, ranges = 0, united(allowance.ranges)
        wanted = counted(ranges)
        if has_ledger(folder):
            with contextlib.closing(existing_ledger(folder)) as ledger:
                counting = ledger.devices_labelled(product.key)
                wanted -= labelled_among(ledger, product.key, ranges, Stop())
    except Failure as failure:
        return Finding("quota", good=False, says=words_for(failure, language).line, needed=False)
    left = quota.left(counting)
    says = (
        f"{left} of {quota.registered} devices may still register;"
        f" {counting} have labels of this station, {quota.elsewhere} were used elsewhere"
    )
    stops = over_quota(wanted, left)
    if stops is not None:
        says = f"{says}. {words_for(stops, language).line}"
    return Finding("quota", left > 0 and stops is None, says, needed=False)
