"""A label printer that is only a TCP port: it takes the bytes that a real one would take, and prints into a folder.

Simulating at the byte boundary lets demo and tests run the real driver, and its modes break the way printers do.
Asked for its state or for its count of labels, it tells the truth, in every mode.
As a program it announces its port in one JSON line and ends when its standard input is closed.
"""

import argparse
import json
import selectors
import socket
import struct
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Self

from gizqr_station.domain.label import HEAD_PITCH
from gizqr_station.printing.printed_files import Printed, PrintedTray
from gizqr_station.printing.virtual_zpl import (
    LABEL_COUNT,
    Calibration,
    Format,
    StatusAsked,
    VariableAsked,
    ZplEar,
    host_status,
    only_questions,
    variable,
)
from gizqr_station.printing.zpl_graphics import ZplRefused

_TURN_S = 0.05
_CHUNK = 65536
_BEFORE_STALLING = 16
_LARGEST_FORMAT = 8_000_000
_SMALLEST_BUFFER = 1
"""Systems raise it to the smallest they allow, about two kilobytes."""
_RESET_ON_CLOSE = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)


class PrinterMode(Enum):
    """What the printer does with a label; the value is the command line's word for it."""

    PRINT = "print"
    ACCEPT_NOTHING = "accept nothing"
    """As if switched off: connections are refused."""
    HALF = "half"
    """Takes half of what comes, then breaks off."""
    TAKE_ALL_AND_DIE = "take all and die"
    """Takes every byte of a label, prints nothing, breaks off."""
    STALL = "stall"
    """Takes a few bytes, then no more, and stays connected."""


@dataclass(slots=True)
class _Session:
    connection: socket.socket
    ear: ZplEar = field(default_factory=ZplEar)


class VirtualPrinter:
    """Use it as a context manager; it prints from ``__enter__`` on. All its work is done on one thread of its own."""

    def __init__(
        self,
        folder: Path,
        dpi: int,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        mode: PrinterMode = PrinterMode.PRINT,
        on_printed: Callable[[Printed], None] | None = None,
    ) -> None:
        """``on_printed`` is called on the printer's thread; it must return soon and never raise."""
        self._host, self._asked_port = host, port
        self._wanted = mode
        self._applied: PrinterMode | None = None
        self._tray = PrintedTray(folder, dpi, on_printed)
        self._stalled: list[socket.socket] = []
        self._changed = threading.Condition()
        self._ending = threading.Event()
        self._selector = selectors.DefaultSelector()
        self._door = socket.socket()
        self._thread = threading.Thread(target=self._run, name="virtual printer", daemon=True)

    def __enter__(self) -> Self:
        """Open the port; raises OSError when it is taken."""
        self._door.close()
        self._door = self._bound(self._asked_port)
        self._asked_port = int(self._door.getsockname()[1])
        self._thread.start()
        self.switch(self._wanted)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the port and every connection."""
        self.close()

    def close(self) -> None:
        """End the thread; returns within a second."""
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join(timeout=1.0)

    @property
    def host(self) -> str:
        """The address it listens at."""
        return self._host

    @property
    def port(self) -> int:
        """The port it listens at, the same in every mode."""
        return self._asked_port

    @property
    def printed(self) -> list[Printed]:
        """What came out so far, in order."""
        return self._tray.printed

    @property
    def rejected(self) -> list[tuple[bytes, str]]:
        """Formats that could not be read or kept, and why."""
        return self._tray.rejected

    def switch(self, mode: PrinterMode) -> None:
        """Behave so from now on; returns when it does."""
        with self._changed:
            self._wanted = mode
            self._changed.wait_for(lambda: self._applied is mode or not self._thread.is_alive(), timeout=1.0)

    def wait_for(self, count: int, timeout_s: float) -> bool:
        """Wait until so many labels have come out; False when they have not in time."""
        return self._tray.wait_for(count, timeout_s)

    def _run(self) -> None:
        try:
            while not self._ending.is_set():
                if self._applied is not self._wanted:
                    self._apply(self._wanted)
                for key, _ in self._selector.select(_TURN_S):
                    if isinstance(key.data, _Session):
                        self._serve(key.data)
                    else:
                        self._admit()
        finally:
            # A fault in here must not leave a port open that nobody serves.
            for key in list(self._selector.get_map().values()):
                if isinstance(key.data, _Session):
                    key.data.connection.close()
            for connection in self._stalled:
                connection.close()
            self._selector.close()
            self._door.close()

    def _apply(self, mode: PrinterMode) -> None:
        """Open or shut the door; a shut door stays bound, so that its port is not given to somebody else."""
        if self._applied not in {None, PrinterMode.ACCEPT_NOTHING}:
            self._selector.unregister(self._door)
        self._door.close()
        self._door = self._bound(self._asked_port)
        if mode is PrinterMode.STALL:
            self._door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _SMALLEST_BUFFER)
        if mode is not PrinterMode.ACCEPT_NOTHING:
            self._door.listen()
            self._selector.register(self._door, selectors.EVENT_READ)
        with self._changed:
            self._applied = mode
            self._changed.notify_all()

    def _bound(self, port: int) -> socket.socket:
        door = socket.socket()
        # Without it the port of a printer that has just served somebody stays shut for a minute; on Windows it would
        # let two programs share a port instead.
        if sys.platform != "win32":
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.setblocking(False)
            door.bind((self._host, port))
        except OSError:
            door.close()
            raise
        return door

    def _admit(self) -> None:
        try:
            connection, _ = self._door.accept()
        except OSError:
            return  # gone again before it was let in
        connection.setblocking(False)
        self._selector.register(connection, selectors.EVENT_READ, _Session(connection))

    def _serve(self, session: _Session) -> None:
        mode = self._applied
        try:
            came = _taken(session.connection, mode)
            asks = not session.ear.waiting and only_questions(came)
            if not came:
                self._dismiss(session, reset=False)
            elif mode is PrinterMode.HALF and not asks:
                self._dismiss(session, reset=True)
            elif mode is PrinterMode.STALL and not asks:
                self._selector.unregister(session.connection)
                self._stalled.append(session.connection)
            else:
                self._heed(session, came)
        except OSError:
            self._dismiss(session, reset=True)

    def _heed(self, session: _Session, chunk: bytes) -> None:
        """A printer does not wait for the end of a connection: each format comes out as soon as it is whole.

        Raises OSError when the other side is gone or the label cannot be kept.
        """
        try:
            for came in session.ear.hear(chunk):
                match came:
                    case Format(zpl):
                        dies = self._applied is PrinterMode.TAKE_ALL_AND_DIE
                        if not self._tray.take(zpl, self._ending, print_nothing=dies):
                            self._dismiss(session, reset=True)
                            return
                    case StatusAsked(partial):
                        session.connection.send(host_status(label_dots=self._tray.label_dots, partial=partial))
                    case VariableAsked(name):
                        session.connection.send(variable(self._tray.count if name == LABEL_COUNT else None))
                    case Calibration():
                        pass
        except ZplRefused as refused:
            self._tray.reject(session.ear.waiting, refused)
            self._dismiss(session, reset=True)
            return
        if len(session.ear.waiting) > _LARGEST_FORMAT:
            self._dismiss(session, reset=True)

    def _dismiss(self, session: _Session, *, reset: bool) -> None:
        self._selector.unregister(session.connection)
        if reset:
            session.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        session.connection.close()


def _taken(connection: socket.socket, mode: PrinterMode | None) -> bytes:
    """The next bytes, as many as this mode takes; raises OSError."""
    waiting = connection.recv(_CHUNK, socket.MSG_PEEK)
    if mode is PrinterMode.STALL and not only_questions(waiting):
        return connection.recv(_BEFORE_STALLING)
    if mode is PrinterMode.HALF and not only_questions(waiting):
        return connection.recv(max(1, len(waiting) // 2))
    return connection.recv(_CHUNK)


def main(arguments: list[str] | None = None) -> int:
    """Print until standard input is closed."""
    parser = argparse.ArgumentParser(prog="virtual_printer", description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--dpi", type=int, choices=sorted(HEAD_PITCH), required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--mode", choices=[mode.value for mode in PrinterMode], default=PrinterMode.PRINT.value)
    asked = parser.parse_args(arguments)
    with VirtualPrinter(asked.folder, asked.dpi, asked.host, asked.port, mode=PrinterMode(asked.mode)) as printer:
        sys.stdout.write(json.dumps({"host": printer.host, "port": printer.port}) + "\n")
        sys.stdout.flush()
        sys.stdin.read()
    return 0


if __name__ == "__main__":
    sys.exit(main())
