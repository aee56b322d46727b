"""A printer that takes the first bytes of a label and then no more, and never hangs up."""

import contextlib
import socket
import threading
from types import TracebackType
from typing import Self


class StuckPrinter:
    """On a port of the loopback address, until the block ends."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        # So that the sender's system cannot take a whole label for it either.
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        self.port = int(self._listener.getsockname()[1])
        self.has_bytes = threading.Event()
        self._open: list[socket.socket] = []
        self._thread = threading.Thread(target=self._serve, name="stuck printer")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        # A close alone does not wake an accept.
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._open:
            connection.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(connection)
            if connection.recv(1):
                self.has_bytes.set()
