"""Facts about the way to a service before anything is asked: its name, its addresses, the connection."""

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpcore
import pytest

from gizqr_station.codes.task_client import CallLimits, TaskClient
from gizqr_station.domain.code_failures import NameUnknown, ServiceSlow, ServiceUnreachable
from gizqr_station.domain.stop import Stop, Stopped
from tests.codes.faulty_server import FaultyServer, always, http
from tests.codes.scripted_service import PRODUCT

KEY = "a-very-secret-key"
QUICK = CallLimits(connect_s=1.0, idle_s=0.3, json_total_s=0.6, zip_total_s=0.6)
PATIENT = CallLimits(connect_s=10.0, idle_s=20.0, json_total_s=20.0, zip_total_s=20.0)
EMPTY_LIST = b'{"meta": {"total": 0}, "objects": []}'


@pytest.fixture
def let_go() -> Iterator[threading.Event]:
    """What hangs in a test hangs until this is set, at its end at the latest; no thread that dials outlives it."""
    event = threading.Event()
    yield event
    event.set()
    for thread in threading.enumerate():
        if thread.name == "dial":
            thread.join(5)
            assert not thread.is_alive()


def test_nobody_listening_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(ServiceUnreachable):
        TaskClient(f"http://127.0.0.1:{port}", KEY, PATIENT).list_tasks(PRODUCT, Stop())


def test_a_name_that_nobody_knows_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(NameUnknown, match=r"service\.example"):
        TaskClient("http://service.example", KEY, PATIENT).list_tasks(PRODUCT, Stop())


@pytest.mark.parametrize("host", ["a..example", "a" * 70 + ".example"])
def test_a_name_that_can_be_nobodys_is_unknown(host: str) -> None:
    with pytest.raises(NameUnknown):
        TaskClient(f"http://{host}", KEY, PATIENT).list_tasks(PRODUCT, Stop())


def test_a_resolver_that_hangs_ends_with_the_call(monkeypatch: pytest.MonkeyPatch) -> None:
    let_go = threading.Event()

    def hangs(*_: object, **__: object) -> list[object]:
        let_go.wait(20)
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", hangs)
    try:
        with pytest.raises(ServiceSlow):
            TaskClient("http://service.example", KEY, QUICK).list_tasks(PRODUCT, Stop())
    finally:
        let_go.set()
    for thread in threading.enumerate():
        if thread.name == "dial":
            thread.join(5)
            assert not thread.is_alive()


def test_a_resolver_that_hangs_heeds_the_time_for_connecting(
    monkeypatch: pytest.MonkeyPatch, let_go: threading.Event
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: let_go.wait(20))
    with pytest.raises(NameUnknown):
        TaskClient("http://service.example", KEY, CallLimits(connect_s=0.2)).list_tasks(PRODUCT, Stop())


@pytest.mark.parametrize("hangs", ["name", "connection"])
def test_stop_ends_a_call_that_is_still_on_its_way(
    monkeypatch: pytest.MonkeyPatch, let_go: threading.Event, hangs: str
) -> None:
    dialling = threading.Event()

    def wait(*_: object, **__: object) -> object:
        dialling.set()
        let_go.wait(20)
        raise httpcore.ConnectError

    if hangs == "name":
        monkeypatch.setattr(socket, "getaddrinfo", wait)
    else:
        monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", wait)
    stop = Stop()
    asked_at: list[float] = []

    def ask() -> None:
        dialling.wait(10)
        asked_at.append(time.monotonic())
        stop.set()

    asking = threading.Thread(target=ask)
    asking.start()
    with pytest.raises(Stopped):
        TaskClient("http://127.0.0.1:1", KEY, PATIENT).list_tasks(PRODUCT, stop)
    ended_at = time.monotonic()
    asking.join()
    assert ended_at - asked_at[0] <= 1.0


def two_addresses(*_: object, **__: object) -> list[tuple[Any, ...]]:
    """A name with two addresses, on the first of which nobody listens."""
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 0)) for number in ("127.0.0.2", "127.0.0.1")]


def test_an_address_that_refuses_leaves_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, *rest, **more: two_addresses() if host == "service.example" else real(host, *rest, **more),
    )
    with FaultyServer(always(http(200, EMPTY_LIST))) as server:
        url = server.url.replace("127.0.0.1", "service.example")
        TaskClient(url, KEY, PATIENT).list_tasks(PRODUCT, Stop())
        assert server.asked[0].headers["host"] == url.removeprefix("http://")


def test_an_address_that_swallows_everything_leaves_time_for_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    shares: list[tuple[str, float]] = []

    def swallow(_self: object, host: str, _port: int, timeout: float, *_: object) -> object:
        shares.append((host, timeout))
        raise httpcore.ConnectTimeout

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", swallow)
    monkeypatch.setattr(socket, "getaddrinfo", two_addresses)
    with pytest.raises(ServiceUnreachable):
        TaskClient("http://service.example", KEY, PATIENT).list_tasks(PRODUCT, Stop())
    assert [host for host, _ in shares] == ["127.0.0.2", "127.0.0.1"]
    assert shares[0][1] <= PATIENT.connect_s / 2 < shares[1][1]


def test_a_connection_that_comes_too_late_is_closed(let_go: threading.Event, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = threading.Event()

    class Late(httpcore.NetworkStream):
        def close(self) -> None:
            closed.set()

    def late(*_: object, **__: object) -> Late:
        let_go.wait(20)
        return Late()

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", late)
    with pytest.raises(ServiceUnreachable):
        TaskClient("http://127.0.0.1:1", KEY, CallLimits(connect_s=0.1)).list_tasks(PRODUCT, Stop())
    assert not closed.is_set()
    let_go.set()
    assert closed.wait(5)
