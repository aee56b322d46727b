"""Work orders as rows, and back: the profile is kept as the very text that its digest was made of."""

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Column, Integer, Row, String, Table, Text

from gizqr_station.domain.failures import IdentityRefused
from gizqr_station.domain.identity import Identity, Imei, MacAddress
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.ledger_failures import LedgerDamaged
from gizqr_station.domain.sealing import canonical
from gizqr_station.domain.work_order import OrderProfile, OrderState, WorkOrder
from gizqr_station.ledger.rows import DAMAGE, moment_of
from gizqr_station.ledger.tables import METADATA, Number

_BETWEEN = ".."
_MAC_DIGITS = 12

work_orders = Table(
    "work_orders",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("number", String(40), nullable=False, unique=True),
    Column("product_key", String(32), nullable=False),
    Column("template", Text, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("profile", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("state", String(16), nullable=False),
    Column("signed_by", Text, nullable=False),
    Column("released_by", Text, nullable=False),
    Column("first_article", BigInteger, nullable=False),
    Column("closed_by", Text, nullable=False),
    Column("remark", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""``product_key``, ``template`` and ``quantity`` stand beside the profile for the look that each label takes."""

orders_in_hand = Table(
    "orders_in_hand",
    METADATA,
    Column("station", Text, primary_key=True),
    Column("number", String(40), nullable=False),
    Column("taken_by", Text, nullable=False),
    Column("taken_at", BigInteger, nullable=False),
)
"""What each station works on, where that is an order of the book."""


def profile_text(profile: OrderProfile) -> str:
    """Canonical JSON: sorted names, no blanks, ranges as ``first..last`` in their order."""
    plain = {name: getattr(profile, name) for name in OrderProfile.__dataclass_fields__}
    plain["identities"] = [_range_text(each) for each in profile.identities]
    return canonical(plain).decode()


def digest_of_profile(profile: OrderProfile) -> str:
    """What is signed: SHA-256 of the canonical JSON, in hexadecimal."""
    return _digest(profile_text(profile))


@lru_cache(maxsize=16)
def _profile_of(text: str) -> OrderProfile:
    """A hundred thousand ranges take a while to be read, and never change: a few profiles are kept."""
    plain: Mapping[str, Any] = json.loads(text)
    lists = {"identities": tuple(_range_of(each) for each in plain["identities"]), "ouis": tuple(plain["ouis"])}
    return OrderProfile(**{**plain, **lists})


def new_order(number: str, profile: OrderProfile, who: str, at_us: int) -> dict[str, object]:
    """The columns of an order that is planned."""
    text = profile_text(profile)
    return {
        "number": number,
        "product_key": profile.product_key,
        "template": profile.template,
        "quantity": profile.quantity,
        "profile": text,
        "digest": _digest(text),
        "made_by": who,
        "made_at": at_us,
        "state": OrderState.PLANNED.value,
        "signed_by": "",
        "released_by": "",
        "first_article": 0,
        "closed_by": "",
        "remark": "",
    }


def order_of(row: Row[Any], path: str) -> WorkOrder:
    """A row of ``work_orders``; LedgerDamaged where it is none, or its profile is not the one of its digest."""
    try:
        if _digest(row.profile) != row.digest:
            raise ValueError("its profile is not what was signed")
        return WorkOrder(
            number=row.number,
            profile=_profile_of(row.profile),
            digest=row.digest,
            state=OrderState(row.state),
            made_by=row.made_by,
            made_at=moment_of(row.made_at),
            signed_by=row.signed_by,
            released_by=row.released_by,
            first_article=row.first_article,
            closed_by=row.closed_by,
            remark=row.remark,
        )
    except (*DAMAGE, KeyError, IdentityRefused) as broken:
        raise LedgerDamaged(path, f"order {row.number}: {broken}") from broken


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _range_text(each: IdentityRange) -> str:
    return each.first.text if each.first == each.last else f"{each.first.text}{_BETWEEN}{each.last.text}"


def _range_of(text: str) -> IdentityRange:
    first, _, last = text.partition(_BETWEEN)
    begins = _identity(first)
    return IdentityRange(begins, _identity(last) if last else begins)


def _identity(text: str) -> Identity:
    """Of a text that ``_range_text`` wrote; whether it may be labelled was asked when the order was planned."""
    return MacAddress(text) if len(text) == _MAC_DIGITS else Imei(text)
