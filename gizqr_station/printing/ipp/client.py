"""Asks a printer or print server over HTTP, and always knows how much of a request may have got out.

A blocking HTTP call looks at no Stop, and its time-outs start anew with every byte. So each call runs on a thread of
its own; whoever waits for it may leave at any moment, and from then on not one byte of the request goes out any more.
"""

import contextlib
import http
import itertools
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from queue import Empty, SimpleQueue

import httpx

from gizqr_station.domain.stop import Stop
from gizqr_station.printing.ipp.domain_socket import DomainSocketTransport
from gizqr_station.printing.ipp.messages import IPP_1_1, IPP_2_0, Answer, NotIpp, Operation, Said, decode, encode
from gizqr_station.printing.ipp.server import Server, user_name

_LOOK_AT_STOP_S = 0.1
_CHUNK = 4096
_LARGEST_ANSWER = 4 << 20
_VERSION_NOT_SUPPORTED = 0x0503


class CallFailed(Exception):
    """A request that came to nothing; ``handed`` of its bytes may have reached the other side."""

    def __init__(self, why: str, handed: int) -> None:
        super().__init__(why)
        self.why, self.handed = why, handed


class NotReached(CallFailed):
    """No connection: not one byte of the request got out."""


class CallLost(CallFailed):
    """The connection broke."""


class CallSlow(CallFailed):
    """No end within the time for it."""


class CallStopped(CallFailed):
    """Somebody asked to stop."""


class CallRejected(CallFailed):
    """Answered by HTTP: what was asked is not done; ``why`` is the HTTP status."""


class CallGarbled(CallFailed):
    """Answered with something that is not IPP: whether it was done is not known."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one call, in seconds."""

    connect_s: float
    stall_s: float
    """Without a byte going out or coming in."""
    total_s: float


class IppClient:
    """One printer or print server. Each request has a connection of its own, so that none is lost on a stale one."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._requests = itertools.count(1)
        self._version = IPP_2_0

    def ask(
        self,
        operation: Operation,
        path: str,
        said: Iterable[Said],
        limits: Limits,
        stop: Stop,
        *,
        job: Iterable[Said] = (),
        document: bytes = b"",
    ) -> Answer:
        """The answer, whatever it says; raise CallFailed."""
        said, job = list(said), list(job)
        until = time.monotonic() + limits.total_s
        answer = self._asked(operation, path, said, job, document, limits, stop)
        if answer.status == _VERSION_NOT_SUPPORTED and self._version == IPP_2_0:
            self._version = IPP_1_1  # refused for its version alone, so nothing of it was done
            left = replace(limits, total_s=max(0.1, until - time.monotonic()))
            answer = self._asked(operation, path, said, job, document, left, stop)
        return answer

    def _asked(
        self,
        operation: Operation,
        path: str,
        said: list[Said],
        job: list[Said],
        document: bytes,
        limits: Limits,
        stop: Stop,
    ) -> Answer:
        request = next(self._requests)
        body = encode(operation, request, said, job, self._version) + document
        came = _called(self._server, path, body, limits, stop, {})
        challenge = came.headers.get("www-authenticate", "")
        if came.status == http.HTTPStatus.UNAUTHORIZED and self._server.socket and "peercred" in challenge.lower():
            # On its domain socket CUPS lets the kernel say who asks; refused before, so nothing of it was done.
            who = {"Authorization": f"PeerCred {user_name()}"}
            came = _called(self._server, path, body, limits, stop, who)
        if came.status != http.HTTPStatus.OK:
            done_for = 300 <= came.status < 500 and came.status != http.HTTPStatus.REQUEST_TIMEOUT
            raise (CallRejected if done_for else CallGarbled)(f"HTTP {came.status}", len(body))
        if came.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/ipp":
            raise CallGarbled("the answer is not IPP", len(body))
        try:
            return decode(came.body, request)
        except NotIpp as garbled:
            raise CallGarbled(str(garbled), len(body)) from garbled


@dataclass(frozen=True, slots=True)
class _Came:
    """An HTTP answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class _Left(Exception):
    """Nobody waits for this call any more."""


class _Outgoing:
    """The body of a request, counted as it is handed over, until its caller leaves."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._lock = threading.Lock()
        self._left = False
        self.handed = 0
        self._socket: socket.socket | None = None

    def __iter__(self) -> Iterator[bytes]:
        for at in range(0, len(self._body), _CHUNK):
            chunk = self._body[at : at + _CHUNK]
            with self._lock:
                if self._left:
                    raise _Left
                self.handed += len(chunk)
            yield chunk

    def trace(self, event: str, info: Mapping[str, object]) -> None:
        """What httpcore tells of its doings: the connection, as soon as it stands."""
        if event.endswith(("connect_tcp.complete", "connect_unix_socket.complete", "start_tls.complete")):
            stream = info["return_value"]
            with self._lock:
                self._socket = stream.get_extra_info("socket")  # type: ignore[attr-defined] # a NetworkStream
                if self._left:
                    self._wake()

    def leave(self) -> int:
        """No byte goes out from now on, and the thread that sends or listens is woken. Bytes handed over so far."""
        with self._lock:
            self._left = True
            self._wake()
            return self.handed

    def _wake(self) -> None:
        if self._socket is not None:
            with contextlib.suppress(OSError):  # it may be gone already
                # Not the method of a TLS socket, which would pull the cipher from under the thread that uses it.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


def _called(server: Server, path: str, body: bytes, limits: Limits, stop: Stop, headers: Mapping[str, str]) -> _Came:
    """One HTTP request and its whole answer; raise CallFailed."""
    if stop.asked:
        raise CallStopped("stopped", 0)
    outgoing = _Outgoing(body)
    outcome: SimpleQueue[_Came | Exception] = SimpleQueue()

    def run() -> None:
        try:
            outcome.put(_post(server, path, outgoing, len(body), limits, headers))
        except Exception as broken:  # noqa: BLE001  handed over to the thread that waits: nothing is swallowed
            outcome.put(broken)

    thread = threading.Thread(target=run, name=f"ipp {server.shown}", daemon=True)
    thread.start()
    until = time.monotonic() + limits.total_s
    while True:
        try:
            came = outcome.get(timeout=max(0.001, min(_LOOK_AT_STOP_S, until - time.monotonic())))
            break
        except Empty:
            if stop.asked:
                raise CallStopped("stopped", outgoing.leave()) from None
            if time.monotonic() >= until:
                handed = outgoing.leave()
                raise (CallSlow if handed else NotReached)("no answer", handed) from None
    if isinstance(came, _Came):
        return came
    raise _named(came, outgoing) from came


def _post(
    server: Server, path: str, outgoing: _Outgoing, length: int, limits: Limits, headers: Mapping[str, str]
) -> _Came:
    patience = httpx.Timeout(limits.stall_s, connect=limits.connect_s)
    tls = _any_certificate()
    transport = (
        DomainSocketTransport(server.socket, tls)
        if server.socket
        else httpx.HTTPTransport(verify=tls, trust_env=False, retries=0)
    )
    sent = {
        "Content-Type": "application/ipp",
        "Content-Length": str(length),  # known, so not in chunks, which not every printer takes
        "Accept-Encoding": "identity",
        **headers,
    }
    with (
        httpx.Client(transport=transport, timeout=patience, trust_env=False, follow_redirects=False) as client,
        client.stream(
            "POST", server.http + path, content=outgoing, headers=sent, extensions={"trace": outgoing.trace}
        ) as answer,
    ):
        body = bytearray()
        for part in answer.iter_raw():
            body += part
            if len(body) > _LARGEST_ANSWER:
                raise NotIpp(f"an answer of more than {_LARGEST_ANSWER} bytes")
        return _Came(answer.status_code, dict(answer.headers), bytes(body))


def _named(broken: Exception, outgoing: _Outgoing) -> Exception:
    """What broke, as a CallFailed; a bug stays what it is."""
    handed = outgoing.leave()
    if isinstance(broken, NotIpp):
        return CallGarbled(str(broken), handed)
    if not isinstance(broken, httpx.HTTPError | httpx.InvalidURL | OSError | ValueError):
        return broken
    if not handed:
        return NotReached(type(broken).__name__, 0)
    if isinstance(broken, httpx.ReadTimeout | httpx.WriteTimeout):
        return CallSlow("no byte went out or came in", handed)
    return CallLost(type(broken).__name__, handed)


@cache
def _any_certificate() -> ssl.SSLContext:
    """Encrypted, but not asking whose it is: printers sign their own certificates."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
