"""Codes for the line: from the pool without a byte to the network, else from the service and then in the pool."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from gizqr_station.codes.pooled_provider import PooledCodes
from gizqr_station.domain.code_failures import (
    CodeMalformed,
    CodeNotUnique,
    PictureUnreadable,
    ServiceUnreachable,
    ZipRefused,
)
from gizqr_station.domain.codes import CodeSource, IssuedCode
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.pool_failures import PoolBusy, PoolNotWritten, PoolUnreadable
from gizqr_station.domain.pooled_codes import AskedTask, BadMember, ZipCodes
from gizqr_station.domain.product import Product
from gizqr_station.domain.stop import Stop, Stopped
from tests.contracts.ledger_samples import MAC, OTHER_MAC, PRODUCT_KEY
from tests.contracts.pool_samples import OTHER_SERVICE, SERVICE, codes_of, content_for, macs, zip_from
from tests.fake_pool import FakePool

PRODUCT = Product(PRODUCT_KEY, "Smart Plug")
TASK = "00911f500047..00911f500047"
NOT_WRITTEN = PoolNotWritten("codes.sqlite", "disk full")
UNREADABLE = PoolUnreadable("codes.sqlite", "damaged")


@dataclass
class ScriptedRanges:
    """RangeCodes that answer as told, and remember what they were asked."""

    answer: ZipCodes | Failure = field(default_factory=lambda: codes_of([MAC], 7))
    before: Callable[[], object] = lambda: None
    asked: list[str] = field(default_factory=list)
    service: str = SERVICE

    def codes_of(self, product_key: str, cut: IdentityRange, stop: Stop, opened: Callable[[int], None]) -> ZipCodes:
        self.asked.append(str(cut))
        self.before()
        if isinstance(self.answer, Failure):
            raise self.answer
        opened(len(cut))
        return self.answer


@pytest.fixture
def pool() -> FakePool:
    """With a task that the service has, as if it was asked for in another life of the program."""
    pool = FakePool()
    pool.asked(AskedTask(PRODUCT_KEY, SERVICE, TASK, frozenset()))
    return pool


@pytest.fixture
def ranges() -> ScriptedRanges:
    return ScriptedRanges()


def code_for(pool: FakePool, ranges: ScriptedRanges) -> IssuedCode:
    return PooledCodes(pool, ranges, lambda _stop: None).code_for(PRODUCT, MAC, Stop())


def waits(pool: FakePool) -> bool:
    """Whether the task is still to be taken."""
    return pool.asked_before(PRODUCT_KEY, SERVICE, TASK) is not None


def test_a_code_of_the_pool_needs_no_network(pool: FakePool, ranges: ScriptedRanges) -> None:
    pool.add(codes_of([MAC, OTHER_MAC]), Stop())
    code = code_for(pool, ranges)
    assert (code.content, code.identity, code.source) == (content_for(MAC), MAC, CodeSource.POOL)
    assert ranges.asked == []


def test_a_sandboxs_code_of_the_pool_says_so(pool: FakePool, ranges: ScriptedRanges) -> None:
    pool.add(codes_of([MAC], source=CodeSource.SANDBOX), Stop())
    assert code_for(pool, ranges).source is CodeSource.SANDBOX


@pytest.mark.parametrize("source", [CodeSource.SERVICE, CodeSource.SANDBOX])
def test_what_is_not_in_the_pool_comes_from_the_service_and_is_kept(pool: FakePool, source: CodeSource) -> None:
    ranges = ScriptedRanges(codes_of([MAC], 7, source=source))
    code = code_for(pool, ranges)
    assert (code.content, code.source, code.task) == (content_for(MAC), source, "/static/zipfiles/7.zip")
    assert code.service == SERVICE
    assert ranges.asked == [TASK]
    assert not waits(pool)
    again = code_for(pool, ranges)
    assert (again.content, ranges.asked) == (code.content, [TASK])


def test_another_services_code_is_not_used(pool: FakePool, ranges: ScriptedRanges) -> None:
    pool.add(codes_of([MAC], service=OTHER_SERVICE, salt="theirs"), Stop())
    assert code_for(pool, ranges).content == content_for(MAC)
    assert ranges.asked == [TASK]


def test_what_the_service_says_is_passed_on_and_its_task_stays_to_be_taken(pool: FakePool) -> None:
    unplugged = ServiceUnreachable(SERVICE)
    with pytest.raises(ServiceUnreachable):
        code_for(pool, ScriptedRanges(unplugged))
    assert waits(pool)


def test_a_bit_that_flipped_on_the_disk_is_not_printed(
    pool: FakePool, ranges: ScriptedRanges, caplog: pytest.LogCaptureFixture
) -> None:
    pool.add(ZipCodes(zip_from(), {MAC: content_for(MAC)[:-4]}), Stop())
    assert code_for(pool, ranges).content == content_for(MAC)
    assert ranges.asked == [TASK]
    assert "is not used" in caplog.text


def test_a_pool_that_cannot_be_read_does_not_stop_the_line(
    pool: FakePool, ranges: ScriptedRanges, caplog: pytest.LogCaptureFixture
) -> None:
    pool.unreadable = UNREADABLE
    assert code_for(pool, ranges).content == content_for(MAC)
    assert "E-COD-30" in caplog.text


def test_a_pool_that_is_locked_does_not_stop_the_line(pool: FakePool, ranges: ScriptedRanges) -> None:
    pool.unreadable = PoolBusy("codes.sqlite")
    assert code_for(pool, ranges).content == content_for(MAC)


def test_a_task_is_settled_where_the_ranges_remember_it(pool: FakePool) -> None:
    journal = FakePool()
    journal.asked(AskedTask(PRODUCT_KEY, SERVICE, TASK, frozenset()))
    PooledCodes(pool, ScriptedRanges(), lambda _stop: None, journal=journal).code_for(PRODUCT, MAC, Stop())
    assert not waits(journal)


def test_a_pool_that_cannot_be_written_does_not_stop_the_line_and_leaves_the_task_to_be_taken(
    pool: FakePool, ranges: ScriptedRanges, caplog: pytest.LogCaptureFixture
) -> None:
    pool.failing = NOT_WRITTEN
    assert code_for(pool, ranges).content == content_for(MAC)
    assert "E-COD-31" in caplog.text
    assert waits(pool)


def test_where_another_lane_was_quicker_its_code_counts(pool: FakePool) -> None:
    ranges = ScriptedRanges(codes_of([MAC], 8, salt="ours"))
    ranges.before = lambda: pool.add(codes_of([MAC], 7, salt="theirs"), Stop())
    code = code_for(pool, ranges)
    assert (code.content, code.source) == (content_for(MAC, "theirs"), CodeSource.POOL)


def test_another_devices_code_is_never_given(pool: FakePool) -> None:
    pool.add(codes_of([OTHER_MAC]), Stop())
    with pytest.raises(CodeNotUnique) as refused:
        code_for(pool, ScriptedRanges(ZipCodes(zip_from(7), {MAC: content_for(OTHER_MAC)})))
    assert refused.value.values() == {"identity": "00:91:1F:50:00:47", "other": "00:91:1F:50:00:48"}
    assert not waits(pool)


def test_a_picture_that_gives_no_code_is_told_and_its_task_is_not_looked_for_again(pool: FakePool) -> None:
    bad = BadMember("00911f500047.png", PictureUnreadable("00911f500047.png", "0 codes"))
    with pytest.raises(PictureUnreadable):
        code_for(pool, ScriptedRanges(ZipCodes(zip_from(7), {}, (bad,))))
    assert not waits(pool)


@pytest.mark.parametrize(
    ("contents", "failure"),
    [({}, ZipRefused), ({OTHER_MAC: content_for(OTHER_MAC)}, ZipRefused), ({MAC: "hello"}, CodeMalformed)],
    ids=["nobody", "another", "no code"],
)
def test_an_answer_without_this_devices_code_is_refused(
    pool: FakePool, contents: dict[object, str], failure: type[Failure]
) -> None:
    with pytest.raises(failure):
        code_for(pool, ScriptedRanges(ZipCodes(zip_from(7), contents)))  # type: ignore[arg-type]
    assert pool.count(PRODUCT_KEY, SERVICE) == 0


def test_stopped_is_passed_on(pool: FakePool, ranges: ScriptedRanges) -> None:
    stop = Stop()
    stop.set()
    with pytest.raises(Stopped):
        PooledCodes(pool, ranges, lambda _stop: None).code_for(PRODUCT, MAC, stop)
    assert ranges.asked == []


def test_whether_codes_can_be_had_is_asked_of_the_service_alone(pool: FakePool, ranges: ScriptedRanges) -> None:
    pool.add(codes_of(macs(0, 5)), Stop())
    unplugged = ServiceUnreachable(SERVICE)
    assert PooledCodes(pool, ranges, lambda _stop: unplugged).reachable(Stop()) is unplugged
    assert PooledCodes(pool, ranges, lambda _stop: None).reachable(Stop()) is None
