"""An address on the web that gets each result, at least once, under a key that it can tell repeats by."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Protocol

from gizqr_station.domain.hand_over_failures import ResultRefused
from gizqr_station.domain.result import Destination, Result
from gizqr_station.domain.stop import Stop
from gizqr_station.outbox.document import encoded

_TAKEN = range(200, 300)


class Post(Protocol):
    """One POST of JSON with an end of its own."""

    @property
    def address(self) -> str:
        """Without secrets."""
        ...

    def __call__(self, body: bytes, headers: Mapping[str, str], stop: Stop) -> int:
        """The answer's status; raises CodeFailure leaves for what went wrong on the way, and Stopped."""
        ...


class Webhook:
    """The Taker of ``workflows.outbox_ports`` for an address."""

    destination = Destination.WEBHOOK

    def __init__(self, post: Post, secret: str = "") -> None:
        """``secret``: what each delivery is signed with; empty for none."""
        self._post = post
        self._secret = secret.encode()

    def stage(self, result: Result) -> None:
        """Nothing to make ready."""

    def deliver(self, result: Result, stop: Stop) -> None:
        """Raises ResultRefused for an answer that is no success."""
        body = encoded(result)
        status = self._post(body, self.headers(result, body), stop)
        if status not in _TAKEN:
            raise ResultRefused(self._post.address, status)

    def delivered_already(self, result: Result) -> bool:  # noqa: ARG002 - the Taker gives it
        """Only its owner could know: it is offered again, under the same key."""
        return False

    def headers(self, result: Result, body: bytes) -> dict[str, str]:
        """``Idempotency-Key``, and ``X-Gizqr-Signature``: sha256= and the HMAC-SHA256 of the body in hexadecimal."""
        key = {"Idempotency-Key": result.key}
        if not self._secret:
            return key
        return {**key, "X-Gizqr-Signature": "sha256=" + hmac.new(self._secret, body, hashlib.sha256).hexdigest()}
