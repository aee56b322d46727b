"""Whether the record agrees with itself: file, states, batches, images; names the first that does not."""

from typing import Any

from sqlalchemy import Select, func, select

from gizqr_station.domain.audit_failures import failure_of
from gizqr_station.domain.job import JobState
from gizqr_station.domain.ledger_failures import LedgerDamaged
from gizqr_station.domain.stop import Stop
from gizqr_station.ledger import contests
from gizqr_station.ledger.batch_rows import batch_entries, batch_items, batch_of, batches
from gizqr_station.ledger.database import Database
from gizqr_station.ledger.device_count import counted_anew
from gizqr_station.ledger.job_images import first_bad_image
from gizqr_station.ledger.search_index import require_searchable
from gizqr_station.ledger.state_check import first_untold_state
from gizqr_station.ledger.tables import jobs, labelled_devices, queue
from gizqr_station.ledger.told_jobs import first_untold_job


def require_whole_file(database: Database, *, thorough: bool) -> None:
    """Raise LedgerDamaged with the database's own words."""
    complaint = database.complaint(thorough=thorough)
    if complaint:
        raise LedgerDamaged(database.path, complaint)


def require_whole_record(database: Database) -> None:
    """Raise LedgerDamaged for the first job whose state or image is not what was written down.

    StateAltered for people, orders and shifts.
    """
    astray = first_untold_job(database, Stop())
    if astray is not None:
        raise LedgerDamaged(database.path, astray.detail)
    with database.reading() as connection:
        stray = connection.execute(_not_waiting()).first()
    if stray is not None:
        raise LedgerDamaged(database.path, f"job {stray.id} waits in the queue, but is {stray.state}")
    with database.reading() as connection:
        contested = connection.execute(contests.astray()).scalar()
    if contested is not None:
        raise LedgerDamaged(database.path, f"job {contested} is called contested, and no other label claims its device")
    _require_whole_batches(database)
    _require_true_counts(database)
    untold = first_untold_state(database, Stop())
    if untold is not None:
        raise failure_of(untold)
    bad = first_bad_image(database, Stop())
    if bad is not None:
        raise LedgerDamaged(database.path, bad.detail)
    require_searchable(database)  # last: what it says of the index, the jobs have to bear out


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


def _not_waiting() -> Select[Any]:
    waits = select(jobs.c.id, jobs.c.state).join(queue, queue.c.job == jobs.c.id)
    return waits.where(jobs.c.state != JobState.INTENDED.value).order_by(jobs.c.id).limit(1)
