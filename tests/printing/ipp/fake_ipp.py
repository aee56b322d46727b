"""An IPP printer whose every byte is written here, from RFC 8010 and 8011, and that may lie, stall and break off."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

Value = tuple[int, bytes]


def integer(value: int) -> Value:
    return 0x21, struct.pack(">i", value)


def enum(value: int) -> Value:
    return 0x23, struct.pack(">i", value)


def boolean(value: bool) -> Value:
    return 0x22, bytes([value])


def keyword(value: str) -> Value:
    return 0x44, value.encode()


def name(value: str) -> Value:
    return 0x42, value.encode()


def text(value: str) -> Value:
    return 0x41, value.encode()


def mime(value: str) -> Value:
    return 0x49, value.encode()


NO_VALUE: Value = (0x13, b"")


def resolution(dpi: int) -> Value:
    return 0x32, struct.pack(">iib", dpi, dpi, 3)


def media_col(width: int, height: int) -> bytes:
    """The value of a media-col with its size, in hundredths of a millimetre; behind the attribute's name."""

    def member(named: str, value: Value) -> bytes:
        return _value(0x4A, b"", named.encode()) + _value(value[0], b"", value[1])

    size = member("x-dimension", integer(width)) + member("y-dimension", integer(height)) + _value(0x37, b"", b"")
    return _value(0x4A, b"", b"media-size") + _value(0x34, b"", b"") + size


def _value(tag: int, named: bytes, value: bytes) -> bytes:
    return struct.pack(">BH", tag, len(named)) + named + struct.pack(">H", len(value)) + value


def attribute(named: str, *values: Value) -> bytes:
    return b"".join(_value(tag, b"" if at else named.encode(), value) for at, (tag, value) in enumerate(values))


def collection(named: str, members: bytes) -> bytes:
    return _value(0x34, named.encode(), b"") + members


def answer(request: bytes, status: int, *groups: tuple[int, bytes]) -> bytes:
    opening = attribute("attributes-charset", (0x47, b"utf-8")) + attribute(
        "attributes-natural-language", (0x48, b"en")
    )
    body = b"".join(bytes([tag]) + group for tag, group in groups)
    return b"\x02\x00" + struct.pack(">H", status) + request[4:8] + b"\x01" + opening + body + b"\x03"


def http(body: bytes, status: str = "200 OK", more: str = "", kind: str = "application/ipp") -> bytes:
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}Connection: close\r\n\r\n"
    )
    return head.encode() + body


PRINT_JOB, CANCEL_JOB, GET_JOB, GET_JOBS, GET_PRINTER = 2, 8, 9, 10, 11


@dataclass
class FakeIpp:
    """What it says may be changed at any time; ``requests`` holds every request body that came in whole."""

    port: int = 0
    requests: list[bytes] = field(default_factory=list)
    state: int = 3
    reasons: tuple[str, ...] = ("none",)
    accepting: bool = True
    queued: int = 0
    formats: tuple[str, ...] = ("image/pwg-raster", "image/png")
    dpi: int = 203
    sizes: tuple[tuple[int, int], ...] = ((4000, 3000),)
    cups: bool = False
    job_states: list[int] = field(default_factory=lambda: [9])
    """Told one after the other, the last one for ever."""
    job_name: str | None = None
    """None: as it was sent."""
    impressions: int | None = 1
    job_reasons: tuple[str, ...] = ("job-completed-successfully",)
    began: bool = True
    began_at: int = 101
    make: str = "Label Printer"
    job_message: str = ""
    job_printer_reasons: tuple[str, ...] = ("none",)
    cancels: bool = True
    keeps_jobs: bool = True
    instead: Callable[[int, bytes, socket.socket], bytes | None] | None = None
    """Gets operation, request and connection first; None from it goes on as usual, empty bytes answer nothing."""
    cancelled: bool = False

    @property
    def documents(self) -> list[bytes]:
        return [document(body) for body in self.requests if operation(body) == PRINT_JOB]

    def operations(self) -> list[int]:
        return [operation(body) for body in self.requests]

    def said_to(self, body: bytes) -> bytes:
        """The usual answers."""
        match operation(body):
            case 11:
                return answer(body, 0, (4, self._printer()))
            case 2:
                return answer(body, 0, (2, attribute("job-id", integer(7)) + attribute("job-state", enum(3))))
            case 8:
                self.cancelled = self.cancelled or self.cancels
                return answer(body, 0 if self.cancels else 0x0404)
            case 9:
                return answer(body, 0, (2, self._job()))
            case 10:
                known = self.keeps_jobs and any(operation(one) == PRINT_JOB for one in self.requests)
                return answer(body, 0, *(((2, self._job()),) if known else ()))
            case 0x400F:
                return answer(body, 0x0406)
            case _:
                return answer(body, 0x0501)

    def _printer(self) -> bytes:
        return b"".join(
            (
                attribute("printer-state", enum(self.state)),
                attribute("printer-state-reasons", *(keyword(reason) for reason in self.reasons)),
                attribute("printer-is-accepting-jobs", boolean(self.accepting)),
                attribute("printer-up-time", integer(100)),
                attribute("printer-make-and-model", text(self.make)),
                attribute("queued-job-count", integer(self.queued)),
                attribute("document-format-supported", *(mime(one) for one in self.formats)),
                attribute("printer-resolution-supported", resolution(self.dpi)),
                attribute("operations-supported", enum(2), enum(0x7ABC)),
                b"".join(
                    collection("media-col-ready" if not at else "", media_col(*size)) + _value(0x37, b"", b"")
                    for at, size in enumerate(self.sizes)
                ),
                attribute("cups-version", text("2.4.2")) if self.cups else b"",
            )
        )

    def _job(self) -> bytes:
        state = 7 if self.cancelled else self.job_states[0]
        if len(self.job_states) > 1 and not self.cancelled:
            self.job_states.pop(0)
        sent = next((body for body in self.requests if operation(body) == PRINT_JOB), b"")
        impressions = (
            b"" if self.impressions is None else attribute("job-impressions-completed", integer(self.impressions))
        )
        return b"".join(
            (
                attribute("job-id", integer(7)),
                attribute("job-name", name(self.job_name or said(sent, "job-name"))),
                attribute("job-originating-user-name", name(said(sent, "requesting-user-name"))),
                attribute("job-state", enum(state)),
                attribute("job-state-reasons", *(keyword(reason) for reason in self.job_reasons)),
                attribute("time-at-creation", integer(101)),
                attribute("time-at-processing", integer(self.began_at) if self.began else NO_VALUE),
                attribute("job-printer-state-message", text(self.job_message)),
                attribute("job-printer-state-reasons", *(keyword(reason) for reason in self.job_printer_reasons)),
                impressions,
            )
        )


def operation(body: bytes) -> int:
    return int.from_bytes(body[2:4], "big")


def said(body: bytes, named: str) -> str:
    """The first value of a text attribute of a request."""
    at = body.find(struct.pack(">H", len(named)) + named.encode())
    if at < 0:
        return ""
    at += 2 + len(named)
    length = int.from_bytes(body[at : at + 2], "big")
    return body[at + 2 : at + 2 + length].decode()


def document(body: bytes) -> bytes:
    """What stands behind the attributes of a request; by walking them."""
    at = 8
    while body[at] != 3:
        if body[at] < 0x10:
            at += 1
            continue
        at += 3 + int.from_bytes(body[at + 1 : at + 3], "big")
        at += 2 + int.from_bytes(body[at : at + 2], "big")
    return body[at + 1 :]


@contextmanager
def fake_ipp() -> Iterator[FakeIpp]:
    door = socket.socket()
    door.bind(("127.0.0.1", 0))
    door.listen()
    door.settimeout(0.05)
    printer, ended = FakeIpp(door.getsockname()[1]), threading.Event()

    def listen() -> None:
        while not ended.is_set():
            try:
                connection, _ = door.accept()
            except TimeoutError:
                continue
            with connection:
                connection.settimeout(5)
                try:
                    _answer_one(printer, connection)
                except OSError:
                    continue  # whoever asked has left

    thread = threading.Thread(target=listen)
    thread.start()
    try:
        yield printer
    finally:
        ended.set()
        thread.join(timeout=15)
        door.close()


def _answer_one(printer: FakeIpp, connection: socket.socket) -> None:
    came = b""
    while b"\r\n\r\n" not in came:
        data = connection.recv(65536)
        if not data:
            return
        came += data
    head, _, body = came.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].split()[0])
    while len(body) < 12:
        body += connection.recv(65536)
    if printer.instead is not None:
        told = printer.instead(operation(body), body, connection)
        if told is not None:
            connection.sendall(told)
            return
    while len(body) < length:
        data = connection.recv(65536)
        if not data:
            return
        body += data
    printer.requests.append(body)
    connection.sendall(http(printer.said_to(body)))


def only(
    operations: Sequence[int], told: Callable[[bytes, socket.socket], bytes]
) -> Callable[[int, bytes, socket.socket], bytes | None]:
    """Something else for some operations, and the usual for the others."""
    return lambda asked, body, connection: told(body, connection) if asked in operations else None
