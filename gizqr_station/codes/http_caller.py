"""One HTTP request at a time to one service and nowhere else, with an end for everything and a name for every fault.

Each call has a connection of its own. Redirects are not followed, and no proxy and nothing else is taken from the
environment. What the body means is the caller's: here it only arrives whole, or a CodeFailure or Stopped is raised.
"""

import contextlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx

from gizqr_station.codes.answers import Answer
from gizqr_station.codes.http_route import Proxy, Route, usable_url
from gizqr_station.codes.http_trust import no_certificates, trusted_certificates
from gizqr_station.codes.quiet_time import QuietTime
from gizqr_station.codes.retry_after import pause_wished_s
from gizqr_station.codes.watched_transport import OutOfTime, Stage, Watch, WatchedTransport
from gizqr_station.domain.code_failures import (
    AnswerNotUnderstood,
    AnswerTooLarge,
    AnswerTooSlow,
    ConnectionCut,
    ServiceSlow,
    ServiceThrottles,
    WebPageAnswered,
)
from gizqr_station.domain.failures import CodeFailure
from gizqr_station.domain.stop import Stop

QUIETLY_WAITED_S = 3.0
"""A pause that a service asked for is waited out within a call up to this; a longer one is told."""
_SHORT_SECRET = 6
"""Anything shorter, such as the documented key ``G``, stands in every text anyway."""

_ORDINARY_HEADERS = {"Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}


@dataclass(frozen=True, slots=True)
class Waits:
    """Where single waits of a call end, in seconds; the whole of a call has its own end."""

    connect_s: float = 3.0
    """For the name, then for the connection, then for TLS, each."""
    idle_s: float = 5.0
    """Without a single byte."""


class GuardedHttp:
    """A service at one base URL. May be used by several threads at once.

    ``base_url`` is http or https, a host, perhaps a port and a path. ``headers`` are keys and tokens, nothing
    else, and go with each call, to this service alone; ValueError, which never repeats a header, for an address, a
    header or a CA file that can never work.
    """

    def __init__(
        self,
        base_url: str,
        headers: Mapping[str, str],
        waits: Waits | None = None,
        *,
        ca_file: Path | None = None,
        proxy: Proxy | None = None,
        quiet: QuietTime | None = None,
    ) -> None:
        self._route = Route(str(usable_url(base_url, "base_url")).rstrip("/"), proxy)
        self._headers = _sendable(headers)
        self._waits = waits or Waits()
        needs_tls = self._route.secure or (proxy is not None and proxy.secure)
        try:
            # A CA file that cannot be used is told at the start, also while plain http has no need of it.
            self._tls = trusted_certificates(ca_file) if needs_tls or ca_file else no_certificates()
        except ValueError as unusable:
            raise ValueError(f"ca_file: {unusable}") from unusable
        self._quiet = quiet or QuietTime()

    @property
    def address(self) -> str:
        """The base URL, without a slash at its end."""
        return self._route.address

    @property
    def encrypted(self) -> bool:
        """Whether nobody on the way can read or change what is said."""
        return self._route.secure

    @property
    def proxy_place(self) -> str:
        """Host and port of the proxy; empty for none."""
        return self._route.proxy.place if self._route.proxy else ""

    def call(
        self,
        method: str,
        path: str,
        stop: Stop,
        seconds: float,
        limit_bytes: int,
        body: bytes | None = None,
        *,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """One request, ``seconds`` long at the most, and its answer, whatever status it has.

        ``path`` begins with a slash; ``body`` is JSON of a few kilobytes; ``headers`` are tokens for this call.
        ServiceThrottles without a request while a pause that the service asked for is not over, and after a 429 or a
        503 with Retry-After. Nothing was asked after NameUnknown, ServiceUnreachable, CertificateRefused and
        ProxyRefused; ConnectionCut, ServiceSlow and AnswerTooSlow leave open whether the request was taken.
        """
        watch = Watch(stop, seconds)
        self._keep_quiet(stop, seconds)
        told = self._headers | _sendable(headers or {})
        secrets = _secrets(told, self._route.proxy)
        sent = told | _ORDINARY_HEADERS | ({} if body is None else {"Content-Type": "application/json"})
        try:
            status, answered, arrived = self._exchange(watch, method, path, limit_bytes, body, sent)
        except (httpx.TimeoutException, OutOfTime) as late:
            raise self._too_late(watch) from late
        except httpx.ProxyError as refused:
            raise self._route.proxy_refuses(_proxy_reason(str(refused))) from refused
        except httpx.TransportError as broken:
            # The library's words repeat what came: a service may echo the key.
            raise self._broken(watch, broken) from (None if _among(secrets, str(broken)) else broken)
        answer = Answer(self.address, status, answered, arrived, secrets)
        self._require_welcome(answer)
        return answer

    def _exchange(
        self, watch: Watch, method: str, path: str, limit_bytes: int, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, httpx.Headers, bytes]:
        """Status, headers and body."""
        address = self._route.address
        timeout = httpx.Timeout(self._waits.idle_s, connect=self._waits.connect_s)
        request = httpx.Request(
            method, address + path, headers=headers, content=body, extensions={"timeout": timeout.as_dict()}
        )
        # Without httpx.Client: that one prepares the request a redirect asks for even where none is followed, keeps
        # cookies, and breaks on odd ones.
        with (
            WatchedTransport(watch, self._route, self._tls) as transport,
            contextlib.closing(transport.handle_request(request)) as response,
        ):
            watch.head_came = True
            encoding = response.headers.get("content-encoding", "identity").lower()
            if encoding != "identity":
                # Nobody asked for it, and a few packed bytes can be many.
                raise AnswerNotUnderstood(address, "packed answer")
            arrived = bytearray()
            for piece in response.iter_raw():
                watch.slice_s()
                arrived += piece
                if len(arrived) > limit_bytes:
                    raise AnswerTooLarge(address, limit_bytes)
            return response.status_code, response.headers, bytes(arrived)

    def _too_late(self, watch: Watch) -> CodeFailure:
        waited_s = round(watch.waited_s, 1)
        if watch.stage is Stage.TUNNEL:
            return self._route.proxy_refuses("no answer")
        if watch.arrived_bytes:
            return AnswerTooSlow(self._route.address, waited_s, watch.arrived_bytes)
        return ServiceSlow(self._route.address, waited_s)

    def _broken(self, watch: Watch, broken: httpx.TransportError) -> CodeFailure:
        if watch.stage is Stage.TUNNEL:
            return self._route.proxy_refuses("connection cut" if watch.ended else "answer not understood")
        if not isinstance(broken, httpx.ProtocolError) or watch.head_came:
            return ConnectionCut(self._route.address)
        if watch.first_bytes and not b"HTTP/".startswith(watch.first_bytes):
            return AnswerNotUnderstood(self._route.address, "not HTTP")
        if watch.ended:
            return ConnectionCut(self._route.address)
        return AnswerNotUnderstood(self._route.address, "broken HTTP header")

    def _require_welcome(self, answer: Answer) -> None:
        """Raise what is not about this request, but about the way to the service or its mood."""
        if answer.status == 407 and self._route.proxy is not None:
            raise self._route.proxy_refuses(_proxy_reason("407"))
        if answer.status == 511:  # RFC 6585: a network that wants a login first
            raise WebPageAnswered(answer.address)
        wished = answer.headers.get_list("retry-after")
        if answer.status == 429 or (answer.status == 503 and wished):
            pause_s = pause_wished_s(wished, datetime.now(UTC), answer.headers.get("date"))
            raise self._throttled(self._quiet.asked_for(pause_s))
        self._quiet.answered()

    def _keep_quiet(self, stop: Stop, seconds: float) -> None:
        """Wait out the rest of a pause that the service asked for, or tell it when it is a long one."""
        stop.check()
        while (left_s := self._quiet.left_s) > 0:
            if left_s > min(QUIETLY_WAITED_S, seconds / 2):  # the answer needs time as well
                raise self._throttled(left_s)
            stop.sleep(left_s)

    def _throttled(self, seconds: float) -> CodeFailure:
        # Rounded up: who waits as long as it says is never early.
        return ServiceThrottles(self._route.address, math.ceil(seconds * 10) / 10)


def _sendable(headers: Mapping[str, str]) -> dict[str, str]:
    for name, value in headers.items():
        if not value.isascii() or not value.isprintable() or not value or value != value.strip():
            raise ValueError(f"{name.lower()}: printable ASCII expected, without spaces around it")
    return dict(headers)


def _secrets(told: Mapping[str, str], proxy: Proxy | None) -> tuple[str, ...]:
    """The longest first, so that hiding one leaves no rest of another."""
    values = {*told.values(), *(proxy.secrets if proxy else ())}
    return tuple(sorted((value for value in values if len(value) >= _SHORT_SECRET), key=len, reverse=True))


def _among(secrets: tuple[str, ...], text: str) -> bool:
    return any(secret in text for secret in secrets)


def _proxy_reason(said: str) -> str:
    """``HTTP 407, user and password wanted`` of ``407 Proxy Authentication Required``: the number alone is sure."""
    status = said[:3]
    if status == "407":
        return "HTTP 407, user or password wrong"
    return f"HTTP {status}" if status.isdigit() and status.isascii() else "no tunnel"
