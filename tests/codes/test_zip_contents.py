"""Facts about taking codes out of a zip: each is its own device's, and what gives none is named."""

import hashlib
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from gizqr_station.codes.zip_contents import codes_in
from gizqr_station.domain.code_failures import CodeMalformed, CodeNotUnique, PictureUnreadable, ZipRefused
from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import parse_identity
from gizqr_station.domain.identity_failures import BroadcastMac, EmptyImei, EmptyMac, MulticastMac, WrongCheckDigit
from gizqr_station.domain.pooled_codes import CodeZip, ZipCodes
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.qrcode_api import SANDBOX_ZIP_MARK
from tests.codes.issued_pictures import picture_of
from tests.codes.made_codes import content_for, picture_for, zip_for_all
from tests.codes.scripted_service import FOR_A_MAC, FOR_AN_IMEI, PRODUCT, zip_of
from tests.codes.zip_by_hand import IMEI, MAC, NEXT_MAC, Item, deflated, name_of, whole, zip_by_hand

THIRD_MAC = "00911f500049"
AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
OF = CodeZip(PRODUCT, "http://qr.example", CodeSource.SERVICE, "", "/static/zipfiles/7.zip", "", AT)


def opened(data: bytes, wanted: frozenset[str] | None = None) -> ZipCodes:
    return codes_in(data, OF, wanted, Stop())


def by_text(codes: ZipCodes) -> dict[str, str]:
    return {identity.text: content for identity, content in codes.contents.items()}


def wrong(codes: ZipCodes) -> dict[str, type[Failure]]:
    return {member.name: type(member.failure) for member in codes.bad}


def test_a_zip_gives_everybodys_own_code() -> None:
    data = zip_for_all(MAC, NEXT_MAC, IMEI)
    codes = opened(data, frozenset({MAC, NEXT_MAC, IMEI}))
    assert by_text(codes) == {MAC: content_for(MAC), NEXT_MAC: content_for(NEXT_MAC), IMEI: content_for(IMEI)}
    assert set(codes.contents) == {parse_identity(text) for text in (MAC, NEXT_MAC, IMEI)}
    assert codes.bad == ()


def test_the_vendors_own_contents_are_taken() -> None:
    codes = opened(zip_of({MAC: picture_of(FOR_A_MAC), IMEI: picture_of(FOR_AN_IMEI)}))
    assert by_text(codes) == {MAC: FOR_A_MAC, IMEI: FOR_AN_IMEI}


def test_the_zip_itself_is_kept_in_mind_with_its_digest() -> None:
    data = zip_for_all(MAC)
    assert opened(data).zip == replace(OF, digest=hashlib.sha256(data).hexdigest())


def test_a_zip_that_a_sandbox_made_is_a_sandboxs_whatever_the_caller_thought() -> None:
    data = zip_by_hand(whole(picture_for(MAC)), comment=SANDBOX_ZIP_MARK)
    assert opened(data).zip.source is CodeSource.SANDBOX
    by_sandbox = replace(OF, source=CodeSource.SANDBOX)
    assert codes_in(zip_for_all(MAC), by_sandbox, None, Stop()).zip.source is CodeSource.SANDBOX


@pytest.mark.parametrize("wanted", [{MAC}, {MAC, NEXT_MAC, THIRD_MAC}, {MAC, THIRD_MAC}, set()])
def test_nothing_is_taken_from_a_zip_that_holds_others_than_the_wanted(wanted: set[str]) -> None:
    with pytest.raises(ZipRefused, match="other identities"):
        opened(zip_for_all(MAC, NEXT_MAC), frozenset(wanted))


def test_nothing_is_taken_from_a_zip_that_the_gate_refuses() -> None:
    with pytest.raises(ZipRefused) as caught:
        opened(b"junk" + zip_for_all(MAC))
    assert caught.value.file == OF.file
    with pytest.raises(ZipRefused):
        codes_in(zip_for_all(MAC), replace(OF, product_key="0b6781ed676045988d5d72f3f0480fba"), None, Stop())


def test_a_bad_picture_is_named_and_the_others_are_good() -> None:
    codes = opened(
        zip_for_all(
            MAC,
            _00911f500048=b"not a picture",
            _00911f500049=picture_of("any text"),
            _00911f50004a=picture_of(FOR_AN_IMEI),
            _861193040496508=picture_of(FOR_A_MAC),
        )
    )
    assert by_text(codes) == {MAC: content_for(MAC)}
    assert wrong(codes) == {
        "00911f500048.png": PictureUnreadable,
        "00911f500049.png": CodeMalformed,
        "00911f50004a.png": CodeMalformed,
        "861193040496508.png": CodeMalformed,
    }


@pytest.mark.parametrize(
    "damaged",
    [
        Item(name_of(NEXT_MAC), crc=1),
        Item(name_of(NEXT_MAC), deflated(bytes(5000)), declared=5, method=8),
        Item(name_of(NEXT_MAC), b"\xff" * 50, method=8),
    ],
)
def test_damaged_bytes_are_that_pictures_alone(damaged: Item) -> None:
    codes = opened(zip_by_hand(whole(picture_for(MAC)), damaged), frozenset({MAC, NEXT_MAC}))
    assert by_text(codes) == {MAC: content_for(MAC)}
    assert wrong(codes) == {f"{NEXT_MAC}.png": ZipRefused}


@pytest.mark.parametrize(
    ("name", "failure"),
    [
        ("000000000000", EmptyMac),
        ("ffffffffffff", BroadcastMac),
        ("01911f500047", MulticastMac),
        ("000000000000000", EmptyImei),
        ("861193040496507", WrongCheckDigit),
    ],
)
def test_what_no_device_may_be_called_is_bad(name: str, failure: type[Failure]) -> None:
    codes = opened(zip_for_all(MAC, name))
    assert by_text(codes) == {MAC: content_for(MAC)}
    assert wrong(codes) == {f"{name}.png": failure}


def test_a_locally_administered_mac_has_its_code() -> None:
    assert by_text(opened(zip_for_all("02911f500047"))) == {"02911f500047": content_for("02911f500047")}


def test_one_content_for_two_devices_is_nobodys() -> None:
    same = picture_for(MAC)
    codes = opened(zip_for_all(MAC, THIRD_MAC, _00911f500048=same, _00911f50004a=same))
    assert by_text(codes) == {THIRD_MAC: content_for(THIRD_MAC)}
    assert wrong(codes) == {f"{text}.png": CodeNotUnique for text in (MAC, NEXT_MAC, "00911f50004a")}
    told = {member.name: member.failure for member in codes.bad}
    first = told[f"{MAC}.png"]
    assert isinstance(first, CodeNotUnique)
    assert (first.identity, first.other) == ("00:91:1F:50:00:47", "00:91:1F:50:00:48")


def test_two_who_share_a_content_are_each_told_of_the_other() -> None:
    codes = opened(zip_for_all(MAC, _00911f500048=picture_for(MAC)))
    assert codes.contents == {}
    told = [(member.name, member.failure) for member in codes.bad]
    assert [(name, failure.identity, failure.other) for name, failure in told if type(failure) is CodeNotUnique] == [
        ("00911f500047.png", "00:91:1F:50:00:47", "00:91:1F:50:00:48"),
        ("00911f500048.png", "00:91:1F:50:00:48", "00:91:1F:50:00:47"),
    ]


def test_nothing_is_looked_at_once_it_is_told_to_stop() -> None:
    stop = Stop()
    stop.set()
    with pytest.raises(Stopped):
        codes_in(b"no zip", OF, None, stop)


def test_a_zip_of_bad_pictures_alone_is_told_of_not_swallowed() -> None:
    codes = opened(zip_of({MAC: b"", NEXT_MAC: b""}), frozenset({MAC, NEXT_MAC}))
    assert codes.contents == {}
    assert wrong(codes) == {f"{MAC}.png": PictureUnreadable, f"{NEXT_MAC}.png": PictureUnreadable}


def test_it_is_told_how_far_it_is_good_or_bad() -> None:
    heard: list[tuple[int, int]] = []
    data = zip_for_all(MAC, NEXT_MAC, _00911f500049=b"")
    codes_in(data, OF, None, Stop(), lambda done, total: heard.append((done, total)))
    assert heard == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("stop_after", [0, 1, 2])
def test_it_ends_before_the_next_picture_when_it_is_told_to_stop(stop_after: int) -> None:
    stop, heard = Stop(), []

    def opened_one(done: int, _total: int) -> None:
        heard.append(done)
        if done == stop_after:
            stop.set()

    if not stop_after:
        stop.set()
    with pytest.raises(Stopped):
        codes_in(zip_for_all(MAC, NEXT_MAC, THIRD_MAC), OF, None, stop, opened_one)
    assert heard == list(range(1, stop_after + 1))


def test_one_picture_is_in_memory_at_a_time() -> None:
    """Forty pictures that are nearly a mebibyte each, most of it behind their end."""
    names = [f"00911f6000{number:02x}" for number in range(40)]
    data = zip_of({name: picture_for(name) + bytes(1_000_000) for name in names})
    tracemalloc.start()
    try:
        codes = opened(data)
        peak_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert by_text(codes) == {name: content_for(name) for name in names}
    assert peak_bytes < 8_000_000
