"""Whatever comes back, each call ends in a value or in a failure with a name."""

import json
import socket
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gizqr_station.codes.answers import Answer, parsed, require_success
from gizqr_station.codes.task_client import CallLimits, Listing, TaskClient
from gizqr_station.domain.code_failures import ServiceThrottles
from gizqr_station.domain.failures import CodeFailure
from gizqr_station.domain.stop import Stop
from gizqr_station.qrcode_api import DecryptAnswer, TaskPage, is_zip_path
from tests.codes.faulty_server import Asked, FaultyServer
from tests.codes.scripted_service import PRODUCT

MAC = "00911f500047"
LIMITS = CallLimits(
    connect_s=10.0, idle_s=20.0, json_total_s=20.0, zip_total_s=20.0, json_bytes=1 << 16, zip_bytes=1 << 16
)
ANY = settings(deadline=None, max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture])
ANY_SLOW = settings(ANY, max_examples=20_000)

GOOD: dict[str, Any] = {
    "meta": {"next": None, "skip": 0, "total": 2, "limit": 10, "previous": None},
    "objects": [
        {"created_at": "1495077738", "updated_at": "1495077738", "file": "/static/zipfiles/1474.zip"},
        {"created_at": "1482229358", "updated_at": "1482229358", "file": None},
    ],
}

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4)
)


@st.composite
def mutated_lists(draw: st.DrawFn) -> bytes:
    """The good answer with something else in one or two places, or with something gone."""
    answer = json.loads(json.dumps(GOOD))
    for _ in range(draw(st.integers(1, 2))):
        place: Any = answer
        for key in draw(st.sampled_from([(), ("meta",), ("objects",), ("objects", 0), ("objects", 1)])):
            place = place[key] if isinstance(place, dict) and key in place else place
            place = place[0] if isinstance(place, list) and place else place
        if isinstance(place, dict) and place:
            name = draw(st.sampled_from(sorted(place)))
            if draw(st.booleans()):
                place[name] = draw(values)
            else:
                del place[name]
    return json.dumps(answer).encode()


@st.composite
def torn_lists(draw: st.DrawFn) -> bytes:
    """The good answer's bytes cut, doubled, or with other bytes in between."""
    whole = json.dumps(GOOD).encode()
    start, end = sorted((draw(st.integers(0, len(whole))), draw(st.integers(0, len(whole)))))
    return whole[:start] + draw(st.binary(max_size=20)) + whole[end:]


bodies = st.one_of(
    st.binary(max_size=300),
    values.map(lambda value: json.dumps(value).encode()),
    mutated_lists(),
    torn_lists(),
    st.text(max_size=100).flatmap(lambda text: st.sampled_from(["utf-16", "utf-32", "utf-8-sig"]).map(text.encode)),
)
kinds = st.sampled_from(["application/json", "text/html", "application/zip", "x", "application/json; charset=utf-16"])
header_value = st.binary(max_size=40).map(lambda raw: raw.replace(b"\r", b"").replace(b"\n", b""))
headers = st.lists(
    st.tuples(
        st.sampled_from(
            [b"Content-Encoding", b"Retry-After", b"Location", b"Date", b"Content-Type", b"X", b"Set-Cookie"]
        ),
        header_value,
    ),
    max_size=3,
)
statuses = st.integers(100, 599) | st.sampled_from([200, 200, 200, 201, 206, 401, 404, 429, 503])


@st.composite
def answers(draw: st.DrawFn) -> bytes:
    """A whole HTTP answer that is well formed, but for what stands in it."""
    body = draw(bodies)
    lines = [b"HTTP/1.1 %d Whatever" % draw(statuses), b"Content-Type: " + draw(kinds).encode()]
    lines += [name + b": " + value for name, value in draw(headers)]
    if draw(st.booleans()):
        lines.append(b"Content-Length: %d" % draw(st.just(len(body)) | st.integers(0, 400)))
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


@st.composite
def torn_answers(draw: st.DrawFn) -> bytes:
    """An answer with anything anywhere, its status line and lengths included."""
    whole = draw(answers())
    at = draw(st.integers(0, min(len(whole), 60)))
    return whole[:at] + draw(st.binary(max_size=10)) + whole[at + draw(st.integers(0, 5)) :]


class AnyServer:
    """Answers with whatever the present example is."""

    def __init__(self) -> None:
        self.answer = b""

    def __call__(self, _asked: Asked, connection: socket.socket, _stop: Stop) -> None:
        connection.sendall(self.answer)


@pytest.fixture(scope="module")
def answering() -> AnyServer:
    return AnyServer()


@pytest.fixture(scope="module")
def url(answering: AnyServer) -> Iterator[str]:
    with FaultyServer(answering) as server:
        yield server.url


CALLS: tuple[Callable[[TaskClient], object], ...] = (
    lambda client: client.list_tasks(PRODUCT, Stop()),
    lambda client: client.create_task(PRODUCT, MAC, MAC, Stop()),
    lambda client: client.download("/static/zipfiles/1.zip", Stop()),
    lambda client: client.decrypt("x", Stop()),
)
any_call = st.sampled_from(range(len(CALLS)))
any_answer = answers() | torn_answers() | st.binary(max_size=200)


def require_named(url: str, call: Callable[[TaskClient], object]) -> None:
    """With a client of its own, so that no pause of an earlier example hides an answer."""
    try:
        given_back = call(TaskClient(url, "G", LIMITS))
    except CodeFailure as failure:
        _require_plain(failure)
        return
    if isinstance(given_back, Listing):
        assert all(task.file is None or is_zip_path(task.file) for task in given_back.tasks)


def _require_plain(failure: CodeFailure) -> None:
    """What a failure holds is short and printable, so that no service writes on the operator's screen."""
    for value in failure.values().values():
        assert not isinstance(value, str) or (value.isprintable() and len(value) <= 250)
    if isinstance(failure, ServiceThrottles):
        assert 0 <= failure.seconds <= 120


@ANY
@given(any_answer, any_call)
def test_any_answer_is_a_value_or_a_named_failure(answering: AnyServer, url: str, answer: bytes, call: int) -> None:
    answering.answer = answer
    require_named(url, CALLS[call])


@pytest.mark.slow
@ANY_SLOW
@given(any_answer, any_call)
def test_any_of_twenty_thousand_answers_is_a_value_or_a_named_failure(
    answering: AnyServer, url: str, answer: bytes, call: int
) -> None:
    answering.answer = answer
    require_named(url, CALLS[call])


@settings(ANY, max_examples=750)
@given(bodies, statuses, kinds)
def test_any_body_is_a_value_or_a_named_failure(body: bytes, status: int, kind: str) -> None:
    answer = Answer("http://service.example", status, httpx.Headers({"content-type": kind}), body)
    for judge in (
        lambda: require_success(answer, 200),
        lambda: parsed(answer, TaskPage),
        lambda: parsed(answer, DecryptAnswer),
    ):
        try:
            judge()
        except CodeFailure as failure:
            _require_plain(failure)
