"""What leads to each picture of the orders page."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from people_stories import LEAD, OPERATOR, PEOPLE, on_duty

from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.order_failures import OrderShort
from gizqr_station.domain.work_order import OrderBalance, OrderProfile, OrderState, Shift, ShiftTotals, WorkOrder
from gizqr_station.gui.main_window import MainWindow
from gizqr_station.gui.orders_state import Pane
from gizqr_station.gui.page_tabs import Page
from gizqr_station.workflows.order_happenings import (
    OrderDone,
    OrdersSeen,
    OrderStanding,
    OrderWork,
    ShiftSeen,
)
from gizqr_station.workflows.people_happenings import PeopleSeen

NOW = datetime.now(UTC).replace(hour=8, minute=14)
KEY = "0a6781ed676045988d5d72f3f0480fba"
PLUG = OrderProfile(
    KEY, "Smart Plug Mini", "gizwits", "40x30", "Zebra ZD421", 5000,
    (IdentityRange.parse("00911f500000..00911f501387"),),
)  # fmt: skip
LAMP = OrderProfile(KEY, "Lamp E27 RGB", "gizwits", "25x25", "TSC spare", 800)
DIGEST = "5f3a09c17bd2" + "0" * 52


def _order(number: str, profile: OrderProfile, state: OrderState, **more: object) -> WorkOrder:
    order = WorkOrder(number, profile, DIGEST, state, "Marta Kowalska", NOW - timedelta(days=1))
    return replace(order, **more)  # type: ignore[arg-type]


RELEASED = _order("WO-2026-1187", PLUG, OrderState.RELEASED, signed_by="Marta Kowalska", released_by="陈小红")
SIGNED = _order("WO-2026-1190", LAMP, OrderState.SIGNED, signed_by="Marta Kowalska")
PLANNED = _order("WO-2026-1191", replace(LAMP, quantity=120), OrderState.PLANNED)
CLOSED = _order(
    "WO-2026-1186", PLUG, OrderState.CLOSED, signed_by="Marta Kowalska", released_by="陈小红", closed_by="陈小红"
)
ORDERS = ("order", "changeover", "first-article", "release", "plan", "short", "shift", "doubt")
WALKED = (*ORDERS, "closed", "no-shift")
"""Those of which no picture is kept are walked by the tests."""


def _seen(article: PrintJob, in_hand: str = "WO-2026-1187") -> OrdersSeen:
    return OrdersSeen(
        (
            OrderStanding(PLANNED, OrderBalance(120, 0, 0, 0)),
            OrderStanding(SIGNED, OrderBalance(800, 1, 0, 0), article),
            OrderStanding(RELEASED, OrderBalance(5000, 4201, 12, 3)),
            OrderStanding(CLOSED, OrderBalance(5000, 4998, 2, 0)),
        ),
        in_hand,
        PLUG,
    )


def _shift(doubts: tuple[PrintJob, ...] = ()) -> ShiftSeen:
    totals = ShiftTotals(1204, 1189, 0, 9, 3, len(doubts), (("damaged", 5), ("unreadable", 2)))
    return ShiftSeen(Shift(17, "bench-1", "Li Wei", NOW - timedelta(hours=6), 90_210), totals, doubts)


def show(window: MainWindow, name: str, job: PrintJob) -> None:
    """Bring the page there, as presses and answers would; ``job`` is any label."""
    page = window.orders
    window.open_page(Page.ORDERS)
    article = replace(job, state=JobState.VERIFIED)
    window.hear(PeopleSeen(PEOPLE))
    window.hear(on_duty(OPERATOR if name in {"first-article", "release"} else LEAD))
    doubts = tuple(replace(job, id=number, state=JobState.UNKNOWN) for number in (128, 131, 140))
    window.hear(ShiftSeen(None, None) if name == "no-shift" else _shift(doubts if name == "doubt" else ()))
    window.hear(_seen(article))
    chosen = {
        "changeover": PLANNED.number, "first-article": SIGNED.number, "release": SIGNED.number, "closed": CLOSED.number,
        "shift": "", "no-shift": "", "doubt": "",
    }  # fmt: skip
    if name == "changeover":
        window.hear(replace(_seen(article), orders=(OrderStanding(replace(SIGNED, state=OrderState.RELEASED,
                    released_by="陈小红"), OrderBalance(800, 1, 0, 0)), *_seen(article).orders[2:])))  # fmt: skip
        page._look_at(f"o{SIGNED.number}")
    elif name in chosen:
        page._look_at(f"o{chosen[name]}" if chosen[name] else "shift")
    if name == "release":
        page._begin_release()
    elif name == "plan":
        page._begin_plan()
        assert page.state.pane is Pane.PLAN
    elif name == "closed":
        files = tuple(f"D:/gizqr/reports/{CLOSED.number}.{kind}" for kind in ("pdf", "csv"))
        window.hear(OrderDone(OrderWork.REPORT, CLOSED.number, files))
    elif name == "short":
        window.hear(OrderDone(OrderWork.CLOSE, RELEASED.number, failure=OrderShort(RELEASED.number, 799, 5000)))
