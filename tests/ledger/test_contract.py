"""The ledger's contract, passed by the real one and by the fake that workflow tests use."""

from pathlib import Path

import pytest

from tests.contracts.ledger_contract import LedgerContract
from tests.contracts.ledger_questions import Opener
from tests.fakes import FakeLedger, Kept, SteppingClock
from tests.ledger.conftest import OpenLedger


class TestSqlLedger(LedgerContract):
    @pytest.fixture
    def opener(self, ledger_file: Path, open_again: OpenLedger) -> Opener:
        return lambda station: open_again(ledger_file, station=station)


class TestFakeLedger(LedgerContract):
    @pytest.fixture
    def opener(self) -> Opener:
        clock, kept = SteppingClock(), Kept()
        return lambda station: FakeLedger(clock, station, kept)
