"""A profile's patterns name an identity, and no line keeps them busy for long."""

import pytest

from gizqr_station.readers.pattern_bounds import LONGEST_PATTERN, PatternRefused, bounded_pattern
from gizqr_station.readers.text_lines import LONGEST_LINE


@pytest.mark.parametrize(
    ("pattern", "line", "identity"),
    [
        (r"MAC: ?(?P<identity>[0-9a-f]{2}(?::[0-9a-f]{2}){5})", "my mac: AA:bb:0c:00:11:22 end", "AA:bb:0c:00:11:22"),
        (r"^\+CGSN: ?(?P<identity>\d{15})$", "+CGSN: 866061038958554", "866061038958554"),
        (r"\s{0,8}ID\s*[:=]{1,2}(?P<identity>.{12})", "  ID ==00911f500047", "00911f500047"),
        (r"(?P<identity>[0-9a-f]{12})(?![0-9a-f])|(?P<other>x)", "", None),
        (r"(?:STA|sta|Station){1} (?P<identity>\w{12})", "station 00911f500047", "00911f500047"),
        (r"x{(?P<identity>[^]]{12})}", "x{00911f500047}", "00911f500047"),
        (r"a{,3}\x41(?P<identity>[\dA-F]{12})", "aaA00911F500047", "00911F500047"),
    ],
)
def test_plain_patterns_are_taken(pattern: str, line: str, identity: str | None) -> None:
    if identity is None:
        with pytest.raises(PatternRefused, match="one named group"):
            bounded_pattern(pattern)
        return
    found = bounded_pattern(pattern).search(line)
    assert found is not None
    assert found["identity"] == identity


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (r"MAC: ([0-9a-f]{12})", "named group"),
        (r"(?P<mac>[0-9a-f]{12})", "named group"),
        (r"(?P<identity>", "missing"),
        (r"(?P<identity>x)" + "x" * LONGEST_PATTERN, "longer"),
        (r"(?P<identity>x+)+y", "multiply"),
        (r"(?:(?P<identity>x)|y*)*z", "multiply"),
        (r"(?:a|a)*(?P<identity>x)", "multiply"),
        (r"(?:a|a){16}(?P<identity>x)", "multiply"),
        (r".*.*(?P<identity>x)", "multiply"),
        (r"\s*\s+(?P<identity>x)", "multiply"),
        (r"(?:a?){17}(?P<identity>x)", "multiply"),
        (r"(?:(?:a{0,9}){9}){9}(?P<identity>x)", "multiply"),
        (r"a{0,}b{0,200}(?P<identity>x)", "multiply"),
        (r"(?P<identity>x)\1", "not taken"),
        (r"(?P<identity>x)(?P=identity)", "not taken"),
        (r"(?P<identity>x)(?(1)y|z)", "not taken"),
        (r"(?>a*)(?P<identity>x)", "not taken"),
        (r"a*+(?P<identity>x)", "possessive"),
        (r"(?x)(?P<identity>x) # note", "not taken"),
        ("(" * 20 + r"(?P<identity>x)" + ")" * 20, "deep"),
    ],
)
def test_patterns_that_could_take_for_ever_are_refused(pattern: str, why: str) -> None:
    with pytest.raises(PatternRefused, match=why):
        bounded_pattern(pattern)


@pytest.mark.parametrize(
    ("pattern", "character"),
    [
        (r"a*a{0,90}(?P<identity>x)", "a"),
        (r"(?P<identity>.*x)", "a"),
        (r"(?:a?){6}a*(?P<identity>x)", "a"),
        (r"(?:a{1,2}){5}a{0,38}a{0,38}(?P<identity>x)", "a"),
    ],
)
def test_the_worst_patterns_that_are_taken_come_to_an_end_on_the_worst_line(pattern: str, character: str) -> None:
    assert bounded_pattern(pattern).search(character * LONGEST_LINE) is None


def test_digits_of_other_scripts_are_none() -> None:
    assert bounded_pattern(r"(?P<identity>\d{3})").search("١٢٣") is None
