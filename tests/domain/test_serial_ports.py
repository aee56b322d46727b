"""Names of ports: what lasts, what it means now, and that one name never means two ports."""

import pytest

from gizqr_station.domain.device_failures import PortAmbiguous
from gizqr_station.domain.serial_ports import PortKind, PortName, SerialPort, lasting_name

FTDI = SerialPort("/dev/ttyUSB0", "A50285BI", "1-1.4", 0x0403, 0x6001, "FT232R USB UART")
CH340 = SerialPort("/dev/ttyUSB1", "", "1-1.3", 0x1A86, 0x7523, "USB2.0-Serial")
TWINS = (
    SerialPort("/dev/ttyUSB2", "0001", "2-1", 0x10C4, 0xEA60, "CP2102"),
    SerialPort("/dev/ttyUSB3", "0001", "2-2", 0x10C4, 0xEA60, "CP2102"),
)
QUAD = tuple(
    SerialPort(f"/dev/ttyUSB{4 + channel}", "FT4XYZAB", f"1-2:1.{channel}", 0x0403, 0x6011, "Quad RS232-HS")
    for channel in range(4)
)
BUILT_IN = SerialPort("/dev/ttyS0", description="ttyS0")
ALL = (FTDI, CH340, *TWINS, *QUAD, BUILT_IN)


@pytest.mark.parametrize(
    ("text", "kind", "rest", "normal"),
    [
        ("usb:A50285BI", PortKind.USB_SERIAL, "A50285BI", "usb:A50285BI"),
        (" USB: A50285BI ", PortKind.USB_SERIAL, "A50285BI", "usb:A50285BI"),
        ("hub:1-1.4", PortKind.HUB, "1-1.4", "hub:1-1.4"),
        ("hub:1-1.4:1.0", PortKind.HUB, "1-1.4:1.0", "hub:1-1.4:1.0"),
        ("hub:1-1.4:x.2", PortKind.HUB, "1-1.4:x.2", "hub:1-1.4:x.2"),
        ("/dev/ttyUSB0", PortKind.PATH, "/dev/ttyUSB0", "/dev/ttyUSB0"),
        ("COM7", PortKind.PATH, "COM7", "COM7"),
        ("socket://localhost:7000", PortKind.PATH, "socket://localhost:7000", "socket://localhost:7000"),
        ("/dev/serial/by-id/usb:x", PortKind.PATH, "/dev/serial/by-id/usb:x", "/dev/serial/by-id/usb:x"),
    ],
)
def test_a_name_is_read_and_written(text: str, kind: PortKind, rest: str, normal: str) -> None:
    name = PortName.parse(text)
    assert (name.kind, name.text, str(name), name.lasts) == (kind, rest, normal, kind is not PortKind.PATH)


@pytest.mark.parametrize("text", ["usb:", "usb: ", "hub:", "hub:4", "hub:1-", "hub:1-1.", "hub:1-1:", "hub:１-1"])
def test_a_lasting_name_that_names_nothing_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="names no"):
        PortName.parse(text)


@pytest.mark.parametrize(
    ("port", "name"),
    [
        (FTDI, "usb:A50285BI"),
        (CH340, "hub:1-1.3"),
        (TWINS[0], "hub:2-1"),
        (QUAD[0], "hub:1-2:1.0"),
        (QUAD[3], "hub:1-2:1.3"),
        (BUILT_IN, "/dev/ttyS0"),
    ],
    ids=str,
)
def test_each_port_has_a_best_name_that_means_it_alone(port: SerialPort, name: str) -> None:
    best = lasting_name(port, ALL)
    assert str(best) == name
    assert best.among(ALL) == (port if best.lasts else None)


def test_a_serial_number_that_many_adapters_have_is_no_name_even_while_only_one_is_plugged_in() -> None:
    assert str(lasting_name(TWINS[0], TWINS[:1])) == "hub:2-1"


def test_ports_that_cannot_be_told_apart_go_by_their_paths() -> None:
    same = [SerialPort(f"COM{number}", "", "1-1") for number in (3, 4)]
    assert [str(lasting_name(port, same)) for port in same] == ["COM3", "COM4"]


def test_the_same_adapter_is_found_under_another_path() -> None:
    moved = SerialPort("/dev/ttyUSB7", "A50285BI", "1-1.2")
    assert PortName.parse("usb:a50285bi").among([CH340, moved]) == moved
    assert PortName.parse("hub:1-1.4").among([CH340, moved]) is None
    assert PortName.parse("/dev/ttyUSB7").among([CH340, moved]) is None


@pytest.mark.parametrize(("name", "devices"), [("usb:0001", "/dev/ttyUSB2, /dev/ttyUSB3"), ("hub:1-2", "ttyUSB7")])
def test_a_name_that_fits_several_is_refused(name: str, devices: str) -> None:
    with pytest.raises(PortAmbiguous) as refused:
        PortName.parse(name).among(ALL)
    assert devices in refused.value.devices


def test_a_port_without_a_serial_number_answers_to_no_name_by_serial_number() -> None:
    assert PortName(PortKind.USB_SERIAL, "").among([FTDI]) is None
    assert PortName.parse("hub:1-1.4:1.0").among([FTDI]) is None


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ("usb:A50285BI", "usb:a50285bi", True),
        ("usb:A50285BI", "hub:1-1.4", False),
        ("hub:1-1.4", "hub:1-1.4", True),
        ("hub:1-1.4", "hub:1-1.4:1.0", True),
        ("hub:1-1.4:1.1", "hub:1-1.4:1.0", False),
        ("hub:1-1.4:1.1", "hub:1-1.4:1.1", True),
        ("hub:1-1.4", "hub:1-1.3", False),
        ("COM7", "com7", True),
        (r"\\.\COM7", r"\\.\com7", True),
        ("/dev/ttyUSB0", "/dev/ttyUSB0", True),
        ("/dev/ttyUSB0", "/dev/ttyusb0", False),
    ],
)
def test_two_names_of_one_port_are_known_as_such(one: str, other: str, overlap: bool) -> None:
    first, second = PortName.parse(one), PortName.parse(other)
    assert first.overlaps(second) is second.overlaps(first) is overlap


def test_an_adapter_has_the_id_that_people_look_up() -> None:
    assert (FTDI.usb_id, BUILT_IN.usb_id) == ("0403:6001", "")
