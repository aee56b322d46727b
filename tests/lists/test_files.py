"""Which file is what is decided by its content, and what cannot be read is said by name."""

import os
from pathlib import Path

import pytest

from gizqr_station.domain.list_failures import ListEmpty, ListUnreadable
from gizqr_station.domain.stop import Stop
from gizqr_station.exports.csv_file import write_csv
from gizqr_station.lists.files import FileLists, read_list
from gizqr_station.workflows.list_ports import ListFiles
from tests.contracts.ledger_samples import mac, opened
from tests.fakes import FakeLedger
from tests.lists.sheets import workbook

A = "00911f500047"


@pytest.mark.parametrize("name", ["list.xlsx", "list.csv", "list.txt", "list", "清单.dat"])
def test_the_suffix_decides_nothing(tmp_path: Path, name: str) -> None:
    for content in (workbook(["MAC"], [A]), f"MAC\n{A}\n".encode(), f"MAC;SN\n{A};1\n".encode()):
        file = tmp_path / name
        file.write_bytes(content)
        made = read_list(file)
        assert (made.name, [(line.number, line.text) for line in made.lines]) == (name, [(2, A)])


def test_the_ways_in_do_the_same(tmp_path: Path) -> None:
    lists: ListFiles = FileLists()
    file = tmp_path / "list.txt"
    file.write_text(A, encoding="utf-8")
    assert lists.lines(str(file), Stop()).lines == lists.lines_of(A, "pasted", Stop()).lines
    with pytest.raises(ListEmpty):
        lists.lines_of(" \n", "pasted", Stop())


def test_what_is_no_file_is_said_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    if hasattr(os, "mkfifo"):
        os.mkfifo(pipe)
    for path in (tmp_path / "none.csv", tmp_path, pipe, tmp_path / "a\0b"):
        with pytest.raises(ListUnreadable) as refused:
            read_list(path)
        assert refused.value.file == path.name


def test_the_ledgers_own_export_is_a_list(tmp_path: Path) -> None:
    ledger = FakeLedger()
    for number in range(1, 30):
        opened(ledger, identity=mac(number))
    write_csv(ledger.all_jobs(), tmp_path / "labels.csv")
    lines = read_list(tmp_path / "labels.csv").lines
    assert [line.text for line in lines] == [mac(number).readable for number in range(1, 30)]
    assert lines[0].number == 2
