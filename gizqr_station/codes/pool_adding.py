"""Puts the codes of a zip into the pool: an identity keeps its first code, a content its first identity.

Only a sandbox's code gives way, to one that a service issued: it binds nothing, so that a zip of a sandbox that was
imported by mistake must not keep its devices from their codes.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from gizqr_station.codes.pool_issuers import issuer_in
from gizqr_station.codes.pool_rejected import rejected_among
from gizqr_station.codes.pool_rows import identity_of, is_whole, mark_of, micros, seal_of
from gizqr_station.codes.pool_tables import codes, issuers, zips
from gizqr_station.domain.code_failures import CodeNotUnique, CodeRejected
from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.pooled_codes import BadMember, CodeZip, PoolAdded, ZipCodes
from gizqr_station.domain.stop import Stop

_AT_ONCE = 500
"""Codes in a query."""
_Pair = tuple[Identity, str]


@dataclass(slots=True)
class _Tally:
    """What became of the codes so far."""

    new: int = 0
    same: int = 0
    kept: list[Identity] = field(default_factory=list)
    refused: list[BadMember] = field(default_factory=list)


class Adding:
    """One zip on its way into the pool, within one writing transaction."""

    def __init__(self, connection: Connection, came_in: CodeZip) -> None:
        self._connection = connection
        self._zip = came_in
        self._issuer = issuer_in(connection, came_in.product_key, came_in.service)
        self._number: int | None = None
        self._tally = _Tally()

    def add(self, held: ZipCodes, stop: Stop) -> PoolAdded:
        """All of them; ``stop`` is looked at before every few hundred."""
        twice = _twice(held)
        for pairs in _few(held):
            stop.check()
            self._add_few(pairs, twice)
        if self._tally.new:
            brought = zips.c.brought + self._tally.new
            self._connection.execute(update(zips).where(zips.c.id == self._zip_number()).values(brought=brought))
        return PoolAdded(self._tally.new, self._tally.same, tuple(self._tally.kept), tuple(self._tally.refused))

    def _add_few(self, pairs: Sequence[_Pair], twice: dict[str, list[Identity]]) -> None:
        tally = self._tally
        before = self._before(pairs)
        holders = self._holders(pairs)
        rejected = rejected_among(self._connection, self._zip.product_key, (content for _, content in pairs))
        rows: list[dict[str, object]] = []
        for identity, content in pairs:
            row = before.get(identity.text)
            if row is not None and not is_whole(row, self._zip.product_key, self._zip.service, row.source):
                self._forget(row)
                row = None
            other = next((each for each in twice.get(content, ()) if each != identity), holders.get(content))
            if content in rejected:
                tally.refused.append(BadMember(f"{identity.text}.png", CodeRejected(identity.readable)))
            elif row is not None and row.content == content:
                tally.same += 1
                if self._zip.source is CodeSource.SANDBOX and row.source != CodeSource.SANDBOX.value:
                    self._mark_as_sandbox(row)
            elif row is not None and not self._may_replace(row):
                tally.kept.append(identity)
            elif other is not None:
                failure = CodeNotUnique(identity.readable, other.readable)
                tally.refused.append(BadMember(f"{identity.text}.png", failure))
            elif row is not None:
                self._replace(row, content)
                tally.new += 1
            else:
                rows.append(self._row(identity, content))
        if rows:
            self._connection.execute(insert(codes), rows)
            tally.new += len(rows)

    def _before(self, pairs: Sequence[_Pair]) -> dict[str, Row[Any]]:
        """The rows that these identities have, by their texts."""
        wanted = [identity.text for identity, _ in pairs]
        query: Select[Any] = (
            select(codes.c.id, codes.c.identity, codes.c.content, codes.c.seal, zips.c.source)
            .outerjoin(zips, zips.c.id == codes.c.zip)
            .where(codes.c.issuer == self._issuer, codes.c.identity.in_(wanted))
        )
        return {row.identity: row for row in self._connection.execute(query)}

    def _holders(self, pairs: Sequence[_Pair]) -> dict[str, Identity]:
        """Other devices that have one of these contents; the same device at another service's address is not other."""
        owners = {content: identity for identity, content in pairs}
        query: Select[Any] = (
            select(codes.c.identity, codes.c.content, codes.c.seal, zips.c.source)
            .add_columns(issuers.c.product_key, issuers.c.service)
            .join(issuers, issuers.c.id == codes.c.issuer)
            .join(zips, zips.c.id == codes.c.zip)
            .where(codes.c.mark.in_([mark_of(content) for _, content in pairs]))
        )
        return {
            row.content: identity_of(row.identity)
            for row in self._connection.execute(query)
            if row.content in owners
            and (row.product_key, row.identity) != (self._zip.product_key, owners[row.content].text)
            and is_whole(row, row.product_key, row.service, row.source)
        }

    def _row(self, identity: Identity, content: str) -> dict[str, object]:
        return {
            "issuer": self._issuer,
            "identity": identity.text,
            "zip": self._zip_number(),
            "content": content,
            "mark": mark_of(content),
            "seal": self._seal(identity.text, content),
        }

    def _may_replace(self, row: Row[Any]) -> bool:
        return row.source == CodeSource.SANDBOX.value and self._zip.source is not CodeSource.SANDBOX

    def _replace(self, row: Row[Any], content: str) -> None:
        """In its place, so that whoever reads the pool page by page sees one of both."""
        changed = self._row(identity_of(row.identity), content)
        self._connection.execute(update(codes).where(codes.c.id == row.id).values(**changed))

    def _mark_as_sandbox(self, row: Row[Any]) -> None:
        """What a sandbox issued is bound by no App, whoever said before that a service had issued it."""
        changed = {"zip": self._zip_number(), "seal": self._seal(row.identity, row.content)}
        self._connection.execute(update(codes).where(codes.c.id == row.id).values(**changed))

    def _forget(self, row: Row[Any]) -> None:
        """A code that was changed on the disk is nobody's; the one that comes now takes its place."""
        self._connection.execute(delete(codes).where(codes.c.id == row.id))

    def _seal(self, identity: str, content: str) -> int:
        return seal_of(self._zip.product_key, self._zip.service, self._zip.source.value, identity, content)

    def _zip_number(self) -> int:
        """Of the same zip where it came before, else of a new row."""
        if self._number is None:
            self._number = self._known_number() or self._new_number()
        return self._number

    def _known_number(self) -> int | None:
        came = self._zip
        query = select(zips.c.id).where(
            zips.c.issuer == self._issuer,
            zips.c.digest == came.digest,
            zips.c.source == came.source.value,
            zips.c.task == came.task,
            zips.c.file == came.file,
        )
        return self._connection.execute(query).scalar()

    def _new_number(self) -> int:
        came = self._zip
        made = self._connection.execute(
            insert(zips).values(
                issuer=self._issuer,
                source=came.source.value,
                task=came.task,
                file=came.file,
                digest=came.digest,
                at=micros(came.at),
                brought=0,
            )
        )
        assert made.inserted_primary_key is not None
        return int(made.inserted_primary_key[0])


def _twice(held: ZipCodes) -> dict[str, list[Identity]]:
    """Contents that several identities of the zip have, with those."""
    counted = Counter(held.contents.values())
    found: dict[str, list[Identity]] = {content: [] for content, count in counted.items() if count > 1}
    for identity, content in held.contents.items():
        if content in found:
            found[content].append(identity)
    return found


def _few(held: ZipCodes) -> Iterator[list[_Pair]]:
    left = iter(held.contents.items())
    while some := list(islice(left, _AT_ONCE)):
        yield some
