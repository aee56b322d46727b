"""The part of the ledger that knows people: every change of them is in the record in the same transaction."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from gizqr_station.domain.audit import Act, ActKind
from gizqr_station.domain.ledger_failures import LedgerDamaged, NothingRecorded
from gizqr_station.domain.people import Person, Role
from gizqr_station.domain.people_failures import (
    BadgeTaken,
    FirstLeadMade,
    LastLead,
    NameTaken,
    NobodySignedIn,
    NoCredential,
)
from gizqr_station.domain.sign_in import name_key
from gizqr_station.ledger import people_rows
from gizqr_station.ledger.database import Database
from gizqr_station.ledger.journal import Journal, Known
from gizqr_station.ledger.people_rows import badge_digest, badge_tries, people, person_of, tries_values
from gizqr_station.ledger.rows import DAMAGE, micros, moment_of
from gizqr_station.ledger.tables import meta
from gizqr_station.ledger.told_state import CREDENTIALS, credentials_digest
from gizqr_station.workflows.people_ports import Tries
from gizqr_station.workflows.ports import Clock


class PeopleTables:
    """The PeopleStore of ``workflows.people_ports``; its ledger brings database, clock and journal."""

    _database: Database
    _clock: Clock
    _journal: Journal

    def people(self) -> Sequence[Person]:
        """All, by name; those that have left too."""
        with self._database.reading() as connection:
            return [self._person(row) for row in connection.execute(people_rows.everybody())]

    def anybody(self) -> bool:
        """Whether a first lead was made."""
        with self._database.reading() as connection:
            return _anybody(connection)

    def person(self, number: int) -> Person:
        """One of them; raises NothingRecorded."""
        with self._database.reading() as connection:
            return self._must_know(connection, number)

    def person_named(self, name: str) -> Person | None:
        """By their name, case aside."""
        with self._database.reading() as connection:
            return self._one_person(connection, people_rows.with_name(name))

    def person_with_badge(self, badge: str) -> Person | None:
        """Whose badge says this."""
        with self._database.reading() as connection:
            return self._one_person(connection, people_rows.with_badge(badge_digest(self._salt(connection), badge)))

    def badge_digests(self) -> dict[str, str]:
        """Of everybody who has a badge, by name."""
        with self._database.reading() as connection:
            rows = connection.execute(select(people.c.name, people.c.badge_digest))
            return {row.name: row.badge_digest for row in rows if row.badge_digest is not None}

    def pin_hash(self, number: int) -> str:
        """Of one person; empty for none."""
        with self._database.reading() as connection:
            return str(connection.execute(select(people.c.pin_hash).where(people.c.id == number)).scalar() or "")

    def add_person(
        self, name: str, role: Role, *, who: str, first: bool = False, pin_hash: str = "", badge: str = ""
    ) -> Person:
        """A new one with all that they show themselves by, in one transaction.

        Raises NameTaken, BadgeTaken; NoCredential without PIN and badge; FirstLeadMade and NobodySignedIn, as the
        port says.
        """
        if not pin_hash and not badge:
            raise NoCredential(name)
        with self._database.writing() as connection:
            if _anybody(connection) is first:
                raise FirstLeadMade if first else NobodySignedIn
            if (holder := self._one_person(connection, people_rows.with_name(name))) is not None:
                raise NameTaken(holder.name)
            values = {
                "name": name,
                "name_key": name_key(name),
                "role": role.value,
                "active": True,
                "badge_digest": self._free_badge(connection, badge) if badge else None,
                "pin_hash": pin_hash,
                "language": "",
                "added_at": micros(self._clock.now()),
            }
            row = connection.execute(insert(people).returning(people), {**values, **_NO_TRIES}).one()
            shows = [word for word, given in (("pin", pin_hash), ("badge", badge)) if given]
            facts = (("done", "first lead" if first else "added"), ("role", role.value), ("shows", ", ".join(shows)))
            self._tell_of(connection, name, [*facts, _shown_by(row)], who)
            return self._person(row)

    def change_person(
        self,
        number: int,
        *,
        who: str,
        role: Role | None = None,
        active: bool | None = None,
        language: str | None = None,
    ) -> Person:
        """What is given; raises LastLead where nobody would be left to lead, NothingRecorded."""
        with self._database.writing() as connection:
            was = self._must_know(connection, number)
            leads = (role or was.role) is Role.LEAD and (was.active if active is None else active)
            if was.role is Role.LEAD and was.active and not leads:
                self._require_other_lead(connection, was)
            given = {"role": role and role.value, "active": active, "language": language}
            before = {"role": was.role.value, "active": was.active, "language": was.language}
            changed = {name: value for name, value in given.items() if value is not None and value != before[name]}
            if not changed:
                return was
            facts = [("done", "changed")]
            for name, value in changed.items():
                facts += [(f"{name}_was", str(before[name])), (name, str(value))]
            self._tell_of(connection, was.name, facts, who)
            return self._changed_person(connection, number, changed)

    def set_pin(self, number: int, pin_hash: str, *, who: str) -> Person:
        """A new one; their wrong tries are forgotten."""
        with self._database.writing() as connection:
            was = self._must_know(connection, number)
            changed = self._changed_row(connection, number, {"pin_hash": pin_hash, **_NO_TRIES})
            self._tell_of(connection, was.name, [("done", "new PIN"), _shown_by(changed)], who)
            return self._person(changed)

    def set_badge(self, number: int, badge: str, *, who: str) -> Person:
        """A new one, kept as a digest; empty takes it away. Raises BadgeTaken, and NoCredential without a PIN."""
        with self._database.writing() as connection:
            was = self._must_know(connection, number)
            if not badge and not was.has_pin:
                raise NoCredential(was.name)
            digest = self._free_badge(connection, badge, but_of=number) if badge else None
            changed = self._changed_row(connection, number, {"badge_digest": digest})
            done = ("done", "new badge" if badge else "badge taken away")
            self._tell_of(connection, was.name, [done, _shown_by(changed)], who)
            return self._person(changed)

    def rehash_pin(self, number: int, pin_hash: str) -> None:
        """The same PIN under today's parameters."""
        with self._database.writing() as connection:
            changed = self._changed_row(connection, number, {"pin_hash": pin_hash})
            self._tell_of(connection, changed.name, [("done", "same PIN, new hash"), _shown_by(changed)], changed.name)

    def try_begun(self, number: int, *, was: int, tries: Tries) -> bool:
        """Count a try as a wrong one before anybody looks at it; False where somebody else has tried meanwhile."""
        with self._database.writing() as connection:
            as_before = (people.c.id == number, people.c.failures == was)
            values = {**tries_values(tries), "locked_out": tries.locked_out}
            return connection.execute(update(people).where(*as_before).values(values)).rowcount == 1

    def tries_forgotten(self, number: int, *, who: str = "") -> Person:
        """Their PIN was right; or, with ``who``, a lead unlocked them, which is in the record."""
        with self._database.writing() as connection:
            was = self._must_know(connection, number)
            if who:
                self._tell_of(connection, was.name, [("done", "unlocked"), ("failures_was", str(was.failures))], who)
            return self._changed_person(connection, number, _NO_TRIES)

    def badge_tries(self, station: str) -> Tries:
        """Unknown badges at a station, one after the other."""
        with self._database.reading() as connection:
            return _badge_tries(connection, station)

    def badge_try_begun(self, station: str, *, was: int, tries: Tries) -> bool:
        """As ``try_begun``."""
        with self._database.writing() as connection:
            if _badge_tries(connection, station).failures != was:
                return False
            of_station = badge_tries.c.station == station
            if not connection.execute(update(badge_tries).where(of_station).values(tries_values(tries))).rowcount:
                connection.execute(insert(badge_tries), {"station": station, **tries_values(tries)})
            return True

    def badge_tries_forgotten(self, station: str) -> None:
        """A badge was known there."""
        with self._database.writing() as connection:
            of_station = badge_tries.c.station == station
            connection.execute(update(badge_tries).where(of_station).values(failures=0, locked_until=None))

    def _tell_of(self, connection: Connection, name: str, facts: Sequence[tuple[str, str]], who: str) -> None:
        act = Act(ActKind.PERSON, name, tuple(facts))
        self._journal.act(connection, act, Known(self._clock.now(), who))

    def _changed_person(self, connection: Connection, number: int, values: dict[str, Any]) -> Person:
        return self._person(self._changed_row(connection, number, values))

    def _changed_row(self, connection: Connection, number: int, values: dict[str, Any]) -> Row[Any]:
        changed = update(people).where(people.c.id == number).values(values).returning(people)
        return connection.execute(changed).one()

    def _require_other_lead(self, connection: Connection, was: Person) -> None:
        if not connection.execute(people_rows.other_leads(was.id)).scalar_one():
            raise LastLead(was.name)

    def _free_badge(self, connection: Connection, badge: str, *, but_of: int = 0) -> str:
        digest = badge_digest(self._salt(connection), badge)
        holder = self._one_person(connection, people_rows.with_badge(digest))
        if holder is not None and holder.id != but_of:
            raise BadgeTaken(holder.name)
        return digest

    def _salt(self, connection: Connection) -> str:
        """The ledger's own number: the same badge has another digest in every ledger."""
        return str(connection.execute(select(meta.c.ledger_id)).scalar_one())

    def _must_know(self, connection: Connection, number: int) -> Person:
        found = self._one_person(connection, people_rows.with_number(number))
        if found is None:
            raise NothingRecorded(str(number))
        return found

    def _one_person(self, connection: Connection, query: Select[Any]) -> Person | None:
        row = connection.execute(query).first()
        return None if row is None else self._person(row)

    def _person(self, row: Row[Any]) -> Person:
        try:
            return person_of(row)
        except DAMAGE as broken:
            raise LedgerDamaged(self._database.path, f"person {row.id}: {broken}") from broken


_NO_TRIES = {"failures": 0, "locked_until": None, "locked_out": False}


def _shown_by(row: Row[Any]) -> tuple[str, str]:
    """The fact that stands for PIN and badge: whoever changes them behind the record's back is found by it."""
    return CREDENTIALS, credentials_digest(row.pin_hash, row.badge_digest)


def _anybody(connection: Connection) -> bool:
    return connection.execute(select(people.c.id).limit(1)).first() is not None


def _badge_tries(connection: Connection, station: str) -> Tries:
    row = connection.execute(select(badge_tries).where(badge_tries.c.station == station)).first()
    if row is None:
        return Tries()
    return Tries(row.failures, None if row.locked_until is None else moment_of(row.locked_until))
