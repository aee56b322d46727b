"""A ledger with as many records as a factory makes in years, written in bulk: for benchmarks and for query plans."""

import hashlib
import itertools
import random
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, Table, insert

from gizqr_station.domain.identity import luhn_digit
from gizqr_station.ledger import search_index
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.ledger.rows import draft_values, image_values
from gizqr_station.ledger.search_rows import MICROS_AN_HOUR
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.ledger.tables import entries, images, jobs, labelled_devices, serials
from tests.contracts.ledger_samples import IMAGE, PRODUCT_KEY, draft
from tests.fakes import SteppingClock

FIRST_AT = 1_700_000_000_000_000
"""When the first was opened, in microseconds since 1970: 2023-11-14, 22:13:20 UTC."""
PER_HOUR = 500
ORDER_SIZE = 2500
OPERATORS = ("li.wei", "zhang.san", "wang.fang", "maria", "joao", "nguyen", "chen", "Lin")
STATES = ("verified",) * 930 + ("voided",) * 25 + ("failed",) * 20 + ("sent",) * 25
"""Of a thousand labels; UNKNOWN ones are few, however many there are."""
_PAGE = 5000


def order_of(number: int) -> str:
    """The order that the number-th label was made for."""
    return f"WO-{2024 + number // 2_000_000}-{number // ORDER_SIZE:05d}"


def identity_of(number: int, chance: random.Random) -> tuple[str, str]:
    """Blocks of MACs in sequence, MACs of anybody, IMEIs of two models."""
    kind = number // 1000 % 5
    if kind < 2:
        return ("00911f", "c8478c")[kind] + f"{number:06x}", "mac"
    if kind == 2:
        scattered = number * 0x9E3779 % 2**24  # each number another one
        return f"{chance.getrandbits(24) & 0xFCFFFF | 0x100000:06x}{scattered:06x}", "mac"
    digits = f"86119{3 + number // 2_000_000}{number % 2 + 4:02d}{number // 2 % 10**6:06d}"
    return digits + str(luhn_digit(digits)), "imei"


def opened_at(number: int) -> int:
    """Microseconds since 1970; a clock that jumped back by a year, once, for a thousand labels."""
    jumped = 8760 * MICROS_AN_HOUR if 70_000 <= number < 71_000 else 0
    return FIRST_AT + number * MICROS_AN_HOUR // PER_HOUR - jumped


def ledger_of(path: Path, count: int) -> SqlLedger:
    """Open a new ledger with so many labels in it, of which every 25,000th is UNKNOWN."""
    ledger = open_ledger(path, kind="production", station="bench-1", clock=SteppingClock())
    with ledger._database.writing() as connection:
        connection.exec_driver_sql("PRAGMA cache_size=-8000000")  # kB; what does not fit waits for the disk
        fill(connection, count)
        connection.exec_driver_sql("PRAGMA cache_size=-2000")
    return ledger


def fill(connection: Connection, count: int, first: int = 1) -> None:
    """Write labels ``first`` to ``count`` with one entry each; seals and counts of them are not the record's."""
    chance = random.Random(first)
    numbers = iter(range(first, count + 1))
    image = image_values(0, IMAGE)
    entry = {"kind": "move", "subject": "", "clock": "", "who": "li.wei", "station": "bench-1"}
    entry |= {"evidence": "scanned back", "seal": 64 * "0"}
    while page := list(itertools.islice(numbers, _PAGE)):
        rows = list(_rows(page, chance))
        _write(connection, jobs, rows)
        _write(
            connection,
            entries,
            [
                {**entry, "sequence": row["id"], "job": row["id"], "state": row["state"], "at": row["moved_at"]}
                for row in rows
            ],
        )
        _write(connection, images, [{**image, "job": number} for number in page])
        search_index.keep_rows(connection, page[0], page[-1])
    connection.execute(serials.update().values(last=count))
    connection.execute(insert(labelled_devices), {"product_key": PRODUCT_KEY, "devices": count})


def _write(connection: Connection, table: Table, rows: list[dict[str, object]]) -> None:
    if connection.dialect.name != "sqlite":
        connection.execute(insert(table), rows)
        return
    names = list(rows[0])  # many times faster than the same with names
    values = ", ".join("?" for _ in names)
    statement = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({values})"
    connection.exec_driver_sql(statement, [tuple(row[name] for name in names) for row in rows])


def _rows(numbers: list[int], chance: random.Random) -> Iterator[dict[str, object]]:
    sample = draft_values(draft("L-000000"))
    for number in numbers:
        identity, kind = identity_of(number, chance)
        state = "unknown" if number % 25_000 == 0 else STATES[number * 7919 % len(STATES)]
        content = f"http://site.gizwits.com/q?product_key={PRODUCT_KEY}&mac={identity}&code={number:032x}"
        at = opened_at(number)
        yield {
            **sample,
            "id": number,
            "label_serial": f"L-{number:06d}",
            "identity": identity,
            "identity_kind": kind,
            "content": content,
            "content_digest": hashlib.sha256(content.encode()).hexdigest(),
            "operator": OPERATORS[number // 3000 % len(OPERATORS)],
            "work_order": order_of(number),
            "opened_at": at,
            "moved_at": at,
            "state": state,
            "outcome": "accepted",
        }
