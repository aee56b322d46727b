"""What every ledger does that keeps work orders: who signed what, and no label that the order does not allow."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.job import JobState, PrintJob, PrintOutcome
from gizqr_station.domain.list_failures import OrderComplete
from gizqr_station.domain.order_failures import (
    ChangedOver,
    FirstArticleDue,
    FirstArticleNotScanned,
    LabelsOut,
    NoFirstArticle,
    NotAsSigned,
    NotTheFirstArticle,
    NumberInUse,
    OrderBegun,
    OrderExists,
    OrderMoveRefused,
    OrderNotOpen,
    OrderNotSettled,
    OrderUnknown,
    OwnFirstArticle,
)
from gizqr_station.domain.work_order import ORDER_MOVES, OrderBalance, OrderProfile, OrderState, WorkOrder
from gizqr_station.ledger.store import SqlLedger
from tests.contracts.correction_contract import exchange, successor
from tests.contracts.ledger_samples import IMAGE, OTHER_KEY, PRODUCT_KEY, brought_to, draft, mac, opened

OpenSql = Callable[[str], SqlLedger]
NUMBER = "WO-7"
LEAD, QA, OPERATOR = "chen.lead", "wang.qa", "li.wei"
PROFILE = OrderProfile(
    product_key=PRODUCT_KEY,
    product_name="加湿器 Humidifier",
    scheme="gizwits",
    template="40x30",
    printer="bench printer",
    quantity=3,
    identities=(IdentityRange(mac(0), mac(9)), IdentityRange(mac(20), mac(20))),
)
TO_STATE = {
    OrderState.PLANNED: (),
    OrderState.SIGNED: (OrderState.SIGNED,),
    OrderState.RELEASED: (OrderState.SIGNED, OrderState.RELEASED),
    OrderState.CLOSED: (OrderState.SIGNED, OrderState.RELEASED, OrderState.CLOSED),
    OrderState.CANCELLED: (OrderState.CANCELLED,),
}


def labelled(ledger: SqlLedger, number: int, state: JobState = JobState.INTENDED, **changes: object) -> PrintJob:
    """A label of the order for the number-th device, brought to a state."""
    return brought_to(ledger, opened(ledger, identity=mac(number), **{"work_order": NUMBER, **changes}), state)


def order_in(ledger: SqlLedger, state: OrderState) -> None:
    """The order, planned and brought to a state; one that was released has one verified label, of device 0."""
    ledger.plan_order(NUMBER, PROFILE, who=LEAD)
    for onward in TO_STATE[state]:
        if onward is OrderState.RELEASED:
            released(ledger, labelled(ledger, 0, JobState.VERIFIED))
        else:
            ledger.move_order(NUMBER, onward, who=LEAD)


def released(ledger: SqlLedger, article: PrintJob, who: str = QA) -> WorkOrder:
    """The order, released by whoever scanned this label."""
    return ledger.move_order(
        NUMBER, OrderState.RELEASED, who=who, first_article=article.id, scanned=article.draft.content
    )


def handed_over(ledger: SqlLedger, number: int) -> PrintJob:
    """A label that nobody is to scan back, and that its printer took."""
    sent = brought_to(
        ledger, opened(ledger, identity=mac(number), work_order=NUMBER, scan_back_due=False), JobState.SENT
    )
    return ledger.move(sent, JobState.SENT, who=OPERATOR, outcome=PrintOutcome.ACCEPTED)


class OrderBookContract:
    """Subclass it and give it the fixture ``open_sql``."""

    @pytest.fixture
    def book(self, open_sql: OpenSql) -> SqlLedger:
        return open_sql("bench-1")

    # planning and signing

    def test_an_order_comes_back_as_it_was_planned(self, open_sql: OpenSql) -> None:
        planned = open_sql("bench-1").plan_order(NUMBER, PROFILE, who=LEAD)
        assert (planned.number, planned.profile, planned.state, planned.made_by) == (
            NUMBER,
            PROFILE,
            OrderState.PLANNED,
            LEAD,
        )
        assert open_sql("bench-2").order(NUMBER) == planned

    def test_a_number_is_planned_once(self, book: SqlLedger) -> None:
        order_in(book, OrderState.CANCELLED)
        with pytest.raises(OrderExists):
            book.plan_order(NUMBER, PROFILE, who=LEAD)

    def test_a_number_that_labels_carry_already_is_not_planned(self, book: SqlLedger) -> None:
        labelled(book, 1)
        with pytest.raises(NumberInUse):
            book.plan_order(NUMBER, PROFILE, who=LEAD)
        assert book.order(NUMBER) is None

    def test_orders_are_told_newest_first_and_ended_ones_on_request(self, book: SqlLedger) -> None:
        for number in ("WO-1", "WO-2", "WO-3"):
            book.plan_order(number, PROFILE, who=LEAD)
        book.move_order("WO-2", OrderState.CANCELLED, who=LEAD, remark="customer withdrew")
        assert [order.number for order in book.orders()] == ["WO-3", "WO-1"]
        assert [order.number for order in book.orders(closed=True, limit=2)] == ["WO-3", "WO-2"]

    @pytest.mark.parametrize("onward", OrderState, ids=lambda state: state.value)
    @pytest.mark.parametrize("state", OrderState, ids=lambda state: state.value)
    def test_an_order_goes_where_the_table_leads_and_nowhere_else(
        self, book: SqlLedger, state: OrderState, onward: OrderState
    ) -> None:
        order_in(book, state)
        entries = book.last_entry()
        if onward in ORDER_MOVES[state]:
            if onward is OrderState.RELEASED:
                assert released(book, labelled(book, 0, JobState.VERIFIED)).state is onward
            else:
                assert book.move_order(NUMBER, onward, who=QA).state is onward
            return
        with pytest.raises(OrderMoveRefused):
            book.move_order(NUMBER, onward, who=QA, first_article=1)
        now = book.order(NUMBER)
        assert now is not None
        assert (now.state, book.last_entry()) == (state, entries)

    def test_what_nobody_planned_is_unknown(self, book: SqlLedger) -> None:
        assert book.order(NUMBER) is None
        with pytest.raises(OrderUnknown):
            book.move_order(NUMBER, OrderState.SIGNED, who=LEAD)
        with pytest.raises(OrderUnknown):
            book.order_balance(NUMBER)

    def test_every_move_is_in_the_record_with_who_and_the_digest(self, book: SqlLedger) -> None:
        order_in(book, OrderState.RELEASED)
        order = book.order(NUMBER)
        assert order is not None
        closed = book.move_order(NUMBER, OrderState.CLOSED, who=QA, remark="two devices lost")
        assert (closed.signed_by, closed.released_by, closed.closed_by, closed.remark) == (
            LEAD,
            QA,
            QA,
            "two devices lost",
        )
        told = [(entry.who, entry.evidence) for entry in reversed(book.acts_about(NUMBER))]
        assert [who for who, _ in told] == [LEAD, LEAD, QA, QA]
        assert all(order.digest in evidence for _, evidence in told)
        assert '"first article": "L-000001"' in told[2][1]
        assert '"verified": "1"' in told[3][1]
        assert "two devices lost" in told[3][1]

    # what it takes

    @pytest.mark.parametrize(
        "state", [OrderState.PLANNED, OrderState.CLOSED, OrderState.CANCELLED], ids=lambda state: state.value
    )
    def test_an_order_that_is_not_open_takes_no_label(self, book: SqlLedger, state: OrderState) -> None:
        order_in(book, state)
        jobs = list(book.all_jobs())
        with pytest.raises(OrderNotOpen):
            labelled(book, 5)
        with pytest.raises(OrderNotOpen):
            book.enqueue(draft(book.next_label_serial(), identity=mac(5), work_order=NUMBER), IMAGE, who=OPERATOR)
        with pytest.raises(OrderNotOpen):
            book.require_taking(NUMBER)
        assert list(book.all_jobs()) == jobs

    def test_a_signed_order_takes_one_label_until_it_is_released(self, open_sql: OpenSql) -> None:
        one, other = open_sql("bench-1"), open_sql("bench-2")
        order_in(one, OrderState.SIGNED)
        one.require_taking(NUMBER)
        first = labelled(one, 1, JobState.VERIFIED)
        with pytest.raises(FirstArticleDue) as due:
            labelled(other, 2, station="bench-2")
        assert due.value.label_serial == first.draft.label_serial
        with pytest.raises(FirstArticleDue):
            other.require_taking(NUMBER)
        assert other.latest(PRODUCT_KEY, mac(2)) is None
        released(other, first)
        other.require_taking(NUMBER)
        assert labelled(other, 2, station="bench-2").state is JobState.INTENDED

    @pytest.mark.parametrize("ended", [JobState.VOIDED, JobState.FAILED], ids=lambda state: state.value)
    def test_a_first_article_that_was_no_good_makes_room_for_another(self, book: SqlLedger, ended: JobState) -> None:
        order_in(book, OrderState.SIGNED)
        labelled(book, 1, ended)
        book.require_taking(NUMBER)
        assert labelled(book, 2).state is JobState.INTENDED

    def test_several_at_once_are_not_a_first_article(self, book: SqlLedger) -> None:
        order_in(book, OrderState.SIGNED)
        labels = [(draft(f"Q-{number}", identity=mac(number), work_order=NUMBER), IMAGE) for number in range(2)]
        with pytest.raises(FirstArticleDue):
            book.enqueue_all(labels, who=OPERATOR)
        assert list(book.all_jobs()) == []
        assert len(book.enqueue_all(labels[:1], who=OPERATOR)) == 1

    def test_a_label_of_another_product_or_template_is_refused(self, book: SqlLedger) -> None:
        order_in(book, OrderState.RELEASED)
        with pytest.raises(NotAsSigned) as product:
            labelled(book, 1, product_key=OTHER_KEY)
        with pytest.raises(NotAsSigned) as template:
            labelled(book, 1, template="60x40")
        assert (product.value.part, template.value.part) == ("product", "template")

    @pytest.mark.parametrize("number", [10, 19, 21, 4711])
    def test_a_device_that_was_not_signed_for_gets_no_label_of_the_order(self, book: SqlLedger, number: int) -> None:
        order_in(book, OrderState.RELEASED)
        jobs = list(book.all_jobs())
        with pytest.raises(NotAsSigned) as refused:
            labelled(book, number)
        assert (refused.value.part, refused.value.here) == ("device", mac(number).readable)
        with pytest.raises(NotAsSigned):
            book.enqueue(draft("Q-1", identity=mac(number), work_order=NUMBER), IMAGE, who=OPERATOR)
        assert list(book.all_jobs()) == jobs
        assert [labelled(book, at).state for at in (9, 20)] == [JobState.INTENDED] * 2

    def test_an_order_that_names_no_device_is_for_any(self, book: SqlLedger) -> None:
        book.plan_order(NUMBER, replace(PROFILE, identities=()), who=LEAD)
        book.move_order(NUMBER, OrderState.SIGNED, who=LEAD)
        assert labelled(book, 4711).state is JobState.INTENDED

    def test_a_voided_unit_keeps_its_place_and_gets_its_next_label_in_it(self, book: SqlLedger) -> None:
        order_in(book, OrderState.RELEASED)
        labelled(book, 1, JobState.VOIDED)
        labelled(book, 2, JobState.VERIFIED)
        with pytest.raises(OrderComplete):
            labelled(book, 3)
        assert labelled(book, 1, revision=1).state is JobState.INTENDED

    @pytest.mark.parametrize("state", [JobState.VERIFIED, JobState.VOIDED], ids=lambda state: state.value)
    def test_a_replacement_keeps_its_place_in_a_closed_order(self, book: SqlLedger, state: JobState) -> None:
        order_in(book, OrderState.RELEASED)
        old = labelled(book, 1, state)
        labelled(book, 2, JobState.VERIFIED)
        book.move_order(NUMBER, OrderState.CLOSED, who=QA, remark="as it is")
        _, new = exchange(book, old, successor(book, old))
        assert book.order_balance(NUMBER) == OrderBalance(3, verified=2, voided=0, unknown=1)
        new = brought_to(book, new, JobState.VERIFIED)
        assert book.order_balance(NUMBER) == OrderBalance(3, verified=3, voided=0, unknown=0)
        book.move(new, JobState.VOIDED, who=QA)
        assert book.order_balance(NUMBER) == OrderBalance(3, verified=2, voided=1, unknown=0)

    def test_a_closed_order_takes_no_label_that_replaces_none_of_its_own(self, book: SqlLedger) -> None:
        order_in(book, OrderState.CLOSED)
        for_none = labelled(book, 1, JobState.VOIDED, work_order="WO-8")
        verified = next(iter(book.all_jobs()))
        jobs = list(book.all_jobs())
        for number, replaces in ((1, for_none), (5, for_none), (5, verified)):
            with pytest.raises(OrderNotOpen):
                labelled(book, number, revision=1, replaces=replaces.draft.label_serial)
        with pytest.raises(OrderNotOpen):
            labelled(book, 5, revision=1, replaces="L-999999")
        assert list(book.all_jobs()) == jobs

    def test_a_cancelled_order_takes_no_replacement_either(self, book: SqlLedger) -> None:
        order_in(book, OrderState.SIGNED)
        voided = labelled(book, 1, JobState.VOIDED)
        book.move_order(NUMBER, OrderState.CANCELLED, who=LEAD, remark="wrong template")
        with pytest.raises(OrderNotOpen):
            exchange(book, voided, successor(book, voided))

    def test_an_order_that_only_the_settings_know_is_not_asked_about(self, book: SqlLedger) -> None:
        order_in(book, OrderState.PLANNED)
        book.require_taking("WO-8")
        for number in range(5):
            labelled(book, number, work_order="WO-8", template="60x40")

    # the release

    @pytest.mark.parametrize(
        "state", [state for state in JobState if state is not JobState.VERIFIED], ids=lambda state: state.value
    )
    def test_only_a_label_that_was_scanned_releases_an_order(self, book: SqlLedger, state: JobState) -> None:
        order_in(book, OrderState.SIGNED)
        article = labelled(book, 1, state)
        assert book.first_article_of(NUMBER) is None
        with pytest.raises(NotTheFirstArticle):
            book.move_order(NUMBER, OrderState.RELEASED, who=QA, first_article=article.id)
        with pytest.raises(NoFirstArticle):
            book.move_order(NUMBER, OrderState.RELEASED, who=QA)

    def test_a_label_of_another_order_or_product_releases_nothing(self, book: SqlLedger) -> None:
        order_in(book, OrderState.SIGNED)
        for changes in ({"work_order": "WO-8"}, {"work_order": ""}):
            article = labelled(book, len(list(book.all_jobs())), JobState.VERIFIED, **changes)
            with pytest.raises(NotTheFirstArticle):
                book.move_order(NUMBER, OrderState.RELEASED, who=QA, first_article=article.id)
        with pytest.raises(NotTheFirstArticle):
            book.move_order(NUMBER, OrderState.RELEASED, who=QA, first_article=999)

    @pytest.mark.parametrize("who", [OPERATOR, "Li.Wei"])
    def test_nobody_releases_an_order_by_a_label_of_their_own(self, book: SqlLedger, who: str) -> None:
        order_in(book, OrderState.SIGNED)
        article = labelled(book, 1, JobState.VERIFIED, operator=OPERATOR)
        assert book.first_article_of(NUMBER) == article
        with pytest.raises(OwnFirstArticle):
            released(book, article, who)
        order = released(book, article)
        assert (order.released_by, order.first_article) == (QA, article.id)

    def test_an_order_is_released_by_whoever_scanned_its_first_label_itself(self, book: SqlLedger) -> None:
        order_in(book, OrderState.SIGNED)
        article = labelled(book, 1, JobState.VERIFIED)
        others = ("", article.draft.label_serial, str(article.identity), article.draft.content.upper() + " ")
        for scanned in others:
            with pytest.raises(FirstArticleNotScanned) as refused:
                book.move_order(NUMBER, OrderState.RELEASED, who=QA, first_article=article.id, scanned=scanned)
            assert refused.value.label_serial == article.draft.label_serial
        assert released(book, article).state is OrderState.RELEASED
        assert f'"scanned by": "{QA}"' in book.acts_about(NUMBER, 1)[0].evidence

    # the balance and the end

    def test_every_unit_is_in_one_place(self, book: SqlLedger) -> None:
        order_in(book, OrderState.RELEASED)
        assert book.order_balance(NUMBER) == OrderBalance(3, verified=1, voided=0, unknown=0)
        labelled(book, 1, JobState.UNKNOWN)
        labelled(book, 2, JobState.FAILED)
        assert book.order_balance(NUMBER) == OrderBalance(3, verified=1, voided=0, unknown=1)
        voided = labelled(book, 2, JobState.VOIDED)
        assert book.order_balance(NUMBER) == OrderBalance(3, verified=1, voided=1, unknown=1)
        assert book.order_balance(NUMBER).remaining == 0
        labelled(book, 2, JobState.VERIFIED, revision=1)
        assert voided.state is JobState.VOIDED
        assert book.order_balance(NUMBER) == OrderBalance(3, verified=2, voided=0, unknown=1)

    def test_what_nobody_is_to_scan_counts_when_its_printer_took_it(self, book: SqlLedger) -> None:
        order_in(book, OrderState.RELEASED)
        sent = labelled(book, 1, JobState.SENT, scan_back_due=False)
        assert book.order_balance(NUMBER) == OrderBalance(3, verified=1, voided=0, unknown=1)
        book.move(sent, JobState.SENT, who=OPERATOR, outcome=PrintOutcome.ACCEPTED)
        assert book.order_balance(NUMBER) == OrderBalance(3, verified=2, voided=0, unknown=0)

    def test_a_device_voided_here_and_labelled_for_another_order_is_voided_here(self, book: SqlLedger) -> None:
        order_in(book, OrderState.RELEASED)
        labelled(book, 1, JobState.VOIDED)
        labelled(book, 1, JobState.VERIFIED, work_order="WO-8", revision=1)
        assert book.order_balance(NUMBER) == OrderBalance(3, verified=1, voided=1, unknown=0)

    @pytest.mark.parametrize(
        "state",
        [JobState.INTENDED, JobState.SENT, JobState.PRINTED, JobState.UNKNOWN],
        ids=lambda state: state.value,
    )
    def test_an_order_with_a_label_that_is_not_settled_is_not_closed(self, book: SqlLedger, state: JobState) -> None:
        order_in(book, OrderState.RELEASED)
        handed_over(book, 2)
        doubtful = labelled(book, 1, state)
        with pytest.raises(OrderNotSettled) as refused:
            book.move_order(NUMBER, OrderState.CLOSED, who=QA)
        assert (refused.value.units, refused.value.label_serial) == (1, doubtful.draft.label_serial)
        rest = JobState.FAILED if state is JobState.INTENDED else JobState.VOIDED
        book.move(doubtful, rest, who=QA)
        assert book.move_order(NUMBER, OrderState.CLOSED, who=QA).state is OrderState.CLOSED

    def test_an_order_whose_label_is_out_is_not_cancelled(self, book: SqlLedger) -> None:
        order_in(book, OrderState.SIGNED)
        article = labelled(book, 1, JobState.PRINTED)
        with pytest.raises(OrderBegun):
            book.move_order(NUMBER, OrderState.CANCELLED, who=LEAD, remark="wrong template")
        book.move(article, JobState.VOIDED, who=QA)
        assert book.move_order(NUMBER, OrderState.CANCELLED, who=LEAD).state is OrderState.CANCELLED

    def test_the_labels_under_a_number_come_in_their_order(self, book: SqlLedger) -> None:
        order_in(book, OrderState.RELEASED)
        labelled(book, 5, work_order="WO-8")
        labelled(book, 1, JobState.VOIDED)
        assert [job.identity for job in book.labels_under(NUMBER)] == [mac(0), mac(1)]

    # in hand

    def test_each_station_has_an_order_of_its_own_in_hand(self, open_sql: OpenSql) -> None:
        one, other = open_sql("bench-1"), open_sql("bench-2")
        order_in(one, OrderState.SIGNED)
        assert one.order_in_hand() == ""
        assert one.take_order(NUMBER, who=OPERATOR) == one.order(NUMBER)
        assert (open_sql("bench-1").order_in_hand(), other.order_in_hand()) == (NUMBER, "")
        assert one.take_order("", who=OPERATOR) is None
        assert one.order_in_hand() == ""
        assert [entry.who for entry in one.acts_about(NUMBER, 2)] == [OPERATOR, OPERATOR]

    @pytest.mark.parametrize(
        "state", [OrderState.PLANNED, OrderState.CLOSED, OrderState.CANCELLED], ids=lambda state: state.value
    )
    def test_an_order_that_takes_no_labels_is_not_taken(self, book: SqlLedger, state: OrderState) -> None:
        order_in(book, state)
        with pytest.raises(OrderNotOpen):
            book.take_order(NUMBER, who=OPERATOR)
        with pytest.raises(OrderUnknown):
            book.take_order("WO-8", who=OPERATOR)
        assert book.order_in_hand() == ""

    @pytest.mark.parametrize(
        "state", [JobState.INTENDED, JobState.SENT, JobState.PRINTED, JobState.UNKNOWN], ids=lambda state: state.value
    )
    def test_no_changeover_while_a_label_of_the_station_is_out(self, open_sql: OpenSql, state: JobState) -> None:
        one, other = open_sql("bench-1"), open_sql("bench-2")
        order_in(one, OrderState.SIGNED)
        out = labelled(one, 1, state, work_order="WO-8")
        other.take_order(NUMBER, who=OPERATOR)
        for number in (NUMBER, ""):
            with pytest.raises(LabelsOut) as refused:
                one.take_order(number, who=OPERATOR)
        assert (refused.value.labels, refused.value.label_serial) == (1, out.draft.label_serial)
        assert one.order_in_hand() == ""

    def test_a_label_drawn_before_the_changeover_is_not_opened_after_it(self, open_sql: OpenSql) -> None:
        one, other = open_sql("bench-1"), open_sql("bench-2")
        order_in(one, OrderState.RELEASED)
        one.take_order(NUMBER, who=OPERATOR)
        for before in ("", "WO-8"):
            with pytest.raises(ChangedOver) as refused:
                labelled(one, 5, work_order=before)
        assert refused.value.in_hand == NUMBER
        assert labelled(other, 5, work_order="WO-8", station="bench-2").state is JobState.INTENDED
        assert labelled(one, 6).state is JobState.INTENDED

    def test_after_a_changeover_a_label_is_replaced_within_its_own_order(self, book: SqlLedger) -> None:
        order_in(book, OrderState.RELEASED)
        old = labelled(book, 5, JobState.VERIFIED, work_order="WO-8")
        voided = labelled(book, 6, JobState.VOIDED, work_order="WO-8")
        book.take_order(NUMBER, who=OPERATOR)
        with pytest.raises(ChangedOver):
            labelled(book, 6, work_order="WO-9", revision=1, replaces=voided.draft.label_serial)
        assert exchange(book, old, successor(book, old))[1].draft.work_order == "WO-8"
