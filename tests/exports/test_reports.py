"""Reports of orders and shifts: the same content on screen, as CSV and as PDF, in both languages."""

import csv
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest

from gizqr_station.domain.audit import Checkpoint
from gizqr_station.domain.corrections import ReprintReason
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.ledger_failures import LedgerBusy
from gizqr_station.domain.line_failures import FileNotWritten
from gizqr_station.domain.reports import Anchored, OrderReport, ShiftReport, Voided
from gizqr_station.domain.work_order import OrderBalance, OrderState, Shift, ShiftTotals, WorkOrder
from gizqr_station.exports.order_report import order_sections
from gizqr_station.exports.report import as_lines
from gizqr_station.exports.report_files import MOST_IN_PDF, ReportFiles
from gizqr_station.exports.report_words import REASONS, WORDS
from gizqr_station.exports.shift_report import shift_sections
from gizqr_station.wording import LANGUAGES
from tests.contracts.ledger_samples import draft, mac
from tests.contracts.order_book_contract import PROFILE

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
POINT = Checkpoint("1" * 32, 1234, "a" * 64, "b" * 64, AT, "bench-1", "0123456789abcdef", "sig")
ORDER = WorkOrder(
    "WO/7",
    PROFILE,
    "d" * 64,
    OrderState.CLOSED,
    "陈组长",
    AT,
    signed_by="陈组长",
    released_by="王芳",
    first_article=1,
    closed_by="王芳",
    remark="=2+5 devices lost",
)


def job(number: int, **changes: object) -> PrintJob:
    drawn = draft(f"L-{number:06d}", identity=mac(number), work_order="WO/7", **changes)
    return PrintJob(number, drawn, JobState.VERIFIED, None, AT, AT)


JOBS = (job(1), job(2, replaces="L-000009", reason="damaged: torn off", allowed_by="赵敏", revision=1))
REPORT = OrderReport(
    order=ORDER,
    balance=OrderBalance(3, 2, 1, 0),
    labels=2,
    first_article=JOBS[0],
    voided=(Voided(job(9), "王芳", "damaged: torn off"),),
    reprints=JOBS[1:],
    printers=("bench printer",),
    anchored=Anchored(POINT),
    written_by="王芳",
    station="bench-1",
    written_at=AT,
)
SHIFT = ShiftReport(
    Shift(4, "bench-1", "Li Wei", AT, 10, "王芳", AT, 99, "ribbon runs low"),
    ShiftTotals(12, 9, 0, 2, 1, 0, (("damaged", 2),)),
    Anchored(POINT),
    "/backups/a.sqlite",
    None,
    AT,
)


def pages_of(file: str) -> list[str]:
    document = pypdfium2.PdfDocument(file)
    try:
        return [document[at].get_textpage().get_text_range() for at in range(len(document))]
    finally:
        document.close()


def cells_of(file: str) -> list[list[str]]:
    with Path(file).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_order_reads_the_same_on_screen_in_csv_and_in_pdf(tmp_path: Path, language: str) -> None:
    pdf, table = ReportFiles(tmp_path, language).write_order(REPORT, iter(JOBS))
    text = "".join(pages_of(pdf))
    cells = [cell for row in cells_of(table) for cell in row]
    screen = "\n".join(as_lines(order_sections(REPORT, language)))
    told = ("WO/7", "加湿器 Humidifier", PROFILE.product_key, "d" * 64, "陈组长", "王芳", "赵敏")
    for value in (*told, "a" * 64, POINT.key_id, "L-000009", "L-000001"):
        assert value in text, value
        assert value in screen, value
        assert any(value in cell for cell in cells), value
    header = next(
        at for at, row in enumerate(cells_of(table)) if row[:1] == [WORDS[language]["serial"]] and len(row) == 7
    )
    assert [row[:2] for row in cells_of(table)[header + 1 :]] == [
        ["L-000001", "00:91:1F:00:00:01"],
        ["L-000002", "00:91:1F:00:00:02"],
    ]


def test_a_remark_is_no_formula_in_a_spreadsheet(tmp_path: Path) -> None:
    _, table = ReportFiles(tmp_path, "en").write_order(REPORT, iter(JOBS))
    assert Path(table).read_bytes().startswith(b"\xef\xbb\xbf")
    assert ["Remark", "'=2+5 devices lost"] in cells_of(table)


def test_a_long_order_is_whole_in_csv_and_its_pdf_says_how_many_it_shows(tmp_path: Path) -> None:
    count = MOST_IN_PDF + 5
    jobs = [job(number) for number in range(1, count + 1)]
    pdf, table = ReportFiles(tmp_path, "en").write_order(replace(REPORT, labels=count, reprints=()), iter(jobs))
    text = "".join(pages_of(pdf))
    assert f"the first {MOST_IN_PDF} of {count}" in text
    assert f"L-{MOST_IN_PDF:06d}" in text
    assert f"L-{count:06d}" not in text
    assert cells_of(table)[-1][0] == f"L-{count:06d}"
    assert len(pages_of(pdf)) > 30


def test_nothing_is_cut_off_a_page(tmp_path: Path) -> None:
    remark = "因高温老化试验损坏而无法继续使用的设备已经隔离存放" * 7
    order = replace(ORDER, remark=remark)
    pdf, _ = ReportFiles(tmp_path, "zh_CN").write_order(replace(REPORT, order=order), iter(JOBS))
    assert remark in "".join("".join(pages_of(pdf)).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shift_tells_its_totals_its_checkpoint_and_its_note(tmp_path: Path, language: str) -> None:
    pdf, table = ReportFiles(tmp_path, language).write_shift(SHIFT)
    text = "".join(pages_of(pdf))
    cells = [cell for row in cells_of(table) for cell in row]
    for value in ("bench-1", "Li Wei", "王芳", "ribbon runs low", "a" * 64, POINT.key_id, "/backups/a.sqlite"):
        assert value in text, value
        assert any(value in cell for cell in cells), value
    assert [WORDS[language]["unknown"], "0"] in cells_of(table)
    assert [REASONS[language]["damaged"], "2"] in cells_of(table)


@pytest.mark.parametrize(("language", "says"), [("en", "Another program"), ("zh_CN", "账本")])
def test_what_failed_behind_a_shift_stands_in_its_report(language: str, says: str) -> None:
    busy = LedgerBusy("ledger.sqlite")
    report = replace(SHIFT, anchored=Anchored(failure=busy), copied_to="", copy_failure=busy)
    lines = [line for line in as_lines(shift_sections(report, language)) if says in line]
    assert len(lines) == 2


def test_two_reports_of_one_second_do_not_take_each_others_place(tmp_path: Path) -> None:
    files = {file for _ in range(3) for file in ReportFiles(tmp_path, "en").write_shift(SHIFT)}
    assert len(files) == 6
    assert {Path(file).name for file in files} == {file.name for file in tmp_path.iterdir()}
    assert not any("/" in Path(file).name or " " in Path(file).name for file in files)


def test_a_report_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("no folder")
    with pytest.raises(FileNotWritten):
        ReportFiles(tmp_path / "reports", "en").write_shift(SHIFT)

    def broken() -> object:
        yield JOBS[0]
        raise OSError(28, "No space left on device")

    with pytest.raises(FileNotWritten):
        ReportFiles(tmp_path / "own", "en").write_order(REPORT, broken())  # type: ignore[arg-type]
    assert list((tmp_path / "own").iterdir()) == []


def test_both_languages_say_the_same_words() -> None:
    assert set(WORDS["en"]) == set(WORDS["zh_CN"])
    assert set(REASONS["en"]) == set(REASONS["zh_CN"]) == {reason.value for reason in ReprintReason}


@pytest.mark.parametrize(("language", "said"), [("en", "Since the close"), ("zh_CN", "关闭之后")])
def test_what_moved_since_an_order_was_closed_is_one_line(language: str, said: str) -> None:
    moved = as_lines(order_sections(replace(REPORT, closed_at=AT, moved_since=2), language))
    assert [line for line in moved if said in line and "2" in line]
    assert not any(said in line for line in as_lines(order_sections(replace(REPORT, closed_at=AT), language)))
