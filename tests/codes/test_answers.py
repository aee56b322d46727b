"""Facts about what an answer means."""

import httpx
import pytest

from gizqr_station.codes.answers import Answer, parsed, reason_in, require_success
from gizqr_station.domain.code_failures import AnswerNotUnderstood, KeyRefused, RequestRefused, ServiceFault
from gizqr_station.domain.failures import CodeFailure
from gizqr_station.qrcode_api import TaskPage

ADDRESS = "http://service.example"


def answer(body: bytes, status: int = 200, kind: str = "application/json") -> Answer:
    return Answer(ADDRESS, status, httpx.Headers({"content-type": kind}), body)


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (401, KeyRefused),
        (403, KeyRefused),
        (400, RequestRefused),
        (404, RequestRefused),
        (429, RequestRefused),
        (500, ServiceFault),
        (503, ServiceFault),
        (302, AnswerNotUnderstood),
        (206, AnswerNotUnderstood),
    ],
)
def test_each_status_has_its_failure(status: int, failure: type[CodeFailure]) -> None:
    with pytest.raises(failure):
        require_success(answer(b"{}", status), 200)


def test_the_status_that_was_hoped_for_is_none() -> None:
    require_success(answer(b"{}", 201), 200, 201)


@pytest.mark.parametrize(
    ("body", "kind", "found"),
    [
        (b"<!doctype html><title>Sign in</title>", "text/html", "HTML"),
        (b"  <html>", "application/json", "HTML"),
        (b'{"meta": {"total": 1}, "objects": []}', "text/html; charset=utf-8", "HTML"),
        (b'{"meta": {"total"', "application/json", "broken JSON"),
        (b"[" * 100_000, "application/json", "broken JSON"),
        ('{"meta": {"total": 1}, "objects": []}'.encode("utf-16"), "application/json", "broken JSON"),
        (b'{"meta": {"total": 1}, "objects": [{"file": "\xe4"}]}', "application/json", "broken JSON"),
        (b"", "application/json", "empty answer"),
        (b" \r\n", "application/json", "empty answer"),
        (b"null", "application/json", "model_type"),
        (b"[]", "application/json", "model_type"),
        (b'{"meta": {"total": 1}, "objects": null}', "application/json", "objects: list_type"),
        (b'{"meta": {}, "objects": []}', "application/json", "meta.total: missing"),
        (b'{"meta": {"total": NaN}, "objects": []}', "application/json", "meta.total: finite_number"),
        (b'{"meta": {"total": 1}, "objects": [{"file": {}}]}', "application/json", "objects.0.file: string_type"),
    ],
)
def test_what_came_instead_is_named(body: bytes, kind: str, found: str) -> None:
    with pytest.raises(AnswerNotUnderstood) as caught:
        parsed(answer(body, kind=kind), TaskPage)
    assert caught.value.found == found
    assert caught.value.address == ADDRESS


def test_giant_numbers_and_unknown_fields_do_no_harm() -> None:
    page = parsed(answer(b'{"meta": {"total": 1%s, "x": {}}, "objects": []}' % (b"0" * 300)), TaskPage)
    assert page.meta.total == 10**300


def test_a_byte_order_mark_is_overlooked() -> None:
    assert parsed(answer(b'\xef\xbb\xbf{"meta": {"total": 0}, "objects": []}'), TaskPage).objects == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"reason": "start_mac is after end_mac"}', "start_mac is after end_mac"),
        (b'{"error_code": 9015, "error_message": "form invalid!", "detail_message": null}', "form invalid!"),
        (b'{"detail_message": "mac", "error_message": "form invalid!"}', "mac"),
        (b'{"reason": "a\\u001b[31mb\\u202e"}', "a[31mb"),
        (b'{"reason": ["x"]}', ""),
        (b"<html>", ""),
        (b"", ""),
    ],
)
def test_a_reason_is_printable_or_empty(body: bytes, reason: str) -> None:
    assert reason_in(body) == reason


def test_a_reason_is_short() -> None:
    assert len(reason_in(b'{"reason": "%s"}' % (b"x" * 5000))) == 200
