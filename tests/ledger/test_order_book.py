"""Orders and shifts in SQLite: the contracts, and what only tables can show."""

from pathlib import Path

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError

from gizqr_station.domain.job import JobState
from gizqr_station.domain.ledger_failures import LedgerDamaged
from gizqr_station.domain.order_failures import LabelsOut, ShiftNotSettled, ShiftUnderWay
from gizqr_station.domain.work_order import OrderState, ShiftTotals
from gizqr_station.ledger.order_rows import digest_of_profile, profile_text, work_orders
from gizqr_station.ledger.store import SqlLedger
from tests.contracts.ledger_samples import brought_to, mac, opened
from tests.contracts.order_book_contract import LEAD, NUMBER, PROFILE, OpenSql, OrderBookContract, order_in
from tests.contracts.shift_book_contract import ShiftBookContract
from tests.ledger.conftest import OpenLedger

CANONICAL = (
    '{"content":"","identities":["00911f000000..00911f000009","00911f000014"],"identity_kind":"any","links_file":"",'
    '"local_macs_allowed_by":"","local_macs_reason":"","ouis":[],"printer":"bench printer",'
    '"product_key":"be606a7b34d441b59d7eba2c080ff805","product_name":"加湿器 Humidifier","quantity":3,"quota":0,'
    '"registered_elsewhere":0,"scan_back_every":1,"scheme":"gizwits","secret_name":"","service":"","template":"40x30"}'
)


def as_if_shared(path: Path, open_again: OpenLedger) -> OpenSql:
    """A file as if several stations worked with it: the questions are the ones that a server is asked."""

    def open_one(station: str) -> SqlLedger:
        ledger = open_again(path, station=station)
        ledger._own = station
        return ledger

    return open_one


class TestOrdersInSqlite(OrderBookContract):
    @pytest.fixture
    def open_sql(self, ledger_file: Path, open_again: OpenLedger) -> OpenSql:
        return as_if_shared(ledger_file, open_again)


class TestShiftsInSqlite(ShiftBookContract):
    @pytest.fixture
    def open_sql(self, ledger_file: Path, open_again: OpenLedger) -> OpenSql:
        return as_if_shared(ledger_file, open_again)


def test_a_station_that_was_renamed_goes_on_with_its_shift_and_its_labels(
    ledger_file: Path, open_again: OpenLedger
) -> None:
    before = open_again(ledger_file, station="bench-1")
    shift = before.open_shift(who="Li Wei")
    verified = brought_to(before, opened(before, identity=mac(1)), JobState.VERIFIED)
    doubtful = brought_to(before, opened(before, identity=mac(2)), JobState.UNKNOWN)
    before.close()
    after = open_again(ledger_file, station="line 2")
    assert after.current_shift() == shift
    with pytest.raises(ShiftUnderWay):
        after.open_shift(who="Chen")
    assert [job.id for job in after.labels_out_here()] == [doubtful.id]
    with pytest.raises(ShiftNotSettled):
        after.close_shift(who="Chen")
    with pytest.raises(LabelsOut):
        after.take_order("", who="Chen")
    after.move(doubtful, JobState.VOIDED, who="Chen")
    brought_to(after, opened(after, identity=mac(3), station="line 2"), JobState.VERIFIED)
    closed = after.close_shift(who="Chen")
    assert (closed.id, closed.station) == (shift.id, "bench-1")
    assert verified.state is JobState.VERIFIED
    assert after.shift_totals(closed) == ShiftTotals(3, verified=2, handed_over=0, voided=1, failed=0, unknown=0)
    assert [entry.who for entry in after.acts_about("bench-1")][:2] == ["Chen", "Li Wei"]


def test_a_waiting_label_of_a_renamed_station_holds_up_its_changeover(
    ledger_file: Path, open_again: OpenLedger
) -> None:
    opened(open_again(ledger_file, station="bench-1"))
    after = open_again(ledger_file, station="line 2")
    order_in(after, OrderState.SIGNED)
    with pytest.raises(LabelsOut):
        after.take_order(NUMBER, who="Chen")
    assert after.order_in_hand() == ""


def test_what_is_signed_is_the_canonical_text_of_the_profile() -> None:
    assert profile_text(PROFILE) == CANONICAL
    assert digest_of_profile(PROFILE) == "2ee08cd416d773d1ea2266da76313cc32956eca166b4007fe3eb5cf3e56520d6"


@pytest.mark.parametrize("state", OrderState, ids=lambda state: state.value)
@pytest.mark.parametrize("column", ["profile", "digest", "quantity", "product_key", "template", "number", "made_by"])
def test_no_program_changes_a_profile(ledger: SqlLedger, state: OrderState, column: str) -> None:
    order_in(ledger, state)
    value: object = 5 if column == "quantity" else "other"
    with (
        pytest.raises(IntegrityError, match="what was planned is never changed"),
        ledger._database.writing() as connection,
    ):
        connection.execute(update(work_orders).values({column: value}))


def test_no_program_deletes_an_order_or_a_shift(ledger: SqlLedger) -> None:
    order_in(ledger, OrderState.CANCELLED)
    ledger.open_shift(who="Li Wei")
    for table in ("work_orders", "shifts"):
        with pytest.raises(IntegrityError, match="never deleted"), ledger._database.writing() as connection:
            connection.execute(text(f"DELETE FROM {table}"))


def test_how_a_shift_began_is_not_changed(ledger: SqlLedger) -> None:
    ledger.open_shift(who="Li Wei")
    with pytest.raises(IntegrityError, match="never changed"), ledger._database.writing() as connection:
        connection.execute(text("UPDATE shifts SET first_entry = 1, opened_by = 'x'"))


def test_a_profile_that_is_not_the_one_that_was_signed_is_damage(ledger: SqlLedger) -> None:
    order_in(ledger, OrderState.SIGNED)
    with ledger._database.writing() as connection:
        connection.execute(text("DROP TRIGGER signed_profiles_are_not_changed"))
        connection.execute(text("UPDATE work_orders SET profile = replace(profile, '40x30', '60x40')"))
    with pytest.raises(LedgerDamaged, match=NUMBER):
        ledger.order(NUMBER)
    with pytest.raises(LedgerDamaged):
        ledger.move_order(NUMBER, OrderState.RELEASED, who=LEAD)


def test_an_order_is_counted_from_its_index_alone(ledger: SqlLedger) -> None:
    order_in(ledger, OrderState.RELEASED)
    brought_to(ledger, opened(ledger, identity=mac(1), work_order=NUMBER), JobState.VERIFIED)
    from gizqr_station.ledger.order_gate import _by_standing

    with ledger._database.reading() as connection:
        query = str(_by_standing("k", NUMBER).compile(connection, compile_kwargs={"literal_binds": True}))
        plan = " ".join(str(row.detail) for row in connection.execute(text(f"EXPLAIN QUERY PLAN {query}")))
    assert "COVERING INDEX jobs_of_order" in plan
