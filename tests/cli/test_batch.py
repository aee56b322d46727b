"""``batch run | list | show | resume | cancel``: lists on the command line, and one clear yes before anything else."""

import contextlib
import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gizqr_station.assembly import hold
from gizqr_station.domain.job import JobState
from gizqr_station.domain.printer import PrinterStatus
from gizqr_station.domain.printer_failures import MediaOut
from gizqr_station.places import DataFolder
from gizqr_station.printing.label_folder import LabelFolder
from gizqr_station.settings.model import Settings
from gizqr_station.settings.store import load, write_commented
from tests.cli.bench import labels_in, ledger_of, set_up
from tests.cli.conftest import Answered, Run

A, B, C = "00911f500047", "00911f500048", "00911f500049"


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """Two good lines, one bad, one repeated."""
    file = tmp_path / "order 7.csv"
    file.write_text(f"SN;MAC\n1;00:91:1F:50:00:47\n2;{B}\n3;void\n4;{A}\n", encoding="utf-8")
    return file


def answer_with(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Somebody sits at a terminal and types this."""
    terminal = io.StringIO(text)
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stdin", terminal)


def piped(monkeypatch: pytest.MonkeyPatch, data: bytes = b"") -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def batch_of(done: Answered) -> dict[str, object]:
    batch = done.document()["batch"]
    assert isinstance(batch, dict)
    return batch


def list_of(done: Answered) -> dict[str, object]:
    made = done.document()["list"]
    assert isinstance(made, dict)
    return made


def error_code(done: Answered) -> str:
    error = done.document()["error"]
    assert isinstance(error, dict)
    return str(error["code"])


def printed(tmp_path: Path) -> int:
    return len(labels_in(tmp_path / "paper"))


def test_what_is_good_is_printed_after_one_yes(
    run: Run, tmp_path: Path, listed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = set_up(tmp_path)
    answer_with(monkeypatch, "y\n")
    done = run("batch", "run", listed, "--json")
    batch = batch_of(done)
    assert (done.code, batch["state"], batch["total"], batch["left"], batch["printer"]) == (0, "done", 2, 0, "paper")
    assert (batch["name"], batch["who"]) == ("order 7.csv", "Li Wei")
    assert "Print 2 labels? [y/N]" in done.err
    assert printed(tmp_path) == 2
    with contextlib.closing(ledger_of(folder)) as ledger:
        assert sorted(str(job.identity) for job in ledger.all_jobs()) == [A, B]


@pytest.mark.parametrize("typed", ["n\n", "\n", "", "no\n", "x\n", "yy\n"])
def test_anything_but_a_yes_prints_and_keeps_nothing(
    run: Run, tmp_path: Path, listed: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    set_up(tmp_path)
    answer_with(monkeypatch, typed)
    done = run("batch", "run", listed, "--json")
    assert (done.code, error_code(done), done.document()["batch"]) == (1, "E-LIN-47", None)
    assert (printed(tmp_path), run("batch", "list").out) == (0, "No batch yet.\n")


def test_without_a_terminal_a_yes_must_be_given(
    run: Run, tmp_path: Path, listed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(tmp_path)
    piped(monkeypatch, b"y\n")
    done = run("batch", "run", listed, "--json")
    assert (done.code, error_code(done), printed(tmp_path)) == (1, "E-LIN-47", 0)
    assert run("batch", "run", listed, "--yes").code == 0
    assert printed(tmp_path) == 2


def test_every_line_that_is_left_out_is_told_with_its_number_and_reason(run: Run, tmp_path: Path, listed: Path) -> None:
    set_up(tmp_path, ouis=["00:91:1f"])
    assert run("batch", "run", "--range", A, "--yes").code == 0
    with listed.open("a") as file:
        file.write("5;ACCF232BE530\n;\n6;9.11E+11\n")
    done = run("batch", "run", listed, "--dry-run", "--json")
    made = list_of(done)
    assert (done.code, made["identities"]) == (0, [B])
    assert made["counts"] == {"good": 1, "bad": 2, "repeated": 1, "labelled": 1, "not_allowed": 1}
    left_out = made["left_out"]
    assert isinstance(left_out, list)
    found = [
        (line["line"], line["verdict"], line["first_line"], (line["error"] or {}).get("code")) for line in left_out
    ]
    assert found == [
        (2, "labelled", None, "E-LED-01"), (4, "bad", None, "E-ID-01"), (5, "repeated", 2, None),
        (6, "not_allowed", None, "E-ID-10"), (8, "bad", None, "E-ID-16"),
    ]  # fmt: skip
    shown = run("batch", "run", listed, "--dry-run").out
    for text in (
        "1 of 6 to print",
        "line 4: “void”",
        "00:91:1F:50:00:47 stands in line 2",
        "line 6: AC:CF:23",
        "E-ID-16",
    ):
        assert text in shown


def test_a_terminal_shows_the_first_lines_of_each_kind(run: Run, tmp_path: Path) -> None:
    set_up(tmp_path)
    file = tmp_path / "list.txt"
    file.write_text(f"{A}\n" + "void\n" * 50)
    shown = run("batch", "run", file, "--dry-run").out
    assert (shown.count("    line "), "and 30 more" in shown) == (20, True)
    left_out = list_of(run("batch", "run", file, "--dry-run", "--json"))["left_out"]
    assert isinstance(left_out, list)
    assert len(left_out) == 50


def test_a_dry_run_changes_nothing(run: Run, tmp_path: Path, listed: Path) -> None:
    folder = set_up(tmp_path)
    lock = hold(folder)
    try:
        before = {file.name for file in folder.root.iterdir()}
        assert run("batch", "run", listed, "--dry-run").code == 0
        assert {file.name for file in folder.root.iterdir()} - {"log"} == before
    finally:
        lock.release()
    assert printed(tmp_path) == 0


def test_nothing_good_is_nothing_to_print(run: Run, tmp_path: Path) -> None:
    set_up(tmp_path)
    file = tmp_path / "list.txt"
    file.write_text("void\n02911f500047\n")
    for words in (["--dry-run"], ["--yes"], []):
        done = run("batch", "run", file, *words, "--json")
        assert (done.code, error_code(done)) == (1, "E-LIN-22")


def test_ranges_are_printed_in_order(run: Run, tmp_path: Path) -> None:
    folder = set_up(tmp_path)
    words = ["--range", f"{A}..{B}", f"{C} x 2", "--range", "00:91:1F:50:00:60", "--name", "trial", "--yes"]
    done = run("batch", "run", *words, "--json")
    assert (done.code, batch_of(done)["name"], batch_of(done)["total"]) == (0, "trial", 5)
    with contextlib.closing(ledger_of(folder)) as ledger:
        texts = [str(job.identity) for job in ledger.all_jobs()]
    assert texts == [A, B, C, "00911f50004a", "00911f500060"]


def test_standard_input_is_a_list_and_no_place_to_say_yes(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(tmp_path)
    piped(monkeypatch, f"{A}\n{B}\n".encode())
    refused = run("batch", "run", "-", "--json")
    assert (refused.code, error_code(refused)) == (1, "E-LIN-47")
    piped(monkeypatch, f"{A}\n{B}\n".encode())
    done = run("batch", "run", "-", "--yes", "--json")
    assert (done.code, batch_of(done)["name"], printed(tmp_path)) == (0, "standard input", 2)


def test_the_same_list_again_prints_nothing_twice(run: Run, tmp_path: Path, listed: Path) -> None:
    set_up(tmp_path)
    assert run("batch", "run", listed, "--yes").code == 0
    again = run("batch", "run", listed, "--yes", "--json")
    assert (again.code, error_code(again), printed(tmp_path)) == (1, "E-LIN-22", 2)


def test_a_batch_that_stops_goes_on_where_it_stopped(
    run: Run, tmp_path: Path, listed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(LabelFolder, "status", lambda *_: PrinterStatus(MediaOut("paper")))
        done = run("batch", "run", listed, "--yes", "--json")
        assert (done.code, batch_of(done)["state"], error_code(done)) == (1, "paused", "E-PRN-04")
        plain = run("batch", "resume", "1")
        assert "`gizqr-station batch resume 1` goes on with it." in plain.out
    assert printed(tmp_path) == 0
    done = run("batch", "resume", "1", "--json")
    assert (done.code, batch_of(done)["state"], printed(tmp_path)) == (0, "done", 2)
    again = run("batch", "resume", "1", "--json")
    assert (again.code, error_code(again), printed(tmp_path)) == (1, "E-LIN-25", 2)


def test_a_batch_is_listed_shown_and_cancelled(
    run: Run, tmp_path: Path, listed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = set_up(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(LabelFolder, "status", lambda *_: PrinterStatus(MediaOut("paper")))
        run("batch", "run", listed, "--yes")
    batches = run("batch", "list", "--json").document()["batches"]
    assert isinstance(batches, list)
    (batch,) = batches
    assert (batch["number"], batch["state"], batch["left"]) == (1, "paused", 2)
    shown = run("batch", "show", "1", "--json")
    items = shown.document()["items"]
    assert isinstance(items, list)
    assert [(item["position"], item["identity"]) for item in items] == [(1, A), (2, B)]
    assert "00:91:1F:50:00:48" in run("batch", "show", "1").out
    assert "order 7.csv" in run("batch", "list").out
    cancelled = run("batch", "cancel", "1", "--json")
    assert (cancelled.code, batch_of(cancelled)["state"]) == (0, "cancelled")
    with contextlib.closing(ledger_of(folder)) as ledger:
        assert (ledger.count(JobState.SENT), ledger.queued()) == (0, [])
    assert run("batch", "run", listed, "--yes").code == 0
    assert printed(tmp_path) == 2


def test_while_a_station_runs_no_batch_is_printed_or_cancelled(run: Run, tmp_path: Path, listed: Path) -> None:
    folder = set_up(tmp_path)
    assert run("batch", "run", "--range", C, "--yes").code == 0
    lock = hold(folder)
    try:
        for words in (["run", listed, "--yes"], ["resume", "1"], ["cancel", "1"]):
            refused = run("batch", *words, "--json")
            assert (refused.code, error_code(refused)) == (1, "E-LED-10")
        assert run("batch", "list").code == 0
    finally:
        lock.release()
    assert printed(tmp_path) == 1


@pytest.mark.parametrize("words", [["show", "7"], ["resume", "7"], ["cancel", "7"]])
def test_a_batch_that_is_not_there_is_said(run: Run, tmp_path: Path, words: list[str]) -> None:
    set_up(tmp_path)
    assert run("batch", "run", "--range", A, "--yes").code == 0
    done = run("batch", *words, "--json")
    assert (done.code, error_code(done)) == (1, "E-LIN-24")


def test_a_file_that_is_no_list_is_refused_in_one_line(run: Run, tmp_path: Path) -> None:
    set_up(tmp_path)
    picture = tmp_path / "photo.jpg"
    picture.write_bytes(bytes(range(256)) * 20)
    for file in (picture, tmp_path / "none.csv", tmp_path):
        done = run("batch", "run", file, "--yes")
        assert (done.code, len(done.err.splitlines()), "E-LIN-20" in done.err) == (1, 1, True)


@pytest.mark.parametrize(
    "words",
    [[], ["run"], ["run", "a.csv", "--range", A], ["run", "a", "b"], ["show"], ["resume", "x"], ["cancel", "0"]],
)
def test_wrong_usage_exits_with_two(run: Run, words: list[str]) -> None:
    assert run("batch", *words).code == 2


def test_another_printer_can_be_named(run: Run, tmp_path: Path, listed: Path) -> None:
    set_up(tmp_path)
    done = run("batch", "run", listed, "--yes", "--printer", "fine", "--json")
    assert (done.code, batch_of(done)["printer"], printed(tmp_path), len(labels_in(tmp_path / "fine"))) == (
        0,
        "fine",
        0,
        2,
    )
    unknown = run("batch", "run", "--range", C, "--yes", "--printer", "none")
    assert (unknown.code, "E-PRN-35" in unknown.err) == (1, True)


@pytest.mark.skipif(sys.platform == "win32", reason="a console there sends no signal to one process")
def test_ctrl_c_pauses_and_says_how_to_go_on(run: Run, tmp_path: Path) -> None:
    set_up(tmp_path)
    command = [sys.executable, "-m", "gizqr_station", "--data-dir", str(tmp_path / "data"), "batch", "run"]
    with subprocess.Popen(
        [*command, "--range", f"{A} x 500", "--yes"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    ) as process:
        assert process.stderr is not None
        while not process.stderr.readline().startswith("Batch 1:"):
            assert process.poll() is None
        while not labels_in(tmp_path / "paper"):
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert (process.returncode, "E-LIN-57" in told, "gizqr-station batch resume 1" in told) == (1, True, True)
    out = printed(tmp_path)
    shown = run("batch", "show", "1", "--json").document()["batch"]
    assert isinstance(shown, dict)
    assert (shown["state"], shown["counts"]["sent"], shown["total"]) == ("paused", out, 500)
    assert run("batch", "cancel", "1").code == 0


def with_order(folder: DataFolder, **order: object) -> None:
    settings = load(folder.settings_file)
    write_commented(
        folder.settings_file, Settings.model_validate({**settings.model_dump(exclude_defaults=True), "order": order})
    )


def test_an_order_that_has_room_for_some_says_so_and_pauses_there(run: Run, tmp_path: Path) -> None:
    with_order(set_up(tmp_path), number="WO-7", quantity=2)
    done = run("batch", "run", "--range", f"{A} x 3", "--yes", "--json")
    assert "Order WO-7 is for 2 labels and has room for 2" in done.err
    assert (done.code, error_code(done), batch_of(done)["state"], printed(tmp_path)) == (1, "E-LIN-27", "paused", 2)
    again = run("batch", "run", "--range", "00911f500060", "--yes", "--json")
    assert (again.code, error_code(again), again.document()["batch"], printed(tmp_path)) == (1, "E-LIN-27", None, 2)


def test_what_the_order_does_not_name_is_left_out(run: Run, tmp_path: Path) -> None:
    with_order(set_up(tmp_path), number="WO-7", identities=[f"{A}..{B}"])
    done = run("batch", "run", "--range", f"{A} x 3", "--yes", "--json")
    assert (done.code, printed(tmp_path), list_of(done)["identities"]) == (0, 2, [A, B])
