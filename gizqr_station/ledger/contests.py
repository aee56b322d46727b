"""Contested labels: each stands beside one live label that claims the same device, until one of them ends.

So the index that allows one claim a device still covers every device that has a live label: where the claim ends, the
oldest contested label takes it, in the same transaction.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, bindparam, exists, or_, select, update

from gizqr_station.domain.job import PrintJob
from gizqr_station.ledger.tables import ENDED_STATES, jobs

if TYPE_CHECKING:
    from gizqr_station.ledger.journal import Journal, Known

_NEXT: Select[Any] = (
    select(jobs)
    .where(jobs.c.contested, jobs.c.product_key == bindparam("of_product"), jobs.c.identity == bindparam("of_identity"))
    .order_by(jobs.c.id)
    .limit(1)
)


def ended(journal: "Journal", connection: Connection, job: PrintJob, known: "Known") -> PrintJob:
    """A label has just ended: it is contested no more, or the next one is not. The label as it stands."""
    if job.contested:
        _settle(connection, job.id)
        return replace(job, contested=False)
    of = {"of_product": job.draft.product_key, "of_identity": job.identity.text}
    row = connection.execute(_NEXT, of).first()
    if row is not None:
        _settle(connection, row.id)
        said = f"no longer contested: {job.draft.label_serial} is {job.state.value}"
        journal.enter(connection, journal.job(row), "note", replace(known, evidence=said, outcome=None))
    return job


def live_labels(product_key: str, identity: str) -> Select[Any]:
    """All of a device: the one that claims it, then the contested ones, oldest first."""
    live = (jobs.c.product_key == product_key, jobs.c.identity == identity, jobs.c.state.not_in(ENDED_STATES))
    return select(jobs).where(*live).order_by(jobs.c.contested, jobs.c.id)


def contested_labels() -> Select[Any]:
    """In the order in which they came."""
    return select(jobs).where(jobs.c.contested).order_by(jobs.c.id)


def astray() -> Select[Any]:
    """The first label that is called contested and cannot be: it has ended, or nothing claims its device."""
    claim = jobs.alias("claim")
    same = (claim.c.product_key == jobs.c.product_key, claim.c.identity == jobs.c.identity)
    claimed = exists().where(*same, ~claim.c.contested, claim.c.state.not_in(ENDED_STATES))
    wrong = or_(jobs.c.state.in_(ENDED_STATES), jobs.c.origin == "", ~claimed)
    return select(jobs.c.id).where(jobs.c.contested, wrong).order_by(jobs.c.id).limit(1)


def _settle(connection: Connection, number: int) -> None:
    connection.execute(update(jobs).where(jobs.c.id == number).values(contested=False))


def devices_of(labels: Sequence[PrintJob]) -> list[tuple[str, str]]:
    """Product key and identity of each device once, in this order."""
    return list(dict.fromkeys((job.draft.product_key, job.identity.text) for job in labels))
