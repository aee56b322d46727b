"""A web proxy as a company has one: passes plain requests on, opens tunnels, may want a password; keeps what it saw.

Written from RFC 9112 section 3.2.2 (absolute form) and RFC 9110 sections 9.3.6 (CONNECT) and 11.7 (407).
"""

import base64
import contextlib
import select
import socket
import ssl
import threading
from types import TracebackType

from gizqr_station.domain.stop import Stop, Stopped


class ForwardProxy:
    """Wants ``user_and_password`` where given; answers a CONNECT with ``tunnel_answer`` instead where given."""

    def __init__(
        self,
        user_and_password: str = "",
        *,
        tunnel_answer: bytes | None = None,
        silent: bool = False,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._wanted = user_and_password
        self._tunnel_answer = tunnel_answer
        self._silent = silent
        self._tls = tls
        self._stop = Stop()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.01)
        self._threads: list[threading.Thread] = []
        self.seen = bytearray()
        """Every byte that clients sent, tunnels included."""
        self.place = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self.url = f"{'https' if tls else 'http'}://{self.place}"

    def __enter__(self) -> "ForwardProxy":
        accepting = threading.Thread(target=self._accept, name="proxy")
        self._threads.append(accepting)
        accepting.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(10)
        self._listener.close()

    def _accept(self) -> None:
        while not self._stop.asked:
            with contextlib.suppress(TimeoutError):
                connection, _ = self._listener.accept()
                thread = threading.Thread(target=self._serve, args=(connection,), name="proxy connection")
                self._threads.append(thread)
                thread.start()

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(5)
        with contextlib.suppress(OSError, Stopped), connection:
            client = self._tls.wrap_socket(connection, server_side=True) if self._tls else connection
            with client:
                self._talk(client)

    def _talk(self, client: socket.socket) -> None:
        head = bytearray()
        while b"\r\n\r\n" not in head:
            piece = client.recv(4096)
            if not piece:
                return
            head += piece
            self.seen += piece
        if self._silent:
            self._stop.sleep(30)
        method, target, _ = bytes(head.partition(b"\r\n")[0]).decode("ascii").split(" ")
        if self._wanted and self._wanted != _credentials(bytes(head)):
            client.sendall(
                b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=x\r\n"
                b"Content-Length: 0\r\n\r\n"
            )
        elif method == "CONNECT":
            self._tunnel(client, target)
        else:
            self._forward(client, target, bytes(head))

    def _tunnel(self, client: socket.socket, target: str) -> None:
        if self._tunnel_answer is not None:
            client.sendall(self._tunnel_answer)
            return
        host, _, port = target.rpartition(":")
        with socket.create_connection((host, int(port)), 5) as server:
            client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            self._relay(client, server)

    def _forward(self, client: socket.socket, target: str, request: bytes) -> None:
        place, _, path = target.removeprefix("http://").partition("/")
        host, _, port = place.partition(":")
        with socket.create_connection((host, int(port or 80)), 5) as server:
            server.sendall(request.replace(target.encode(), b"/" + path.encode(), 1))
            self._relay(client, server)

    def _relay(self, client: socket.socket, server: socket.socket) -> None:
        while not self._stop.asked:
            pending = isinstance(client, ssl.SSLSocket) and client.pending()
            ready = [client] if pending else select.select([client, server], [], [], 0.05)[0]
            for side in ready:
                data = side.recv(65536)
                if not data:
                    return
                if side is client:
                    self.seen += data
                (server if side is client else client).sendall(data)


def _credentials(head: bytes) -> str:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b": ")
        if name.lower() == b"proxy-authorization" and value.startswith(b"Basic "):
            return base64.b64decode(value[6:]).decode()
    return ""
