"""Facts about a service that asks for a pause: it is not asked again before, and everybody learns how long."""

import socket
import time

import pytest

from gizqr_station.codes.http_caller import GuardedHttp
from gizqr_station.codes.quiet_time import QuietTime
from gizqr_station.codes.task_client import CallLimits, TaskClient
from gizqr_station.domain.code_failures import ServiceThrottles
from gizqr_station.domain.failures import CodeFailure
from gizqr_station.domain.stop import Stop, Stopped
from tests.codes.faulty_server import Asked, FaultyServer, always, http
from tests.codes.scripted_service import PRODUCT
from tests.codes.test_quiet_time import Hands
from tests.codes.test_retry_after import WISHES

LIMITS = CallLimits(connect_s=5.0, idle_s=10.0, json_total_s=10.0, zip_total_s=10.0)
EMPTY_LIST = b'{"meta": {"total": 0}, "objects": []}'


def throttled_s(client: TaskClient, within_s: float | None = None) -> float:
    with pytest.raises(ServiceThrottles) as caught:
        client.list_tasks(PRODUCT, Stop(), within_s=within_s)
    return caught.value.seconds


@pytest.mark.parametrize("status", [429, 503])
def test_a_long_pause_is_told_at_once_and_nothing_is_asked_before_its_end(status: int) -> None:
    with FaultyServer(always(http(status, Retry_After="60"))) as server:
        client = TaskClient(server.url, "G", LIMITS)
        assert throttled_s(client) == pytest.approx(60, abs=0.5)
        for _ in range(20):
            assert 50 < throttled_s(client) <= 60
        assert len(server.asked) == 1


def test_every_call_of_the_client_keeps_the_pause() -> None:
    with FaultyServer(always(http(429, Retry_After="60"))) as server:
        client = TaskClient(server.url, "G", LIMITS)
        throttled_s(client)
        for call in (
            lambda: client.create_task(PRODUCT, "00911f500047", "00911f500047", Stop()),
            lambda: client.download("/static/zipfiles/1.zip", Stop()),
            lambda: client.decrypt("x", Stop()),
            lambda: client.knock(Stop(), within_s=5),
        ):
            with pytest.raises(ServiceThrottles):
                call()
        assert len(server.asked) == 1


@pytest.mark.parametrize(("header", "_seconds"), WISHES)
def test_no_value_of_the_header_makes_a_request_early(header: str, _seconds: float | None) -> None:
    """Against a real server, with a clock that stands: a request before the end of the pause would be seen there."""
    clock = Hands()
    with FaultyServer(always(http(429, Retry_After=header))) as server:
        http_of = GuardedHttp(server.url, {"Authorization": "G"}, quiet=QuietTime(clock, lambda: 0.5))
        told_s = _told_s(http_of)
        assert 0 <= told_s <= 120
        if told_s > 3:
            assert _told_s(http_of) == told_s
            clock.at += told_s - 0.2
            with pytest.raises((ServiceThrottles, Stopped)):
                http_of.call("GET", "/", _stopped_while_waiting(), 10, 1000)
            assert len(server.asked) == 1
        clock.at += 0.2 if told_s > 3 else told_s
        _told_s(http_of)
        assert len(server.asked) == 2


def _told_s(http_of: GuardedHttp) -> float:
    with pytest.raises(ServiceThrottles) as caught:
        http_of.call("GET", "/", Stop(), 10, 1000)
    return caught.value.seconds


def _stopped_while_waiting() -> Stop:
    class _Waits(Stop):
        def sleep(self, seconds: float) -> None:
            assert 0 < seconds <= 0.3
            raise Stopped

    return _Waits()


def test_a_short_pause_is_waited_out_within_the_call() -> None:
    asked_at: list[float] = []

    def busy_once(_asked: Asked, connection: socket.socket, _stop: Stop) -> None:
        asked_at.append(time.monotonic())
        connection.sendall(http(429, Retry_After="1") if len(asked_at) == 1 else http(200, EMPTY_LIST))

    with FaultyServer(busy_once) as server:
        client = TaskClient(server.url, "G", LIMITS)
        throttled_s(client)
        throttled_s(client, within_s=0.5)
        assert len(asked_at) == 1
        client.list_tasks(PRODUCT, Stop())
    assert asked_at[1] - asked_at[0] >= 0.99


def test_stop_ends_the_wait_for_a_short_pause() -> None:
    with FaultyServer(always(http(429, Retry_After="2"))) as server:
        client = TaskClient(server.url, "G", LIMITS)
        throttled_s(client)
        stop = Stop()
        stop.set()
        with pytest.raises(Stopped):
            client.list_tasks(PRODUCT, stop)
        assert len(server.asked) == 1


def test_a_503_without_a_wish_is_a_fault_and_asks_for_no_pause() -> None:
    with FaultyServer(always(http(503))) as server:
        client = TaskClient(server.url, "G", LIMITS)
        for _ in range(2):
            with pytest.raises(CodeFailure) as caught:
                client.list_tasks(PRODUCT, Stop())
            assert caught.value.code == "E-COD-06"
        assert len(server.asked) == 2


def test_a_service_that_only_says_too_much_is_left_alone_longer_each_time() -> None:
    clock = Hands()
    with FaultyServer(always(http(429))) as server:
        http_of = GuardedHttp(server.url, {"Authorization": "G"}, quiet=QuietTime(clock, lambda: 0.0))
        pauses = []
        for _ in range(4):
            pauses.append(_told_s(http_of))
            clock.at += pauses[-1]
    assert pauses == [1, 2, 4, 8]
