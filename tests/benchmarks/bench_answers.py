"""How long one answer keeps every other thread waiting: ``station.py test -m benchmark -n 0 -s -k bench_answers``.

A JSON parser gives nobody a turn until it is done, and the window must never stand still for 100 ms. So the largest
answers that are let in, honest and hostile, are parsed, and the processor time of each is what a window would miss.
"""

import json
import time
from collections.abc import Callable

import httpx
import pytest

from gizqr_station.codes.answers import Answer, parsed, reason_in
from gizqr_station.codes.task_client import _Page
from gizqr_station.domain.failures import CodeFailure

pytestmark = pytest.mark.benchmark

MOST_MS = 100
MEBIBYTE = 1 << 20
_HEAD = b'{"meta": {"total": 1}, "objects": ['
_FILE = {"created_at": "1495077738", "updated_at": "1495077738", "file": "/static/zipfiles/1474.zip"}

ANSWERS: dict[str, bytes] = {
    "an honest page of 100 tasks": json.dumps({"meta": {"total": 1}, "objects": [_FILE] * 100}).encode(),
    "an honest page of 9,000 tasks": json.dumps({"meta": {"total": 1}, "objects": [_FILE] * 9000}).encode(),
    "empty objects": _HEAD + b"{}," * (MEBIBYTE // 3 - 20) + b"{}]}",
    "19,000 empty objects": _HEAD + b"{}," * 19_000 + b"{}]}",
    "numbers where objects should be": _HEAD + b"1," * (MEBIBYTE // 2 - 20) + b"1]}",
    "brackets": b"[" * MEBIBYTE,
    "lists in lists": _HEAD + b"]," + b'"x": [' + (b"[" * 90 + b"]" * 90 + b",") * 5000 + b"0]}",
    "numbers of 4,000 digits": _HEAD + b"]," + b'"x": [' + (b"9" * 4000 + b",") * 255 + b"0]}",
    "a number of a million digits": b'{"meta": {"total": ' + b"9" * (MEBIBYTE - 60) + b'}, "objects": []}',
    "names": _HEAD + b"]," + b",".join(b'"%06x": 0' % number for number in range(80_000)) + b"}",
    "escapes": _HEAD + b"]," + b'"x": "' + b"\\u0041" * (MEBIBYTE // 6 - 20) + b'"}',
    "spaces": b" " * MEBIBYTE,
}


def quickest_ms(work: Callable[[], object]) -> float:
    """Of five times, in milliseconds of processor time: what other programs do beside it is left out that way."""
    times = []
    for _ in range(5):
        began = time.thread_time()
        work()
        times.append(time.thread_time() - began)
    return min(times) * 1000


@pytest.mark.parametrize("name", ANSWERS)
def test_no_answer_holds_up_the_window(name: str) -> None:
    body = ANSWERS[name]
    assert len(body) <= MEBIBYTE
    answer = Answer("http://service.example", 200, httpx.Headers(), body)
    came = "a page"

    def page() -> None:
        nonlocal came
        try:
            parsed(answer, _Page)
        except CodeFailure as failure:
            came = str(failure.values().get("found"))

    parsed_ms, reason_ms = quickest_ms(page), quickest_ms(lambda: reason_in(body))
    line = f"{name}: {len(body):,} bytes, {parsed_ms:.1f} ms as a page ({came}), {reason_ms:.1f} ms as a refusal"
    print(f"\n{line}", end="")  # noqa: T201 - this is what a benchmark is for
    assert max(parsed_ms, reason_ms) < MOST_MS
