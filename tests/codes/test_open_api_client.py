"""Facts about the Open API's client: what it sends, and what each answer means."""

import json

import pytest
from pydantic import ValidationError

from gizqr_station.codes.http_caller import Waits
from gizqr_station.codes.open_api import OpenApiClient, _Page
from gizqr_station.codes.open_api_errors import Subject
from gizqr_station.domain.binding_proof import BoundDevice
from gizqr_station.domain.code_failures import AnswerBroken, AnswerNotUnderstood, ServiceThrottles, WebPageAnswered
from gizqr_station.domain.failures import CodeFailure
from gizqr_station.domain.proof_failures import (
    AppIdRefused,
    CloudFault,
    CloudThrottles,
    ContentRefused,
    DeviceNeverOnline,
    DeviceOffline,
    NotBound,
    ProofProductRefused,
    ProofRequestRefused,
    ProofSignInRefused,
)
from gizqr_station.domain.stop import Stop
from tests.codes.faulty_server import FaultyServer, always, http
from tests.codes.scripted_cloud import APP_ID, GOOD, MAC, PRODUCT, as_json, device, error

SUBJECT = Subject(PRODUCT, "00:91:1F:50:00:47")
TOKEN = "86a0ee91548f4971832e371811702316"


def client_of(url: str) -> OpenApiClient:
    return OpenApiClient(url, APP_ID, Waits(connect_s=5, idle_s=5))


def test_signing_in_sends_a_name_and_gives_a_user_whose_token_never_shows() -> None:
    answer = as_json({"uid": "29db4f0d806e451a84264ba3da64d9de", "token": TOKEN, "expire_at": 13894002020}, 201)
    with FaultyServer(always(answer)) as server:
        user = client_of(server.url).sign_in("gizqr-1", Stop(), within_s=5)
    asked = server.asked[0]
    assert (asked.method, asked.path) == ("POST", "/app/users")
    assert asked.headers["x-gizwits-application-id"] == APP_ID
    assert "authorization" not in asked.headers
    assert json.loads(asked.body) == {"phone_id": "gizqr-1"}
    assert (user.uid, user.token, user.sandbox) == ("29db4f0d806e451a84264ba3da64d9de", TOKEN, False)
    assert TOKEN not in repr(user)


def test_binding_sends_the_code_and_never_asks_to_own_the_device() -> None:
    with FaultyServer(always(http(200))) as server:
        client_of(server.url).bind(TOKEN, GOOD, SUBJECT, Stop(), within_s=5)
    asked = server.asked[0]
    assert (asked.method, asked.path) == ("POST", "/app/bind_latest")
    assert asked.headers["x-gizwits-user-token"] == TOKEN
    assert json.loads(asked.body) == {"qr_content": GOOD, "set_owner": 0}


def test_unbinding_names_the_devices_by_did() -> None:
    with FaultyServer(always(as_json({"success": ["a"], "failed": ["b"]}))) as server:
        client_of(server.url).unbind(TOKEN, ["a", "b"], SUBJECT, Stop(), within_s=5)
    asked = server.asked[0]
    assert (asked.method, asked.path) == ("DELETE", "/app/bindings")
    assert json.loads(asked.body) == {"devices": [{"did": "a"}, {"did": "b"}]}


def test_the_list_is_read_page_by_page_and_odd_entries_hide_no_others() -> None:
    pages = [
        [
            device("a", MAC),
            {"did": None},
            {"mac": "x"},
            {"did": "b", "mac": None, "product_key": 7, "is_online": "yes"},
        ],
        [device("a", MAC)],
        [],
    ]
    answers = iter(as_json({"devices": page}) for page in pages)
    with FaultyServer(lambda _asked, connection, _stop: connection.sendall(next(answers))) as server:
        bound = client_of(server.url).bindings(TOKEN, SUBJECT, Stop(), within_s=5)
    assert bound == (BoundDevice(PRODUCT, "a", MAC, online=True), BoundDevice("", "b", "", online=False))
    assert [asked.path for asked in server.asked] == [
        "/app/bindings?limit=100&skip=0",
        "/app/bindings?limit=100&skip=4",
        "/app/bindings?limit=100&skip=5",
    ]


def test_what_a_device_is_called_is_short_and_printable() -> None:
    answers = iter([as_json({"devices": [device("a", "0091\n\x1b[31m" + "1" * 500)]}), as_json({"devices": []})])
    with FaultyServer(lambda _asked, connection, _stop: connection.sendall(next(answers))) as server:
        [bound] = client_of(server.url).bindings(TOKEN, SUBJECT, Stop(), within_s=5)
    assert bound.mac == "0091[31m" + "1" * 56


def test_a_list_without_an_end_is_given_up_on() -> None:
    with FaultyServer(always(as_json({"devices": [device("a", MAC)]}))) as server, pytest.raises(AnswerNotUnderstood):
        client_of(server.url).bindings(TOKEN, SUBJECT, Stop(), within_s=5)
    assert len(server.asked) == 50


@pytest.mark.parametrize("status", [400, 200])
@pytest.mark.parametrize(
    ("number", "leaf", "values"),
    [
        (9002, ProofProductRefused, {"product_key": PRODUCT}),
        (9003, AppIdRefused, None),
        (9004, ProofSignInRefused, {"error_code": 9004}),
        (9006, ProofSignInRefused, {"error_code": 9006}),
        (9008, CloudFault, {"error_code": 9008, "message": "as documented!"}),
        (9014, DeviceNeverOnline, {"identity": "00:91:1F:50:00:47"}),
        (9015, ProofRequestRefused, {"error_code": 9015, "message": "as documented!"}),
        (9017, NotBound, {"identity": "00:91:1F:50:00:47"}),
        (9040, ContentRefused, {"identity": "00:91:1F:50:00:47"}),
        (9041, CloudThrottles, {"seconds": 5.0}),
        (9042, DeviceOffline, {"identity": "00:91:1F:50:00:47"}),
        (9099, CloudFault, {"error_code": 9099, "message": "as documented!"}),
        (-1, CloudFault, {"error_code": -1, "message": "as documented!"}),
    ],
)
def test_each_documented_number_has_its_own_failure_under_any_status(
    number: int, leaf: type[CodeFailure], values: dict[str, object] | None, status: int
) -> None:
    with FaultyServer(always(error(number, status))) as server, pytest.raises(leaf) as raised:
        client_of(server.url).bind(TOKEN, GOOD, SUBJECT, Stop(), within_s=5)
    assert raised.value.values() == (values if values is not None else {"address": server.url})


@pytest.mark.parametrize(
    ("answer", "leaf"),
    [
        (http(401), ProofSignInRefused),
        (http(403), ProofSignInRefused),
        (http(404), ProofRequestRefused),
        (http(429, Retry_After="7"), ServiceThrottles),
        (http(500), CloudFault),
        (http(503), CloudFault),
        (http(302, Location="http://127.0.0.1:9/"), AnswerNotUnderstood),
        (http(200, b"<html>", "text/html"), WebPageAnswered),
        (http(502, b"<html>", "text/html"), WebPageAnswered),
    ],
)
def test_a_status_without_a_number_says_what_it_can(answer: bytes, leaf: type[CodeFailure]) -> None:
    with FaultyServer(always(answer)) as server, pytest.raises(leaf):
        client_of(server.url).bind(TOKEN, GOOD, SUBJECT, Stop(), within_s=5)
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("body", "leaf"),
    [
        (b"", AnswerBroken),
        (b"{", AnswerBroken),
        (b"[]", AnswerNotUnderstood),
        (b"{}", AnswerNotUnderstood),
        (b'{"uid": "u", "token": "", "expire_at": 1}', AnswerNotUnderstood),
        (b'{"uid": "u", "token": "a\\r\\nX-Evil: 1", "expire_at": 1}', AnswerNotUnderstood),
        (b'{"uid": "u", "token": " a", "expire_at": 1}', AnswerNotUnderstood),
        (b'{"uid": "u", "token": "\\u4e2d", "expire_at": 1}', AnswerNotUnderstood),
        (b'{"uid": null, "token": "a", "expire_at": 1}', AnswerNotUnderstood),
    ],
)
def test_a_sign_in_of_another_shape_is_no_sign_in(body: bytes, leaf: type[CodeFailure]) -> None:
    with FaultyServer(always(http(200, body))) as server, pytest.raises(leaf):
        client_of(server.url).sign_in("gizqr-1", Stop(), within_s=5)


@pytest.mark.parametrize("app_id", ["", " ", "a\r\nb", "中"])
def test_an_app_id_that_can_never_be_sent_is_refused_and_not_repeated(app_id: str) -> None:
    with pytest.raises(ValueError) as refused:
        OpenApiClient("https://api.gizwits.com", app_id)
    assert not app_id.strip() or app_id not in str(refused.value)


def test_the_message_of_the_cloud_is_cut_and_printable() -> None:
    answer = error(9008, message="x\n\x1b[31m" + "y" * 500)
    with FaultyServer(always(answer)) as server, pytest.raises(CloudFault) as raised:
        client_of(server.url).bind(TOKEN, GOOD, SUBJECT, Stop(), within_s=5)
    assert raised.value.message == "x[31m" + "y" * 115


def test_a_hostile_list_is_left_at_its_first_fault() -> None:
    body = b'{"devices": [' + b"1," * 300 + b"1]}"
    with pytest.raises(ValidationError) as wrong:
        _Page.model_validate_json(body)
    assert wrong.value.error_count() == 1
    with FaultyServer(always(http(200, body))) as server, pytest.raises(AnswerNotUnderstood) as refused:
        client_of(server.url).bindings(TOKEN, SUBJECT, Stop(), within_s=5)
    assert refused.value.values()["found"] == "devices.0: model_type"
