"""A device gets its next label without a desk only as often as one person may say so."""

import pytest

from gizqr_station.domain.code_failures import CodeNotUnique
from gizqr_station.domain.correction_failures import SecondPersonAtDesk
from gizqr_station.domain.corrections import ReprintRules, SecondPerson
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.people import Badge
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.batch_labels import OF_ONE_IDENTITY
from gizqr_station.workflows.provision import code_for, draw
from gizqr_station.workflows.retry import retry_after_s
from gizqr_station.workflows.single_label import queue_label
from tests.fake_bench import MAC, OTHER_MAC, reading_of
from tests.workflows.correction_bench import CorrectionBench

ALWAYS = ReprintRules(limit=5, second_person=SecondPerson.ALWAYS)
NEVER_ALONE = ReprintRules(limit=0)


def missing(desk: CorrectionBench) -> PrintJob:
    """A label that the line prints, and of which the operator says that nobody has it."""
    return desk.desk.no_usable_label(desk.labelled(state=JobState.SENT).id)


def test_what_an_operator_says_is_missing_is_printed_anew_twice_and_no_more() -> None:
    desk = CorrectionBench()
    marks = [missing(desk).mark for _ in range(3)]
    desk.fakes.codes.refused.add(desk.ledger.job(1).draft.content)
    asked, painted = len(desk.fakes.codes.asked), len(desk.fakes.painter.painted)
    with pytest.raises(SecondPersonAtDesk) as refused:
        desk.labelled()
    said = refused.value
    assert (said.identity, said.label_serial, said.made, said.limit) == (MAC.readable, "L-000003", 2, 2)
    assert (marks, len(desk.printer.printed)) == (["", "R1", "R2"], 3)
    # Nothing is asked or drawn for it.
    assert (len(desk.fakes.codes.asked), len(desk.fakes.painter.painted)) == (asked, painted)


@pytest.mark.parametrize("rules", [ALWAYS, NEVER_ALONE], ids=["always", "limit 0"])
def test_where_each_replacement_needs_two_the_line_makes_none(rules: ReprintRules) -> None:
    desk = CorrectionBench(rules=rules)
    missing(desk)
    with pytest.raises(SecondPersonAtDesk):
        desk.labelled()
    assert len(desk.printer.printed) == 1
    # Another device's first label is nobody's replacement.
    assert desk.labelled(OTHER_MAC).draft.revision == 0


def test_what_the_line_refuses_the_desk_makes_with_a_second_person() -> None:
    desk = CorrectionBench(rules=ALWAYS)
    gone = missing(desk)
    made = desk.reprint(gone, second=Badge("Zhang Min")).job
    assert (made.draft.replaces, made.draft.allowed_by, made.mark) == (gone.draft.label_serial, "Zhang Min", "R1")


def test_waiting_changes_nothing_about_it() -> None:
    assert retry_after_s(SecondPersonAtDesk(MAC.readable, "L-000003", 2, 2)) is None


def test_a_single_label_is_refused_like_the_lines() -> None:
    desk = CorrectionBench(rules=ALWAYS)
    missing(desk)
    with pytest.raises(SecondPersonAtDesk):
        queue_label(desk.bench, MAC, Stop(), lambda _: None)
    assert len(desk.ledger.queued()) == 0


def test_a_label_that_is_voided_while_its_successor_is_drawn_counts() -> None:
    desk = CorrectionBench(rules=NEVER_ALONE)
    code = code_for(desk.bench, reading_of(MAC), Stop())
    missing(desk)
    with pytest.raises(SecondPersonAtDesk):
        draw(desk.bench, code, scan_back_due=True)


def test_a_list_goes_on_behind_it() -> None:
    assert {SecondPersonAtDesk, CodeNotUnique} <= set(OF_ONE_IDENTITY)
