"""How the settings want scans to be sorted."""

import re
import string

from gizqr_station.assembly.readers import local_macs_allowed
from gizqr_station.domain.scan_rules import ScanRules
from gizqr_station.settings.model import Settings

_FIELD_FORMS = {
    "mac": "[0-9a-f]{12}",
    "MAC": "[0-9A-F]{12}",
    "mac_colons": "[0-9A-F]{2}(?::[0-9A-F]{2}){5}|[0-9-]{18}",
    "imei": "[0-9]{15}",
    "identity": "[0-9a-f]{12}|[0-9]{15}",
    "product_key": "[0-9a-f]{32}",
}
"""What the fields of a label's own text are filled with."""


def scan_rules(settings: Settings) -> ScanRules:
    """The rules of the settings, which were checked when they were read."""
    scanner, product = settings.scanner, settings.product
    return ScanRules(
        local_macs=local_macs_allowed(settings),
        badge=re.compile(scanner.badge) if scanner.badge else None,
        own_content=_own_content(product.content) if product.scheme == "template" else None,
        symbologies=frozenset(scanner.symbologies.replace(",", "")),
        repeat_s=scanner.repeat_s,
    )


def _own_content(pattern: str) -> re.Pattern[str] | None:
    """What labels say that are filled in from such a text; None for one that nobody can fill in."""
    form = ""
    try:
        for literal, field, _, _ in string.Formatter().parse(pattern):
            form += re.escape(literal) + (f"(?:{_FIELD_FORMS[field]})" if field else "")
    except (ValueError, KeyError):
        return None
    return re.compile(form, re.ASCII) if form else None
