"""What leads to each picture of the records page."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.corrections import ReprintReason, ReprintStanding
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity, Imei, MacAddress
from gizqr_station.domain.job import JobDraft, JobState, PrintJob
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.line_failures import ScanNotUnderstood, WrongLabel
from gizqr_station.domain.people import ALLOWED, Person, Role
from gizqr_station.domain.printer_failures import PrinterConnectionLost
from gizqr_station.domain.records import RecordPage, RecordQuery
from gizqr_station.gui import records_state
from gizqr_station.gui.main_window import MainWindow
from gizqr_station.gui.page_tabs import Page
from gizqr_station.gui.records_state import Section
from gizqr_station.workflows.happenings import Happening, ScanBackDue, WaitingForDevice
from gizqr_station.workflows.people_happenings import OnDuty
from gizqr_station.workflows.ports import Entry
from gizqr_station.workflows.record_happenings import (
    LabelAwaited,
    OldLabelScanned,
    RecordDone,
    RecordProgress,
    RecordsFound,
    RecordWork,
    UnitSeen,
)

NOW = datetime(2026, 11, 22, 6, 2, 7, tzinfo=UTC)
KEY = "0a6781ed676045988d5d72f3f0480fba"
CONTENT = "2efc9e621cb34553b12edf7e63645864Pf2fFwkrJlBs4KRU/RQAnSjtFqvEsoISa7+WLzDhjHU7ArPMYwRGg2MIazCLTymUz5kTzw=="
MAC = MacAddress("00911f500047")
QUERY = RecordQuery()
BLANK = LabelImage(320, 240, 203, tuple(bytes(40) for _ in range(240)))


def on_duty(role: Role, name: str = "Chen Wei") -> OnDuty:
    """Somebody of this role works here."""
    return OnDuty(Person(1, name, role, has_badge=True, has_pin=True), name, allowed=ALLOWED[role])


def job(
    number: int, identity: Identity, state: JobState, *, revision: int = 0, minutes: int = 0, **draft: object
) -> PrintJob:
    """A label as the ledger would tell it."""
    made = JobDraft(
        f"L-{number:06d}", identity, KEY, "Smart Plug Mini", CONTENT, CodeSource.POOL, "task", BLANK.digest, "40x30",
        203, "Zebra ZD421", "bench-1", "Li Wei", revision, test=False, scan_back_due=True, work_order="WO-1187",
        code_service="http://qrcode.gizwitsapi.com:1800",
    )  # fmt: skip
    at = NOW - timedelta(minutes=minutes or 31 * (131 - number))
    return PrintJob(number, replace(made, **draft), state, None, at, at + timedelta(seconds=9))  # type: ignore[arg-type]


OLD = job(124, MAC, JobState.VOIDED)
LIVE = job(131, MAC, JobState.VERIFIED, revision=1, minutes=1, replaces="L-000124", reason="damaged", allowed_by="")
FIRST = job(124, MAC, JobState.VERIFIED)
NEW = job(132, MAC, JobState.SENT, revision=2, minutes=1, replaces="L-000131", reason="other: corner is torn",
          allowed_by="Zhao Min")  # fmt: skip
STATES = (JobState.VERIFIED, JobState.VERIFIED, JobState.VERIFIED, JobState.SENT, JobState.VOIDED, JobState.FAILED)
OTHERS = tuple(
    job(130 - at, MacAddress(f"00911f5000{0x46 - at:02x}"), STATES[at % len(STATES)], minutes=2 + at)
    for at in range(48)
)
CELLULAR = job(81, Imei("490154203237518"), JobState.PRINTED, minutes=61, operator="Wilhelmina Krüger-Öztürk")
UNKNOWN = tuple(job(90 + at, MacAddress(f"00911f50002{at}"), JobState.UNKNOWN, minutes=600 + at) for at in range(2))
PAGE = RecordPage((LIVE, *OTHERS, CELLULAR), 77, UNKNOWN)
LOST = PrinterConnectionLost("Zebra ZD421", 512, 1039)


def entries(number: int, *lines: tuple[str, JobState, str, str]) -> tuple[Entry, ...]:
    """Lines of the record: kind, state, who, evidence."""
    return tuple(
        Entry(10 * number + at, number, kind, state, NOW - timedelta(minutes=90 - at), who, evidence)
        for at, (kind, state, who, evidence) in enumerate(lines)
    )


HISTORY = (
    *entries(
        124,
        ("move", JobState.INTENDED, "Li Wei", ""),
        ("move", JobState.SENT, "Li Wei", "to Zebra ZD421"),
        ("note", JobState.SENT, "Li Wei", "accepted: 1039 bytes"),
        ("note", JobState.SENT, "Li Wei", "wrong label scanned: 00:91:1F:50:00:46"),
        ("move", JobState.VERIFIED, "Li Wei", "scanned back"),
        ("move", JobState.VOIDED, "Chen Wei", "replaced by L-000131: damaged"),
    ),
    *entries(
        131,
        ("move", JobState.INTENDED, "Chen Wei", "replaces L-000124: damaged"),
        ("move", JobState.SENT, "Chen Wei", ""),
        ("note", JobState.SENT, "Chen Wei", str(LOST)),
        ("move", JobState.VERIFIED, "Chen Wei", "scanned back"),
    ),
)


def seen(this: PrintJob, image: LabelImage, *others: PrintJob, made: int = 1, scanned: bool = False) -> UnitSeen:
    """What the desk knows of a device."""
    jobs = tuple(sorted((this, *others), key=lambda each: -each.id))
    return UnitSeen(this, jobs, HISTORY, image, ReprintStanding(made, 2, needs_second=made >= 2), scanned)


RECORDS = (
    "found", "empty", "none", "away", "exporting", "exported", "history", "evidence", "written", "correct",
    "explained", "second", "badge-read", "awaited", "serial-too", "wrong-scan", "verified", "voided-now", "voided",
    "settle", "settled", "operator", "held", "not-understood", "alarm", "alarm-maybe", "station-alarm",
    "station-alarm-maybe",
)  # fmt: skip
RECORDS_PICTURED = (
    "found", "none", "exported", "history", "correct", "explained", "second", "awaited", "serial-too", "verified",
    "voided", "settle", "operator", "alarm", "alarm-maybe", "station-alarm", "station-alarm-maybe",
)  # fmt: skip
"""Those that are kept as pictures; the others are walked by the tests."""


def show(window: MainWindow, name: str, label: Callable[[str, str], LabelImage]) -> None:
    """Bring the page there, as presses and answers would; ``label`` draws one for an identity and a serial."""
    tell: Callable[[Happening], None] = window.hear
    tell(WaitingForDevice())
    window.open_page(Page.RECORDS)
    tell(on_duty(Role.OPERATOR if name == "operator" else Role.QA))
    tell(RecordsFound(QUERY, RecordPage((), None) if name == "empty" else PAGE))
    if name in _SEARCHES:
        _SEARCHES[name](window)
    elif "alarm" in name:
        _alarm(window, name)
    else:
        _unit(window, name, label)


def _none(window: MainWindow) -> None:
    page = window.records
    page._search.text.setText("4a:ff")
    page._search.since.edit.setText("2026-13-01")
    page._want(page._search.query)
    window.hear(RecordsFound(page.state.query, RecordPage((), None)))


def _away(window: MainWindow) -> None:
    window.hear(RecordDone(RecordWork.SEARCH, failure=LOST))


def _export(window: MainWindow) -> None:
    window.records._export("D:/labels.xlsx")
    window.hear(RecordProgress(RecordWork.EXPORT, 12500))


def _exported(window: MainWindow) -> None:
    _export(window)
    window.hear(RecordDone(RecordWork.EXPORT, file="D:/labels.xlsx", rows=48211))


def _held(window: MainWindow) -> None:
    window.hear(ScanBackDue(NEW))


def _not_understood(window: MainWindow) -> None:
    window.hear(RecordDone(RecordWork.SCAN, failure=ScanNotUnderstood("4006381333931")))


_SEARCHES: dict[str, Callable[[MainWindow], None]] = {
    "found": lambda window: window.records._want_more(),
    "empty": lambda _: None,
    "none": _none,
    "away": _away,
    "exporting": _export,
    "exported": _exported,
    "held": _held,
    "not-understood": _not_understood,
}


def _alarm(window: MainWindow, name: str) -> None:
    if name.startswith("station"):
        window.open_page(Page.STATION)
    window.hear(OldLabelScanned(OLD, LIVE, certain="maybe" not in name))


def _unit(window: MainWindow, name: str, label: Callable[[str, str], LabelImage]) -> None:
    page, picture = window.records, label(MAC.readable, "L-000131")
    first = seen(LIVE, picture, OLD, scanned=name not in {"history", "evidence", "written"})
    page._look_at(LIVE.id)
    window.hear(first)
    if name in {"evidence", "written"}:
        page._choose_section(Section.EVIDENCE)
        if name == "written":
            page._write_evidence("D:/evidence.json")
            window.hear(RecordDone(RecordWork.EVIDENCE, LIVE, file="D:/evidence.json"))
    elif name in {"explained", "voided-now"}:
        _choose(window, ReprintReason.OTHER, "corner is torn")
        if name == "voided-now":
            page._void()
            void = replace(LIVE, state=JobState.VOIDED)
            window.hear(RecordDone(RecordWork.VOID, void))
            window.hear(seen(void, picture, OLD))
    elif name in {"second", "badge-read"}:
        window.hear(replace(first, standing=ReprintStanding(2, 2, needs_second=True)))
        _choose(window, ReprintReason.UNREADABLE, "")
        if name == "badge-read":
            page._unit.form.read_badge("GQ-B-0042")
    elif name in {"voided", "settle", "settled"}:
        _over(window, name, picture)
    elif name in {"awaited", "serial-too", "wrong-scan", "verified"}:
        _awaited(window, name, label(MAC.readable, "L-000132"))


def _choose(window: MainWindow, reason: ReprintReason, remark: str) -> None:
    form = window.records._unit.form
    form.reasons.choose((reason,))
    form.remark.setText(remark)
    window.records._fill()


def _over(window: MainWindow, name: str, picture: LabelImage) -> None:
    if name == "voided":
        window.hear(seen(OLD, picture, LIVE, scanned=True))
        return
    unknown = replace(LIVE, state=JobState.UNKNOWN)
    window.hear(seen(unknown, picture, OLD, scanned=True))
    if name == "settled":
        window.records._no_usable_label()
        void = replace(LIVE, state=JobState.VOIDED)
        window.hear(RecordDone(RecordWork.SETTLE, void))
        window.hear(seen(void, picture, OLD))


def _awaited(window: MainWindow, name: str, picture: LabelImage) -> None:
    _choose(window, ReprintReason.OTHER, "corner is torn")
    window.records.show_state(records_state.correcting(window.records.state, RecordWork.REPRINT))
    void = replace(LIVE, state=JobState.VOIDED)
    window.hear(LabelAwaited(NEW, void, serial_too=name == "serial-too"))
    window.hear(RecordDone(RecordWork.REPRINT, NEW))
    window.hear(seen(NEW, picture, void, OLD, made=2))
    wrong: Failure = WrongLabel(MAC.readable, "00:91:1F:50:00:46")
    if name == "wrong-scan":
        window.hear(RecordDone(RecordWork.VERIFY, NEW, failure=wrong))
    if name == "verified":
        verified = replace(NEW, state=JobState.VERIFIED)
        window.hear(RecordDone(RecordWork.VERIFY, verified))
        window.hear(seen(verified, picture, void, OLD, made=2))
