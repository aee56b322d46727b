"""Devices that two ledgers have labelled: both labels are kept and shown, none counts twice, a lead decides."""

import random
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import ENDED, MOVES, JobState, PrintJob
from gizqr_station.domain.ledger_failures import AlreadyLabelled, NothingRecorded
from gizqr_station.domain.merge_failures import NotContested, OrderContested, RivalUnsent
from gizqr_station.domain.people_failures import NotAllowed
from gizqr_station.domain.records import RecordQuery
from gizqr_station.domain.work_order import OrderState
from gizqr_station.ledger.journal import Known
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.workflows.merge import KEPT, keep
from tests.contracts.correction_contract import exchange, successor
from tests.contracts.ledger_samples import IMAGE, OTHER_KEY, PRODUCT_KEY, brought_to, draft, mac, opened
from tests.contracts.order_book_contract import NUMBER, PROFILE, released
from tests.fake_duty import FakeDuty
from tests.ledger.field import LEAD, Field, Fields, merged


@pytest.fixture
def field(fields: Fields) -> Field:
    return fields("f7")


def serials(jobs: "tuple[PrintJob, ...]") -> list[str]:
    return [job.draft.label_serial for job in jobs]


def contested(ours: SqlLedger, field: Field, state: JobState = JobState.VERIFIED) -> tuple[PrintJob, PrintJob]:
    """Ours and theirs of one device."""
    here = brought_to(ours, opened(ours, identity=mac(1)), JobState.VERIFIED)
    field.label(1, state)
    assert merged(ours, field.file).taken.contested == 1
    (conflict,) = ours.conflicts()
    assert [job.contested for job in conflict.labels] == [False, True]
    return here, conflict.labels[1]


def test_both_labels_are_kept_and_shown(ours: SqlLedger, field: Field) -> None:
    here, theirs = contested(ours, field)
    assert serials(ours.conflicts()[0].labels) == ["L-000001", "F7-000001"]
    assert ours.search(RecordQuery(contested=True)).jobs == (theirs,)
    assert ours.search(RecordQuery("00911f000001")).jobs == (theirs, here)
    assert ours.live_among(PRODUCT_KEY, [mac(1)]) == {mac(1): here}
    assert ours.verify() is None


def test_a_contested_device_counts_once(ours: SqlLedger, field: Field) -> None:
    contested(ours, field)
    assert ours.devices_labelled(PRODUCT_KEY) == 1
    assert ours.count(JobState.VERIFIED) == 1


def test_a_contested_label_that_fails_takes_no_place_away(ours: SqlLedger, field: Field) -> None:
    brought_to(ours, opened(ours, identity=mac(1)), JobState.VERIFIED)
    job = field.label(1, JobState.INTENDED)
    merged(ours, field.file)
    field.move(job, JobState.FAILED)
    merged(ours, field.file)
    assert (ours.devices_labelled(PRODUCT_KEY), list(ours.conflicts())) == (1, [])
    assert ours.verify() is None


def test_another_product_or_an_ended_label_is_no_conflict(ours: SqlLedger, field: Field) -> None:
    brought_to(ours, opened(ours, identity=mac(1)), JobState.VOIDED)
    opened(ours, identity=mac(2), product_key=OTHER_KEY)
    opened(ours, identity=mac(3))
    for unit in (1, 2):
        field.label(unit)
    field.label(3, JobState.VOIDED)
    merged(ours, field.file)
    assert list(ours.conflicts()) == []
    assert ours.verify() is None


def test_ours_is_kept(ours: SqlLedger, field: Field) -> None:
    here, theirs = contested(ours, field)
    kept, voided = keep(ours, here.draft.label_serial, FakeDuty(LEAD), "theirs was torn off")
    assert (kept, [job.id for job in voided]) == (here, [theirs.id])
    now = ours.job(theirs.id)
    assert (now.state, now.contested) == (JobState.VOIDED, False)
    reason = f"{KEPT}: L-000001; theirs was torn off"
    assert (ours.history(now.id)[-1].evidence, ours.history(now.id)[-1].who) == (reason, LEAD)
    assert list(ours.conflicts()) == []
    (act,) = ours.acts_about("L-000001")
    assert act.kind == "merge"
    assert ours.verify() is None


def test_theirs_is_kept(ours: SqlLedger, field: Field) -> None:
    here, theirs = contested(ours, field)
    kept, voided = keep(ours, theirs.draft.label_serial, FakeDuty(LEAD))
    assert (kept.id, kept.contested, [job.id for job in voided]) == (theirs.id, False, [here.id])
    assert ours.live_among(PRODUCT_KEY, [mac(1)]) == {mac(1): kept}
    with pytest.raises(AlreadyLabelled):
        opened(ours, identity=mac(1))
    assert ours.devices_labelled(PRODUCT_KEY) == 1
    assert ours.verify() is None


def test_of_three_labels_one_is_kept(ours: SqlLedger, fields: Fields) -> None:
    for name in ("a", "b", "c"):
        laptop = fields(name)
        laptop.label(1)
        merged(ours, laptop.file)
    (conflict,) = ours.conflicts()
    assert [job.contested for job in conflict.labels] == [False, True, True]
    keep(ours, conflict.labels[1].draft.label_serial, FakeDuty(LEAD))
    assert list(ours.conflicts()) == []
    assert [job.state for job in ours.all_jobs()] == [JobState.VOIDED, JobState.VERIFIED, JobState.VOIDED]
    assert ours.verify() is None


def test_nobody_but_a_lead_settles(ours: SqlLedger, field: Field) -> None:
    here, theirs = contested(ours, field)
    with pytest.raises(NotAllowed):
        keep(ours, here.draft.label_serial, FakeDuty("Zhang Min"))
    assert ours.job(theirs.id).state is JobState.VERIFIED
    with pytest.raises(NothingRecorded):
        keep(ours, "L-999999", FakeDuty(LEAD))


def test_only_a_conflict_is_settled(ours: SqlLedger, field: Field) -> None:
    here, theirs = contested(ours, field)
    keep(ours, here.draft.label_serial, FakeDuty(LEAD))
    for job in (here, theirs):
        with pytest.raises(NotContested):
            keep(ours, job.draft.label_serial, FakeDuty(LEAD))


def test_a_label_that_may_come_out_yet_is_not_settled_away(ours: SqlLedger, field: Field) -> None:
    here, theirs = contested(ours, field, JobState.INTENDED)
    with pytest.raises(RivalUnsent):
        keep(ours, here.draft.label_serial, FakeDuty(LEAD))
    assert ours.job(theirs.id).state is JobState.INTENDED


def test_where_one_of_the_two_ends_the_other_has_the_claim(ours: SqlLedger, field: Field) -> None:
    here, theirs = contested(ours, field)
    ours.move(here, JobState.VOIDED, who="Zhang Min", evidence="damaged")
    left = ours.job(theirs.id)
    assert (left.contested, list(ours.conflicts())) == (False, [])
    assert ours.history(left.id)[-1].evidence == "no longer contested: L-000001 is voided"
    with pytest.raises(AlreadyLabelled):
        opened(ours, identity=mac(1))
    assert ours.verify() is None


def test_a_contested_label_is_not_replaced_before_a_lead_has_decided(ours: SqlLedger, field: Field) -> None:
    here, theirs = contested(ours, field)
    for job in (here, theirs):
        with pytest.raises(Failure):
            exchange(ours, job, successor(ours, job))
    assert [ours.job(job.id).state for job in (here, theirs)] == [JobState.VERIFIED, JobState.VERIFIED]
    assert len(list(ours.conflicts())) == 1


def test_an_order_with_a_contested_unit_is_not_closed(ours: SqlLedger, field: Field) -> None:
    ours.plan_order(NUMBER, PROFILE, who=LEAD)
    ours.move_order(NUMBER, OrderState.SIGNED, who=LEAD)
    first = brought_to(ours, opened(ours, identity=mac(1), work_order=NUMBER), JobState.VERIFIED)
    released(ours, first)
    field.label(1, work_order=NUMBER)
    merged(ours, field.file)
    assert ours.order_balance(NUMBER).verified == 1
    with pytest.raises(OrderContested):
        ours.move_order(NUMBER, OrderState.CLOSED, who=LEAD)
    keep(ours, first.draft.label_serial, FakeDuty(LEAD))
    assert ours.move_order(NUMBER, OrderState.CLOSED, who=LEAD).state is OrderState.CLOSED


def test_a_label_that_is_called_contested_without_a_rival_is_found_out(
    ledger: SqlLedger, ledger_file: Path, field: Field
) -> None:
    """Or somebody could take a label out of the claim, and its device would get another one."""
    field.label(1)
    merged(ledger, field.file)
    with closing(sqlite3.connect(ledger_file)) as raw:
        raw.execute("UPDATE jobs SET contested = 1")
        raw.commit()
    assert isinstance(ledger.verify(), Failure)


# many


def fill(laptop: Field, first: int, count: int) -> None:
    """In one transaction: waiting for the disk at each label is not what is looked at."""
    ledger, at = laptop.ledger, datetime(2026, 3, 2, 8, tzinfo=UTC)
    with ledger._database.writing() as connection:
        for unit in range(first, first + count):
            made = draft(f"{laptop.name.upper()}-{unit:06d}", identity=mac(unit), station=laptop.name)
            job = ledger._journal.open(connection, made, IMAGE, at)
            ledger._journal.move(connection, job, JobState.SENT, Known(at, "Wu"))


def merge_two(ours: SqlLedger, fields: Fields, each: int, shared: int) -> None:
    """Two laptops of so many units, some of them the same."""
    a, b = fields("a"), fields("b")
    fill(a, 1, each)
    fill(b, 1 + each - shared, each)
    first, second = merged(ours, a.file), merged(ours, b.file)
    assert (first.taken.labels, first.taken.contested) == (each, 0)
    assert (second.taken.labels, second.taken.contested) == (each, shared)
    assert len(ours.conflicts()) == shared
    assert sum(1 for _ in ours.all_jobs()) == 2 * each
    assert ours.devices_labelled(PRODUCT_KEY) == 2 * each - shared
    assert ours.verify() is None


def test_every_device_of_two_laptops_is_here_and_every_one_of_both_is_flagged(ours: SqlLedger, fields: Fields) -> None:
    merge_two(ours, fields, 100, 10)


@pytest.mark.slow
def test_ten_thousand_labels_with_fifty_devices_in_common(ours: SqlLedger, fields: Fields) -> None:
    merge_two(ours, fields, 5_000, 50)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_the_order_of_merges_nothing_is_lost_or_twice(ledger: SqlLedger, fields: Fields, seed: int) -> None:
    chance = random.Random(seed)
    laptops = [fields("a"), fields("b")]
    for _ in range(30):
        what = chance.random()
        if what < 0.6:
            work(chance, chance.choice(laptops).ledger, 6)
        elif what < 0.75:
            work(chance, ledger, 6)
        else:
            merged(ledger, chance.choice(laptops).file)
        settle_one(chance, ledger)
    for laptop in laptops:
        merged(ledger, laptop.file)
        there = {job.id: job.draft.identity for job in laptop.jobs()}
        here = {job.origin_job: job.draft.identity for job in ledger.all_jobs() if job.origin == laptop.ledger_id}
        assert here == there
    live: dict[object, int] = {}
    for job in ledger.all_jobs():
        if job.state not in ENDED and not job.contested:
            live[job.identity] = live.get(job.identity, 0) + 1
    assert set(live.values()) <= {1}
    assert ledger.verify() is None


def work(chance: random.Random, ledger: SqlLedger, units: int) -> None:
    """A label more, or one of its own a move further."""
    movable = [job for job in ledger.all_jobs() if MOVES[job.state] and not job.origin]
    if movable and chance.random() < 0.6:
        job = chance.choice(movable)
        ledger.move(job, chance.choice(sorted(MOVES[job.state], key=lambda state: state.value)), who="Wu")
        return
    with suppress(AlreadyLabelled):
        opened(ledger, identity=mac(chance.randint(1, units)))


def settle_one(chance: random.Random, ledger: SqlLedger) -> None:
    found = ledger.conflicts()
    if found and chance.random() < 0.3:
        with suppress(RivalUnsent):
            keep(ledger, chance.choice(chance.choice(found).labels).draft.label_serial, FakeDuty(LEAD))
