"""Facts about single calls to the QR service: each fault has its name, and each call its end."""

import socket
import threading
import time
from collections.abc import Callable

import pytest

from gizqr_station.codes.task_client import CallLimits, TaskClient
from gizqr_station.domain.code_failures import (
    AnswerNotUnderstood,
    AnswerTooLarge,
    KeyRefused,
    ProductUnknown,
    RequestRefused,
    ServiceFault,
    ServiceSlow,
    ServiceUnreachable,
    ZipRefused,
)
from gizqr_station.domain.failures import CodeFailure
from gizqr_station.domain.stop import Stop, Stopped
from tests.codes.faulty_server import Asked, FaultyServer, always, http
from tests.codes.scripted_service import PRODUCT

KEY = "a-very-secret-key"
QUICK = CallLimits(connect_s=1.0, idle_s=0.3, json_total_s=0.6, zip_total_s=0.6, json_bytes=10_000, zip_bytes=20_000)
PATIENT = CallLimits(connect_s=5.0, idle_s=20.0, json_total_s=20.0, zip_total_s=20.0)
EMPTY_LIST = b'{"meta": {"total": 0}, "objects": []}'
MAC = "00911f500047"

Answering = Callable[[Asked, socket.socket, Stop], None]


def list_from(answer: Answering, limits: CallLimits = QUICK, stop: Stop | None = None) -> None:
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
        (always(http(409, b'{"reason": "busy"}')), RequestRefused),
        (always(http(500)), ServiceFault),
        (always(http(502, b"<html>", "text/html")), ServiceFault),
        (always(http(200, b"<html>captive portal</html>", "text/html")), AnswerNotUnderstood),
        (always(http(200, b'{"meta": ')), AnswerNotUnderstood),
        (always(http(200, b'{"meta": {"total": 1}, "objects": null}')), AnswerNotUnderstood),
        (always(http(200, EMPTY_LIST, Content_Encoding="gzip")), AnswerNotUnderstood),
        (always(b"SSH-2.0-OpenSSH_9.2\r\n"), AnswerNotUnderstood),
        (always(http(200, b" " * 10_001)), AnswerTooLarge),
        (always(b"HTTP/1.1 200 OK\r\n\r\n" + b" " * 50_000), AnswerTooLarge),
        (always(http(200, EMPTY_LIST)[:-3]), ServiceUnreachable),
        (always(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), ServiceUnreachable),
        (always(b"HTTP/1.1 2"), ServiceUnreachable),
        (hang_up, ServiceUnreachable),
        (stall, ServiceSlow),
        (stall_in_body, ServiceSlow),
        (drip_head, ServiceSlow),
        (drip_body, ServiceSlow),
    ],
)
def test_each_fault_of_a_service_has_its_name(answer: Answering, failure: type[CodeFailure]) -> None:
    began = time.monotonic()
    with pytest.raises(failure) as caught:
        list_from(answer)
    assert time.monotonic() - began < 5
    assert KEY not in str(caught.value)


def test_nobody_listening_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(ServiceUnreachable):
        TaskClient(f"http://127.0.0.1:{port}", KEY, QUICK).list_tasks(PRODUCT, Stop())


def test_a_name_that_nobody_knows_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(ServiceUnreachable):
        TaskClient("http://service.example", KEY, QUICK).list_tasks(PRODUCT, Stop())


@pytest.mark.parametrize("host", ["a..example", "a" * 70 + ".example"])
def test_a_name_that_can_be_nobodys_is_unreachable(host: str) -> None:
    with pytest.raises(ServiceUnreachable):
        TaskClient(f"http://{host}", KEY, QUICK).list_tasks(PRODUCT, Stop())


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


def test_a_service_that_speaks_no_tls_is_unreachable_over_https() -> None:
    with FaultyServer(always(http(200))) as server, pytest.raises(ServiceUnreachable):
        TaskClient(server.url.replace("http:", "https:"), KEY, QUICK).list_tasks(PRODUCT, Stop())


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


@pytest.mark.parametrize("answer", [stall, stall_in_body])
def test_silence_ends_a_call_long_before_its_whole_time_is_over(answer: Answering) -> None:
    with pytest.raises(ServiceSlow) as caught:
        list_from(answer, CallLimits(idle_s=0.2, json_total_s=60.0))
    assert caught.value.seconds < 10


def test_a_call_may_be_given_less_time_than_usual() -> None:
    began = time.monotonic()
    with FaultyServer(drip_body) as server, pytest.raises(ServiceSlow):
        TaskClient(server.url, KEY, PATIENT).list_tasks(PRODUCT, Stop(), within_s=0.3)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed_and_the_key_goes_nowhere_else(status: int) -> None:
    with FaultyServer(always(http(200, EMPTY_LIST))) as elsewhere:
        answer = http(status, Location=f"{elsewhere.url}/qrcode/v1/{PRODUCT}/tasks")
        with FaultyServer(always(answer)) as server:
            client = TaskClient(server.url, KEY, QUICK)
            for call in (
                lambda: client.list_tasks(PRODUCT, Stop()),
                lambda: client.create_task(PRODUCT, MAC, MAC, Stop()),
                lambda: client.download("/static/zipfiles/1.zip", Stop()),
            ):
                with pytest.raises(AnswerNotUnderstood, match=f"redirect {status}"):
                    call()
        assert elsewhere.asked == []


@pytest.mark.parametrize(
    "file",
    [
        "http://{canary}/static/zipfiles/1.zip",
        "//{canary}/static/zipfiles/1.zip",
        "@{canary}/static/zipfiles/1.zip",
        "/static/zipfiles/../../1.zip",
        "/static/zipfiles/1.zip#",
        "/static/zipfiles/1.zip\\r\\nX: y",
        "\\\\\\\\{canary}\\\\1.zip",
        "/static/zipfiles/%31.zip",
        "/static/zipfiles/\\u0661.zip",
    ],
)
def test_a_hostile_file_is_never_fetched(file: str) -> None:
    with FaultyServer(always(http(200))) as canary:
        entry = file.replace("{canary}", canary.url.removeprefix("http://"))
        body = b'{"meta": {"total": 1}, "objects": [{"file": "%s"}]}' % entry.encode()
        with FaultyServer(always(http(200, body))) as server:
            client = TaskClient(server.url, KEY, QUICK)
            listing = client.list_tasks(PRODUCT, Stop())
            assert (listing.tasks, listing.shown) == ((), 1)
            with pytest.raises(AnswerNotUnderstood, match="file"):
                client.download(entry, Stop())
            assert len(server.asked) == 1
        assert canary.asked == []


def test_no_proxy_of_the_environment_sees_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    with FaultyServer(always(http(200, EMPTY_LIST))) as proxy, FaultyServer(always(http(200, EMPTY_LIST))) as server:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        monkeypatch.setenv("no_proxy", "")
        TaskClient(server.url, KEY, QUICK).list_tasks(PRODUCT, Stop())
        assert (len(proxy.asked), len(server.asked)) == (0, 1)


def test_a_request_is_what_the_vendor_documents() -> None:
    with FaultyServer(always(http(201, b"{}"))) as server:
        TaskClient(server.url + "/", KEY, QUICK).create_task(PRODUCT, MAC, MAC, Stop())
    asked = server.asked[0]
    assert (asked.method, asked.path) == ("POST", f"/qrcode/v1/{PRODUCT}/tasks")
    assert asked.headers["authorization"] == KEY
    assert asked.headers["content-type"] == "application/json"
    assert asked.body == b'{"start_mac":"00911f500047","end_mac":"00911f500047"}'


def test_a_service_below_a_path_is_asked_below_it() -> None:
    with FaultyServer(always(http(200, EMPTY_LIST))) as server:
        TaskClient(server.url + "/gizwits/", KEY, QUICK).list_tasks(PRODUCT, Stop(), skip=3, limit=5)
    assert server.asked[0].path == f"/gizwits/qrcode/v1/{PRODUCT}/tasks?skip=3&limit=5"


def test_a_page_of_html_is_no_created_task() -> None:
    with FaultyServer(always(http(200, b"<html>", "text/html"))) as server, pytest.raises(AnswerNotUnderstood):
        TaskClient(server.url, KEY, QUICK).create_task(PRODUCT, MAC, MAC, Stop())


def test_a_file_that_is_empty_or_missing_is_not_ready() -> None:
    body = b'{"meta": {"total": 3}, "objects": [{"file": ""}, {"file": null}, {"created_at": 1}]}'
    with FaultyServer(always(http(200, body))) as server:
        listing = TaskClient(server.url, KEY, QUICK).list_tasks(PRODUCT, Stop())
    assert [task.file for task in listing.tasks] == [None, None, None]


@pytest.mark.parametrize("status", [201, 202])
@pytest.mark.parametrize("body", [b"", b"created", b"<html>"])
def test_a_task_that_was_created_is_created_whatever_the_body_says(status: int, body: bytes) -> None:
    with FaultyServer(always(http(status, body))) as server:
        TaskClient(server.url, KEY, QUICK).create_task(PRODUCT, MAC, MAC, Stop())


@pytest.mark.parametrize("odd", ['"http://x.example/1.zip"', '"/1.rar"', "12", "0", "true", "{}", '["/1.zip"]'])
def test_an_odd_file_does_not_hide_the_others(odd: str) -> None:
    files = ('"/static/zipfiles/2.zip"', odd, '"/static/zipfiles/1.zip"', "null")
    objects = ", ".join(f'{{"created_at": 1, "file": {file}}}' for file in files)
    body = f'{{"meta": {{"total": 9}}, "objects": [{objects}]}}'.encode()
    with FaultyServer(always(http(200, body))) as server:
        listing = TaskClient(server.url, KEY, QUICK).list_tasks(PRODUCT, Stop())
    assert [task.file for task in listing.tasks] == ["/static/zipfiles/2.zip", "/static/zipfiles/1.zip", None]
    assert (listing.shown, listing.total) == (4, 9)


def test_a_zip_that_is_gone_is_refused_and_one_too_large_is_cut_off() -> None:
    with FaultyServer(always(http(404))) as server, pytest.raises(ZipRefused):
        TaskClient(server.url, KEY, QUICK).download("/static/zipfiles/1.zip", Stop())
    with FaultyServer(always(http(200, bytes(20_001)))) as server, pytest.raises(AnswerTooLarge):
        TaskClient(server.url, KEY, QUICK).download("/static/zipfiles/1.zip", Stop())


def test_only_a_sandbox_says_that_it_is_one() -> None:
    for headers, sandbox in (({}, False), ({"X_Gizqr_Sandbox": "1"}, True)):
        with FaultyServer(always(http(200, EMPTY_LIST, **headers))) as server:
            client = TaskClient(server.url, KEY, QUICK)
            assert client.list_tasks(PRODUCT, Stop()).sandbox is sandbox
            assert client.download("/static/zipfiles/1.zip", Stop()).sandbox is sandbox


def test_a_busy_service_is_left_alone_as_long_as_it_asks() -> None:
    asked_at: list[float] = []

    def busy_once(_asked: Asked, connection: socket.socket, _stop: Stop) -> None:
        asked_at.append(time.monotonic())
        connection.sendall(http(429, Retry_After="1") if len(asked_at) == 1 else http(200, EMPTY_LIST))

    with FaultyServer(busy_once) as server:
        client = TaskClient(server.url, KEY, PATIENT)
        with pytest.raises(RequestRefused):
            client.list_tasks(PRODUCT, Stop())
        with pytest.raises(RequestRefused):
            client.list_tasks(PRODUCT, Stop(), within_s=0.2)
        assert len(asked_at) == 1
        client.list_tasks(PRODUCT, Stop())
    assert asked_at[1] - asked_at[0] >= 0.95


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


@pytest.mark.parametrize("key", ["", " ", "a\r\nX: y", "schlüssel"])
def test_a_key_that_can_never_work_is_refused_and_not_repeated(key: str) -> None:
    with pytest.raises(ValueError, match="authorization") as caught:
        TaskClient("http://service.example", key)
    assert not key.strip() or key not in str(caught.value)


def test_knocking_needs_the_services_own_page() -> None:
    for status, failure in ((404, AnswerNotUnderstood), (302, AnswerNotUnderstood), (500, ServiceFault)):
        with FaultyServer(always(http(status))) as server, pytest.raises(failure):
            TaskClient(server.url, KEY, QUICK).knock(Stop(), within_s=2)
