"""Ten thousand cells that spreadsheets would run or change, read back: none is a formula, no identifier is changed."""

import csv
import itertools
import random
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from gizqr_station.domain.identity import Imei, MacAddress, luhn_digit
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.exports.columns import COLUMNS, row_of
from gizqr_station.exports.csv_file import write_csv
from gizqr_station.exports.xlsx_file import write_xlsx
from tests.contracts.ledger_samples import draft

LABELS = 2000
CELLS = ("product_name", "work_order", "operator", "printer", "reason")
"""Of each label these are hostile, in the draft's words: 10,000 in all."""
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", " =", "'=", '"=', ";=", ",=", "\u3000=")
BODIES = (
    "1+1",
    'HYPERLINK("http://127.0.0.1/","x")',
    "cmd|' /C calc'!A0",
    "SUM(A1:A9)",
    "A1",
    'DDE("a";"b")',
    "1",
    "_x003D_1",
)
PLAIN = (
    "007",
    "1234567890123456",
    "12E5",
    "12-05",
    "MAR1",
    "http://127.0.0.1/",
    "mailto:a@b",
    "TRUE",
    "_x0041_",
)
NOISE = "ab 7\"';,\t\n=<>&]]>\u0001\u001f\ue000\U0001f4a9加"
AT = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


def hostile(chance: random.Random) -> str:
    if chance.random() < 0.2:
        return chance.choice(PLAIN)
    noise = "".join(chance.choice(NOISE) for _ in range(chance.randrange(4)))
    return chance.choice(STARTS) + chance.choice(BODIES) + noise


def labels() -> Iterator[PrintJob]:
    chance = random.Random(7)
    for number in range(LABELS):
        digits = f"8611930{number:07d}"
        imei = Imei.parse(digits + str(luhn_digit(digits)))
        cells = {name: hostile(chance) for name in CELLS}
        identity = imei if number % 2 else MacAddress.parse(f"0000005{number:05x}")
        sample = draft(f"L-{number:06d}", identity=identity, **cells)
        yield PrintJob(number + 1, sample, JobState.SENT, None, AT, AT, sent_to=cells["printer"])


def test_a_workbook_has_no_formula_and_every_cell_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "labels.xlsx"
    assert write_xlsx(labels(), path) == LABELS
    for book in (load_workbook(path, read_only=True), load_workbook(path, read_only=True, data_only=True)):
        rows = itertools.islice(book.worksheets[0].iter_rows(), 1, None)
        for job, row in zip(labels(), rows, strict=True):
            assert {cell.data_type for cell in row if cell.value is not None} == {"s"}
            # openpyxl leaves the standard's own escapes (_x001F_) as they are, spreadsheets do not
            assert [unescape(str(cell.value or "")) for cell in row] == row_of(job)
        book.close()


def test_a_workbook_says_of_itself_that_nothing_in_it_is_calculated_or_linked(tmp_path: Path) -> None:
    shutil.unpack_archive(_written(tmp_path), tmp_path / "parts", "zip")
    for part in (tmp_path / "parts").rglob("*.xml"):
        text = part.read_text(encoding="utf-8")
        assert "<f>" not in text
        assert "hyperlink" not in text
        if part.parent.name == "worksheets":
            assert 't="n"' not in text
            assert "<c " in text


def test_more_labels_than_a_sheet_holds_go_on_in_the_next(tmp_path: Path) -> None:
    path = tmp_path / "labels.xlsx"
    assert write_xlsx(itertools.islice(labels(), 25), path, most_rows=11) == 25
    book = load_workbook(path)
    assert [sheet.title for sheet in book] == ["labels 1", "labels 2", "labels 3"]
    assert [sheet.max_row for sheet in book] == [11, 11, 6]
    assert [sheet["A1"].value for sheet in book] == ["label_serial"] * 3
    assert [sheet["A2"].value for sheet in book] == ["L-000000", "L-000010", "L-000020"]


def test_a_csv_file_has_no_formula_and_every_identifier_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    assert write_csv(labels(), path) == LABELS
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0] == list(COLUMNS)
    for job, row in zip(labels(), rows[1:], strict=True):
        assert not [cell for cell in row if cell.strip(" \u3000").startswith(tuple("=+-@\t\r\n＝＋－＠"))]
        assert [cell.removeprefix("'") for cell in row] == [cell.removeprefix("'") for cell in row_of(job)]
        assert row[:2] == [job.draft.label_serial, job.identity.readable]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.slow
def test_libreoffice_calculates_nothing_and_changes_no_identifier(tmp_path: Path) -> None:
    written = _written(tmp_path)
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to"]
    subprocess.run(
        [*command, "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", tmp_path / "out", written],
        check=True,
        capture_output=True,
        timeout=180,
    )
    with (tmp_path / "out" / "labels.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert [row[:2] for row in rows[1:]] == [[job.draft.label_serial, job.identity.readable] for job in labels()]


def _written(folder: Path) -> Path:
    path = folder / "labels.xlsx"
    write_xlsx(labels(), path)
    return path
