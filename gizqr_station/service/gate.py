"""Stands before the sandbox service: marks each answer as the sandbox's, and asks for the key."""

import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gizqr_station.qrcode_api import AUTHORIZATION_HEADER, SANDBOX_HEADER, Refusal

_KEPT_BY_KEY = "/qrcode/"


class Gate:
    """The key is asked for before a body is looked at. Documentation and zips need none.

    Whether the vendor's service asks for the key when a zip is fetched is not known; the station sends it anyway.
    """

    def __init__(self, app: ASGIApp, authorization: str) -> None:
        self._app = app
        self._authorization = authorization.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 401 or hand on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[SANDBOX_HEADER] = "1"
            await send(message)

        if scope["path"].startswith(_KEPT_BY_KEY) and not self._has_key(scope):
            refusal = JSONResponse(Refusal(reason="Authorization").model_dump(), 401)
            await refusal(scope, receive, send_marked)
            return
        await self._app(scope, receive, send_marked)

    def _has_key(self, scope: Scope) -> bool:
        shown = Headers(scope=scope).get(AUTHORIZATION_HEADER, "")
        return secrets.compare_digest(shown.encode("latin-1"), self._authorization)
