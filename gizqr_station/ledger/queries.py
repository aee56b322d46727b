"""The questions that are put to the tables, as pure functions: values in, a SELECT out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true

from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import JobState, PrintOutcome
from gizqr_station.ledger.rows import digest_of, micros
from gizqr_station.ledger.tables import ENDED_STATES, entries, jobs, queue


def of_identity(product_key: str, identity: Identity) -> Select[Any]:
    """Every job of an identity, newest first."""
    wanted = and_(jobs.c.product_key == product_key, jobs.c.identity == identity.text)
    return select(jobs).where(wanted).order_by(jobs.c.id.desc())


def live_of(product_key: str, identity: Identity) -> Select[Any]:
    """The job that claims an identity, if one does."""
    return of_identity(product_key, identity).where(jobs.c.state.not_in(ENDED_STATES), ~jobs.c.contested).limit(1)


def live_among(product_key: str, identities: Sequence[Identity]) -> Select[Any]:
    """The jobs that claim any of these identities."""
    wanted = jobs.c.identity.in_([identity.text for identity in identities])
    live = (jobs.c.state.not_in(ENDED_STATES), ~jobs.c.contested)
    return select(jobs).where(jobs.c.product_key == product_key, wanted, *live)


def live_of_order(product_key: str, order: str) -> Select[Any]:
    """How many identities have a live label under a work order; of each, one at most is not contested."""
    such = (jobs.c.product_key == product_key, jobs.c.work_order == order, jobs.c.state.not_in(ENDED_STATES))
    return select(func.count()).where(*such, ~jobs.c.contested)


def voided_of(product_key: str, identity: Identity) -> Select[Any]:
    """How many labels of an identity were voided."""
    return select(func.count()).where(
        jobs.c.product_key == product_key,
        jobs.c.identity == identity.text,
        jobs.c.state == JobState.VOIDED.value,
    )


def saying(content: str) -> Select[Any]:
    """The newest job with this content: found by its digest, compared in full."""
    wanted = and_(jobs.c.content_digest == digest_of(content), jobs.c.content == content)
    return select(jobs).where(wanted).order_by(jobs.c.id.desc()).limit(1)


def still_open(station: str = "") -> Select[Any]:
    """Jobs that somebody has to scan or settle, of one station or all, oldest first; the twin of ``PrintJob.open``."""
    due = and_(jobs.c.scan_back_due, jobs.c.state.in_([JobState.SENT.value, JobState.PRINTED.value]))
    return select(jobs).where(or_(jobs.c.state == JobState.UNKNOWN.value, due), _of(station)).order_by(jobs.c.id)


def interrupted(station: str = "") -> Select[Any]:
    """Jobs whose end nobody wrote down, of one station or of all, oldest first; what waits was not interrupted."""
    unanswered = or_(
        jobs.c.outcome.is_(None), and_(jobs.c.scan_back_due, jobs.c.outcome == PrintOutcome.ACCEPTED.value)
    )
    sent = and_(jobs.c.state == JobState.SENT.value, unanswered)
    intended = and_(jobs.c.state == JobState.INTENDED.value, jobs.c.id.not_in(select(queue.c.job)))
    return select(jobs).where(or_(intended, sent), _of(station)).order_by(jobs.c.id)


def job_with(number: int) -> Select[Any]:
    """One job."""
    return select(jobs).where(jobs.c.id == number)


def jobs_after(number: int, size: int) -> Select[Any]:
    """The next page of all jobs."""
    return select(jobs).where(jobs.c.id > number).order_by(jobs.c.id).limit(size)


def number_in(state: JobState, since: datetime | None, station: str = "") -> Select[Any]:
    """How many jobs stand in a state, moved there since then, of one station or of all."""
    counted = select(func.count()).where(jobs.c.state == state.value, _of(station))
    return counted if since is None else counted.where(jobs.c.moved_at >= micros(since))


def history_of(number: int) -> Select[Any]:
    """A job's entries, in the order in which they were written."""
    return select(entries).where(entries.c.job == number).order_by(entries.c.sequence)


def waiting(printer: str, station: str = "") -> Select[Any]:
    """Jobs in the queue with where they go, of one printer or of all, and so of stations; oldest first."""
    where = (queue.c.printer.label("goes_to"), queue.c.held, queue.c.reason.label("held_because"))
    wanted = (
        select(jobs, *where, queue.c.acted_by, queue.c.acted_at)
        .join(queue, queue.c.job == jobs.c.id)
        .order_by(queue.c.job)
    )
    wanted = wanted.where(_of(station))
    return wanted.where(queue.c.printer == printer) if printer else wanted


def number_held(printer: str, station: str = "") -> Select[Any]:
    """How many jobs for a printer are held; where stations share a ledger each has printers of its own."""
    held = select(func.count()).select_from(queue).where(queue.c.printer == printer, queue.c.held)
    return held.where(queue.c.job.in_(select(jobs.c.id).where(jobs.c.station == station))) if station else held


def _of(station: str) -> ColumnElement[bool]:
    """Of a merged label another ledger's station knows more than any of this one: nobody here settles or counts it."""
    mine = jobs.c.station == station if station else true()
    return and_(jobs.c.origin == "", mine)
