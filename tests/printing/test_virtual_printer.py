"""The virtual printer takes a real printer's bytes, prints them into files, and breaks in the ways it is told to."""

import json
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image

from gizqr_station.printing.printed_files import Printed
from gizqr_station.printing.virtual_printer import PrinterMode, VirtualPrinter
from tests.labels.samples import IMEI_FIELDS, MAC_FIELDS, PAINTER, dots
from tests.printing.zpl_bytes import ASK_COUNT, ASK_STATUS, SETUP, label_zpl

LABEL = PAINTER.paint("40x30", 203, MAC_FIELDS)
OTHER = PAINTER.paint("25x25", 203, IMEI_FIELDS)
FINE = b"\x02030,0,0,%04d,000,0,0,%d,000,0,0,0\x03\r\n\x02001,0,0,0,1,2,6,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n"


def _connected(printer: VirtualPrinter) -> socket.socket:
    return socket.create_connection(("127.0.0.1", printer.port), timeout=5)


def _send(port: int, *parts: bytes) -> bool:
    """Send and wait until the other side is through with it: in order, or by a reset (False)."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        try:
            for part in parts:
                connection.sendall(part)
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(4096):
                pass
        except OSError:
            return False
    return True


def _heard(connection: socket.socket, expected: bytes) -> bytes:
    """As many bytes as are expected."""
    heard = b""
    while len(heard) < len(expected) and (came := connection.recv(4096)):
        heard += came
    return heard


def test_a_label_becomes_its_bytes_and_its_picture(tmp_path: Path) -> None:
    with VirtualPrinter(tmp_path / "out", 203) as printer:
        assert _send(printer.port, label_zpl(LABEL, "17"))
        (printed,) = printer.printed
    assert printed.zpl == tmp_path / "out" / "0001.zpl"
    assert printed.zpl.read_bytes() == label_zpl(LABEL, "17").strip()
    assert printed.image == LABEL
    assert printed.job_name == "17"
    with Image.open(printed.png) as picture:
        assert picture.convert("L").tobytes() == dots(LABEL).tobytes()
        assert picture.info["dpi"][0] == pytest.approx(203.2, abs=0.02)
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["0001.png", "0001.zpl"]


def test_what_sets_the_printer_prints_nothing_and_is_kept_with_the_label(tmp_path: Path) -> None:
    size = b"^XA^PW320^LL240^XZ"
    short = label_zpl(LABEL, "17").replace(b"^PW320^LL240", b"")
    with VirtualPrinter(tmp_path, 203) as printer:
        assert _send(printer.port, SETUP, size)
        assert printer.printed == []
        assert _send(printer.port, short)
        assert _send(printer.port, short)
        assert [printed.image for printed in printer.printed] == [LABEL, LABEL]
        assert _send(printer.port, SETUP, size, short)
        assert len(printer.printed) == 3
        assert printer.rejected == []
    for file in ("0001.zpl", "0002.zpl", "0003.zpl"):
        assert (tmp_path / file).read_bytes() == SETUP + size + b"\n" + short.strip()


def test_a_connection_without_bytes_prints_nothing(tmp_path: Path) -> None:
    with VirtualPrinter(tmp_path, 203) as printer:
        assert _send(printer.port)
        assert _send(printer.port, label_zpl(LABEL, "17"))
        assert len(printer.printed) == 1
        assert printer.rejected == []


def test_asked_for_its_state_it_answers_with_zebras_three_strings(tmp_path: Path) -> None:
    with VirtualPrinter(tmp_path, 203) as printer, _connected(printer) as connection:
        connection.sendall(ASK_STATUS)
        assert _heard(connection, FINE % (0, 0)) == FINE % (0, 0)
        for piece in (b"~", b"H", b"S"):
            connection.sendall(piece)
        assert _heard(connection, FINE % (0, 0)) == FINE % (0, 0)
        connection.sendall(SETUP + label_zpl(LABEL, "1") + ASK_STATUS)
        assert _heard(connection, FINE % (240, 0)) == FINE % (240, 0)


def test_asked_in_the_middle_of_a_label_it_says_so_and_the_label_is_none_the_worse(tmp_path: Path) -> None:
    zpl = label_zpl(LABEL, "1")
    with VirtualPrinter(tmp_path, 203) as printer, _connected(printer) as connection:
        connection.sendall(zpl[:500] + ASK_STATUS)
        assert _heard(connection, FINE % (0, 1)) == FINE % (0, 1)
        connection.sendall(zpl[500:])
        assert printer.wait_for(1, timeout_s=5)
        assert printer.printed[0].image == LABEL


def test_its_counter_tells_what_came_out_in_all_its_lives(tmp_path: Path) -> None:
    for first in (0, 2):
        with VirtualPrinter(tmp_path, 203) as printer, _connected(printer) as connection:
            for count in range(first, first + 3):
                if count > first:
                    connection.sendall(label_zpl(LABEL, "1"))
                connection.sendall(ASK_COUNT)
                assert _heard(connection, b'"%d"' % count) == b'"%d"' % count


def test_a_label_that_cannot_be_kept_is_not_counted(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    with VirtualPrinter(folder, 203) as printer:
        folder.rmdir()
        assert not _send(printer.port, label_zpl(LABEL, "17"))
        with _connected(printer) as connection:
            connection.sendall(ASK_COUNT)
            assert _heard(connection, b'"0"') == b'"0"'


def test_it_knows_no_other_variable(tmp_path: Path) -> None:
    with VirtualPrinter(tmp_path, 203) as printer, _connected(printer) as connection:
        connection.sendall(b'! U1 getvar "appl.name"\r\n')
        assert _heard(connection, b'"?"') == b'"?"'


@pytest.mark.parametrize("mode", [mode for mode in PrinterMode if mode is not PrinterMode.ACCEPT_NOTHING])
def test_in_every_mode_questions_are_answered_truly(tmp_path: Path, mode: PrinterMode) -> None:
    with VirtualPrinter(tmp_path, 203, mode=mode) as printer, _connected(printer) as connection:
        for question, answer in ((ASK_STATUS, FINE % (0, 0)), (ASK_COUNT, b'"0"'), (ASK_STATUS, FINE % (0, 0))):
            connection.sendall(question)
            assert _heard(connection, answer) == answer


def test_measuring_the_media_prints_nothing(tmp_path: Path) -> None:
    with VirtualPrinter(tmp_path, 203) as printer:
        assert _send(printer.port, b"~JC")
        assert (printer.printed, printer.rejected) == ([], [])


def test_several_labels_in_one_connection_are_several_labels(tmp_path: Path) -> None:
    heard: list[Printed] = []
    stream = SETUP + label_zpl(LABEL, "1") + SETUP + label_zpl(OTHER, "2")
    with VirtualPrinter(tmp_path, 203, on_printed=heard.append) as printer:
        assert _send(printer.port, stream[:20], stream[20:700], stream[700:20_000], stream[20_000:])
        assert [printed.job_name for printed in printer.printed] == ["1", "2"]
    assert [printed.image for printed in heard] == [LABEL, OTHER]


def test_each_copy_that_is_asked_for_comes_out(tmp_path: Path) -> None:
    heard: list[Printed] = []
    with VirtualPrinter(tmp_path, 203, on_printed=heard.append) as printer:
        assert _send(printer.port, label_zpl(LABEL, "1", copies=2), label_zpl(OTHER, "2"))
        assert [printed.job_name for printed in printer.printed] == ["1", "1", "2"]
        assert [printed.zpl.name for printed in printer.printed] == ["0001.zpl", "0002.zpl", "0003.zpl"]
        assert all(printed.zpl.is_file() and printed.png.is_file() for printed in printer.printed)
    assert heard == printer.printed


def test_closing_it_ends_a_run_of_copies(tmp_path: Path) -> None:
    with VirtualPrinter(tmp_path, 203) as printer:
        port = printer.port
        with _connected(printer) as connection:
            connection.sendall(label_zpl(OTHER, "1", copies=32_000))
        assert printer.wait_for(1, timeout_s=5)
    with VirtualPrinter(tmp_path, 203, port=port) as again:
        assert again.port == port


def test_a_label_comes_out_before_the_connection_is_closed(tmp_path: Path) -> None:
    with VirtualPrinter(tmp_path, 203) as printer, _connected(printer) as connection:
        connection.sendall(label_zpl(LABEL, "1"))
        assert printer.wait_for(1, timeout_s=5)


def test_a_part_of_a_label_prints_nothing(tmp_path: Path) -> None:
    with VirtualPrinter(tmp_path, 203) as printer:
        assert _send(printer.port, label_zpl(LABEL, "1")[:-10])
        assert _send(printer.port, label_zpl(OTHER, "2"))
        assert [printed.job_name for printed in printer.printed] == ["2"]


@pytest.mark.parametrize(
    ("stream", "why"),
    [
        (b"^XA^FDhello^FS^XZ", "^FDhello: not understood"),
        (b"~JA", "~JA: not understood"),
        (b"~SDxx", "~SD: not understood"),
        (b"%PDF-1.7 and so on", "b'%PDF-1.7 and so on': outside of a format"),
        (b'! U1 setvar "device.reset" ""\r\n', 'b\'! U1 setvar "device.reset" ""\\r\\n\': not understood'),
        (b"!" + bytes(200), f"{b'!' + bytes(39)!r}: not understood"),
    ],
)
def test_what_cannot_be_read_is_kept_apart_and_not_printed(tmp_path: Path, stream: bytes, why: str) -> None:
    with VirtualPrinter(tmp_path, 203) as printer:
        assert not _send(printer.port, stream)
        assert _send(printer.port, label_zpl(OTHER, "2"))
        assert len(printer.printed) == 1
        assert printer.rejected == [(stream, why)]


def test_darkness_may_be_set_outside_of_a_format(tmp_path: Path) -> None:
    with VirtualPrinter(tmp_path, 203) as printer:
        assert _send(printer.port, b"~S", b"D15", label_zpl(OTHER, "2"))
        assert len(printer.printed) == 1


def test_a_folder_that_cannot_be_written_prints_nothing_and_breaks_off(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    with VirtualPrinter(folder, 203) as printer:
        folder.rmdir()
        assert not _send(printer.port, label_zpl(LABEL, "17"))
        assert len(printer.rejected) == 1
        assert printer.printed == []


def test_bytes_without_end_are_not_collected(tmp_path: Path) -> None:
    with VirtualPrinter(tmp_path, 203) as printer:
        sent = 0
        with _connected(printer) as connection, suppress(OSError):
            while sent < 100_000_000:
                sent += connection.send(b"^XA" + bytes(1_000_000))
        assert sent < 100_000_000


def test_numbers_go_on_where_an_earlier_printer_ended(tmp_path: Path) -> None:
    for expected in ("0001.zpl", "0002.zpl"):
        with VirtualPrinter(tmp_path, 203) as printer:
            assert _send(printer.port, label_zpl(LABEL, "17"))
            assert printer.printed[0].zpl.name == expected


def test_switched_off_it_refuses_connections_and_keeps_its_port(tmp_path: Path) -> None:
    with VirtualPrinter(tmp_path, 203, mode=PrinterMode.ACCEPT_NOTHING) as printer:
        port = printer.port
        with pytest.raises(ConnectionRefusedError):
            _connected(printer)
        printer.switch(PrinterMode.PRINT)
        assert printer.port == port
        assert _send(port, label_zpl(LABEL, "17"))
        printer.switch(PrinterMode.ACCEPT_NOTHING)
        with pytest.raises(ConnectionRefusedError):
            _connected(printer)
        assert len(printer.printed) == 1


@pytest.mark.parametrize("mode", [PrinterMode.HALF, PrinterMode.TAKE_ALL_AND_DIE])
def test_breaking_off_is_a_reset_and_prints_nothing(tmp_path: Path, mode: PrinterMode) -> None:
    with VirtualPrinter(tmp_path, 203, mode=mode) as printer:
        # Everything was read by then, so only a reset that was asked for tells the sender anything.
        with _connected(printer) as connection:
            connection.sendall(label_zpl(OTHER, "17")[: 300 if mode is PrinterMode.HALF else None])
            with pytest.raises(ConnectionResetError):
                connection.recv(1)
        printer.switch(PrinterMode.PRINT)
        assert _send(printer.port, label_zpl(LABEL, "18"))
        assert [printed.job_name for printed in printer.printed] == ["18"]


def test_stalling_it_takes_a_few_bytes_and_keeps_the_connection(tmp_path: Path) -> None:
    with VirtualPrinter(tmp_path, 203, mode=PrinterMode.STALL) as printer:
        with _connected(printer) as connection:
            connection.settimeout(0.2)
            with pytest.raises(TimeoutError):
                connection.sendall(bytes(100_000_000))
        printer.switch(PrinterMode.PRINT)
        assert _send(printer.port, label_zpl(LABEL, "18"))
        assert len(printer.printed) == 1


def test_waiting_for_a_label_that_does_not_come_has_an_end(tmp_path: Path) -> None:
    with VirtualPrinter(tmp_path, 203) as printer:
        assert not printer.wait_for(1, timeout_s=0.05)


def test_closing_it_frees_the_port(tmp_path: Path) -> None:
    with VirtualPrinter(tmp_path, 203) as printer:
        port = printer.port
        printer.switch(PrinterMode.STALL)
        stalled = _connected(printer)
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


def test_whoever_leaves_without_hearing_the_answer_disturbs_nobody(tmp_path: Path) -> None:
    with VirtualPrinter(tmp_path, 203) as printer:
        for _ in range(20):
            with _connected(printer) as connection:
                connection.sendall(ASK_STATUS * 50)
        assert _send(printer.port, label_zpl(LABEL, "1"))
        assert len(printer.printed) == 1


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
        assert announced["host"] == "127.0.0.1"
        assert _send(announced["port"], SETUP, label_zpl(LABEL, "17"))
        program.stdin.close()
        assert program.wait(timeout=10) == 0
    assert (tmp_path / "0001.zpl").read_bytes() == SETUP + label_zpl(LABEL, "17").strip()
