"""All pictures of a small zip at once, as the tests of the gate want them."""

from collections.abc import Set

from gizqr_station.codes.zip_gate import GateLimits, gated
from gizqr_station.domain.code_failures import ZipRefused


def pictures_in(
    data: bytes, product_key: str, wanted: Set[str], file: str, limits: GateLimits | None = None
) -> dict[str, bytes]:
    """The picture files by identity; ZipRefused unless the zip holds exactly the wanted ones, whole and honest."""
    opened = gated(data, product_key, file, limits)
    if opened.identities != wanted:
        raise ZipRefused(file, "other identities")
    return {identity: opened.picture(identity) for identity in opened.identities}
