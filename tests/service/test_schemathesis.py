"""The sandbox does what its own document says, asked with whatever a tool makes of that document.

The tool is schemathesis: it reads ``/openapi.json``, sends what the document allows and what it forbids, and compares
status, headers and body of each answer with what is promised.
"""

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck
from schemathesis import Case
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks

from gizqr_station.service.app import build_app
from gizqr_station.service.cloud_store import CloudStore
from gizqr_station.service.sealing import Sealing
from gizqr_station.service.tasks import TaskStore

APP_ID = "5f1d3b7a9c2e4860b1d3f5a7c9e0b2d4"
MODES = {"allowed": GenerationMode.POSITIVE, "forbidden": GenerationMode.NEGATIVE}
NOT_ASKED = (
    checks.positive_data_acceptance,  # that a range runs forwards, or who issued a content, no schema can say
    checks.ignored_auth,  # the Open API answers 400 to a wrong App id or token, as the vendor's does
)
OPERATIONS = {
    ("POST", "/qrcode/v1/{product_key}/tasks"),
    ("GET", "/qrcode/v1/{product_key}/tasks"),
    ("GET", "/static/zipfiles/{number}.zip"),
    ("POST", "/qrcode/v1/decrypt"),
    ("POST", "/app/users"),
    ("POST", "/app/bind_latest"),
    ("GET", "/app/bindings"),
    ("DELETE", "/app/bindings"),
    ("GET", "/sandbox/devices/{mac}"),
    ("PUT", "/sandbox/devices/{mac}"),
}


@contextlib.contextmanager
def sandbox(folder: Path) -> Iterator[tuple[FastAPI, Mapping[str, str]]]:
    """The application, and headers with which everything is allowed."""
    sealing = Sealing(bytes(32))
    with contextlib.closing(TaskStore(folder, sealing)) as store:
        cloud = CloudStore(folder / "open-api.json")
        token = cloud.sign_in(APP_ID, "somebody").token
        headers = {"X-Gizwits-Application-Id": APP_ID, "X-Gizwits-User-token": token, "Authorization": "G"}
        yield build_app(store, cloud, sealing, "G"), headers


def ask(folder: Path, method: str, path: str, mode: GenerationMode, examples: int, *, with_keys: bool) -> int:
    """So many requests that the tool makes up; how many it really made. Raises what was found wrong."""
    asked = 0
    with sandbox(folder) as (app, headers):
        operation = schemathesis.openapi.from_asgi("/openapi.json", app)[path][method]

        @hypothesis.settings(
            max_examples=examples,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
        def one(case: Case[Any]) -> None:
            nonlocal asked
            asked += 1
            case.call_and_validate(headers=dict(headers) if with_keys else None, excluded_checks=list(NOT_ASKED))

        one()
    return asked


def test_the_document_names_every_call_and_no_other(tmp_path: Path) -> None:
    with sandbox(tmp_path) as (app, _):
        every = schemathesis.openapi.from_asgi("/openapi.json", app)
        assert {(method.upper(), path) for path in every for method in every[path]} == OPERATIONS


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("method", "path"), sorted(OPERATIONS))
def test_every_call_answers_as_documented(tmp_path: Path, method: str, path: str, mode: str) -> None:
    if mode == "forbidden" and path.startswith("/static"):
        pytest.skip("any name may be asked for")
    assert ask(tmp_path, method, path, MODES[mode], 6, with_keys=True) >= 1


@pytest.mark.parametrize(("method", "path"), sorted(OPERATIONS))
def test_every_call_without_the_right_keys_answers_as_documented(tmp_path: Path, method: str, path: str) -> None:
    assert ask(tmp_path, method, path, GenerationMode.POSITIVE, 3, with_keys=False) >= 1


@pytest.mark.slow
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("method", "path"), sorted(OPERATIONS))
def test_every_call_answers_as_documented_for_long(tmp_path: Path, method: str, path: str, mode: str) -> None:
    if mode == "forbidden" and path.startswith("/static"):
        pytest.skip("any name may be asked for")
    ask(tmp_path, method, path, MODES[mode], 400, with_keys=True)
    ask(tmp_path, method, path, MODES[mode], 100, with_keys=False)
