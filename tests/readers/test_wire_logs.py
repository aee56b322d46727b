"""Logs of wires are files of their own, readable, and never written over anything."""

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gizqr_station.domain.line_failures import FileNotWritten
from gizqr_station.domain.secret_texts import Secrets
from gizqr_station.domain.wire_text import WireBytes, readable
from gizqr_station.readers.wire_logs import FolderWireLogs, keep_at, without_secrets
from gizqr_station.workflows.device_ports import WireLogs

AT = datetime(2026, 3, 2, 12, 1, 2, 345_000, tzinfo=UTC)
WIRE = (WireBytes(AT, True, b"AT\r\n"), WireBytes(AT, False, b"OK\r\n\x00\xff"))

CANARY = "9f86d081884c7d659a2feaa0c55ad015"
SECRETS = Secrets(frozenset({CANARY}))


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


def pieces(data: bytes, length: int, *, sent: bool = False) -> tuple[WireBytes, ...]:
    """As a driver hands them on, each too late to share a line with the one before."""
    return tuple(
        WireBytes(AT + timedelta(milliseconds=30 * at), sent, data[at : at + length])
        for at in range(0, len(data), length)
    )


def shown(text: str) -> tuple[bytes, str]:
    """What the two sides of a log's lines say, each put together again."""
    lines = text.splitlines()[3:]
    return bytes.fromhex("".join(line[16:63] for line in lines)), "".join(line[66:] for line in lines)


@pytest.mark.parametrize("sent", [True, False])
@pytest.mark.parametrize("length", [1, 3, 16, 1000])
@pytest.mark.parametrize(
    "form",
    [
        CANARY.encode(),
        CANARY.upper().encode(),
        bytes.fromhex(CANARY),
        base64.b64encode(bytes.fromhex(CANARY))[:-3],  # the last letter is not certain
        b"9F:86:D0:81:88:4C:7D:65:9A:2F:EA:A0:C5:5A:D0:15",
    ],
)
def test_no_side_of_a_log_shows_a_secret_however_it_is_cut(
    folder: Path, form: bytes, length: int, *, sent: bool
) -> None:
    wire = pieces(b"ps=" + form + b"\r\nMAC=00911f500047\r\n", length, sent=sent)
    kept = Path(FolderWireLogs(folder, lambda: AT, SECRETS).keep("COM7", "auto", wire))
    keep_at(folder / "mine.txt", "COM7", "auto", wire, AT, SECRETS)
    for file in (kept, folder / "mine.txt"):
        data, said = shown(file.read_text(encoding="utf-8"))
        assert data == b"ps=" + b"*" * len(form) + b"\r\nMAC=00911f500047\r\n"
        assert said == "ps=" + "*" * len(form) + r"\r\nMAC=00911f500047\r\n"


def test_an_echo_between_its_letters_hides_no_secret() -> None:
    both = (pieces(CANARY.encode(), 1, sent=True), pieces(CANARY.encode(), 1))
    wire = tuple(piece for pair in zip(*both, strict=True) for piece in pair)
    left = list(without_secrets(wire, SECRETS))
    assert {piece.data for piece in left} == {b"*"}
    assert [(piece.at, piece.sent) for piece in left] == [(piece.at, piece.sent) for piece in wire]


def test_without_a_secret_every_byte_is_kept() -> None:
    wire = pieces(bytes(range(256)) * 3 + CANARY[:-1].encode() + b" " + CANARY[1:].encode(), 7)
    assert tuple(without_secrets(wire, SECRETS)) == wire
