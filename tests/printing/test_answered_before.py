"""The file of printers that ever answered: what is in it, and what is done without it."""

import logging
import os
from pathlib import Path

import pytest

from gizqr_station.printing import answered_before
from gizqr_station.printing.answered_before import AnsweredBefore

ZPL, TSPL = "zpl tcp://192.0.2.7:9100", "tspl tcp://192.0.2.7:9100"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "printers-that-answer.txt"


def test_one_line_is_kept_for_each_device_and_language(file: Path) -> None:
    before = AnsweredBefore(file)
    for line in (ZPL, TSPL, ZPL):
        assert line not in before or line == ZPL
        before.add(line)
    assert file.read_text() == f"{ZPL}\n{TSPL}\n"
    assert TSPL in AnsweredBefore(file)
    assert "epl2 tcp://192.0.2.7:9100" not in AnsweredBefore(file)


def test_it_is_on_the_disk_when_it_was_told(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    AnsweredBefore(file).add(ZPL)
    assert len(synced) == 1


def test_without_a_file_it_lasts_as_long_as_the_program() -> None:
    before = AnsweredBefore()
    before.add(ZPL)
    assert ZPL in before
    assert ZPL not in AnsweredBefore()


def test_a_line_that_was_broken_off_counts_as_none_and_breaks_no_other(file: Path) -> None:
    file.write_text(f"{TSPL}\nzpl tcp://192.0.2.7:91")
    before = AnsweredBefore(file)
    assert TSPL in before
    assert "zpl tcp://192.0.2.7:91" not in before
    before.add(ZPL)
    again = AnsweredBefore(file)
    assert TSPL in again
    assert ZPL in again


def test_what_two_programs_find_out_stands_side_by_side(file: Path) -> None:
    one, other = AnsweredBefore(file), AnsweredBefore(file)
    one.add(ZPL)
    other.add(TSPL)
    both = AnsweredBefore(file)
    assert ZPL in both
    assert TSPL in both


def test_a_file_that_is_no_text_of_ours_is_no_reason_to_stop(file: Path) -> None:
    file.write_bytes(b"\xff\xfe\n" + ZPL.encode() + b"\n")
    assert ZPL in AnsweredBefore(file)


def test_a_file_that_can_be_neither_read_nor_written_is_logged_and_done_without(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file.mkdir()
    with caplog.at_level(logging.WARNING):
        before = AnsweredBefore(file)
        before.add(ZPL)
    assert ZPL in before
    assert ["cannot be read" in caplog.messages[0], "in memory only" in caplog.messages[1]] == [True, True]


def test_the_file_does_not_grow_for_ever_and_the_newest_stay(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answered_before, "MOST", 10)
    before = AnsweredBefore(file)
    for number in range(100):
        before.add(f"zpl tcp://192.0.2.7:{number}")
        assert len(file.read_text().splitlines()) <= 10
    assert "zpl tcp://192.0.2.7:99" in AnsweredBefore(file)
    assert "zpl tcp://192.0.2.7:0" not in AnsweredBefore(file)
    assert [path.name for path in file.parent.iterdir()] == [file.name]
