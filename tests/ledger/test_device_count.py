"""The kept number of devices: eight at once never exceed a quota, and a number that is not true is damage."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from gizqr_station.domain.job import JobState
from gizqr_station.domain.ledger_failures import AlreadyLabelled, LedgerDamaged
from gizqr_station.domain.pool_failures import QuotaReached
from gizqr_station.domain.quota import Quota
from gizqr_station.ledger.store import SqlLedger
from tests.contracts.ledger_samples import IMAGE, PRODUCT_KEY, brought_to, draft, mac, opened
from tests.ledger.conftest import OpenLedger


def test_eight_slots_at_once_open_exactly_what_is_left(ledger: SqlLedger) -> None:
    def slot(number: int) -> int:
        made = 0
        for unit in range(4):
            try:
                ledger.open(draft(f"S{number}-{unit}", identity=mac(number * 100 + unit)), IMAGE, quota=Quota(5, 2))
            except QuotaReached:
                continue
            made += 1
            assert ledger.devices_labelled(PRODUCT_KEY) <= 3
        return made

    with ThreadPoolExecutor(8) as slots:
        assert sum(slots.map(slot, range(8))) == 3
    assert (ledger.devices_labelled(PRODUCT_KEY), ledger.verify()) == (3, None)


def test_two_programs_count_as_one(ledger_file: Path, open_again: OpenLedger) -> None:
    one, other = open_again(ledger_file), open_again(ledger_file)
    one.open(draft("A-1", identity=mac(1)), IMAGE, quota=Quota(2))
    other.open(draft("A-2", identity=mac(2)), IMAGE, quota=Quota(2))
    for program in (one, other):
        with pytest.raises(QuotaReached):
            program.open(draft("A-3", identity=mac(3)), IMAGE, quota=Quota(2))
        with pytest.raises(AlreadyLabelled):
            program.open(draft("A-4", identity=mac(1)), IMAGE, quota=Quota(2))


@pytest.mark.parametrize("changed", ["devices + 1", "devices - 1", "0"])
def test_a_number_that_is_not_what_the_labels_say_is_damage(ledger: SqlLedger, ledger_file: Path, changed: str) -> None:
    brought_to(ledger, opened(ledger, identity=mac(1)), JobState.VOIDED)
    opened(ledger, identity=mac(2))
    assert ledger.verify() is None
    with closing(sqlite3.connect(ledger_file)) as raw, raw:
        raw.execute(f"UPDATE labelled_devices SET devices = {changed}")
    found = ledger.verify()
    assert isinstance(found, LedgerDamaged)
    assert f"of product {PRODUCT_KEY}, 2 labelled" in found.reason


def test_the_number_is_not_deleted_by_any_program(ledger: SqlLedger, ledger_file: Path) -> None:
    opened(ledger)
    with closing(sqlite3.connect(ledger_file)) as raw, pytest.raises(sqlite3.IntegrityError, match="never deleted"):
        raw.execute("DELETE FROM labelled_devices")


def test_what_was_interrupted_before_it_was_sent_gives_its_place_back(
    ledger_file: Path, open_again: OpenLedger
) -> None:
    ledger = open_again(ledger_file)
    opened(ledger, identity=mac(1))
    brought_to(ledger, opened(ledger, identity=mac(2)), JobState.SENT)
    ledger.enqueue(draft("Q-1", identity=mac(3)), IMAGE, who="batch")
    assert ledger.devices_labelled(PRODUCT_KEY) == 3
    ledger.settle_interrupted("station")
    assert (ledger.devices_labelled(PRODUCT_KEY), ledger.verify()) == (2, None)
