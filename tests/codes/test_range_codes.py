"""Facts about getting the codes of a range: they are its own, all of them are accounted for, or there is none."""

import hashlib
from collections.abc import Callable, Set
from dataclasses import replace

import pytest

from gizqr_station.codes.pace import Pace
from gizqr_station.codes.range_codes import Check, OpenZip, ServiceRangeCodes
from gizqr_station.codes.zip_contents import codes_in
from gizqr_station.domain.code_failures import PictureUnreadable, ServiceUnreachable, TaskNotReady, ZipRefused
from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.failures import CodeFailure
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.pool_failures import DecryptDiffers, DecryptUnclear, TooLongForTask
from gizqr_station.domain.pooled_codes import LARGEST_CUT, BadMember, CodeZip, ZipCodes
from gizqr_station.domain.stop import Stop
from tests.codes.issued_pictures import picture_of
from tests.codes.listed_service import ADDRESS, KeptJournal, ListedClock, ListedService, ListedStop, zip_with
from tests.codes.scripted_service import FOR_A_MAC, FOR_AN_IMEI, FOR_ANOTHER_MAC, PRODUCT

FIRST, SECOND = "00911f500047", "00911f500048"
CUT = IdentityRange.parse(f"{FIRST}..{SECOND}")
GOOD = {FIRST: picture_of(FOR_A_MAC), SECOND: picture_of(FOR_ANOTHER_MAC)}
PACE = Pace(deadline_s=20.0, each_more_s=1.0)


def gives(pictures: dict[str, bytes]) -> ListedService:
    """A service that makes every task into this zip."""
    zipped = zip_with(pictures)
    return ListedService(on_post=lambda service: service.add(len(service.tasks) + 1, zipped))


class Bench:
    """Range codes and all they work with."""

    def __init__(
        self, service: ListedService, check: Check | None = None, open_zip: OpenZip = codes_in, pace: Pace = PACE
    ) -> None:
        self.service = service
        self.journal = KeptJournal()
        self.stop = ListedStop(service)
        self.opened: list[int] = []
        self.codes = ServiceRangeCodes(
            service,
            ListedClock(service),
            self.journal,
            pace=pace,
            check=check,
            open_zip=open_zip,
            now=lambda: service.now,
        )

    def get(self, cut: IdentityRange = CUT) -> ZipCodes:
        return self.codes.codes_of(PRODUCT, cut, self.stop, self.opened.append)

    @property
    def asked(self) -> bool:
        return self.journal.asked_before(PRODUCT, ADDRESS, str(CUT)) is not None


def test_a_range_gets_its_codes_and_where_they_came_from() -> None:
    bench = Bench(gives(GOOD))
    codes = bench.get()
    assert {identity.text: content for identity, content in codes.contents.items()} == {
        FIRST: FOR_A_MAC,
        SECOND: FOR_ANOTHER_MAC,
    }
    assert codes.bad == ()
    came = codes.zip
    assert (came.product_key, came.service, came.source) == (PRODUCT, ADDRESS, CodeSource.SERVICE)
    assert (came.task, came.file) == (f"{FIRST}..{SECOND}", "/static/zipfiles/1.zip")
    assert came.digest == hashlib.sha256(zip_with(GOOD)).hexdigest()
    assert bench.opened == [1, 2]
    assert bench.codes.service == ADDRESS


def test_what_a_sandbox_issued_says_so() -> None:
    service = gives(GOOD)
    service.sandbox = True
    assert Bench(service).get().zip.source is CodeSource.SANDBOX


def test_cellular_devices_are_asked_for_by_their_imeis() -> None:
    cut = IdentityRange.parse("861193040496508")
    bench = Bench(gives({"861193040496508": picture_of(FOR_AN_IMEI)}))
    assert list(bench.get(cut).contents.values()) == [FOR_AN_IMEI]
    assert bench.service.posts[0][:2] == ("861193040496508", "861193040496508")


def test_a_range_that_is_too_long_is_not_asked_for() -> None:
    bench = Bench(gives(GOOD))
    with pytest.raises(TooLongForTask) as caught:
        bench.get(IdentityRange.parse(f"{FIRST} x {LARGEST_CUT + 1}"))
    assert caught.value.most == LARGEST_CUT
    assert bench.service.lists == []


def test_a_task_stays_known_until_whoever_keeps_the_codes_settles_it() -> None:
    bench = Bench(gives(GOOD))
    first = bench.get()
    assert bench.asked
    again = bench.get()
    assert again.contents == first.contents
    assert len(bench.service.posts) == 1
    bench.journal.settled(PRODUCT, ADDRESS, first.zip.task)
    bench.get()
    assert len(bench.service.posts) == 2


def test_a_bad_picture_is_named_and_the_others_are_given() -> None:
    bench = Bench(gives(GOOD | {SECOND: b"not a picture"}))
    codes = bench.get()
    assert [identity.text for identity in codes.contents] == [FIRST]
    assert [bad.name for bad in codes.bad] == [f"{SECOND}.png"]
    assert isinstance(codes.bad[0].failure, PictureUnreadable)
    assert bench.asked, "what is good is not kept yet"


def short(
    data: bytes, of: CodeZip, wanted: Set[str] | None, stop: Stop, opened: Callable[[int, int], None]
) -> ZipCodes:
    codes = codes_in(data, of, wanted, stop, opened)
    return replace(codes, contents=dict(list(codes.contents.items())[:1]))


def too_much(
    data: bytes, of: CodeZip, wanted: Set[str] | None, stop: Stop, opened: Callable[[int, int], None]
) -> ZipCodes:
    codes = codes_in(data, of, wanted, stop, opened)
    more = IdentityRange.parse("00911f500099").first
    return replace(codes, contents={**codes.contents, more: FOR_A_MAC})


@pytest.mark.parametrize("open_zip", [short, too_much])
def test_codes_that_are_silently_short_or_too_many_are_refused_and_asked_for_anew(open_zip: OpenZip) -> None:
    bench = Bench(gives(GOOD), open_zip=open_zip)
    for tries in (1, 2):
        with pytest.raises(ZipRefused):
            bench.get()
        assert not bench.asked
        assert len(bench.service.posts) == tries


def test_the_check_has_the_last_word() -> None:
    def suspicious(codes: ZipCodes, stop: Stop) -> ZipCodes:
        stop.check()
        good = {identity: content for identity, content in codes.contents.items() if identity.text == FIRST}
        return replace(codes, contents=good, bad=(BadMember(f"{SECOND}.png", DecryptDiffers(SECOND, FIRST)),))

    codes = Bench(gives(GOOD), check=suspicious).get()
    assert [identity.text for identity in codes.contents] == [FIRST]
    assert isinstance(codes.bad[0].failure, DecryptDiffers)


@pytest.mark.parametrize(
    ("failure", "asked_anew"),
    [
        (DecryptDiffers(FIRST, SECOND), True),
        (DecryptUnclear(FIRST, "?"), False),
        (ServiceUnreachable(ADDRESS), False),
    ],
)
def test_a_check_that_fails_costs_a_task_only_where_the_codes_are_wrong(failure: CodeFailure, asked_anew: bool) -> None:
    def fails(_codes: ZipCodes, _stop: Stop) -> ZipCodes:
        raise failure

    bench = Bench(gives(GOOD), check=fails)
    for _ in range(2):
        with pytest.raises(type(failure)):
            bench.get()
    assert bench.asked is not asked_anew
    assert len(bench.service.posts) == (2 if asked_anew else 1)


def test_a_long_range_is_given_more_time() -> None:
    bench = Bench(ListedService())
    with pytest.raises(TaskNotReady) as caught:
        bench.get(IdentityRange.parse(f"{FIRST} x 101"))
    assert caught.value.seconds == 120.0
    assert 120.0 <= bench.service.now < 122.0
    assert Pace().deadline_for(1) == 60.0
    assert Pace().deadline_for(1000) == pytest.approx(259.8)
