"""What is known after each way in which a printer can break off, stall, or be left."""

import contextlib
import errno
import socket
import sys
import threading

import pytest

from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.printer import Patience
from gizqr_station.domain.printer_failures import PrinterConnectionLost, PrinterStalled
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.links.link import Delivery, End
from gizqr_station.printing.links.tcp import TcpWire
from gizqr_station.printing.links.wired import WiredLink
from tests.printing.scripted_printer import (
    LARGE,
    LARGE_ZPL,
    SMALL,
    SMALL_ZPL,
    printer_at,
    read,
    read_all,
    reset,
    serving,
)


@pytest.mark.parametrize("count", [1, 100, len(SMALL_ZPL) - 1, len(SMALL_ZPL)])
def test_a_reset_after_some_bytes_leaves_the_outcome_unknown(count: int) -> None:
    def break_off(connection: socket.socket) -> None:
        read(connection, count)
        reset(connection)

    with serving(break_off) as port:
        report = printer_at(port).print_label("17", SMALL, Stop())
    assert report.outcome is PrintOutcome.UNKNOWN
    assert isinstance(report.failure, PrinterConnectionLost)
    assert report.failure.total == len(SMALL_ZPL)
    assert report.bytes_sent > 0


@pytest.mark.parametrize("count", [1, 50_000])
def test_a_reset_in_mid_label_leaves_the_outcome_unknown(count: int) -> None:
    def break_off(connection: socket.socket) -> None:
        read(connection, count)
        reset(connection)

    with serving(break_off, receive_buffer=4096) as port:
        report = printer_at(port, dpi=600).print_label("17", LARGE, Stop())
    assert report.outcome is PrintOutcome.UNKNOWN
    assert isinstance(report.failure, PrinterConnectionLost)
    assert count <= report.bytes_sent < len(LARGE_ZPL)


def test_a_close_in_mid_label_leaves_the_outcome_unknown() -> None:
    with serving(lambda connection: read(connection, 1000), receive_buffer=4096) as port:
        report = printer_at(port, dpi=600).print_label("17", LARGE, Stop())
    assert report.outcome is PrintOutcome.UNKNOWN


def test_a_reset_after_the_last_byte_leaves_the_outcome_unknown() -> None:
    def take_all_and_die(connection: socket.socket) -> None:
        read_all(connection)
        reset(connection)

    with serving(take_all_and_die) as port:
        report = printer_at(port).print_label("17", SMALL, Stop())
    assert report.outcome is PrintOutcome.UNKNOWN
    assert isinstance(report.failure, PrinterConnectionLost)
    assert report.failure.sent == report.failure.total == len(SMALL_ZPL)


def test_a_stall_leaves_the_outcome_unknown_and_nothing_trickles_out_afterwards() -> None:
    go_on = threading.Event()
    received: list[bytes | str] = []

    def stall(connection: socket.socket) -> None:
        first = read(connection, 1000)
        go_on.wait(10)
        try:
            received.append(first + read_all(connection))
        except ConnectionResetError:
            received.append("reset")

    with serving(stall, receive_buffer=4096) as port:
        report = printer_at(port, dpi=600, stall_s=0.4).print_label("17", LARGE, Stop())
        go_on.set()
    assert report.outcome is PrintOutcome.UNKNOWN
    assert isinstance(report.failure, PrinterStalled)
    assert 0 < report.failure.sent < report.failure.total == len(LARGE_ZPL)
    assert report.failure.seconds == 0.4
    assert received == ["reset"]


def test_a_label_that_takes_too_long_in_all_is_given_up() -> None:
    ended = threading.Event()

    def drip(connection: socket.socket) -> None:
        while not ended.wait(0.02):
            try:
                if not connection.recv(500):
                    return
            except ConnectionResetError:
                return

    with serving(drip, receive_buffer=4096) as port:
        report = printer_at(port, dpi=600, stall_s=5, total_s=0.5).print_label("17", LARGE, Stop())
        ended.set()
    assert report.outcome is PrintOutcome.UNKNOWN
    assert isinstance(report.failure, PrinterStalled)
    assert report.failure.seconds == 0.5


def test_a_stop_in_mid_label_leaves_the_outcome_unknown() -> None:
    stop, ended = Stop(), threading.Event()

    def hold(connection: socket.socket) -> None:
        read(connection, 1000)
        stop.set()
        ended.wait(10)

    with serving(hold, receive_buffer=4096) as port:
        report = printer_at(port, dpi=600).print_label("17", LARGE, stop)
        ended.set()
    assert report.outcome is PrintOutcome.UNKNOWN
    assert isinstance(report.failure, PrinterConnectionLost)


def test_a_stop_before_the_first_byte_refuses() -> None:
    stop = Stop()
    stop.set()
    received: list[bytes] = []
    with serving(lambda connection: received.append(read_all(connection))) as port:
        report = printer_at(port).print_label("17", SMALL, stop)
    assert (report.outcome, report.bytes_sent) == (PrintOutcome.REFUSED, 0)
    assert b"".join(received) == b""


class _StopAfterConnecting(Stop):
    """Not yet asked while the connection is opened, and asked before the first byte."""

    @property
    def asked(self) -> bool:
        return True


def test_a_stop_between_connecting_and_the_first_byte_refuses() -> None:
    received: list[bytes] = []

    def listen(connection: socket.socket) -> None:
        with contextlib.suppress(ConnectionResetError):
            received.append(read_all(connection))

    with serving(listen) as port:
        report = printer_at(port).print_label("17", SMALL, _StopAfterConnecting())
    assert (report.outcome, report.bytes_sent) == (PrintOutcome.REFUSED, 0)
    assert b"".join(received) == b""


def test_a_stop_after_the_last_byte_does_not_take_the_label_back() -> None:
    stop, ended = Stop(), threading.Event()
    let_go: list[bool] = []

    def hold(connection: socket.socket) -> None:
        read(connection, len(SMALL_ZPL))
        stop.set()
        let_go.append(ended.wait(20))

    with serving(hold) as port:
        report = printer_at(port, settle_s=30).print_label("17", SMALL, stop)
        ended.set()
    assert report.outcome is PrintOutcome.ACCEPTED
    assert let_go == [True]


class _BrokenForOptions(socket.socket):
    """A connection that takes no option any more, as on systems where it is invalid after a reset."""

    def setsockopt(self, *_: object) -> None:
        raise OSError(errno.EINVAL, "invalid")


def test_a_connection_that_takes_no_option_any_more_is_lost_and_closed_all_the_same() -> None:
    one, theirs = socket.socketpair()
    ours = _BrokenForOptions(fileno=one.detach())
    ours.setblocking(False)
    theirs.close()
    assert WiredLink(TcpWire(ours)).deliver(SMALL_ZPL, Patience(stall_s=5, total_s=5), Stop()).end is End.LOST
    assert ours.fileno() == -1


class _StopAtTheLastByte(Stop):
    """Asks to stop at the second look, just when the other side has read everything."""

    def __init__(self, other_side: socket.socket) -> None:
        super().__init__()
        self._other_side = other_side
        self._looks = 0

    @property
    def asked(self) -> bool:
        self._looks += 1
        if self._looks == 2:
            read(self._other_side, len(SMALL_ZPL))
        return self._looks > 1


@pytest.mark.skipif(sys.platform != "linux", reason="the system does not tell what the other side took")
def test_a_stop_that_finds_everything_taken_is_no_break() -> None:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    link = WiredLink(TcpWire(ours))
    with theirs:
        delivery = link.deliver(SMALL_ZPL, Patience(stall_s=5, total_s=5), _StopAtTheLastByte(theirs))
        link.close()
    assert delivery == Delivery(End.TAKEN, len(SMALL_ZPL), len(SMALL_ZPL))
