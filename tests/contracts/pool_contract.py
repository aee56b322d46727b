"""What every CodePool does: an identity has one code, a code one identity, and what was asked for is remembered."""

from collections.abc import Callable

import pytest

from gizqr_station.domain.code_failures import CodeNotUnique, CodeRejected
from gizqr_station.domain.codes import CodeSource, IssuedCode
from gizqr_station.domain.identity import Identity, Imei, MacAddress
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.pool_failures import FetchUnderWay, FetchUnknown
from gizqr_station.domain.pooled_codes import AskedTask, FetchState, PoolAdded, ZipCodes
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.workflows.code_ports import CodePool
from tests.contracts.ledger_samples import MAC, OTHER_KEY, OTHER_MAC, PRODUCT_KEY, mac
from tests.contracts.pool_samples import (
    NOON,
    OTHER_SERVICE,
    SERVICE,
    codes_of,
    content_for,
    macs,
    zip_from,
)

PoolOpener = Callable[[], CodePool]
"""Opens the same pool each time it is called."""
IMEI = Imei.parse("861193040496508")
TASK = "00911f500047..00911f500048"


def missing(pool: CodePool, *ranges: IdentityRange) -> list[str]:
    return [str(each) for each in pool.missing(PRODUCT_KEY, SERVICE, ranges, Stop())]


class PoolContract:
    """Subclass it and give it the fixture ``opener``."""

    @pytest.fixture
    def pool(self, opener: PoolOpener) -> CodePool:
        return opener()

    # codes

    def test_an_empty_pool_has_nothing(self, pool: CodePool) -> None:
        assert pool.code(PRODUCT_KEY, SERVICE, MAC) is None
        assert pool.origin(PRODUCT_KEY, SERVICE, MAC) is None
        assert pool.holder(PRODUCT_KEY, SERVICE, content_for(MAC)) is None
        assert pool.count(PRODUCT_KEY, SERVICE) == 0
        assert list(pool.zips(PRODUCT_KEY, SERVICE)) == []
        assert list(pool.fetches(PRODUCT_KEY, SERVICE)) == []

    @pytest.mark.parametrize(
        "identity",
        [MAC, IMEI, MacAddress.parse("001122334455"), MacAddress.parse("02aabbccddee", local_macs=True)],
        ids=str,
    )
    def test_a_code_comes_back_after_a_restart_with_where_it_came_from(
        self, opener: PoolOpener, identity: Identity
    ) -> None:
        codes = codes_of([identity])
        assert opener().add(codes, Stop()) == PoolAdded(new=1)
        again = opener()
        found = again.code(PRODUCT_KEY, SERVICE, identity)
        content = content_for(identity)
        assert found == IssuedCode(content, identity, CodeSource.POOL, codes.zip.at, "/static/zipfiles/1.zip", SERVICE)
        assert again.origin(PRODUCT_KEY, SERVICE, identity) == codes.zip
        assert again.holder(PRODUCT_KEY, SERVICE, content) == identity

    def test_a_sandboxs_code_stays_a_sandboxs(self, opener: PoolOpener) -> None:
        opener().add(codes_of([MAC], source=CodeSource.SANDBOX), Stop())
        found = opener().code(PRODUCT_KEY, SERVICE, MAC)
        assert found is not None
        assert found.source is CodeSource.SANDBOX

    def test_a_code_that_turns_out_to_be_a_sandboxs_is_one_from_then_on(self, pool: CodePool) -> None:
        pool.add(codes_of([MAC, OTHER_MAC], 1), Stop())
        assert pool.add(codes_of([MAC], 2, source=CodeSource.SANDBOX), Stop()) == PoolAdded(same=1)
        assert pool.add(codes_of([MAC], 3), Stop()) == PoolAdded(same=1)
        sources = [pool.code(PRODUCT_KEY, SERVICE, each) for each in (MAC, OTHER_MAC)]
        assert [code and code.source for code in sources] == [CodeSource.SANDBOX, CodeSource.POOL]
        origin = pool.origin(PRODUCT_KEY, SERVICE, MAC)
        assert origin is not None
        assert origin.file == "/static/zipfiles/2.zip"

    def test_a_genuine_code_takes_the_place_of_a_sandboxs(self, opener: PoolOpener) -> None:
        pool = opener()
        by_mistake = codes_of([MAC, OTHER_MAC], 1, salt="sandbox", source=CodeSource.SANDBOX, task="")
        pool.add(by_mistake, Stop())
        assert pool.add(codes_of([MAC], 2), Stop()) == PoolAdded(new=1)
        again = opener()
        found = again.code(PRODUCT_KEY, SERVICE, MAC)
        assert found is not None
        assert (found.content, found.source, found.task) == (
            content_for(MAC),
            CodeSource.POOL,
            "/static/zipfiles/2.zip",
        )
        assert again.holder(PRODUCT_KEY, SERVICE, content_for(MAC)) == MAC
        assert again.holder(PRODUCT_KEY, SERVICE, content_for(MAC, "sandbox")) is None
        assert dict(again.zips(PRODUCT_KEY, SERVICE))[zip_from(2)] == 1

    def test_no_other_code_takes_the_place_of_one(self, pool: CodePool) -> None:
        pool.add(codes_of([MAC], 1), Stop())
        pool.add(codes_of([OTHER_MAC], 2, salt="first", source=CodeSource.SANDBOX), Stop())
        late = codes_of([MAC, OTHER_MAC], 3, salt="late", source=CodeSource.SANDBOX)
        assert pool.add(late, Stop()) == PoolAdded(kept=(MAC, OTHER_MAC))
        found = [pool.code(PRODUCT_KEY, SERVICE, each) for each in (MAC, OTHER_MAC)]
        assert [code and code.content for code in found] == [content_for(MAC), content_for(OTHER_MAC, "first")]

    def test_a_genuine_code_that_is_another_devices_takes_no_place(self, pool: CodePool) -> None:
        pool.add(codes_of([MAC], 1, salt="sandbox", source=CodeSource.SANDBOX, task=""), Stop())
        pool.add(codes_of([OTHER_MAC], 2), Stop())
        added = pool.add(ZipCodes(zip_from(3), {MAC: content_for(OTHER_MAC)}), Stop())
        assert (added.new, [each.name for each in added.refused]) == (0, ["00911f500047.png"])
        found = pool.code(PRODUCT_KEY, SERVICE, MAC)
        assert found is not None
        assert found.source is CodeSource.SANDBOX

    def test_products_and_services_are_kept_apart(self, pool: CodePool) -> None:
        pool.add(codes_of([MAC]), Stop())
        pool.add(codes_of([OTHER_MAC], service=OTHER_SERVICE), Stop())
        assert pool.code(OTHER_KEY, SERVICE, MAC) is None
        assert pool.code(PRODUCT_KEY, OTHER_SERVICE, MAC) is None
        assert pool.code(PRODUCT_KEY, SERVICE, OTHER_MAC) is None
        assert pool.holder(PRODUCT_KEY, OTHER_SERVICE, content_for(MAC)) is None
        assert [pool.count(PRODUCT_KEY, each) for each in (SERVICE, OTHER_SERVICE)] == [1, 1]
        assert pool.count(OTHER_KEY, SERVICE) == 0

    def test_an_identity_keeps_its_first_code(self, pool: CodePool) -> None:
        pool.add(codes_of([MAC], 1), Stop())
        assert pool.add(codes_of([OTHER_MAC, MAC], 2, salt="other"), Stop()) == PoolAdded(new=1, kept=(MAC,))
        found = pool.code(PRODUCT_KEY, SERVICE, MAC)
        assert found is not None
        assert (found.content, found.task) == (content_for(MAC), "/static/zipfiles/1.zip")

    def test_the_same_zip_again_changes_nothing(self, pool: CodePool) -> None:
        pool.add(codes_of(macs(0, 3)), Stop())
        assert pool.add(codes_of(macs(0, 3)), Stop()) == PoolAdded(same=3)
        assert [(each.file, count) for each, count in pool.zips(PRODUCT_KEY, SERVICE)] == [
            ("/static/zipfiles/1.zip", 3)
        ]

    def test_another_devices_content_never_gets_in(self, pool: CodePool) -> None:
        pool.add(codes_of([MAC]), Stop())
        added = pool.add(ZipCodes(zip_from(2), {OTHER_MAC: content_for(MAC), mac(9): content_for(mac(9))}), Stop())
        assert (added.new, added.same, added.kept) == (1, 0, ())
        (refused,) = added.refused
        assert refused.name == "00911f500048.png"
        assert isinstance(refused.failure, CodeNotUnique)
        assert refused.failure.values() == {"identity": "00:91:1F:50:00:48", "other": "00:91:1F:50:00:47"}
        assert pool.code(PRODUCT_KEY, SERVICE, OTHER_MAC) is None

    def test_a_content_that_two_devices_of_a_zip_have_is_neithers(self, pool: CodePool) -> None:
        added = pool.add(ZipCodes(zip_from(), {MAC: content_for(MAC), OTHER_MAC: content_for(MAC)}), Stop())
        assert (added.new, [each.name for each in added.refused]) == (0, ["00911f500047.png", "00911f500048.png"])
        assert pool.count(PRODUCT_KEY, SERVICE) == 0
        assert list(pool.zips(PRODUCT_KEY, SERVICE)) == []

    def test_a_content_of_another_product_never_gets_in(self, pool: CodePool) -> None:
        pool.add(codes_of([MAC]), Stop())
        added = pool.add(codes_of([MAC], product_key=OTHER_KEY), Stop())
        assert (added.new, [each.name for each in added.refused]) == (0, ["00911f500047.png"])
        assert pool.code(OTHER_KEY, SERVICE, MAC) is None

    def test_the_same_service_may_come_to_have_another_address(self, pool: CodePool) -> None:
        pool.add(codes_of([MAC]), Stop())
        assert pool.add(codes_of([MAC], service=OTHER_SERVICE), Stop()) == PoolAdded(new=1)

    def test_nothing_of_a_zip_is_kept_when_it_is_stopped(self, pool: CodePool) -> None:
        stop = Stop()
        stop.set()
        with pytest.raises(Stopped):
            pool.add(codes_of(macs(0, 5)), stop)
        assert pool.count(PRODUCT_KEY, SERVICE) == 0

    # rejected codes

    def test_a_rejected_code_is_never_given_or_taken_again(self, opener: PoolOpener) -> None:
        pool = opener()
        pool.add(codes_of(macs(0, 3)), Stop())
        assert not pool.rejected(PRODUCT_KEY, content_for(mac(1)))
        pool.reject(PRODUCT_KEY, SERVICE, content_for(mac(1)), "E-COD-58")
        pool.reject(PRODUCT_KEY, SERVICE, content_for(mac(1)), "other_device")
        again = opener()
        assert again.rejected(PRODUCT_KEY, content_for(mac(1)))
        assert not again.rejected(PRODUCT_KEY, content_for(mac(0)))
        assert not again.rejected(OTHER_KEY, content_for(mac(1)))
        assert again.code(PRODUCT_KEY, SERVICE, mac(1)) is None
        assert again.origin(PRODUCT_KEY, SERVICE, mac(1)) is None
        assert again.holder(PRODUCT_KEY, SERVICE, content_for(mac(1))) is None
        assert (missing(again, macs(0, 3)), again.count(PRODUCT_KEY, SERVICE)) == (["00911f000001..00911f000001"], 2)
        added = again.add(codes_of(macs(0, 3), 2), Stop())
        assert (added.new, added.same, added.kept) == (0, 2, ())
        assert [(each.name, type(each.failure)) for each in added.refused] == [("00911f000001.png", CodeRejected)]
        assert again.add(codes_of([mac(1)], 3, salt="new"), Stop()) == PoolAdded(new=1)
        found = opener().code(PRODUCT_KEY, SERVICE, mac(1))
        assert found is not None
        assert found.content == content_for(mac(1), "new")

    def test_a_code_is_rejected_under_every_address_of_its_product(self, pool: CodePool) -> None:
        pool.add(codes_of([MAC]), Stop())
        pool.add(codes_of([MAC], service=OTHER_SERVICE), Stop())
        pool.reject(PRODUCT_KEY, SERVICE, content_for(MAC), "E-COD-58")
        assert pool.code(PRODUCT_KEY, OTHER_SERVICE, MAC) is None
        assert pool.add(codes_of([MAC], 2, service=OTHER_SERVICE), Stop()).new == 0

    def test_a_code_that_was_never_in_the_pool_is_rejected_all_the_same(self, pool: CodePool) -> None:
        pool.reject(PRODUCT_KEY, SERVICE, content_for(MAC), "E-COD-58")
        assert pool.rejected(PRODUCT_KEY, content_for(MAC))
        assert pool.add(codes_of([MAC]), Stop()).new == 0

    # zips

    def test_zips_are_told_newest_first_with_what_each_brought(self, pool: CodePool) -> None:
        pool.add(codes_of(macs(0, 3), 2), Stop())
        pool.add(codes_of(macs(0, 5), 3), Stop())
        pool.add(codes_of(macs(10, 1), 1), Stop())
        pool.add(codes_of(macs(20, 1), 4, product_key=OTHER_KEY), Stop())
        told = [(each.file, count) for each, count in pool.zips(PRODUCT_KEY, SERVICE)]
        assert told == [("/static/zipfiles/3.zip", 2), ("/static/zipfiles/2.zip", 3), ("/static/zipfiles/1.zip", 1)]
        assert [each for each, _ in pool.zips(PRODUCT_KEY, SERVICE, limit=1)] == [zip_from(3)]

    def test_of_two_zips_of_one_moment_the_later_one_comes_first(self, pool: CodePool) -> None:
        pool.add(codes_of(macs(0, 1), 1, at=NOON), Stop())
        pool.add(codes_of(macs(1, 1), 2, at=NOON), Stop())
        assert [each.file[-5:] for each, _ in pool.zips(PRODUCT_KEY, SERVICE)] == ["2.zip", "1.zip"]

    # what is missing

    def test_everything_is_missing_from_an_empty_pool(self, pool: CodePool) -> None:
        assert missing(pool, macs(0x47, 2)) == ["00911f000047..00911f000048"]

    def test_nothing_is_missing_of_no_ranges(self, pool: CodePool) -> None:
        assert missing(pool) == []

    def test_gaps_are_told_as_the_fewest_ranges(self, pool: CodePool) -> None:
        pool.add(codes_of([mac(2), mac(3), mac(9)]), Stop())
        assert missing(pool, macs(0, 10)) == ["00911f000000..00911f000001", "00911f000004..00911f000008"]
        assert missing(pool, macs(2, 2)) == []
        assert missing(pool, macs(9, 1), macs(3, 2), macs(5, 2)) == ["00911f000004..00911f000006"]

    def test_ranges_that_overlap_count_once(self, pool: CodePool) -> None:
        pool.add(codes_of([mac(5)]), Stop())
        ranges = (macs(4, 4), macs(0, 6), macs(4, 4), macs(5, 1), macs(2, 10))
        assert missing(pool, *ranges) == ["00911f000000..00911f000004", "00911f000006..00911f00000b"]

    def test_gaps_among_imeis_are_counted_by_their_first_fourteen_digits(self, pool: CodePool) -> None:
        ten = IdentityRange(IMEI, Imei.parse("861193040496599"))
        middle = Imei.parse("861193040496532")
        pool.add(codes_of([middle]), Stop())
        assert len(ten) == 10
        assert missing(pool, ten) == ["861193040496508..861193040496524", "861193040496540..861193040496599"]

    def test_macs_and_imeis_whose_texts_lie_between_each_other_are_not_mixed_up(self, pool: CodePool) -> None:
        near = MacAddress.parse("861193040497", local_macs=True)
        pool.add(codes_of([near]), Stop())
        assert missing(pool, IdentityRange(IMEI, Imei.parse("861193040498009"))) == ["861193040496508..861193040498009"]
        around = IdentityRange(
            MacAddress.parse("861193040496", local_macs=True), MacAddress.parse("861193040498", local_macs=True)
        )
        pool.add(codes_of([Imei.parse("861193040497001")], 2), Stop())
        assert missing(pool, around) == ["861193040496..861193040496", "861193040498..861193040498"]

    def test_an_imei_whose_text_lies_in_a_gap_does_not_fill_it(self, pool: CodePool) -> None:
        first, gap, last = (MacAddress.parse(f"86119304049{digit}", local_macs=True) for digit in "678")
        pool.add(codes_of([first, last, Imei.parse("861193040497001")]), Stop())
        assert missing(pool, IdentityRange(first, last)) == [f"{gap}..{gap}"]

    def test_macs_come_before_imeis(self, pool: CodePool) -> None:
        assert missing(pool, IdentityRange(IMEI, IMEI), macs(1, 1)) == [
            "00911f000001..00911f000001",
            "861193040496508..861193040496508",
        ]

    def test_what_another_product_or_service_has_is_missing_here(self, pool: CodePool) -> None:
        pool.add(codes_of(macs(0, 2), product_key=OTHER_KEY), Stop())
        pool.add(codes_of(macs(0, 2), service=OTHER_SERVICE, salt="theirs"), Stop())
        assert missing(pool, macs(0, 2)) == ["00911f000000..00911f000001"]

    def test_codes_of_a_sandbox_that_a_person_brought_are_gaps(self, pool: CodePool) -> None:
        pool.add(codes_of(macs(0, 3), 1), Stop())
        pool.add(codes_of(macs(3, 3), 2, source=CodeSource.SANDBOX, task=""), Stop())
        singles = [macs(number, 1) for number in (1, 2, 4, 5)]
        assert missing(pool, macs(0, 8)) == ["00911f000003..00911f000007"]
        assert missing(pool, *singles) == ["00911f000004..00911f000005"]
        assert missing(pool, macs(3, 2)) == ["00911f000003..00911f000004"]
        assert pool.count(PRODUCT_KEY, SERVICE) == 3

    def test_codes_that_were_fetched_from_a_sandbox_count_there(self, pool: CodePool) -> None:
        pool.add(codes_of(macs(0, 3), 1, source=CodeSource.SANDBOX), Stop())
        pool.add(codes_of(macs(3, 1), 2, source=CodeSource.SANDBOX, task=""), Stop())
        pool.add(codes_of(macs(5, 1), 3, task=""), Stop())
        assert missing(pool, macs(0, 6)) == ["00911f000004..00911f000004"]
        assert pool.count(PRODUCT_KEY, SERVICE) == 5

    def test_a_sandboxs_codes_no_longer_count_where_a_service_answers_in_its_place(self, pool: CodePool) -> None:
        pool.add(codes_of(macs(0, 3), 1, source=CodeSource.SANDBOX), Stop())
        pool.add(codes_of(macs(0, 1), 1, source=CodeSource.SANDBOX, product_key=OTHER_KEY, salt="theirs"), Stop())
        pool.add(codes_of(macs(3, 1), 2), Stop())
        assert missing(pool, macs(0, 4)) == ["00911f000000..00911f000002"]
        assert [pool.count(key, SERVICE) for key in (PRODUCT_KEY, OTHER_KEY)] == [1, 1]

    def test_looking_for_gaps_can_be_stopped(self, pool: CodePool) -> None:
        stop = Stop()
        stop.set()
        with pytest.raises(Stopped):
            pool.missing(PRODUCT_KEY, SERVICE, [macs(0, 5)], stop)

    # tasks

    def test_a_task_that_was_asked_is_known_after_a_restart(self, opener: PoolOpener) -> None:
        known = frozenset({("1495077738", "1495077738", "/static/zipfiles/1474.zip"), ("1", "2", "")})
        asked = AskedTask(PRODUCT_KEY, SERVICE, TASK, known)
        opener().asked(asked)
        assert opener().asked_before(PRODUCT_KEY, SERVICE, TASK) == asked
        accepted = AskedTask(PRODUCT_KEY, SERVICE, TASK, frozenset(), accepted_at=NOON)
        opener().asked(accepted)
        assert opener().asked_before(PRODUCT_KEY, SERVICE, TASK) == accepted

    def test_a_task_that_is_settled_is_forgotten_and_no_other(self, pool: CodePool) -> None:
        for key, service, task in (
            (PRODUCT_KEY, SERVICE, TASK),
            (OTHER_KEY, SERVICE, TASK),
            (PRODUCT_KEY, OTHER_SERVICE, TASK),
            (PRODUCT_KEY, SERVICE, "00911f500047..00911f500047"),
        ):
            pool.asked(AskedTask(key, service, task, frozenset({("1", "1", "/static/zipfiles/1.zip")})))
        pool.settled(PRODUCT_KEY, SERVICE, TASK)
        pool.settled(PRODUCT_KEY, SERVICE, TASK)
        assert pool.asked_before(PRODUCT_KEY, SERVICE, TASK) is None
        assert pool.asked_before(OTHER_KEY, SERVICE, TASK) is not None
        assert pool.asked_before(PRODUCT_KEY, OTHER_SERVICE, TASK) is not None
        assert pool.asked_before(PRODUCT_KEY, SERVICE, "00911f500047..00911f500047") is not None

    # fetches

    def test_a_fetch_is_kept_over_a_restart(self, opener: PoolOpener) -> None:
        ranges = (macs(0, 5), IdentityRange(IMEI, IMEI))
        begun = opener().begin_fetch("WO-7", PRODUCT_KEY, SERVICE, ranges)
        assert (begun.number, begun.name, begun.ranges, begun.state) == (1, "WO-7", ranges, FetchState.RUNNING)
        assert begun.began_at.utcoffset() is not None
        again = opener()
        assert again.fetch(1) == begun
        assert list(again.fetches(PRODUCT_KEY, SERVICE)) == [begun]

    def test_a_fetch_of_nothing_is_refused(self, pool: CodePool) -> None:
        with pytest.raises(ValueError, match="WO-7"):
            pool.begin_fetch("WO-7", PRODUCT_KEY, SERVICE, ())
        assert list(pool.fetches(PRODUCT_KEY, SERVICE)) == []

    def test_fetches_are_told_newest_first_each_to_its_product(self, pool: CodePool) -> None:
        for name, key in (("A", PRODUCT_KEY), ("B", OTHER_KEY), ("C", PRODUCT_KEY)):
            pool.begin_fetch(name, key, SERVICE, (macs(0, 2), macs(10, 1)))
        assert [each.name for each in pool.fetches(PRODUCT_KEY, SERVICE)] == ["C", "A"]
        assert [each.total for each in pool.fetches(PRODUCT_KEY, SERVICE)] == [3, 3]
        assert list(pool.fetches(PRODUCT_KEY, OTHER_SERVICE)) == []

    def test_a_fetch_that_nobody_began_is_unknown(self, pool: CodePool) -> None:
        with pytest.raises(FetchUnknown) as unknown:
            pool.fetch(7)
        assert unknown.value.number == 7
        with pytest.raises(FetchUnknown):
            pool.move_fetch(7, FetchState.PAUSED)

    def test_a_fetch_pauses_with_a_reason_and_goes_on(self, opener: PoolOpener) -> None:
        number = opener().begin_fetch("WO-7", PRODUCT_KEY, SERVICE, (macs(0, 5),)).number
        paused = opener().move_fetch(number, FetchState.PAUSED, "E-COD-03")
        assert (paused.state, paused.reason) == (FetchState.PAUSED, "E-COD-03")
        assert opener().fetch(number) == paused
        gone_on = opener().move_fetch(number, FetchState.RUNNING)
        assert (gone_on.state, gone_on.reason) == (FetchState.RUNNING, "")

    @pytest.mark.parametrize("end", [FetchState.DONE, FetchState.CANCELLED], ids=lambda state: state.value)
    @pytest.mark.parametrize("onward", FetchState, ids=lambda state: state.value)
    def test_a_fetch_that_has_ended_stays_so(self, pool: CodePool, end: FetchState, onward: FetchState) -> None:
        number = pool.begin_fetch("WO-7", PRODUCT_KEY, SERVICE, (macs(0, 5),)).number
        pool.move_fetch(number, end)
        with pytest.raises(FetchUnderWay):
            pool.move_fetch(number, onward)
        assert pool.fetch(number).state is end

    def test_what_a_dead_program_left_running_is_paused(self, opener: PoolOpener) -> None:
        pool = opener()
        for name in ("A", "B", "C"):
            pool.begin_fetch(name, PRODUCT_KEY, SERVICE, (macs(0, 5),))
        pool.move_fetch(2, FetchState.DONE)
        pool.begin_fetch("D", OTHER_KEY, SERVICE, (macs(0, 5),))
        paused = opener().pause_interrupted_fetches()
        assert [(each.name, each.state, each.reason) for each in paused] == [
            (name, FetchState.PAUSED, "interrupted") for name in ("A", "C", "D")
        ]
        assert list(opener().pause_interrupted_fetches()) == []
        assert opener().fetch(2).state is FetchState.DONE
