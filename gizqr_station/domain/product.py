"""A product: its key, how its codes come, and how its labels are checked."""

import re
from dataclasses import dataclass
from enum import Enum

from gizqr_station.domain.codes import Anatomy, CodeSource, ContentKind, IssuedCode, anatomy, issued_for, link_parts
from gizqr_station.domain.identity import Identity

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

_WHOLE_LINK = Anatomy(ContentKind.LINK, None, well_formed=True)


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
    service: str = ""
    """Address of the service that issues its codes, without a slash at its end; empty where none does."""

    def wants_scan_back(self, number: int) -> bool:
        """Whether the unit with this running number (from 1) is to be scanned back."""
        return self.scan_back_every > 0 and (number - 1) % self.scan_back_every == 0


def is_product_key(text: str) -> bool:
    """Whether the text has the form of a product key."""
    return bool(_PRODUCT_KEY.fullmatch(text))


def bindable(product: Product, code: IssuedCode) -> bool:
    """Whether the App of this product's owners can bind the code; if not, the label carries TEST.

    Where it came from is not enough: what it says has to fit the scheme, the product and the identity as well.
    """
    return code.source in _BINDABLE_SOURCES[product.scheme] and content_fits(product, code.content, code.identity)


def issued_here(product: Product, code: IssuedCode) -> bool:
    """Whether the service that issues this product's codes issued this one: another's is bound by another App.

    A label of which nobody kept the service is from a time when there was but the one of the Gizwits App. What no
    service issued is not in question.
    """
    if code.service:
        return code.service == product.service
    return product.scheme is not CodeScheme.PRIVATE


def content_fits(product: Product, content: str, identity: Identity | None) -> bool:
    """Whether a text is what this product's codes say, wherever it came from; None for no identity in particular.

    Of a template product any text that the Gizwits App takes for nothing: whether the pattern makes it, the pattern
    knows.
    """
    seen = anatomy(content)
    match product.scheme:
        case CodeScheme.GIZWITS | CodeScheme.PRIVATE:
            return seen.kind is ContentKind.ISSUED if identity is None else issued_for(content, identity)
        case CodeScheme.LINK:
            link = link_parts(content)
            # An invitation comes first with the App, whatever stands behind it.
            return seen == _WHOLE_LINK and link is not None and link["product_key"] == product.key
        case CodeScheme.TEMPLATE:
            return no_business_of_the_gizwits_app(content)


def no_business_of_the_gizwits_app(content: str) -> bool:
    """Whether the Gizwits App takes the text for nothing at all, as it must with a text of the customer's own App.

    It would take an invitation, a link or what looks issued for something that the owner did not mean, whosever App it
    was drawn for. A pattern knows no did, so a link of its making is never a device's own.
    """
    return anatomy(content).kind is ContentKind.OTHER
