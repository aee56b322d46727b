"""Codes that people bring in files: the service's own zip, or another station's pool, told apart by what is in them."""

import contextlib
import dataclasses
import gzip
import io
import os
import sys
import zipfile
from pathlib import Path

import pytest

from gizqr_station.codes import code_files
from gizqr_station.codes.code_files import CodeFilesOnDisk
from gizqr_station.codes.pool_store import SqlPool
from gizqr_station.codes.range_codes import Check, ServiceRangeCodes
from gizqr_station.domain.code_failures import PictureUnreadable, ServiceUnreachable
from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.line_failures import FileNotWritten
from gizqr_station.domain.pool_failures import (
    CodeOnTwoDevices,
    CodesFileRefused,
    CodesOfOtherProduct,
    CodesOfOtherService,
    DecryptDiffers,
    ZipIncomplete,
)
from gizqr_station.domain.pooled_codes import BadMember, PoolAdded, ZipCodes
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.service.pictures import write_zip
from gizqr_station.workflows.code_fetch import FetchParts
from gizqr_station.workflows.code_files import import_codes
from gizqr_station.workflows.code_happenings import CodesDone
from gizqr_station.workflows.codes_seen import PooledScheme
from tests.codes.conftest import OpenPool
from tests.codes.issued_pictures import picture_of
from tests.codes.listed_service import ListedService
from tests.contracts.ledger_samples import MAC, OTHER_KEY, OTHER_MAC, PRODUCT_KEY, mac
from tests.contracts.pool_samples import OTHER_SERVICE, SERVICE, codes_of, content_for, macs
from tests.fakes import SteppingClock


@pytest.fixture
def pool(open_pool: OpenPool) -> SqlPool:
    return open_pool()


@pytest.fixture
def files(pool: SqlPool) -> CodeFilesOnDisk:
    return CodeFilesOnDisk(pool, SERVICE, SteppingClock())


def issued_zip(path: Path, *identities: Identity, key: str = PRODUCT_KEY, **pictures: bytes) -> Path:
    """As the real service makes them, without a sandbox's mark."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for identity in identities:
            archive.writestr(f"{key}/{identity.text}.png", picture_of(content_for(identity)))
        for name, picture in pictures.items():
            archive.writestr(f"{key}/{name.removeprefix('_')}.png", picture)
    return path


def read(files: CodeFilesOnDisk, path: Path, key: str = PRODUCT_KEY) -> list[ZipCodes]:
    return list(files.read(str(path), key, Stop(), lambda _done, _total: None))


def refusal(files: CodeFilesOnDisk, path: Path | str) -> tuple[str, str]:
    with pytest.raises(CodesFileRefused) as refused:
        files.read(str(path), PRODUCT_KEY, Stop(), lambda _done, _total: None)
    return refused.value.file, refused.value.reason


# zips


def test_a_zip_from_a_mail_gives_codes_that_bind(tmp_path: Path, files: CodeFilesOnDisk, pool: SqlPool) -> None:
    path = issued_zip(tmp_path / "from QA.zip", MAC, OTHER_MAC)
    (codes,) = read(files, path)
    assert codes.contents == {MAC: content_for(MAC), OTHER_MAC: content_for(OTHER_MAC)}
    assert (codes.zip.product_key, codes.zip.service, codes.zip.source) == (PRODUCT_KEY, SERVICE, CodeSource.SERVICE)
    assert (codes.zip.task, codes.zip.file, len(codes.zip.digest)) == ("", "from QA.zip", 64)
    assert pool.add(codes, Stop()) == PoolAdded(new=2)
    code = pool.code(PRODUCT_KEY, SERVICE, MAC)
    assert code is not None
    assert (code.content, code.source, code.task) == (content_for(MAC), CodeSource.POOL, "from QA.zip")


def test_a_sandboxs_zip_never_passes_for_one_that_binds(tmp_path: Path, files: CodeFilesOnDisk, pool: SqlPool) -> None:
    written = io.BytesIO()
    write_zip(written, PRODUCT_KEY, [MAC.text], lambda _identity: content_for(MAC), lambda: True)
    (tmp_path / "1.zip").write_bytes(written.getvalue())
    (codes,) = read(files, tmp_path / "1.zip")
    assert codes.zip.source is CodeSource.SANDBOX
    pool.add(codes, Stop())
    code = pool.code(PRODUCT_KEY, SERVICE, MAC)
    assert code is not None
    assert code.source is CodeSource.SANDBOX


def test_a_sandboxs_pictures_stay_its_own_in_a_zip_that_somebody_made_of_them(
    tmp_path: Path, files: CodeFilesOnDisk
) -> None:
    """Unpacked and packed again: the zip's own comment is lost, and one picture is a real one."""
    written = io.BytesIO()
    write_zip(written, PRODUCT_KEY, [MAC.text], lambda _identity: content_for(MAC), lambda: True)
    with zipfile.ZipFile(written) as archive:
        drawn = archive.read(f"{PRODUCT_KEY}/{MAC.text}.png")
    (codes,) = read(files, issued_zip(tmp_path / "again.zip", OTHER_MAC, _00911f500047=drawn))
    assert codes.zip.source is CodeSource.SANDBOX
    assert set(codes.contents) == {MAC, OTHER_MAC}


def test_the_name_of_a_file_says_nothing(tmp_path: Path, files: CodeFilesOnDisk) -> None:
    assert len(read(files, issued_zip(tmp_path / "shift.codes", MAC))) == 1


def test_a_picture_that_gives_no_code_is_named_and_the_others_are_good(tmp_path: Path, files: CodeFilesOnDisk) -> None:
    (codes,) = read(files, issued_zip(tmp_path / "1.zip", MAC, _00911f500048=b"no picture"))
    assert list(codes.contents) == [MAC]
    (bad,) = codes.bad
    assert bad.name == "00911f500048.png"
    assert isinstance(bad.failure, PictureUnreadable)


def test_another_products_zip_is_told_by_its_key(tmp_path: Path, files: CodeFilesOnDisk) -> None:
    path = issued_zip(tmp_path / "1.zip", MAC, key=OTHER_KEY)
    with pytest.raises(CodesOfOtherProduct) as refused:
        read(files, path)
    assert refused.value.values() == {"file": "1.zip", "product_key": OTHER_KEY}


def test_a_zip_of_something_else_is_refused(tmp_path: Path, files: CodeFilesOnDisk) -> None:
    with zipfile.ZipFile(tmp_path / "letter.docx", "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    told = refusal(files, tmp_path / "letter.docx")
    assert told == ("letter.docx", "this in it is no picture of a device: 'word/document.xml'")


def test_what_is_wrong_with_a_zip_is_said_in_plain_words(tmp_path: Path, files: CodeFilesOnDisk) -> None:
    whole = issued_zip(tmp_path / "1.zip", MAC, OTHER_MAC).read_bytes()
    (tmp_path / "1.zip").write_bytes(whole[:-300])
    assert refusal(files, tmp_path / "1.zip") == ("1.zip", "it is cut short, or it is no zip")
    (tmp_path / "1.zip").write_bytes(b"PK" + whole)
    assert refusal(files, tmp_path / "1.zip") == ("1.zip", "it is damaged (directory misplaced)")
    locked = bytearray(whole)
    for entry in (whole.index(b"PK\1\2"), whole.rindex(b"PK\1\2")):
        locked[entry + 8] |= 1
    (tmp_path / "1.zip").write_bytes(locked)
    assert refusal(files, tmp_path / "1.zip") == ("1.zip", "it is locked with a password")


def test_a_zip_that_is_too_large_is_not_read_to_its_end(
    tmp_path: Path, files: CodeFilesOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(code_files, "MOST_ZIP_BYTES", 2 << 20)
    (tmp_path / "1.zip").write_bytes(b"PK\3\4" + bytes(3 << 20))
    assert refusal(files, tmp_path / "1.zip") == ("1.zip", "larger than 2 MiB")


def test_progress_of_a_zip_is_told(tmp_path: Path, files: CodeFilesOnDisk) -> None:
    heard: list[tuple[int, int]] = []
    path = issued_zip(tmp_path / "1.zip", MAC, OTHER_MAC)
    list(files.read(str(path), PRODUCT_KEY, Stop(), lambda done, total: heard.append((done, total))))
    assert heard == [(1, 2), (2, 2)]


# what is neither


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "neither a zip nor a pool file"),
        (b"P", "neither a zip nor a pool file"),
        (b"mac,code\n00911f500047,x\n", "neither a zip nor a pool file"),
        (b"\x89PNG\r\n\x1a\n", "neither a zip nor a pool file"),
        (gzip.compress(b"mac,code\n", mtime=0), "it is not a pool file"),
    ],
)
def test_what_is_neither_is_told(tmp_path: Path, files: CodeFilesOnDisk, content: bytes, reason: str) -> None:
    (tmp_path / "list.csv").write_bytes(content)
    assert refusal(files, tmp_path / "list.csv") == ("list.csv", reason)


def test_what_cannot_be_read_is_told(tmp_path: Path, files: CodeFilesOnDisk) -> None:
    (tmp_path / "folder").mkdir()
    assert refusal(files, tmp_path / "folder") == ("folder", "not a file")
    assert refusal(files, tmp_path / "gone.zip") == ("gone.zip", "No such file or directory")
    assert refusal(files, "a\0b") == ("a\0b", "not a file")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path, files: CodeFilesOnDisk) -> None:
    os.mkfifo(tmp_path / "pipe.zip")
    assert refusal(files, tmp_path / "pipe.zip") == ("pipe.zip", "not a file")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, files: CodeFilesOnDisk) -> None:
    path = issued_zip(tmp_path / "1.zip", MAC)
    path.chmod(0)
    assert refusal(files, path) == ("1.zip", "Permission denied")


# pools


def carried(pool: SqlPool, path: Path) -> int:
    files = CodeFilesOnDisk(pool, SERVICE, SteppingClock())
    return files.write(str(path), PRODUCT_KEY, None, Stop(), lambda _done: None)


def test_a_pool_carried_to_another_station_is_the_same_pool(tmp_path: Path, open_pool: OpenPool) -> None:
    here, there = open_pool(tmp_path / "here"), open_pool(tmp_path / "there")
    here.add(codes_of(macs(0, 30)), Stop())
    here.add(codes_of(macs(40, 5), 2, source=CodeSource.SANDBOX), Stop())
    here.add(codes_of(macs(0, 5), 3, product_key=OTHER_KEY, salt="theirs"), Stop())
    here.add(codes_of(macs(50, 5), 4, service=OTHER_SERVICE), Stop())
    assert carried(here, tmp_path / "shift.codes") == 35
    brought = read(CodeFilesOnDisk(there, SERVICE, SteppingClock()), tmp_path / "shift.codes")
    added = [there.add(codes, Stop()) for codes in brought]
    assert sum(each.new for each in added) == 35
    assert list(there.zips(PRODUCT_KEY, SERVICE)) == list(here.zips(PRODUCT_KEY, SERVICE))
    for identity in [*macs(0, 30), *macs(40, 5)]:
        assert there.code(PRODUCT_KEY, SERVICE, identity) == here.code(PRODUCT_KEY, SERVICE, identity)
    assert there.count(OTHER_KEY, SERVICE) == there.count(PRODUCT_KEY, OTHER_SERVICE) == 0


def test_only_what_is_wanted_is_carried(tmp_path: Path, pool: SqlPool, files: CodeFilesOnDisk) -> None:
    pool.add(codes_of(macs(0, 30)), Stop())
    heard: list[int] = []
    ranges = [macs(5, 3), macs(20, 1), macs(29, 10)]
    assert files.write(str(tmp_path / "few.codes"), PRODUCT_KEY, ranges, Stop(), heard.append) == 5
    assert heard[-1] == 5
    (codes,) = read(files, tmp_path / "few.codes")
    assert list(codes.contents) == [mac(5), mac(6), mac(7), mac(20), mac(29)]


@pytest.mark.parametrize("ranges", [None, [], [macs(100, 5)]], ids=["all", "none", "others"])
def test_nothing_to_carry_makes_no_file(
    tmp_path: Path, files: CodeFilesOnDisk, ranges: list[IdentityRange] | None
) -> None:
    path = tmp_path / "out" / "few.codes"
    path.parent.mkdir()
    assert files.write(str(path), PRODUCT_KEY, ranges, Stop(), lambda _done: None) == 0
    assert list(path.parent.iterdir()) == []


def test_a_pool_of_another_service_is_told(tmp_path: Path, pool: SqlPool, files: CodeFilesOnDisk) -> None:
    pool.add(codes_of([MAC]), Stop())
    carried(pool, tmp_path / "shift.codes")
    with pytest.raises(CodesOfOtherService):
        read(CodeFilesOnDisk(pool, OTHER_SERVICE, SteppingClock()), tmp_path / "shift.codes")


def test_a_place_where_nothing_can_be_written_is_told(tmp_path: Path, pool: SqlPool) -> None:
    pool.add(codes_of([MAC]), Stop())
    with pytest.raises(FileNotWritten):
        carried(pool, tmp_path / "missing" / "shift.codes")


@pytest.mark.parametrize("kind", ["zip", "pool"])
def test_reading_can_be_stopped(tmp_path: Path, pool: SqlPool, files: CodeFilesOnDisk, kind: str) -> None:
    pool.add(codes_of([MAC]), Stop())
    path = tmp_path / "file"
    if kind == "zip":
        issued_zip(path, MAC)
    else:
        carried(pool, path)
    stop = Stop()
    stop.set()
    with pytest.raises(Stopped):
        files.read(str(path), PRODUCT_KEY, stop, lambda _done, _total: None)


def test_writing_can_be_stopped(tmp_path: Path, pool: SqlPool, files: CodeFilesOnDisk) -> None:
    pool.add(codes_of(macs(0, 300)), Stop())
    stop, out = Stop(), tmp_path / "out"
    out.mkdir()
    with pytest.raises(Stopped):
        files.write(str(out / "x"), PRODUCT_KEY, [macs(0, 100), macs(150, 100)], stop, lambda _done: stop.set())
    assert list(out.iterdir()) == []


# asked of the service


def accusing(*accused: Identity) -> Check:
    """Says that these codes are other devices'."""

    def check(codes: ZipCodes, stop: Stop) -> ZipCodes:
        stop.check()
        bad = [
            BadMember(f"{each}.png", DecryptDiffers(each.readable, "-")) for each in codes.contents if each in accused
        ]
        good = {each: content for each, content in codes.contents.items() if each not in accused}
        return dataclasses.replace(codes, contents=good, bad=(*codes.bad, *bad))

    return check


def away_at(number: int) -> Check:
    """Answers so many times, and is away then."""
    times = iter(range(1, number + 1))

    def check(codes: ZipCodes, _stop: Stop) -> ZipCodes:
        if next(times) == number:
            raise ServiceUnreachable(SERVICE)
        return codes

    return check


@pytest.fixture(params=["zip", "pool"])
def three(request: pytest.FixtureRequest, tmp_path: Path, open_pool: OpenPool) -> Path:
    """A file of three codes, as the service gives them away or as another station wrote them in two sections."""
    if request.param == "zip":
        return issued_zip(tmp_path / "mail.file", mac(0), mac(1), mac(2))
    there = open_pool(tmp_path / "there")
    there.add(codes_of(macs(0, 2)), Stop())
    there.add(codes_of(macs(2, 1), 2), Stop())
    carried(there, tmp_path / "mail.file")
    return tmp_path / "mail.file"


def imported(pool: SqlPool, path: Path, check: Check | None) -> CodesDone:
    files = CodeFilesOnDisk(pool, SERVICE, SteppingClock(), check=check)
    ranges = ServiceRangeCodes(ListedService(), SteppingClock(), pool)
    fetch = FetchParts(PRODUCT_KEY, pool, ranges, None, contextlib.nullcontext)
    return import_codes(PooledScheme(fetch, files, encrypted=False), str(path), Stop(), lambda _: None)


def test_codes_that_the_service_says_are_other_devices_are_not_taken_from_a_file(three: Path, pool: SqlPool) -> None:
    done = imported(pool, three, accusing(mac(1)))
    assert isinstance(done.failure, ZipIncomplete)
    assert (done.failure.bad, done.failure.first) == (1, f"{mac(1)}.png")
    assert pool.missing(PRODUCT_KEY, SERVICE, [macs(0, 3)], Stop()) == (macs(1, 1),)


def test_one_code_for_two_devices_is_told_with_both(tmp_path: Path, pool: SqlPool) -> None:
    """Beside a picture that gives nothing at all, which comes first in the zip."""
    pool.add(codes_of([OTHER_MAC]), Stop())
    theirs = picture_of(content_for(OTHER_MAC))
    path = issued_zip(tmp_path / "1.zip", _00911f500001=b"no picture", _00911f500047=theirs)
    done = imported(pool, path, None)
    assert isinstance(done.failure, CodeOnTwoDevices)
    told = {"file": "1.zip", "bad": 2, "identity": MAC.readable, "other": OTHER_MAC.readable}
    assert done.failure.values() == told
    assert pool.code(PRODUCT_KEY, SERVICE, MAC) is None


def test_a_service_that_cannot_be_asked_keeps_the_whole_file_out(three: Path, pool: SqlPool) -> None:
    sections = len(read(CodeFilesOnDisk(pool, SERVICE, SteppingClock()), three))
    done = imported(pool, three, away_at(sections))
    assert (type(done.failure), done.added) == (ServiceUnreachable, PoolAdded())
    assert pool.count(PRODUCT_KEY, SERVICE) == 0
    assert imported(pool, three, None).added == PoolAdded(3), "with the check off nobody is asked"
