"""A product: its key, how its codes come, and how its labels are checked."""

import re
from dataclasses import dataclass
from enum import Enum

from gizqr_station.domain.codes import CodeSource, IssuedCode

_PRODUCT_KEY = re.compile(r"[0-9a-f]{32}", re.ASCII)


class CodeScheme(Enum):
    """How a product's codes come, which decides what its owners' App will bind."""

    GIZWITS = "gizwits"
    """The Gizwits App binds only what the Gizwits service issued."""
    PRIVATE = "private"
    """The same from a deployment of the customer's own; its App binds only what that deployment issued."""
    LINK = "link"
    """Links with product key, did and passcode."""
    TEMPLATE = "template"
    """The customer's own App reads the customer's own text."""


_BINDABLE_SOURCES = {
    CodeScheme.GIZWITS: frozenset({CodeSource.SERVICE, CodeSource.POOL}),
    CodeScheme.PRIVATE: frozenset({CodeSource.SERVICE, CodeSource.POOL}),
    CodeScheme.LINK: frozenset({CodeSource.LINK}),
    CodeScheme.TEMPLATE: frozenset({CodeSource.TEMPLATE}),
}


@dataclass(frozen=True, slots=True)
class Product:
    """What is being labelled."""

    key: str
    """32 lower-case hexadecimal digits."""
    name: str
    """As printed on the label."""
    scheme: CodeScheme = CodeScheme.GIZWITS
    template: str = "40x30"
    """The name of the label template."""
    scan_back_every: int = 1
    """1 = each label is scanned back, n = one in n, 0 = none; what was not scanned never counts as verified."""

    def wants_scan_back(self, number: int) -> bool:
        """Whether the unit with this running number (from 1) is to be scanned back."""
        return self.scan_back_every > 0 and (number - 1) % self.scan_back_every == 0


def is_product_key(text: str) -> bool:
    """Whether the text has the form of a product key."""
    return bool(_PRODUCT_KEY.fullmatch(text))


def bindable(product: Product, code: IssuedCode) -> bool:
    """Whether the App of this product's owners can bind the code; if not, the label carries TEST."""
    return code.source in _BINDABLE_SOURCES[product.scheme]
