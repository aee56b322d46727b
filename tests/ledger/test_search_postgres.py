"""The same search in a ledger that many stations share."""

import pytest

from gizqr_station.domain.records import RecordQuery
from gizqr_station.ledger import search_postgres
from tests.contracts.ledger_samples import mac, opened
from tests.contracts.search_contract import SearchContract, Searched, all_pages
from tests.ledger.shared import OpenShared


class TestSharedSearch(SearchContract):
    @pytest.fixture
    def ledger(self, open_shared: OpenShared) -> Searched:
        return open_shared(station="bench-1")


def test_much_that_is_found_is_looked_through_by_number(
    open_shared: OpenShared, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = open_shared(station="bench-1")
    for number in range(60):
        opened(ledger, identity=mac(number), operator=("Li", "Ann")[number % 2], work_order=f"WO-{number // 30}")
    monkeypatch.setattr(search_postgres, "_FEW", 5)
    monkeypatch.setattr(search_postgres, "_LOOKED_THROUGH", 7)
    assert all_pages(ledger, RecordQuery("00911f")) == list(range(60, 0, -1))
    assert all_pages(ledger, RecordQuery("00911f", order="WO-0")) == list(range(30, 0, -1))
    assert all_pages(ledger, RecordQuery(operator="ann", order="WO-1")) == list(range(60, 30, -2))


def test_the_index_is_checked_and_built_anew(open_shared: OpenShared) -> None:
    ledger = open_shared(station="bench-1")
    for number in range(5):
        opened(ledger, identity=mac(number))
    assert ledger.verify() is None
    assert ledger.rebuild_search() == 5
    assert ledger.verify() is None
    assert all_pages(ledger, RecordQuery("00911f")) == [5, 4, 3, 2, 1]
