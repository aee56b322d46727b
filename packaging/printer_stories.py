"""What leads to each picture of the printers page: happenings, and what a person then presses."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QLineEdit

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import JobState, PrintJob, PrintOutcome
from gizqr_station.domain.print_queue_failures import QueueNotRaw, QueueWaits
from gizqr_station.domain.printer import FoundPrinter, Language, Media, PrinterConfig, PrinterStatus
from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.domain.printer_failures import MediaOut, PrinterUnreachable, RollLow
from gizqr_station.domain.printer_setup_failures import LanguageUnanswered
from gizqr_station.domain.queued import QueuedJob
from gizqr_station.domain.supplies import Supply, SupplyKind
from gizqr_station.gui.main_window import MainWindow
from gizqr_station.gui.page_tabs import Page
from gizqr_station.workflows.happenings import (
    DeskDone,
    DeskWork,
    Happening,
    HealthSeen,
    Part,
    PrinterFound,
    PrinterLooked,
    PrintersKnown,
    QueueSeen,
    SearchEnded,
    WaitingForDevice,
)

ZEBRA = PrinterConfig(
    "Zebra ZD421", PrinterAddress.parse("tcp://192.0.2.17:9100"), Language.ZPL, 203, media=Media(40, 30)
)
CLONE = PrinterConfig(
    "Packing bench clone", PrinterAddress.parse("usb:/dev/usb/lp0"), Language.TSPL, 203, media=Media(40, 30)
)
IPP = PrinterConfig(
    "Office label printer", PrinterAddress.parse("ipp://labels.factory.example/ipp/print"), Language.PWG, 300
)
CUPS = PrinterConfig("Warehouse queue", PrinterAddress.parse("cups:zebra-warehouse"), Language.ZPL, 203)
PRINTERS = (ZEBRA, CLONE, IPP, CUPS)
SUPPLIES = (
    Supply(ZEBRA.name, SupplyKind.LABELS, 1240, 2000, 100),
    Supply(ZEBRA.name, SupplyKind.RIBBON, 88, 3000, 100),
)


@dataclass(frozen=True, slots=True)
class Story:
    """How a picture comes about."""

    happenings: list[Happening]
    press: Callable[[MainWindow], None]


def looked(printer: PrinterConfig, failure: Failure | None = None, *, told: bool = True) -> PrinterLooked:
    """As the desk tells it."""
    said = "030,0,0,0245,000,0,0,0,000,0,0,0" if told and printer.language is Language.ZPL else ""
    supplies = SUPPLIES if printer is ZEBRA else ()
    return PrinterLooked(printer.name, PrinterStatus(failure, None, told, said), supplies)


def press_nothing(window: MainWindow) -> None:
    """It is only looked at."""


def edit_wrongly(window: MainWindow) -> None:
    """A person opens the settings of the chosen printer and types half an address."""
    window.printers._edit()
    window.printers._editor.fields.address.setText("tcp:/192.0.2.17")
    window.printers._editor.fields.name.setText("Warehouse queue")


def edit(window: MainWindow) -> None:
    """A person opens the settings of the chosen printer."""
    window.printers._edit()


def add(window: MainWindow) -> None:
    """A person wants another printer; two are found while the search goes on."""
    window.printers._search()
    for found in (
        FoundPrinter(PrinterAddress.parse("usb:/dev/usb/lp1"), "Brother QL-820NWB", Language.BROTHER, 300),
        FoundPrinter(ZEBRA.address, "Zebra ZD421-203dpi", Language.ZPL, 203, Media(40, 30)),
        FoundPrinter(PrinterAddress.parse("ipp://epson.local/ipp/print"), "EPSON CW-C4000", Language.PWG, 600),
        FoundPrinter(PrinterAddress.parse("cups:TSC_TE210"), "TSC TE210, raw queue", None, 203),
        FoundPrinter(PrinterAddress.parse("serial:/dev/ttyUSB3?baud=9600"), "", None, None),
    ):
        window.hear(PrinterFound(found))


def add_wrongly(window: MainWindow) -> None:
    """Nothing was found, and the address that is typed is none."""
    window.printers._search()
    window.hear(SearchEnded())
    field = window.printers._found.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.setText("192.0.2.17")
    window.printers._found._typed()


def new_roll(window: MainWindow) -> None:
    """A person is about to say that a roll was changed."""
    window.printers._card._supplies._changes[SupplyKind.LABELS].click()


def choose(name: str) -> Callable[[MainWindow], None]:
    """A person looks at another printer."""

    def press(window: MainWindow) -> None:
        window.printers._choose(name)

    return press


def queue_of(job: PrintJob, now: datetime) -> tuple[QueuedJob, ...]:
    """Held ones from before, and one that waits."""
    rows = (
        ("station restarted", "Li Wei", ZEBRA, True),
        ("E-PRN-04", "Li Wei", ZEBRA, True),
        ("wrong batch, ask Chen", "Wang Fang", IPP, True),
        ("", "Li Wei", ZEBRA, False),
    )
    return tuple(
        QueuedJob(
            replace(
                job, id=124 + at, state=JobState.INTENDED,
                draft=replace(
                    job.draft, label_serial=f"L-{124 + at:06d}", dpi=printer.dpi,
                    identity=type(job.draft.identity).parse(f"00911f5000{0x40 + at:02x}"),
                ),
            ),
            printer.name, held, reason, by, now - timedelta(hours=20 if at < 2 else 1, minutes=7 * at),
        )
        for at, (reason, by, printer, held) in enumerate(rows)
    )  # fmt: skip


def printer_stories(job: PrintJob) -> dict[str, Story]:
    """Every picture of the page."""
    now = datetime.now(UTC)
    waits = QueueWaits(ZEBRA.name, 3)
    start: list[Happening] = [
        *(HealthSeen(part, None, "", now) for part in Part),
        WaitingForDevice(),
        PrintersKnown(PRINTERS, ZEBRA.name),
        QueueSeen(()),
    ]
    all_looked: list[Happening] = [
        looked(ZEBRA),
        looked(CLONE, told=False),
        looked(IPP),
        looked(CUPS, QueueNotRaw("zebra-warehouse", "Zebra ZPL Label Printer")),
    ]
    queue: list[Happening] = [HealthSeen(Part.PRINTER, None, "", now, waits), QueueSeen(queue_of(job, now))]
    gone = [*start, looked(ZEBRA, PrinterUnreachable(ZEBRA.name, "192.0.2.17:9100")), *all_looked[1:]]
    low = PrinterLooked(ZEBRA.name, PrinterStatus(None, RollLow(ZEBRA.name, 60), told=True), SUPPLIES)
    return {
        "opening": Story([], press_nothing),
        "empty": Story([PrintersKnown((), ""), QueueSeen(())], press_nothing),
        "ready": Story([*start, *all_looked], press_nothing),
        "roll-low": Story([*start, *all_looked, low], press_nothing),
        "new-roll": Story([*start, *all_looked], new_roll),
        "fault": Story([*start, looked(ZEBRA, MediaOut(ZEBRA.name)), *all_looked[1:]], press_nothing),
        "wrong-choice": Story([*start, *all_looked], choose(CUPS.name)),
        "test-label": Story(
            [*start, *all_looked, DeskDone(DeskWork.TEST_LABEL, ZEBRA.name, None, PrintOutcome.ACCEPTED)], press_nothing
        ),
        "found": Story([*start, *all_looked], add),
        "nothing-found": Story([*start, *all_looked], add_wrongly),
        "queue": Story([*start, *all_looked, *queue], press_nothing),
        "worst": Story(
            [*gone, *queue,
             DeskDone(DeskWork.TEST_LABEL, ZEBRA.name, MediaOut(ZEBRA.name), PrintOutcome.REFUSED)],
            press_nothing,
        ),
        "editing-worst": Story(
            [*gone, *queue],
            edit_wrongly,
        ),
        "editing": Story([*start, *all_looked], edit),
        "editing-marked": Story(
            [*start, looked(ZEBRA, LanguageUnanswered(ZEBRA.name, "ZPL")), *all_looked[1:]], edit
        ),
        "editing-wrong": Story([*start, *all_looked], edit_wrongly),
    }  # fmt: skip


def show(window: MainWindow, story: Story) -> None:
    """Tell it and press it."""
    window.open_page(Page.PRINTERS)
    for happening in story.happenings:
        window.hear(happening)
    story.press(window)
