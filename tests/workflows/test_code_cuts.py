"""What is left to be fetched, in the fewest tasks: runs joined, split at a thousand, the same whenever asked."""

from collections.abc import Iterable, Mapping

from hypothesis import given
from hypothesis import strategies as st

from gizqr_station.domain.identity import Identity, Imei
from gizqr_station.domain.identity_ranges import IdentityRange, joined
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.code_cuts import cuts_of, labelled_among, merged, unfetched, united
from tests.contracts.ledger_samples import IMAGE, draft
from tests.fake_bench import PRODUCT
from tests.fake_codes import SERVICE, mac, macs, zip_of
from tests.fake_pool import FakePool
from tests.fakes import FakeLedger

SOME_RANGES = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12)).map(lambda pair: macs(*pair)), max_size=12)


def labelled(ledger: FakeLedger, *identities: Identity) -> None:
    for number, identity in enumerate(identities, start=len(ledger.kept.jobs) + 1):
        ledger.open(draft(f"L-{number:06d}", identity=identity, product_key=PRODUCT.key), IMAGE)


def holding(*identities: Identity) -> FakePool:
    pool = FakePool()
    pool.add(zip_of({identity: f"code of {identity}" for identity in identities}), Stop())
    return pool


def test_a_long_run_is_split_at_a_thousand_and_short_ones_are_a_task_each() -> None:
    cuts = list(cuts_of([macs(0, 2500), macs(5000, 1), macs(6000, 1000)]))
    assert [(cut.first, len(cut)) for cut in cuts] == [
        (mac(0), 1000),
        (mac(1000), 1000),
        (mac(2000), 500),
        (mac(5000), 1),
        (mac(6000), 1000),
    ]


def test_the_cuts_of_imeis_hold_valid_imeis() -> None:
    first = Imei.parse("861193040496508")
    run = IdentityRange(first, list(IdentityRange.parse(f"{first} x 2300"))[-1])
    cuts = list(cuts_of([run]))
    assert [len(cut) for cut in cuts] == [1000, 1000, 300]
    assert [each for cut in cuts for each in cut] == list(run)
    assert all(Imei.parse(cut.last.text) for cut in cuts)


@given(SOME_RANGES)
def test_united_ranges_hold_the_same_identities_once(ranges: list[IdentityRange]) -> None:
    together = united(ranges)
    assert together == joined(identity for each in ranges for identity in each)


@given(SOME_RANGES)
def test_cut_up_and_merged_again_is_the_same(ranges: list[IdentityRange]) -> None:
    together = united(ranges)
    assert tuple(merged(cuts_of(together, longest=3))) == together


@given(SOME_RANGES, st.sets(st.integers(0, 80)), st.sets(st.integers(0, 80)))
def test_what_has_a_code_or_a_label_is_left_out_and_nothing_else(
    ranges: list[IdentityRange], coded: set[int], with_label: set[int]
) -> None:
    ledger = FakeLedger()
    labelled(ledger, *map(mac, with_label))
    left = unfetched(holding(*map(mac, coded)), ledger, PRODUCT.key, SERVICE, ranges, Stop())
    wanted = {identity for each in ranges for identity in each}
    assert left == joined(wanted - set(map(mac, coded | with_label)))


def test_a_voided_label_does_not_count_as_one() -> None:
    ledger = FakeLedger()
    labelled(ledger, mac(1), mac(2))
    job = ledger.latest(PRODUCT.key, mac(2))
    assert job is not None
    ledger.move(ledger.move(job, JobState.SENT, who="x"), JobState.VOIDED, who="x")
    assert unfetched(FakePool(), ledger, PRODUCT.key, SERVICE, [macs(0, 4)], Stop()) == (macs(0, 1), macs(2, 2))
    assert labelled_among(ledger, PRODUCT.key, [macs(0, 4)], Stop()) == 1


def test_where_no_label_was_ever_recorded_the_pool_alone_counts() -> None:
    assert unfetched(holding(mac(1)), None, PRODUCT.key, SERVICE, [macs(0, 3)], Stop()) == (macs(0, 1), macs(2, 1))
    assert labelled_among(None, PRODUCT.key, [macs(0, 3)], Stop()) == 0


def test_many_singles_are_looked_up_together() -> None:
    looks: list[int] = []

    class CountingLedger(FakeLedger):
        def live_among(self, product_key: str, identities: Iterable[Identity]) -> Mapping[Identity, PrintJob]:
            asked = list(identities)
            looks.append(len(asked))
            return super().live_among(product_key, asked)

    singles = [macs(2 * number, 1) for number in range(2500)]
    assert len(unfetched(FakePool(), CountingLedger(), PRODUCT.key, SERVICE, singles, Stop())) == 2500
    assert looks == [1000, 1000, 500]
