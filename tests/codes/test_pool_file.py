"""A pool's file that is carried about: what was written is read again, and nothing else ever is."""

import gzip
import hashlib
import json
import os
import random
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gizqr_station.codes import pool_file, pool_file_lines
from gizqr_station.codes.pool_file import Wanted, read_pool_file, write_pool_file
from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.identity import Imei, MacAddress
from gizqr_station.domain.line_failures import FileNotWritten
from gizqr_station.domain.pool_failures import CodesFileRefused, CodesOfOtherProduct, CodesOfOtherService
from gizqr_station.domain.pooled_codes import ZipCodes
from gizqr_station.domain.stop import Stop, Stopped
from tests.contracts.ledger_samples import MAC, OTHER_KEY, PRODUCT_KEY, mac
from tests.contracts.pool_samples import NOON, OTHER_SERVICE, SERVICE, codes_of, content_for, macs

WANTED = Wanted(PRODUCT_KEY, SERVICE)
SECTIONS = [codes_of([*macs(0, 3), Imei.parse("861193040496508")]), codes_of(macs(10, 2), 2, source=CodeSource.SANDBOX)]

GOLDEN_CONTENT = (
    "2efc9e621cb34553b12edf7e63645864Pf2fFwkrJlBs4KRU/RQAnSjtFqvEsoISa7+WLzDhjHU7ArPMYwRGg2MIazCLTymUz5kTzw=="
)
GOLDEN_LINES = [
    '{"format": "gizqr-codes", "version": 1, "product_key": "be606a7b34d441b59d7eba2c080ff805", '
    '"service": "http://qrcode.example.test:1800", "codes": 1, "at": "2026-03-02T12:00:00+00:00"}',
    '{"zip": {"source": "service", "task": "00911f500047..00911f500047", "file": "/static/zipfiles/1474.zip", '
    '"digest": "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", "at": "2026-03-02T11:59:00+00:00"}}',
    f'["00911f500047", "{GOLDEN_CONTENT}"]',
]
"""Written by hand from the format's description."""


def written(path: Path, sections: list[ZipCodes] | None = None, total: int | None = None) -> Path:
    held = SECTIONS if sections is None else sections
    count = sum(len(each.contents) for each in held) if total is None else total
    write_pool_file(path, WANTED, count, held, NOON, lambda _done: None)
    return path


def read(path: Path, wanted: Wanted = WANTED) -> list[ZipCodes]:
    return list(read_pool_file(path, wanted, Stop(), lambda _done, _total: None))


def refusal(path: Path) -> str:
    with pytest.raises(CodesFileRefused) as refused:
        read_pool_file(path, WANTED, Stop(), lambda _done, _total: None)
    assert refused.value.file == path.name
    assert len(refused.value.reason) < 60
    return refused.value.reason


def packed(path: Path, lines: list[str], *, digest: str | None = None, end: bool = True) -> Path:
    """A file by another hand: gzip of these lines and their digest."""
    body = "".join(f"{line}\n" for line in lines).encode()
    said = hashlib.sha256(body).hexdigest() if digest is None else digest
    path.write_bytes(gzip.compress(body + (f'{{"sha256": "{said}"}}\n'.encode() if end else b"")))
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "shift.codes"


# the format


def test_what_was_written_is_read_again(path: Path) -> None:
    assert read(written(path)) == SECTIONS


def test_a_file_written_by_hand_from_the_description_is_read(path: Path) -> None:
    (section,) = read(packed(path, GOLDEN_LINES))
    assert section.contents == {MAC: GOLDEN_CONTENT}
    came = section.zip
    assert (came.product_key, came.service, came.source) == (PRODUCT_KEY, SERVICE, CodeSource.SERVICE)
    assert (came.task, came.file) == ("00911f500047..00911f500047", "/static/zipfiles/1474.zip")
    assert came.digest == "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    assert came.at.isoformat() == "2026-03-02T11:59:00+00:00"


def test_what_is_written_is_what_the_description_says(path: Path) -> None:
    (section,) = read(packed(path, GOLDEN_LINES))
    written(path, [section])
    lines = gzip.decompress(path.read_bytes()).decode().split("\n")
    assert lines[:3] == GOLDEN_LINES
    digest = hashlib.sha256("".join(f"{line}\n" for line in GOLDEN_LINES).encode()).hexdigest()
    assert lines[3:] == [f'{{"sha256": "{digest}"}}', ""]


def test_progress_is_told_while_writing_and_while_checking(path: Path) -> None:
    heard: list[int] = []
    assert write_pool_file(path, WANTED, 6, SECTIONS, NOON, heard.append) == 6
    assert heard == [4, 6]
    seen: list[tuple[int, int]] = []
    sections = read_pool_file(path, WANTED, Stop(), lambda done, total: seen.append((done, total)))
    assert seen == [(4, 6), (6, 6)]
    assert sum(len(each.contents) for each in sections) == 6


# writing


def test_a_file_that_was_there_is_replaced_whole(path: Path) -> None:
    path.write_text("something else")
    written(path)
    assert read(path) == SECTIONS
    assert [each.name for each in path.parent.iterdir()] == ["shift.codes"]


def test_a_writing_that_is_stopped_leaves_what_was_there(path: Path) -> None:
    path.write_text("yesterday's")

    def sections() -> Iterator[ZipCodes]:
        yield SECTIONS[0]
        raise Stopped

    with pytest.raises(Stopped):
        write_pool_file(path, WANTED, 6, sections(), NOON, lambda _done: None)
    assert path.read_text() == "yesterday's"
    assert [each.name for each in path.parent.iterdir()] == ["shift.codes"]


def test_a_file_that_would_not_be_what_its_first_line_says_is_not_written(path: Path) -> None:
    with pytest.raises(FileNotWritten):
        written(path, total=7)
    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize("name", ["", "missing/shift.codes", "a\0b"])
def test_a_place_where_nothing_can_be_written_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileNotWritten) as refused:
        written(tmp_path / name)
    assert refused.value.reason
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_no_part_of_a_file(small_disk: Path) -> None:
    many = [codes_of(macs(first, 3000), first) for first in range(0, 30_000, 3000)]
    with pytest.raises(FileNotWritten):
        written(small_disk / "shift.codes", many)
    assert list(small_disk.iterdir()) == []


# whose codes


def test_another_products_file_is_told_by_its_key(path: Path) -> None:
    written(path)
    with pytest.raises(CodesOfOtherProduct) as refused:
        read(path, Wanted(OTHER_KEY, SERVICE))
    assert refused.value.values() == {"file": "shift.codes", "product_key": PRODUCT_KEY}


def test_another_services_file_is_told_by_its_address(path: Path) -> None:
    written(path)
    with pytest.raises(CodesOfOtherService) as refused:
        read(path, Wanted(PRODUCT_KEY, OTHER_SERVICE))
    assert refused.value.values() == {"file": "shift.codes", "service": SERVICE}


# what is no such file, or not as it was written


def test_every_cut_is_refused(path: Path) -> None:
    whole = written(path).read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert refusal(path) == "it is cut short"


def test_every_flipped_bit_is_refused_or_changes_nothing(path: Path) -> None:
    whole = written(path).read_bytes()
    chance = random.Random(5)
    refused = 0
    for _ in range(600):
        flipped = bytearray(whole)
        flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
        path.write_bytes(flipped)
        try:
            assert read(path) == SECTIONS
        except CodesFileRefused:
            refused += 1
    assert refused > 500


@pytest.mark.parametrize(
    "more", [b"\0", b"x" * 10, gzip.compress(b"more\n", mtime=0)], ids=["a byte", "text", "another file"]
)
def test_what_is_appended_is_refused(path: Path, more: bytes) -> None:
    path.write_bytes(written(path).read_bytes() + more)
    assert refusal(path) == "there is more behind its end"


def test_a_line_behind_the_last_one_is_refused(path: Path) -> None:
    packed(path, GOLDEN_LINES)
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()) + b'["00911f500048", "x"]\n'))
    assert refusal(path) == "there is more behind its end"


def test_lines_that_their_digest_is_not_of_are_refused(path: Path) -> None:
    other = [*GOLDEN_LINES[:2], GOLDEN_LINES[2].replace("2efc9e62", "3efc9e62")]
    digest = hashlib.sha256("".join(f"{line}\n" for line in GOLDEN_LINES).encode()).hexdigest()
    assert refusal(packed(path, other, digest=digest)) == "its digest is not that of its lines"


def test_a_file_without_its_last_line_is_refused(path: Path) -> None:
    assert refusal(packed(path, GOLDEN_LINES, end=False)) == "it is cut short"


def changed_header(**changes: object) -> list[str]:
    return [json.dumps({**json.loads(GOLDEN_LINES[0]), **changes}), *GOLDEN_LINES[1:]]


def changed_zip(**changes: object) -> list[str]:
    return [GOLDEN_LINES[0], json.dumps({"zip": {**json.loads(GOLDEN_LINES[1])["zip"], **changes}}), GOLDEN_LINES[2]]


def code_lines(*lines: str) -> list[str]:
    return [json.dumps({**json.loads(GOLDEN_LINES[0]), "codes": len(lines)}), GOLDEN_LINES[1], *lines]


def a_code(text: str, content: str) -> str:
    return json.dumps([text, content])


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([], "it is not a pool file"),
        (["[]"], "it is not a pool file"),
        (["null"], "it is not a pool file"),
        (['{"format": "gizqr-label", "version": 1}'], "it is not a pool file"),
        (["\\x00\\x01"], "it is not a pool file"),
        (changed_header(version=2), "a newer program wrote it"),
        (changed_header(version="1"), "a newer program wrote it"),
        (changed_header(more=1), "a line's names"),
        (changed_header(codes=2), "1 codes, not 2"),
        (changed_header(codes=0), "its count of codes"),
        (changed_header(codes=True), "its count of codes"),
        (changed_header(codes=2_000_001), "its count of codes"),
        (changed_header(codes="1"), "its count of codes"),
        (changed_header(product_key="x" * 32), "its product key"),
        (changed_header(product_key=None), "its product_key"),
        (changed_header(service=["http://"]), "its service"),
        (changed_header(service="http://\u202egpj.exe"), "its service"),
        (changed_header(service="x" * 401), "its service"),
        (changed_zip(source="link"), "a zip's line"),
        (changed_zip(source=None), "its source"),
        (changed_zip(digest="2CF2"), "a zip's line"),
        (changed_zip(at="2026-03-02T11:59:00"), "a moment without its offset"),
        (changed_zip(at="yesterday"), "a moment"),
        (changed_zip(at="0001-01-01T00:00:00+14:00"), "a moment"),
        (changed_zip(at=5), "its at"),
        (changed_zip(task="a\nb"), "its task"),
        (changed_zip(more=5), "a zip's line"),
        ([GOLDEN_LINES[0], '{"zip": 5}', GOLDEN_LINES[2]], "a zip's line"),
        ([GOLDEN_LINES[0], "5", GOLDEN_LINES[2]], "a line's names"),
        ([GOLDEN_LINES[0], GOLDEN_LINES[2]], "a code without its zip"),
        ([*GOLDEN_LINES, GOLDEN_LINES[1]], "a zip without codes"),
        ([GOLDEN_LINES[0], GOLDEN_LINES[1], *GOLDEN_LINES[1:]], "a zip without codes"),
        (code_lines(GOLDEN_LINES[2], GOLDEN_LINES[2]), "00911f500047 stands in it twice"),
        (code_lines('["00911f500047"]'), "a code's line"),
        (code_lines('["00911f500047", 5]'), "a code's line"),
        (code_lines("[" * 1000), "a line is not JSON"),
        (code_lines("[" + "9" * 2000 + "]"), "a code's line"),
        (code_lines("[" + "9" * 3000 + "]"), "a line is too long"),
        (code_lines(a_code("00911F500047", GOLDEN_CONTENT)), "an identity's form"),
        (code_lines(a_code("00:91:1f:50:00:47", GOLDEN_CONTENT)), "an identity's form"),
        (code_lines(a_code("01911f500047", GOLDEN_CONTENT)), "line 1 of its codes: E-ID-03"),
        (code_lines(a_code("861193040496509", content_for(Imei("861193040496509")))), "line 1 of its codes: E-ID-07"),
        (code_lines(a_code("861193040496508", GOLDEN_CONTENT)), "line 1 of its codes: E-COD-11"),
        (code_lines(a_code("00911f500047", "hello")), "line 1 of its codes: E-COD-11"),
        (code_lines(GOLDEN_LINES[2], a_code("00911f500048", "hello")), "line 2 of its codes: E-COD-11"),
    ],
)
def test_what_is_no_such_file_is_refused_before_any_code_is_given(path: Path, lines: list[str], reason: str) -> None:
    assert refusal(packed(path, lines)) == reason


def test_locally_administered_addresses_are_taken(path: Path) -> None:
    local = MacAddress.parse("02aabbccddee", local_macs=True)
    (section,) = read(written(path, [codes_of([local])]))
    assert list(section.contents) == [local]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is cut short"),
        (b"\x1f\x8b", "it is cut short"),
        (b"\x1f\x8b" + b"x" * 100, "it is damaged"),
        (b"hello" * 100, "it is damaged"),
        (gzip.compress(b"", mtime=0), "it is not a pool file"),
        (gzip.compress(b'{"format": "gizqr-codes"', mtime=0), "it is cut short"),
        (gzip.compress(b"\xff\xfe\n", mtime=0), "it is not a pool file"),
        (gzip.compress(b"x" * 100_000, mtime=0), "a line is too long"),
        (gzip.compress(b"\n" * 100_000_000, mtime=0), "it is not a pool file"),
    ],
)
def test_what_is_no_such_archive_is_refused(path: Path, content: bytes, reason: str) -> None:
    path.write_bytes(content)
    assert refusal(path) == reason


def test_a_bomb_is_not_inflated_far(path: Path) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    body = packer.compress(("\n".join(GOLDEN_LINES[:2]) + "\n").encode())
    zeros = b" " * (1 << 20)
    path.write_bytes(body + b"".join(packer.compress(zeros) for _ in range(30)) + packer.flush())
    assert refusal(path) == "a line is too long"


@pytest.mark.parametrize("cap", ["MOST_BYTES", "MOST_PACKED_BYTES"])
def test_what_would_never_end_has_an_end(path: Path, monkeypatch: pytest.MonkeyPatch, cap: str) -> None:
    monkeypatch.setattr(pool_file_lines, cap, 500)
    assert refusal(written(path, [codes_of(macs(0, 100))])) == "it is too large"


def test_a_file_that_is_too_large_is_not_opened(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_file, "MOST_BYTES", 1 << 20)
    path.write_bytes(b"\x1f\x8b" + bytes(1 << 20))
    assert refusal(path) == "larger than 1 MiB"


def test_more_codes_than_anybody_carries_are_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_file, "MOST_CODES", 5)
    assert refusal(written(path)) == "too many codes"


def test_too_many_codes_for_a_zip_are_refused(path: Path) -> None:
    lines = [a_code(each.text, content_for(each)) for each in macs(0, 5001)]
    assert refusal(packed(path, code_lines(*lines))) == "too many codes of a zip"


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_lines_of_any_kind_are_refused_in_words_or_are_what_was_written(path: Path, data: st.DataObject) -> None:
    body = gzip.decompress(written(path).read_bytes()).split(b"\n")
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(body) - 1))
        kind = data.draw(st.sampled_from(["drop", "twice", "junk", "json", "swap"]))
        json_texts: st.SearchStrategy[Any] = st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
            max_leaves=5,
        )
        match kind:
            case "drop":
                body[at : at + 1] = []
            case "twice":
                body[at:at] = [body[at]]
            case "junk":
                body[at] = data.draw(st.binary(max_size=60))
            case "json":
                body[at] = json.dumps(data.draw(json_texts)).encode()
            case _:
                other = data.draw(st.integers(0, len(body) - 1))
                body[at], body[other] = body[other], body[at]
        if not body:
            body = [b""]
    lines = b"\n".join(body)
    if data.draw(st.booleans()):  # a forger counts anew
        kept = b"".join(line + b"\n" for line in body if b"sha256" not in line and line)
        lines = kept + f'{{"sha256": "{hashlib.sha256(kept).hexdigest()}"}}\n'.encode()
    path.write_bytes(gzip.compress(lines))
    sections: list[ZipCodes] = []
    with suppress(CodesFileRefused, CodesOfOtherProduct, CodesOfOtherService):
        sections = read(path)
    for section in sections:
        for identity, content in section.contents.items():
            assert content == content_for(identity)


# between checking and giving


def test_a_file_that_changes_after_it_was_checked_gives_nothing_of_what_is_new(path: Path) -> None:
    written(path)
    sections = read_pool_file(path, WANTED, Stop(), lambda _done, _total: None)
    written(path, [codes_of(macs(0, 4), salt="new"), SECTIONS[1]])
    with pytest.raises(CodesFileRefused) as refused:
        next(sections)
    assert refused.value.reason == "it changed while it was read"


def test_a_file_that_grows_after_it_was_checked_gives_nothing_of_what_is_new(path: Path) -> None:
    written(path)
    sections = read_pool_file(path, WANTED, Stop(), lambda _done, _total: None)
    written(path, [*SECTIONS, codes_of([mac(99)], 3)])
    with pytest.raises(CodesFileRefused):
        list(sections)


def test_a_stick_that_is_pulled_after_the_check_is_told(path: Path) -> None:
    sections = read_pool_file(written(path), WANTED, Stop(), lambda _done, _total: None)
    path.unlink()
    with pytest.raises(CodesFileRefused) as refused:
        next(sections)
    assert refused.value.reason == "No such file or directory"


@pytest.mark.parametrize("looks", [0, 1])
def test_reading_can_be_stopped(path: Path, looks: int) -> None:
    stop = Stop()
    sections = read_pool_file(written(path), WANTED, stop, lambda _done, _total: None) if looks else None
    stop.set()
    with pytest.raises(Stopped):
        next(sections or read_pool_file(path, WANTED, stop, lambda _done, _total: None))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other special files")
@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["a folder", "a pipe"])
def test_what_is_no_file_is_told(path: Path, make: Callable[[Path], None]) -> None:
    make(path)
    assert refusal(path) == "not a file"
