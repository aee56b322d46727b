"""What the owner's App would make of a text that it scans."""

from dataclasses import dataclass
from enum import Enum

from gizqr_station.domain.codes import Anatomy


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
    """Names of a link's parameters that are empty."""
