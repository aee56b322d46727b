"""Where a printer or print server is asked, and on whose behalf."""

import getpass
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from gizqr_station.domain.printer_address import IPP_PORT, Connection, PrinterAddress

_CUPS_SOCKETS = ("/run/cups/cups.sock", "/var/run/cups/cups.sock", "/private/var/run/cupsd")


@dataclass(frozen=True, slots=True)
class Server:
    """One that speaks IPP."""

    host: str
    port: int = IPP_PORT
    encrypted: bool = False
    socket: str = ""
    """A domain socket's path, which is asked in the place of host and port."""

    @property
    def shown(self) -> str:
        """For people."""
        return self.socket or f"{self._bracketed}:{self.port}"

    @property
    def http(self) -> str:
        """What every path is put behind to ask."""
        if self.socket:
            return "http://localhost"
        return f"http{'s' if self.encrypted else ''}://{self._bracketed}:{self.port}"

    def uri(self, path: str) -> str:
        """The name that IPP knows a resource by."""
        if self.socket:
            return f"ipp://localhost{path}"
        return f"ipp{'s' if self.encrypted else ''}://{self._bracketed}:{self.port}{path}"

    @property
    def _bracketed(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host


def server_of(address: PrinterAddress, environment: Mapping[str, str] | None = None) -> Server:
    """Who is asked for a printer at ``ipp://…`` or a queue at ``cups:…``."""
    if address.host:
        return Server(address.host, address.port, address.encrypted)
    return local_cups(os.environ if environment is None else environment)


def local_cups(environment: Mapping[str, str]) -> Server:
    """What ``CUPS_SERVER`` says, else this machine's domain socket, else its port."""
    said = environment.get("CUPS_SERVER", "").partition("/version=")[0].strip()
    if said.startswith("/"):
        return Server("localhost", socket=said)
    if said:
        return _from_text(said)
    for path in _CUPS_SOCKETS:
        if Path(path).exists():
            return Server("localhost", socket=path)
    return Server("localhost")


def _from_text(said: str) -> Server:
    """``host``, ``host:631``, ``[::1]:631`` or ``::1``, as cupsGetServer takes them."""
    if said.startswith("["):
        host, _, port = said[1:].partition("]")
        port = port.removeprefix(":")
    elif said.count(":") == 1:
        host, _, port = said.partition(":")
    else:
        host, port = said, ""
    return Server(host, int(port) if port.isascii() and port.isdigit() and 0 < int(port) < 65536 else IPP_PORT)


def path_of(address: PrinterAddress) -> str:
    """The resource, as it stands in a URL."""
    if address.connection is Connection.CUPS:
        return f"/printers/{quote(address.path, safe='')}"
    return quote(address.path, safe="/%")


def user_name() -> str:
    """The account this runs under; CUPS lets it cancel what it sent itself."""
    if sys.platform == "win32":
        return getpass.getuser()  # written with care, not run
    import pwd  # which Windows does not have

    try:
        # Not the environment's word: on its domain socket CUPS compares the name with the account that asks.
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())
