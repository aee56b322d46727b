"""Facts about asking the service for whom its codes are."""

import json
import socket
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from gizqr_station.codes.decrypt_check import DecryptCheck, DecryptMode, decrypt_check
from gizqr_station.codes.task_client import TaskClient
from gizqr_station.domain.code_failures import ConnectionCut, KeyRefused
from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.identity import parse_identity
from gizqr_station.domain.pool_failures import DecryptDiffers, DecryptUnclear, ZipIncomplete
from gizqr_station.domain.pooled_codes import BadMember, CodeZip, ZipCodes
from gizqr_station.domain.stop import Stop, Stopped
from tests.codes.faulty_server import Asked, FaultyServer, always, http

PRODUCT = "0a6781ed676045988d5d72f3f0480fba"
MACS = ("00911f500047", "00911f500048", "00911f500049")
ZIP = CodeZip(
    PRODUCT, "http://127.0.0.1", CodeSource.SERVICE, "", "/static/zipfiles/1.zip", "0" * 64, datetime.now(UTC)
)
OLD = BadMember("00911f500050.png", ZipIncomplete("1.zip", 1, "no code"))
CODES = ZipCodes(ZIP, {parse_identity(mac): f"content of {mac}" for mac in MACS}, (OLD,))


def says(product_key: str = PRODUCT, **instead: str) -> Callable[[Asked, socket.socket, Stop], None]:
    """A service that knows its codes, and calls some of them another's."""

    def answer(asked: Asked, connection: socket.socket, _stop: Stop) -> None:
        assert asked.path == "/qrcode/v1/decrypt"
        mac = json.loads(asked.body)["content"].removeprefix("content of ")
        body = {"product_key": product_key, "mac": instead.get(f"of_{mac}", mac)}
        connection.sendall(http(200, json.dumps(body).encode()))

    return answer


def checked(server: FaultyServer, mode: DecryptMode, stop: Stop | None = None) -> ZipCodes:
    return DecryptCheck(TaskClient(server.url, "G"), mode, pause_s=0.001)(CODES, stop or Stop())


def test_off_asks_nobody() -> None:
    with FaultyServer(always(http(500))) as server:
        assert checked(server, DecryptMode.OFF) is CODES
    assert server.asked == []


@pytest.mark.parametrize(("mode", "asked"), [(DecryptMode.FIRST, 1), (DecryptMode.ALL, 3)])
def test_codes_that_are_their_devices_own_pass(mode: DecryptMode, asked: int) -> None:
    with FaultyServer(says()) as server:
        assert checked(server, mode) == CODES
    assert len(server.asked) == asked


def test_a_code_of_another_device_is_taken_out_and_named() -> None:
    with FaultyServer(says(of_00911f500048="00911f999999")) as server:
        codes = checked(server, DecryptMode.ALL)
    assert [str(identity) for identity in codes.contents] == ["00911f500047", "00911f500049"]
    assert codes.bad[0] is OLD
    assert codes.bad[1].name == "00911f500048.png"
    assert isinstance(codes.bad[1].failure, DecryptDiffers)
    assert codes.bad[1].failure.values() == {"identity": "00:91:1F:50:00:48", "found": "00911f999999"}


def test_a_code_of_another_product_is_taken_out_too() -> None:
    with FaultyServer(says("f" * 32)) as server:
        codes = checked(server, DecryptMode.ALL)
    assert codes.contents == {}
    assert [type(bad.failure) for bad in codes.bad[1:]] == [DecryptDiffers] * 3


def test_one_wrong_code_stands_for_its_whole_task_where_only_one_is_asked_about() -> None:
    with FaultyServer(says(of_00911f500047="00911f999999")) as server, pytest.raises(DecryptDiffers):
        checked(server, DecryptMode.FIRST)


@pytest.mark.parametrize(
    "answer",
    [
        http(200, b'{"content": "pk=0a67&mac=00911f500047"}'),
        http(200, b"{"),
        http(200, b""),
        http(404),
        http(400, b'{"reason": "content: not issued by this service"}'),
    ],
)
def test_an_answer_in_another_form_is_unclear_and_never_a_wrong_code(answer: bytes) -> None:
    with FaultyServer(always(answer)) as server:
        codes = checked(server, DecryptMode.ALL)
        with pytest.raises(DecryptUnclear):
            checked(server, DecryptMode.FIRST)
    assert codes.contents == {}
    assert [type(bad.failure) for bad in codes.bad[1:]] == [DecryptUnclear] * 3


def test_trouble_that_passes_is_waited_out() -> None:
    well = says()

    def answer(asked: Asked, connection: socket.socket, stop: Stop) -> None:
        trouble = {1: b"", 2: http(500), 4: http(429, Retry_After="0")}
        if (sent := trouble.get(len(server.asked))) is not None:
            connection.sendall(sent)
        else:
            well(asked, connection, stop)

    with FaultyServer(answer) as server:
        assert checked(server, DecryptMode.ALL) == CODES
    assert len(server.asked) == 6


def test_trouble_that_stays_is_told_as_it_is() -> None:
    with FaultyServer(always(b"")) as server, pytest.raises(ConnectionCut):
        checked(server, DecryptMode.ALL)
    assert len(server.asked) == 3
    with FaultyServer(always(http(401))) as server, pytest.raises(KeyRefused):
        checked(server, DecryptMode.FIRST)
    assert len(server.asked) == 1


def test_a_stop_ends_it_between_two_codes() -> None:
    stop = Stop()
    well = says()

    def answer(asked: Asked, connection: socket.socket, server_stop: Stop) -> None:
        stop.set()
        well(asked, connection, server_stop)

    with FaultyServer(answer) as server, pytest.raises(Stopped):
        checked(server, DecryptMode.ALL, stop)
    assert len(server.asked) == 1


@pytest.mark.parametrize("word", ["off", "first", "all"])
def test_the_settings_words_are_the_modes(word: str) -> None:
    with FaultyServer(says()) as server:
        assert decrypt_check(TaskClient(server.url, "G"), word)(CODES, Stop()) == CODES
