"""A label that is taken, a connection that does not come about, and the probe."""

import errno
import socket
import threading
import time
from contextlib import closing

import pytest

from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.printer_failures import PrinterUnreachable
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.printing.tcp_printer import TcpZplPrinter
from gizqr_station.printing.tcp_wire import NotConnected, connect
from tests.printing.scripted_printer import (
    LARGE,
    LARGE_ZPL,
    SMALL,
    SMALL_ZPL,
    closed_port,
    printer_at,
    read,
    read_all,
    serving,
)


def test_name_and_resolution_are_those_given() -> None:
    printer = printer_at(9100)
    assert (printer.name, printer.dpi) == ("bench", 203)


def test_a_label_that_was_taken_in_order_is_accepted() -> None:
    received: list[bytes] = []
    with serving(lambda connection: received.append(read_all(connection))) as port:
        report = printer_at(port).print_label("17", SMALL, Stop())
    assert (report.outcome, report.bytes_sent, report.failure) == (PrintOutcome.ACCEPTED, len(SMALL_ZPL), None)
    assert received == [SMALL_ZPL]


def test_a_slow_printer_is_waited_for() -> None:
    received: list[bytes] = []

    def slowly(connection: socket.socket) -> None:
        parts = []
        while part := connection.recv(4096):
            parts.append(part)
            if len(parts) % 20 == 0:
                time.sleep(0.002)
        received.append(b"".join(parts))

    with serving(slowly, receive_buffer=4096) as port:
        report = printer_at(port).print_label("17", LARGE, Stop())
    assert report.outcome is PrintOutcome.ACCEPTED
    assert received == [LARGE_ZPL]


def test_a_printer_that_never_closes_has_accepted_all_the_same() -> None:
    done = threading.Event()

    def hold(connection: socket.socket) -> None:
        read(connection, len(SMALL_ZPL))
        done.wait(10)

    with serving(hold) as port:
        report = printer_at(port, settle_s=0.2).print_label("17", SMALL, Stop())
        done.set()
    assert (report.outcome, report.failure) == (PrintOutcome.ACCEPTED, None)


def test_a_printer_that_talks_back_is_listened_to() -> None:
    def talk(connection: socket.socket) -> None:
        for _ in range(20):
            connection.sendall(b"\x02ready\x03" * 100)
        read_all(connection)
        connection.sendall(b"\x02printed\x03")

    with serving(talk) as port:
        assert printer_at(port).print_label("17", SMALL, Stop()).outcome is PrintOutcome.ACCEPTED


def test_a_shut_port_refuses_and_nothing_was_sent() -> None:
    port = closed_port()
    report = printer_at(port).print_label("17", SMALL, Stop())
    assert (report.outcome, report.bytes_sent) == (PrintOutcome.REFUSED, 0)
    assert isinstance(report.failure, PrinterUnreachable)
    assert report.failure.values() == {"printer": "bench", "address": f"127.0.0.1:{port}"}


def test_a_connection_that_does_not_come_about_in_time_refuses() -> None:
    # A door with a full queue: further connections are neither taken nor refused.
    with closing(socket.socket()) as door:
        door.bind(("127.0.0.1", 0))
        door.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(door.getsockname())
        report = printer_at(door.getsockname()[1], connect_timeout_s=0.3).print_label("17", SMALL, Stop())
        for one in waiting:
            one.close()
    assert report.outcome is PrintOutcome.REFUSED
    assert isinstance(report.failure, PrinterUnreachable)


def test_a_host_name_is_looked_up() -> None:
    with serving(read_all) as port:
        printer = TcpZplPrinter("bench", "localhost", port, dpi=203)
        assert printer.print_label("17", SMALL, Stop()).outcome is PrintOutcome.ACCEPTED


def test_a_host_that_nobody_knows_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    report = TcpZplPrinter("bench", "printer-7", dpi=203).print_label("17", SMALL, Stop())
    assert (report.outcome, type(report.failure)) == (PrintOutcome.REFUSED, PrinterUnreachable)


class _WithoutIPv6(socket.socket):
    """What a system hands out that has no IPv6."""

    def __init__(
        self, family: int = socket.AF_INET, kind: int = -1, protocol: int = -1, fileno: int | None = None
    ) -> None:
        if family == socket.AF_INET6:
            raise OSError(errno.EAFNOSUPPORT, "no such family of addresses")
        super().__init__(family, kind, protocol, fileno)


def _addresses_of_both_families(*_: object, **__: object) -> list[tuple[object, ...]]:
    return [
        (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("::1", 0, 0, 0)),
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 0)),
    ]


def test_an_address_of_a_family_that_the_system_lacks_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(read_all) as port:
        monkeypatch.setattr(socket, "getaddrinfo", _addresses_of_both_families)
        monkeypatch.setattr(socket, "socket", _WithoutIPv6)
        report = TcpZplPrinter("bench", "printer-7", port, dpi=203).print_label("17", SMALL, Stop())
    assert report.outcome is PrintOutcome.ACCEPTED


def test_a_system_without_the_only_family_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", _WithoutIPv6)
    report = TcpZplPrinter("bench", "::1", dpi=203).print_label("17", SMALL, Stop())
    assert (report.outcome, type(report.failure)) == (PrintOutcome.REFUSED, PrinterUnreachable)


@pytest.mark.parametrize("host", ["printer..7", "x" * 64])
def test_a_host_that_cannot_be_a_name_refuses_at_once(host: str) -> None:
    with pytest.raises(NotConnected, match="idna"):
        connect(host, 9100, 30, Stop())


def test_a_name_service_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = threading.Event()
    waited: list[bool] = []

    def silent(*_: object, **__: object) -> list[object]:
        waited.append(answer.wait(10))
        return []

    monkeypatch.setattr(socket, "getaddrinfo", silent)
    printer = TcpZplPrinter("bench", "printer-7", dpi=203, connect_timeout_s=0.2)
    assert printer.print_label("17", SMALL, Stop()).outcome is PrintOutcome.REFUSED
    assert waited == []
    answer.set()


def test_the_probe_sends_nothing() -> None:
    received: list[bytes] = []
    with serving(lambda connection: received.append(read_all(connection))) as port:
        printer = printer_at(port)
        assert printer.reachable(Stop()) is None
        assert printer.reachable(Stop()) is None
        while len(received) < 2:
            time.sleep(0.01)
    assert received == [b"", b""]


def test_the_probe_says_why_there_is_no_connection_and_heeds_stop() -> None:
    printer = printer_at(closed_port())
    assert isinstance(printer.reachable(Stop()), PrinterUnreachable)
    stop = Stop()
    stop.set()
    with pytest.raises(Stopped):
        printer.reachable(stop)


def test_the_probe_keeps_away_while_a_label_is_on_its_way() -> None:
    connections: list[bytes] = []
    begun, go_on = threading.Event(), threading.Event()

    def hold(connection: socket.socket) -> None:
        first = read(connection, 1)
        begun.set()
        go_on.wait(10)
        connections.append(first + read_all(connection))

    with serving(hold) as port:
        printer = printer_at(port)
        lane = threading.Thread(target=printer.print_label, args=("17", SMALL, Stop()))
        lane.start()
        assert begun.wait(10)
        assert printer.reachable(Stop()) is None
        go_on.set()
        lane.join(timeout=10)
    assert connections == [SMALL_ZPL]


def test_a_job_name_that_is_none_sends_nothing() -> None:
    received: list[bytes] = []
    with (
        serving(lambda connection: received.append(read_all(connection))) as port,
        pytest.raises(ValueError, match="job name"),
    ):
        printer_at(port).print_label("^XZ", SMALL, Stop())
    assert received == []
