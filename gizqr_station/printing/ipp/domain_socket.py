"""HTTP over the domain socket of a print server on this machine."""

import socket
import ssl
from collections.abc import Iterable
from typing import Any

import httpcore
import httpx


class DomainSocketTransport(httpx.HTTPTransport):
    """Every request goes to the server behind one socket, whatever its address says."""

    def __init__(self, path: str, tls: ssl.SSLContext) -> None:
        super().__init__(verify=tls, trust_env=False, retries=0, uds=path)
        # WORKAROUND httpcore 1.0: its own backend leaves a socket open that could not be connected, and httpx 0.28
        # hands no other through to it.
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls, max_keepalive_connections=0, uds=path, network_backend=_DomainSockets()
        )


class _DomainSockets(httpcore.NetworkBackend):
    """Opens connections, and closes what it could not open."""

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 - there are none to set
    ) -> httpcore.NetworkStream:
        opened = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            opened.settimeout(timeout)
            opened.connect(path)
        except OSError as failed:
            opened.close()
            raise httpcore.ConnectError(str(failed)) from failed
        return _DomainStream(opened)


class _DomainStream(httpcore.NetworkStream):
    """One connection."""

    def __init__(self, opened: socket.socket) -> None:
        self._socket = opened

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            self._socket.settimeout(timeout)
            return self._socket.recv(max_bytes)
        except TimeoutError as slow:
            raise httpcore.ReadTimeout from slow
        except OSError as broken:
            raise httpcore.ReadError(str(broken)) from broken

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        try:
            self._socket.settimeout(timeout)
            self._socket.sendall(buffer)
        except TimeoutError as slow:
            raise httpcore.WriteTimeout from slow
        except OSError as broken:
            raise httpcore.WriteError(str(broken)) from broken

    def close(self) -> None:
        self._socket.close()

    def get_extra_info(self, info: str) -> object:
        return self._socket if info == "socket" else None
