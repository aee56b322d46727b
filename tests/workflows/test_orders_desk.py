"""What the orders desk answers: who may do it, what it needs, and how all stands then."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity_failures import NotAnIdentity
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.job import JobState
from gizqr_station.domain.ledger_failures import LedgerBusy
from gizqr_station.domain.line_failures import FileNotWritten
from gizqr_station.domain.list_failures import ListEmpty
from gizqr_station.domain.order_failures import (
    FirstArticleNotScanned,
    LabelsOut,
    MoreThanListed,
    NoFirstArticle,
    OrderExists,
    OrderNotSettled,
    OrderNotUnderstood,
    OrderShort,
    OrderUnknown,
    OwnFirstArticle,
    RemarkNeeded,
    ShiftNotSettled,
    StationLacks,
)
from gizqr_station.domain.people import Badge, Permission, Role
from gizqr_station.domain.people_failures import NotAllowed
from gizqr_station.domain.stop import Stop
from gizqr_station.domain.work_order import OrderState
from gizqr_station.workflows import orders
from gizqr_station.workflows.order_happenings import OrderDone, OrdersSeen, OrderTaken, OrderWork, ShiftSeen
from gizqr_station.workflows.orders_desk import OrdersDesk
from tests.contracts.correction_contract import exchange, successor
from tests.contracts.ledger_samples import brought_to, mac, opened
from tests.contracts.order_book_contract import NUMBER, PROFILE, labelled, order_in
from tests.order_bench import OrderBench

BUSY = LedgerBusy("ledger.sqlite")
FIRST = f"code of {mac(1)}"
"""What the label of the first article says."""


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[OrderBench]:
    made = OrderBench(tmp_path)
    yield made
    made.desk.close()
    made.ledger.close()


def state_of(bench: OrderBench) -> OrderState:
    order = bench.ledger.order(NUMBER)
    assert order is not None
    return order.state


def seen(bench: OrderBench) -> OrdersSeen:
    last = bench.told[-1]
    assert isinstance(last, OrdersSeen)
    return last


# planning


def test_an_order_is_planned_with_what_the_station_labels_now(bench: OrderBench) -> None:
    bench.desk.plan(f" {NUMBER} ", 4, "00911f000000..00911f000001, 00911f000001 x 3")
    assert bench.done() == OrderDone(OrderWork.PLAN, NUMBER)
    (standing,) = seen(bench).orders
    assert standing.order.profile.identities == (IdentityRange(mac(0), mac(3)),)
    assert (standing.order.profile.template, standing.order.profile.quantity) == (PROFILE.template, 4)
    assert (standing.balance.remaining, standing.first_article) == (4, None)


def test_a_list_of_devices_becomes_ranges(bench: OrderBench) -> None:
    lines = [str(mac(number)) for number in range(2_000) if number != 777]
    bench.lists.files["list.csv"] = lines
    bench.desk.plan(NUMBER, 1_999, "", "list.csv")
    order = bench.ledger.order(NUMBER)
    assert order is not None
    assert [len(each) for each in order.profile.identities] == [777, 1_222]


@pytest.mark.parametrize(
    ("number", "quantity", "ranges", "list_file", "why"),
    [
        ("", 1, "", "", OrderNotUnderstood),
        ("x" * 41, 1, "", "", OrderNotUnderstood),
        ("WO\n7", 1, "", "", OrderNotUnderstood),
        (NUMBER, 0, "", "", OrderNotUnderstood),
        (NUMBER, 10_000_001, "", "", OrderNotUnderstood),
        (NUMBER, 3, "00911f000000..00911f000001", "", MoreThanListed),
        (NUMBER, 3, "00911f000000 x 2, 00911f000000 x 2", "", MoreThanListed),
        (NUMBER, 1, "nonsense", "", NotAnIdentity),
        (NUMBER, 1, "", "bad.txt", NotAnIdentity),
        (NUMBER, 1, "", "empty.txt", ListEmpty),
    ],
)
def test_what_makes_no_order_is_refused_with_why(
    bench: OrderBench, number: str, quantity: int, ranges: str, list_file: str, why: type[Failure]
) -> None:
    bench.lists.files = {"bad.txt": [str(mac(1)), "nonsense"], "empty.txt": []}
    bench.desk.plan(number, quantity, ranges, list_file)
    assert isinstance(bench.done().failure, why)
    assert bench.ledger.orders(closed=True) == []


def test_another_product_brings_nothing_of_this_ones_along(bench: OrderBench) -> None:
    key = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
    with pytest.raises(OrderNotUnderstood):
        orders.plan(bench.parts, NUMBER, 1, "", "", Stop(), product_key=key)
    with pytest.raises(OrderNotUnderstood):
        orders.plan(bench.parts, NUMBER, 1, "", "", Stop(), product_key="short", product_name="Lamp")
    planned = orders.plan(bench.parts, NUMBER, 1, "", "", Stop(), product_key=key, product_name="Lamp")
    assert (planned.profile.product_key, planned.profile.product_name, planned.profile.quota) == (key, "Lamp", 0)


def test_a_number_that_was_used_is_said(bench: OrderBench) -> None:
    order_in(bench.ledger, OrderState.SIGNED)
    bench.desk.plan(NUMBER, 1)
    assert isinstance(bench.done().failure, OrderExists)


# who may


def planned(bench: OrderBench) -> None:
    order_in(bench.ledger, OrderState.PLANNED)


def waiting(bench: OrderBench) -> None:
    order_in(bench.ledger, OrderState.SIGNED)
    labelled(bench.ledger, 1, JobState.VERIFIED, operator="Li Wei")


def made(bench: OrderBench) -> None:
    order_in(bench.ledger, OrderState.RELEASED)


Do = Callable[[OrdersDesk], None]
ASKED: list[tuple[Permission, Do, Callable[[OrderBench], None], OrderWork]] = [
    (Permission.SIGN_ORDER, lambda desk: desk.sign(NUMBER), planned, OrderWork.SIGN),
    (Permission.RELEASE_ORDER, lambda desk: desk.release(NUMBER, scanned=FIRST), waiting, OrderWork.RELEASE),
    (Permission.CLOSE, lambda desk: desk.close_order(NUMBER, "two lost"), made, OrderWork.CLOSE),
    (Permission.SIGN_ORDER, lambda desk: desk.cancel(NUMBER, "withdrawn"), planned, OrderWork.CANCEL),
    (Permission.EXPORT, lambda desk: desk.report(NUMBER), made, OrderWork.REPORT),
    (Permission.CLOSE, lambda desk: desk.close_shift(), lambda bench: bench.desk.open_shift(), OrderWork.CLOSE_SHIFT),
]


@pytest.mark.parametrize(("permission", "do", "before", "work"), ASKED, ids=lambda value: getattr(value, "value", None))
def test_an_operator_is_refused_what_takes_qa_or_a_lead(
    bench: OrderBench, permission: Permission, do: Do, before: Callable[[OrderBench], None], work: OrderWork
) -> None:
    before(bench)
    bench.duty.name = "Li Wei"
    entries = bench.ledger.last_entry()
    do(bench.desk)
    done = bench.done()
    assert (done.work, type(done.failure)) == (work, NotAllowed)
    assert bench.ledger.last_entry() == entries
    assert bench.duty.asked[-1][1] is permission
    bench.duty.name = "Wang Fang"
    do(bench.desk)
    assert bench.done() == OrderDone(work, bench.done().number, bench.done().files)


def test_qa_signs_no_order(bench: OrderBench) -> None:
    planned(bench)
    bench.duty.name = "Zhang Min"
    bench.desk.sign(NUMBER)
    assert isinstance(bench.done().failure, NotAllowed)
    assert state_of(bench) is OrderState.PLANNED


# the first article


def test_qa_releases_with_a_badge_while_the_operator_stays_on_duty(bench: OrderBench) -> None:
    waiting(bench)
    bench.duty.name = "Li Wei"
    bench.desk.look()
    first = seen_orders(bench).orders[0].first_article
    assert first is not None
    bench.desk.release(NUMBER, Badge("Zhang Min"))
    assert isinstance(bench.done().failure, FirstArticleNotScanned)
    assert state_of(bench) is OrderState.SIGNED
    bench.desk.release(NUMBER, Badge("Zhang Min"), scanned=FIRST)
    order = bench.ledger.order(NUMBER)
    assert order is not None
    assert (order.state, order.released_by, order.first_article) == (OrderState.RELEASED, "Zhang Min", first.id)
    assert seen(bench).orders[0].first_article is None


def seen_orders(bench: OrderBench) -> OrdersSeen:
    return next(each for each in reversed(bench.told) if isinstance(each, OrdersSeen))


def test_nobody_releases_by_a_label_of_their_own(bench: OrderBench) -> None:
    order_in(bench.ledger, OrderState.SIGNED)
    labelled(bench.ledger, 1, JobState.VERIFIED, operator="Zhang Min")
    bench.desk.release(NUMBER, Badge("Zhang Min"))
    assert isinstance(bench.done().failure, OwnFirstArticle)
    assert state_of(bench) is OrderState.SIGNED


def test_without_a_scanned_label_there_is_nothing_to_release_by(bench: OrderBench) -> None:
    order_in(bench.ledger, OrderState.SIGNED)
    labelled(bench.ledger, 1, JobState.PRINTED)
    bench.desk.release(NUMBER)
    assert isinstance(bench.done().failure, NoFirstArticle)


# the end


def test_an_order_that_is_short_needs_a_word_why(bench: OrderBench) -> None:
    made(bench)
    bench.desk.close_order(NUMBER, "  ")
    failure = bench.done().failure
    assert isinstance(failure, OrderShort)
    assert (failure.missing, failure.planned) == (2, 3)
    bench.desk.close_order(NUMBER, "two devices lost")
    assert bench.done() == OrderDone(OrderWork.CLOSE, NUMBER, ("order.pdf", "order.csv"))
    order = bench.ledger.order(NUMBER)
    assert order is not None
    assert (order.state, order.remark, order.closed_by) == (OrderState.CLOSED, "two devices lost", "Wang Fang")


def test_a_whole_order_closes_without_a_word_and_its_report_has_all_labels(bench: OrderBench) -> None:
    made(bench)
    labelled(bench.ledger, 1, JobState.VERIFIED)
    voided = labelled(bench.ledger, 2, JobState.VOIDED)
    again = labelled(
        bench.ledger, 2, JobState.VERIFIED, revision=1, replaces=voided.draft.label_serial, reason="damaged"
    )
    bench.desk.close_order(NUMBER)
    ((report, labels),) = bench.reports.orders
    assert [job.identity for job in labels] == [mac(0), mac(1), mac(2), mac(2)]
    assert (report.labels, report.balance.verified, report.balance.remaining) == (4, 3, 0)
    assert [(each.job.id, each.who) for each in report.voided] == [(voided.id, "li.wei")]
    assert (report.reprints, report.printers) == ((again,), ("bench printer",))
    assert report.first_article is not None
    assert report.first_article.identity == mac(0)
    assert report.anchored.checkpoint is not None
    assert (report.written_by, report.order.state) == ("Wang Fang", OrderState.CLOSED)
    assert seen(bench).orders == ()


def test_an_order_with_a_label_in_doubt_is_not_closed_whatever_the_remark(bench: OrderBench) -> None:
    made(bench)
    labelled(bench.ledger, 1, JobState.UNKNOWN)
    bench.desk.close_order(NUMBER, "we are late")
    assert isinstance(bench.done().failure, OrderNotSettled)
    assert bench.reports.orders == []


def test_a_report_that_cannot_be_written_does_not_open_the_order_again(bench: OrderBench) -> None:
    made(bench)
    bench.reports.failure = FileNotWritten("order.csv", "No space left on device")
    bench.desk.close_order(NUMBER, "two lost")
    assert bench.done() == OrderDone(OrderWork.CLOSE, NUMBER, failure=bench.reports.failure)
    assert state_of(bench) is OrderState.CLOSED
    bench.reports.failure = None
    bench.desk.report(NUMBER)
    assert bench.done().files == ("order.pdf", "order.csv")
    assert [entry.kind for entry in bench.ledger.acts_about(NUMBER, 1)] == ["export"]


def test_the_report_of_a_closed_order_says_what_moved_since(bench: OrderBench) -> None:
    made(bench)
    old = labelled(bench.ledger, 1, JobState.VERIFIED)
    bench.desk.close_order(NUMBER, "one lost")
    bench.desk.report(NUMBER)
    exchange(bench.ledger, old, successor(bench.ledger, old))
    bench.desk.report(NUMBER)
    order = bench.ledger.order(NUMBER)
    assert order is not None
    closed = next(act for act in bench.ledger.acts_about(NUMBER) if act.kind == "order")
    assert [(report.closed_at, report.moved_since) for report, _ in bench.reports.orders] == [
        (closed.at, 0),
        (closed.at, 0),
        (closed.at, 2),
    ]


def test_an_order_is_cancelled_with_a_reason(bench: OrderBench) -> None:
    planned(bench)
    bench.desk.cancel(NUMBER, " ")
    assert isinstance(bench.done().failure, RemarkNeeded)
    bench.desk.cancel(NUMBER, "customer withdrew")
    assert state_of(bench) is OrderState.CANCELLED
    bench.desk.look(closed=True)
    assert [each.order.remark for each in seen_orders(bench).orders] == ["customer withdrew"]


def test_what_nobody_planned_is_unknown(bench: OrderBench) -> None:
    for ask in (bench.desk.sign, bench.desk.take, bench.desk.release, bench.desk.close_order, bench.desk.report):
        ask(NUMBER)
        assert isinstance(bench.done().failure, OrderUnknown)


# changeover


def test_a_changeover_is_told_with_the_order_and_an_empty_one_without(bench: OrderBench) -> None:
    order_in(bench.ledger, OrderState.SIGNED)
    bench.duty.name = "Li Wei"
    bench.desk.take(NUMBER)
    assert bench.told[-1] == OrderTaken(bench.ledger.order(NUMBER))
    assert bench.ledger.order_in_hand() == NUMBER
    bench.desk.take("")
    assert bench.told[-1] == OrderTaken(None)
    assert bench.ledger.order_in_hand() == ""


def test_what_a_station_lacks_is_said_before_anything_changes(bench: OrderBench) -> None:
    order_in(bench.ledger, OrderState.SIGNED)
    bench.lacking = StationLacks(NUMBER, "printer", "bench printer")
    entries = bench.ledger.last_entry()
    bench.desk.take(NUMBER)
    assert bench.done() == OrderDone(OrderWork.TAKE, NUMBER, failure=bench.lacking)
    assert (bench.ledger.order_in_hand(), bench.ledger.last_entry()) == ("", entries)


def test_no_changeover_while_a_label_is_out(bench: OrderBench) -> None:
    order_in(bench.ledger, OrderState.SIGNED)
    labelled(bench.ledger, 1, JobState.PRINTED)
    bench.desk.take(NUMBER)
    assert isinstance(bench.done().failure, LabelsOut)


# shifts


def test_a_shift_is_opened_seen_and_closed_with_a_report(bench: OrderBench) -> None:
    bench.desk.shown(True)
    assert bench.told[-1] == ShiftSeen(None, None)
    bench.duty.name = "Li Wei"
    bench.desk.open_shift()
    job = brought_to(bench.ledger, opened(bench.ledger), JobState.UNKNOWN)
    bench.desk.look()
    shown = bench.told[-1]
    assert isinstance(shown, ShiftSeen)
    assert shown.in_doubt == (job,)
    bench.duty.name = "Zhang Min"
    bench.desk.close_shift()
    assert isinstance(bench.done().failure, ShiftNotSettled)
    assert bench.reports.shifts == []
    bench.ledger.move(job, JobState.VERIFIED, who="Li Wei")
    bench.desk.close_shift(" ribbon runs low ")
    assert bench.done() == OrderDone(OrderWork.CLOSE_SHIFT, "", ("shift.pdf", "shift.csv"))
    assert bench.told[-1] == ShiftSeen(None, None)
    (report,) = bench.reports.shifts
    assert (report.shift.closed_by, report.shift.remark) == ("Zhang Min", "ribbon runs low")
    assert (report.totals.opened, report.totals.verified, report.totals.unknown) == (1, 1, 0)
    assert report.anchored.checkpoint is not None
    assert report.anchored.checkpoint.count >= report.shift.last_entry
    assert (report.copied_to, bench.copies.made) == ("/backups/ledger-1.sqlite", ["Zhang Min"])


@pytest.mark.parametrize("part", ["checkpoints", "copies", "reports"])
def test_what_fails_behind_a_shift_is_said_and_noted_and_the_shift_stays_closed(bench: OrderBench, part: str) -> None:
    bench.desk.open_shift()
    getattr(bench, part).failure = BUSY
    bench.desk.close_shift()
    assert bench.done().failure is BUSY
    assert bench.ledger.current_shift() is None
    assert BUSY.code in bench.ledger.acts_about("bench-1", 1)[0].evidence
    if part != "reports":
        (report,) = bench.reports.shifts
        assert BUSY in (report.anchored.failure, report.copy_failure)


def test_a_role_that_may_close_is_asked_for_and_not_a_name(bench: OrderBench) -> None:
    bench.desk.open_shift()
    bench.duty.roles["Sun"] = Role.QA
    bench.duty.name = "Sun"
    bench.desk.close_shift()
    assert bench.ledger.current_shift() is None
