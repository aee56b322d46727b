"""No harm to the pool's file ever gives a device another's code, and nothing is half written."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.failures import CodeFailure
from gizqr_station.domain.pool_failures import PoolNotWritten, PoolUnreadable
from gizqr_station.domain.pooled_codes import AskedTask, PoolAdded
from gizqr_station.domain.stop import Stop, Stopped
from tests.codes.conftest import OpenPool, changed
from tests.codes.pool_in_child import IN_A_ZIP
from tests.contracts.ledger_samples import MAC, PRODUCT_KEY, mac
from tests.contracts.pool_samples import SERVICE, codes_of, content_for, macs


@pytest.mark.parametrize("copies", [50, pytest.param(2000, marks=pytest.mark.slow)])
def test_flipped_bytes_never_give_a_device_another_code(
    pool_path: Path, tmp_path: Path, open_pool: OpenPool, copies: int
) -> None:
    identities = list(macs(0, 40))
    pool = open_pool()
    pool.add(codes_of(identities), Stop())
    pool.add(codes_of(macs(40, 10), 2), Stop())
    pool.asked(AskedTask(PRODUCT_KEY, SERVICE, "A..B", frozenset({("1", "1", "/static/zipfiles/1.zip")})))
    pool.begin_fetch("WO-7", PRODUCT_KEY, SERVICE, (macs(0, 5), macs(10, 1)))
    pool.close()
    whole = pool_path.read_bytes()
    chance = random.Random(copies)
    told = given = 0
    for number in range(copies):
        flipped = bytearray(whole)
        for _ in range(chance.choice((1, 3, 200))):
            flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
        copy = tmp_path / f"copy-{number}.sqlite"
        copy.write_bytes(flipped)
        try:
            harmed = open_pool(copy)
        except CodeFailure:
            told += 1
            continue
        for identity in identities:
            try:
                code = harmed.code(PRODUCT_KEY, SERVICE, identity)
            except CodeFailure:
                told += 1
                continue
            given += code is not None
            assert code is None or code.content == content_for(identity)
        for use in (
            lambda pool: pool.missing(PRODUCT_KEY, SERVICE, [macs(0, 50)], Stop()),
            lambda pool: [*pool.sections(PRODUCT_KEY, SERVICE, None, Stop())[1]],
            lambda pool: pool.zips(PRODUCT_KEY, SERVICE),
            lambda pool: pool.asked_before(PRODUCT_KEY, SERVICE, "A..B"),
            lambda pool: pool.fetches(PRODUCT_KEY, SERVICE),
            lambda pool: pool.holder(PRODUCT_KEY, SERVICE, content_for(identities[0])),
            lambda pool: pool.add(codes_of(macs(30, 30), 3, salt="new"), Stop()),
            lambda pool: pool.pause_interrupted_fetches(),
            lambda pool: pool.verify(),
        ):
            try:
                use(harmed)
            except CodeFailure:
                told += 1
        harmed.close()
        copy.unlink()
    assert told > copies / 4
    assert given > copies * 5


@pytest.mark.parametrize(
    "harm",
    [
        "content = substr(content, 1, 40) || 'A' || substr(content, 42)",
        "identity = '00911f000009'",
        "content = x'00ff'",
        "zip = (SELECT max(id) FROM zips)",
        "zip = 99",
        "issuer = 99",
        "seal = ''",
    ],
)
def test_a_code_that_was_changed_is_not_given_and_is_mended_by_the_next_one(
    pool_path: Path, open_pool: OpenPool, harm: str
) -> None:
    first, moved = mac(1), mac(9)
    pool = open_pool()
    pool.add(codes_of([first]), Stop())
    pool.add(codes_of([mac(2)], 2, source=CodeSource.SANDBOX), Stop())
    pool.close()
    changed(pool_path, f"UPDATE codes SET {harm} WHERE id = 1")
    harmed = open_pool()
    for identity in (first, moved):
        with suppress(PoolUnreadable):
            assert harmed.code(PRODUCT_KEY, SERVICE, identity) is None
    added = harmed.add(codes_of([first, moved], 3), Stop())
    assert (added.new, added.kept, added.refused) == (2, (), ())
    found = [harmed.code(PRODUCT_KEY, SERVICE, each) for each in (first, moved)]
    assert [code and code.content for code in found] == [content_for(first), content_for(moved)]


def test_a_text_that_is_none_is_told(pool_path: Path, open_pool: OpenPool) -> None:
    pool = open_pool()
    pool.add(codes_of([MAC]), Stop())
    pool.close()
    changed(pool_path, "UPDATE codes SET content = CAST(x'ff' AS TEXT)")
    with pytest.raises(PoolUnreadable, match="decode"):
        open_pool().code(PRODUCT_KEY, SERVICE, MAC)


class StopAfter(Stop):
    """Asked for while the n-th part of something is under way."""

    def __init__(self, looks: int) -> None:
        super().__init__()
        self.looks = looks

    def check(self) -> None:
        self.looks -= 1
        if self.looks < 0:
            self.set()
        super().check()


def test_a_zip_that_is_stopped_in_its_middle_leaves_nothing(open_pool: OpenPool) -> None:
    pool = open_pool()
    with pytest.raises(Stopped):
        pool.add(codes_of(macs(0, 3000)), StopAfter(5))
    assert pool.count(PRODUCT_KEY, SERVICE) == 0
    assert list(pool.zips(PRODUCT_KEY, SERVICE)) == []
    assert pool.add(codes_of(macs(0, 3000)), StopAfter(50)) == PoolAdded(new=3000)


def test_a_full_disk_is_told_and_what_was_in_stays(small_disk: Path, open_pool: OpenPool) -> None:
    pool = open_pool(small_disk / "codes.sqlite")
    added: list[int] = []

    def fill() -> None:
        added.extend(pool.add(codes_of(macs(first, 500), first), Stop()).new for first in range(0, 10_000, 500))

    with pytest.raises(PoolNotWritten, match="full"):
        fill()
    assert pool.count(PRODUCT_KEY, SERVICE) == sum(added) > 0
    pool.verify()
    code = pool.code(PRODUCT_KEY, SERVICE, mac(0))
    assert code is not None
    assert code.content == content_for(mac(0))


@pytest.fixture
def programs(pool_path: Path) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "tests.codes.pool_in_child", str(pool_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        yield parent
        parent.communicate(timeout=20)


def killed_at_work(programs: "subprocess.Popen[str]", zips: int, seconds: float) -> list[int]:
    """Kill so long after it has said so often that the pool took a zip; what it said."""
    assert programs.stdin is not None
    assert programs.stdout is not None
    programs.stdin.write("\n")
    programs.stdin.flush()
    child, said = 0, list[int]()
    while not child or len(said) < zips:
        word, _, number = programs.stdout.readline().rpartition(" ")
        if word == "child":
            child = int(number)
        else:
            said.append(int(number))
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    while (line := programs.stdout.readline()) != "gone\n":
        said.append(int(line))
    return said


@pytest.mark.skipif(sys.platform == "win32", reason="the program to kill forks")
@pytest.mark.parametrize("kills", [20, pytest.param(300, marks=pytest.mark.slow)])
def test_a_program_killed_in_the_middle_of_a_zip_leaves_all_of_it_or_nothing(
    programs: "subprocess.Popen[str]", open_pool: OpenPool, kills: int
) -> None:
    chance = random.Random(kills)
    promised = 0
    for _ in range(kills):
        said = killed_at_work(programs, chance.randint(0, 2), chance.uniform(0, 0.04))
        promised = max([promised, *said])
        pool = open_pool()
        pool.verify()
        zips = pool.zips(PRODUCT_KEY, SERVICE, limit=10_000)
        assert {count for _, count in zips} <= {IN_A_ZIP}
        assert pool.count(PRODUCT_KEY, SERVICE) == IN_A_ZIP * len(zips) >= IN_A_ZIP * promised
        all_promised = [macs(0, IN_A_ZIP * promised)] if promised else []
        assert pool.missing(PRODUCT_KEY, SERVICE, all_promised, Stop()) == ()
        pool.close()
    assert promised > kills / 2
