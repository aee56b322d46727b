"""Facts about the proxy of the settings: what it sees, what it does not, and what it refuses."""

import base64
import socket
from pathlib import Path

import pytest

from gizqr_station.codes.http_route import Proxy
from gizqr_station.codes.task_client import CallLimits, TaskClient
from gizqr_station.domain.code_failures import CertificateRefused, ProxyRefused, ServiceFault
from gizqr_station.domain.stop import Stop
from tests.codes.faulty_server import FaultyServer, always, http
from tests.codes.forward_proxy import ForwardProxy
from tests.codes.scripted_service import PRODUCT
from tests.codes.tls_authority import Authority, new_authority

KEY = "a-very-secret-key"
PASSWORD = "proxy-pass:wörd"
LIMITS = CallLimits(connect_s=5.0, idle_s=10.0, json_total_s=10.0, zip_total_s=10.0)
EMPTY_LIST = b'{"meta": {"total": 0}, "objects": []}'


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return new_authority(tmp_path_factory.mktemp("company"), "company")


def asked(url: str, proxy: Proxy, ca_file: Path | None = None, limits: CallLimits = LIMITS) -> None:
    client = TaskClient(url, KEY, limits, ca_file=ca_file, proxy=proxy)
    client.list_tasks(PRODUCT, Stop())


def test_over_http_the_proxy_passes_on_and_sees_the_key() -> None:
    with FaultyServer(always(http(200, EMPTY_LIST))) as server, ForwardProxy() as proxy:
        asked(server.url, Proxy.parse(proxy.url))
        assert server.asked[0].headers["authorization"] == KEY
        assert proxy.seen.startswith(b"GET http://127.0.0.1:")
        assert KEY.encode() in proxy.seen


def test_over_https_the_proxy_never_sees_the_key(company: Authority) -> None:
    with FaultyServer(always(http(200, EMPTY_LIST)), company.server_context()) as server, ForwardProxy() as proxy:
        asked(server.url, Proxy.parse(proxy.url), company.ca_file)
        assert server.asked[0].headers["authorization"] == KEY
        assert proxy.seen.startswith(b"CONNECT 127.0.0.1:")
        assert KEY.encode() not in proxy.seen
        assert PRODUCT.encode() not in proxy.seen
        assert b"authorization" not in proxy.seen.lower()


@pytest.mark.parametrize("secure", [False, True])
def test_an_https_proxy_is_asked_over_tls(company: Authority, *, secure: bool) -> None:
    tls = company.server_context() if secure else None
    with (
        FaultyServer(always(http(200, EMPTY_LIST)), tls) as server,
        ForwardProxy("station:" + PASSWORD, tls=company.server_context()) as proxy,
    ):
        asked(server.url, Proxy.parse(proxy.url, "station:" + PASSWORD), company.ca_file)
        assert server.asked[0].headers["authorization"] == KEY
        assert (KEY.encode() in proxy.seen) is not secure


@pytest.mark.parametrize("secure", [False, True])
def test_the_password_goes_to_the_proxy_and_no_further(company: Authority, *, secure: bool) -> None:
    tls = company.server_context() if secure else None
    with (
        FaultyServer(always(http(200, EMPTY_LIST)), tls) as server,
        ForwardProxy("station:" + PASSWORD) as proxy,
    ):
        asked(server.url, Proxy.parse(proxy.url, "station:" + PASSWORD), company.ca_file)
        assert base64.b64encode(f"station:{PASSWORD}".encode()) in proxy.seen
    if secure:
        assert "proxy-authorization" not in server.asked[0].headers


@pytest.mark.parametrize("secure", [False, True])
@pytest.mark.parametrize("said", ["", "station:wrong"])
def test_a_wrong_password_is_told_with_the_proxys_name(company: Authority, said: str, *, secure: bool) -> None:
    tls = company.server_context() if secure else None
    with (
        FaultyServer(always(http(200, EMPTY_LIST)), tls) as server,
        ForwardProxy("station:" + PASSWORD) as proxy,
    ):
        with pytest.raises(ProxyRefused) as caught:
            asked(server.url, Proxy.parse(proxy.url, said), company.ca_file)
        assert (caught.value.proxy, caught.value.reason) == (proxy.place, "HTTP 407, user or password wrong")
        assert server.asked == []


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "HTTP 403"),
        (b"HTTP/1.1 502 <script>\r\nContent-Length: 0\r\n\r\n", "HTTP 502"),
        (b"HTTP/1.1 302 Found\r\nLocation: http://x/\r\n\r\n", "HTTP 302"),
        (b"garbage\r\n\r\n", "answer not understood"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "connection cut"),
        (b"HTTP/1.1 2", "connection cut"),
        (b"", "connection cut"),
    ],
)
def test_a_proxy_that_opens_no_tunnel_is_named(company: Authority, answer: bytes, reason: str) -> None:
    with ForwardProxy(tunnel_answer=answer) as proxy, pytest.raises(ProxyRefused) as caught:
        asked("https://service.example", Proxy.parse(proxy.url), company.ca_file)
    assert (caught.value.proxy, caught.value.reason) == (proxy.place, reason)


def test_a_proxy_that_says_nothing_is_named(company: Authority) -> None:
    with ForwardProxy(silent=True) as proxy, pytest.raises(ProxyRefused, match="no answer"):
        asked("https://service.example", Proxy.parse(proxy.url), company.ca_file, CallLimits(idle_s=0.3))


@pytest.mark.parametrize("url", ["http://service.example", "https://service.example"])
def test_a_proxy_that_is_not_there_is_named(company: Authority, url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        place = f"127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(ProxyRefused) as caught:
        asked(url, Proxy.parse(f"http://{place}"), company.ca_file)
    assert (caught.value.proxy, caught.value.reason) == (place, "no connection")


def test_a_proxy_whose_name_nobody_knows_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(ProxyRefused) as caught:
        asked("http://service.example", Proxy.parse("http://proxy.example:3128"))
    assert (caught.value.proxy, caught.value.reason) == ("proxy.example:3128", "name unknown")


def test_a_proxy_that_puts_itself_between_is_seen(company: Authority, tmp_path: Path) -> None:
    """A tunnel that ends at another server than asked for: its certificate is not the company's."""
    stranger = new_authority(tmp_path, "stranger")
    with FaultyServer(always(http(200, EMPTY_LIST)), stranger.server_context()) as server, ForwardProxy() as proxy:
        with pytest.raises(CertificateRefused, match="unknown issuer"):
            asked(server.url, Proxy.parse(proxy.url), company.ca_file)
        assert server.asked == []
        assert KEY.encode() not in proxy.seen


def test_an_https_proxy_with_a_certificate_that_is_not_trusted_gets_nothing(company: Authority, tmp_path: Path) -> None:
    stranger = new_authority(tmp_path, "stranger")
    with ForwardProxy(tls=stranger.server_context()) as proxy:
        for url in ("http://service.example", "https://service.example"):
            with pytest.raises(ProxyRefused, match="certificate unknown issuer"):
                asked(url, Proxy.parse(proxy.url, "a:b"), company.ca_file)
        assert proxy.seen == b""


def test_what_the_proxy_says_of_the_service_is_the_services_fault() -> None:
    with FaultyServer(always(http(502))) as server, ForwardProxy() as proxy, pytest.raises(ServiceFault):
        asked(server.url, Proxy.parse(proxy.url))


@pytest.mark.parametrize(
    ("url", "said", "place"),
    [
        ("proxy.example", "", "proxy"),
        ("ftp://proxy.example", "", "proxy"),
        ("socks5://proxy.example", "", "proxy"),
        ("http://u:p@proxy.example", "", "proxy"),
        ("http://proxy.example/path", "", "proxy"),
        ("http://proxy.example:3128", "only-a-user", "proxy_secret"),
        ("http://proxy.example:3128", ":only-a-password", "proxy_secret"),
    ],
)
def test_a_proxy_that_can_never_work_is_told_without_its_password(url: str, said: str, place: str) -> None:
    with pytest.raises(ValueError, match=f"^{place}:") as caught:
        Proxy.parse(url, said)
    assert not said or said not in str(caught.value)


def test_a_proxy_shows_its_place_and_never_its_password() -> None:
    proxy = Proxy.parse("http://proxy.example:3128/", "station:" + PASSWORD)
    assert proxy.place == "proxy.example:3128"
    assert PASSWORD not in repr(proxy)
    assert Proxy.parse("https://[::1]").place == "[::1]:443"
    assert TaskClient("http://service.example", KEY, proxy=proxy).proxy_place == "proxy.example:3128"
    assert TaskClient("http://service.example", KEY).proxy_place == ""
