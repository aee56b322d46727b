"""The part of the ledger in which work orders are kept: every move in one transaction with what it needs to be true."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from gizqr_station.domain.audit import Act, ActKind
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.merge_failures import OrderContested
from gizqr_station.domain.order_failures import (
    FirstArticleNotScanned,
    LabelsOut,
    NoFirstArticle,
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
from gizqr_station.ledger import order_gate, queries
from gizqr_station.ledger.database import Database
from gizqr_station.ledger.journal import Journal, Known
from gizqr_station.ledger.order_rows import new_order, order_of, orders_in_hand, work_orders
from gizqr_station.ledger.rows import micros
from gizqr_station.ledger.station_labels import labels_out
from gizqr_station.ledger.tables import jobs
from gizqr_station.workflows.ports import Clock

_ENDED = (OrderState.CLOSED.value, OrderState.CANCELLED.value)
_PAGE = 500
_BY = {OrderState.SIGNED: "signed_by", OrderState.RELEASED: "released_by"}
"""The column of whoever moved an order there; who ended it is ``closed_by``."""


class OrderTables:
    """The OrderBook and the OrderHand of ``workflows.order_ports``; the ledger brings database, clock, journal."""

    _database: Database
    _clock: Clock
    _journal: Journal
    _own: str
    """Of a shared ledger this station's name; of a file, which one station works with, none."""

    def plan_order(self, number: str, profile: OrderProfile, *, who: str) -> WorkOrder:
        """PLANNED; raises OrderExists, NumberInUse for one that labels carry already."""
        at = self._clock.now()
        with self._database.writing() as connection:
            carrying = order_gate.labels_under(connection, number)
            if carrying:
                raise NumberInUse(number, carrying)
            row = new_order(number, profile, who, micros(at))
            try:
                with connection.begin_nested():
                    connection.execute(insert(work_orders), row)
            except IntegrityError as taken:
                raise OrderExists(number) from taken
            order = self._order(connection, number)
            self._tell(connection, order, Known(at, who), quantity=str(profile.quantity))
            return order

    def order(self, number: str) -> WorkOrder | None:
        """One as it stands."""
        with self._database.reading() as connection:
            row = connection.execute(select(work_orders).where(work_orders.c.number == number)).first()
            return None if row is None else order_of(row, self._database.path)

    def orders(self, *, closed: bool = False, limit: int = 100) -> Sequence[WorkOrder]:
        """Newest first; those that ended only on request."""
        wanted = select(work_orders).order_by(work_orders.c.id.desc()).limit(limit)
        if not closed:
            wanted = wanted.where(work_orders.c.state.not_in(_ENDED))
        with self._database.reading() as connection:
            return [order_of(row, self._database.path) for row in connection.execute(wanted)]

    def move_order(
        self,
        number: str,
        state: OrderState,
        *,
        who: str,
        first_article: int = 0,
        scanned: str = "",
        remark: str = "",
    ) -> WorkOrder:
        """A legal move with what it needs, or OrderUnknown, OrderMoveRefused and whatever keeps it from being made.

        RELEASED: NoFirstArticle, NotTheFirstArticle, OwnFirstArticle, FirstArticleNotScanned. CLOSED: OrderNotSettled,
        OrderContested. CANCELLED: OrderBegun.
        """
        at = self._clock.now()
        with self._database.writing() as connection:
            order = self._order(connection, number, locked=True)
            if state not in ORDER_MOVES[order.state]:
                raise OrderMoveRefused(number, order.state.value, state.value)
            stands = order_gate.balance(connection, order.profile.product_key, number, order.profile.quantity)
            facts = {"remark": remark} if remark else {}
            if state is OrderState.RELEASED:
                facts["first article"] = self._first_article(connection, order, first_article, who, scanned)
                facts["scanned by"] = who
            elif state is OrderState.CLOSED and stands.unknown:
                raise self._not_settled(connection, order, stands)
            elif state is OrderState.CLOSED and (
                serial := order_gate.oldest_contested(connection, order.profile.product_key, number)
            ):
                raise OrderContested(number, serial)
            elif state is OrderState.CANCELLED and stands.verified + stands.unknown:
                raise OrderBegun(number, stands.verified + stands.unknown)
            changed = {"state": state.value, _BY.get(state, "closed_by"): who, "first_article": first_article}
            if remark:
                changed["remark"] = remark
            if state is not OrderState.RELEASED:
                del changed["first_article"]
            connection.execute(update(work_orders).where(work_orders.c.number == number).values(**changed))
            if state in {OrderState.CLOSED, OrderState.CANCELLED}:
                facts.update(_counted(stands))
            moved = self._order(connection, number)
            self._tell(connection, moved, Known(at, who), **facts)
            return moved

    def order_balance(self, number: str) -> OrderBalance:
        """How it stands at this instant; raises OrderUnknown."""
        with self._database.reading() as connection:
            order = self._order(connection, number)
            return order_gate.balance(connection, order.profile.product_key, number, order.profile.quantity)

    def first_article_of(self, number: str) -> PrintJob | None:
        """The oldest verified label of an order; raises OrderUnknown."""
        with self._database.reading() as connection:
            key = self._order(connection, number).profile.product_key
            row = order_gate.oldest_live(connection, key, number, state=JobState.VERIFIED)
            return None if row is None else self._journal.job(row)

    def require_taking(self, number: str) -> None:
        """A quick look whether an order takes a label now; opening the job is what decides."""
        with self._database.reading() as connection:
            order_gate.require_taking(connection, number)

    def labels_under(self, number: str) -> Iterator[PrintJob]:
        """Every label that carries the number, in order, a page and a transaction at a time."""
        after = 0
        while True:
            wanted = select(jobs).where(jobs.c.work_order == number, jobs.c.id > after).order_by(jobs.c.id)
            with self._database.reading() as connection:
                page = self._journal.many(connection, wanted.limit(_PAGE))
            if not page:
                return
            yield from page
            after = page[-1].id

    def order_in_hand(self, station: str = "") -> str:
        """Number of the order that a station works on, this one without a name; empty where none was taken."""
        mine = select(orders_in_hand.c.number).where(orders_in_hand.c.station == (station or self._journal.station))
        with self._database.reading() as connection:
            return str(connection.execute(mine).scalar() or "")

    def take_order(self, number: str, *, who: str) -> WorkOrder | None:
        """The station works on it from now on; empty gives back the one it has.

        Raises OrderUnknown, OrderNotOpen, LabelsOut while labels of this station wait or are not settled.
        """
        at, station = self._clock.now(), self._journal.station
        with self._database.writing() as connection:
            order = self._order(connection, number, locked=True) if number else None
            if order is not None and order.state not in {OrderState.SIGNED, OrderState.RELEASED}:
                raise OrderNotOpen(number, order.state.value)
            out = labels_out(connection, self._own, waiting=True)
            if out.number:
                raise LabelsOut(out.number, out.first)
            mine = orders_in_hand.c.station == station
            before = connection.execute(select(orders_in_hand.c.number).where(mine)).scalar() or ""
            connection.execute(delete(orders_in_hand).where(mine))
            if number:
                row = {"station": station, "number": number, "taken_by": who, "taken_at": micros(at)}
                connection.execute(insert(orders_in_hand), row)
            facts = (("what", "taken in hand" if number else "given back"), ("before", str(before)))
            self._journal.act(connection, Act(ActKind.ORDER, number or str(before), facts), Known(at, who))
            return order

    def _order(self, connection: Connection, number: str, *, locked: bool = False) -> WorkOrder:
        wanted = select(work_orders).where(work_orders.c.number == number)
        row = connection.execute(wanted.with_for_update() if locked else wanted).first()
        if row is None:
            raise OrderUnknown(number)
        return order_of(row, self._database.path)

    def _first_article(self, connection: Connection, order: WorkOrder, number: int, who: str, scanned: str) -> str:
        """The label serial of what an order is released by; the label cannot move before this transaction ends."""
        if not number:
            raise NoFirstArticle(order.number)
        job = self._journal.one(connection, queries.job_with(number).with_for_update())
        serial = str(number) if job is None else job.draft.label_serial
        mine = job is not None and (job.draft.work_order, job.draft.product_key) == (
            order.number,
            order.profile.product_key,
        )
        if job is None or not mine or job.state is not JobState.VERIFIED:
            raise NotTheFirstArticle(order.number, serial)
        if job.draft.operator.casefold() == who.casefold():
            raise OwnFirstArticle(order.number, who)
        if scanned != job.draft.content:
            # What its small code says would not do: that one proves no code that an App binds.
            raise FirstArticleNotScanned(order.number, serial)
        return serial

    def _not_settled(self, connection: Connection, order: WorkOrder, stands: OrderBalance) -> OrderNotSettled:
        first = order_gate.oldest_unknown(connection, order.profile.product_key, order.number)
        return OrderNotSettled(order.number, stands.unknown, "" if first is None else first.label_serial)

    def _tell(self, connection: Connection, order: WorkOrder, known: Known, **more: str) -> None:
        facts = (("what", order.state.value), ("digest", order.digest), *more.items())
        self._journal.act(connection, Act(ActKind.ORDER, order.number, facts), known)


def _counted(stands: OrderBalance) -> dict[str, str]:
    names = ("planned", "verified", "voided", "unknown", "remaining")
    return {name: str(getattr(stands, name)) for name in names}
