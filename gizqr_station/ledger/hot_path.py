"""The statements that every label needs, built once: building one costs as much as running it."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import Select, Update, bindparam, case, delete, insert, select, update

from gizqr_station.ledger.queries import waiting
from gizqr_station.ledger.tables import entries, images, jobs, queue, supplies

ENTER = insert(entries)
"""Takes the columns of entries."""

HEAD: Select[Any] = (
    select(entries.c.sequence, entries.c.seal, entries.c.at).order_by(entries.c.sequence.desc()).limit(1)
)
"""The newest entry, which the next is sealed behind."""

LEAVE_QUEUE = delete(queue).where(queue.c.job == bindparam("number")).returning(queue)

WAITING_JOB: Select[Any] = waiting("").where(queue.c.job == bindparam("number"))

IMAGE: Select[Any] = (
    select(images, jobs.c.image_digest).join(jobs, jobs.c.id == images.c.job).where(images.c.job == bindparam("number"))
)
"""A job's image, and the digest that the job says it has."""

COUNTED: Select[Any] = select(supplies).where(supplies.c.printer == bindparam("of"))

_LESS = supplies.c.remaining - bindparam("labels")
_MORE = supplies.c.remaining + 1
USED = update(supplies).where(supplies.c.printer == bindparam("of")).values(remaining=case((_LESS > 0, _LESS), else_=0))
"""So many labels were taken, and as much ribbon; a count does not go below nothing."""

GIVEN_BACK = (
    update(supplies)
    .where(supplies.c.printer == bindparam("of"))
    .values(remaining=case((supplies.c.capacity > _MORE, _MORE), else_=supplies.c.capacity))
)
"""One label was not used after all; a count does not go above a full roll, which may have been put in since."""


@cache
def _job_update(columns: frozenset[str]) -> Update:
    where_it_was = (jobs.c.id == bindparam("number"), jobs.c.state == bindparam("was"))
    return (
        update(jobs).where(*where_it_was).values({name: bindparam(f"new_{name}") for name in columns}).returning(jobs)
    )


def job_update(columns: Iterable[str]) -> Update:
    """Change these columns of job ``number`` if its state is still ``was``; takes ``new_<column>`` for each."""
    return _job_update(frozenset(columns))
