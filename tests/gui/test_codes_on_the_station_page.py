"""What the line's own page says of codes: a pause that runs down, an open connection, what the order misses."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication

from gizqr_station.domain.code_failures import ServiceThrottles, ServiceUnreachable
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.pool_failures import OnPoolAlone
from gizqr_station.domain.printer_failures import PrinterUnreachable
from gizqr_station.gui.health_tiles import HealthTile
from gizqr_station.gui.main_window import MainWindow
from gizqr_station.gui.page_tabs import Page
from gizqr_station.gui.tokens import TONES, Tone
from gizqr_station.workflows.happenings import (
    AtSlot,
    DeviceRead,
    Happening,
    HealthSeen,
    Part,
    UnitRefused,
    WaitingForDevice,
)
from tests.fake_bench import MAC, NOW, reading_of
from tests.gui.heard import Bench
from tests.gui.test_codes_state import POOL

THROTTLED = ServiceThrottles("qrcode.example:1800", 42.0)
AWAY = ServiceUnreachable("qrcode.example:1800")
READY = HealthSeen(Part.CODE_SERVICE, None, "qrcode.example:1800", NOW)
FAILED = replace(READY, failure=AWAY)


@pytest.fixture
def window(bench: Bench) -> MainWindow:
    return bench.window


@pytest.fixture
def clock(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The one number in it is the time; pauses are counted by it."""
    at = [100.0]
    again = window.page._again
    monkeypatch.setattr(again, "_now", lambda: at[0])
    monkeypatch.setattr(again, "_by_slot", {})
    return at


def hear(window: MainWindow, *happenings: Happening) -> None:
    for happening in happenings:
        window.hear(happening)
    QCoreApplication.processEvents()


def refused(failure: Failure, pause_s: float | None) -> AtSlot:
    return AtSlot(1, UnitRefused(failure, reading_of(MAC), None, pause_s))


def line(window: MainWindow) -> str:
    return window.page.in_short.line


def band(window: MainWindow) -> str:
    return window.page._band.accessibleName()


def tile(window: MainWindow) -> HealthTile:
    return window.page._health._tiles[Part.CODE_SERVICE]


def tick(window: MainWindow) -> None:
    for counted in window.page._again._by_slot.values():
        counted.tick()


def test_the_pause_that_the_service_wants_runs_down_on_the_band(window: MainWindow, clock: list[float]) -> None:
    hear(window, refused(THROTTLED, 42.0))
    assert band(window) == "Wait. The QR service asked for a pause. It is asked again in 42 s."
    clock[0] += 30.4
    tick(window)
    assert "again in 12 s" in band(window)
    clock[0] += 12
    tick(window)
    assert band(window) == "Wait. The station tries again by itself. F5: now."


def test_it_runs_down_on_the_strip_of_the_other_pages_too(window: MainWindow, clock: list[float]) -> None:
    hear(window, refused(THROTTLED, 42.0))
    window.open_page(Page.PRINTERS)
    clock[0] += 2
    tick(window)
    assert window._strip.words == window.page.in_short


def test_any_long_pause_is_counted_and_a_short_one_is_not(window: MainWindow, clock: list[float]) -> None:
    del clock
    off = PrinterUnreachable("zebra", "192.0.2.17:9100")
    hear(window, refused(off, 160.0))
    assert "tries again by itself in 160 s. F5: now." in band(window)
    hear(window, refused(off, 5.0))
    assert band(window) == "Wait. The station tries again by itself. F5: now."


@pytest.mark.parametrize("goes_on", [AtSlot(1, WaitingForDevice()), AtSlot(1, DeviceRead(reading_of(MAC)))])
def test_nothing_is_counted_any_more_once_it_goes_on(
    window: MainWindow, clock: list[float], goes_on: Happening
) -> None:
    del clock
    hear(window, refused(THROTTLED, 42.0), goes_on)
    assert window.page._again.left_s(1) == 0
    hear(window, refused(AWAY, None))
    assert not any(letter.isdigit() for letter in band(window))


def test_the_services_tile_says_that_it_is_not_encrypted(window: MainWindow) -> None:
    hear(window, READY, POOL)
    assert tile(window)._mark.isVisible()
    assert tile(window).accessibleName() == "QR service: ready: qrcode.example:1800, not encrypted"
    hear(window, replace(POOL, encrypted=True))
    assert not tile(window)._mark.isVisible()
    hear(window, replace(POOL, service=""))
    assert not tile(window)._mark.isVisible()


def test_no_other_tile_has_the_mark(window: MainWindow) -> None:
    hear(window, POOL, HealthSeen(Part.PRINTER, None, "zebra", NOW), HealthSeen(Part.LEDGER, None, "", NOW))
    marked = [part for part, each in window.page._health._tiles.items() if each._mark.isVisible()]
    assert marked == [Part.CODE_SERVICE]


def test_a_service_that_is_away_is_said_with_what_is_in_the_pool(window: MainWindow) -> None:
    hear(window, FAILED, POOL)
    assert "codes in the pool: 963" in tile(window).accessibleName()
    assert "cannot be reached" in tile(window).accessibleName()
    stopped = tile(window)._edge
    assert stopped == TONES[Tone.STOP].ground, "whether the pool is enough was decided before"
    hear(window, replace(POOL, codes=0))
    assert tile(window)._edge == stopped
    assert "codes in the pool" not in tile(window).accessibleName()
    alone = OnPoolAlone("http://qrcode.example:1800", 963)
    hear(window, POOL, replace(READY, warning=alone))
    assert "The QR service is away; 963 codes are in the pool." in tile(window).accessibleName()
    assert tile(window)._edge != stopped


def test_before_a_unit_is_on_the_bench_one_line_says_what_the_order_misses(window: MainWindow) -> None:
    hear(window, AtSlot(1, WaitingForDevice()), POOL)
    assert window.page._message._do.text() == "Devices without a code: 37 of 1,000. Codes page: Ctrl+5."
    assert "37 of 1,000" in window.page._message.accessibleName()
    hear(window, AtSlot(1, DeviceRead(reading_of(MAC))))
    assert window.page._message._do.text() == ""


def test_what_is_left_of_the_limit_is_said_when_it_is_little(window: MainWindow) -> None:
    hear(window, AtSlot(1, WaitingForDevice()), replace(POOL, wanted=0, missing=0, left=3))
    assert window.page._message._do.text() == "Devices that may still register: 3 of 2,000."


def test_a_failure_is_never_covered_by_what_the_pool_misses(window: MainWindow) -> None:
    hear(window, POOL, refused(AWAY, None))
    assert "37 of 1,000" not in window.page._message.accessibleName()
