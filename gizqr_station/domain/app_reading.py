"""What the owner's App would make of a text that it scans."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from gizqr_station.domain.codes import Anatomy, ContentKind, anatomy, link_parts
from gizqr_station.domain.product import CodeScheme, Product


class AppBinds(Enum):
    """How the App would bind, if it does."""

    BY_CONTENT = "by_content"
    """``bindDeviceByQRCode``: succeeds only for what the service issued, which nobody can see from outside."""
    BY_LINK = "by_link"
    """By did and passcode."""
    OWN_APP = "own_app"
    """Nothing for the Gizwits App; this product's own App reads it."""
    SHARE = "share"
    """A sharing invitation, no device."""
    NOTHING = "nothing"
    """Handed to ``bindDeviceByQRCode`` like everything else, and refused there."""


@dataclass(frozen=True, slots=True)
class AppReading:
    """One text as the App takes it, by its three rules in their order."""

    content: str
    binds: AppBinds
    anatomy: Anatomy
    link: tuple[tuple[str, str], ...] = ()
    """``product_key``, ``did`` and ``passcode`` of a link; the passcode is never logged."""
    other_product: bool = False
    """The link names another product than this station's."""
    parts_missing: tuple[str, ...] = ()
    """Names of a link's parameters that are empty, or that stand there more than once."""


_BINDS = {
    ContentKind.SHARE: AppBinds.SHARE,
    ContentKind.LINK: AppBinds.BY_LINK,
    ContentKind.ISSUED: AppBinds.BY_CONTENT,
    ContentKind.OTHER: AppBinds.NOTHING,
}
"""The App's three rules in their order, as ``anatomy`` follows them; what is left over is handed on and refused."""


def app_reading(content: str, product: Product | None, *, own_app: Callable[[str], bool] | None = None) -> AppReading:
    """What the App would make of a text, seen from a station that labels ``product``; None for one without a product.

    ``own_app`` says whether the pattern of a template product makes such a text. The Gizwits App's rules come first:
    what they take for something is never the own App's alone.
    """
    seen = anatomy(content)
    link = link_parts(content) if seen.kind is ContentKind.LINK else None
    binds = _BINDS[seen.kind]
    of_template = product is not None and product.scheme is CodeScheme.TEMPLATE
    if binds is AppBinds.NOTHING and of_template and own_app is not None and own_app(content):
        binds = AppBinds.OWN_APP
    if link is None:
        return AppReading(content, binds, seen)
    return AppReading(
        content,
        binds,
        seen,
        link=tuple(link.items()),
        other_product=product is not None and bool(link["product_key"]) and link["product_key"] != product.key,
        parts_missing=tuple(name for name, value in link.items() if not value),
    )
