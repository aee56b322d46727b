"""Facts about the sandbox service, asked over a real connection."""

import json
import re
import socket
from typing import Any

import httpx
import pytest

PRODUCT = "0a6781ed676045988d5d72f3f0480fba"
TASKS = f"/qrcode/v1/{PRODUCT}/tasks"
MAC = "00911f500047"
ONE = {"start_mac": MAC, "end_mac": MAC}
KEY = {"Authorization": "G"}
VENDORS_OWN = "2efc9e621cb34553b12edf7e63645864Pf2fFwkrJlBs4KRU/RQAnSjtFqvEsoISa7+WLzDhjHU7ArPMYwRGg2MIazCLTymUz5kTzw=="


def ask(url: str, method: str, path: str, **more: Any) -> httpx.Response:
    with httpx.Client(base_url=url, trust_env=False, verify=False, headers=more.pop("key", KEY)) as client:
        return client.request(method, path, **more)


def test_a_task_is_created_without_a_number(sandbox_url: str) -> None:
    answer = ask(sandbox_url, "POST", TASKS, json=ONE)
    assert (answer.status_code, answer.json()) == (201, {})


def test_the_list_is_paged_newest_first(sandbox_url: str) -> None:
    product = "00000000000000000000000000000001"
    for _ in range(12):
        ask(sandbox_url, "POST", f"/qrcode/v1/{product}/tasks", json=ONE)
    first = ask(sandbox_url, "GET", f"/qrcode/v1/{product}/tasks").json()
    assert first["meta"] == {"next": "?skip=10&limit=10", "skip": 0, "total": 12, "limit": 10, "previous": None}
    assert len(first["objects"]) == 10
    second = ask(sandbox_url, "GET", f"/qrcode/v1/{product}/tasks?skip=10").json()
    assert second["meta"]["next"] is None
    assert second["meta"]["previous"] == "?skip=0&limit=10"
    assert [set(task) for task in second["objects"]] == [{"created_at", "updated_at", "file"}] * 2


@pytest.mark.parametrize("key", [{}, {"Authorization": ""}, {"Authorization": "g"}, {"Authorization": "G, G"}])
@pytest.mark.parametrize(("method", "path"), [("GET", TASKS), ("POST", TASKS), ("POST", "/qrcode/v1/decrypt")])
def test_nothing_is_told_without_the_key_not_even_what_is_wrong(
    sandbox_url: str, key: dict[str, str], method: str, path: str
) -> None:
    answer = ask(sandbox_url, method, path, key=key, content=b"{")
    assert answer.status_code == 401
    assert answer.json()["reason"]


@pytest.mark.parametrize("path", ["/doc/", "/doc", "/openapi.json", "/static-offline-docs/swagger-ui.css"])
def test_documentation_needs_no_key(sandbox_url: str, path: str) -> None:
    assert ask(sandbox_url, "GET", path, key={}).status_code == 200


@pytest.mark.parametrize("path", ["/doc/", "/nowhere", "/static/zipfiles/99999.zip", TASKS])
def test_each_answer_says_that_this_is_a_sandbox(sandbox_url: str, path: str) -> None:
    assert "X-Gizqr-Sandbox" in ask(sandbox_url, "GET", path).headers
    assert "X-Gizqr-Sandbox" in ask(sandbox_url, "GET", path, key={}).headers


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/qrcode/v1/XYZ/tasks", ONE),
        (f"/qrcode/v1/{PRODUCT.upper()}/tasks", ONE),
        (TASKS, {"start_mac": "00911f500048", "end_mac": MAC}),
        (TASKS, {"start_mac": "00911f500000", "end_mac": "00911f502710"}),
        (TASKS, {"start_mac": "nonsense", "end_mac": MAC}),
        (TASKS, {"start_mac": MAC}),
        (TASKS, {"start_mac": 12, "end_mac": 12}),
        (TASKS, [ONE]),
        (TASKS, "x" * 60_000),
        ("/qrcode/v1/decrypt", {"content": VENDORS_OWN}),
        ("/qrcode/v1/decrypt", {}),
    ],
)
def test_a_wrong_request_is_refused_with_a_reason(sandbox_url: str, path: str, body: object) -> None:
    answer = ask(sandbox_url, "POST", path, json=body)
    assert answer.status_code == 400
    assert answer.json()["reason"]


def test_a_body_that_is_no_json_is_refused_with_a_reason(sandbox_url: str) -> None:
    answer = ask(sandbox_url, "POST", TASKS, content=b'{"start_mac":')
    assert answer.status_code == 400
    assert answer.json()["reason"]


@pytest.mark.parametrize(
    "key", [{}, {"Content-Type": "text/plain"}, {"Content-Type": "application/x-www-form-urlencoded"}]
)
@pytest.mark.parametrize("path", [TASKS, "/qrcode/v1/decrypt"])
def test_a_body_that_does_not_say_that_it_is_json_is_told_so(sandbox_url: str, path: str, key: dict[str, str]) -> None:
    answer = ask(sandbox_url, "POST", path, key=KEY | key, content=b'{"start_mac": "00911f500047"}')
    assert (answer.status_code, answer.json()["reason"]) == (400, "Content-Type: application/json is missing")


def test_a_list_that_says_that_it_is_json_is_not_told_to_say_so(sandbox_url: str) -> None:
    answer = ask(sandbox_url, "POST", TASKS, json=[ONE])
    assert "Content-Type" not in answer.json()["reason"]


@pytest.mark.parametrize("path", [TASKS, "/qrcode/v1/decrypt", "/doc/"])
@pytest.mark.parametrize("counted", [True, False])
def test_a_body_that_is_too_long_is_refused(sandbox_url: str, path: str, counted: bool) -> None:
    whole = b" " * (64 * 1024 + 1)
    pieces = (whole[at : at + 8192] for at in range(0, len(whole), 8192))
    answer = ask(sandbox_url, "POST", path, content=whole if counted else pieces)
    assert answer.status_code == 413
    assert "65536" in answer.json()["reason"]
    assert "X-Gizqr-Sandbox" in answer.headers


def test_a_body_is_refused_for_its_announced_length_before_it_comes(sandbox_url: str) -> None:
    address = httpx.URL(sandbox_url)
    with socket.create_connection((address.host, address.port or 80), timeout=10) as connection:
        head = f"POST {TASKS} HTTP/1.1\r\nHost: x\r\nAuthorization: G\r\nContent-Length: 300000000\r\n\r\n"
        connection.sendall(head.encode())
        assert connection.recv(12) == b"HTTP/1.1 413"


def test_a_body_may_be_just_as_long_as_is_taken_and_come_in_pieces(sandbox_url: str) -> None:
    body = json.dumps(ONE).encode().ljust(64 * 1024)
    pieces = (body[at : at + 1000] for at in range(0, len(body), 1000))
    kind = {"Content-Type": "application/json"}
    assert ask(sandbox_url, "POST", TASKS, key=KEY | kind, content=pieces).status_code == 201
    assert ask(sandbox_url, "POST", TASKS, key=KEY | kind, content=body).status_code == 201


@pytest.mark.parametrize("query", ["skip=-1", "limit=0", "limit=101", "limit=x", f"skip={10**12}"])
def test_a_page_has_bounds(sandbox_url: str, query: str) -> None:
    assert ask(sandbox_url, "GET", f"{TASKS}?{query}").status_code == 400


@pytest.mark.parametrize(
    "name", ["99999.zip", "x.zip", "-1.zip", "..%2f..%2fsealing.key", "%D9%A1.zip", "1" * 40 + ".zip"]
)
def test_what_is_no_ready_task_has_no_zip(sandbox_url: str, name: str) -> None:
    answer = ask(sandbox_url, "GET", f"/static/zipfiles/{name}")
    assert answer.status_code == 404
    assert answer.json()["reason"]


def test_the_page_and_all_that_it_loads_come_from_this_machine(sandbox_url: str) -> None:
    page = ask(sandbox_url, "GET", "/doc/").text
    loaded = re.findall(r"""(?:src|href)\s*=\s*["']([^"']+)["']""", page)
    assert len(loaded) >= 3
    assert all(address.startswith("/static-offline-docs/") for address in loaded)
    assert not re.search(r"https?://", page)
    for address in loaded:
        asset = ask(sandbox_url, "GET", address)
        assert asset.status_code == 200
        assert not re.search(r"jsdelivr|unpkg|cdnjs|googleapis|@import", asset.text)
    assert '"validatorUrl": "none"' in page


def test_the_document_offers_authorization_and_never_speaks_of_422(sandbox_url: str) -> None:
    document = ask(sandbox_url, "GET", "/openapi.json").json()
    assert document["info"]["title"] == "QRCode Service API"
    assert document["info"]["version"] == "1.0.0"
    schemes = document["components"]["securitySchemes"].values()
    assert {(scheme["in"], scheme["name"]) for scheme in schemes} == {
        ("header", "Authorization"),
        ("header", "X-Gizwits-Application-Id"),
        ("header", "X-Gizwits-User-token"),
    }
    answers = {
        path: {status for operation in operations.values() for status in operation["responses"]}
        for path, operations in document["paths"].items()
    }
    assert answers["/qrcode/v1/{product_key}/tasks"] == {"200", "201", "400", "401", "413"}
    assert answers["/qrcode/v1/decrypt"] == {"200", "400", "401", "413"}
    assert not any("422" in statuses for statuses in answers.values())
