"""Facts about zips that were damaged by chance: no other failure, no other's code, nothing short in silence."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gizqr_station.codes.zip_contents import codes_in
from gizqr_station.codes.zip_gate import gated, product_key_of, says_sandbox
from gizqr_station.domain.code_failures import ZipRefused
from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.pooled_codes import CodeZip
from gizqr_station.domain.stop import Stop
from tests.codes.made_codes import content_for, picture_for
from tests.codes.scripted_service import PRODUCT
from tests.codes.zip_by_hand import IMEI, MAC, NEXT_MAC, Item, name_of, streamed, whole, zip_by_hand

OF = CodeZip(PRODUCT, "http://qr.example", CodeSource.SERVICE, "", "7.zip", "", datetime(2026, 11, 22, tzinfo=UTC))
TRUE = {identity: content_for(identity) for identity in (MAC, NEXT_MAC, IMEI)}


def items(level: int | None) -> list[Item]:
    return [whole(picture_for(identity), name_of(identity), level) for identity in TRUE]


GOOD = (
    zip_by_hand(*items(9)),
    zip_by_hand(*items(None)),
    zip_by_hand(*(streamed(item) for item in items(6)), comment=b"order 7"),
    zip_by_hand(Item(f"{PRODUCT}/".encode(), b"", 0, 0), *(streamed(item, mark=False) for item in items(None))),
)
WHERE = st.integers(0, max(map(len, GOOD)) - 1)


@dataclass(frozen=True, slots=True)
class Damage:
    """A change of some bytes; places are taken modulo the length."""

    kind: str
    at: int
    other: int
    byte: int

    def done_to(self, data: bytes) -> bytes:
        if not data:
            return data
        at, other = self.at % len(data), self.other % len(data)
        low, high = min(at, other), max(at, other)
        match self.kind:
            case "flip":
                return data[:at] + bytes([data[at] ^ 1 << self.byte % 8]) + data[at + 1 :]
            case "set":
                return data[:at] + bytes([self.byte]) + data[at + 1 :]
            case "cut":
                return data[:at]
            case "drop":
                return data[:low] + data[high:]
            case "splice":
                foreign = GOOD[self.byte % len(GOOD)]
                return data[:at] + foreign[other : other + self.byte] + data[at:]
            case _:
                return data[:at] + data[other : other + self.byte] + data[at + self.byte :]


DAMAGE = st.builds(
    Damage,
    st.sampled_from(("flip", "flip", "set", "cut", "drop", "splice", "overwrite")),
    WHERE,
    WHERE,
    st.integers(0, 255),
)


@st.composite
def damaged_zips(draw: st.DrawFn) -> bytes:
    data = draw(st.sampled_from(GOOD))
    for damage in draw(st.lists(DAMAGE, min_size=1, max_size=4)):
        data = damage.done_to(data)
    return data


def require_the_truth_or_nothing(data: bytes, wanted: frozenset[str] | None) -> None:
    says_sandbox(data)
    product_key_of(data)
    try:
        codes = codes_in(data, OF, wanted, Stop())
    except ZipRefused:
        return
    for identity, content in codes.contents.items():
        assert content == TRUE.get(identity.text)
    names = {f"{identity.text}.png" for identity in codes.contents} | {member.name for member in codes.bad}
    assert len(names) == len(codes.contents) + len(codes.bad)
    assert names == {f"{identity}.png" for identity in gated(data, PRODUCT, "7.zip").identities}
    if wanted is not None:
        assert names == {f"{identity}.png" for identity in wanted}


@pytest.mark.parametrize("data", GOOD)
def test_undamaged_they_are_all_good(data: bytes) -> None:
    assert {each.text: content for each, content in codes_in(data, OF, None, Stop()).contents.items()} == TRUE


ORDINARY = settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None)


@ORDINARY
@given(damaged_zips(), st.booleans())
def test_a_damaged_zip_gives_the_truth_or_nothing(data: bytes, whoever: bool) -> None:
    require_the_truth_or_nothing(data, None if whoever else frozenset(TRUE))


@settings(ORDINARY, max_examples=500)
@given(st.binary(max_size=400), st.sampled_from(GOOD), st.booleans())
def test_any_bytes_before_or_behind_give_the_truth_or_nothing(junk: bytes, data: bytes, before: bool) -> None:
    require_the_truth_or_nothing(junk + data if before else data + junk, None)
    require_the_truth_or_nothing(junk, None)


@pytest.mark.slow
@settings(ORDINARY, max_examples=50_000)
@given(damaged_zips(), st.booleans())
def test_many_more_damaged_zips_give_the_truth_or_nothing(data: bytes, whoever: bool) -> None:
    require_the_truth_or_nothing(data, None if whoever else frozenset(TRUE))


@pytest.mark.parametrize("data", GOOD)
def test_every_cut_is_refused(data: bytes) -> None:
    for length in range(len(data)):
        with pytest.raises(ZipRefused):
            gated(data[:length], PRODUCT, "7.zip")


@pytest.mark.parametrize("data", GOOD)
def test_every_byte_that_is_turned_gives_the_truth_or_nothing(data: bytes) -> None:
    for at in range(0, len(data), 7):
        require_the_truth_or_nothing(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :], None)
