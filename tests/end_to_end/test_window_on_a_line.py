"""The real window, with real serial bytes, real HTTP and real printer bytes: to VERIFIED, and through each refusal."""

import contextlib
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from gizqr_station.domain.job import JobState
from gizqr_station.domain.label_failures import ReadBackDiffers
from gizqr_station.domain.stop import Stop
from gizqr_station.gui.station_state import Band
from gizqr_station.labels.read_back import ZxingReadBack
from gizqr_station.printing.virtual_printer import PrinterMode
from gizqr_station.readers.simulated_module import Quirk
from tests.codes.faulty_server import Asked, FaultyServer, always, http
from tests.end_to_end.line import Surroundings, running_service, surroundings
from tests.end_to_end.window import WindowOnLine

MAC = "00911f500047"
OTHER_MAC = "00911f500048"
IMEI = "861193040496508"


@pytest.fixture
def around(tmp_path: Path) -> Iterator[Surroundings]:
    with surroundings(tmp_path) as made:
        yield made


@contextlib.contextmanager
def opened(qtbot: QtBot, around: Surroundings, *, url: str | None = None, **product: object) -> Iterator[WindowOnLine]:
    settings = around.settings(**product)
    if url is not None:
        settings = settings.model_copy(update={"service": settings.service.model_copy(update={"url": url})})
    line = WindowOnLine(qtbot, around, settings)
    try:
        line.wait_for(Band.WAITING)
        yield line
    finally:
        line.close()


@pytest.fixture
def line(qtbot: QtBot, around: Surroundings) -> Iterator[WindowOnLine]:
    with opened(qtbot, around) as made:
        yield made


def states(line: WindowOnLine) -> list[JobState]:
    return [job.state for job in reversed(line.state.tally.latest)]


def label(line: WindowOnLine, identity: str, **how: object) -> str:
    """Take one unit all the way; what its label says."""
    count = len(line.around.printer.printed)
    line.plug(identity, **how)
    line.wait_for(Band.SCAN_BACK)
    content = line.around.scanned_from_paper(count + 1)
    line.scan(content)
    line.wait_for(Band.VERIFIED)
    line.around.device.unplug()
    line.wait_for(Band.WAITING)
    return content


@pytest.mark.parametrize(("identity", "kind", "shown"), [
    (MAC, "wifi", "00:91:1F:50:00:47"),
    (IMEI, "cellular", "86-119304-049650-8"),
])  # fmt: skip
def test_plug_read_print_scan_back_green_without_a_click(
    line: WindowOnLine, identity: str, kind: str, shown: str
) -> None:
    line.plug(identity, kind=kind)
    line.wait_for(Band.SCAN_BACK)
    assert line.window.page._unit._identity.text() == shown
    job = line.state.job
    image = line.state.image
    assert job is not None
    assert image is not None
    content = line.around.scanned_from_paper(1)
    assert content == job.draft.content
    assert line.around.printer.printed[0].image == image, "the preview is the very bitmap that was printed"
    line.scan(content)
    line.wait_for(Band.VERIFIED)
    line.wait(lambda: line.state.tally.verified == 1)
    line.around.device.unplug()
    line.wait_for(Band.WAITING)
    assert line.around.device.commands_received <= {0x02, 0x08, 0x0E, 0x21}
    assert not line.window.findChildren(QDialog)


def test_a_code_from_the_sandbox_is_marked_test_on_paper_and_in_the_ledger(line: WindowOnLine) -> None:
    label(line, MAC)
    job = line.state.tally.latest[0]
    assert (job.draft.test, job.mark) == (True, "TEST")


def test_a_scan_of_the_module_starts_a_unit_with_whatever_has_the_focus(line: WindowOnLine) -> None:
    line.window.header.switch.setFocus()
    line.scan(f"{IMEI};22271M00015061005530")
    line.wait_for(Band.SCAN_BACK)
    line.scan(line.around.scanned_from_paper(1))
    line.wait(lambda: states(line) == [JobState.VERIFIED])
    assert line.window._language == "en", "the scan pressed no button"


def test_the_same_device_again_is_refused_with_when_and_where(line: WindowOnLine) -> None:
    label(line, MAC)
    line.plug(MAC)
    line.wait_for_failure("E-LED-01")
    assert line.state.band is Band.REFUSED
    assert "L-000001" in line.said()
    assert "bench-1" in line.said()
    assert len(line.around.printer.printed) == 1
    line.around.device.unplug()
    line.wait_for(Band.WAITING)


def test_another_devices_label_stops_the_unit_and_the_right_one_frees_it(line: WindowOnLine) -> None:
    other = label(line, OTHER_MAC)
    line.plug(MAC)
    line.wait_for(Band.SCAN_BACK)
    line.scan(other)
    line.wait_for(Band.WRONG_LABEL)
    assert "00:91:1F:50:00:48" in line.said()
    line.scan(line.around.scanned_from_paper(2))
    line.wait_for(Band.VERIFIED)


@pytest.mark.parametrize(
    ("identity", "how", "code"),
    [
        ("01911f500047", {}, "E-ID-03"),
        ("02911f500047", {}, "E-ID-04"),
        ("000000000000", {}, "E-ID-05"),
        ("ffffffffffff", {}, "E-ID-06"),
        ("861193040496509", {"kind": "cellular"}, "E-ID-07"),
        ("000000000000000", {"kind": "cellular"}, "E-ID-08"),
        (IMEI, {"kind": "cellular", "quirk": Quirk.IMSI_AS_IMEI.value, "imsi": "460001234567890"}, "E-ID-09"),
        (MAC, {"quirk": Quirk.NOISE.value}, "E-DEV-06"),
        (MAC, {"quirk": Quirk.WRONG_BAUD.value}, "E-DEV-06"),
        (MAC, {"quirk": Quirk.SILENT.value}, "E-DEV-05"),
        (MAC, {"quirk": Quirk.MUTE_21.value}, "E-DEV-07"),
        (MAC, {"cut_after_bytes": 30}, "E-DEV-04"),
    ],
)
def test_what_a_device_says_wrong_is_said_and_the_next_one_is_labelled(
    line: WindowOnLine, identity: str, how: dict[str, object], code: str
) -> None:
    line.plug(identity, **how)
    line.wait_for_failure(code)
    assert line.around.printer.printed == []
    line.around.device.unplug()
    line.wait_for(Band.WAITING)
    label(line, MAC)
    assert states(line) == [JobState.VERIFIED]


def _hang(_asked: Asked, _connection: socket.socket, stop: Stop) -> None:
    stop.sleep(60)


LIST_OF_ONE = (
    b'{"meta": {"next": null, "skip": 0, "total": 1, "limit": 20, "previous": null}, "objects":'
    b' [{"created_at": "1495077738", "updated_at": "1495077738", "file": "/static/zipfiles/7.zip"}]}'
)
LIST_OF_NONE = LIST_OF_ONE.replace(b'total": 1', b'total": 0').split(b"[{")[0] + b"[]}"


class ZipThatIsNone:
    """Takes the task as documented, and then hands out a file that only begins like a zip."""

    def __init__(self) -> None:
        self.posted = False

    def __call__(self, asked: Asked, connection: socket.socket, _stop: Stop) -> None:
        if asked.method == "POST":
            self.posted = True
            connection.sendall(http(201, b"{}"))
        elif asked.path.startswith("/static/"):
            connection.sendall(http(200, b"PK\x03\x04 this is no zip", "application/zip"))
        else:
            connection.sendall(http(200, LIST_OF_ONE if self.posted else LIST_OF_NONE))


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (always(http(401, b'{"reason": "no"}')), "E-COD-03"),
        (always(http(404, b"{}")), "E-COD-04"),
        (always(http(500, b"boom", "text/plain")), "E-COD-06"),
        (always(http(200, b"<html>log in</html>", "text/html")), "E-COD-18"),
        (always(http(200, b'{"objects": 3}')), "E-COD-07"),
        (_hang, "E-COD-02"),
        (ZipThatIsNone(), "E-COD-09"),
    ],
    ids=["401", "404", "500", "html", "wrong shape", "slow", "broken zip"],
)
def test_a_service_in_trouble_is_said_no_code_is_drawn_and_the_unit_is_not_lost(
    qtbot: QtBot, around: Surroundings, answer: Callable[[Asked, socket.socket, Stop], None], code: str
) -> None:
    with FaultyServer(answer) as server, opened(qtbot, around, url=server.url) as line:
        line.plug(MAC)
        line.wait_for_failure(code)
        assert line.state.image is None
        assert line.state.band in {Band.REFUSED, Band.RETRYING}
        assert line.window.page._retry.isEnabled()
    assert around.printer.printed == []


def test_a_service_that_is_off_is_said_and_the_unit_goes_on_when_it_is_back(
    qtbot: QtBot, around: Surroundings, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = int(taken.getsockname()[1])
    with opened(qtbot, around, url=f"http://127.0.0.1:{port}") as line:
        line.plug(MAC)
        line.wait_for_failure("E-COD-01")
        assert line.state.band is Band.RETRYING
        with running_service(tmp_path / "service that is back", port):
            line.wait_for(Band.SCAN_BACK)
            line.scan(around.scanned_from_paper(1))
            line.wait_for(Band.VERIFIED)


def test_a_key_that_is_leaned_on_is_one_press(line: WindowOnLine) -> None:
    line.around.printer.switch(PrinterMode.HALF)
    line.plug(MAC)
    line.wait_for(Band.SETTLE)
    job = line.state.job
    line.window.activateWindow()
    pressed = time.monotonic()
    while time.monotonic() - pressed < 1.5:
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier, "", autorep=True)
        QCoreApplication.sendEvent(line.window.windowHandle(), event)
        QCoreApplication.processEvents()
    assert line.state.job == job
    assert line.state.band is Band.SETTLE


def test_a_printer_that_is_off_gets_nothing_and_the_unit_goes_on_when_it_is_back(line: WindowOnLine) -> None:
    line.around.printer.switch(PrinterMode.ACCEPT_NOTHING)
    line.plug(MAC)
    line.wait_for_failure("E-PRN-01")
    assert line.state.job is not None
    assert line.state.job.state is JobState.FAILED
    line.around.printer.switch(PrinterMode.PRINT)
    line.press(Qt.Key.Key_F5)
    line.wait_for(Band.SCAN_BACK)
    line.scan(line.around.scanned_from_paper(1))
    line.wait(lambda: states(line)[-1] is JobState.VERIFIED)
    assert len(line.around.printer.printed) == 1


@pytest.mark.parametrize("mode", [PrinterMode.HALF, PrinterMode.TAKE_ALL_AND_DIE])
def test_a_printer_that_dies_in_mid_label_leaves_it_unknown_and_sends_nothing_by_itself(
    line: WindowOnLine, mode: PrinterMode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gizqr_station.gui.confirm_button.CONFIRM_NOT_BEFORE_MS", 0)
    line.around.printer.switch(mode)
    line.plug(MAC)
    line.wait_for(Band.SETTLE)
    assert states(line) == [JobState.UNKNOWN]
    line.around.printer.switch(PrinterMode.PRINT)
    line.press(Qt.Key.Key_F8)
    assert states(line) == [JobState.UNKNOWN], "one press is none"
    line.press(Qt.Key.Key_F8)
    line.wait_for(Band.SCAN_BACK)
    assert states(line)[0] is JobState.VOIDED
    assert line.state.job is not None
    assert line.state.job.mark == "TEST R1"
    line.scan(line.around.scanned_from_paper(1))
    line.wait_for_failure("E-LIN-76")
    assert states(line)[-1] is not JobState.VERIFIED, "the label that went wrong says the same"
    line.scan(line.around.small_code_on_paper(1))
    line.wait_for(Band.VERIFIED)


def test_a_label_that_does_not_read_back_never_leaves_the_station(
    line: WindowOnLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def misread(_self: object, _image: object, content: str) -> None:
        raise ReadBackDiffers(content, "")

    monkeypatch.setattr(ZxingReadBack, "require_content", misread)
    line.plug(MAC)
    line.wait_for_failure("E-LAB-05")
    assert line.around.printer.printed == []
    assert states(line) == []


def test_scans_that_mean_nothing_are_said_and_change_nothing(line: WindowOnLine) -> None:
    line.scan("www.hi-flying.com")
    line.wait_for_failure("E-LIN-02")
    assert line.state.band is Band.WAITING


def test_the_window_speaks_chinese_at_the_press_of_a_button(line: WindowOnLine) -> None:
    line.window.header.switch.click()
    assert line.window.page._band.words is not None
    assert line.window.page._band.words.word == "就绪"
    line.scan("www.hi-flying.com")
    line.wait_for_failure("E-LIN-02")
    assert "不是设备" in line.said()
    line.window.header.switch.click()
    assert line.window.page._band.words.word == "Ready"


def test_without_scan_back_a_unit_is_printed_but_never_verified(qtbot: QtBot, around: Surroundings) -> None:
    with opened(qtbot, around, scan_back_every=0) as line:
        line.plug(MAC)
        line.wait_for(Band.HANDED_OVER)
        assert line.state.tally.verified == 0
        assert states(line) == [JobState.PRINTED]
        words = line.window.page._band.words
        assert words is not None
        assert (words.word, "not verified" in words.line) == ("Printed", True)


def test_a_station_without_its_product_says_what_to_fill_in(qtbot: QtBot, around: Surroundings) -> None:
    line = WindowOnLine(qtbot, around, around.settings(key=""))
    line.wait_for(Band.STOPPED)
    assert "product.key" in line.said()
    line.scan("ACCF232BE530")
    line.wait_for_failure("E-LIN-19")
    assert "product.key" in line.said()
    line.close()


def test_a_second_station_on_the_same_folder_is_refused(qtbot: QtBot, line: WindowOnLine) -> None:
    second = WindowOnLine(qtbot, line.around, line.around.settings())
    second.wait_for(Band.STOPPED)
    assert "E-LED-10" in second.said()
    second.close()
