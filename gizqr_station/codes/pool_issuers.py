"""Who issued a code: a product of a service, as a number in the pool's other tables."""

from sqlalchemy import Connection, ScalarSelect, insert, select

from gizqr_station.codes.pool_tables import issuers


def issuer_of(product_key: str, service: str) -> ScalarSelect[int]:
    """For a query; finds nothing where the pool never heard of it."""
    found = select(issuers.c.id).where(issuers.c.product_key == product_key, issuers.c.service == service)
    return found.scalar_subquery()


def issuer_in(connection: Connection, product_key: str, service: str) -> int:
    """Its number, made if there is none, within a writing transaction."""
    known = connection.execute(select(issuer_of(product_key, service))).scalar()
    if known is not None:
        return int(known)
    made = connection.execute(insert(issuers).values(product_key=product_key, service=service))
    assert made.inserted_primary_key is not None
    return int(made.inserted_primary_key[0])
