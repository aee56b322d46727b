"""What an answer of a service means: status, headers and body in, a value or a named failure out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import httpx
from pydantic import BaseModel, ConfigDict, ValidationError

from gizqr_station.domain.code_failures import (
    AnswerBroken,
    AnswerNotUnderstood,
    KeyRefused,
    RequestRefused,
    ServiceFault,
    WebPageAnswered,
)
from gizqr_station.domain.failures import CodeFailure
from gizqr_station.qrcode_api import SANDBOX_HEADER

Shape = TypeVar("Shape", bound=BaseModel)

_BOM = b"\xef\xbb\xbf"
_BRACKETS_AT_MOST = 20_000
"""A parser keeps every other thread waiting until it is done: 30 ms with so many, over 100 with a mebibyte of them."""
_REASON_BYTES = 1 << 16
_REASON_LETTERS = 200
_PLACE_LETTERS = 60


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer that arrived whole."""

    address: str
    """The service's base URL, for failures."""
    status: int
    headers: httpx.Headers
    body: bytes = field(repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)
    """What was sent and must not be repeated when the service echoes it."""

    @property
    def sandbox(self) -> bool:
        """Whether the sandbox service says that it is one."""
        return SANDBOX_HEADER in self.headers

    @property
    def reason(self) -> str:
        """Why a request was refused, as far as the body says it; never with a secret in it."""
        return reason_in(self.body, self.shown)

    def shown(self, text: str) -> str:
        """Text of the service as it may be shown: without what was sent to it in confidence."""
        for secret in self.secrets:
            text = text.replace(secret, "***")
        return text


class _Reasons(BaseModel):
    """The fields in which services are used to say why; the first is the sandbox's, the next the Open API's."""

    model_config = ConfigDict(extra="ignore")

    reason: str = ""
    detail_message: str | None = ""
    error_message: str = ""
    message: str = ""


def require_success(answer: Answer, *statuses: int) -> None:
    """Raise what the status means unless it is one of these; 404 counts as RequestRefused here."""
    status = answer.status
    if status in statuses:
        return
    if status in (401, 403):
        raise KeyRefused(answer.address, status)
    if 400 <= status < 500:
        raise RequestRefused(status, answer.reason)
    if status >= 500:
        raise ServiceFault(answer.address, status)
    if 300 <= status < 400:
        raise AnswerNotUnderstood(answer.address, f"redirect {status}{_where_to(answer)}")
    raise AnswerNotUnderstood(answer.address, f"HTTP {status}")


def parsed(answer: Answer, shape: type[Shape]) -> Shape:
    """The body as this shape.

    WebPageAnswered for HTML, AnswerBroken for what is no JSON at all, AnswerNotUnderstood for JSON of another shape.
    """
    require_no_web_page(answer)
    body = answer.body.removeprefix(_BOM)
    if not body.strip():
        raise AnswerBroken(answer.address, "empty")
    if body.count(b"{") + body.count(b"[") > _BRACKETS_AT_MOST:
        raise AnswerNotUnderstood(answer.address, "too many parts")
    try:
        return shape.model_validate_json(body)
    except ValidationError as wrong:
        # Without its cause, which repeats what came: a service may echo the key.
        raise _misunderstood(answer.address, wrong) from None


def require_no_web_page(answer: Answer) -> None:
    """WebPageAnswered for what says that it is HTML, or begins like it: neither JSON nor a zip does."""
    start = answer.body[:1024].removeprefix(_BOM).lstrip()
    if "html" in answer.headers.get("content-type", "").lower() or start[:1] == b"<":
        raise WebPageAnswered(answer.address)


def reason_in(body: bytes, shown: Callable[[str], str] = str) -> str:
    """The reason in a JSON body of a refusal, printable and short; empty where there is none.

    ``shown`` sees all of it, before it is cut: half a secret would not be known for one.
    """
    if len(body) > _REASON_BYTES:
        return ""
    try:
        reasons = _Reasons.model_validate_json(body)
    except ValidationError:
        return ""
    said = reasons.reason or reasons.detail_message or reasons.error_message or reasons.message
    return shown(_printable(said))[:_REASON_LETTERS]


def _where_to(answer: Answer) -> str:
    """Host of a redirect, for whoever has to find out who answers there; it is never gone to."""
    try:
        target = httpx.URL(answer.headers.get("location", ""))
    except httpx.InvalidURL:
        return ""
    # Raw, for httpx decodes international names on reading them, and breaks on those that are none.
    host = target.raw_host.decode("ascii", "replace")
    return f" to {_printable(answer.shown(host))[:_PLACE_LETTERS]}" if host else ""


def _misunderstood(address: str, wrong: ValidationError) -> CodeFailure:
    """``no JSON``, or what is wrong with it where: ``objects: list_type``, ``meta.total: missing``."""
    first = wrong.errors(include_url=False, include_context=False, include_input=False)[0]
    if first["type"] == "json_invalid":
        return AnswerBroken(address, "no JSON")
    place = ".".join(str(part) for part in first["loc"])[:_PLACE_LETTERS]
    if first["type"] == "finite_number":  # NaN and Infinity are no JSON, and nor is what is larger than any number
        return AnswerBroken(address, f"{place}: no number")
    return AnswerNotUnderstood(address, f"{place}: {first['type']}" if place else str(first["type"]))


def _printable(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable())
