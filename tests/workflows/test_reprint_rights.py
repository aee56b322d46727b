"""Who may replace, void and settle: every pair of people at a real sign-in, by badge and by PIN."""

import itertools
from collections.abc import Callable

import pytest

from gizqr_station.domain.audit import ActKind
from gizqr_station.domain.corrections import ReprintReason, ReprintRules
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import JobState
from gizqr_station.domain.people import ALLOWED, Badge, Credential, NameAndPin, Permission
from gizqr_station.domain.people_failures import NotAllowed, SelfApproval, StationLocked
from tests.fake_people import BADGES, PINS, ROLES, FakeGate
from tests.workflows.correction_bench import CorrectionBench

HOW: dict[str, Callable[[str], Credential]] = {
    "badge": lambda name: Badge(BADGES[name]),
    "pin": lambda name: NameAndPin(name, PINS[name]),
}
PAIRS = list(itertools.product(ROLES, ROLES, HOW))


def desk_of(gate: FakeGate, rules: ReprintRules) -> CorrectionBench:
    return CorrectionBench(signed_in=gate.duty, rules=rules)


def signed_in(name: str) -> FakeGate:
    gate = FakeGate().people()
    gate.duty.sign_in(HOW["pin"](name))
    gate.store.acts.clear()
    return gate


@pytest.mark.parametrize(("first", "second", "how"), PAIRS)
def test_two_people_replace_a_label_or_nobody_does(first: str, second: str, how: str) -> None:
    gate = signed_in(first)
    desk = desk_of(gate, ReprintRules(limit=0))
    old = desk.labelled()
    shown = HOW[how](second)
    may = Permission.REPRINT in ALLOWED[ROLES[first]] and Permission.APPROVE_REPRINT in ALLOWED[ROLES[second]]
    if first != second and may:
        new = desk.reprint(old, ReprintReason.UNREADABLE, second=shown).job
        assert (new.draft.operator, new.draft.allowed_by, new.draft.operator != new.draft.allowed_by) == (
            first,
            second,
            True,
        )
        assert (new.mark, new.draft.reason, desk.stands(old)) == ("R1", "unreadable", JobState.VOIDED)
        assert gate.store.done(ActKind.GRANT) == [
            f"grant {first} permission=reprint about=L-000001",
            f"grant {second} permission=approve_reprint about=L-000001 second_to={first}",
        ]
        return
    with pytest.raises(SelfApproval if first == second else NotAllowed):
        desk.reprint(old, ReprintReason.UNREADABLE, second=shown)
    assert (list(desk.ledger.all_jobs()), len(desk.printer.printed)) == ([old], 1)
    assert len(gate.store.done(ActKind.REFUSAL)) == 1


@pytest.mark.parametrize("name", ROLES)
def test_who_may_void_voids_and_who_may_not_changes_nothing(name: str) -> None:
    gate = signed_in(name)
    desk = desk_of(gate, ReprintRules())
    job = desk.labelled()
    if Permission.VOID in ALLOWED[ROLES[name]]:
        assert desk.desk.void(job.id, ReprintReason.LOST).state is JobState.VOIDED
        assert desk.ledger.history(job.id)[-1].who == name
    else:
        with pytest.raises(NotAllowed):
            desk.desk.void(job.id, ReprintReason.LOST)
        assert desk.stands(job) is JobState.VERIFIED
        assert gate.store.done(ActKind.REFUSAL) == [f"refusal {name} permission=void about=L-000001 why=E-PPL-03"]


def test_at_a_locked_station_nothing_is_corrected() -> None:
    gate = signed_in("Zhang Min")
    desk = desk_of(gate, ReprintRules())
    job = desk.labelled()
    gate.duty.lock()
    attempts = (
        lambda: desk.reprint(job),
        lambda: desk.desk.void(job.id, ReprintReason.LOST),
        lambda: desk.desk.no_usable_label(job.id),
    )
    for attempt in attempts:
        with pytest.raises(StationLocked):
            attempt()
    assert list(desk.ledger.all_jobs()) == [job]


def test_a_replacement_is_scanned_back_by_whoever_unlocked_the_station() -> None:
    gate = signed_in("Li Wei")
    desk = desk_of(gate, ReprintRules())
    new = desk.reprint(desk.labelled()).job
    gate.duty.lock()
    with pytest.raises(StationLocked):
        desk.desk.scanned(new.draft.content)
    gate.duty.sign_in(HOW["badge"]("Zhang Min"))
    assert desk.scan_both(new).state is JobState.VERIFIED
    assert [entry.who for entry in desk.ledger.history(new.id)][-1] == "Zhang Min"


def test_a_wrong_pin_of_the_second_person_changes_nothing() -> None:
    gate = signed_in("Li Wei")
    desk = desk_of(gate, ReprintRules(limit=0))
    old = desk.labelled()
    with pytest.raises(Failure):
        desk.reprint(old, second=NameAndPin("Zhang Min", "000001"))
    assert list(desk.ledger.all_jobs()) == [old]
