"""Addresses of shared ledgers, and how they are shown."""

import pytest

from gizqr_station.domain.shared_ledger_failures import DatabaseRefused
from gizqr_station.ledger.postgres_address import PostgresAddress


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("postgresql://gizqr@db:5433/labels", PostgresAddress("db", 5433, "labels", "gizqr")),
        ("postgresql://gizqr@10.0.0.7/labels", PostgresAddress("10.0.0.7", 5432, "labels", "gizqr")),
        ("postgresql://a%20b@[fe80::1]:5432/x", PostgresAddress("fe80::1", 5432, "x", "a b")),
        (
            "postgresql://gizqr@db/labels?sslmode=verify-full&sslrootcert=/ca.pem",
            PostgresAddress("db", 5432, "labels", "gizqr", (("sslmode", "verify-full"), ("sslrootcert", "/ca.pem"))),
        ),
    ],
)
def test_an_address_is_taken_apart(url: str, address: PostgresAddress) -> None:
    assert PostgresAddress.parse(url) == address


def test_what_is_shown_holds_nothing_but_where_and_who() -> None:
    shown = PostgresAddress.parse("postgresql://gizqr@[fe80::1]/labels?sslmode=require").shown
    assert shown == "postgresql://gizqr@[fe80::1]:5432/labels"


@pytest.mark.parametrize(
    "url",
    [
        "mysql://gizqr@db/labels",
        "postgresql://db/labels",
        "postgresql://gizqr@db",
        "postgresql://gizqr@db/labels/more",
        "postgresql://gizqr@db:port/labels",
        "postgresql://gizqr@db/labels?",
        "",
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    if url.endswith("?"):
        assert PostgresAddress.parse(url).database == "labels"
        return
    with pytest.raises(DatabaseRefused):
        PostgresAddress.parse(url)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://gizqr:sesame@db/labels",
        "postgresql://gizqr@db/labels?password=sesame",
        "postgresql://gizqr@db/labels?options=sesame",
        "postgresql://gizqr@db/labels?passfile=sesame",
    ],
)
def test_a_password_in_an_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(DatabaseRefused) as refused:
        PostgresAddress.parse(url)
    assert "sesame" not in repr(refused.value)
