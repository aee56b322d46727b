"""An HTTP transport whose every wait looks at Stop and at one end of time for the whole call.

A time-out of an HTTP library counts from the last byte, so a server that drips a byte a second is never too slow for
it, and nothing of it can be called off. Here the socket is waited for in slices, and resolving, connecting and the
TLS handshake, which cannot be sliced, happen on a thread that is left behind when its call ends early.

What goes wrong before a request is sent leaves here under its own name, for nothing was asked then; what goes wrong
after that is told by the caller, from what the Watch saw.
"""

import math
import socket
import ssl
import time
from collections.abc import Iterable
from enum import Enum, auto
from typing import Any

import httpcore
import httpx

from gizqr_station.codes.http_route import Route
from gizqr_station.codes.http_trust import why_refused
from gizqr_station.codes.left_behind import done_aside
from gizqr_station.domain.code_failures import AnswerNotUnderstood
from gizqr_station.domain.stop import Stop

_SLICE_S = 0.1
_ADDRESSES_AT_MOST = 4
"""Of a name, tried one after the other."""
# What OpenSSL says to bytes that are no TLS at all: plain HTTP, an old protocol, a mail server.
_NO_TLS = frozenset({"WRONG_VERSION_NUMBER", "UNKNOWN_PROTOCOL", "HTTP_REQUEST", "PACKET_LENGTH_TOO_LONG"})


class OutOfTime(Exception):
    """The whole call has used up its time."""


class Stage(Enum):
    """How far a call got."""

    WAY = auto()
    """Name, connection, TLS: nothing was asked yet."""
    TUNNEL = auto()
    """The proxy was asked for a tunnel; the service was asked nothing yet."""
    TALK = auto()
    """The request may have reached the service."""


class Watch:
    """One call's end of time and its Stop; also keeps how far it got and what arrived."""

    def __init__(self, stop: Stop, seconds: float) -> None:
        self.stop = stop
        self.began = time.monotonic()
        self._ends = self.began + seconds
        self.stage = Stage.WAY
        self.first_bytes = b""
        self.arrived_bytes = 0
        """Of the answer, header included; of the service, not of a proxy before it."""
        self.head_came = False
        """Whether the answer's header arrived whole."""
        self.ended = False
        """Whether the other side ended the connection."""

    @property
    def waited_s(self) -> float:
        """Since the call began."""
        return time.monotonic() - self.began

    def slice_s(self, allowed_s: float = math.inf) -> float:
        """How long may be waited now without looking; raises Stopped or OutOfTime."""
        self.stop.check()
        left = self._ends - time.monotonic()
        if left <= 0:
            raise OutOfTime
        return max(0.001, min(_SLICE_S, left, allowed_s))

    def saw(self, data: bytes) -> None:
        """Keep the first five bytes of the answer: whatever does not begin with ``HTTP/`` is no web server."""
        self.ended = not data
        if self.stage is Stage.TALK:
            self.arrived_bytes += len(data)
            if len(self.first_bytes) < 5:
                self.first_bytes = (self.first_bytes + data)[:5]


class _WatchedStream(httpcore.NetworkStream):
    """A connection that is read in slices; ``at_proxy`` until a tunnel's own TLS begins."""

    def __init__(self, inner: httpcore.NetworkStream, watch: Watch, route: Route, *, at_proxy: bool) -> None:
        self._inner = inner
        self._watch = watch
        self._route = route
        self._at_proxy = at_proxy

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        idle_ends = time.monotonic() + (math.inf if timeout is None else timeout)
        while True:
            allowed = self._watch.slice_s(idle_ends - time.monotonic())
            try:
                data = self._inner.read(max_bytes, allowed)
            except httpcore.ReadTimeout:
                if time.monotonic() >= idle_ends:
                    raise
            else:
                self._watch.saw(data)
                return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        # Requests are a few hundred bytes on a fresh connection: they fit the socket's buffer and never wait.
        self._watch.slice_s()
        self._watch.stage = Stage.TUNNEL if self._at_proxy and self._route.tunnelled else Stage.TALK
        self._inner.write(buffer, timeout)

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        route = self._route
        # The first TLS on the way to an https proxy is the proxy's own; after it a tunnel has been asked for.
        at_proxy = route.proxy is not None and (not route.tunnelled or self._watch.stage is Stage.WAY)
        self._watch.stage = Stage.WAY
        try:
            inner = done_aside(
                lambda: self._inner.start_tls(ssl_context, server_hostname, timeout), self._watch.slice_s
            )
        except httpcore.ConnectError as broken:
            raise _tls_failure(broken, route, at_proxy=at_proxy) from broken
        except httpcore.ConnectTimeout as late:
            raise (route.proxy_refuses("no answer") if at_proxy else OutOfTime()) from late
        return _WatchedStream(inner, self._watch, route, at_proxy=at_proxy)

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)


class _WatchedBackend(httpcore.NetworkBackend):
    """Opens connections for one call."""

    def __init__(self, watch: Watch, route: Route) -> None:
        self._watch = watch
        self._route = route
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        options = list(socket_options or ())
        ends = time.monotonic() + (math.inf if timeout is None else timeout)
        # Resolving a name heeds no time-out of its own.
        try:
            addresses = done_aside(lambda: _addresses(host, port), self._watch.slice_s, ends)
        except (OSError, UnicodeError, TimeoutError) as unknown:  # UnicodeError: empty or endless parts of a name
            raise self._route.no_name(host) from unknown

        def dial() -> httpcore.NetworkStream:
            failed: Exception = httpcore.ConnectError(host)
            for number, address in enumerate(addresses):
                # One that swallows everything, as IPv6 does on many a factory floor, must leave time for the next.
                share_s = (ends - time.monotonic()) / (len(addresses) - number)
                try:
                    return self._inner.connect_tcp(address, port, max(share_s, 0.001), local_address, options)
                except (httpcore.ConnectError, httpcore.ConnectTimeout) as broken:
                    failed = broken
            raise failed

        try:
            inner = done_aside(dial, self._watch.slice_s, ends)
        except (httpcore.ConnectError, httpcore.ConnectTimeout, TimeoutError) as broken:
            raise self._route.no_connection() from broken
        return _WatchedStream(inner, self._watch, self._route, at_proxy=self._route.proxy is not None)


class WatchedTransport(httpx.HTTPTransport):
    """One call's transport: a fresh connection, no environment, no second try.

    A kept connection would save a round trip, but a POST on one that the server has just closed leaves open whether
    it was taken, and that costs a task.
    """

    def __init__(self, watch: Watch, route: Route, tls: ssl.SSLContext) -> None:
        super().__init__(verify=tls, trust_env=False, retries=0)
        backend = _WatchedBackend(watch, route)
        # WORKAROUND httpx 0.28 hands no network backend through to httpcore: the pool is replaced.
        if route.proxy is None:
            self._pool = httpcore.ConnectionPool(ssl_context=tls, max_keepalive_connections=0, network_backend=backend)
        else:
            self._pool = httpcore.HTTPProxy(
                route.proxy.url,
                route.proxy.auth,
                ssl_context=tls,
                proxy_ssl_context=tls if route.proxy.secure else None,
                max_keepalive_connections=0,
                network_backend=backend,
            )


def _addresses(host: str, port: int) -> list[str]:
    """A host's numeric addresses in the order of the resolver, without repetitions."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    numeric = [socket.getnameinfo(entry[4], socket.NI_NUMERICHOST | socket.NI_NUMERICSERV)[0] for entry in found]
    return list(dict.fromkeys(numeric))[:_ADDRESSES_AT_MOST]


def _tls_failure(broken: httpcore.ConnectError, route: Route, *, at_proxy: bool) -> Exception:
    """What a broken handshake means. Nothing was sent but a greeting."""
    cause = broken.__cause__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return route.not_trusted(why_refused(cause), at_proxy=at_proxy)
    if isinstance(cause, ssl.SSLError) and not isinstance(cause, ssl.SSLEOFError):
        if at_proxy:
            return route.proxy_refuses("no TLS")
        told = "no TLS" if (cause.reason or "") in _NO_TLS else f"TLS: {(cause.reason or 'broken').lower()}"
        return AnswerNotUnderstood(route.address, told)
    return route.proxy_refuses("connection cut") if at_proxy else route.no_connection()
