"""Values of the pool as its columns hold them, and back; a row that cannot be read back raises one of DAMAGE."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row

from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity, Imei, MacAddress
from gizqr_station.domain.pooled_codes import CodeZip

DAMAGE = (ValueError, TypeError, AttributeError, OverflowError, Failure)
"""What reading a row raises whose bytes were changed."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def micros(moment: datetime) -> int:
    """Whole microseconds since 1970 in UTC; ValueError for a moment without a time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment_of(count: int) -> datetime:
    """The inverse of ``micros``, aware, in UTC."""
    return _EPOCH + timedelta(microseconds=count)


def mark_of(content: str) -> int:
    """What a content is found by: 64 bits, signed, of its SHA-256."""
    return _signed(content)


def seal_of(product_key: str, service: str, source: str, identity: str, content: str) -> int:
    """64 bits, signed, over all that makes a code the right one.

    A flipped bit may leave a content that looks issued, or move it to another identity: nothing else would show it.
    """
    return _signed(f"{product_key}\n{service}\n{source}\n{identity}\n{content}")


def is_whole(row: Row[Any], product_key: str, service: str, source: str) -> bool:
    """Whether a row of ``codes`` is what was written."""
    return bool(row.seal == seal_of(product_key, service, source, row.identity, row.content))


def opened(row: Row[Any], product_key: str, service: str, source: str) -> tuple[Identity, str]:
    """The identity and content of a row; ValueError for one that is not what was written."""
    if not is_whole(row, product_key, service, source):
        raise ValueError(f"the code of {row.identity} is not what was written")
    return identity_of(row.identity), row.content


def identity_of(text: str) -> Identity:
    """What an identity's text was written for, which was parsed before; only its length tells a MAC from an IMEI."""
    return Imei(text) if len(text) == 15 else MacAddress(text)


def zip_of(row: Row[Any]) -> CodeZip:
    """A row of ``zips`` with ``product_key`` and ``service`` of its issuer."""
    return CodeZip(
        product_key=row.product_key,
        service=row.service,
        source=CodeSource(row.source),
        task=row.task,
        file=row.file,
        digest=row.digest,
        at=moment_of(row.at),
    )


def _signed(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], signed=True)
