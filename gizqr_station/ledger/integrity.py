"""Whether the record agrees with itself: file, states, images; names the first that does not."""

from typing import Any

from sqlalchemy import Connection, Select, func, or_, select

from gizqr_station.domain.job import JobState
from gizqr_station.domain.ledger_failures import LedgerDamaged
from gizqr_station.ledger.batch_rows import batch_entries, batch_items, batch_of, batches
from gizqr_station.ledger.database import Database
from gizqr_station.ledger.device_count import counted_anew
from gizqr_station.ledger.rows import DAMAGE, image_of
from gizqr_station.ledger.tables import entries, images, jobs, labelled_devices, queue

_PAGE = 500


def require_whole_file(database: Database, *, thorough: bool) -> None:
    """Raise LedgerDamaged with the database's own words."""
    complaint = database.complaint(thorough=thorough)
    if complaint:
        raise LedgerDamaged(database.path, complaint)


def require_whole_record(database: Database) -> None:
    """Raise LedgerDamaged for the first job whose state or image is not what was written down."""
    with database.reading() as connection:
        astray = connection.execute(_astray()).first()
    if astray is not None:
        reason = f"job {astray.id} is {astray.state}, its last entry says {astray.last_state}"
        raise LedgerDamaged(database.path, reason)
    with database.reading() as connection:
        stray = connection.execute(_not_waiting()).first()
    if stray is not None:
        raise LedgerDamaged(database.path, f"job {stray.id} waits in the queue, but is {stray.state}")
    _require_whole_batches(database)
    _require_true_counts(database)
    after = 0
    while True:
        with database.reading() as connection:  # one a page: a long reader would keep writers waiting
            last = _check_images(connection, database.path, after)
        if last is None:
            return
        after = last


def _require_true_counts(database: Database) -> None:
    """The devices that are counted of each product against its labels."""
    with database.reading() as connection:
        kept = {row.product_key: row.devices for row in connection.execute(select(labelled_devices)) if row.devices}
        found = {row.product_key: row.devices for row in connection.execute(counted_anew())}
    for product_key in sorted(kept.keys() | found.keys()):
        counted, there = kept.get(product_key, 0), found.get(product_key, 0)
        if counted != there:
            raise LedgerDamaged(database.path, f"{counted} devices counted of product {product_key}, {there} labelled")


def _require_whole_batches(database: Database) -> None:
    """Each batch against its last entry and its items; one transaction a batch."""
    with database.reading() as connection:
        numbers = connection.execute(select(batches.c.number).order_by(batches.c.number)).scalars().all()
    for number in numbers:
        with database.reading() as connection:
            row = connection.execute(select(batches).where(batches.c.number == number)).one()
            batch = batch_of(row, database.path)
            moves = select(batch_entries.c.state).where(batch_entries.c.batch == number)
            said = connection.execute(moves.order_by(batch_entries.c.sequence.desc()).limit(1)).scalar()
            of_batch = select(batch_items.c.state, func.count()).where(batch_items.c.batch == number)
            found = connection.execute(of_batch.group_by(batch_items.c.state)).all()
        if said != batch.state.value:
            raise LedgerDamaged(database.path, f"batch {number} is {batch.state.value}, its last entry says {said}")
        counted = sorted((state.value, count) for state, count in batch.counts.items() if count)
        standing = sorted((str(state), int(count)) for state, count in found)
        if counted != standing or row.total != batch.total:
            raise LedgerDamaged(database.path, f"batch {number} counts {counted}, its items are {standing}")


def _astray() -> Select[Any]:
    last = select(entries.c.job, func.max(entries.c.sequence).label("sequence")).group_by(entries.c.job).subquery()
    return (
        select(jobs.c.id, jobs.c.state, entries.c.state.label("last_state"))
        .outerjoin(last, last.c.job == jobs.c.id)
        .outerjoin(entries, entries.c.sequence == last.c.sequence)
        .where(or_(entries.c.state.is_(None), entries.c.state != jobs.c.state))
        .order_by(jobs.c.id)
        .limit(1)
    )


def _not_waiting() -> Select[Any]:
    waits = select(jobs.c.id, jobs.c.state).join(queue, queue.c.job == jobs.c.id)
    return waits.where(jobs.c.state != JobState.INTENDED.value).order_by(jobs.c.id).limit(1)


def _check_images(connection: Connection, path: str, after: int) -> int | None:
    page = (
        select(jobs.c.id, jobs.c.image_digest, images.c.width, images.c.height, images.c.dpi, images.c.dots)
        .outerjoin(images, images.c.job == jobs.c.id)
        .where(jobs.c.id > after)
        .order_by(jobs.c.id)
        .limit(_PAGE)
    )
    last = None
    for row in connection.execute(page):
        last = int(row.id)
        if row.dots is None:
            raise LedgerDamaged(path, f"job {last} has no image")
        try:
            image_of(row.width, row.height, row.dpi, row.dots, row.image_digest)
        except DAMAGE as broken:
            raise LedgerDamaged(path, f"image of job {last}: {broken}") from broken
    return last
