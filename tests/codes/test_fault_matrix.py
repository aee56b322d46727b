"""Every fault of a network against every call: each ends in time, under the right name, and at once when stopped."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from gizqr_station.codes.task_client import CallLimits, TaskClient
from gizqr_station.codes.zip_gate import identities_in
from gizqr_station.domain.code_failures import (
    AnswerBroken,
    AnswerNotUnderstood,
    AnswerTooLarge,
    AnswerTooSlow,
    ConnectionCut,
    ServiceSlow,
    ServiceUnreachable,
    ZipRefused,
)
from gizqr_station.domain.failures import CodeFailure
from gizqr_station.domain.stop import Stop, Stopped
from tests.codes import toxics as faults
from tests.codes.fault_proxy import FaultProxy, Toxic
from tests.codes.faulty_server import FaultyServer, always, http
from tests.codes.scripted_service import PRODUCT, zip_of

MAC = "00911f500047"
FILE = "/static/zipfiles/1.zip"
SHORT = CallLimits(connect_s=2.0, idle_s=0.5, json_total_s=0.8, zip_total_s=0.8)
PATIENT = CallLimits(connect_s=10.0, idle_s=20.0, json_total_s=20.0, zip_total_s=20.0)
LATE_AT_MOST_S = 1.0

Outcome = type[CodeFailure] | None
"""None: the call succeeds."""


def create(client: TaskClient, stop: Stop) -> None:
    client.create_task(PRODUCT, MAC, MAC, stop)


def listing(client: TaskClient, stop: Stop) -> None:
    assert client.list_tasks(PRODUCT, stop).tasks[0].file == FILE


def download(client: TaskClient, stop: Stop) -> None:
    assert identities_in(client.download(FILE, stop).data, PRODUCT, FILE) == {MAC}


CALLS = {"create": create, "list": listing, "download": download}


def same(outcome: Outcome) -> dict[str, Outcome]:
    return dict.fromkeys(CALLS, outcome)


def of(create: Outcome, listing: Outcome, download: Outcome) -> dict[str, Outcome]:
    return {"create": create, "list": listing, "download": download}


# What the 201 of a created task carries does not matter; a body that no length guards is judged by what it says.
PASSING: dict[str, tuple[Toxic, dict[str, Outcome]]] = {
    "none": (faults.none, same(None)),
    "latency": (faults.latency, same(None)),
    "jitter": (faults.jitter, same(None)),
    "slicer": (faults.slicer, same(None)),
    "slow close": (faults.slow_close, same(None)),
    "duplicate answer": (faults.duplicate_answer, same(None)),
    "duplicate request": (faults.duplicate_request, same(None)),
    "empty lines first": (faults.empty_lines_first, same(AnswerNotUnderstood)),
    "chunks": (faults.chunked(lambda chunks: chunks), same(None)),
    "timeout": (faults.timeout, same(ConnectionCut)),
    "reset after the request": (faults.reset_after_request, same(ConnectionCut)),
    "reset in the header": (faults.reset_after(20), same(ConnectionCut)),
    "cut at once": (faults.limit_data(0), same(ConnectionCut)),
    "cut in the status": (faults.limit_data(9), same(ConnectionCut)),
    "cut in the header": (faults.limit_data(40), same(ConnectionCut)),
    "cut before the last byte": (faults.limit_last(1), same(ConnectionCut)),
    "length too long": (faults.length_changed(5), same(ConnectionCut)),
    "length too short": (faults.length_changed(-1), of(None, AnswerBroken, ZipRefused)),
    "length twice": (faults.length_twice, same(AnswerNotUnderstood)),
    "no length": (faults.without_length(0), same(None)),
    "no length, cut": (faults.without_length(1), of(None, AnswerBroken, ZipRefused)),
    "chunk size broken": (faults.chunked(lambda chunks: b"zz" + chunks), same(ConnectionCut)),
    "chunk size huge": (faults.chunked(lambda chunks: b"f" * 15 + chunks), same(ConnectionCut)),
    "chunk size endless": (faults.chunked(lambda chunks: b"0" * 50_000 + chunks), same(ConnectionCut)),
    "chunk size negative": (faults.chunked(lambda chunks: b"-" + chunks), same(ConnectionCut)),
    "last chunk missing": (faults.chunked(lambda chunks: chunks[:-5]), same(ConnectionCut)),
    "garbage first": (faults.garbage_first, same(AnswerNotUnderstood)),
    "header flood": (faults.header_flood, same(AnswerNotUnderstood)),
    "body flood": (faults.body_flood, of(AnswerTooLarge, AnswerTooLarge, AnswerTooLarge)),
    "half closed": (faults.half_closed, same(ConnectionCut)),
    "request cut": (faults.request_cut, same(ConnectionCut)),
    "bits flipped": (faults.bits_flipped, of(None, AnswerBroken, ZipRefused)),
}
"""These end by themselves; a call that waits long enough sees it."""

WAITING: dict[str, tuple[Toxic, dict[str, Outcome]]] = {
    "bandwidth": (faults.bandwidth, same(AnswerTooSlow)),
    "stall before the answer": (faults.stall_before, same(ServiceSlow)),
    "stall of the request": (faults.stall_request, same(ServiceSlow)),
    "stall in the status": (faults.stall_after(9), same(AnswerTooSlow)),
    "stall in the header": (faults.stall_after(40), same(AnswerTooSlow)),
    "half open": (faults.half_open, same(AnswerTooSlow)),
    "interim flood": (faults.interim_flood, same(AnswerTooSlow)),
}
"""These never end: the call must."""


def _answer(method: str, path: str) -> bytes:
    if method == "POST":
        return http(201, b"{}")
    if path.startswith("/static"):
        return http(200, zip_of({MAC: b"\x89PNG" + bytes(300)}), "application/zip")
    return http(200, b'{"meta": {"total": 1}, "objects": [{"created_at": "1", "file": "%s"}]}' % FILE.encode())


@pytest.fixture
def healthy() -> Iterator[FaultyServer]:
    with FaultyServer(
        lambda asked, connection, stop: always(_answer(asked.method, asked.path))(asked, connection, stop)
    ) as server:
        yield server


def outcome_of(call: Callable[[TaskClient, Stop], None], client: TaskClient) -> tuple[Outcome, float]:
    began = time.monotonic()
    try:
        call(client, Stop())
    except CodeFailure as failure:
        return type(failure), time.monotonic() - began
    return None, time.monotonic() - began


def outcomes(proxy: FaultProxy, limits: CallLimits) -> dict[str, tuple[Outcome, float]]:
    """All calls at once: their waits pass side by side."""
    client = TaskClient(proxy.url, "G", limits)
    with ThreadPoolExecutor(len(CALLS)) as pool:
        waiting = {name: pool.submit(outcome_of, call, client) for name, call in CALLS.items()}
        return {name: future.result() for name, future in waiting.items()}


@pytest.mark.parametrize("name", PASSING)
def test_a_fault_that_ends_by_itself_has_its_name(healthy: FaultyServer, name: str) -> None:
    toxic, expected = PASSING[name]
    with FaultProxy(healthy.url, toxic) as proxy:
        assert {call: outcome for call, (outcome, _) in outcomes(proxy, PATIENT).items()} == expected


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_connection_that_is_reset_at_once_was_none_or_was_cut(call: Callable[[TaskClient, Stop], None]) -> None:
    """Which of the two depends on whether the RST overtakes the end of connect()."""
    with FaultProxy("http://127.0.0.1:1", faults.reset_at_once) as proxy:
        outcome, _ = outcome_of(call, TaskClient(proxy.url, "G", PATIENT))
    assert outcome in (ServiceUnreachable, ConnectionCut)


@pytest.mark.parametrize("name", WAITING)
def test_a_fault_that_never_ends_has_its_name_within_the_calls_time(healthy: FaultyServer, name: str) -> None:
    toxic, expected = WAITING[name]
    with FaultProxy(healthy.url, toxic) as proxy:
        seen = outcomes(proxy, SHORT)
    assert {call: outcome for call, (outcome, _) in seen.items()} == expected
    assert max(seconds for _, seconds in seen.values()) <= SHORT.zip_total_s + LATE_AT_MOST_S


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize("name", WAITING)
def test_stop_ends_a_call_in_any_fault(
    healthy: FaultyServer, name: str, call: Callable[[TaskClient, Stop], None]
) -> None:
    stop, asked_at = Stop(), []

    with FaultProxy(healthy.url, WAITING[name][0]) as proxy:

        def ask_to_stop() -> None:
            proxy.begun.wait(10)
            asked_at.append(time.monotonic())
            stop.set()

        asking = threading.Thread(target=ask_to_stop)
        asking.start()
        with pytest.raises(Stopped):
            call(TaskClient(proxy.url, "G", PATIENT), stop)
        ended_at = time.monotonic()
        asking.join()
    assert ended_at - asked_at[0] <= LATE_AT_MOST_S


@pytest.mark.slow
@pytest.mark.parametrize("name", PASSING | WAITING)
def test_every_fault_has_its_name_a_hundred_times(healthy: FaultyServer, name: str) -> None:
    toxic, expected = (PASSING | WAITING)[name]
    limits = PATIENT if name in PASSING else SHORT
    with FaultProxy(healthy.url, toxic) as proxy:
        for _ in range(100):
            seen = outcomes(proxy, limits)
            assert {call: outcome for call, (outcome, _) in seen.items()} == expected
            if name in WAITING:
                assert max(seconds for _, seconds in seen.values()) <= SHORT.zip_total_s + LATE_AT_MOST_S
