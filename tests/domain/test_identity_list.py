"""What the lines of a list are worth by themselves: good, bad or repeated, and none is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gizqr_station.domain import identity_list
from gizqr_station.domain.identity import Imei, MacAddress
from gizqr_station.domain.identity_failures import LocallyAdministeredMac, NotAnIdentity, WrongCheckDigit
from gizqr_station.domain.identity_list import CheckedList, RawLine, Verdict, judged
from gizqr_station.domain.list_failures import ListTooLarge, SpreadsheetDamage

A, B = "00911f500047", "00911f500048"


def lines(*texts: str) -> list[RawLine]:
    return [RawLine(number, text) for number, text in enumerate(texts, start=1)]


def verdicts(checked: CheckedList) -> list[tuple[int, str, str]]:
    return [(line.number, line.verdict.value, str(line.identity or "")) for line in checked.lines]


def test_every_line_is_kept_with_its_number_and_reason() -> None:
    checked = judged("order 7", lines(A, "void", "861193040496509", "02911f500047", B))
    assert verdicts(checked) == [(1, "good", A), (2, "bad", ""), (3, "bad", ""), (4, "bad", ""), (5, "good", B)]
    reasons = [type(line.failure) for line in checked.lines if line.failure is not None]
    assert reasons == [NotAnIdentity, WrongCheckDigit, LocallyAdministeredMac]
    assert (checked.name, checked.count(Verdict.BAD), len(checked.good)) == ("order 7", 3, 2)


def test_a_repeat_names_the_line_where_it_stood_first_in_whatever_notation() -> None:
    checked = judged("list", lines(A, B, "00:91:1F:50:00:47", "00-91-1F-50-00-47"))
    assert [(line.verdict.value, line.first) for line in checked.lines] == [
        ("good", 0), ("good", 0), ("repeated", 1), ("repeated", 1),
    ]  # fmt: skip


def test_the_same_identity_twice_in_one_line_is_labelled_once() -> None:
    checked = judged("list", [RawLine(5, A), RawLine(5, A), RawLine(5, B)])
    assert verdicts(checked) == [(5, "good", A), (5, "repeated", A), (5, "good", B)]
    assert checked.lines[1].first == 5


def test_a_range_is_spread_out_and_overlaps_are_repeats() -> None:
    checked = judged("list", lines(f"{A} x 3", f"{B}..00911f50004a"))
    assert verdicts(checked) == [
        (1, "good", "00911f500047"), (1, "good", "00911f500048"), (1, "good", "00911f500049"),
        (2, "repeated", "00911f500048"), (2, "repeated", "00911f500049"), (2, "good", "00911f50004a"),
    ]  # fmt: skip


def test_what_a_spreadsheet_broke_is_bad_whatever_it_says() -> None:
    broken = RawLine(3, A, SpreadsheetDamage(A))
    assert verdicts(judged("list", [broken, RawLine(4, A)])) == [(3, "bad", ""), (4, "good", A)]


def test_local_macs_are_good_where_they_are_allowed() -> None:
    (line,) = judged("list", lines("02911f500047"), local_macs=True).lines
    assert (line.verdict, line.identity) == (Verdict.GOOD, MacAddress("02911f500047"))


def test_long_lines_are_shown_in_part() -> None:
    (line,) = judged("list", lines("x" * 5000)).lines
    assert len(line.text) == 200


def test_a_list_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity_list, "LONGEST_LIST", 10)
    assert len(judged("list", lines(f"{A} x 10")).lines) == 10
    for texts in ([f"{A} x 11"], [f"{A} x 10", "void"], [A] * 11):
        with pytest.raises(ListTooLarge) as refused:
            judged("list", lines(*texts))
        assert refused.value.most == "10"


@settings(deadline=None)
@given(st.lists(st.sampled_from([A, B, "void", "", "861193040496508", f"{A} x 4", "00911f50004z"]), max_size=30))
def test_no_line_is_lost_and_none_is_good_twice(texts: list[str]) -> None:
    checked = judged("list", lines(*texts))
    assert {line.number for line in checked.lines} == set(range(1, len(texts) + 1))
    good = [line.identity for line in checked.good]
    assert len(good) == len(set(good))
    expected = {A, "00911f500048", "00911f500049", "00911f50004a"} if f"{A} x 4" in texts else {A, B} & set(texts)
    expected |= {"861193040496508"} & set(texts)
    assert {str(identity) for identity in good} == expected
    assert all(isinstance(identity, MacAddress | Imei) for identity in good)
