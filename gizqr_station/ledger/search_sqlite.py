"""The search index in SQLite: an FTS5 table that keeps no text, only which jobs have which term, newest first.

Measured with 200,000 labels: some 115 bytes a label. Its own trigram tokenizer would keep no parts of one and two
characters, and would need twice the space for the positions of the rest.
"""

import sqlite3
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, bindparam, text

from gizqr_station.domain.search_failures import SearchUnavailable
from gizqr_station.ledger.database import Database
from gizqr_station.ledger.search_steps import Step, Window
from gizqr_station.ledger.search_terms import EVERY_JOB

CREATE = "CREATE VIRTUAL TABLE search_index USING fts5(terms, content='', columnsize=0, detail=none, tokenize='ascii')"
_LOOKED_AT = 60_000
"""Places in the index that one step passes whose jobs stand in another state: some 100 ms."""

_KEEP = text("INSERT INTO search_index (rowid, terms) VALUES (:job, :terms)")
_EMPTY = text("INSERT INTO search_index (search_index) VALUES ('delete-all')")
_NUMBERS = text(
    "SELECT rowid FROM search_index WHERE search_index MATCH :terms AND rowid BETWEEN :lowest AND :highest"
    " ORDER BY rowid LIMIT :most"
)
_REACHED = text(
    "SELECT rowid FROM search_index WHERE search_index MATCH :terms AND rowid BETWEEN :lowest AND :highest"
    " ORDER BY rowid DESC LIMIT 1 OFFSET :passed"
)
# No ORDER BY outside: SQLite would sort what comes in order already, and read all of it before the first. The one
# within stays in force because it has a LIMIT.
NEWEST = text(
    "SELECT jobs.id, jobs.identity, jobs.label_serial, jobs.work_order, jobs.operator, jobs.opened_at, jobs.state FROM"
    " (SELECT rowid AS job FROM search_index WHERE search_index MATCH :terms AND rowid BETWEEN :lowest AND :highest"
    " ORDER BY rowid DESC LIMIT :looked_at) AS found CROSS JOIN jobs WHERE jobs.id = found.job LIMIT :most"
)
# Each one's state is looked up in an index, which is small, and not among the jobs, which are not.
NEWEST_STANDING = text(
    "SELECT jobs.id, jobs.identity, jobs.label_serial, jobs.work_order, jobs.operator, jobs.opened_at, jobs.state FROM"
    " (SELECT rowid AS job FROM search_index WHERE search_index MATCH :terms AND rowid BETWEEN :lowest AND :highest"
    " ORDER BY rowid DESC LIMIT :looked_at) AS found"
    " CROSS JOIN jobs AS standing INDEXED BY jobs_by_state_and_number CROSS JOIN jobs"
    " WHERE standing.state IN :states AND standing.id = found.job AND jobs.id = found.job LIMIT :most"
).bindparams(bindparam("states", expanding=True))


def require_fts5(database: Database) -> None:
    """Raise SearchUnavailable where this Python's SQLite was built without it."""
    with database.reading() as connection:
        found = connection.exec_driver_sql("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").first()
    if found is None:
        raise SearchUnavailable(sqlite3.sqlite_version)


class SqliteTerms:
    """``search_steps.Terms`` of a SQLite ledger."""

    def newest(
        self, connection: Connection, terms: Sequence[str], states: Sequence[str], window: Window, most: int
    ) -> Step:
        """By the index alone, but for the rows that are returned."""
        places = _places(terms, window)
        looked_at = _LOOKED_AT if states else most
        standing = {"states": list(states)} if states else {}
        wanted = {**places, **standing, "looked_at": looked_at, "most": most}
        rows = connection.execute(NEWEST_STANDING if states else NEWEST, wanted).all()
        if len(rows) == most:
            return Step(rows, rows[-1].id)
        return Step(rows, connection.execute(_REACHED, {**places, "passed": looked_at - 1}).scalar())

    def keep(self, connection: Connection, labels: Iterable[tuple[int, frozenset[str]]]) -> None:
        """In the transaction that opened them."""
        kept = [{"job": job, "terms": " ".join(terms)} for job, terms in labels]
        if kept:
            connection.execute(_KEEP, kept)

    def empty(self, connection: Connection) -> None:
        """All at once, without knowing what was in there."""
        connection.execute(_EMPTY)

    def numbers(self, connection: Connection, window: Window, most: int) -> Sequence[int]:
        """By the term that every job has."""
        return connection.execute(_NUMBERS, {**_places([EVERY_JOB], window), "most": most}).scalars().all()


def _places(terms: Sequence[str], window: Window) -> dict[str, object]:
    together = " AND ".join('"' + term.replace('"', '""') + '"' for term in terms)
    return {"terms": together, "lowest": window.lowest, "highest": window.highest}
