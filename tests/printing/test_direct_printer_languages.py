"""The driver in the other languages that are answered, over a terminal's two ends, with the shipped encoders."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Protocol

import pytest

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.printer import Language, Media, Patience, PrinterConfig, Sensing
from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.domain.printer_failures import (
    CoverOpen,
    MediaLow,
    MediaOut,
    PrinterPaused,
    PrinterSilent,
    PrintUnconfirmed,
)
from gizqr_station.domain.printer_setup_failures import MediaDiffers
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.joining import printer_for
from gizqr_station.workflows.ports import Printer
from tests.labels.samples import MAC_FIELDS, PAINTER
from tests.printing.dialogues.test_brother import COMPLETED, PRINTING, RECEIVING, status
from tests.printing.links.other_ends import PtyEnd, pty_end, serial_connector

LABELS = {dpi: PAINTER.paint("25x25", dpi, MAC_FIELDS) for dpi in (203, 300)}
PATIENCE = Patience(connect_s=1.0, stall_s=5.0, total_s=10.0, confirm_s=1.0)


class Behind(Protocol):
    """What thinks behind the terminal."""

    def hear(self, data: bytes) -> bytes: ...


@contextmanager
def behind(end: PtyEnd, mind: Behind) -> Iterator[None]:
    ended = threading.Event()

    def serve() -> None:
        while not ended.is_set():
            data = end.read_now()
            said = mind.hear(data)
            if said:
                end.write(said)
            if not data:
                ended.wait(0.002)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(10)


@contextmanager
def printer_behind(mind: Behind, kind: str, language: Language, **changes: object) -> Iterator[Printer]:
    with pty_end(serial_connector) as end, behind(end, mind):
        address = PrinterAddress.parse({"usb": f"usb:{end.path}", "serial": f"serial:{end.path}?baud=115200"}[kind])
        config = PrinterConfig("bench", address, language, patience=PATIENCE)
        yield printer_for(replace(config, **changes))  # type: ignore[arg-type]


class Tsc:
    """Prints for as many questions as it is told, then is ready."""

    def __init__(self) -> None:
        self.state, self.prints_for, self.fault = 0x00, 3, 0
        self.labels = 0
        self.silent = False
        self._left = 0
        self._buffer = b""

    def hear(self, data: bytes) -> bytes:
        self._buffer += data
        said = b""
        while True:
            at = {token: self._buffer.find(token) for token in (b"\x1b!?", b"PRINT 1,1\r\n")}
            found = [(where, token) for token, where in at.items() if where >= 0]
            if not found:
                return b"" if self.silent else said
            where, token = min(found)
            self._buffer = self._buffer[where + len(token) :]
            if token == b"\x1b!?":
                said += bytes([0x20 if self._left else self.state])
                self._left = max(0, self._left - 1)
            else:
                self.labels += 1
                self._left, self.state = self.prints_for, self.fault


class Epson:
    """Answers in its turn when the label is out."""

    def __init__(self) -> None:
        self.states = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}
        self.answers_in_turn = True
        self.on_label: Callable[[], None] = lambda: None
        self.labels = 0
        self._buffer = b""

    def hear(self, data: bytes) -> bytes:
        self._buffer += data
        said = b""
        while self._buffer:
            if self._buffer[:2] == b"\x10\x04" and len(self._buffer) >= 3:
                said += bytes([self.states[self._buffer[2]]])
                self._buffer = self._buffer[3:]
            elif b"\x1dr\x01" in self._buffer:
                self._buffer = self._buffer.split(b"\x1dr\x01", 1)[1]
                self.labels += 1
                self.on_label()
                said += b"\x00" if self.answers_in_turn else b""
            else:
                break
        return said


class Ql:
    """Says by itself that it prints and has printed."""

    def __init__(self) -> None:
        self.reply = status(media=(62, 0))
        self.by_itself = PRINTING + COMPLETED + RECEIVING
        self.labels = 0
        self._buffer = b""

    def hear(self, data: bytes) -> bytes:
        self._buffer += data
        if self._buffer.endswith(b"\x1biS"):
            self._buffer = b""
            return self.reply
        if b"\x1biz" in self._buffer and self._buffer.endswith(b"\x1a"):
            self._buffer = b""
            self.labels += 1
            return self.by_itself
        return b""


def printed(printer: Printer, image: LabelImage) -> tuple[PrintOutcome, type[Failure] | None]:
    report = printer.print_label("17", image, Stop())
    return report.outcome, None if report.failure is None else type(report.failure)


KINDS = pytest.mark.parametrize("kind", ["usb", "serial"])


@KINDS
def test_tspl_printing_and_then_ready_is_confirmed(kind: str) -> None:
    tsc = Tsc()
    with printer_behind(tsc, kind, Language.TSPL) as printer:
        assert printed(printer, LABELS[203]) == (PrintOutcome.CONFIRMED, None)
        assert printer.status(Stop()).told
    assert tsc.labels == 1


def test_tspl_faults_before_and_after() -> None:
    tsc = Tsc()
    with printer_behind(tsc, "usb", Language.TSPL) as printer:
        tsc.state = 0x10
        assert printed(printer, LABELS[203]) == (PrintOutcome.REFUSED, PrinterPaused)
        tsc.state, tsc.fault = 0x00, 0x04
        assert printed(printer, LABELS[203]) == (PrintOutcome.UNKNOWN, MediaOut)
        assert printed(printer, LABELS[203]) == (PrintOutcome.REFUSED, MediaOut)
        tsc.silent = True
        assert printed(printer, LABELS[203]) == (PrintOutcome.REFUSED, PrinterSilent)
    assert tsc.labels == 1


def test_tspl_that_is_never_seen_printing_is_only_accepted() -> None:
    tsc = Tsc()
    tsc.prints_for = 0
    with printer_behind(tsc, "usb", Language.TSPL) as printer:
        assert printed(printer, LABELS[203]) == (PrintOutcome.ACCEPTED, None)


@KINDS
def test_escpos_answered_in_turn_is_confirmed(kind: str) -> None:
    epson = Epson()
    with printer_behind(epson, kind, Language.ESCPOS) as printer:
        assert printed(printer, LABELS[203]) == (PrintOutcome.CONFIRMED, None)
        epson.states[4] = 0x1E
        assert isinstance(printer.status(Stop()).warning, MediaLow)
    assert epson.labels == 1


def test_escpos_faults_before_and_after() -> None:
    epson = Epson()
    with printer_behind(epson, "usb", Language.ESCPOS) as printer:
        epson.states[2] = 0x16
        assert printed(printer, LABELS[203]) == (PrintOutcome.REFUSED, CoverOpen)
        epson.states[2] = 0x12

        def end_of_paper() -> None:
            epson.answers_in_turn = False
            epson.states[2], epson.states[4] = 0x32, 0x72

        epson.on_label = end_of_paper
        assert printed(printer, LABELS[203]) == (PrintOutcome.UNKNOWN, MediaOut)
        assert printed(printer, LABELS[203]) == (PrintOutcome.REFUSED, MediaOut)
    assert epson.labels == 1


def brother(mind: Ql, *, media: Media | None = None) -> contextlib.AbstractContextManager[Printer]:
    endless = media or Media(62, 25, Sensing.CONTINUOUS)
    return printer_behind(mind, "usb", Language.BROTHER, dpi=300, model="QL-820NWB", media=endless)


def test_brother_that_says_completed_is_confirmed() -> None:
    ql = Ql()
    with brother(ql) as printer:
        assert printed(printer, LABELS[300]) == (PrintOutcome.CONFIRMED, None)
    assert ql.labels == 1


def test_brother_faults_before_and_after() -> None:
    ql = Ql()
    with brother(ql) as printer:
        ql.reply = status(media=(29, 90))
        assert printed(printer, LABELS[300]) == (PrintOutcome.REFUSED, MediaDiffers)
        assert isinstance(printer.status(Stop()).failure, MediaDiffers)
        ql.reply = status(media=(62, 0))
        ql.by_itself = PRINTING + status(2, errors=(0x02, 0))
        assert printed(printer, LABELS[300]) == (PrintOutcome.UNKNOWN, MediaOut)
        ql.by_itself = PRINTING
        assert printed(printer, LABELS[300]) == (PrintOutcome.UNKNOWN, PrintUnconfirmed)
    assert ql.labels == 2
