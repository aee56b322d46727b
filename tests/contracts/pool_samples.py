"""Contents of the vendor's anatomy, and zips of codes, to put into pools."""

import base64
import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime

from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.pooled_codes import CodeZip, ZipCodes
from tests.contracts.ledger_samples import PRODUCT_KEY, mac

SERVICE = "http://qrcode.example.test:1800"
OTHER_SERVICE = "https://qr.factory.example.test"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def content_for(identity: Identity, salt: str = "") -> str:
    """Always the same for one identity and salt: a UUID of version 4, then base64 of 40 bytes more than the identity.

    Nothing is sealed in it.
    """
    noise = hashlib.shake_256(f"{salt} {identity.text}".encode()).digest(16 + 40 + len(identity.text))
    digits = noise[:16].hex()
    uuid = f"{digits[:12]}4{digits[13:16]}8{digits[17:]}"
    return uuid + base64.b64encode(noise[16:]).decode()


def macs(first: int, count: int) -> IdentityRange:
    """So many of ``ledger_samples.mac``, from this number."""
    return IdentityRange(mac(first), mac(first + count - 1))


def zip_from(number: int = 1, **changes: object) -> CodeZip:
    """The number-th task's zip."""
    values: dict[str, object] = {
        "product_key": PRODUCT_KEY,
        "service": SERVICE,
        "source": CodeSource.SERVICE,
        "task": "00911f500047..00911f500048",
        "file": f"/static/zipfiles/{number}.zip",
        "digest": hashlib.sha256(f"zip {number}".encode()).hexdigest(),
        "at": NOON.replace(minute=number % 60),
    }
    return CodeZip(**{**values, **changes})  # type: ignore[arg-type]


def codes_of(identities: Iterable[Identity], number: int = 1, salt: str = "", **changes: object) -> ZipCodes:
    """A zip with a content for each of these."""
    return ZipCodes(zip_from(number, **changes), {each: content_for(each, salt) for each in identities})
