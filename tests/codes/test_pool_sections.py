"""The pool's codes taken out again, and all it does against a plain dictionary."""

import unittest.mock
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gizqr_station.codes import pool_pieces, pool_sections
from gizqr_station.codes.pool_store import SqlPool
from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.identity import Identity, Imei, luhn_digit
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.pooled_codes import PoolAdded, ZipCodes
from gizqr_station.domain.stop import Stop, Stopped
from tests.codes.conftest import OpenPool
from tests.contracts.ledger_samples import OTHER_KEY, PRODUCT_KEY, mac
from tests.contracts.pool_samples import SERVICE, codes_of, content_for, macs, zip_from
from tests.fake_pool import FakePool
from tests.fakes import SteppingClock


def taken_out(pool: SqlPool, *ranges: IdentityRange) -> dict[str, str]:
    total, sections = pool.sections(PRODUCT_KEY, SERVICE, ranges or None, Stop())
    found: dict[str, str] = {}
    for section in sections:
        for identity, content in section.contents.items():
            assert identity.text not in found
            assert content == content_for(identity)
            found[identity.text] = section.zip.file
    assert len(found) == total
    return found


def test_everything_comes_out_again_with_its_zip(open_pool: OpenPool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_sections, "PIECE", 7)
    pool = open_pool()
    pool.add(codes_of(macs(0, 20), 1), Stop())
    pool.add(codes_of(macs(40, 20), 2), Stop())
    pool.add(codes_of([Imei.parse("861193040496508")], 3), Stop())
    pool.add(codes_of(macs(0, 20), 4, product_key=OTHER_KEY, salt="theirs"), Stop())
    found = taken_out(pool)
    assert [list(found.values()).count(f"/static/zipfiles/{number}.zip") for number in (1, 2, 3, 4)] == [20, 20, 1, 0]


def test_only_what_the_ranges_name_comes_out(open_pool: OpenPool) -> None:
    pool = open_pool()
    pool.add(codes_of(macs(0, 500), 1), Stop())
    pool.add(codes_of([Imei.parse("861193040496508")], 2), Stop())
    imei = Imei.parse("861193040496508")
    singles = [macs(number, 1) for number in range(0, 400, 3)]
    assert list(taken_out(pool, macs(490, 20))) == [each.text for each in macs(490, 10)]
    assert list(taken_out(pool, IdentityRange(imei, imei))) == ["861193040496508"]
    assert len(taken_out(pool, *singles, macs(0, 4), macs(600, 5))) == 134 + 2
    assert taken_out(pool, macs(600, 5)) == {}


def test_taking_out_can_be_stopped(open_pool: OpenPool) -> None:
    pool = open_pool()
    pool.add(codes_of(macs(0, 5)), Stop())
    stop = Stop()
    _, sections = pool.sections(PRODUCT_KEY, SERVICE, None, stop)
    stop.set()
    with pytest.raises(Stopped):
        list(sections)


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_it_does_what_a_dictionary_would(data: st.DataObject) -> None:
    numbers = st.integers(0, 40)
    identities = st.sets(st.one_of(numbers.map(mac), numbers.map(imei)), min_size=1, max_size=12)
    with TemporaryDirectory() as folder, closing(SqlPool.open(Path(folder) / "p", clock=SteppingClock())) as pool:
        plain = FakePool()
        for number in range(data.draw(st.integers(1, 4))):
            contents = {
                each: content_for(
                    data.draw(st.sampled_from([each, each, each, mac(1)])), data.draw(st.sampled_from("ab"))
                )
                for each in sorted(data.draw(identities), key=str)
            }
            source = data.draw(st.sampled_from([CodeSource.SERVICE, CodeSource.SANDBOX]))
            codes = ZipCodes(zip_from(number, source=source), contents)
            assert told(pool.add(codes, Stop())) == told(plain.add(codes, Stop()))
        starts = data.draw(st.lists(st.tuples(numbers, st.integers(1, 20), st.booleans()), max_size=5))
        ranges = [IdentityRange(imei(at), imei(at + n - 1)) if of_imei else macs(at, n) for at, n, of_imei in starts]
        with unittest.mock.patch.object(pool_pieces, "PIECE", data.draw(st.sampled_from([3, 5_000]))):
            found = pool.missing(PRODUCT_KEY, SERVICE, ranges, Stop())
        assert found == plain.missing(PRODUCT_KEY, SERVICE, ranges, Stop())
        assert list(pool.zips(PRODUCT_KEY, SERVICE)) == list(plain.zips(PRODUCT_KEY, SERVICE))
        everybody: list[Identity] = [*map(mac, range(41)), *map(imei, range(41))]
        for identity in everybody:
            assert pool.code(PRODUCT_KEY, SERVICE, identity) == plain.code(PRODUCT_KEY, SERVICE, identity)


def told(added: PoolAdded) -> tuple[object, ...]:
    return added.new, added.same, added.kept, [each.name for each in added.refused]


def test_no_query_names_more_identities_than_every_sqlite_takes() -> None:
    pieces = list(pool_pieces.pieces_of([macs(number, 1) for number in range(0, 4000, 2)]))
    assert [len(piece) for piece in pieces] == [900, 900, 200]


def imei(number: int) -> Imei:
    digits = f"{86119304049650 + number:014d}"
    return Imei.parse(f"{digits}{luhn_digit(digits)}")
