"""Printers that announce themselves on the network, by DNS-SD and Apple's Bonjour Printing Specification."""

import queue
import time
from collections.abc import Mapping, Sequence

import zeroconf

from gizqr_station.domain.printer import FoundPrinter, Language
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.finding.guesses import Guess, clean, found_printer, guess
from gizqr_station.printing.finding.source import Found

IPP, IPPS, RAW = "_ipp._tcp.local.", "_ipps._tcp.local.", "_pdl-datastream._tcp.local."
_LISTEN_S = 3.0
_ANSWER_S = 1.0
_LOOK_AT_STOP_S = 0.1
# What an IPP printer takes, in the order in which it would serve us best: the very dots, then pictures of them.
_DOCUMENTS = (
    ("image/pwg-raster", Language.PWG),
    ("image/png", Language.PNG),
    ("application/pdf", Language.PDF),
)
_QUEUES = ("printers/", "classes/")
"""Where CUPS keeps the queues that it shares."""


def network_printers(
    found: Found, stop: Stop, *, interfaces: Sequence[str] | None = None, listen_s: float = _LISTEN_S
) -> None:
    """Listen for so many seconds, on these addresses of this machine or on all."""
    ends = time.monotonic() + listen_s
    announced: queue.SimpleQueue[tuple[str, str]] = queue.SimpleQueue()

    def hear(
        zeroconf: zeroconf.Zeroconf, service_type: str, name: str, state_change: zeroconf.ServiceStateChange
    ) -> None:
        del zeroconf
        if state_change.name in {"Added", "Updated"}:
            announced.put((service_type, name))

    listener = zeroconf.Zeroconf(interfaces=zeroconf.InterfaceChoice.All if interfaces is None else list(interfaces))
    try:
        browser = zeroconf.ServiceBrowser(listener, [IPP, IPPS, RAW], handlers=[hear])
        try:
            while (left := ends - time.monotonic()) > 0:
                stop.check()
                try:
                    kind, name = announced.get(timeout=min(left, _LOOK_AT_STOP_S))
                except queue.Empty:
                    continue
                service = listener.get_service_info(kind, name, timeout=round(min(left, _ANSWER_S) * 1000))
                printer = service and printer_at(service)
                if printer:
                    found(printer)
        finally:
            browser.cancel()
    finally:
        listener.close()


def printer_at(service: zeroconf.ServiceInfo) -> FoundPrinter | None:
    """The printer that was announced; None when it cannot be reached or says nonsense.

    By its number, not its name: many a Linux machine cannot look up names that end in ``.local``.
    """
    hosts = service.parsed_addresses(zeroconf.IPVersion.V4Only) or service.parsed_addresses(zeroconf.IPVersion.V6Only)
    if not hosts:
        return None
    host = f"[{hosts[0]}]" if ":" in hosts[0] else hosts[0]
    told = {key.lower(): value or "" for key, value in service.decoded_properties.items()}
    says = _says(service, told)
    if service.type == RAW:
        names = (told.get("usb_mfg", ""), told.get("usb_mdl", ""), says)
        return found_printer(f"tcp://{host}:{service.port}", says, guess(*names, commands=told.get("usb_cmd", "")))
    path = told.get("rp", "").strip("/")
    if path.startswith(_QUEUES):
        queue_name = path.partition("/")[2]
        return found_printer(f"cups://{host}:{service.port}/{queue_name}", says, Guess())
    scheme = "ipps" if service.type == IPPS else "ipp"
    seen = Guess(_document(told.get("pdl", "")), guess(says).dpi)
    return found_printer(f"{scheme}://{host}:{service.port}/{path or 'ipp/print'}", says, seen)


def _says(service: zeroconf.ServiceInfo, told: Mapping[str, str]) -> str:
    """The name it goes by on the network, with what it is, and where people wrote down that it stands."""
    name = service.name.removesuffix(f".{service.type}")
    kind, place = told.get("ty", ""), told.get("note", "")
    words = name if not kind or kind.casefold() in name.casefold() else f"{name} ({kind})"
    return clean(f"{words}, {place}" if place else words)


def _document(taken: str) -> Language | None:
    known = {word.strip().lower() for word in taken.split(",")}
    return next((language for document, language in _DOCUMENTS if document in known), None)
