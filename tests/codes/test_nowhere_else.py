"""The key goes to the configured host and nowhere else, whatever a list, a redirect or the environment says."""

import itertools
import json
from pathlib import Path

import pytest

from gizqr_station.codes.task_client import CallLimits, TaskClient
from gizqr_station.domain.code_failures import AnswerNotUnderstood
from gizqr_station.domain.stop import Stop
from gizqr_station.qrcode_api import is_zip_path
from tests.codes.faulty_server import FaultyServer, always, http
from tests.codes.scripted_service import PRODUCT

KEY = "a-very-secret-key"
LIMITS = CallLimits(connect_s=5.0, idle_s=10.0, json_total_s=10.0, zip_total_s=10.0)
EMPTY_LIST = b'{"meta": {"total": 0}, "objects": []}'

ZIP = "/static/zipfiles/1.zip"
BEFORE = [
    "http://{canary}", "https://{canary}", "HTTP://{canary}", "http:/{canary}", "http:{canary}", "http:///{canary}",
    "//{canary}", "///{canary}", "\\\\{canary}", "/\\{canary}", "\\/{canary}", "@{canary}", ":pw@{canary}",
    "user:pw@{canary}", ".{canary}", "#@{canary}", "?@{canary}", ":{canary_port}", "{canary}", "http://{server}@{canary}",
    "http://{canary}#", "http://{canary}?x=", "ftp://{canary}", "file://{canary}", "javascript://{canary}",
    "http://[::ffff:127.0.0.1]:{canary_port}", "http://2130706433:{canary_port}", "http://0x7f.1:{canary_port}",
    "http://localhost:{canary_port}", "http://127.1:{canary_port}", "http://０x7f000001:{canary_port}",
]  # fmt: skip
PATHS = [
    ZIP, "/static/zipfiles/../zipfiles/1.zip", "/static/zipfiles/..%2f1.zip", "/static/zipfiles%2f1.zip",
    "/static/zipfiles/1.zip%00", "/static/zipfiles/1.zip\r\nHost: {canary}", "/static/zipfiles/1.zip HTTP/1.1",
    "/static/zipfiles/１.zip", "/%73tatic/zipfiles/1.zip", "/static/zipfiles/1.zip?to={canary}",
    "/STATIC/zipfiles/1.zip", "/static/zipfiles/1.zip&{canary}",
]  # fmt: skip
ALONE = [
    "/", "..", "../1.zip", "static/zipfiles/1.zip", "./static/zipfiles/1.zip", "/static/zipfiles/1.zip/",
    "/static//zipfiles/1.zip", "//static/zipfiles/1.zip", "/static/zipfiles/1.zip ", " /static/zipfiles/1.zip",
    "/static/zipfiles/1.zip\n", "\t/static/zipfiles/1.zip", "/static/zipfiles/1.zip\x00", "/static/zipfiles/.zip",
    "/static/zipfiles/-1.zip", "/static/zipfiles/1e3.zip", "/static/zipfiles/1.zip.exe", "/static/zipfiles/1.zi",
    "/static/zipfiles/1\u200b.zip", "/static/zipfiles/\u0661.zip", "/static/zipfiles/1.zip\u2028",
    "/static/zipfiles/1.z\u0131p", "\ufeff/static/zipfiles/1.zip", "/static/zipfiles/%31.zip",
    "/static\\zipfiles\\1.zip", "/static/zipfiles/1.zip;/", "/static/zipfiles/1.zip#",
    "/static/zipfiles/1.zip?", "/static/zipfiles/*.zip",
    "/static/zipfiles/" + "1" * 19 + ".zip", "/etc/passwd", "C:\\1.zip", "data:,x", "x" * 100_000,
]  # fmt: skip


def hostile_files(server: str, canary: str) -> list[str]:
    texts = [before + path for before, path in itertools.product(BEFORE, PATHS)] + PATHS[1:] + ALONE
    texts += [before.upper() + ZIP for before in BEFORE] + [before + "%2f" + ZIP for before in BEFORE]
    texts += [before + "/../../" + ZIP for before in BEFORE] + [before + "\u3002example" + ZIP for before in BEFORE]
    port = canary.rpartition(":")[2]
    names = {"{server}": server, "{canary}": canary, "{canary_port}": port}
    for mark, value in names.items():
        texts = [text.replace(mark, value).replace(mark.upper(), value) for text in texts]
    return list(dict.fromkeys(texts))


def test_five_hundred_hostile_files_bring_nobody_the_key() -> None:
    with FaultyServer(always(http(200))) as canary, FaultyServer(always(http(200))) as host:
        place = host.url.removeprefix("http://")
        hostile = hostile_files(place, canary.url.removeprefix("http://"))
        assert len(hostile) >= 500
        body = json.dumps({"meta": {"total": len(hostile)}, "objects": [{"file": file} for file in hostile]}).encode()
        with FaultyServer(always(http(200, body))) as server:
            client = TaskClient(server.url, KEY, LIMITS)
            listing = client.list_tasks(PRODUCT, Stop())
            assert (listing.tasks, listing.shown) == ((), len(hostile))
            for file in hostile:
                with pytest.raises(AnswerNotUnderstood, match="file"):
                    client.download(file, Stop())
            assert len(server.asked) == 1
        assert (canary.asked, host.asked) == ([], [])


def test_even_a_file_that_got_through_would_go_to_the_configured_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second line of defence: what the form of a file lets through is a path below the base address, no address."""
    monkeypatch.setattr("gizqr_station.codes.task_client.is_zip_path", lambda text: text.startswith("/"))
    with FaultyServer(always(http(200))) as canary, FaultyServer(always(http(200, b"PK"))) as server:
        client = TaskClient(server.url, KEY, LIMITS)
        place = canary.url.removeprefix("http://")
        for file in (f"//{place}{ZIP}", f"/\\{place}{ZIP}", f"/@{place}{ZIP}", f"/http://{place}{ZIP}"):
            client.download(file, Stop())
        assert len(server.asked) == 4
        assert canary.asked == []


def test_only_the_one_form_of_a_file_may_be_fetched() -> None:
    assert is_zip_path(ZIP)
    assert not any(is_zip_path(text) for text in hostile_files("a.example:1", "b.example:2"))


@pytest.mark.parametrize("status", [300, 301, 302, 303, 304, 305, 307, 308])
def test_a_redirect_is_not_followed(status: int) -> None:
    with FaultyServer(always(http(200, EMPTY_LIST))) as elsewhere:
        answer = http(status, Location=f"{elsewhere.url}/qrcode/v1/{PRODUCT}/tasks")
        with FaultyServer(always(answer)) as server:
            client = TaskClient(server.url, KEY, LIMITS)
            for call in (
                lambda: client.list_tasks(PRODUCT, Stop()),
                lambda: client.create_task(PRODUCT, "00911f500047", "00911f500047", Stop()),
                lambda: client.download(ZIP, Stop()),
                lambda: client.decrypt("x", Stop()),
                lambda: client.knock(Stop(), within_s=5),
            ):
                with pytest.raises(AnswerNotUnderstood, match=f"redirect {status} to 127.0.0.1"):
                    call()
        assert elsewhere.asked == []


@pytest.mark.parametrize("location", ["http://x:port/", "\x80", "http://", "//[", "mailto:x", "http://xn--a/"])
def test_a_redirect_to_nowhere_is_a_redirect_all_the_same(location: str) -> None:
    with FaultyServer(always(http(302, Location=location, Set_Cookie="\x80=\x80"))) as server:
        client = TaskClient(server.url, KEY, LIMITS)
        with pytest.raises(AnswerNotUnderstood, match="redirect 302"):
            client.list_tasks(PRODUCT, Stop())


def test_no_proxy_of_the_environment_sees_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    with FaultyServer(always(http(200, EMPTY_LIST))) as proxy, FaultyServer(always(http(200, EMPTY_LIST))) as server:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        monkeypatch.setenv("no_proxy", "")
        TaskClient(server.url, KEY, LIMITS).list_tasks(PRODUCT, Stop())
        assert (len(proxy.asked), len(server.asked)) == (0, 1)


def test_no_netrc_of_the_environment_changes_the_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n", encoding="ascii")
    monkeypatch.setenv("NETRC", str(netrc))
    with FaultyServer(always(http(200, EMPTY_LIST))) as server:
        TaskClient(server.url, KEY, LIMITS).list_tasks(PRODUCT, Stop())
    assert server.asked[0].headers["authorization"] == KEY
