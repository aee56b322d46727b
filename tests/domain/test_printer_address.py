"""An address is one line of text that comes back as it was meant, and what is none is refused with words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gizqr_station.domain.printer_address import Connection, PrinterAddress


@pytest.mark.parametrize(
    ("text", "normal", "address"),
    [
        ("tcp://192.0.2.7", "tcp://192.0.2.7:9100", PrinterAddress(Connection.TCP, "192.0.2.7", 9100)),
        (" TCP://Zebra.Local:6101/ ", "tcp://zebra.local:6101", PrinterAddress(Connection.TCP, "zebra.local", 6101)),
        ("tcp://[2001:db8::7]:9100", "tcp://[2001:db8::7]:9100", PrinterAddress(Connection.TCP, "2001:db8::7", 9100)),
        ("tcp://[fe80::1%eth0]", "tcp://[fe80::1%eth0]:9100", PrinterAddress(Connection.TCP, "fe80::1%eth0", 9100)),
        ("serial:COM3", "serial:COM3?baud=9600", PrinterAddress(Connection.SERIAL, path="COM3", baud=9600)),
        (
            "serial:/dev/serial/by-id/usb-0?baud=115200",
            "serial:/dev/serial/by-id/usb-0?baud=115200",
            PrinterAddress(Connection.SERIAL, path="/dev/serial/by-id/usb-0", baud=115200),
        ),
        ("usb:/dev/usb/lp0", "usb:/dev/usb/lp0", PrinterAddress(Connection.USB, path="/dev/usb/lp0")),
        (
            "ipp://printer.example",
            "ipp://printer.example:631/ipp/print",
            PrinterAddress(Connection.IPP, "printer.example", 631, "/ipp/print"),
        ),
        (
            "ipps://192.0.2.7:8631/ipp/print/2",
            "ipps://192.0.2.7:8631/ipp/print/2",
            PrinterAddress(Connection.IPP, "192.0.2.7", 8631, "/ipp/print/2", encrypted=True),
        ),
        ("cups:zebra", "cups:zebra", PrinterAddress(Connection.CUPS, path="zebra")),
        ("cups:50%25", "cups:50%25", PrinterAddress(Connection.CUPS, path="50%")),
        ("cups:标签", "cups:标签", PrinterAddress(Connection.CUPS, path="标签")),
        (
            "cups://server/zebra%3F",
            "cups://server:631/zebra%3F",
            PrinterAddress(Connection.CUPS, "server", 631, "zebra?"),
        ),
        (
            r"windows:\\SERVER\ZDesigner ZD421",
            r"windows:\\SERVER\ZDesigner ZD421",
            PrinterAddress(Connection.WINDOWS, path=r"\\SERVER\ZDesigner ZD421"),
        ),
        (
            "system:Office: 2nd",
            "system:Office: 2nd",
            PrinterAddress(Connection.SYSTEM, path="Office: 2nd"),
        ),
        ("file:/tmp/100% labels", "file:/tmp/100% labels", PrinterAddress(Connection.FILE, path="/tmp/100% labels")),
    ],
)
def test_every_form_of_an_address_is_understood(text: str, normal: str, address: PrinterAddress) -> None:
    assert PrinterAddress.parse(text) == address
    assert str(address) == normal
    assert PrinterAddress.parse(normal) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "192.0.2.7",
        "http://192.0.2.7",
        "tcp:192.0.2.7",
        "tcp://",
        "tcp://:9100",
        "tcp://host:0",
        "tcp://host:65536",
        "tcp://host:many",
        "tcp://host/path",
        "tcp://host?x=1",
        "tcp://host#x",
        "tcp://user@host",
        "tcp://two hosts",
        "tcp://ho\nst",
        "tcp://-host",
        "tcp://[::1",
        "ipp:printer",
        "ipp://printer/ipp?x",
        "cups:",
        "cups://server",
        "cups://server/",
        "cups://server/a/b",
        "cups://server/a%2Fb",
        "cups://server/a%0Ab",
        "cups:a%0Ab",
        "serial:",
        "serial:?baud=9600",
        "serial:COM3?baud=",
        "serial:COM3?baud=fast",
        "serial:COM3?baud=²",
        "serial:COM3?baud=300",
        "serial:COM3?baud=5000000",
        "serial:COM3?parity=even",
        "serial:CO\x00M3",
        "usb:",
        "windows:",
        "system:",
        "file:",
        "file:/tmp/\x1b[2J",
    ],
)
def test_what_is_no_address_is_refused_with_words(text: str) -> None:
    with pytest.raises(ValueError, match=r".{10}"):
        PrinterAddress.parse(text)


@given(
    scheme=st.sampled_from(["tcp://", "ipp://", "ipps://", "cups:", "cups://", "serial:", "usb:", "windows:", "file:"]),
    rest=st.text(st.sampled_from("ab0.:/%25?#=&@[] -_\\\n标"), max_size=24),
)
def test_what_was_understood_once_is_understood_the_same_again(scheme: str, rest: str) -> None:
    try:
        address = PrinterAddress.parse(scheme + rest)
    except ValueError:
        return
    assert PrinterAddress.parse(str(address)) == address


@pytest.mark.parametrize(
    "alike",
    [
        ("tcp://localhost", "tcp://127.0.0.1:9100", "tcp://[::1]", "tcp://LOCALHOST", "tcp://[0:0::1]:9100"),
        ("tcp://zebra.local", "TCP://Zebra.Local:9100/"),
        ("tcp://[2001:DB8::7]", "tcp://[2001:db8:0::7]"),
        (
            "cups:q",
            "cups://localhost/q",
            "cups://127.0.0.1:631/Q",
            "ipp://localhost/printers/q",
            "ipps://[::1]/Printers/Q/",
        ),
        ("cups:a b", "cups:a%20b", "ipp://localhost/printers/a%20b"),
        ("ipp://printer.example", "ipps://Printer.Example:631/ipp/print", "ipp://printer.example/ipp/print/"),
        ("serial:/dev/ttyUSB0", "serial:/dev/ttyUSB0?baud=115200", "serial:/dev//ttyUSB0"),
        ("serial:COM3", "serial:com3?baud=115200", "serial:\\\\.\\COM3"),
        ("usb:/dev/usb/lp0", "usb:/dev/usb/lp0/", "usb://dev/usb/lp0", "usb:/dev/./usb/lp0"),
        ("file:/x", "file:/x/", "file://x"),
        ("file:C:\\Labels", "file:c:/labels/"),
        ("windows:ZDesigner", "windows:zdesigner"),
    ],
)
def test_one_device_written_in_several_ways_is_one(alike: tuple[str, ...]) -> None:
    assert len({PrinterAddress.parse(text).device for text in alike}) == 1


def test_what_may_be_two_devices_is_two() -> None:
    texts = (
        "tcp://192.0.2.7", "tcp://192.0.2.8", "tcp://192.0.2.7:9101", "tcp://localhost", "tcp://localhost:9101",
        "tcp://127.0.0.2", "ipp://192.0.2.7", "ipp://192.0.2.7/ipp/print/2", "ipp://192.0.2.7/ipp/Print",
        "cups:q", "cups:r", "cups://server/q", "cups://localhost:8631/q", "serial:/dev/ttyUSB0", "serial:COM1",
        "serial:COM10", "usb:/dev/ttyUSB0", "usb:/dev/usb/lp0", "usb:/dev/usb/LP0", "file:/x", "file:/X", "system:q",
        "windows:q",
    )  # fmt: skip
    assert len({PrinterAddress.parse(text).device for text in texts}) == len(texts)
