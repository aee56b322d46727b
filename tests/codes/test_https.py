"""Facts about https: only a certificate that is trusted gets the key, and a refused one is named."""

import contextlib
import datetime
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gizqr_station.codes.http_trust import trusted_certificates
from gizqr_station.codes.task_client import CallLimits, TaskClient
from gizqr_station.domain.code_failures import AnswerNotUnderstood, CertificateRefused, ServiceSlow, ServiceUnreachable
from gizqr_station.domain.failures import CodeFailure
from gizqr_station.domain.stop import Stop, Stopped
from tests.codes.faulty_server import Asked, FaultyServer, always, http
from tests.codes.scripted_service import PRODUCT
from tests.codes.tls_authority import Authority, new_authority

KEY = "a-very-secret-key"
LIMITS = CallLimits(connect_s=5.0, idle_s=10.0, json_total_s=10.0, zip_total_s=10.0)
EMPTY_LIST = b'{"meta": {"total": 0}, "objects": []}'
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return new_authority(tmp_path_factory.mktemp("company"), "company")


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return new_authority(tmp_path_factory.mktemp("stranger"), "stranger")


@pytest.fixture
def server(company: Authority) -> Iterator[FaultyServer]:
    with FaultyServer(always(http(200, EMPTY_LIST)), company.server_context()) as server:
        yield server


def asked(url: str, ca_file: Path | None, limits: CallLimits = LIMITS) -> None:
    TaskClient(url, KEY, limits, ca_file=ca_file).list_tasks(PRODUCT, Stop())


def test_a_company_s_own_certificate_is_trusted_when_the_settings_name_it(
    company: Authority, server: FaultyServer
) -> None:
    client = TaskClient(server.url, KEY, LIMITS, ca_file=company.ca_file)
    client.list_tasks(PRODUCT, Stop())
    assert client.encrypted
    assert server.asked[0].headers["authorization"] == KEY


def test_plain_http_is_not_encrypted() -> None:
    assert not TaskClient("http://service.example", KEY).encrypted


def refused(url: str, ca_file: Path | None, server: FaultyServer) -> str:
    with pytest.raises(CertificateRefused) as caught:
        asked(url, ca_file)
    assert server.asked == []
    assert KEY not in str(caught.value)
    return caught.value.reason


def test_an_unknown_certificate_gets_no_key(server: FaultyServer, stranger: Authority) -> None:
    assert refused(server.url, None, server) == "unknown issuer"
    assert refused(server.url, stranger.ca_file, server) == "unknown issuer"


def test_a_certificate_that_is_over_gets_no_key(company: Authority) -> None:
    context = company.server_context(begins=-2 * MINUTE, ends=-MINUTE)
    with FaultyServer(always(http(200, EMPTY_LIST)), context) as server:
        assert refused(server.url, company.ca_file, server) == "expired"


def test_a_certificate_that_has_not_begun_gets_no_key(company: Authority) -> None:
    """As a station with a dead clock battery sees every certificate."""
    context = company.server_context(begins=MINUTE, ends=2 * MINUTE)
    with FaultyServer(always(http(200, EMPTY_LIST)), context) as server:
        assert refused(server.url, company.ca_file, server) == "not yet valid"


@pytest.mark.parametrize("host", ["127.0.0.2", "service.example", "*.example"])
def test_another_hosts_certificate_gets_no_key(company: Authority, host: str) -> None:
    with FaultyServer(always(http(200, EMPTY_LIST)), company.server_context(host)) as server:
        assert refused(server.url, company.ca_file, server) == "made for another host"
        by_name = server.url.replace("127.0.0.1", "localhost")
        assert refused(by_name, company.ca_file, server) == "made for another host"


def test_a_host_is_known_by_its_name(company: Authority) -> None:
    with FaultyServer(always(http(200, EMPTY_LIST)), company.server_context("localhost")) as server:
        asked(server.url.replace("127.0.0.1", "localhost"), company.ca_file)
        assert len(server.asked) == 1


def test_with_the_company_s_file_nothing_else_is_trusted(company: Authority) -> None:
    assert trusted_certificates(company.ca_file).cert_store_stats()["x509_ca"] == 1


@pytest.mark.parametrize(
    ("hello", "found"),
    [
        (http(400, b"this port wants no TLS"), "no TLS"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "no TLS"),
        (b"220 mail.example ESMTP\r\n", "no TLS"),
        (b"\x15\x03\x03\x00\x02\x02\x28", "TLS: "),
    ],
)
def test_who_speaks_no_tls_on_an_https_port_is_not_the_service(hello: bytes, found: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(5)
        url = f"https://127.0.0.1:{listener.getsockname()[1]}"

        def answer() -> None:
            connection, _ = listener.accept()
            with connection, contextlib.suppress(OSError):
                connection.settimeout(5)
                connection.recv(4096)
                connection.sendall(hello)
                connection.recv(4096)

        answering = threading.Thread(target=answer)
        answering.start()
        with pytest.raises(AnswerNotUnderstood, match=found):
            asked(url, None)
        answering.join(5)


def test_a_connection_that_is_cut_in_the_handshake_asked_nothing() -> None:
    def hang_up(_asked: Asked, _connection: socket.socket, _stop: Stop) -> None:
        """Say nothing."""

    with FaultyServer(hang_up) as server, pytest.raises(ServiceUnreachable):
        asked(server.url.replace("http:", "https:"), None)


@pytest.mark.parametrize("stopped", [False, True])
def test_a_handshake_that_stalls_ends_with_the_call(stopped: bool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"https://127.0.0.1:{listener.getsockname()[1]}"
        stop = Stop()
        expected: type[CodeFailure | Stopped] = ServiceSlow
        if stopped:
            stop.set()
            expected = Stopped
        with pytest.raises(expected):
            TaskClient(url, KEY, CallLimits(connect_s=0.3)).list_tasks(PRODUCT, stop)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "there is no file ca.pem"),
        (b"", "no PEM certificate in ca.pem"),
        (b"hello", "no PEM certificate in ca.pem"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "no PEM certificate in ca.pem"),
        (b"\x30\x82\x01\x00", "no PEM certificate in ca.pem"),
    ],
)
@pytest.mark.parametrize("url", ["http://service.example", "https://service.example"])
def test_a_ca_file_that_cannot_be_used_is_told_at_once(
    tmp_path: Path, url: str, content: bytes | None, reason: str
) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ValueError, match=reason):
        TaskClient(url, KEY, ca_file=path)


def test_a_folder_is_no_ca_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        TaskClient("https://service.example", KEY, ca_file=tmp_path)


def test_no_key_log_of_the_environment_is_written(
    company: Authority, server: FaultyServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "keys.log"
    monkeypatch.setenv("SSLKEYLOGFILE", str(path))
    asked(server.url, company.ca_file)
    assert not path.exists()
