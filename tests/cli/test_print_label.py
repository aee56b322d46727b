"""``print``: one label through the queue, with a line's guards."""

import contextlib
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gizqr_station.assembly import hold
from gizqr_station.domain.job import JobState
from gizqr_station.domain.printer_failures import MediaOut
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.labels.painter import LabelPainter
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.printing.label_folder import LabelFolder
from gizqr_station.printing.zpl_reader import read_labels
from tests.cli.bench import labels_in, ledger_of, set_up
from tests.cli.conftest import Run
from tests.fakes import SteppingClock

MAC = "00:91:1F:50:00:47"


def test_a_label_is_printed_once_and_stands_in_the_ledger(run: Run, tmp_path: Path) -> None:
    folder = set_up(tmp_path)
    done = run("print", "--identity", MAC, "--json")
    document = done.document()
    job = document["job"]
    assert isinstance(job, dict)
    assert (done.code, document["error"], document["held"]) == (0, None, False)
    assert (job["state"], job["outcome"], job["printer"], job["operator"]) == ("sent", "accepted", "paper", "Li Wei")
    (data,) = labels_in(tmp_path / "paper")
    assert [label.job_name for label in read_labels(data, 203)] == [str(job["id"])]
    with contextlib.closing(ledger_of(folder)) as ledger:
        (kept,) = ledger.open_jobs()
        assert (kept.draft.content, kept.draft.scan_back_due) == ("https://x.example/00911f500047", True)
        assert ledger.queued() == []


def test_a_second_label_for_a_device_is_refused(run: Run, tmp_path: Path) -> None:
    set_up(tmp_path)
    assert run("print", "--identity", MAC).code == 0
    for words in ([], ["--hold"], ["--printer", "fine"]):
        done = run("print", "--identity", "00911f500047", *words, "--json")
        assert (done.code, "E-LED-01" in done.err or "E-LED" in done.out) == (1, True)
    assert len(labels_in(tmp_path / "paper")) == 1
    assert labels_in(tmp_path / "fine") == []


def test_another_printer_gets_a_label_of_its_own_resolution(run: Run, tmp_path: Path) -> None:
    set_up(tmp_path)
    assert run("print", "--identity", MAC, "--printer", "fine").code == 0
    (data,) = labels_in(tmp_path / "fine")
    (label,) = read_labels(data, 300)
    assert label.image.width == 472


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--identity", "nonsense"], "E-ID-01"),
        (["--identity", "01911f500047"], "E-ID-03"),
        (["--identity", MAC, "--printer", "none"], "E-PRN-35"),
    ],
)
def test_what_cannot_be_printed_is_refused_in_one_line(run: Run, tmp_path: Path, words: list[str], code: str) -> None:
    folder = set_up(tmp_path)
    done = run("print", *words)
    assert (done.code, len(done.err.splitlines()), code in done.err) == (1, 1, True)
    assert not folder.ledger_file.exists() or _nothing_recorded(run)
    assert labels_in(tmp_path / "paper") == []


def test_a_code_that_does_not_bind_is_marked_test(run: Run, tmp_path: Path) -> None:
    set_up(tmp_path, scheme="gizwits")
    done = run("print", "--identity", MAC)
    # The service is not there; what matters is that nothing was drawn up or printed instead of its code.
    assert (done.code, "E-COD" in done.err) == (1, True)
    assert labels_in(tmp_path / "paper") == []


def test_while_a_station_runs_it_prints_and_not_this(run: Run, tmp_path: Path) -> None:
    folder = set_up(tmp_path)
    lock = hold(folder)
    try:
        refused = run("print", "--identity", MAC)
        queued = run("print", "--identity", MAC, "--hold", "--json")
    finally:
        lock.release()
    assert (refused.code, "E-LED-" in refused.err) == (1, True)
    assert queued.code == 0
    assert labels_in(tmp_path / "paper") == []
    with contextlib.closing(ledger_of(folder)) as ledger:
        (waiting,) = ledger.queued()
    assert (waiting.held, waiting.printer, waiting.by, waiting.reason) == (True, "paper", "Li Wei", "held by hand")


def test_a_label_can_be_queued_while_another_process_has_the_ledger_open(run: Run, tmp_path: Path) -> None:
    folder = set_up(tmp_path)
    with contextlib.closing(ledger_of(folder)) as ledger:
        assert run("print", "--identity", MAC, "--hold").code == 0
        assert len(ledger.queued()) == 1


def test_a_printer_that_is_not_ready_gets_nothing_and_nothing_waits(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gizqr_station.domain.printer import PrinterStatus

    folder = set_up(tmp_path)
    monkeypatch.setattr(LabelFolder, "status", lambda *_: PrinterStatus(MediaOut("paper")))
    done = run("print", "--identity", MAC)
    assert (done.code, "E-PRN-04" in done.err) == (1, True)
    with contextlib.closing(ledger_of(folder)) as ledger:
        assert (list(ledger.all_jobs()), ledger.queued()) == ([], [])


def test_an_ended_roll_gets_nothing_and_nothing_waits(run: Run, tmp_path: Path) -> None:
    folder = set_up(tmp_path)
    with contextlib.closing(ledger_of(folder)) as ledger:
        ledger.load_supply("paper", SupplyKind.LABELS, 1, 0, who="Li Wei")
    assert run("print", "--identity", MAC).code == 0
    done = run("print", "--identity", "00:91:1F:50:00:48")
    assert (done.code, "E-PRN-29" in done.err) == (1, True)
    with contextlib.closing(ledger_of(folder)) as ledger:
        assert (len(list(ledger.all_jobs())), ledger.queued()) == (1, [])


def test_a_label_that_does_not_read_back_is_not_queued(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    folder = set_up(tmp_path)
    paint = LabelPainter.paint
    monkeypatch.setattr(
        LabelPainter,
        "paint",
        lambda painter, template, dpi, fields: paint(painter, template, dpi, replace(fields, content="another")),
    )
    for words in ([], ["--hold"]):
        done = run("print", "--identity", MAC, *words)
        assert (done.code, "E-LAB-05" in done.err) == (1, True)
    with contextlib.closing(ledger_of(folder)) as ledger:
        assert list(ledger.all_jobs()) == []


def test_what_breaks_off_is_unknown_and_said_to_be(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from gizqr_station.domain.job import PrintOutcome
    from gizqr_station.domain.printer_failures import PrinterConnectionLost
    from gizqr_station.workflows.ports import PrintReport

    folder = set_up(tmp_path)
    lost = PrintReport(PrintOutcome.UNKNOWN, 100, PrinterConnectionLost("paper", 100, 1039))
    monkeypatch.setattr(LabelFolder, "print_label", lambda *_: lost)
    done = run("print", "--identity", MAC, "--json")
    document = done.document()
    assert isinstance(document["job"], dict)
    assert isinstance(document["error"], dict)
    assert (done.code, document["job"]["state"], document["error"]["code"]) == (1, "unknown", "E-PRN-03")
    with contextlib.closing(ledger_of(folder)) as ledger:
        assert ledger.count(JobState.UNKNOWN) == 1
    assert run("print", "--identity", MAC).code == 1


def test_a_ledger_of_a_demo_takes_no_production_label(run: Run, tmp_path: Path) -> None:
    folder = set_up(tmp_path)
    open_ledger(folder.ledger_file, kind="demo", station="demo", clock=SteppingClock()).close()
    done = run("print", "--identity", MAC)
    assert (done.code, "E-LED-" in done.err, labels_in(tmp_path / "paper")) == (1, True, [])


def test_without_a_product_the_missing_setting_is_named(run: Run, tmp_path: Path) -> None:
    set_up(tmp_path, key="")
    done = run("print", "--identity", MAC)
    assert (done.code, "product.key" in done.err) == (1, True)


def test_ctrl_c_in_mid_label_leaves_a_record_that_asks(tmp_path: Path) -> None:
    from tests.cli.stuck_printer import StuckPrinter

    with StuckPrinter() as printer:
        folder = set_up(
            tmp_path, {"name": "stuck", "address": f"tcp://127.0.0.1:{printer.port}", "asking": "never", "send_s": 60}
        )
        words = [sys.executable, "-m", "gizqr_station", "--data-dir", str(folder.root), "print", "--identity", MAC]
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
            assert printer.has_bytes.wait(30)
            program.send_signal(signal.SIGINT)
            _, err = program.communicate(timeout=30)
    assert (program.returncode, b"Traceback" in err) == (1, False)
    with contextlib.closing(ledger_of(folder)) as ledger:
        (job,) = ledger.all_jobs()
    assert job.state is JobState.UNKNOWN


def _nothing_recorded(run: Run) -> bool:
    return run("ledger", "find", "", "--json").document()["found"] == 0
