"""Where a host can be found, without waiting for a name service longer than asked."""

import ipaddress
import queue
import socket
import threading
import time

from gizqr_station.domain.stop import Stop
from gizqr_station.printing.links.wired import LOOK_AT_STOP_S

Addresses = list[tuple[socket.AddressFamily, tuple[str, int]]]


class NameUnknown(Exception):
    """Nobody knows the host, or nobody said so in time."""


def addresses(host: str, port: int, until: float, stop: Stop) -> Addresses:
    """In the order of the system, until a moment of the monotonic clock; raise NameUnknown or Stopped.

    Asking for a name cannot be broken off, so a thread asks and is left behind.
    """
    try:
        numeric = ipaddress.ip_address(host)
    except ValueError:
        pass
    else:
        return [(socket.AF_INET if numeric.version == 4 else socket.AF_INET6, (host, port))]
    answers: queue.SimpleQueue[Addresses | OSError | UnicodeError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put([(family, (str(address[0]), port)) for family, _, _, _, address in found])
        except (OSError, UnicodeError) as unknown:  # the latter for what cannot be a name, such as "a..b"
            answers.put(unknown)

    threading.Thread(target=ask, name=f"name of {host}", daemon=True).start()
    while True:
        stop.check()
        try:
            answer = answers.get(timeout=LOOK_AT_STOP_S)
        except queue.Empty:
            if time.monotonic() > until:
                raise NameUnknown(f"{host}: no answer from the name service") from None
            continue
        if isinstance(answer, OSError | UnicodeError):
            raise NameUnknown(str(answer)) from answer
        return answer
