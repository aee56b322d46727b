"""No more devices get labels than may register: at the line, for one label, in a batch, whoever else prints."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from gizqr_station.domain.allowance import Allowance
from gizqr_station.domain.batch import BatchState, ItemState
from gizqr_station.domain.code_failures import CodeMalformed
from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import ENDED, JobState
from gizqr_station.domain.pool_failures import QuotaReached
from gizqr_station.domain.quota import Quota
from gizqr_station.domain.stop import Stop
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.workflows.batch_room import more_than_may_register
from gizqr_station.workflows.happenings import LabelDrawn
from gizqr_station.workflows.provision import Bench, provision, quota_left
from gizqr_station.workflows.single_label import print_label, queue_label
from tests.fake_bench import MAC, OTHER_MAC, PRODUCT, FakeBench, reading_of
from tests.ledger.conftest import fresh_ledger, ledger, ledger_file, open_again  # noqa: F401 - fixtures
from tests.workflows.batch_bench import MANY, BatchBench, PickyCodes, mac

ONE = Allowance(quota=Quota(10, elsewhere=9))
"""One is left."""


def at_the_line(bench: Bench, identity: Identity) -> None:
    provision(bench, reading_of(identity), Stop(), lambda _: None, still_there=lambda: None, scan_back_due=True)


def one_label(bench: Bench, identity: Identity) -> None:
    print_label(bench, identity, Stop(), lambda _: None)


def one_that_waits(bench: Bench, identity: Identity) -> None:
    queue_label(bench, identity, Stop(), lambda _: None, held_because="x")


WAYS = pytest.mark.parametrize("label", [at_the_line, one_label, one_that_waits])
Label = Callable[[Bench, Identity], None]


@WAYS
def test_at_the_limit_a_new_device_is_refused_before_anybody_is_asked(label: Label) -> None:
    fakes = FakeBench()
    bench = replace(fakes.bench(), allowance=ONE)
    assert quota_left(bench) == 1
    label(bench, MAC)
    assert quota_left(bench) == 0
    asked, printed = len(fakes.codes.asked), len(fakes.printer.printed)
    with pytest.raises(QuotaReached) as reached:
        label(bench, OTHER_MAC)
    assert reached.value.values() == {"product": "Smart Plug", "registered": 10, "left": 0, "wanted": 1}
    assert (len(fakes.codes.asked), len(fakes.printer.printed)) == (asked, printed)
    assert [job.identity for job in fakes.ledger.all_jobs()] == [MAC]


@WAYS
def test_a_label_that_replaces_one_needs_no_registration_more(label: Label) -> None:
    fakes = FakeBench()
    bench = replace(fakes.bench(), allowance=ONE)
    at_the_line(bench, MAC)
    fakes.ledger.move(fakes.ledger.job(1), JobState.VOIDED, who="QA")
    assert quota_left(bench) == 0
    label(bench, MAC)
    assert [job.mark for job in fakes.ledger.all_jobs()] == ["", "R1"]
    with pytest.raises(QuotaReached):
        label(bench, OTHER_MAC)


@WAYS
def test_labels_that_carry_test_use_nothing_up(label: Label) -> None:
    fakes = FakeBench()
    fakes.codes.source = CodeSource.SANDBOX
    bench = replace(fakes.bench(), allowance=ONE)
    label(bench, MAC)
    label(bench, OTHER_MAC)
    assert quota_left(bench) == 1


@WAYS
def test_a_demo_and_a_product_without_a_quota_have_no_limit(label: Label) -> None:
    for changes in ({"demo": True, "allowance": Allowance(quota=Quota(1, elsewhere=1))}, {"allowance": Allowance()}):
        bench = replace(FakeBench().bench(), **changes)
        assert quota_left(bench) is None
        label(bench, MAC)
        label(bench, OTHER_MAC)


def test_a_label_whose_printer_refused_it_leaves_its_place_to_another() -> None:
    fakes = FakeBench()
    bench = replace(fakes.bench(), allowance=ONE)
    one_that_waits(bench, MAC)
    with pytest.raises(QuotaReached):
        one_that_waits(bench, OTHER_MAC)
    fakes.ledger.cancel(1, who="Li Wei")
    one_that_waits(bench, OTHER_MAC)


def test_the_last_place_that_is_taken_while_a_label_is_drawn_is_taken() -> None:
    fakes = FakeBench()
    bench = replace(fakes.bench(), allowance=ONE)

    def another() -> None:
        at_the_line(replace(bench, allowance=Allowance()), OTHER_MAC)

    with pytest.raises(QuotaReached):
        provision(bench, reading_of(MAC), Stop(), lambda _: None, still_there=another, scan_back_due=True)
    assert [job.identity for job in fakes.ledger.all_jobs()] == [OTHER_MAC]


def test_one_label_is_not_queued_where_the_last_place_went_while_it_was_drawn() -> None:
    fakes = FakeBench()
    bench = replace(fakes.bench(), allowance=ONE)

    def drawn(happening: object) -> None:
        if isinstance(happening, LabelDrawn):
            at_the_line(replace(bench, allowance=Allowance()), OTHER_MAC)

    with pytest.raises(QuotaReached):
        queue_label(bench, MAC, Stop(), drawn)
    assert list(fakes.ledger.queued()) == []


def test_eight_slots_at_once_make_exactly_the_three_labels_that_are_left(ledger: SqlLedger) -> None:  # noqa: F811
    allowance = Allowance(quota=Quota(5, elsewhere=2))

    def slot(number: int) -> list[Failure]:
        fakes = FakeBench(ledger=ledger)  # type: ignore[arg-type]
        bench = replace(fakes.bench(), allowance=allowance)
        refused: list[Failure] = []
        for unit in range(4):
            try:
                at_the_line(bench, mac(number * 100 + unit))
            except QuotaReached as reached:
                refused.append(reached)
        return refused

    with ThreadPoolExecutor(8) as slots:
        refused = [each for slot_refused in slots.map(slot, range(8)) for each in slot_refused]
    jobs = list(ledger.all_jobs())
    assert (len(jobs), len(refused)) == (3, 8 * 4 - 3)
    assert len({job.identity for job in jobs}) == 3
    assert ledger.devices_labelled(PRODUCT.key) == 3
    assert ledger.verify() is None


def test_eight_slots_that_replace_and_begin_labels_never_exceed_the_quota(ledger: SqlLedger) -> None:  # noqa: F811
    """Every device is voided and labelled again by several slots at once; what is counted is what there is."""
    allowance = Allowance(quota=Quota(6))

    def slot(number: int) -> None:
        bench = replace(FakeBench(ledger=ledger).bench(), allowance=allowance)  # type: ignore[arg-type]
        for unit in range(12):
            identity = mac((number * 5 + unit * 3) % 10)
            try:
                at_the_line(bench, identity)
                job = ledger.latest(PRODUCT.key, identity)
                if job is not None and job.state not in ENDED and unit % 2:
                    ledger.move(job, JobState.VOIDED, who="QA")
            except Failure:
                continue
            assert ledger.devices_labelled(PRODUCT.key) <= 6

    with ThreadPoolExecutor(8) as slots:
        list(slots.map(slot, range(8)))
    assert ledger.devices_labelled(PRODUCT.key) == len({job.identity for job in ledger.all_jobs()}) <= 6
    assert ledger.verify() is None


# batches


def test_a_batch_pauses_at_the_limit_with_every_label_that_was_left_printed() -> None:
    bench = BatchBench(allowance=Allowance(quota=Quota(25)))
    bench.begun(MANY)
    paused = bench.run()
    assert isinstance(paused.failure, QuotaReached)
    assert (paused.batch.state, paused.batch.reason) == (BatchState.PAUSED, "E-COD-41")
    assert bench.printed() == [str(identity) for identity in MANY[:25]]
    assert bench.states() == [ItemState.SENT] * 25 + [ItemState.WAITING] * 20
    again = bench.go_on()
    assert (type(again.failure), len(bench.printed())) == (QuotaReached, 25)
    assert bench.fakes.codes.asked == MANY[:25], "nobody asks for codes of devices that cannot register"
    bench.anew(allowance=Allowance(quota=Quota(45)))
    assert bench.go_on().batch.state is BatchState.DONE
    bench.require_whole(1, MANY)


def test_a_batch_says_how_many_are_left_and_wanted_as_it_pauses() -> None:
    bench = BatchBench(allowance=Allowance(quota=Quota(5, elsewhere=2)))
    bench.begun(MANY[:10])
    failure = bench.run().failure
    assert isinstance(failure, QuotaReached)
    assert failure.values() == {"product": "Smart Plug", "registered": 5, "left": 0, "wanted": 7}


def test_labels_of_a_batch_that_carry_test_use_nothing_up() -> None:
    bench = BatchBench(allowance=Allowance(quota=Quota(3)))
    bench.fakes.codes.source = CodeSource.SANDBOX
    bench.begun(MANY)
    assert bench.run().batch.state is BatchState.DONE
    assert bench.printed() == [str(identity) for identity in MANY]


def test_a_place_that_a_refused_device_leaves_goes_to_the_next_one() -> None:
    bench = BatchBench(allowance=Allowance(quota=Quota(3)))
    bench.begun(MANY[:5])
    bench.anew(codes=PickyCodes({MANY[1]: CodeMalformed(str(MANY[1]), "x", "other")}))
    paused = bench.run()
    assert isinstance(paused.failure, QuotaReached)
    assert bench.printed() == [str(MANY[at]) for at in (0, 2, 3)]
    assert bench.states() == [ItemState.SENT, ItemState.REFUSED, ItemState.SENT, ItemState.SENT, ItemState.WAITING]


def test_what_a_batch_replaces_is_made_beyond_the_limit_too() -> None:
    bench = BatchBench()
    for identity in MANY[:3]:
        at_the_line(bench.bench(), identity)
    for job in list(bench.fakes.ledger.all_jobs()):
        bench.fakes.ledger.move(job, JobState.VOIDED, who="QA")
    bench.fakes.printer.printed.clear()
    bench.allowance = Allowance(quota=Quota(4))
    bench.anew()
    wanted = [MANY[0], MANY[3], MANY[1], MANY[4], MANY[2]]
    bench.begun(wanted)
    paused = bench.run()
    assert isinstance(paused.failure, QuotaReached)
    # The fourth of the list is the fifth device: all before it have their labels, and what is behind it waits.
    assert bench.printed() == [str(identity) for identity in wanted[:3]]


def test_a_batch_whose_last_places_go_to_others_meanwhile_takes_what_is_left() -> None:
    bench = BatchBench(allowance=Allowance(quota=Quota(5)))
    bench.begun(MANY[:5])
    quicker = iter(MANY[20:23])
    enqueue = bench.fakes.ledger.enqueue_items

    def later(*values: object, **named: object) -> object:
        for identity in quicker:
            at_the_line(replace(bench.bench(), allowance=Allowance()), identity)
        return enqueue(*values, **named)  # type: ignore[arg-type]

    bench.fakes.ledger.enqueue_items = later  # type: ignore[method-assign, assignment]
    paused = bench.run()
    assert isinstance(paused.failure, QuotaReached)
    assert set(bench.printed()) == {str(identity) for identity in (*MANY[:2], *MANY[20:23])}
    assert bench.fakes.ledger.devices_labelled(PRODUCT.key) == 5


@pytest.mark.parametrize(
    ("quota", "already", "wanted", "told"),
    [
        (None, 0, 10, None),
        (Quota(10), 0, 10, None),
        (Quota(10), 0, 11, (10, 11)),
        (Quota(10, elsewhere=4), 0, 7, (6, 7)),
        (Quota(10), 5, 10, None),
        (Quota(10), 5, 11, (5, 6)),
        (Quota(3), 5, 5, None),
        (Quota(3), 5, 6, (0, 1)),
    ],
)
def test_a_list_that_exceeds_what_is_left_is_told_before_it_begins(
    quota: Quota | None, already: int, wanted: int, told: tuple[int, int] | None
) -> None:
    fakes = FakeBench()
    for identity in MANY[:already]:
        at_the_line(fakes.bench(), identity)
    found = more_than_may_register(fakes.ledger, PRODUCT, quota, MANY[:wanted])
    assert (None if found is None else (found.left, found.wanted)) == told


def test_a_list_before_the_first_ledger_is_held_against_the_quota_alone() -> None:
    found = more_than_may_register(None, PRODUCT, Quota(10, elsewhere=8), MANY[:3])
    assert found is not None
    assert (found.left, found.wanted) == (2, 3)
