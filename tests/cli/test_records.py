"""``ledger find | show | export | reindex``: what is asked for, and that looking changes nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image

from gizqr_station.domain.identity import Imei
from gizqr_station.domain.job import JobState
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.places import DataFolder
from tests.cli.conftest import Run
from tests.contracts.ledger_samples import IMAGE, MAC, OTHER_MAC, brought_to, draft, opened
from tests.fakes import SteppingClock


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """Four labels: two of one device, one that nobody can account for, one of another order."""
    folder = DataFolder(tmp_path / "data")
    with closing(ledger_in(folder)) as ledger:
        brought_to(ledger, opened(ledger, identity=MAC, work_order="WO-1"), JobState.VOIDED)
        brought_to(ledger, opened(ledger, identity=MAC, work_order="WO-1", revision=1), JobState.VERIFIED)
        brought_to(ledger, opened(ledger, identity=OTHER_MAC, work_order="WO-1"), JobState.UNKNOWN)
        opened(ledger, identity=Imei.parse("861193040496508"), work_order="WO-2", operator="Zhang Min")
    return folder


def ledger_in(folder: DataFolder) -> SqlLedger:
    return open_ledger(folder.ledger_file, kind="production", station="bench-1", clock=SteppingClock())


def serials(document: dict[str, object]) -> list[str]:
    jobs = document["jobs"]
    assert isinstance(jobs, list)
    return [job["label_serial"] for job in jobs]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ((), ["L-000003", "L-000004", "L-000002", "L-000001"]),
        (("00:47",), ["L-000002", "L-000001"]),
        (("--order", "wo-1"), ["L-000003", "L-000002", "L-000001"]),
        (("--operator", "zhang"), ["L-000004"]),
        (("--state", "verified", "--state", "voided"), ["L-000002", "L-000001"]),
        (("--since", "2026-03-01", "--until", "2026-03-04", "8611"), ["L-000004"]),
    ],
)
def test_all_that_is_asked_for_must_hold(
    run: Run, folder: DataFolder, words: tuple[str, ...], found: list[str]
) -> None:
    assert serials(run("ledger", "find", *words, "--json").document()) == found


def test_what_nobody_has_is_told(run: Run, folder: DataFolder) -> None:
    done = run("ledger", "find", "--since", "2030-01-01")
    assert (done.code, "E-LED-11" in done.err) == (1, True)
    assert run("ledger", "find", "--since", "yesterday").code == 2


def test_a_long_answer_goes_on_behind_where_it_ended(run: Run, folder: DataFolder) -> None:
    first = run("ledger", "find", "--state", "voided", "--state", "verified", "--limit", "1", "--json").document()
    assert (serials(first), first["after"]) == (["L-000002"], 2)
    second = run("ledger", "find", "--state", "voided", "--state", "verified", "--after", 2, "--json").document()
    assert (serials(second), second["after"]) == (["L-000001"], None)


def test_show_prefers_what_is_meant_exactly_and_writes_the_label(run: Run, folder: DataFolder, tmp_path: Path) -> None:
    with closing(ledger_in(folder)) as ledger:
        ledger.open(replace(draft("L-0000029"), identity=OTHER_MAC, product_key="k" * 32), IMAGE)
    picture = tmp_path / "label.png"
    document = run("ledger", "show", "l-000002", "--image", picture, "--json").document()
    assert (document["identity"], serials(document)) == (str(MAC), ["L-000002", "L-000001"])
    with Image.open(picture) as image:
        assert image.size == (IMAGE.width, IMAGE.height)
    refused = run("ledger", "show", "l-000002", "--image", picture)
    assert (refused.code, "E-OUT-10" in refused.err) == (1, True)


@pytest.fixture
def write_protected(folder: DataFolder) -> Iterator[DataFolder]:
    """As on a disk that takes nothing; for root, who may write all the same, at least nothing must have changed."""
    folder.ledger_file.chmod(0o400)
    folder.root.chmod(0o500)
    yield folder
    folder.root.chmod(0o700)
    folder.ledger_file.chmod(0o600)


def test_looking_changes_nothing(run: Run, write_protected: DataFolder) -> None:
    before = write_protected.ledger_file.read_bytes()
    there = sorted(write_protected.root.iterdir())
    assert run("ledger", "find", "0047").code == 0
    assert run("ledger", "show", "L-000002").code == 0
    assert write_protected.ledger_file.read_bytes() == before
    assert sorted(write_protected.root.iterdir()) == there


def test_somebody_looks_while_a_station_writes(run: Run, folder: DataFolder) -> None:
    with closing(ledger_in(folder)) as ledger, ledger._database.writing():
        assert run("ledger", "find", "0047").code == 0


def test_an_older_ledger_is_not_brought_up_by_looking(run: Run, tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.root.mkdir()
    old = Path(__file__).parents[1] / "ledger" / "ledger_0004.sql"
    with closing(sqlite3.connect(folder.ledger_file)) as raw:
        raw.executescript(old.read_text(encoding="utf-8"))
    before = folder.ledger_file.read_bytes()
    done = run("ledger", "find", "x")
    assert (done.code, "E-LED-42" in done.err) == (1, True)
    assert folder.ledger_file.read_bytes() == before


def test_an_export_of_a_search_is_a_workbook_and_stands_in_the_record(
    run: Run, folder: DataFolder, tmp_path: Path
) -> None:
    book = tmp_path / "orders.xlsx"
    assert run("ledger", "export", "--order", "WO-1", "--output", book, "--json").document()["rows"] == 3
    assert [row[0].value for row in load_workbook(book).worksheets[0].rows] == [
        "label_serial", "L-000003", "L-000002", "L-000001",
    ]  # fmt: skip
    with closing(ledger_in(folder)) as ledger:
        (act,) = ledger.acts_about("orders.xlsx")
    assert "WO-1" in str(act)
    again = run("ledger", "export", "--output", book)
    assert (again.code, "E-OUT-10" in again.err) == (1, True)
    other = run("ledger", "export", "--output", tmp_path / "all.pdf")
    assert (other.code, "E-OUT-11" in other.err) == (1, True)


def test_a_lost_index_is_built_anew(run: Run, folder: DataFolder) -> None:
    with closing(sqlite3.connect(folder.ledger_file)) as raw, raw:
        raw.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")
    done = run("ledger", "verify")
    assert (done.code, "E-LED-41" in done.err) == (1, True)
    assert run("ledger", "reindex", "--json").document()["jobs"] == 4
    assert run("ledger", "verify").code == 0
    assert run("ledger", "find", "0047").code == 0
