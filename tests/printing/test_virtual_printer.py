"""The virtual printer takes a real printer's bytes, prints them into files, and breaks in the ways it is told to."""

import json
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image

from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.printer_failures import PrinterConnectionLost, PrinterStalled, PrinterUnreachable
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.printed_files import Printed
from gizqr_station.printing.tcp_printer import TcpZplPrinter
from gizqr_station.printing.virtual_printer import PrinterMode, VirtualPrinter
from gizqr_station.printing.zpl import encode_zpl
from gizqr_station.workflows.ports import Printer
from tests.labels.samples import IMEI_FIELDS, MAC_FIELDS, PAINTER, dots

LABEL = PAINTER.paint("40x30", 203, MAC_FIELDS)
OTHER = PAINTER.paint("25x25", 203, IMEI_FIELDS)


def _driver(printer: VirtualPrinter) -> Printer:
    return TcpZplPrinter("virtual", printer.host, printer.port, dpi=203, send_timeout_s=0.4, settle_s=5)


def _send(port: int, *parts: bytes) -> None:
    """Send and wait until the other side is through with it, in order or by a reset."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection, suppress(OSError):
        for part in parts:
            connection.sendall(part)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(4096):
            pass


def test_a_label_becomes_its_bytes_and_its_picture(tmp_path: Path) -> None:
    with VirtualPrinter(tmp_path / "out", 203) as printer:
        report = _driver(printer).print_label("17", LABEL, Stop())
        assert report.outcome is PrintOutcome.ACCEPTED
        assert printer.wait_for(1, timeout_s=5)
        (printed,) = printer.printed
    assert printed.zpl == tmp_path / "out" / "0001.zpl"
    assert printed.zpl.read_bytes().strip() == encode_zpl(LABEL, "17").strip()
    assert printed.image == LABEL
    assert printed.job_name == "17"
    with Image.open(printed.png) as picture:
        assert picture.convert("L").tobytes() == dots(LABEL).tobytes()
        assert picture.info["dpi"][0] == pytest.approx(203.2, abs=0.02)
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["0001.png", "0001.zpl"]


def test_a_connection_without_bytes_prints_nothing(tmp_path: Path) -> None:
    with VirtualPrinter(tmp_path, 203) as printer:
        assert _driver(printer).reachable(Stop()) is None
        _send(printer.port)
        _driver(printer).print_label("17", LABEL, Stop())
        assert printer.wait_for(1, timeout_s=5)
        assert len(printer.printed) == 1
        assert printer.rejected == []


def test_several_labels_in_one_connection_are_several_labels(tmp_path: Path) -> None:
    heard: list[Printed] = []
    stream = encode_zpl(LABEL, "1") + encode_zpl(OTHER, "2")
    with VirtualPrinter(tmp_path, 203, on_printed=heard.append) as printer:
        _send(printer.port, stream[:700], stream[700:2600], stream[2600:])
        assert printer.wait_for(2, timeout_s=5)
        assert [printed.job_name for printed in printer.printed] == ["1", "2"]
    assert [printed.image for printed in heard] == [LABEL, OTHER]


def test_each_copy_that_is_asked_for_comes_out(tmp_path: Path) -> None:
    heard: list[Printed] = []
    doubled = encode_zpl(LABEL, "1").replace(b"^PQ1", b"^PQ2")
    with VirtualPrinter(tmp_path, 203, on_printed=heard.append) as printer:
        _send(printer.port, doubled + encode_zpl(OTHER, "2"))
        assert printer.wait_for(3, timeout_s=5)
        assert [printed.job_name for printed in printer.printed] == ["1", "1", "2"]
        assert [printed.zpl.name for printed in printer.printed] == ["0001.zpl", "0002.zpl", "0003.zpl"]
        assert all(printed.zpl.is_file() and printed.png.is_file() for printed in printer.printed)
    assert heard == printer.printed


def test_closing_it_ends_a_run_of_copies(tmp_path: Path) -> None:
    with VirtualPrinter(tmp_path, 203) as printer:
        port = printer.port
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(encode_zpl(OTHER, "1").replace(b"^PQ1", b"^PQ32000"))
        assert printer.wait_for(1, timeout_s=5)
    with VirtualPrinter(tmp_path, 203, port=port) as again:
        assert again.port == port


def test_a_label_comes_out_before_the_connection_is_closed(tmp_path: Path) -> None:
    with (
        VirtualPrinter(tmp_path, 203) as printer,
        socket.create_connection(("127.0.0.1", printer.port), timeout=5) as connection,
    ):
        connection.sendall(encode_zpl(LABEL, "1"))
        assert printer.wait_for(1, timeout_s=5)


def test_a_part_of_a_label_prints_nothing(tmp_path: Path) -> None:
    with VirtualPrinter(tmp_path, 203) as printer:
        _send(printer.port, encode_zpl(LABEL, "1")[:-10])
        _send(printer.port, encode_zpl(OTHER, "2"))
        assert printer.wait_for(1, timeout_s=5)
        assert [printed.job_name for printed in printer.printed] == ["2"]


def test_a_label_that_cannot_be_read_is_kept_apart_and_not_printed(tmp_path: Path) -> None:
    with VirtualPrinter(tmp_path, 203) as printer:
        _send(printer.port, b"^XA^FDhello^FS^XZ")
        _send(printer.port, encode_zpl(OTHER, "2"))
        assert printer.wait_for(1, timeout_s=5)
        assert len(printer.printed) == 1
        assert printer.rejected == [(b"^XA^FDhello^FS^XZ", "^FDhello: not understood")]


def test_a_folder_that_cannot_be_written_prints_nothing_and_breaks_off(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    with VirtualPrinter(folder, 203) as printer:
        folder.rmdir()
        report = _driver(printer).print_label("17", LABEL, Stop())
        assert report.outcome is PrintOutcome.UNKNOWN
        assert len(printer.rejected) == 1
        assert printer.printed == []


def test_bytes_without_end_are_not_collected(tmp_path: Path) -> None:
    with VirtualPrinter(tmp_path, 203) as printer:
        sent = 0
        with socket.create_connection(("127.0.0.1", printer.port), timeout=5) as connection, suppress(OSError):
            while sent < 100_000_000:
                sent += connection.send(b"^XA" + bytes(1_000_000))
        assert sent < 100_000_000


def test_numbers_go_on_where_an_earlier_printer_ended(tmp_path: Path) -> None:
    for expected in ("0001.zpl", "0002.zpl"):
        with VirtualPrinter(tmp_path, 203) as printer:
            _driver(printer).print_label("17", LABEL, Stop())
            assert printer.wait_for(1, timeout_s=5)
            assert printer.printed[0].zpl.name == expected


def test_switched_off_it_refuses_connections_and_keeps_its_port(tmp_path: Path) -> None:
    with VirtualPrinter(tmp_path, 203, mode=PrinterMode.ACCEPT_NOTHING) as printer:
        report = _driver(printer).print_label("17", LABEL, Stop())
        assert (report.outcome, type(report.failure)) == (PrintOutcome.REFUSED, PrinterUnreachable)
        assert isinstance(_driver(printer).reachable(Stop()), PrinterUnreachable)
        port = printer.port
        printer.switch(PrinterMode.PRINT)
        assert printer.port == port
        assert _driver(printer).print_label("17", LABEL, Stop()).outcome is PrintOutcome.ACCEPTED
        printer.switch(PrinterMode.ACCEPT_NOTHING)
        assert isinstance(_driver(printer).reachable(Stop()), PrinterUnreachable)
        assert len(printer.printed) == 1


@pytest.mark.parametrize(
    ("mode", "failure"),
    [
        (PrinterMode.HALF, PrinterConnectionLost),
        (PrinterMode.TAKE_ALL_AND_DIE, PrinterConnectionLost),
        (PrinterMode.STALL, PrinterStalled),
    ],
)
def test_each_way_of_breaking_is_unknown_and_prints_nothing(tmp_path: Path, mode: PrinterMode, failure: type) -> None:
    with VirtualPrinter(tmp_path, 203) as printer:
        printer.switch(mode)
        assert _driver(printer).reachable(Stop()) is None
        report = _driver(printer).print_label("17", LABEL, Stop())
        assert (report.outcome, type(report.failure)) == (PrintOutcome.UNKNOWN, failure)
        printer.switch(PrinterMode.PRINT)
        assert _driver(printer).print_label("18", LABEL, Stop()).outcome is PrintOutcome.ACCEPTED
        assert [printed.job_name for printed in printer.printed] == ["18"]


def test_waiting_for_a_label_that_does_not_come_has_an_end(tmp_path: Path) -> None:
    with VirtualPrinter(tmp_path, 203) as printer:
        assert not printer.wait_for(1, timeout_s=0.05)


def test_closing_it_frees_the_port(tmp_path: Path) -> None:
    with VirtualPrinter(tmp_path, 203) as printer:
        port = printer.port
        printer.switch(PrinterMode.STALL)
        stalled = socket.create_connection(("127.0.0.1", port), timeout=5)
        stalled.sendall(bytes(100))
    with stalled, suppress(ConnectionResetError):
        assert stalled.recv(1) == b""
    with VirtualPrinter(tmp_path, 203, port=port) as again:
        assert again.port == port


def test_a_port_that_is_taken_is_refused(tmp_path: Path) -> None:
    with (
        VirtualPrinter(tmp_path, 203) as printer,
        pytest.raises(OSError),
        VirtualPrinter(tmp_path, 203, port=printer.port),
    ):
        pass


def test_as_a_program_it_announces_its_port_and_ends_with_its_input(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "gizqr_station.printing.virtual_printer",
        "--folder",
        str(tmp_path),
        "--dpi",
        "203",
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout
        assert program.stdin
        announced = json.loads(program.stdout.readline())
        driver = TcpZplPrinter("virtual", announced["host"], announced["port"], dpi=203)
        assert driver.print_label("17", LABEL, Stop()).outcome is PrintOutcome.ACCEPTED
        program.stdin.close()
        assert program.wait(timeout=10) == 0
    assert (tmp_path / "0001.zpl").read_bytes().strip() == encode_zpl(LABEL, "17").strip()
