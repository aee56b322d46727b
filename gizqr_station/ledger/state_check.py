"""Whether people, orders and shifts stand as the acts of the record tell; names the first that do not."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, select, tuple_

from gizqr_station.domain.audit import AuditFault, AuditFaultKind
from gizqr_station.domain.sign_in import name_key
from gizqr_station.domain.stop import Stop
from gizqr_station.ledger import hot_path
from gizqr_station.ledger.database import Database
from gizqr_station.ledger.order_rows import orders_in_hand, work_orders
from gizqr_station.ledger.people_rows import people
from gizqr_station.ledger.shift_rows import shifts
from gizqr_station.ledger.tables import entries, jobs
from gizqr_station.ledger.told_state import CREDENTIALS, KINDS, Said, ToldState, credentials_digest

_ACTS = 2_000
"""Acts that are read at a time."""
_ROWS = 100
"""Rows that are compared at a time: the profile of an order may hold a hundred thousand ranges."""
_HIDDEN = {CREDENTIALS: "PIN or badge", "digest": "profile"}
"""What is not shown where it differs, and what it is called then."""

_LINES = [entries.c[name] for name in ("sequence", "kind", "subject", "at", "who", "station", "evidence")]
_TOLD = select(*_LINES).where(entries.c.job.is_(None), entries.c.kind.in_(KINDS))

Compare = Callable[[Row[Any]], AuditFault | None]


def first_untold_state(database: Database, stop: Stop) -> AuditFault | None:
    """The first row of people, orders, orders in hand and shifts, in this order, that is not what the record tells."""
    return next(StateCheck(database, stop).faults(), None)


class StateCheck:
    """Acts are folded by subject, which an index gives, up to the newest of that moment.

    What came later is folded in the very transaction in which rows are compared: somebody may work meanwhile.
    """

    def __init__(self, database: Database, stop: Stop) -> None:
        self._database = database
        self._stop = stop
        self._told = ToldState()
        self._upto = 0
        self._seen: set[object] = set()

    def faults(self) -> Iterator[AuditFault]:
        """All of them."""
        self._fold()
        yield from self._compared(people, select(people), self._person)
        yield from self._missing("person", self._told.people)
        serial = select(work_orders, jobs.c.label_serial.label("first_serial"))
        serial = serial.outerjoin(jobs, jobs.c.id == work_orders.c.first_article)
        yield from self._compared(work_orders, serial, self._order)
        yield from self._missing("order", self._told.orders)
        yield from self._in_hand()
        yield from self._compared(shifts, select(shifts), self._shift)
        yield from self._missing("shift", self._told.shifts.begun)

    def _fold(self) -> None:
        with self._database.reading() as connection:
            head = connection.execute(hot_path.HEAD).first()
        self._upto = 0 if head is None else int(head.sequence)
        after: tuple[object, int] = ("", 0)
        where = tuple_(entries.c.subject, entries.c.sequence)
        by_subject = _TOLD.where(entries.c.sequence <= self._upto).order_by(entries.c.subject, entries.c.sequence)
        while True:
            self._stop.check()
            with self._database.reading() as connection:
                page = connection.execute(by_subject.where(where > tuple_(*after)).limit(_ACTS)).all()
            for row in page:
                self._told.take(row)
            if len(page) < _ACTS:
                return
            after = (page[-1].subject, page[-1].sequence)

    def _catch_up(self, connection: Connection) -> None:
        later = _TOLD.where(entries.c.sequence > self._upto).order_by(entries.c.sequence)
        for row in connection.execute(later):
            self._told.take(row)
            self._upto = row.sequence

    def _compared(self, table: Table, wanted: Select[Any], compare: Compare) -> Iterator[AuditFault]:
        after, self._seen = 0, set()
        while True:
            self._stop.check()
            with self._database.reading() as connection:
                page = connection.execute(wanted.where(table.c.id > after).order_by(table.c.id).limit(_ROWS)).all()
                self._catch_up(connection)
            for row in page:
                fault = compare(row)
                if fault is not None:
                    yield fault
            if not page:
                return
            after = page[-1].id

    def _missing(self, what: str, told: Mapping[Any, Said]) -> Iterator[AuditFault]:
        for key, said in told.items():
            if key not in self._seen:
                yield _fault(f"{what} {key} is gone", _first(said))

    def _person(self, row: Row[Any]) -> AuditFault | None:
        key = name_key(str(row.name))
        self._seen.add(key)
        stands = {
            "name": row.name,
            "role": row.role,
            "active": str(bool(row.active)),
            "language": row.language,
            CREDENTIALS: credentials_digest(str(row.pin_hash), row.badge_digest),
        }
        return _differs(f"person {row.name}", stands, self._told.people.get(key))

    def _order(self, row: Row[Any]) -> AuditFault | None:
        self._seen.add(row.number)
        numbered = str(row.first_article) if row.first_article else ""
        stands = {**row._mapping, "first_serial": row.first_serial or numbered}
        told = self._told.orders.get(row.number)
        fault = _differs(f"order {row.number}", stands, told)
        if fault is None and told is not None and not _fits_its_profile(row):
            return _fault(f"order {row.number}: its profile is not what was planned", _first(told))
        return fault

    def _in_hand(self) -> Iterator[AuditFault]:
        with self._database.reading() as connection:
            rows = connection.execute(select(orders_in_hand).order_by(orders_in_hand.c.station)).all()
            self._catch_up(connection)
        told = self._told.in_hand
        for row in rows:
            sequence, said = told.get(row.station, (0, {}))
            what = f"order in hand at {row.station}"
            fault = _differs(what, dict(row._mapping), said) if said else _fault(f"{what}: none was taken", sequence)
            if fault is not None:
                yield fault
        there = {row.station for row in rows}
        for station, (sequence, said) in sorted(told.items()):
            if said and station not in there:
                yield _fault(f"order in hand at {station} is gone", sequence)

    def _shift(self, row: Row[Any]) -> AuditFault | None:
        self._seen.add(row.first_entry)
        what, told = f"shift {row.id}", self._told.shifts
        said = told.begun.get(row.first_entry)
        if said is None:
            return _fault(f"{what}: none began there", 0)
        began, ends = told.ended.get(row.last_entry, (0, {}))
        if began not in (0, row.first_entry):
            return _fault(f"{what} ended with another one's entry", row.last_entry)
        if not ends:  # few rows: the loop over all ends is for those that run
            ended_by = next((last for last, (begun, _) in told.ended.items() if begun == row.first_entry), 0)
            if ended_by:
                return _fault(f"{what} was closed, and stands open", ended_by)
        return _differs(what, dict(row._mapping), {**said, **ends})


def _differs(what: str, stands: Mapping[str, object], said: Said | None) -> AuditFault | None:
    if said is None:
        return _fault(f"{what} is not in the record", 0)
    for name, (due, sequence) in said.items():
        if stands[name] != due:
            shown = f"{_HIDDEN[name]} is another" if name in _HIDDEN else f"{name} is {stands[name]!r}, not {due!r}"
            return _fault(f"{what}: {shown}", sequence)
    return None


def _fits_its_profile(row: Row[Any]) -> bool:
    try:
        if hashlib.sha256(row.profile.encode()).hexdigest() != row.digest:
            return False
        profile = json.loads(row.profile)
        return all(profile[name] == row._mapping[name] for name in ("product_key", "template", "quantity"))
    except (ValueError, TypeError, AttributeError, KeyError):
        return False


def _fault(detail: str, sequence: int) -> AuditFault:
    return AuditFault(AuditFaultKind.STATE_CHANGED, sequence, detail)


def _first(said: Said) -> int:
    return min(sequence for _, sequence in said.values())
