"""Facts about what an answer means."""

import httpx
import pytest

from gizqr_station.codes.answers import Answer, parsed, reason_in, require_success
from gizqr_station.domain.code_failures import (
    AnswerBroken,
    AnswerNotUnderstood,
    KeyRefused,
    RequestRefused,
    ServiceFault,
    WebPageAnswered,
)
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
    ("body", "kind"),
    [
        (b"<!doctype html><title>Sign in</title>", "text/html"),
        (b"  <html>", "application/json"),
        (b"\xef\xbb\xbf<html>", "application/json"),
        (b'{"meta": {"total": 1}, "objects": []}', "text/html; charset=utf-8"),
        (b"", "TEXT/HTML"),
    ],
)
def test_a_web_page_is_named(body: bytes, kind: str) -> None:
    with pytest.raises(WebPageAnswered):
        parsed(answer(body, kind=kind), TaskPage)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b'{"meta": {"total"', "no JSON"),
        (b"[" * 15_000, "no JSON"),
        (b'{"meta": ' * 15_000, "no JSON"),
        ('{"meta": {"total": 1}, "objects": []}'.encode("utf-16"), "no JSON"),
        ('{"meta": {"total": 1}, "objects": []}'.encode("utf-32-le"), "no JSON"),
        (b'{"meta": {"total": 1}, "objects": [{"file": "\xe4"}]}', "no JSON"),
        (b'{"meta": {"total": NaN}, "objects": []}', "meta.total: no number"),
        (b'{"meta": {"total": -Infinity}, "objects": []}', "meta.total: no number"),
        (b'{"meta": {"total": 1e400}, "objects": []}', "meta.total: no number"),
        (b'{"meta": {"total": 1}, "objects": []} trailing', "no JSON"),
        (b'{"meta": {"total": 1%s}, "objects": []}' % (b"0" * 5000), "no JSON"),
        (b"callback({})", "no JSON"),
        (b"\x00", "no JSON"),
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
    ],
)
def test_what_is_no_json_is_broken(body: bytes, found: str) -> None:
    with pytest.raises(AnswerBroken) as caught:
        parsed(answer(body), TaskPage)
    assert caught.value.found == found


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"null", "model_type"),
        (b"[]", "model_type"),
        (b'{"meta": {"total": 1}, "objects": null}', "objects: list_type"),
        (b'{"meta": {"total": 1}, "objects": {}}', "objects: list_type"),
        (b'{"meta": {}, "objects": []}', "meta.total: missing"),
        (b'{"meta": {"total": 1}, "objects": [%s{}]}' % (b"{}," * 20_000), "too many parts"),
        (b'{"meta": {"total": -1}, "objects": []}', "meta.total: greater_than_equal"),
        (b'{"meta": {"total": 1}, "objects": [{"file": {}}]}', "objects.0.file: string_type"),
    ],
)
def test_json_of_another_shape_names_the_place(body: bytes, found: str) -> None:
    with pytest.raises(AnswerNotUnderstood) as caught:
        parsed(answer(body), TaskPage)
    assert caught.value.found == found
    assert caught.value.address == ADDRESS


@pytest.mark.parametrize(
    ("location", "found"),
    [
        ("https://login.example/start?back=1", "redirect 302 to login.example"),
        ("/qrcode", "redirect 302"),
        ("//elsewhere.example", "redirect 302 to elsewhere.example"),
        ("http://x:port", "redirect 302"),
        ("http://xn--a/", "redirect 302 to xn--a"),
        ("http://a-very-secret-key.example/", "redirect 302 to ***.example"),
        ("", "redirect 302"),
    ],
)
def test_a_redirect_is_named_with_its_host(location: str, found: str) -> None:
    redirect = Answer(ADDRESS, 302, httpx.Headers({"location": location}), b"", ("a-very-secret-key",))
    with pytest.raises(AnswerNotUnderstood) as caught:
        require_success(redirect, 200)
    assert caught.value.found == found


def test_a_key_that_the_service_repeats_is_not_shown() -> None:
    said = b'{"reason": "no such key: a-very-secret-key"}'
    refusal = Answer(ADDRESS, 400, httpx.Headers(), said, ("a-very-secret-key",))
    with pytest.raises(RequestRefused) as caught:
        require_success(refusal, 200)
    assert caught.value.reason == "no such key: ***"
    assert "secret-key" not in repr(refusal)


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
        (b'{"reason": "x"%s}' % (b" " * 70_000), ""),
        (b"", ""),
    ],
)
def test_a_reason_is_printable_or_empty(body: bytes, reason: str) -> None:
    assert reason_in(body) == reason


def test_a_reason_is_short() -> None:
    assert len(reason_in(b'{"reason": "%s"}' % (b"x" * 5000))) == 200


def test_a_secret_is_hidden_before_a_reason_is_cut() -> None:
    body = b'{"reason": "%s secret-key-4711"}' % (b"x" * 190)
    refused = Answer(ADDRESS, 400, httpx.Headers(), body, ("secret-key-4711",))
    assert refused.reason == "x" * 190 + " ***"
