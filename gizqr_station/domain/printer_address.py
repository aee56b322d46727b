"""Where a printer is: one line of text that settings, command line and screen share.

::

    tcp://192.0.2.7:9100            a printer's raw port; 9100 may be left out
    serial:/dev/ttyUSB0?baud=9600   a serial port
    usb:/dev/usb/lp0                a USB printer device
    ipp://printer.example/ipp/print an IPP printer itself; ipps:// is encrypted
    cups:QUEUE                      a queue of this machine's CUPS; cups://host:631/QUEUE of another's
    windows:QUEUE                   a queue of the Windows spooler, sent raw
    system:QUEUE                    a printer of the desktop, sent pages
    file:/folder                    a folder that collects labels
"""

import ipaddress
import ntpath
import posixpath
import re
from dataclasses import dataclass
from enum import Enum
from urllib.parse import parse_qs, unquote, urlsplit

RAW_PORT = 9100
IPP_PORT = 631
_SLOWEST_BAUD, _FASTEST_BAUD = 1200, 4_000_000
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?|[0-9A-Fa-f:]+(?:%[A-Za-z0-9._-]+)?")
_NOT_IN_A_QUEUE = re.compile(r"[ %/?#]")
"""Signs with a meaning of their own in an address."""
_HERE = "localhost"
_LOOPBACK = (ipaddress.ip_address("127.0.0.1"), ipaddress.ip_address("::1"))
_QUEUES = "/printers/"
"""What CUPS calls its queues over IPP, in letters of any case."""
_OF_WINDOWS = re.compile(r"[A-Za-z]:|\\\\|COM\d+$", re.IGNORECASE)


class Connection(Enum):
    """How a printer is connected; the value begins its address."""

    TCP = "tcp"
    SERIAL = "serial"
    USB = "usb"
    IPP = "ipp"
    CUPS = "cups"
    WINDOWS = "windows"
    SYSTEM = "system"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class PrinterAddress:
    """One place where labels can be sent; ``parse`` makes it, ``str`` is its normal form."""

    connection: Connection
    host: str = ""
    """For TCP, IPP and a CUPS of another machine."""
    port: int = 0
    path: str = ""
    """A device, a queue, a resource such as ``/ipp/print``, or a folder."""
    baud: int = 0
    encrypted: bool = False

    @classmethod
    def parse(cls, text: str) -> "PrinterAddress":
        """Raise ValueError with a line for people."""
        text = text.strip()
        _require_printable(text)
        scheme, colon, rest = text.partition(":")
        if not colon:
            raise ValueError(
                f"{text!r} does not begin with tcp:, serial:, usb:, ipp:, cups:, windows:, system: or file:"
            )
        scheme = scheme.lower()
        if scheme in {"tcp", "ipp", "ipps"} or (scheme == "cups" and rest.startswith("//")):
            return _on_a_host(scheme, text)
        if scheme == "serial":
            return _serial(rest)
        kinds = {
            kind.value: kind
            for kind in (Connection.USB, Connection.CUPS, Connection.WINDOWS, Connection.SYSTEM, Connection.FILE)
        }
        if scheme not in kinds:
            raise ValueError(f"{scheme!r} is no kind of connection")
        path = unquote(rest) if scheme == "cups" else rest
        _require_printable(path)
        if not path:
            raise ValueError(f"{text!r} names nothing behind {scheme}:")
        return cls(kinds[scheme], path=path)

    @property
    def device(self) -> str:
        """What stands there, the same for every way to write it that shows in the text; names are not looked up."""
        match self.connection:
            case Connection.TCP:
                return f"tcp://{_same_host(self.host)}:{self.port}"
            case Connection.IPP:
                path = unquote(self.path).rstrip("/")
                queue = path.casefold().startswith(_QUEUES)
                return f"ipp://{_same_host(self.host)}:{self.port}{path.casefold() if queue else path}"
            case Connection.CUPS:
                return f"ipp://{_same_host(self.host or _HERE)}:{self.port or IPP_PORT}{_QUEUES}{self.path.casefold()}"
            case Connection.WINDOWS | Connection.SYSTEM:
                return f"{self.connection.value}:{self.path.casefold()}"
            case _:
                return f"{self.connection.value}:{_same_path(self.path)}"

    def __str__(self) -> str:
        """The normal form, which ``parse`` takes."""
        match self.connection:
            case Connection.TCP:
                return f"tcp://{_bracketed(self.host)}:{self.port}"
            case Connection.IPP:
                return f"ipp{'s' if self.encrypted else ''}://{_bracketed(self.host)}:{self.port}{self.path}"
            case Connection.CUPS if self.host:
                return f"cups://{_bracketed(self.host)}:{self.port}/{_quoted(self.path)}"
            case Connection.CUPS:
                return f"cups:{_quoted(self.path)}"
            case Connection.SERIAL:
                return f"serial:{self.path}?baud={self.baud}"
            case _:
                return f"{self.connection.value}:{self.path}"


def _require_printable(text: str) -> None:
    if not text.isprintable():
        raise ValueError(f"{text!r} holds signs that nobody can read")


def _quoted(queue: str) -> str:
    return _NOT_IN_A_QUEUE.sub(lambda sign: f"%{ord(sign[0]):02X}", queue)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _same_host(host: str) -> str:
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return host.casefold()
    return _HERE if number in _LOOPBACK else _bracketed(str(number))


def _same_path(path: str) -> str:
    if _OF_WINDOWS.match(path):
        return ntpath.normcase(ntpath.normpath(path)).removeprefix("\\\\.\\")
    return re.sub("^//", "/", posixpath.normpath(path))


def _on_a_host(scheme: str, text: str) -> PrinterAddress:
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError as fault:
        raise ValueError(f"{text!r}: {fault}") from fault
    if not host or not _HOST.fullmatch(host) or parts.username is not None or parts.query or parts.fragment:
        raise ValueError(f"{text!r} names no host")
    if port is not None and not 1 <= port <= 65535:
        raise ValueError(f"{text!r}: the port is between 1 and 65535")
    if scheme == "tcp":
        if parts.path not in {"", "/"}:
            raise ValueError(f"{text!r}: nothing stands behind the port")
        return PrinterAddress(Connection.TCP, host, port or RAW_PORT)
    if scheme == "cups":
        queue = unquote(parts.path.strip("/"))
        _require_printable(queue)
        if not queue or "/" in queue:
            raise ValueError(f"{text!r} names no queue")
        return PrinterAddress(Connection.CUPS, host, port or IPP_PORT, queue)
    return PrinterAddress(
        Connection.IPP, host, port or IPP_PORT, parts.path or "/ipp/print", encrypted=scheme == "ipps"
    )


def _serial(rest: str) -> PrinterAddress:
    path, _, query = rest.partition("?")
    options = parse_qs(query, keep_blank_values=True)
    baud = options.pop("baud", ["9600"])[-1]
    if not path or options:
        raise ValueError(f"serial:{rest} is not serial:PORT?baud=NUMBER")
    if not baud.isascii() or not baud.isdigit() or not _SLOWEST_BAUD <= int(baud) <= _FASTEST_BAUD:
        raise ValueError(f"{baud!r} is no baud rate")
    return PrinterAddress(Connection.SERIAL, path=path, baud=int(baud))
