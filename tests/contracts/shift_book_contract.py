"""What every ledger does that keeps shifts: they end when nothing of their station is in doubt, and not before."""

import pytest

from gizqr_station.domain.job import JobState, PrintOutcome
from gizqr_station.domain.order_failures import NoShift, ShiftNotSettled, ShiftUnderWay
from gizqr_station.domain.work_order import ShiftTotals
from gizqr_station.ledger.store import SqlLedger
from tests.contracts.ledger_samples import brought_to, mac, opened
from tests.contracts.order_book_contract import OpenSql

NOTHING = ShiftTotals(opened=0, verified=0, handed_over=0, voided=0, failed=0, unknown=0)


class ShiftBookContract:
    """Subclass it and give it the fixture ``open_sql``."""

    @pytest.fixture
    def book(self, open_sql: OpenSql) -> SqlLedger:
        return open_sql("bench-1")

    def test_a_shift_runs_at_its_station_until_it_is_closed(self, open_sql: OpenSql) -> None:
        one, other = open_sql("bench-1"), open_sql("bench-2")
        shift = one.open_shift(who="Li Wei")
        assert (shift.station, shift.opened_by, shift.closed_at) == ("bench-1", "Li Wei", None)
        assert (open_sql("bench-1").current_shift(), other.current_shift()) == (shift, None)
        with pytest.raises(ShiftUnderWay) as twice:
            one.open_shift(who="Wang Fang")
        assert twice.value.opened_by == "Li Wei"
        later = other.open_shift(who="Wang Fang")
        closed = one.close_shift(who="Chen", remark="ribbon runs low")
        assert (closed.id, closed.closed_by, closed.remark) == (shift.id, "Chen", "ribbon runs low")
        assert list(one.shifts()) == [later, closed]
        assert one.current_shift() is None
        assert one.open_shift(who="Chen").first_entry > closed.last_entry

    def test_no_shift_is_closed_where_none_was_opened(self, book: SqlLedger) -> None:
        with pytest.raises(NoShift):
            book.close_shift(who="Chen")

    def test_a_shift_begins_and_ends_with_an_entry_of_the_record(self, book: SqlLedger) -> None:
        shift = book.open_shift(who="Li Wei")
        assert book.last_entry() == shift.first_entry
        closed = book.close_shift(who="Chen", remark="all well")
        assert book.last_entry() == closed.last_entry
        ended, begun = book.acts_about("bench-1")
        assert (begun.who, ended.who) == ("Li Wei", "Chen")
        assert "all well" in ended.evidence

    @pytest.mark.parametrize(
        ("state", "settled"),
        [
            (JobState.SENT, JobState.VERIFIED),
            (JobState.PRINTED, JobState.VERIFIED),
            (JobState.UNKNOWN, JobState.VOIDED),
        ],
        ids=lambda state: state.value,
    )
    def test_a_shift_with_a_label_in_doubt_is_not_closed(
        self, open_sql: OpenSql, state: JobState, settled: JobState
    ) -> None:
        book, other = open_sql("bench-1"), open_sql("bench-2")
        book.open_shift(who="Li Wei")
        other.open_shift(who="Wang Fang")
        job = brought_to(book, opened(book), state)
        assert [each.id for each in book.labels_out_here()] == [job.id]
        with pytest.raises(ShiftNotSettled) as refused:
            book.close_shift(who="Chen")
        assert (refused.value.labels, refused.value.label_serial) == (1, job.draft.label_serial)
        assert book.current_shift() is not None
        assert list(other.labels_out_here()) == []
        other.close_shift(who="Chen")
        book.move(job, settled, who="Chen")
        assert list(book.labels_out_here()) == []
        book.close_shift(who="Chen")

    def test_a_label_that_is_being_printed_keeps_the_shift_open_though_nobody_is_to_scan_it(
        self, book: SqlLedger
    ) -> None:
        book.open_shift(who="Li Wei")
        job = brought_to(book, opened(book, scan_back_due=False), JobState.SENT)
        with pytest.raises(ShiftNotSettled):
            book.close_shift(who="Chen")
        book.move(job, JobState.SENT, who="Li Wei", outcome=PrintOutcome.ACCEPTED)
        closed = book.close_shift(who="Chen")
        assert book.shift_totals(closed) == ShiftTotals(1, verified=0, handed_over=1, voided=0, failed=0, unknown=0)

    def test_what_waits_goes_on_in_the_next_shift(self, book: SqlLedger) -> None:
        shift = book.open_shift(who="Li Wei")
        waiting = opened(book)
        first = book.close_shift(who="Chen")
        assert first.id == shift.id
        second = book.open_shift(who="Chen")
        brought_to(book, waiting, JobState.VERIFIED)
        assert book.shift_totals(first) == ShiftTotals(1, verified=0, handed_over=0, voided=0, failed=0, unknown=0)
        assert book.shift_totals(second) == ShiftTotals(0, verified=1, handed_over=0, voided=0, failed=0, unknown=0)

    def test_the_totals_tell_where_each_label_of_the_station_stood(self, open_sql: OpenSql) -> None:
        book, other = open_sql("bench-1"), open_sql("bench-2")
        before = brought_to(book, opened(book, identity=mac(1)), JobState.VERIFIED)
        shift = book.open_shift(who="Li Wei")
        assert book.shift_totals(shift) == NOTHING
        book.move(before, JobState.VOIDED, who="QA")
        for number, state in enumerate(
            (JobState.VERIFIED, JobState.VERIFIED, JobState.FAILED, JobState.UNKNOWN), start=2
        ):
            brought_to(book, opened(book, identity=mac(number)), state)
        brought_to(other, opened(other, identity=mac(9), station="bench-2"), JobState.VERIFIED)
        opened(
            book, identity=mac(1), revision=1, replaces=before.draft.label_serial, reason="damaged: torn", operator="x"
        )
        assert book.shift_totals(shift) == ShiftTotals(
            opened=5, verified=2, handed_over=0, voided=1, failed=1, unknown=1, reprints=(("damaged", 1),)
        )

    def test_a_closed_shift_is_told_as_it_was(self, book: SqlLedger) -> None:
        book.open_shift(who="Li Wei")
        job = brought_to(book, opened(book), JobState.VERIFIED)
        closed = book.close_shift(who="Chen")
        totals = book.shift_totals(closed)
        book.move(job, JobState.VOIDED, who="QA")
        assert book.shift_totals(closed) == totals == ShiftTotals(1, 1, 0, 0, 0, 0)
