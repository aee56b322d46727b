"""Stands before the sandbox service: marks each answer as the sandbox's, asks for the key, and bounds the body."""

import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gizqr_station.qrcode_api import AUTHORIZATION_HEADER, SANDBOX_HEADER, Refusal

MAX_BODY_BYTES = 64 << 10
"""The longest request that makes sense has not a tenth of it."""
_KEPT_BY_KEY = ("/qrcode/", "/sandbox/")


class _TooLarge(Exception):
    """The body has more bytes than are taken."""


class Gate:
    """The key is asked for before a body is looked at, and the body is whole before it is handed on.

    Documentation and zips need no key; the Open API has headers of its own.

    Whether the vendor's service asks for the key when a zip is fetched is not known; the station sends it anyway.
    """

    def __init__(self, app: ASGIApp, authorization: str) -> None:
        self._app = app
        self._authorization = authorization.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 401 or 413, or hand on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[SANDBOX_HEADER] = "1"
            await send(message)

        async def refuse(status: int, reason: str) -> None:
            await JSONResponse(Refusal(reason=reason).model_dump(), status)(scope, receive, send_marked)

        if scope["path"].startswith(_KEPT_BY_KEY) and not self._has_key(scope):
            await refuse(401, "Authorization")
            return
        try:
            body = await _body(scope, receive)
        except _TooLarge:
            await refuse(413, f"body: more than {MAX_BODY_BYTES} bytes")
            return
        if body is not None:
            await self._app(scope, _first(body, receive), send_marked)

    def _has_key(self, scope: Scope) -> bool:
        shown = Headers(scope=scope).get(AUTHORIZATION_HEADER, "")
        return secrets.compare_digest(shown.encode("latin-1"), self._authorization)


async def _body(scope: Scope, receive: Receive) -> bytes | None:
    """The whole body, counted, whatever its announced length; None when the client went away before its end."""
    announced = Headers(scope=scope).get("Content-Length", "")
    if announced.isdecimal() and int(announced) > MAX_BODY_BYTES:
        raise _TooLarge
    arrived = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        arrived += message.get("body", b"")
        if len(arrived) > MAX_BODY_BYTES:
            raise _TooLarge
        if not message.get("more_body", False):
            return bytes(arrived)


def _first(body: bytes, receive: Receive) -> Receive:
    """Gives the body that has been received already, then whatever comes."""
    left: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return left.pop() if left else await receive()

    return replay
