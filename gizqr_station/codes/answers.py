"""What an answer of the QR service means: status, headers and body in, a value or a named failure out."""

from dataclasses import dataclass
from typing import TypeVar

import httpx
from pydantic import BaseModel, ConfigDict, ValidationError

from gizqr_station.domain.code_failures import (
    AnswerNotUnderstood,
    KeyRefused,
    RequestRefused,
    ServiceFault,
)
from gizqr_station.qrcode_api import SANDBOX_HEADER

Shape = TypeVar("Shape", bound=BaseModel)

_BOM = b"\xef\xbb\xbf"
_REASON_LETTERS = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer that arrived whole."""

    address: str
    """The service's base URL, for failures."""
    status: int
    headers: httpx.Headers
    body: bytes

    @property
    def sandbox(self) -> bool:
        """Whether the sandbox service says that it is one."""
        return SANDBOX_HEADER in self.headers


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
        raise RequestRefused(status, reason_in(answer.body))
    if status >= 500:
        raise ServiceFault(answer.address, status)
    if 300 <= status < 400:
        raise AnswerNotUnderstood(answer.address, f"redirect {status}")
    raise AnswerNotUnderstood(answer.address, f"HTTP {status}")


def parsed(answer: Answer, shape: type[Shape]) -> Shape:
    """The body as this shape, else AnswerNotUnderstood that names what came instead."""
    body = answer.body.removeprefix(_BOM)
    if "html" in answer.headers.get("content-type", "").lower() or body.lstrip()[:1] == b"<":
        raise AnswerNotUnderstood(answer.address, "HTML")
    if not body.strip():
        raise AnswerNotUnderstood(answer.address, "empty answer")
    try:
        return shape.model_validate_json(body)
    except ValidationError as wrong:
        raise AnswerNotUnderstood(answer.address, _found(wrong)) from wrong


def reason_in(body: bytes) -> str:
    """The reason in a JSON body of a refusal, printable and short; empty where there is none."""
    try:
        reasons = _Reasons.model_validate_json(body)
    except ValidationError:
        return ""
    said = reasons.reason or reasons.detail_message or reasons.error_message or reasons.message
    return "".join(letter for letter in said if letter.isprintable())[:_REASON_LETTERS]


def _found(wrong: ValidationError) -> str:
    """``broken JSON``, ``objects: list_type``, ``meta.total: missing``."""
    first = wrong.errors(include_url=False, include_context=False, include_input=False)[0]
    if first["type"] == "json_invalid":
        return "broken JSON"
    place = ".".join(str(part) for part in first["loc"])[:80]
    return f"{place}: {first['type']}" if place else f"{first['type']}"
