"""Which identities of some ranges have no code in the pool, told as the fewest ranges."""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection

from gizqr_station.codes.pool_database import PoolDatabase
from gizqr_station.codes.pool_pieces import Piece, asked_for, pieces_of
from gizqr_station.codes.pool_questions import A_SANDBOXS, ALL, ANY, GENUINE, LAST_FETCHED, Counting
from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.identity_ranges import IdentityRange, joined
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.code_cuts import merged


def gaps_in(
    database: PoolDatabase, product_key: str, service: str, ranges: Iterable[IdentityRange], stop: Stop
) -> tuple[IdentityRange, ...]:
    """MACs first, each kind in order; a stretch is only counted where it has all of its codes or none."""
    ours: dict[str, object] = {"product_key": product_key, "service": service, "newest": ANY}

    def gaps() -> Iterator[IdentityRange]:
        counting: Counting | None = None
        for piece in pieces_of(ranges):
            stop.check()
            with database.reading(stop) as connection:
                counting = counting or what_counts(connection, ours)
                found = _gaps_of(connection, counting, ours, piece)
            yield from found

    stop.check()
    return tuple(merged(gaps()))


def what_counts(connection: Connection, ours: dict[str, object]) -> Counting:
    """Which codes fill a gap: a sandbox's only where the service is a sandbox itself, as in a demo or a test.

    A sandbox says of itself that it is one, in each answer, and the zips that were fetched from it are kept as such.
    A zip that a person brought says nothing of the service at this address. Of a service whose address a sandbox had
    before, the newest fetched zip counts.
    """
    if connection.execute(A_SANDBOXS, ours).first() is None:
        return ALL
    return ALL if connection.execute(LAST_FETCHED, ours).scalar() == CodeSource.SANDBOX.value else GENUINE


def count_in(connection: Connection, ours: dict[str, object], piece: Piece, counting: Counting = ALL) -> int:
    """How many codes there are of a piece; ``ours`` says whose, and up to which."""
    asked = {**ours, **asked_for(piece)}
    if len(piece) > 1:
        return len(connection.execute(counting.held_among, asked).all())
    return int(connection.execute(counting.count_in, asked).scalar_one())


def _gaps_of(
    connection: Connection, counting: Counting, ours: dict[str, object], piece: Piece
) -> tuple[IdentityRange, ...]:
    count = count_in(connection, ours, piece, counting)
    if count == 0:
        return piece
    if count == sum(map(len, piece)):
        return ()
    query = counting.held_among if len(piece) > 1 else counting.held_in
    held = set(connection.execute(query, {**ours, **asked_for(piece)}).scalars())
    return joined(identity for each in piece for identity in each if identity.text not in held)
