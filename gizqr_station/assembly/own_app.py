"""What the customer's own App reads, where a product's codes follow a pattern of the customer's."""

from collections.abc import Callable
from functools import partial

from gizqr_station.assembly.clock import SystemClock
from gizqr_station.codes.local_codes import TemplateCodes
from gizqr_station.domain.product import CodeScheme, Product
from gizqr_station.settings.model import Settings


def own_app(settings: Settings, product: Product) -> Callable[[str], bool] | None:
    """Whether the pattern makes a text; None for products whose codes follow none, and for a pattern with a fault."""
    if product.scheme is not CodeScheme.TEMPLATE:
        return None
    try:
        codes = TemplateCodes(settings.product.content, SystemClock())
    except ValueError:
        return None
    return partial(_matches, codes, product)


def _matches(codes: TemplateCodes, product: Product, text: str) -> bool:
    return codes.matches(text, product)
