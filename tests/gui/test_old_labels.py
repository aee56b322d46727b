"""An alarm about a voided label stands until somebody acts."""

from dataclasses import replace

from gizqr_station.domain.corrections import ReprintStanding
from gizqr_station.domain.identity import MacAddress
from gizqr_station.domain.job import JobState
from gizqr_station.gui.old_labels import OldLabels
from gizqr_station.workflows.happenings import AtSlot, LabelKnown, WaitingForDevice
from gizqr_station.workflows.record_happenings import OldLabelScanned, RecordDone, RecordWork, UnitSeen
from tests.gui.samples import JOB

VOIDED = replace(JOB, state=JobState.VOIDED)
LIVE = replace(JOB, id=9, draft=replace(JOB.draft, label_serial="L-000009", revision=1), state=JobState.VERIFIED)
OTHER = replace(VOIDED, id=3, draft=replace(JOB.draft, identity=MacAddress("00911f500099")))
CERTAIN = OldLabelScanned(VOIDED, LIVE, certain=True)
MAYBE = OldLabelScanned(VOIDED, LIVE, certain=False)


def test_an_alarm_stands_whatever_else_happens() -> None:
    alarms = OldLabels()
    alarms.hear(AtSlot(1, CERTAIN))
    for happening in (WaitingForDevice(), LabelKnown(LIVE), LabelKnown(OTHER), AtSlot(1, LabelKnown(LIVE))):
        alarms.hear(happening)
    assert alarms.shown == CERTAIN


def test_somebody_who_says_that_it_is_destroyed_ends_it_and_it_is_told_which_one() -> None:
    alarms, told = OldLabels(), list[int]()
    alarms.destroyed.connect(told.append)
    alarms.hear(CERTAIN)
    alarms.destroy()
    assert (alarms.shown, told) == (None, [VOIDED.id])
    alarms.destroy()
    assert told == [VOIDED.id]


def test_the_small_code_of_the_good_label_ends_an_alarm_that_was_not_certain() -> None:
    for right in (LabelKnown(LIVE), RecordDone(RecordWork.VERIFY, LIVE)):
        alarms = OldLabels()
        alarms.hear(MAYBE)
        alarms.hear(LabelKnown(OTHER))
        assert alarms.shown == MAYBE
        alarms.hear(right)
        assert alarms.alarms == ()


def test_the_small_code_at_the_reprint_desk_ends_it_too_but_never_what_is_certain() -> None:
    alarms = OldLabels()
    alarms.hear(MAYBE)
    alarms.small_code_read(VOIDED.draft.label_serial)
    assert alarms.shown == MAYBE
    alarms.small_code_read("L-000009")
    assert alarms.alarms == ()
    alarms.hear(CERTAIN)
    alarms.small_code_read("L-000009")
    assert alarms.shown == CERTAIN


def test_the_code_that_both_labels_share_ends_nothing() -> None:
    alarms = OldLabels()
    alarms.hear(MAYBE)
    alarms.hear(UnitSeen(LIVE, (LIVE, VOIDED), (), None, ReprintStanding(1, 2, needs_second=False), scanned=True))
    assert alarms.shown == MAYBE


def test_the_small_code_of_the_old_label_makes_it_certain() -> None:
    alarms = OldLabels()
    alarms.hear(MAYBE)
    alarms.hear(CERTAIN)
    assert alarms.alarms == (CERTAIN,)


def test_what_is_certain_is_not_doubted_again_by_the_same_code() -> None:
    alarms = OldLabels()
    alarms.hear(CERTAIN)
    alarms.hear(MAYBE)
    assert alarms.alarms == (CERTAIN,)


def test_each_device_has_its_alarm_and_what_is_certain_is_said_first() -> None:
    alarms = OldLabels()
    alarms.hear(CERTAIN)
    alarms.hear(other := OldLabelScanned(OTHER, None, certain=False))
    assert (alarms.shown, len(alarms.alarms)) == (CERTAIN, 2)
    alarms.destroy()
    assert alarms.shown == other
