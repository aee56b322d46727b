"""What only a TCP connection does: closing in order, and resets in both directions."""

import contextlib
import socket
import sys
from collections.abc import Iterator

import pytest

from gizqr_station.domain.printer import Patience
from gizqr_station.domain.printer_failures import PrinterUnreachable
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.links.link import End, LinkLost, NotConnected
from gizqr_station.printing.links.tcp import TcpConnector
from gizqr_station.printing.links.wired import WiredLink
from tests.printing.links.other_ends import TcpEnd, tcp_end
from tests.printing.scripted_printer import closed_port

PATIENT = Patience(stall_s=10.0, total_s=20.0)


@pytest.fixture
def end() -> Iterator[TcpEnd]:
    with tcp_end() as other_end:
        yield other_end


@pytest.fixture
def link(end: TcpEnd) -> Iterator[WiredLink]:
    opened = end.connector().open(Stop())
    end.meet()
    yield opened
    opened.close()


def never(_: bytes) -> bool:
    return False


def test_no_connection_names_printer_and_address() -> None:
    port = closed_port()
    with pytest.raises(NotConnected) as refused:
        TcpConnector("bench", "127.0.0.1", port, connect_s=1.0).open(Stop())
    assert isinstance(refused.value.failure, PrinterUnreachable)
    assert refused.value.failure.values() == {"printer": "bench", "address": f"127.0.0.1:{port}"}


def test_a_printer_that_closes_in_order_has_taken_the_label(end: TcpEnd, link: WiredLink) -> None:
    assert link.deliver(b"label", PATIENT, Stop()).end is End.TAKEN
    assert end.read(5) == b"label"
    end.connection.close()
    assert link.finish(5.0, Stop()) is End.TAKEN


def test_the_printer_is_told_that_nothing_more_comes(end: TcpEnd, link: WiredLink) -> None:
    link.deliver(b"label", PATIENT, Stop())
    end.read(5)
    assert link.finish(0.0, Stop()) is End.TAKEN
    assert end.connection.recv(1) == b""


def test_an_answer_before_an_orderly_close_is_an_answer_and_then_the_link_is_lost(end: TcpEnd, link: WiredLink) -> None:
    end.write(b"half")
    end.connection.close()
    assert link.ask(b"", lambda heard: heard == b"half", 5.0, Stop()) == b"half"
    with pytest.raises(LinkLost):
        link.ask(b"", never, 5.0, Stop())


def test_half_an_answer_before_an_orderly_close_is_not_waited_for(end: TcpEnd, link: WiredLink) -> None:
    end.write(b"half")
    end.connection.close()
    assert link.ask(b"", never, 60.0, Stop()) == b"half"


def test_a_reset_while_asking_makes_the_finish_lost(end: TcpEnd, link: WiredLink) -> None:
    link.deliver(b"label", PATIENT, Stop())
    end.vanish()
    with pytest.raises(LinkLost):
        link.ask(b"~HS", never, 5.0, Stop())
    assert link.finish(0.0, Stop()) is End.LOST


def test_a_question_that_was_not_taken_does_not_reach_the_printer_later(end: TcpEnd) -> None:
    link = end.connector().open(Stop())
    end.meet()
    filled = _fill(link)
    assert link.ask(b"~HS", never, 0.05, Stop()) == b""
    link.close()
    with contextlib.suppress(ConnectionResetError):
        received = end.read(filled + 100)
        assert not received.endswith(b"~HS")


def _fill(link: WiredLink) -> int:
    """Until nothing more is taken, without the reset that a delivery would end in."""
    connection = link._wire._connection  # type: ignore[attr-defined]
    filled = 0
    assert isinstance(connection, socket.socket)
    with contextlib.suppress(BlockingIOError):
        while True:
            filled += connection.send(b"x" * 1000)
    return filled


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells which came first")
def test_a_question_to_a_printer_that_had_closed_in_order_does_not_make_a_broken_label_of_it(
    end: TcpEnd, link: WiredLink
) -> None:  # fmt: skip
    assert link.deliver(b"label", PATIENT, Stop()).end is End.TAKEN
    assert end.read(5) == b"label"
    end.connection.close()
    # On the loopback address the answer to it, a reset, is there at once.
    assert link._wire.push(b"~HS") == 3
    with pytest.raises(LinkLost):
        link.ask(b"", never, 5.0, Stop())
    assert link.finish(0.0, Stop()) is End.TAKEN
