"""Printers on the network, announced by a responder of DNS-SD on the loopback address."""

import contextlib
import socket
import threading
import uuid
from collections.abc import Iterator

import pytest
import zeroconf

from gizqr_station.domain.printer import FoundPrinter, Language
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.printing.finding.network import IPP, IPPS, RAW, network_printers, printer_at

LOOPBACK = "127.0.0.1"


def service(kind: str, name: str, port: int, address: str = "192.0.2.7", **told: str) -> zeroconf.ServiceInfo:
    addresses = [socket.inet_pton(socket.AF_INET6 if ":" in address else socket.AF_INET, address)]
    return zeroconf.ServiceInfo(
        kind, f"{name}.{kind}", port, properties=told, server="printer.local.", addresses=addresses
    )


@pytest.mark.parametrize(
    ("announced", "address", "says", "language", "dpi"),
    [
        (
            service(RAW, "ZD421", 9100, ty="ZTC ZD421-203dpi ZPL", usb_MFG="Zebra Technologies", usb_CMD="ZPL"),
            "tcp://192.0.2.7:9100",
            "ZD421 (ZTC ZD421-203dpi ZPL)",
            Language.ZPL,
            203,
        ),
        (service(RAW, "HP LaserJet", 9100, ty="HP LaserJet", note="2nd floor"), "tcp://192.0.2.7:9100",
         "HP LaserJet, 2nd floor", None, None),
        (
            service(IPP, "Label", 631, rp="/ipp/print/", pdl="application/pdf, image/PWG-raster,image/urf"),
            "ipp://192.0.2.7:631/ipp/print",
            "Label",
            Language.PWG,
            None,
        ),
        (service(IPP, "L", 8632, pdl="image/png"), "ipp://192.0.2.7:8632/ipp/print", "L", Language.PNG, None),
        (service(IPPS, "L", 443, rp="ipp/print/2"), "ipps://192.0.2.7:443/ipp/print/2", "L", None, None),
        (service(IPP, "zebra @ server", 631, rp="printers/zebra"), "cups://192.0.2.7:631/zebra", "zebra @ server", None,
         None),
        (service(RAW, "six", 9100, "2001:db8::7"), "tcp://[2001:db8::7]:9100", "six", None, None),
    ],
)  # fmt: skip
def test_an_announcement_becomes_an_address_and_a_guess(
    announced: zeroconf.ServiceInfo, address: str, says: str, language: Language | None, dpi: int | None
) -> None:
    printer = printer_at(announced)
    assert printer is not None
    assert (str(printer.address), printer.says, printer.language, printer.dpi) == (address, says, language, dpi)


@pytest.mark.parametrize(
    "announced",
    [
        service(RAW, "x", 0),
        service(IPP, "x", 631, rp="ipp/print?x=1"),
        service(IPP, "x", 631, rp="ipp/\nprint"),
        service(IPP, "x", 631, rp="printers/a/b"),
        zeroconf.ServiceInfo(RAW, f"x.{RAW}", 9100, server="printer.local."),
    ],
)
def test_an_announcement_that_leads_nowhere_is_left_out(announced: zeroconf.ServiceInfo) -> None:
    assert printer_at(announced) is None


def test_what_a_network_says_is_shown_without_control_characters() -> None:
    printer = printer_at(service(RAW, "x", 9100, ty="a\x1b[2J\r\nb", note="n" * 240))
    assert printer is not None
    assert printer.says.isprintable()
    assert len(printer.says) <= 120


def test_what_is_no_text_does_no_harm() -> None:
    noise = zeroconf.ServiceInfo(
        RAW,
        f"x.{RAW}",
        9100,
        properties={b"ty": b"\xff\x00\xfe", b"\xff": b"x", b"note": None},
        addresses=[socket.inet_aton("192.0.2.7")],
    )
    printer = printer_at(noise)
    assert printer is not None
    assert str(printer.address) == "tcp://192.0.2.7:9100"


@contextlib.contextmanager
def announcing(*services: zeroconf.ServiceInfo) -> Iterator[None]:
    """A responder in this process; skips where the system does not let multicast through on loopback."""
    try:
        responder = zeroconf.Zeroconf(interfaces=[LOOPBACK])
    except OSError as fault:
        pytest.skip(f"no multicast on the loopback address here: {fault.strerror}")
    try:
        for one in services:
            responder.register_service(one, cooperating_responders=True)
        yield
    finally:
        responder.close()


def test_a_printer_on_the_network_is_found_while_it_announces_itself() -> None:
    stop, heard = Stop(), dict[str, FoundPrinter]()
    # Other tests may announce printers of theirs at the same time.
    own = uuid.uuid4().hex[:12]
    zebra = service(RAW, f"ZD421 {own}", 9100, LOOPBACK, ty="ZTC ZD421-300dpi ZPL", usb_CMD="ZPL")
    office = service(IPP, f"Office {own}", 631, LOOPBACK, rp=f"ipp/{own}", pdl="image/pwg-raster")

    def hear(printer: FoundPrinter) -> None:
        if own in printer.says:
            heard[str(printer.address)] = printer
        if len(heard) == 2:
            stop.set()

    with announcing(zebra, office):
        # Stopped as soon as both are there; the time is for machines under load.
        with contextlib.suppress(Stopped):
            network_printers(hear, stop, interfaces=[LOOPBACK], listen_s=20.0)
        if not heard and not _multicast_works():
            pytest.skip("no multicast on the loopback address here")
    assert {address: (printer.language, printer.dpi) for address, printer in heard.items()} == {
        f"ipp://127.0.0.1:631/ipp/{own}": (Language.PWG, None),
        "tcp://127.0.0.1:9100": (Language.ZPL, 300),
    }


def test_listening_ends_by_itself_and_leaves_nothing_open() -> None:
    before = set(threading.enumerate())
    try:
        network_printers(lambda _: None, Stop(), interfaces=[LOOPBACK], listen_s=0.2)
    except OSError as fault:
        pytest.skip(f"no multicast on the loopback address here: {fault.strerror}")
    assert not [thread for thread in set(threading.enumerate()) - before if thread.is_alive()]


def _multicast_works() -> bool:
    """Whether a datagram to a group comes back on the loopback address."""
    group, port = "224.0.0.251", 0
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender,
    ):
        receiver.bind(("", port))
        receiver.settimeout(2.0)
        own = socket.inet_aton(LOOPBACK)
        try:
            receiver.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton(group) + own)
            sender.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, own)
            sender.sendto(b"x", (group, receiver.getsockname()[1]))
            return receiver.recv(1) == b"x"
        except OSError:
            return False
