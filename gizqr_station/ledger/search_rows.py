"""When labels were opened, by the hour: so a search for days reads those days alone, wherever they are."""

from collections.abc import Iterable

from sqlalchemy import BigInteger, Column, Connection, Table, func, select, text

from gizqr_station.ledger.tables import METADATA, Number

MICROS_AN_HOUR = 3_600_000_000

record_hours = Table(
    "record_hours",
    METADATA,
    Column("hour", BigInteger, primary_key=True, autoincrement=False),
    Column("first_job", Number, nullable=False),
    Column("last_job", Number, nullable=False),
)
"""Whole hours since 1970 in UTC, with the lowest and the highest number of the jobs that were opened in each.

Numbers grow and clocks jump: the numbers of an hour may lie far apart, and jobs of other hours between them.
"""


_COUNT = text(
    "INSERT INTO record_hours (hour, first_job, last_job) VALUES (:hour, :job, :job) ON CONFLICT (hour) DO UPDATE SET"
    " first_job = CASE WHEN record_hours.first_job < :job THEN record_hours.first_job ELSE :job END,"
    " last_job = CASE WHEN record_hours.last_job > :job THEN record_hours.last_job ELSE :job END"
)


def count_hours(connection: Connection, opened: Iterable[tuple[int, int]]) -> None:
    """Note jobs: the number of each, and when it was opened in microseconds since 1970."""
    spans = [{"hour": at // MICROS_AN_HOUR, "job": job} for job, at in opened]
    if spans:
        connection.execute(_COUNT, spans)


def numbers_within(connection: Connection, since: int | None, until: int | None) -> tuple[int, int] | None:
    """The lowest and the highest number of jobs that were opened in the hours of this span; None where there is none.

    ``since`` and ``until`` in microseconds since 1970, ``until`` itself outside.
    """
    wanted = select(func.min(record_hours.c.first_job), func.max(record_hours.c.last_job))
    if since is not None:
        wanted = wanted.where(record_hours.c.hour >= since // MICROS_AN_HOUR)
    if until is not None:
        wanted = wanted.where(record_hours.c.hour <= (until - 1) // MICROS_AN_HOUR)
    lowest, highest = connection.execute(wanted).one()
    return None if lowest is None else (int(lowest), int(highest))
