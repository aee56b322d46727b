"""What a refusal of the Open API means: an answer in, a named failure out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from gizqr_station.codes.answers import Answer, require_no_web_page
from gizqr_station.domain.code_failures import AnswerNotUnderstood
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
from gizqr_station.open_api_shapes import CloudError, CloudRefusal

UNSAID_PAUSE_S = 5.0
"""9041 comes without a time."""
_MESSAGE_LETTERS = 120
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a call is about, for the words of its failures."""

    product_key: str
    identity: str
    """Readable, or the beginning of the code."""


_Leaf = Callable[[Answer, Subject, str], CodeFailure]
_LEAVES: Mapping[int, _Leaf] = {
    CloudError.PRODUCT_KEY_INVALID: lambda _answer, subject, _said: ProofProductRefused(subject.product_key),
    CloudError.APP_ID_INVALID: lambda answer, _subject, _said: AppIdRefused(answer.address),
    CloudError.TOKEN_INVALID: lambda _answer, _subject, _said: ProofSignInRefused(CloudError.TOKEN_INVALID.value),
    CloudError.TOKEN_EXPIRED: lambda _answer, _subject, _said: ProofSignInRefused(CloudError.TOKEN_EXPIRED.value),
    CloudError.SERVER_ERROR: lambda _answer, _subject, said: CloudFault(CloudError.SERVER_ERROR.value, said),
    CloudError.DEVICE_NOT_FOUND: lambda _answer, subject, _said: DeviceNeverOnline(subject.identity),
    CloudError.FORM_INVALID: lambda _answer, _subject, said: ProofRequestRefused(CloudError.FORM_INVALID.value, said),
    CloudError.NOT_BOUND: lambda _answer, subject, _said: NotBound(subject.identity),
    CloudError.BAD_CODE: lambda _answer, subject, _said: ContentRefused(subject.identity),
    CloudError.THROTTLED: lambda _answer, _subject, _said: CloudThrottles(UNSAID_PAUSE_S),
    CloudError.DEVICE_OFFLINE: lambda _answer, subject, _said: DeviceOffline(subject.identity),
}


def require_done(answer: Answer, subject: Subject, *statuses: int) -> None:
    """Raise what the answer says went wrong, unless its status is one of these and it names no error.

    The number counts before the status: clients of the Open API have met errors under 200. A number that is not
    documented is CloudFault, whatever it may mean: nothing is concluded of the label from it.
    """
    refusal = _refusal(answer)
    if refusal is not None and refusal.error_code:
        said = answer.shown(_printable(refusal.message))[:_MESSAGE_LETTERS]
        leaf = _LEAVES.get(refusal.error_code)
        raise CloudFault(refusal.error_code, said) if leaf is None else leaf(answer, subject, said)
    require_no_web_page(answer)
    status = answer.status
    if status in statuses:
        return
    if status in (401, 403):
        raise ProofSignInRefused(status)
    if 400 <= status < 500:
        raise ProofRequestRefused(status, answer.reason)
    if status >= 500:
        raise CloudFault(status, "HTTP")
    raise AnswerNotUnderstood(answer.address, f"HTTP {status}")


def _refusal(answer: Answer) -> CloudRefusal | None:
    try:
        return CloudRefusal.model_validate_json(answer.body.removeprefix(_BOM))
    except ValidationError:
        return None


def _printable(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable())
