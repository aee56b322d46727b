"""``printers queue | hold | release | cancel | move``."""

import contextlib
from pathlib import Path

import pytest

from gizqr_station.assembly import hold
from gizqr_station.domain.job import JobState
from gizqr_station.domain.printer import PrinterStatus
from gizqr_station.domain.printer_failures import MediaOut
from gizqr_station.places import DataFolder
from gizqr_station.printing.label_folder import LabelFolder
from tests.cli.bench import labels_in, ledger_of, set_up
from tests.cli.conftest import Run


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> DataFolder:
    """Job 1 waits, held, for ``paper``; ``second`` has the same resolution, ``fine`` another."""
    made = set_up(
        tmp_path,
        {"name": "paper", "address": f"file:{tmp_path}/paper"},
        {"name": "second", "address": f"file:{tmp_path}/second"},
        {"name": "fine", "address": f"file:{tmp_path}/fine", "dpi": 300},
    )
    assert run("print", "--identity", "00911f500047", "--hold").code == 0
    return made


def waiting(run: Run) -> list[dict[str, object]]:
    jobs = run("printers", "queue", "--json").document()["jobs"]
    assert isinstance(jobs, list)
    return jobs


def test_what_waits_is_listed(run: Run, folder: DataFolder) -> None:
    (job,) = waiting(run)
    assert (job["id"], job["waits_for"], job["held"], job["reason"], job["by"]) == (
        1, "paper", True, "held by hand", "Li Wei",
    )  # fmt: skip
    assert "held (held by hand)" in run("printers", "queue").out


def test_an_empty_queue_is_said(run: Run, folder: DataFolder) -> None:
    assert run("printers", "cancel", "1").code == 0
    assert run("printers", "queue").out == "No label waits.\n"


def test_a_label_is_printed_when_it_is_released_and_once_only(run: Run, folder: DataFolder, tmp_path: Path) -> None:
    done = run("printers", "release", "1", "--json")
    job = done.document()["job"]
    assert isinstance(job, dict)
    assert (done.code, job["state"], job["outcome"]) == (0, "sent", "accepted")
    again = run("printers", "release", "1")
    assert (again.code, "E-PRN-33" in again.err) == (1, True)
    assert len(labels_in(tmp_path / "paper")) == 1


def test_a_label_that_is_given_up_frees_its_device(run: Run, folder: DataFolder, tmp_path: Path) -> None:
    assert run("printers", "cancel", "1").code == 0
    assert labels_in(tmp_path / "paper") == []
    assert run("print", "--identity", "00911f500047").code == 0
    with contextlib.closing(ledger_of(folder)) as ledger:
        assert ledger.count(JobState.FAILED) == 1


def test_a_label_goes_to_another_printer_of_the_same_resolution_only(
    run: Run, folder: DataFolder, tmp_path: Path
) -> None:
    refused = run("printers", "move", "1", "fine")
    assert (refused.code, "E-PRN-34" in refused.err) == (1, True)
    assert run("printers", "move", "1", "second").code == 0
    assert [(job["waits_for"], job["held"]) for job in waiting(run)] == [("second", True)]
    assert run("printers", "release", "1").code == 0
    assert (len(labels_in(tmp_path / "second")), labels_in(tmp_path / "paper")) == (1, [])


def test_holding_says_who_did_it(run: Run, folder: DataFolder) -> None:
    assert run("printers", "hold", "1").code == 0
    told = run("ledger", "show", "00911f500047").out
    assert "Li Wei" in told


def test_while_a_station_runs_the_queue_can_be_settled_but_not_printed(
    run: Run, folder: DataFolder, tmp_path: Path
) -> None:
    lock = hold(folder)
    try:
        refused = run("printers", "release", "1")
        assert (refused.code, "E-LED-" in refused.err) == (1, True)
        for words in (["queue"], ["hold", "1"], ["move", "1", "second"], ["cancel", "1"]):
            assert run("printers", *words).code == 0
    finally:
        lock.release()
    assert labels_in(tmp_path / "paper") + labels_in(tmp_path / "second") == []


def test_a_printer_that_is_not_ready_leaves_the_label_waiting(
    run: Run, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LabelFolder, "status", lambda *_: PrinterStatus(MediaOut("paper")))
    done = run("printers", "release", "1")
    assert (done.code, "E-PRN-04" in done.err) == (1, True)
    assert [job["held"] for job in waiting(run)] == [True]


@pytest.mark.parametrize("words", [["hold", "7"], ["release", "7"], ["cancel", "7"], ["move", "7", "second"]])
def test_a_job_that_is_not_there_is_said(run: Run, folder: DataFolder, words: list[str]) -> None:
    done = run("printers", *words)
    assert (done.code, len(done.err.splitlines())) == (1, 1)


@pytest.mark.parametrize("words", [[], ["hold"], ["hold", "x"], ["move", "1"], ["status", "a", "b"], ["test"]])
def test_wrong_usage_exits_with_two(run: Run, words: list[str]) -> None:
    assert run("printers", *words).code == 2


def test_without_a_ledger_there_is_no_queue_to_begin(run: Run, tmp_path: Path) -> None:
    made = set_up(tmp_path)
    done = run("printers", "queue")
    assert (done.code, "E-LED-12" in done.err, made.ledger_file.exists()) == (1, True, False)
