"""What leads to each picture of the codes page."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from gizqr_station.domain.app_reading import AppBinds, AppReading
from gizqr_station.domain.binding_proof import BindingProof, BoundDevice, ProofStep, ProofVerdict
from gizqr_station.domain.code_failures import ServiceThrottles, ServiceUnreachable
from gizqr_station.domain.codes import CodeSource, anatomy
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity, MacAddress
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.pool_failures import CodesOfOtherProduct, ZipIncomplete
from gizqr_station.domain.pooled_codes import CodeFetch, CodeZip, FetchState, PoolAdded
from gizqr_station.domain.proof_failures import BindsAnotherDevice, ContentRefused, DeviceNeverOnline, StillBound
from gizqr_station.gui.codes_state import Section
from gizqr_station.gui.main_window import MainWindow
from gizqr_station.gui.page_tabs import Page
from gizqr_station.workflows.code_happenings import (
    CodeJudged,
    CodesDone,
    CodesFolderSeen,
    CodesProgress,
    CodesWork,
    FetchSeen,
    PoolSeen,
    ProofGoesOn,
    ProofSeen,
)
from gizqr_station.workflows.happenings import Happening, WaitingForDevice
from gizqr_station.workflows.list_ports import ListFile

NOW = datetime.now(UTC).replace(hour=8, minute=14)
SERVICE = "http://qrcode.gizwitsapi.com:1800"
KEY = "0a6781ed676045988d5d72f3f0480fba"
CONTENT = "2efc9e621cb34553b12edf7e63645864Pf2fFwkrJlBs4KRU/RQAnSjtFqvEsoISa7+WLzDhjHU7ArPMYwRGg2MIazCLTymUz5kTzw=="
LINK = "https://site.gizwits.com/?product_key=0a6781ed676045988d5d72f3f0480fba&did=Pkc7eFF2TkGaH3tTkVr4Wf&passcode=QWERTYUIOP"
LINKED = (("product_key", KEY), ("did", "Pkc7eFF2TkGaH3tTkVr4Wf"), ("passcode", "QWERTYUIOP"))
MAC = MacAddress("00911f500047")
ORDER = IdentityRange.parse("00911f500000..00911f501387")
FOLDER = CodesFolderSeen(
    "D:/codes",
    tuple(
        ListFile(f"D:/codes/{name}", name, NOW - timedelta(hours=hours), size)
        for name, hours, size in (
            ("1474.zip", 1, 1_384_000),
            ("bench-2 WO-1187.gizqrpool", 3, 402_000),
            ("label from line 2.png", 4, 18_000),
            ("客户照片.jpg", 27, 912_000),
            ("1473.zip", 28, 1_391_000),
        )
    ),
)


def _ranges(*texts: str) -> tuple[IdentityRange, ...]:
    return tuple(IdentityRange.parse(text) for text in texts)


def _zip(number: int, first: int, hours: float) -> tuple[CodeZip, int]:
    task = f"00911f{first:06x}..00911f{first + 999:06x}"
    came = CodeZip(
        KEY, SERVICE, CodeSource.SERVICE, task, f"/static/zipfiles/{number}.zip", "0" * 64, NOW - timedelta(hours=hours)
    )
    return came, 1000


FETCH = CodeFetch(3, "WO-1187", KEY, SERVICE, (ORDER,), FetchState.RUNNING, NOW)
PAUSED = replace(FETCH, state=FetchState.PAUSED)
OLD = CodeFetch(
    2, "00911f600000 x 500", KEY, SERVICE, _ranges("00911f600000 x 500"), FetchState.PAUSED, NOW, "E-COD-01"
)
ZIPS = tuple(_zip(1474 - at, 0x500FA0 - at * 1000, at / 3) for at in range(5))
EMPTY = PoolSeen(SERVICE, False, 0, "WO-1187", 5000, 5000, (ORDER,), (), (), 8000, 6100)
GAPS = _ranges(
    "00911f500140..00911f50014b", "00911f5003e9", "00911f50076c..00911f500770", "00911f500a00", "00911f500fa0 x 18"
)
WITH_GAPS = PoolSeen(SERVICE, False, 4963, "WO-1187", 5000, 37, GAPS, (), ZIPS, 8000, 6100)
FULL = replace(WITH_GAPS, codes=5000, missing=0, gaps=(), fetches=(replace(FETCH, state=FetchState.DONE),), left=4)
NO_ORDER = PoolSeen(SERVICE.replace("http:", "https:"), True, 1200, "", 0, 0, (), (), ZIPS[:2], 10, 0)
OF_SANDBOX = replace(
    FULL, service="http://127.0.0.1:1800", zips=tuple((replace(came, source=CodeSource.SANDBOX), n) for came, n in ZIPS)
)
SHORT = replace(WITH_GAPS, codes=213, wanted=250, registered=10, left=10)
LOCAL = PoolSeen("", False, 0, "", 0, 0, (), (), ())
PAUSE = ServiceThrottles("qrcode.gizwitsapi.com:1800", 42.0)
AWAY = ServiceUnreachable("qrcode.gizwitsapi.com:1800")
IMPORTED = PoolAdded(963, 30, (MAC, MacAddress("00911f500048")))
BAD = ZipIncomplete("1474.zip", 5, "00911f5003e9.png")
CODES = (
    "empty", "gaps", "fetching", "waiting", "paused", "several", "done", "sandbox-codes", "short",
    "after-error", "ranges", "no-order", "made-here", "files", "importing",
    "imported", "bad-zip", "refused-file", "judge", "armed", "held", "content", "link", "other-link", "own-app",
    "of-sandbox", "share", "nothing", "unreadable", "proving", "binds", "sandbox",
    "other-device", "does-not-bind", "not-known",
)  # fmt: skip
PICTURED = (
    "empty", "gaps", "fetching", "waiting", "done", "bad-zip", "judge", "armed", "held", "content", "link", "nothing",
    "binds", "sandbox", "other-device", "does-not-bind", "not-known", "several", "sandbox-codes", "short", "of-sandbox",
)  # fmt: skip
"""Those that are kept as pictures; the others are walked by the tests."""
_READINGS = {
    "content": (CONTENT, AppBinds.BY_CONTENT),
    "own-app": ("https://x.example/00911f500047", AppBinds.OWN_APP),
    "share": ("type=share&code=5e0c6d8fa5", AppBinds.SHARE),
    "nothing": ("00911F500047", AppBinds.NOTHING),
}
_VERDICTS: dict[str, tuple[ProofVerdict, Failure | None]] = {
    "binds": (ProofVerdict.BINDS, None),
    "sandbox": (ProofVerdict.BINDS, None),
    "other-device": (ProofVerdict.OTHER_DEVICE, BindsAnotherDevice("00:91:1F:50:00:47", "00:91:1F:50:00:48")),
    "does-not-bind": (ProofVerdict.DOES_NOT_BIND, ContentRefused("00:91:1F:50:00:47")),
    "not-known": (ProofVerdict.NOT_KNOWN, DeviceNeverOnline("00:91:1F:50:00:47")),
}


def show(window: MainWindow, name: str, job: PrintJob | None) -> None:
    """Bring the page there, as presses and answers would; ``job`` is the label that says ``CONTENT``."""
    window.open_page(Page.CODES)
    tell: Callable[[Happening], None] = window.hear
    tell(WaitingForDevice())
    tell(FOLDER)
    if name in _POOLS:
        for happening in _POOLS[name]:
            tell(happening)
        if name == "after-error":
            window.codes._want("00911f600000 x 500")
            tell(CodesDone(CodesWork.FETCH, failure=AWAY))
        return
    tell(WITH_GAPS)
    if name in {"files", "importing", "imported", "bad-zip", "refused-file"}:
        _files(window, name)
    else:
        _judge(window, name, job)


_POOLS: dict[str, tuple[Happening, ...]] = {
    "empty": (EMPTY,),
    "gaps": (WITH_GAPS,),
    "fetching": (replace(EMPTY, codes=2000, missing=3000), FetchSeen(FETCH, 2000, "00911f5007d0..00911f500bb7")),
    "waiting": (
        replace(EMPTY, codes=2000, missing=3000),
        FetchSeen(FETCH, 2000, "00911f5007d0..00911f500bb7", 42.0, PAUSE),
    ),
    "paused": (replace(EMPTY, codes=2000, missing=3000), FetchSeen(PAUSED, 2000, "", 0.0, AWAY)),
    "several": (replace(WITH_GAPS, fetches=(PAUSED, OLD)), FetchSeen(PAUSED, 4963, "", 0.0, AWAY)),
    "done": (WITH_GAPS, FetchSeen(replace(FETCH, state=FetchState.DONE), 5000), FULL),
    "sandbox-codes": (WITH_GAPS, FetchSeen(replace(FETCH, state=FetchState.DONE), 5000), OF_SANDBOX),
    "short": (SHORT,),
    "ranges": (replace(NO_ORDER, left=10),),
    "after-error": (WITH_GAPS, FetchSeen(replace(FETCH, state=FetchState.DONE), 5000), FULL),
    "no-order": (NO_ORDER,),
    "made-here": (LOCAL,),
}


def _files(window: MainWindow, name: str) -> None:
    page = window.codes
    page._choose_section(Section.FILES.value)
    if name == "files":
        return
    page._take_file("D:/codes/1474.zip")
    window.hear(CodesProgress(CodesWork.IMPORT, "1474.zip", 320, 1000))
    if name == "importing":
        return
    ended: dict[str, CodesDone] = {
        "imported": CodesDone(CodesWork.IMPORT, "1474.zip", IMPORTED),
        "bad-zip": CodesDone(CodesWork.IMPORT, "1474.zip", replace(IMPORTED, kept=()), failure=BAD),
        "refused-file": CodesDone(
            CodesWork.IMPORT, "1474.zip", failure=CodesOfOtherProduct("1474.zip", "be606a7b34d441b59d7eba2c080ff805")
        ),
    }
    window.hear(ended[name])


def _judge(window: MainWindow, name: str, job: PrintJob | None) -> None:
    page = window.codes
    page._choose_section(Section.JUDGE.value)
    if name == "judge":
        return
    if name in {"armed", "held"}:
        page._next_scan.arm()
        if name == "held":
            page._next_scan.disarm()
            page.show_state(replace(page.state, held_by=1))
        return
    window.hear(judged(name, job))
    if name == "proving" or name in _VERDICTS:
        page._prove(MAC.readable)
        window.hear(ProofGoesOn(ProofStep.BIND))
    if name in _VERDICTS:
        window.hear(ProofSeen(_proof(name, MAC)))


def judged(name: str, job: PrintJob | None) -> CodeJudged:
    """What was made of a code."""
    if name == "unreadable":
        return CodeJudged("客户照片.jpg", None, failure=AWAY)
    if "link" in name:
        other = name == "other-link"
        return CodeJudged("", AppReading(LINK, AppBinds.BY_LINK, anatomy(LINK), LINKED, other))
    text, binds = _READINGS.get(name, _READINGS["content"])
    known = job if binds is AppBinds.BY_CONTENT else None
    in_pool = MAC.readable if known else ""
    reading = AppReading(text, binds, anatomy(text))
    return CodeJudged("label from line 2.png", reading, known, in_pool, of_sandbox=name == "of-sandbox")


def _proof(name: str, expected: Identity) -> BindingProof:
    verdict, failure = _VERDICTS[name]
    device = BoundDevice(KEY, "Pkc7eFF2TkGaH3tTkVr4Wf", "00911F500047", online=True)
    bound = verdict in {ProofVerdict.BINDS, ProofVerdict.OTHER_DEVICE}
    left = StillBound("00:91:1F:50:00:48", "the cloud was away") if name == "other-device" else None
    return BindingProof(CONTENT, expected, verdict, device if bound else None, failure, left, sandbox=name == "sandbox")
