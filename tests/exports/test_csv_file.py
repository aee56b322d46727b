"""What a spreadsheet makes of the export: nothing but what it says."""

import csv
import errno
import io
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gizqr_station.domain.export_failures import FileExists
from gizqr_station.domain.identity import Imei, MacAddress
from gizqr_station.domain.job import JobState, PrintJob, PrintOutcome
from gizqr_station.domain.ledger_failures import LedgerBusy
from gizqr_station.domain.line_failures import FileNotWritten
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.exports.csv_file import defused, write_csv
from gizqr_station.exports.xlsx_file import write_xlsx
from tests.contracts.ledger_samples import IMAGE, draft

Write = Callable[..., int]
AT = datetime(2026, 3, 2, 16, 30, 5, tzinfo=timezone(timedelta(hours=8)))


def a_job(**changes: object) -> PrintJob:
    return PrintJob(1, draft("L-000001", **changes), JobState.SENT, PrintOutcome.ACCEPTED, AT, AT.astimezone(UTC))


def exported(*jobs: PrintJob) -> list[dict[str, str]]:
    stream = io.StringIO(newline="")
    assert write_csv(jobs, stream) == len(jobs)
    return list(csv.DictReader(io.StringIO(stream.getvalue().removeprefix("\ufeff"), newline="")))


def test_a_job_becomes_a_line() -> None:
    replaced = {"replaces": "L-000000", "reason": "other: fell off", "allowed_by": "chen"}
    job = a_job(test=True, revision=2, work_order="WO-7", **replaced)
    (line,) = exported(replace(job, sent_to="the other printer"))
    assert line == {
        "label_serial": "L-000001",
        "identity": "00:91:1F:50:00:47",
        "kind": "mac",
        "product": "加湿器 Humidifier",
        "product_key": "be606a7b34d441b59d7eba2c080ff805",
        "work_order": "WO-7",
        "state": "sent",
        "outcome": "accepted",
        "revision": "2",
        "mark": "TEST R2",
        "test": "yes",
        "replaces": "L-000000",
        "reason": "other: fell off",
        "allowed_by": "chen",
        "opened_at": "2026-03-02T08:30:05Z",
        "moved_at": "2026-03-02T08:30:05Z",
        "printer": "bench printer",
        "sent_to": "the other printer",
        "station": "bench-1",
        "operator": "li.wei",
        "template": "40x30",
        "dpi": "203",
        "code_source": "service",
        "image_digest": IMAGE.digest,
    }


def test_a_job_without_an_answer_has_an_empty_outcome() -> None:
    job = PrintJob(1, draft("L-000001"), JobState.INTENDED, None, AT, AT)
    assert exported(job)[0]["outcome"] == ""


@pytest.mark.parametrize(
    ("identity", "cell"),
    [
        # bare, a spreadsheet would show 5.03E+02, 8.61193E+14 and 112233445566
        (MacAddress.parse("000000503e00"), "00:00:00:50:3E:00"),
        (MacAddress.parse("001122334455"), "00:11:22:33:44:55"),
        (Imei.parse("861193040496508"), "86-119304-049650-8"),
    ],
)
def test_identities_stay_text(identity: MacAddress | Imei, cell: str) -> None:
    assert exported(a_job(identity=identity))[0]["identity"] == cell


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"])
def test_no_cell_is_a_formula(start: str) -> None:
    assert defused(f"{start}HYPERLINK(A1)") == f"'{start}HYPERLINK(A1)"


@pytest.mark.parametrize("cell", ["007", "1234567890123456", "0503E000", "12e5", "1.5E300", "1e-5", "9" * 32])
def test_no_cell_is_a_number_that_would_be_changed(cell: str) -> None:
    assert defused(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["12-05", "3/4", "2026-01", "1.5", "12:30", "MAR1", "Sept-12", "7 dec", "2024-may-3"])
def test_no_cell_is_a_day_or_an_hour_that_nobody_meant(cell: str) -> None:
    assert defused(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", [" =1+1", "\u3000+1", " 007", "  1234567890123456"])
def test_blanks_before_it_do_not_help(cell: str) -> None:
    assert defused(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "0", "7", "203", "40x30", "li.wei", "10.0.0.5", "a=b", "be606a7b", "3E", "E3"])
def test_harmless_cells_stay_as_they_are(cell: str) -> None:
    assert defused(cell) == cell


@settings(max_examples=50)
@given(st.text(max_size=40))
def test_any_operator_comes_back_after_the_apostrophe(name: str) -> None:
    cell = exported(a_job(operator=name))[0]["operator"]
    assert cell in {name, "'" + name}
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_the_file_is_utf_8_that_a_spreadsheet_recognises(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    assert write_csv([a_job(), a_job()], path) == 2
    written = path.read_bytes()
    assert written.startswith(b"\xef\xbb\xbflabel_serial,identity,kind,")
    assert written.count(b"\r\n") == 3
    assert "加湿器" in written.decode("utf-8-sig")
    assert [left.name for left in tmp_path.iterdir()] == ["export.csv"]


def test_an_empty_ledger_becomes_a_header(tmp_path: Path) -> None:
    assert write_csv([], tmp_path / "export.csv") == 0
    assert (tmp_path / "export.csv").read_bytes().count(b"\r\n") == 1


def test_an_export_that_breaks_off_leaves_the_older_file(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("yesterday's")

    def jobs() -> Iterator[PrintJob]:
        yield a_job()
        raise LedgerBusy("ledger.sqlite")

    with pytest.raises(LedgerBusy):
        write_csv(jobs(), path, replace=True)
    assert path.read_text() == "yesterday's"
    assert [left.name for left in tmp_path.iterdir()] == ["export.csv"]


@pytest.mark.parametrize("place", ["gone/export.csv", "file/export.csv"])
def test_a_file_that_cannot_be_written_is_told(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FileNotWritten) as refused:
        write_csv([a_job()], tmp_path / place)
    assert refused.value.file == str(tmp_path / place)
    assert refused.value.reason
    assert [left.name for left in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_a_file_that_is_there_is_not_written_over(tmp_path: Path, write: Write) -> None:
    path = tmp_path / "export"
    path.write_text("yesterday's")
    with pytest.raises(FileExists):
        write([a_job()], path)
    assert path.read_text() == "yesterday's"
    assert write([a_job()], path, replace=True) == 1
    assert path.read_bytes() != b"yesterday's"


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_a_file_that_came_meanwhile_is_not_written_over(tmp_path: Path, write: Write) -> None:
    path = tmp_path / "export"

    def jobs() -> Iterator[PrintJob]:
        yield a_job()
        path.write_text("somebody else's")

    with pytest.raises(FileExists):
        write(jobs(), path)
    assert path.read_text() == "somebody else's"
    assert [left.name for left in tmp_path.iterdir()] == ["export"]


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_a_disk_without_links_gets_the_file_all_the_same(
    tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert write([a_job()], tmp_path / "export") == 1
    assert [left.name for left in tmp_path.iterdir()] == ["export"]
    with pytest.raises(FileExists):
        write([a_job()], tmp_path / "export")


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_an_export_that_is_stopped_leaves_nothing(tmp_path: Path, write: Write) -> None:
    stop, told = Stop(), []

    def jobs() -> Iterator[PrintJob]:
        for number in range(100):
            if number == 50:
                stop.set()
            told.append(number)
            yield a_job()

    with pytest.raises(Stopped):
        write(jobs(), tmp_path / "export", stop)
    assert len(told) <= 52
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs a small disk")
def test_an_export_onto_a_full_disk_is_told(small_disk: Path) -> None:
    with pytest.raises(FileNotWritten):
        write_csv((a_job() for _ in range(10_000)), small_disk / "export.csv")
    assert list(small_disk.iterdir()) == []
