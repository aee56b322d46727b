"""What the pool is asked for at the line, built once: building a statement takes longer than running it."""

from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select

from gizqr_station.codes.pool_tables import codes, issuers, zips
from gizqr_station.domain.codes import CodeSource

_ISSUER = (issuers.c.product_key == bindparam("product_key"), issuers.c.service == bindparam("service"))

_CODES: Select[Any] = (
    select(codes.c.identity, codes.c.content, codes.c.seal, zips, issuers.c.product_key, issuers.c.service)
    .select_from(codes)
    .join(zips, zips.c.id == codes.c.zip)
    .join(issuers, issuers.c.id == codes.c.issuer)
    .where(*_ISSUER)
)
"""Codes with all that their seals are over, and their zips; of ``product_key`` and ``service``."""

CODE = _CODES.where(codes.c.identity == bindparam("identity"))

HOLDER = _CODES.where(codes.c.mark == bindparam("mark"), codes.c.content == bindparam("content"))

ZIPS: Select[Any] = (
    select(zips, issuers.c.product_key, issuers.c.service)
    .join(issuers, issuers.c.id == zips.c.issuer)
    .where(*_ISSUER)
    .order_by(zips.c.at.desc(), zips.c.id.desc())
    .limit(bindparam("limit"))
)

ZIP: Select[Any] = (
    select(zips, issuers.c.product_key, issuers.c.service)
    .join(issuers, issuers.c.id == zips.c.issuer)
    .where(zips.c.id == bindparam("number"))
)

_OURS = codes.c.issuer == select(issuers.c.id).where(*_ISSUER).scalar_subquery()

_THEN = codes.c.id <= bindparam("newest")
"""As the pool was when ``newest`` was asked for: numbers only grow, and only rejected codes are deleted whole."""
NEWEST = select(func.max(codes.c.id))
ANY = 2**62

# The index of identities answers these alone. A MAC's text may lie between those of IMEIs.
_STRETCH = (
    codes.c.identity >= bindparam("first"),
    codes.c.identity <= bindparam("last"),
    func.length(codes.c.identity) == bindparam("digits"),
)
_AMONG = codes.c.identity.in_(bindparam("identities", expanding=True))


class Counting:
    """What there is of a product and service, as far as ``which`` holds too."""

    def __init__(self, *which: ColumnElement[bool]) -> None:
        self.count: Select[Any] = select(func.count()).select_from(codes).where(_OURS, _THEN, *which)
        self.count_in = self.count.where(*_STRETCH)
        held: Select[Any] = select(codes.c.identity).where(_OURS, _THEN, *which)
        self.held_in = held.where(*_STRETCH)
        self.held_among = held.where(_AMONG)


ALL = Counting()
GENUINE = Counting(codes.c.zip.in_(select(zips.c.id).where(zips.c.source != CodeSource.SANDBOX.value)))

_OF_OURS: Select[Any] = select(zips.c.source).join(issuers, issuers.c.id == zips.c.issuer).where(*_ISSUER)
A_SANDBOXS = _OF_OURS.where(zips.c.source == CodeSource.SANDBOX.value).limit(1)
LAST_FETCHED = _OF_OURS.where(zips.c.task != "").order_by(zips.c.at.desc(), zips.c.id.desc()).limit(1)
"""Whether the service is a sandbox: it said so with the newest zip that was fetched, not carried in by hand."""

_PLAIN: Select[Any] = (
    select(codes.c.identity, codes.c.content, codes.c.seal, codes.c.zip).where(_OURS, _THEN).order_by(codes.c.identity)
)
CODES_IN = _PLAIN.where(*_STRETCH)
CODES_AMONG = _PLAIN.where(_AMONG)
CODES_AFTER = _PLAIN.where(codes.c.identity > bindparam("after")).limit(bindparam("at_most"))
