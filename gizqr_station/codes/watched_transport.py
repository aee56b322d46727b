"""An HTTP transport whose every wait looks at Stop and at one end of time for the whole call.

A time-out of an HTTP library counts from the last byte, so a server that drips a byte a second is never too slow for
it, and nothing of it can be called off. Here the socket is waited for in slices, and resolving, connecting and the
TLS handshake, which cannot be sliced, happen on a thread that is left behind when its call ends early.
"""

import math
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from queue import Empty, SimpleQueue
from typing import Any

import httpcore
import httpx

from gizqr_station.domain.stop import Stop

_SLICE_S = 0.1


class OutOfTime(Exception):
    """The whole call has used up its time."""


class Watch:
    """One call's end of time and its Stop; also keeps how the answer began."""

    def __init__(self, stop: Stop, seconds: float) -> None:
        self.stop = stop
        self.began = time.monotonic()
        self._ends = self.began + seconds
        self.first_bytes = b""

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
        if len(self.first_bytes) < 5:
            self.first_bytes = (self.first_bytes + data)[:5]


class _WatchedStream(httpcore.NetworkStream):
    """A connection that is read in slices."""

    def __init__(self, inner: httpcore.NetworkStream, watch: Watch) -> None:
        self._inner = inner
        self._watch = watch

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
        self._inner.write(buffer, timeout)

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = _aside(lambda: self._inner.start_tls(ssl_context, server_hostname, timeout), self._watch)
        return _WatchedStream(inner, self._watch)

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)


class _WatchedBackend(httpcore.NetworkBackend):
    """Opens connections for one call."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
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

        def dial() -> httpcore.NetworkStream:
            try:
                return self._inner.connect_tcp(host, port, timeout, local_address, options)
            except UnicodeError as no_name:  # of the resolver, for empty or endless parts of a name
                raise httpcore.ConnectError(host) from no_name

        inner = _aside(dial, self._watch, timeout)
        return _WatchedStream(inner, self._watch)


class WatchedTransport(httpx.HTTPTransport):
    """One call's transport: a fresh connection, no proxy, no environment, no second try.

    A kept connection would save a round trip, but a POST on one that the server has just closed leaves open whether
    it was taken, and that costs a task.
    """

    def __init__(self, watch: Watch, tls: ssl.SSLContext) -> None:
        super().__init__(verify=tls, trust_env=False, retries=0)
        # WORKAROUND httpx 0.28 hands no network backend through to httpcore: the pool is replaced.
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls, max_keepalive_connections=0, network_backend=_WatchedBackend(watch)
        )


def _aside(
    open_stream: Callable[[], httpcore.NetworkStream], watch: Watch, allowed_s: float | None = None
) -> httpcore.NetworkStream:
    """Run what cannot be called off on another thread; if the call ends first, its stream is closed when it comes."""
    outcome: SimpleQueue[httpcore.NetworkStream | Exception] = SimpleQueue()
    left_behind = threading.Event()
    ends = time.monotonic() + (math.inf if allowed_s is None else allowed_s)

    def run() -> None:
        try:
            outcome.put(open_stream())
        except Exception as broken:  # noqa: BLE001  handed over to the thread that waits: nothing is swallowed
            outcome.put(broken)
        if left_behind.is_set():
            _close_late(outcome)

    threading.Thread(target=run, name="dial", daemon=True).start()
    try:
        while True:
            try:
                came = outcome.get(timeout=watch.slice_s(ends - time.monotonic()))
                break
            except Empty:
                # Resolving a name heeds no time-out of its own.
                if time.monotonic() >= ends:
                    raise httpcore.ConnectTimeout from None
    except BaseException:
        left_behind.set()
        _close_late(outcome)
        raise
    if isinstance(came, Exception):
        raise came
    return came


def _close_late(outcome: "SimpleQueue[httpcore.NetworkStream | Exception]") -> None:
    try:
        came = outcome.get_nowait()
    except Empty:
        return
    if isinstance(came, httpcore.NetworkStream):
        came.close()
