"""Talks to the Open API as an anonymous user: signs in, binds by code, lists what is bound, unbinds.

Each method raises a CodeFailure or Stopped, nothing else. The App id and the user's token go into headers of these
calls and nowhere else; the passcodes that the cloud tells beside each device are not even read.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, FailFast, Field

from gizqr_station.codes.answers import Answer, parsed
from gizqr_station.codes.http_caller import GuardedHttp, Waits
from gizqr_station.codes.http_route import Proxy
from gizqr_station.codes.open_api_errors import Subject, require_done
from gizqr_station.domain.binding_proof import BoundDevice
from gizqr_station.domain.code_failures import AnswerNotUnderstood
from gizqr_station.domain.stop import Stop
from gizqr_station.open_api_shapes import (
    APP_ID_HEADER,
    BIND_PATH,
    BINDINGS_PATH,
    LONGEST_PAGE,
    USER_TOKEN_HEADER,
    USERS_PATH,
    BindRequest,
    DeviceId,
    SignInAnswer,
    SignInRequest,
    UnbindAnswer,
    UnbindRequest,
)

_JSON_BYTES = 1 << 20
_PAGES_AT_MOST = 50
_ENTRIES_AT_MOST = 1_000


@dataclass(frozen=True, slots=True)
class CloudUser:
    """A user that has signed in. The token is a secret."""

    uid: str
    token: str = field(repr=False)
    sandbox: bool
    """Whether a sandbox said so of itself."""


class _Entry(BaseModel):
    """As the cloud may write a device: an odd one must not hide the others, and without a ``did`` it is none."""

    model_config = ConfigDict(extra="ignore")

    did: Any = None
    product_key: Any = None
    mac: Any = None
    is_online: Any = None


class _Page(BaseModel):
    model_config = ConfigDict(extra="ignore")

    devices: Annotated[list[_Entry], Field(max_length=_ENTRIES_AT_MOST), FailFast()]


class OpenApiClient:
    """The Open API at one address for one App. May be used by several threads at once.

    ValueError, which never repeats the App id, for an address, an id or a CA file that can never work.
    """

    def __init__(
        self,
        base_url: str,
        app_id: str,
        waits: Waits | None = None,
        *,
        ca_file: Path | None = None,
        proxy: Proxy | None = None,
    ) -> None:
        self._http = GuardedHttp(base_url, {APP_ID_HEADER: app_id}, waits, ca_file=ca_file, proxy=proxy)

    @property
    def address(self) -> str:
        """The base URL, without a slash at its end."""
        return self._http.address

    def sign_in(self, phone_id: str, stop: Stop, *, within_s: float) -> CloudUser:
        """The anonymous user of this name, who is made at the first time."""
        body = SignInRequest(phone_id=phone_id).model_dump_json().encode()
        answer = self._http.call("POST", USERS_PATH, stop, within_s, _JSON_BYTES, body)
        require_done(answer, Subject("", ""), 200, 201)
        said = parsed(answer, SignInAnswer)
        if not (said.token.isascii() and said.token.isprintable() and said.token == said.token.strip()):
            raise AnswerNotUnderstood(self.address, "token")
        return CloudUser(said.uid, said.token, answer.sandbox)

    def bind(self, token: str, content: str, subject: Subject, stop: Stop, *, within_s: float) -> None:
        """Bind the device that a code names. That this returns proves nothing: the answer has no promised body.

        ConnectionCut, ServiceSlow, AnswerTooSlow and CloudFault leave open whether it is bound.
        """
        body = BindRequest(qr_content=content, set_owner=0).model_dump_json().encode()
        answer = self._ask("POST", BIND_PATH, token, stop, within_s, body)
        require_done(answer, subject, 200, 201)

    def bindings(self, token: str, subject: Subject, stop: Stop, *, within_s: float) -> tuple[BoundDevice, ...]:
        """Everything that is bound to the user, page by page until one is empty; each device once."""
        found: dict[str, BoundDevice] = {}
        skip = 0
        for _ in range(_PAGES_AT_MOST):
            path = f"{BINDINGS_PATH}?limit={LONGEST_PAGE}&skip={skip}"
            answer = self._ask("GET", path, token, stop, within_s)
            require_done(answer, subject, 200)
            page = parsed(answer, _Page)
            if not page.devices:
                return tuple(found.values())
            skip += len(page.devices)
            found.update((entry.did, _device(entry)) for entry in page.devices if _is_did(entry.did))
        raise AnswerNotUnderstood(self.address, "devices: no end")

    def unbind(self, token: str, dids: list[str], subject: Subject, stop: Stop, *, within_s: float) -> None:
        """Take devices away from the user. Which of them went the list says, not this answer."""
        for at in range(0, len(dids), LONGEST_PAGE):
            devices = [DeviceId(did=did) for did in dids[at : at + LONGEST_PAGE]]
            body = UnbindRequest(devices=devices).model_dump_json().encode()
            answer = self._ask("DELETE", BINDINGS_PATH, token, stop, within_s, body)
            require_done(answer, subject, 200)
            parsed(answer, UnbindAnswer)

    def _ask(
        self, method: str, path: str, token: str, stop: Stop, within_s: float, body: bytes | None = None
    ) -> Answer:
        headers = {USER_TOKEN_HEADER: token}
        return self._http.call(method, path, stop, within_s, _JSON_BYTES, body, headers=headers)


def _is_did(did: object) -> bool:
    return isinstance(did, str) and 1 <= len(did) <= 64


def _device(entry: _Entry) -> BoundDevice:
    return BoundDevice(_text(entry.product_key), entry.did, _text(entry.mac), online=entry.is_online is True)


def _text(value: object) -> str:
    """Short and printable: it is shown to people."""
    return "".join(letter for letter in value if letter.isprintable())[:64] if isinstance(value, str) else ""
