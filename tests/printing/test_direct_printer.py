"""A label that is taken, a connection that does not come about, and the probe."""

import errno
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.print_queue_failures import PrinterUnsuitable
from gizqr_station.domain.printer import Patience
from gizqr_station.domain.printer_failures import PrinterUnreachable
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.printing.direct_printer import DirectPrinter, Pace
from gizqr_station.printing.links.host_names import NameUnknown, addresses
from gizqr_station.printing.links.link import Delivery, End
from tests.printing.scripted_printer import (
    LARGE,
    LARGE_ZPL,
    SMALL,
    SMALL_ZPL,
    closed_port,
    config_at,
    driver,
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
        report = printer_at(port, dpi=600).print_label("17", LARGE, Stop())
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


@contextmanager
def full_door() -> Iterator[int]:
    """A door with a full queue: further connections are neither taken nor refused."""
    with closing(socket.socket()) as door:
        door.bind(("127.0.0.1", 0))
        door.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(door.getsockname())
        yield int(door.getsockname()[1])
        for one in waiting:
            one.close()


def test_a_connection_that_does_not_come_about_in_time_refuses() -> None:
    with full_door() as port:
        report = printer_at(port, connect_s=0.3).print_label("17", SMALL, Stop())
    assert report.outcome is PrintOutcome.REFUSED
    assert isinstance(report.failure, PrinterUnreachable)


def test_a_look_does_not_wait_for_a_connection_as_long_as_a_label_does() -> None:
    with full_door() as port:
        printer = driver(config_at(port, connect_s=60.0), pace=Pace(look_connect_s=0.2))
        began = time.monotonic()
        assert isinstance(printer.status(Stop()).failure, PrinterUnreachable)
        assert time.monotonic() - began < 30


def test_a_host_name_is_looked_up() -> None:
    with serving(read_all) as port:
        printer = printer_at(port, "localhost")
        assert printer.print_label("17", SMALL, Stop()).outcome is PrintOutcome.ACCEPTED


def test_a_host_that_nobody_knows_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    report = printer_at(9100, "printer-7").print_label("17", SMALL, Stop())
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
        report = printer_at(port, "printer-7").print_label("17", SMALL, Stop())
    assert report.outcome is PrintOutcome.ACCEPTED


def test_a_system_without_the_only_family_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", _WithoutIPv6)
    report = printer_at(9100, "[::1]").print_label("17", SMALL, Stop())
    assert (report.outcome, type(report.failure)) == (PrintOutcome.REFUSED, PrinterUnreachable)


@pytest.mark.parametrize("host", ["printer..7", "x" * 64])
def test_a_host_that_cannot_be_a_name_refuses_at_once(host: str) -> None:
    with pytest.raises(NameUnknown, match="idna"):
        addresses(host, 9100, time.monotonic() + 30, Stop())


def test_a_name_service_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = threading.Event()
    waited: list[bool] = []

    def silent(*_: object, **__: object) -> list[object]:
        waited.append(answer.wait(10))
        return []

    monkeypatch.setattr(socket, "getaddrinfo", silent)
    printer = printer_at(9100, "printer-7", connect_s=0.2)
    assert printer.print_label("17", SMALL, Stop()).outcome is PrintOutcome.REFUSED
    assert waited == []
    answer.set()


def test_the_probe_sends_nothing() -> None:
    received: list[bytes] = []
    with serving(lambda connection: received.append(read_all(connection))) as port:
        printer = printer_at(port)
        assert printer.status(Stop()).ready
        assert printer.status(Stop()).ready
        while len(received) < 2:
            time.sleep(0.01)
    assert received == [b"", b""]


def test_the_probe_says_why_there_is_no_connection_and_heeds_stop() -> None:
    printer = printer_at(closed_port())
    assert isinstance(printer.status(Stop()).failure, PrinterUnreachable)
    stop = Stop()
    stop.set()
    with pytest.raises(Stopped):
        printer.status(stop)


def test_the_probe_keeps_away_while_a_label_is_on_its_way() -> None:
    connections: list[bytes] = []
    begun, go_on = threading.Event(), threading.Event()

    def hold(connection: socket.socket) -> None:
        first = read(connection, 1)
        begun.set()
        go_on.wait(10)
        connections.append(first + read_all(connection))

    with serving(hold) as port:
        printer = printer_at(port, settle_s=30)
        lane = threading.Thread(target=printer.print_label, args=("17", SMALL, Stop()))
        lane.start()
        assert begun.wait(10)
        assert printer.status(Stop()).ready
        assert lane.is_alive()
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


class Tiny:
    """The smallest encoder, which looks at nothing."""

    def setup(self) -> bytes:
        return b""

    def label(self, image: LabelImage, job_name: str) -> bytes:
        return b"label"

    def calibration(self) -> bytes | None:
        return None


class OneAtATime:
    """A connector, and its only link, that know how many labels are on their way."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.under_way: list[str] = []
        self.most = 0

    def open(self, stop: Stop) -> "OneAtATime":
        self.under_way.append("label")
        self.most = max(self.most, len(self.under_way))
        self.begun.set()
        return self

    def deliver(self, data: bytes, patience: Patience, stop: Stop) -> Delivery:
        self.go_on.wait(10)
        return Delivery(End.TAKEN, len(data), len(data))

    def ask(self, query: bytes, complete: object, within_s: float, stop: Stop) -> bytes:
        return b""

    def finish(self, settle_s: float, stop: Stop) -> End:
        self.under_way.pop()
        return End.TAKEN

    def close(self) -> None:
        self.under_way.pop()


def test_two_labels_for_one_printer_go_out_one_after_the_other() -> None:
    only = OneAtATime()
    printer = DirectPrinter(config_at(9100), only, Tiny(), None)
    lanes = [threading.Thread(target=printer.print_label, args=("17", SMALL, Stop())) for _ in range(2)]
    for lane in lanes:
        lane.start()
    assert only.begun.wait(10)
    lanes[1].join(0.15)
    only.go_on.set()
    for lane in lanes:
        lane.join(10)
    assert only.most == 1


def test_dots_for_another_head_are_refused_whatever_the_encoder_makes_of_them() -> None:
    only = OneAtATime()
    report = DirectPrinter(config_at(9100), only, Tiny(), None).print_label("17", LARGE, Stop())
    assert (report.outcome, type(report.failure)) == (PrintOutcome.REFUSED, PrinterUnsuitable)
    assert not only.begun.is_set()


def test_waiting_for_another_label_heeds_stop() -> None:
    only, stop = OneAtATime(), Stop()
    printer = DirectPrinter(config_at(9100), only, Tiny(), None)
    lane = threading.Thread(target=printer.print_label, args=("17", SMALL, Stop()))
    lane.start()
    assert only.begun.wait(10)
    timer = threading.Timer(0.1, stop.set)
    timer.start()
    assert printer.print_label("18", SMALL, stop).outcome is PrintOutcome.REFUSED
    only.go_on.set()
    lane.join(10)
    timer.join()
