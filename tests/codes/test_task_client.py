"""Facts about single calls to the QR service: each fault has its name, and each call its end."""

import socket
import threading
import time
from collections.abc import Callable

import pytest

from gizqr_station.codes.task_client import CallLimits, TaskClient
from gizqr_station.domain.code_failures import (
    AnswerBroken,
    AnswerNotUnderstood,
    AnswerTooLarge,
    AnswerTooSlow,
    ConnectionCut,
    KeyRefused,
    ProductUnknown,
    RequestRefused,
    ServiceFault,
    ServiceSlow,
    ServiceThrottles,
    WebPageAnswered,
    ZipRefused,
)
from gizqr_station.domain.failures import CodeFailure
from gizqr_station.domain.stop import Stop, Stopped
from tests.codes.faulty_server import Asked, FaultyServer, always, http
from tests.codes.scripted_service import PRODUCT

KEY = "a-very-secret-key"
QUICK = CallLimits(connect_s=1.0, idle_s=0.3, json_total_s=0.6, zip_total_s=0.6, json_bytes=10_000, zip_bytes=20_000)
PATIENT = CallLimits(connect_s=5.0, idle_s=20.0, json_total_s=20.0, zip_total_s=20.0)
CALM = CallLimits(connect_s=5.0, idle_s=20.0, json_total_s=20.0, zip_total_s=20.0, json_bytes=10_000, zip_bytes=20_000)
"""Where an answer ends by itself: a busy machine must not turn it into a slow one."""
ENDLESS = (ServiceSlow, AnswerTooSlow)
EMPTY_LIST = b'{"meta": {"total": 0}, "objects": []}'
MAC = "00911f500047"

Answering = Callable[[Asked, socket.socket, Stop], None]


def list_from(answer: Answering, limits: CallLimits = CALM, stop: Stop | None = None) -> None:
    with FaultyServer(answer) as server:
        TaskClient(server.url, KEY, limits).list_tasks(PRODUCT, stop or Stop())


def drip_head(_asked: Asked, connection: socket.socket, stop: Stop) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(1000):
        connection.sendall(b"x")
        stop.sleep(0.02)


def drip_body(_asked: Asked, connection: socket.socket, stop: Stop) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(1000):
        connection.sendall(b" ")
        stop.sleep(0.02)


def stall(_asked: Asked, _connection: socket.socket, stop: Stop) -> None:
    stop.sleep(30)


def stall_in_body(_asked: Asked, connection: socket.socket, stop: Stop) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
    stop.sleep(30)


def hang_up(_asked: Asked, _connection: socket.socket, _stop: Stop) -> None:
    """Say nothing."""


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (always(http(401, b"{}")), KeyRefused),
        (always(http(403, b"<html>", "text/html")), KeyRefused),
        (always(http(404, b"{}")), ProductUnknown),
        (always(http(404, b"<html>404 Not Found</html>", "text/html")), WebPageAnswered),
        (always(http(404, b"<!DOCTYPE html>")), WebPageAnswered),
        (always(http(409, b'{"reason": "busy"}')), RequestRefused),
        (always(http(429)), ServiceThrottles),
        (always(http(500)), ServiceFault),
        (always(http(502, b"<html>", "text/html")), ServiceFault),
        (always(http(503)), ServiceFault),
        (always(http(503, Retry_After="5")), ServiceThrottles),
        (always(http(200, b"<html>captive portal</html>", "text/html")), WebPageAnswered),
        (always(http(511, b"{}")), WebPageAnswered),
        (always(http(200, b'{"meta": ')), AnswerBroken),
        (always(http(200)), AnswerBroken),
        (always(http(200, b'{"meta": {"total": 1}, "objects": null}')), AnswerNotUnderstood),
        (always(http(200, EMPTY_LIST, Content_Encoding="gzip")), AnswerNotUnderstood),
        (always(b"SSH-2.0-OpenSSH_9.2\r\n"), AnswerNotUnderstood),
        (always(http(200, b" " * 10_001)), AnswerTooLarge),
        (always(b"HTTP/1.1 200 OK\r\n\r\n" + b" " * 50_000), AnswerTooLarge),
        (always(b"HTTP/1.1 two hundred\r\n\r\n"), AnswerNotUnderstood),
        (always(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n"), AnswerNotUnderstood),
        (always(http(200, EMPTY_LIST)[:-3]), ConnectionCut),
        (always(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), ConnectionCut),
        (always(b"HTTP/1.1 2"), ConnectionCut),
        (hang_up, ConnectionCut),
        (stall, ServiceSlow),
        (stall_in_body, AnswerTooSlow),
        (drip_head, AnswerTooSlow),
        (drip_body, AnswerTooSlow),
    ],
)
def test_each_fault_of_a_service_has_its_name(answer: Answering, failure: type[CodeFailure]) -> None:
    began = time.monotonic()
    with pytest.raises(failure) as caught:
        list_from(answer, QUICK if issubclass(failure, ENDLESS) else CALM)
    assert failure not in ENDLESS or time.monotonic() - began < 5
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("answer", [stall, stall_in_body, drip_head, drip_body])
def test_stop_ends_a_call_that_waits(answer: Answering) -> None:
    stop = Stop()

    def answer_and_stop(asked: Asked, connection: socket.socket, closing: Stop) -> None:
        threading.Timer(0.1, stop.set).start()
        answer(asked, connection, closing)

    began = time.monotonic()
    with pytest.raises(Stopped):
        list_from(answer_and_stop, PATIENT, stop)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(("answer", "failure"), [(stall, ServiceSlow), (stall_in_body, AnswerTooSlow)])
def test_silence_ends_a_call_long_before_its_whole_time_is_over(answer: Answering, failure: type[CodeFailure]) -> None:
    with pytest.raises(failure) as caught:
        list_from(answer, CallLimits(idle_s=0.2, json_total_s=60.0))
    assert isinstance(caught.value, (ServiceSlow, AnswerTooSlow))
    assert caught.value.seconds < 10


def test_an_answer_that_drips_says_how_much_came() -> None:
    with pytest.raises(AnswerTooSlow) as caught:
        list_from(stall_in_body, QUICK)
    assert caught.value.arrived_bytes == len(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")


def test_a_call_may_be_given_less_time_than_usual() -> None:
    began = time.monotonic()
    with FaultyServer(drip_body) as server, pytest.raises(AnswerTooSlow):
        TaskClient(server.url, KEY, PATIENT).list_tasks(PRODUCT, Stop(), within_s=0.3)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed_and_the_key_goes_nowhere_else(status: int) -> None:
    with FaultyServer(always(http(200, EMPTY_LIST))) as elsewhere:
        answer = http(status, Location=f"{elsewhere.url}/qrcode/v1/{PRODUCT}/tasks")
        with FaultyServer(always(answer)) as server:
            client = TaskClient(server.url, KEY, CALM)
            for call in (
                lambda: client.list_tasks(PRODUCT, Stop()),
                lambda: client.create_task(PRODUCT, MAC, MAC, Stop()),
                lambda: client.download("/static/zipfiles/1.zip", Stop()),
            ):
                with pytest.raises(AnswerNotUnderstood, match=f"redirect {status}"):
                    call()
        assert elsewhere.asked == []


def test_a_request_is_what_the_vendor_documents() -> None:
    with FaultyServer(always(http(201, b"{}"))) as server:
        TaskClient(server.url + "/", KEY, CALM).create_task(PRODUCT, MAC, MAC, Stop())
    asked = server.asked[0]
    assert (asked.method, asked.path) == ("POST", f"/qrcode/v1/{PRODUCT}/tasks")
    assert asked.headers["authorization"] == KEY
    assert asked.headers["content-type"] == "application/json"
    assert asked.body == b'{"start_mac":"00911f500047","end_mac":"00911f500047"}'


def test_a_service_below_a_path_is_asked_below_it() -> None:
    with FaultyServer(always(http(200, EMPTY_LIST))) as server:
        TaskClient(server.url + "/gizwits/", KEY, CALM).list_tasks(PRODUCT, Stop(), skip=3, limit=5)
    assert server.asked[0].path == f"/gizwits/qrcode/v1/{PRODUCT}/tasks?skip=3&limit=5"


def test_a_page_of_html_is_no_created_task() -> None:
    with FaultyServer(always(http(200, b"<html>", "text/html"))) as server, pytest.raises(WebPageAnswered):
        TaskClient(server.url, KEY, CALM).create_task(PRODUCT, MAC, MAC, Stop())


def test_a_page_of_html_is_no_zip() -> None:
    with FaultyServer(always(http(200, b"\r\n <!doctype html>", "application/zip"))) as server:
        client = TaskClient(server.url, KEY, CALM)
        with pytest.raises(WebPageAnswered):
            client.download("/static/zipfiles/1.zip", Stop())


def test_a_file_that_is_empty_or_missing_is_not_ready() -> None:
    body = b'{"meta": {"total": 3}, "objects": [{"file": ""}, {"file": null}, {"created_at": 1}]}'
    with FaultyServer(always(http(200, body))) as server:
        listing = TaskClient(server.url, KEY, CALM).list_tasks(PRODUCT, Stop())
    assert [task.file for task in listing.tasks] == [None, None, None]


@pytest.mark.parametrize("status", [201, 202])
@pytest.mark.parametrize("body", [b"", b"created", b"<html>"])
def test_a_task_that_was_created_is_created_whatever_the_body_says(status: int, body: bytes) -> None:
    with FaultyServer(always(http(status, body))) as server:
        TaskClient(server.url, KEY, CALM).create_task(PRODUCT, MAC, MAC, Stop())


@pytest.mark.parametrize("odd", ['"http://x.example/1.zip"', '"/1.rar"', "12", "0", "true", "{}", '["/1.zip"]'])
def test_an_odd_file_does_not_hide_the_others(odd: str) -> None:
    files = ('"/static/zipfiles/2.zip"', odd, '"/static/zipfiles/1.zip"', "null")
    objects = ", ".join(f'{{"created_at": 1, "file": {file}}}' for file in files)
    body = f'{{"meta": {{"total": 9}}, "objects": [{objects}]}}'.encode()
    with FaultyServer(always(http(200, body))) as server:
        listing = TaskClient(server.url, KEY, CALM).list_tasks(PRODUCT, Stop())
    assert [task.file for task in listing.tasks] == ["/static/zipfiles/2.zip", "/static/zipfiles/1.zip", None]
    assert (listing.shown, listing.total) == (4, 9)


def test_a_zip_that_is_gone_is_refused_and_one_too_large_is_cut_off() -> None:
    with FaultyServer(always(http(404))) as server, pytest.raises(ZipRefused):
        TaskClient(server.url, KEY, CALM).download("/static/zipfiles/1.zip", Stop())
    with FaultyServer(always(http(200, bytes(20_001)))) as server, pytest.raises(AnswerTooLarge):
        TaskClient(server.url, KEY, CALM).download("/static/zipfiles/1.zip", Stop())


def test_only_a_sandbox_says_that_it_is_one() -> None:
    for headers, sandbox in (({}, False), ({"X_Gizqr_Sandbox": "1"}, True)):
        with FaultyServer(always(http(200, EMPTY_LIST, **headers))) as server:
            client = TaskClient(server.url, KEY, CALM)
            assert client.list_tasks(PRODUCT, Stop()).sandbox is sandbox
            assert client.download("/static/zipfiles/1.zip", Stop()).sandbox is sandbox


@pytest.mark.parametrize(
    "address",
    [
        "",
        "service.example",
        "ftp://service.example",
        "http://",
        "http://u:p@service.example",
        "http://x/?a=1",
        "http://x:port",
    ],
)
def test_an_address_that_can_never_work_is_refused_at_once(address: str) -> None:
    with pytest.raises(ValueError, match="base_url"):
        TaskClient(address, KEY)


@pytest.mark.parametrize("key", ["", " ", "a\r\nX: y", "schlüssel", " spaced-key", "spaced-key ", "a\tb"])
def test_a_key_that_can_never_work_is_refused_and_not_repeated(key: str) -> None:
    with pytest.raises(ValueError, match="authorization") as caught:
        TaskClient("http://service.example", key)
    assert not key.strip() or key not in str(caught.value)


def test_knocking_needs_the_services_own_page() -> None:
    for status, failure in ((404, AnswerNotUnderstood), (302, AnswerNotUnderstood), (500, ServiceFault)):
        with FaultyServer(always(http(status))) as server, pytest.raises(failure):
            TaskClient(server.url, KEY, CALM).knock(Stop(), within_s=2)
