"""``printers``: what is set up, how it is, and a test label."""

import contextlib
import tomllib
from pathlib import Path

import pytest

from gizqr_station.assembly import hold
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.printer import FoundPrinter, Language, PrinterStatus
from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.domain.printer_failures import CoverOpen, MediaOut, RollLow
from gizqr_station.domain.scans import ScanKind, sort_scan
from gizqr_station.domain.serial_ports import SerialPort
from gizqr_station.domain.stop import Stop
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.labels.picture_files import decode_picture
from gizqr_station.printing.label_folder import LabelFolder
from gizqr_station.readers.port_list import MachinePorts
from gizqr_station.settings.model import Settings
from gizqr_station.settings.store import write_commented
from gizqr_station.workflows.ports import PrintReport
from tests.cli.bench import labels_in, ledger_of, set_up
from tests.cli.conftest import Run


def test_printers_that_are_set_up_are_listed_with_the_lines_own(run: Run, tmp_path: Path) -> None:
    set_up(tmp_path)
    document = run("printers", "list", "--json").document()
    assert document["line_printer"] == "paper"
    assert [(one["name"], one["dpi"]) for one in listed(document, "printers")] == [("paper", 203), ("fine", 300)]
    lines = run("printers", "list").out.splitlines()
    assert [line[:2] for line in lines] == ["* ", "  "]


def test_without_settings_the_default_printer_is_listed(run: Run) -> None:
    assert "tcp://127.0.0.1:9100" in run("printers", "list").out


def test_what_is_found_is_listed_too(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(tmp_path)
    there = [
        FoundPrinter(PrinterAddress.parse("tcp://192.0.2.7"), "ZD421", Language.ZPL, 203),
        FoundPrinter(PrinterAddress.parse(f"file:{tmp_path}/paper"), "paper"),
    ]

    class FakeFinder:
        def find(self, found: object, stop: Stop) -> None:
            for one in there:
                found(one)  # type: ignore[operator]

    monkeypatch.setattr("gizqr_station.assembly.printer_finder", lambda _: FakeFinder())
    found = listed(run("printers", "list", "--find", "--json").document(), "found")
    assert [(one["language"], one["set_up"]) for one in found] == [(None, True), ("zpl", False)]
    assert "tcp://192.0.2.7:9100  ZD421  probably zpl  203 dpi" in run("printers", "list", "--find").out


def test_a_search_looks_everywhere_ends_and_leaves_the_ports_of_devices_and_scanners_alone(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = set_up(tmp_path)
    slots = [{"port": port} for port in ("/dev/ttyX", "usb:A50285BI", "usb:0001", "usb:NOBODY01")]
    bench = Settings.model_validate({"slots": slots, "scanner": {"port": "hub:1-4"}})
    write_commented(folder.settings_file, bench)
    seen = [("S0", "", ""), ("USB0", "A50285BI", "1-1"), ("USB1", "0001", "1-2"), ("USB2", "0001", "1-3")]
    seen += [("ACM0", "", "1-4"), ("USB3", "OTHER001", "1-5")]
    ports = tuple(SerialPort(f"/dev/tty{name}", serial, place) for name, serial, place in seen)
    monkeypatch.setattr(MachinePorts, "ports", lambda _: ports)
    looked = []
    for module, name in (
        ("cups", "cups_queues"),
        ("usb", "usb_printers"),
        ("serial_ports", "serial_ports"),
        ("network", "network_printers"),
        ("windows", "windows_queues"),
        ("desktop", "desktop_printers"),
    ):

        def look(found: object, stop: Stop, *, but_not: object = None, name: str = name) -> None:
            looked.append((name, but_not))

        monkeypatch.setattr(f"gizqr_station.printing.finding.{module}.{name}", look)
    assert run("printers", "list", "--find", "--json").document()["found"] == []
    assert len(looked) == 6
    left_alone = ("/dev/ttyX", "/dev/ttyUSB0", "/dev/ttyUSB1", "/dev/ttyUSB2", "/dev/ttyACM0")
    assert dict(looked)["serial_ports"] == left_alone


def test_each_printers_state_is_said_in_words(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = set_up(tmp_path)
    states = {
        "paper": PrinterStatus(warning=RollLow("paper", 7), told=True, said="~HS"),
        "fine": PrinterStatus(CoverOpen("fine")),
    }
    monkeypatch.setattr(LabelFolder, "status", lambda printer, _: states[printer.name])
    with contextlib.closing(ledger_of(folder)) as ledger:
        ledger.load_supply("paper", SupplyKind.LABELS, 500, 20, who="Li Wei")
    done = run("printers", "status")
    assert done.code == 1
    assert "paper: ready, says the printer" in done.out
    assert "labels: 500 of 500 left, by count" in done.out
    assert "E-PRN-31" in done.out
    assert "fine: " in done.out
    assert "E-PRN-06" in done.out
    one = run("printers", "status", "paper", "--json")
    (seen,) = listed(one.document(), "printers")
    assert (one.code, seen["ready"], seen["told"], seen["failure"]) == (0, True, True, None)
    assert seen["supplies"] == {"labels": 500}


def test_a_printer_that_says_nothing_is_not_called_ready(run: Run, tmp_path: Path) -> None:
    set_up(tmp_path)
    done = run("printers", "status", "paper")
    assert (done.code, "says nothing of labels" in done.out, "ready" in done.out) == (0, True, False)


@pytest.mark.parametrize("words", [["status", "none"], ["test", "none"], ["use", "none"]])
def test_a_printer_that_is_not_set_up_is_said_with_those_that_are(run: Run, tmp_path: Path, words: list[str]) -> None:
    set_up(tmp_path)
    done = run("printers", *words)
    assert (done.code, "E-PRN-35" in done.err, "paper, fine" in done.err) == (1, True, True)


def test_a_test_label_can_never_be_taken_for_a_devices(run: Run, tmp_path: Path) -> None:
    folder = set_up(tmp_path, {"name": "paper", "address": f"file:{tmp_path}/paper", "language": "png"})
    done = run("printers", "test", "paper", "--json")
    document = done.document()
    assert (done.code, document["outcome"], document["error"]) == (0, "accepted", None)
    (picture,) = (tmp_path / "paper").glob("*.png")
    content = decode_picture(picture)
    assert content == document["content"]
    scan = sort_scan(content)
    assert content.startswith("GIZQR-TEST")
    assert (scan.what, scan.kind.value) == (ScanKind.CONTENT, "other")
    with contextlib.closing(ledger_of(folder)) as ledger:
        assert list(ledger.all_jobs()) == []
    assert "The App cannot bind this" in run("check", picture).out


def test_a_test_label_in_another_template(run: Run, tmp_path: Path) -> None:
    set_up(tmp_path, {"name": "paper", "address": f"file:{tmp_path}/paper", "language": "png"})
    assert run("printers", "test", "paper", "--template", "25x25").code == 0
    done = run("printers", "test", "paper", "--template", "nothing")
    assert (done.code, "E-LAB-01" in done.err, len(labels_in(tmp_path / "paper"))) == (1, True, 1)


def test_a_test_label_takes_one_off_the_roll(run: Run, tmp_path: Path) -> None:
    folder = set_up(tmp_path)
    with contextlib.closing(ledger_of(folder)) as ledger:
        ledger.load_supply("paper", SupplyKind.LABELS, 1, 0, who="Li Wei")
    assert run("printers", "test", "paper").code == 0
    done = run("printers", "test", "paper")
    assert (done.code, "E-PRN-29" in done.err, len(labels_in(tmp_path / "paper"))) == (1, True, 1)


@pytest.mark.parametrize(
    ("report", "code", "said", "blamed"),
    [
        (PrintReport(PrintOutcome.CONFIRMED, 10), 0, "says that the label is out", ""),
        (PrintReport(PrintOutcome.ACCEPTED, 10), 0, "look whether the label came out", ""),
        (PrintReport(PrintOutcome.UNKNOWN, 10, MediaOut("paper")), 1, "look whether a label came out", "E-PRN-45"),
        (PrintReport(PrintOutcome.REFUSED, 0, MediaOut("paper")), 1, "Nothing was sent", "E-PRN-04"),
    ],
)
def test_of_a_test_label_no_more_is_said_than_is_known(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, report: PrintReport, code: int, said: str, blamed: str
) -> None:
    set_up(tmp_path)
    monkeypatch.setattr(LabelFolder, "print_label", lambda *_: report)
    done = run("printers", "test", "paper")
    assert (done.code, said in done.out, blamed in done.err) == (code, True, True)
    assert blamed or "E-PRN" not in done.err


def test_while_a_station_runs_no_test_label_comes_between(run: Run, tmp_path: Path) -> None:
    folder = set_up(tmp_path)
    lock = hold(folder)
    try:
        done = run("printers", "test", "paper")
    finally:
        lock.release()
    assert (done.code, "E-LED-" in done.err, labels_in(tmp_path / "paper")) == (1, True, [])


def test_another_printer_can_be_chosen_for_the_line(run: Run, tmp_path: Path) -> None:
    folder = set_up(tmp_path)
    assert run("printers", "use", "fine").code == 0
    assert tomllib.loads(folder.settings_file.read_text(encoding="utf-8"))["station"]["printer"] == "fine"
    assert run("printers", "list", "--json").document()["line_printer"] == "fine"


def test_settings_with_a_fault_are_said_by_every_command(run: Run, tmp_path: Path) -> None:
    folder = set_up(tmp_path)
    folder.settings_file.write_text("[[printers]]\nname = 'x'\ndpi = 1\n")
    for words in (["list"], ["status"], ["test", "x"], ["use", "x"]):
        done = run("printers", *words)
        assert (done.code, "printers[x].dpi" in done.err) == (1, True)


def listed(document: dict[str, object], key: str) -> list[dict[str, object]]:
    value = document[key]
    assert isinstance(value, list)
    return value
