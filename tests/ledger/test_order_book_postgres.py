"""Orders and shifts on a PostgreSQL server: the same contracts, and stations that race for a first article."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from gizqr_station.domain.list_failures import OrderComplete
from gizqr_station.domain.order_failures import FirstArticleDue
from gizqr_station.domain.work_order import OrderState
from tests.contracts.ledger_samples import PRODUCT_KEY
from tests.contracts.order_book_contract import NUMBER, OpenSql, OrderBookContract, labelled, order_in
from tests.contracts.shift_book_contract import ShiftBookContract
from tests.ledger.shared import OpenShared
from tests.ledger.test_order_race import STATIONS, together


class TestOrdersInPostgres(OrderBookContract):
    @pytest.fixture
    def open_sql(self, open_shared: OpenShared) -> OpenSql:
        return lambda station: open_shared(station=station)


class TestShiftsInPostgres(ShiftBookContract):
    @pytest.fixture
    def open_sql(self, open_shared: OpenShared) -> OpenSql:
        return lambda station: open_shared(station=station)


@pytest.mark.parametrize(
    ("state", "taken", "refused"),
    [(OrderState.SIGNED, 1, FirstArticleDue), (OrderState.RELEASED, 2, OrderComplete)],
    ids=lambda value: getattr(value, "value", None),
)
def test_eight_stations_make_no_more_than_the_order_allows(
    open_shared: OpenShared, state: OrderState, taken: int, refused: type[Exception]
) -> None:
    ledgers = [open_shared(station=f"bench-{number}", busy_timeout_s=30.0) for number in range(STATIONS)]
    order_in(ledgers[0], state)
    before = ledgers[0].labels_of_order(PRODUCT_KEY, NUMBER)
    came = together(lambda number: labelled(ledgers[number], number + 1, station=f"bench-{number}"))
    assert [type(each) for each in came].count(refused) == STATIONS - taken
    assert ledgers[0].labels_of_order(PRODUCT_KEY, NUMBER) == before + taken


def test_no_program_changes_or_deletes_what_was_signed(open_shared: OpenShared) -> None:
    ledger = open_shared()
    order_in(ledger, OrderState.SIGNED)
    ledger.open_shift(who="Li Wei")
    for statement in (
        "UPDATE work_orders SET quantity = 5",
        "DELETE FROM work_orders",
        "TRUNCATE work_orders",
        "UPDATE shifts SET opened_by = 'x'",
        "DELETE FROM shifts",
    ):
        with pytest.raises(DBAPIError, match="never"), ledger._database.writing() as connection:
            connection.execute(text(statement))
