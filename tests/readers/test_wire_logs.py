"""Logs of wires are files of their own, readable, and never written over anything."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from gizqr_station.domain.line_failures import FileNotWritten
from gizqr_station.domain.wire_text import WireBytes, readable
from gizqr_station.readers.wire_logs import FolderWireLogs, keep_at
from gizqr_station.workflows.device_ports import WireLogs

AT = datetime(2026, 3, 2, 12, 1, 2, 345_000, tzinfo=UTC)
WIRE = (WireBytes(AT, True, b"AT\r\n"), WireBytes(AT, False, b"OK\r\n\x00\xff"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "wire"


@pytest.fixture
def logs(folder: Path) -> WireLogs:
    return FolderWireLogs(folder, lambda: AT)


def test_a_log_says_all_that_is_needed_to_read_it(logs: WireLogs) -> None:
    text = Path(logs.keep("usb:A50285BI", "at-cgsn", WIRE)).read_text(encoding="utf-8")
    assert "port usb:A50285BI, reader at-cgsn" in text
    assert "→ 4 bytes sent, ← 6 bytes heard" in text
    assert text.splitlines()[3:] == list(readable(WIRE))
    assert len(text.splitlines()) == 5


@pytest.mark.parametrize(
    ("port", "reader", "name"),
    [
        ("usb:A50285BI", "at-cgsn", "usb-A50285BI-at-cgsn.txt"),
        ("../../etc/passwd", "..", "etc-passwd-none.txt"),
        ("/dev/serial/by-path/" + "x" * 300, "auto", "x" * 40 + "-auto.txt"),
        (r"\\.\COM7", "log\x00st", "COM7-log-st.txt"),
        ("端口", "", "none-none.txt"),
    ],
)
def test_a_name_from_outside_leads_nowhere_else(
    logs: WireLogs, folder: Path, port: str, reader: str, name: str
) -> None:
    path = Path(logs.keep(port, reader, WIRE))
    assert path.parent == folder
    assert path.name.endswith(name)
    assert [file.name for file in folder.iterdir()] == [path.name]


def test_two_logs_of_one_second_are_two_files(logs: WireLogs, folder: Path) -> None:
    kept = {logs.keep("COM7", "auto", WIRE[:count]) for count in range(3)}
    assert len(kept) == len(list(folder.iterdir())) == 3


def test_what_a_device_is_called_forges_no_line(logs: WireLogs) -> None:
    text = Path(logs.keep("COM7\n12:00:00.000  ← 00", "auto", ())).read_text(encoding="utf-8")
    assert len(text.splitlines()) == 3


def test_a_folder_that_cannot_be_made_is_said(logs: WireLogs, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("no folder")
    with pytest.raises(FileNotWritten):
        logs.keep("COM7", "auto", WIRE)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux that is always full")
def test_a_disk_that_takes_nothing_is_said_and_leaves_no_piece_behind(
    logs: WireLogs, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = Path.open

    def full(path: Path, mode: str = "r", **options: Any) -> Any:
        usual(path, mode, **options).close()
        return usual(Path("/dev/full"), "w", **options)

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(FileNotWritten) as refused:
        logs.keep("COM7", "auto", WIRE)
    assert refused.value.reason == "No space left on device"
    assert list(folder.iterdir()) == []


def test_a_file_that_a_person_named_is_written_anew(tmp_path: Path) -> None:
    for wire, lines in ((WIRE, 5), ((), 3)):
        keep_at(tmp_path / "mine.txt", "COM7", "auto", wire, AT)
        assert len((tmp_path / "mine.txt").read_text(encoding="utf-8").splitlines()) == lines
    with pytest.raises(FileNotWritten):
        keep_at(tmp_path, "COM7", "auto", WIRE, AT)
