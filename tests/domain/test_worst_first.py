"""A judged list is looked at from its worst lines on, and none of them is lost on the way."""

from gizqr_station.domain.identity_list import CheckedList, ListLine, Verdict
from gizqr_station.domain.worst_first import ORDER, worst_first


def line(number: int, verdict: Verdict) -> ListLine:
    return ListLine(number, str(number), verdict)


def test_the_worst_come_first_and_otherwise_the_list_keeps_its_order() -> None:
    verdicts = (Verdict.GOOD, Verdict.LABELLED, Verdict.BAD, Verdict.REPEATED, Verdict.GOOD, Verdict.NOT_ALLOWED,
                Verdict.BAD)  # fmt: skip
    seen = worst_first(CheckedList("x", tuple(line(at, each) for at, each in enumerate(verdicts, start=1))))
    assert [each.number for each in seen.lines] == [3, 7, 6, 4, 2, 1, 5]
    assert [each.number for each in seen.only(Verdict.BAD)] == [3, 7]
    assert [each.number for each in seen.only(Verdict.GOOD)] == [1, 5]
    assert [each.number for each in seen.only(Verdict.LABELLED)] == [2]


def test_every_verdict_has_its_place_and_its_count() -> None:
    assert set(ORDER) == set(Verdict)
    seen = worst_first(CheckedList("x", (line(1, Verdict.GOOD),)))
    assert seen.counts == {verdict: int(verdict is Verdict.GOOD) for verdict in Verdict}
    assert seen.only(Verdict.BAD) == ()
