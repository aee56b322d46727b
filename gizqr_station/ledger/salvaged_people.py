"""Whoever has come, left or changed since a copy was made: their newest state is taken over from the old file."""

import logging
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Row, select

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.people import Role
from gizqr_station.ledger.people_rows import people
from gizqr_station.ledger.rows import DAMAGE
from gizqr_station.ledger.salvage import scratch_copy
from gizqr_station.ledger.sqlite_engine import SqliteDatabase
from gizqr_station.ledger.store import SqlLedger

log = logging.getLogger(__name__)


def people_of_old_file(damaged: Path, ledger: SqlLedger, *, who: str) -> None:
    """Add, change and retire people of the ledger as the old file says; nothing where it cannot be read.

    A badge that was given out or taken since is not taken over, because only its digest is known: it is taken away,
    and a lead gives out a new one.
    """
    with scratch_copy(damaged) as scratch, closing(SqliteDatabase(scratch, busy_timeout_s=1.0)) as database:
        try:
            with database.reading() as connection:
                rows = connection.execute(select(people).order_by(people.c.active.desc(), people.c.id)).all()
        except (Failure, *DAMAGE):
            return
        badges = ledger.badge_digests()
        for row in rows:
            try:
                _take_over(ledger, row, badges.get(row.name), who)
            except (Failure, *DAMAGE) as refused:
                log.warning("%s is not as in the old file: %s", row.name, refused)


def _take_over(ledger: SqlLedger, row: Row[Any], badge: str | None, who: str) -> None:
    known = ledger.person_named(row.name)
    if known is None:
        known = ledger.add_person(row.name, Role(row.role), who=who, pin_hash=row.pin_hash)
    elif ledger.pin_hash(known.id) != row.pin_hash:
        known = ledger.set_pin(known.id, row.pin_hash, who=who)
    if badge is not None and badge != row.badge_digest:
        ledger.set_badge(known.id, "", who=who)
    if known.role is not Role(row.role) or known.active is not bool(row.active):
        ledger.change_person(known.id, who=who, role=Role(row.role), active=bool(row.active))
