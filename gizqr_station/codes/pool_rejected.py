"""Contents that a proof showed to be no good: taken out of the pool, and kept from ever coming back."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from gizqr_station.codes.pool_issuers import issuer_in
from gizqr_station.codes.pool_rows import mark_of, micros
from gizqr_station.codes.pool_tables import codes, issuers, rejected_codes


def reject_in(connection: Connection, product_key: str, service: str, content: str, reason: str, at: datetime) -> None:
    """Within a writing transaction; once rejected it stays so, for the reason that was first.

    A service may have several addresses, so that the content goes from under all of them.
    """
    if rejected_among(connection, product_key, [content]):
        return
    issuer = issuer_in(connection, product_key, service)
    of_the_product = select(issuers.c.id).where(issuers.c.product_key == product_key)
    connection.execute(
        delete(codes).where(
            codes.c.issuer.in_(of_the_product), codes.c.mark == mark_of(content), codes.c.content == content
        )
    )
    values = {"issuer": issuer, "mark": mark_of(content), "content": content, "reason": reason, "at": micros(at)}
    connection.execute(insert(rejected_codes).values(values))


def rejected_among(connection: Connection, product_key: str, contents: Iterable[str]) -> frozenset[str]:
    """Those of a few hundred contents that were rejected, whichever of the product's services sent them."""
    asked = {mark_of(content): content for content in contents}
    query = (
        select(rejected_codes.c.content)
        .join(issuers, issuers.c.id == rejected_codes.c.issuer)
        .where(issuers.c.product_key == product_key, rejected_codes.c.mark.in_(asked))
    )
    return frozenset(connection.execute(query).scalars()) & frozenset(asked.values())
