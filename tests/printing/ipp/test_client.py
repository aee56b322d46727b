"""A call always ends, and says how much of it may have got out."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from gizqr_station.domain.stop import Stop
from gizqr_station.printing.ipp.client import (
    CallFailed,
    CallGarbled,
    CallLost,
    CallRejected,
    CallSlow,
    CallStopped,
    IppClient,
    Limits,
    NotReached,
)
from gizqr_station.printing.ipp.messages import Answer, Operation
from gizqr_station.printing.ipp.server import Server
from tests.printing.ipp.fake_ipp import FakeIpp, answer, fake_ipp, http
from tests.printing.ipp.inline import InThread
from tests.printing.ipp.programs import free_port, until

_SECONDS = Limits(5, 5, 5)
_DOCUMENT = bytes(12_000_000)


@pytest.fixture
def fake() -> Iterator[FakeIpp]:
    with fake_ipp() as printer:
        yield printer


def ask(port: int, limits: Limits = _SECONDS, stop: Stop | None = None, document: bytes = b"") -> Answer:
    client = IppClient(Server("127.0.0.1", port))
    return client.ask(Operation.PRINT_JOB, "/ipp/print", (), limits, stop or Stop(), document=document)


def failed(port: int, limits: Limits = _SECONDS, stop: Stop | None = None, document: bytes = b"") -> CallFailed:
    with pytest.raises(CallFailed) as raised:
        ask(port, limits, stop, document)
    return raised.value


def test_no_connection_means_not_a_byte_out() -> None:
    trouble = failed(free_port())
    assert isinstance(trouble, NotReached)
    assert trouble.handed == 0


def test_a_name_that_nobody_has_is_not_reached() -> None:
    with pytest.raises(NotReached):
        IppClient(Server("printer.invalid")).ask(Operation.GET_PRINTER_ATTRIBUTES, "/", (), _SECONDS, Stop())


def test_a_drip_is_ended_by_the_time_for_the_whole_call(fake: FakeIpp) -> None:
    ended = threading.Event()

    def drips(_: int, __: bytes, connection: socket.socket) -> bytes:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nContent-Length: 1000\r\n\r\n")
        with contextlib.suppress(OSError):
            while not ended.wait(0.02):
                connection.sendall(b"\x00")
        return b""

    fake.instead = drips
    trouble = failed(fake.port, Limits(1, 1, 0.5))
    ended.set()
    assert isinstance(trouble, CallSlow)
    assert trouble.handed > 0


def test_stop_is_seen_while_a_printer_takes_no_byte() -> None:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        stop = Stop()
        with InThread(lambda: failed(door.getsockname()[1], Limits(30, 30, 30), stop, _DOCUMENT)) as calling:
            connection, _ = door.accept()
            connection.recv(1000)
            stop.set()
            until(lambda: calling.done, "the end", 5)
        with connection:
            connection.settimeout(5)
            came = 1000
            with contextlib.suppress(ConnectionError):
                while data := connection.recv(1 << 20):
                    came += len(data)
    assert isinstance(calling.result, CallStopped)
    assert 0 < calling.result.handed < len(_DOCUMENT)
    assert came <= calling.result.handed + 1000  # and the head of the HTTP request


def test_a_connection_that_comes_about_after_everybody_left_carries_nothing() -> None:
    with socket.socket() as door, contextlib.ExitStack() as waiting:
        door.bind(("127.0.0.1", 0))
        door.listen(0)
        port = door.getsockname()[1]
        for _ in range(2):  # the system keeps no more than these for a program that does not accept
            other = waiting.enter_context(socket.socket())
            other.setblocking(False)
            other.connect_ex(("127.0.0.1", port))
        stop = Stop()
        with InThread(lambda: failed(port, Limits(30, 30, 30), stop, b"label")) as calling:
            calling.wait(0.3)
            stop.set()
            until(lambda: calling.done, "the end", 5)
        assert isinstance(calling.result, CallStopped)
        assert calling.result.handed == 0
        door.settimeout(0.1)
        came = b""
        ends = time.monotonic() + 10
        while time.monotonic() < ends and any(thread.name.startswith("ipp ") for thread in threading.enumerate()):
            with contextlib.suppress(TimeoutError):
                connection, _ = door.accept()
                with connection:
                    connection.settimeout(0.3)
                    with contextlib.suppress(OSError):
                        came += connection.recv(65536)
        assert came == b""


def test_a_reset_is_a_lost_connection(fake: FakeIpp) -> None:
    fake.instead = lambda *_: b""
    assert isinstance(failed(fake.port), CallLost)


def test_a_rejected_call_is_told_from_a_garbled_one(fake: FakeIpp) -> None:
    fake.instead = lambda *_: http(b"", "403 Forbidden")
    assert isinstance(failed(fake.port), CallRejected)
    fake.instead = lambda *_: http(b"", "408 Request Timeout")
    assert isinstance(failed(fake.port), CallGarbled)
    fake.instead = lambda *_: http(b"", "503 Later")
    assert isinstance(failed(fake.port), CallGarbled)
    fake.instead = lambda _, body, __: http(answer(body, 0)[:-1])
    assert isinstance(failed(fake.port), CallGarbled)
    fake.instead = lambda *_: http(answer(b"\x02\x00\x00\x02\x00\x00\x77\x77", 0))
    assert isinstance(failed(fake.port), CallGarbled)


def test_a_redirect_is_not_followed(fake: FakeIpp) -> None:
    elsewhere = f"Location: http://127.0.0.1:{fake.port}/other\r\n"
    asked: list[bytes] = []

    def redirects(_: int, body: bytes, __: socket.socket) -> bytes:
        asked.append(body)
        return http(b"", "307 Temporary Redirect", elsewhere)

    fake.instead = redirects
    assert isinstance(failed(fake.port), CallRejected)
    assert len(asked) == 1


def test_a_document_goes_right_behind_its_attributes(fake: FakeIpp) -> None:
    assert ask(fake.port, document=b"^XA^XZ").ok
    assert fake.documents == [b"^XA^XZ"]
