"""A search looks everywhere, says each printer once, and ends."""

import logging
import threading
import time

import pytest

from gizqr_station.domain.printer import FoundPrinter
from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.printing.finding.finder import Finder
from gizqr_station.printing.finding.source import Found, Source


def printer(address: str, says: str = "") -> FoundPrinter:
    return FoundPrinter(PrinterAddress.parse(address), says)


def source_of(*printers: FoundPrinter) -> Source:
    def look(found: Found, stop: Stop) -> None:
        for one in printers:
            found(one)

    return Source("fake", look)


def broken(found: Found, stop: Stop) -> None:
    raise RuntimeError("a library's bug")


def waits_for_stop(found: Found, stop: Stop) -> None:
    stop.sleep(60)


def found_by(finder: Finder) -> list[str]:
    heard: list[FoundPrinter] = []
    finder.find(heard.append, Stop())
    return sorted(str(one.address) for one in heard)


def test_what_all_places_have_is_reported() -> None:
    finder = Finder([source_of(printer("cups:a")), source_of(printer("tcp://h"), printer("usb:/dev/usb/lp0"))])
    assert found_by(finder) == ["cups:a", "tcp://h:9100", "usb:/dev/usb/lp0"]


def test_a_printer_that_two_places_have_is_reported_once() -> None:
    assert found_by(Finder([source_of(printer("tcp://h")), source_of(printer("tcp://h:9100"))])) == ["tcp://h:9100"]


def test_a_place_that_breaks_hides_nothing_of_the_others(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        assert found_by(Finder([Source("bad", broken), source_of(printer("cups:a"))])) == ["cups:a"]
    assert "(bad) broke off" in caplog.text


def test_nowhere_to_look_is_an_end_too() -> None:
    assert found_by(Finder([])) == []


def test_a_place_that_does_not_end_is_left_alone_and_told_to_stop() -> None:
    ended = threading.Event()

    def slow(found: Found, stop: Stop) -> None:
        try:
            stop.sleep(60)
        finally:
            ended.set()

    assert found_by(Finder([Source("slow", slow), source_of(printer("cups:a"))], search_s=0.1)) == ["cups:a"]
    assert ended.wait(10)


def test_what_comes_after_the_end_is_not_reported() -> None:
    go, told = threading.Event(), threading.Event()

    def late(found: Found, stop: Stop) -> None:
        # A system call that nothing can end.
        go.wait(10)
        found(printer("cups:late"))
        told.set()

    heard: list[FoundPrinter] = []
    Finder([Source("late", late)], search_s=0.05).find(heard.append, Stop())
    go.set()
    assert told.wait(10)
    assert heard == []


def test_whoever_searches_can_be_stopped() -> None:
    stop, begun = Stop(), threading.Event()

    def looks(found: Found, over: Stop) -> None:
        begun.set()
        waits_for_stop(found, over)

    def ask() -> None:
        begun.wait(10)
        stop.set()

    asking = threading.Thread(target=ask)
    asking.start()
    before = time.monotonic()
    with pytest.raises(Stopped):
        Finder([Source("slow", looks)], search_s=60).find(lambda _: None, stop)
    asking.join()
    assert time.monotonic() - before < 30


def test_reports_come_one_after_the_other() -> None:
    together = threading.Barrier(4)
    hearing, together_heard = threading.Lock(), threading.Event()

    def look(found: Found, stop: Stop) -> None:
        together.wait(10)
        for number in range(10):
            found(printer(f"cups:{threading.get_ident()}-{number}"))

    def hear(_: FoundPrinter) -> None:
        if not hearing.acquire(blocking=False):
            together_heard.set()
            return
        # Long enough for the others to come along, were they let in.
        together_heard.wait(0.002)
        hearing.release()

    Finder([Source(f"{number}", look) for number in range(4)]).find(hear, Stop())
    assert not together_heard.is_set()
