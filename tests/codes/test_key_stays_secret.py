"""The key and the proxy's password are in no failure, no log record, no repr and no traceback, whatever happens."""

import logging
import traceback
from collections.abc import Callable, Iterator

import pytest

from gizqr_station.codes.http_route import Proxy
from gizqr_station.codes.task_client import CallLimits, TaskClient
from gizqr_station.domain.code_failures import RequestRefused
from gizqr_station.domain.failures import CodeFailure
from gizqr_station.domain.stop import Stop
from tests.codes import toxics as faults
from tests.codes.fault_proxy import FaultProxy, Toxic
from tests.codes.faulty_server import FaultyServer, always, http
from tests.codes.forward_proxy import ForwardProxy
from tests.codes.scripted_service import PRODUCT

KEY = "canary-key-4711"
PASSWORD = "canary-password-0815"
CREDENTIALS = "c3RhdGlvbjpjYW5hcnktcGFzc3dvcmQtMDgxNQ=="
"""``station:`` and the password, as they stand in the proxy's header."""
SECRETS = (KEY, PASSWORD, CREDENTIALS)
LIMITS = CallLimits(connect_s=2.0, idle_s=0.3, json_total_s=5.0, zip_total_s=5.0, json_bytes=10_000)


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    """Everything that any logger said, the HTTP libraries' wire talk included."""
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore"):
        caplog.set_level(logging.DEBUG, logger=name)
    return lambda: "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)


def calls(client: TaskClient) -> Iterator[Callable[[], object]]:
    yield lambda: client.list_tasks(PRODUCT, Stop())
    yield lambda: client.create_task(PRODUCT, "00911f500047", "00911f500047", Stop())
    yield lambda: client.download("/static/zipfiles/1.zip", Stop())
    yield lambda: client.decrypt("x", Stop())
    yield lambda: client.knock(Stop(), within_s=5)


def everything_said(client: TaskClient) -> str:
    """Failures with fields, causes and tracebacks, and the client's own repr."""
    said = [repr(client), str(client), repr(vars(client))]
    for call in calls(client):
        try:
            said.append(repr(call()))
        except CodeFailure as failure:
            said += [str(failure), repr(failure), repr(failure.values()), "".join(traceback.format_exception(failure))]
            cause: BaseException | None = failure
            while cause is not None:
                said += [repr(cause), repr(cause.args), repr(getattr(cause, "__dict__", ""))]
                cause = cause.__cause__
    return "\n".join(said)


def assert_kept(text: str) -> None:
    assert not [secret for secret in SECRETS if secret in text]


@pytest.mark.parametrize(
    "answer",
    [
        http(401, KEY.encode()),
        http(400, b'{"reason": "bad key %s"}' % KEY.encode()),
        http(409, b'{"error_message": "%s", "error_code": 9015}' % KEY.encode()),
        http(404, KEY.encode()),
        http(429, b"", Retry_After="0", X_Echo=KEY),
        http(500, KEY.encode()),
        http(302, Location=f"http://{KEY}.example/{KEY}"),
        http(200, b'{"%s": ' % KEY.encode()),
        http(200, b'{"meta": {"total": "%s"}, "objects": []}' % KEY.encode()),
        http(200, b"{}", Content_Encoding=KEY),
        http(200, b"<html>%s" % KEY.encode()),
        b"HTTP/1.1 200 OK\r\n%s\r\n\r\n" % KEY.encode(),
        b"HTTP/1.1 %s\r\n\r\n" % KEY.encode(),
        b"%s\r\n\r\n" % KEY.encode(),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: %s\r\n\r\n" % KEY.encode(),
    ],
)
def test_a_service_that_echoes_the_key_does_not_make_it_shown(answer: bytes) -> None:
    with FaultyServer(always(answer)) as server:
        said = everything_said(TaskClient(server.url, KEY, LIMITS))
        assert server.asked[0].headers["authorization"] == KEY
    assert_kept(said)


@pytest.mark.parametrize(
    "toxic", [faults.none, faults.stall_before, faults.reset_after_request, faults.limit_data(30), faults.garbage_first]
)
def test_no_fault_of_the_network_shows_the_key(toxic: Toxic, told: Callable[[], str]) -> None:
    empty = b'{"meta": {"total": 0}, "objects": []}'
    with FaultyServer(always(http(200, empty))) as server, FaultProxy(server.url, toxic) as proxy:
        said = everything_said(TaskClient(proxy.url, KEY, LIMITS))
    assert_kept(said)
    assert "send_request_headers" in told()
    assert_kept(told())


@pytest.mark.parametrize("wanted", ["station:" + PASSWORD, "station:another", ""])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_proxy_shows_its_password(wanted: str, scheme: str, told: Callable[[], str]) -> None:
    with FaultyServer(always(http(200, b"{}"))) as server, ForwardProxy(wanted) as proxy:
        way = Proxy.parse(proxy.url, "station:" + PASSWORD)
        client = TaskClient(server.url.replace("http:", f"{scheme}:"), KEY, LIMITS, proxy=way)
        said = everything_said(client)
        assert CREDENTIALS.encode() in proxy.seen
    assert_kept(said)
    assert_kept(told())


@pytest.mark.parametrize("said", [PASSWORD, CREDENTIALS, "station:" + PASSWORD, "Basic " + CREDENTIALS, KEY])
def test_a_service_that_was_handed_the_proxys_password_does_not_make_it_shown(said: str) -> None:
    answer = http(400, b'{"reason": "denied for %s."}' % said.encode())
    with FaultyServer(always(answer)) as server, ForwardProxy("station:" + PASSWORD) as proxy:
        way = Proxy.parse(proxy.url, "station:" + PASSWORD)
        with pytest.raises(RequestRefused) as caught:
            TaskClient(server.url, KEY, LIMITS, proxy=way).list_tasks(PRODUCT, Stop())
    assert caught.value.reason in ("denied for ***.", "denied for Basic ***.")


def test_a_proxy_that_breaks_its_answer_does_not_make_its_password_shown() -> None:
    answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: %s\r\n\r\n" % CREDENTIALS.encode()
    with FaultyServer(always(answer)) as server, ForwardProxy("station:" + PASSWORD) as proxy:
        assert_kept(
            everything_said(TaskClient(server.url, KEY, LIMITS, proxy=Proxy.parse(proxy.url, "station:" + PASSWORD)))
        )


def test_what_every_request_says_is_no_secret() -> None:
    reason = "identity of no known device: application/json, close or */* expected"
    with FaultyServer(always(http(400, b'{"reason": "%s"}' % reason.encode()))) as server:
        client = TaskClient(server.url, KEY, LIMITS)
        for call in (lambda: client.list_tasks(PRODUCT, Stop()), lambda: client.decrypt("x", Stop())):
            with pytest.raises(RequestRefused) as caught:
                call()
            assert caught.value.reason == reason
