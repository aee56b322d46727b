"""The same contract, kept by a ledger on a PostgreSQL server."""

import pytest

from gizqr_station.workflows.ports import Ledger
from tests.contracts.ledger_contract import LedgerContract
from tests.contracts.ledger_questions import Opener
from tests.contracts.ledger_samples import opened
from tests.ledger.shared import OpenShared


class TestSharedLedger(LedgerContract):
    @pytest.fixture
    def opener(self, open_shared: OpenShared) -> Opener:
        return lambda station: open_shared(station=station)

    def test_a_station_that_was_renamed_settles_what_it_left_under_its_old_name(self, opener: Opener) -> None:
        """Here it must not: under that name another station may be at work this very moment."""
        before: Ledger = opener("bench-1")
        job = opened(before, station="bench-1")
        assert list(opener("bench-9").settle_interrupted("station")) == []
        assert [settled.id for settled in opener("bench-1").settle_interrupted("station")] == [job.id]
