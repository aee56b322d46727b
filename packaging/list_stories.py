"""What leads to each picture of the lists page."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from gizqr_station.domain.batch import Batch, BatchState, ItemState
from gizqr_station.domain.identity import MacAddress
from gizqr_station.domain.identity_failures import MulticastMac, OuiNotAllowed, WrongLength
from gizqr_station.domain.identity_list import CheckedList, ListLine, Verdict
from gizqr_station.domain.ledger_failures import AlreadyLabelled
from gizqr_station.domain.list_failures import ColumnUnclear, LabelsInDoubt, SpreadsheetDamage
from gizqr_station.domain.printer import Language, PrinterConfig
from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.domain.printer_failures import MediaOut
from gizqr_station.domain.worst_first import worst_first
from gizqr_station.gui.main_window import MainWindow
from gizqr_station.gui.page_tabs import Page
from gizqr_station.workflows.batch_happenings import (
    BatchesSeen,
    BatchSeen,
    ListChecked,
    ListChecking,
    ListFolderSeen,
)
from gizqr_station.workflows.happenings import Happening, PrintersKnown
from gizqr_station.workflows.list_ports import ListFile

NOW = datetime.now(UTC).replace(hour=8, minute=14)
PRINTERS = (
    PrinterConfig("zebra at line 1", PrinterAddress.parse("tcp://10.0.0.20:9100"), Language.ZPL, 203),
    PrinterConfig("TSC spare", PrinterAddress.parse("tcp://10.0.0.21:9100"), Language.TSPL, 203),
)
FOLDER = ListFolderSeen(
    "D:/orders",
    tuple(
        ListFile(f"D:/orders/{name}", name, NOW - timedelta(hours=hours), size)
        for name, hours, size in (
            ("WO-2026-1187 plug.xlsx", 1, 38_400),
            ("WO-2026-1186.csv", 26, 12_900),
            ("返工 11-20.txt", 49, 720),
        )
    ),
)


def _lines() -> tuple[ListLine, ...]:
    good = [
        ListLine(number, f"00911f5{number:05x}", Verdict.GOOD, MacAddress(f"00911f5{number:05x}"))
        for number in range(2, 484)
    ]
    old = MacAddress("00911f4000aa")
    known = AlreadyLabelled("00911f4000aa", NOW - timedelta(days=3), "bench-2", "L-000371", "verified")
    return (
        *good,
        ListLine(484, "9.11E+11", Verdict.BAD, failure=SpreadsheetDamage("9.11E+11")),
        ListLine(485, "00911F5001", Verdict.BAD, failure=WrongLength("00911F5001", 10)),
        ListLine(486, "01:91:1F:50:00:47", Verdict.BAD, failure=MulticastMac("01:91:1F:50:00:47")),
        ListLine(487, "00911f500002", Verdict.REPEATED, MacAddress("00911f500002"), first=2),
        ListLine(488, "00911f4000aa", Verdict.LABELLED, old, known),
        ListLine(
            489,
            "ACCF23A7412C",
            Verdict.NOT_ALLOWED,
            MacAddress("accf23a7412c"),
            OuiNotAllowed("AC:CF:23:A7:41:2C", "AC:CF:23", "00:91:1F"),
        ),
    )


CHECKED = CheckedList("WO-2026-1187 plug.xlsx", _lines())
_COUNTS = {
    ItemState.SENT: 320,
    ItemState.WAITING: 142,
    ItemState.QUEUED: 18,
    ItemState.SKIPPED: 1,
    ItemState.REFUSED: 1,
}
RUNNING = Batch(
    7, CHECKED.name, "0a6781ed676045988d5d72f3f0480fba", "WO-1187", PRINTERS[0].name, "Li Wei", NOW,
    BatchState.RUNNING, _COUNTS,
)  # fmt: skip
EARLIER = tuple(
    Batch(number, name, RUNNING.product_key, "", PRINTERS[0].name, "Li Wei", NOW - timedelta(days=8 - number), state, {
        ItemState.SENT: sent, ItemState.WAITING: left
    })
    for number, name, state, sent, left in (
        (6, "WO-2026-1186.csv", BatchState.DONE, 250, 0),
        (5, "clipboard", BatchState.CANCELLED, 12, 38),
        (4, "返工 11-20.txt", BatchState.PAUSED, 3, 15),
    )
)  # fmt: skip
OPENED: tuple[Happening, ...] = (PrintersKnown(PRINTERS, PRINTERS[0].name), BatchesSeen(EARLIER), FOLDER)
LISTS = ("empty", "choose", "unclear", "checking", "verdict", "running", "paused", "doubt")


def show(window: MainWindow, name: str) -> None:
    """Bring the page there, as presses and answers would."""
    window.open_page(Page.LISTS)
    page = window.lists
    tell: Callable[[Happening], None] = window.hear
    if name == "empty":
        tell(OPENED[0])
        tell(BatchesSeen(()))
        tell(ListFolderSeen("D:/orders", ()))
        return
    for happening in OPENED:
        tell(happening)
    if name == "choose":
        return
    page._take_file("D:/orders/WO-2026-1187 plug.xlsx")
    tell(ListChecking(CHECKED.name, 260))
    if name == "checking":
        return
    if name == "unclear":
        tell(ListChecked(None, ColumnUnclear(CHECKED.name, "WLAN, BT, 备注"), request=page.state.request))
        return
    tell(ListChecked(CHECKED, None, worst_first(CHECKED), page.state.request))
    if name == "verdict":
        return
    page._begin()
    tell(BatchSeen(RUNNING, None, 84.0))
    if name == "running":
        return
    why = MediaOut(PRINTERS[0].name) if name == "paused" else LabelsInDoubt("L-000702", "00:91:1F:50:01:41")
    tell(BatchSeen(replace(RUNNING, state=BatchState.PAUSED, reason=why.code), why))
