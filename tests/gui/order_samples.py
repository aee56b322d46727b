"""Orders and a shift as the station would tell them."""

from dataclasses import replace

from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.job import JobState
from gizqr_station.domain.work_order import OrderBalance, OrderProfile, OrderState, Shift, ShiftTotals, WorkOrder
from gizqr_station.workflows.order_happenings import OrdersSeen, OrderStanding
from tests.fake_bench import NOW
from tests.gui.samples import JOB

PROFILE = OrderProfile(
    "0a6781ed676045988d5d72f3f0480fba", "Lamp", "gizwits", "40x30", "zebra", 5000,
    (IdentityRange.parse("00911f500000..00911f501387"),),
)  # fmt: skip
OTHER = replace(PROFILE, product_name="Plug", template="25x25", quantity=800, identities=())
ORDER = WorkOrder(
    "WO-7", PROFILE, "5f3a09c17bd2" + "0" * 52, OrderState.RELEASED, "Marta", NOW, "Marta", "Chen", first_article=7
)
SIGNED = replace(ORDER, number="WO-8", profile=OTHER, state=OrderState.SIGNED, released_by="", first_article=0)
PLANNED = replace(SIGNED, number="WO-9", state=OrderState.PLANNED, signed_by="")
CLOSED = replace(ORDER, number="WO-6", state=OrderState.CLOSED, closed_by="Chen")
ARTICLE = replace(JOB, state=JobState.VERIFIED)
SEEN = OrdersSeen(
    (
        OrderStanding(PLANNED, OrderBalance(800, 0, 0, 0)),
        OrderStanding(SIGNED, OrderBalance(800, 1, 0, 0), ARTICLE),
        OrderStanding(ORDER, OrderBalance(5000, 4201, 12, 3)),
        OrderStanding(CLOSED, OrderBalance(5000, 5000, 0, 0)),
    ),
    "WO-7",
    PROFILE,
)
SHIFT = Shift(17, "bench-1", "Li Wei", NOW, 900)
TOTALS = ShiftTotals(120, 110, 0, 5, 2, 3, (("damaged", 4),))
