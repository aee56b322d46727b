"""Who is on duty: signing in, taking over, the idle lock, and what whoever it is may do; all of it written down."""

from itertools import product

import pytest

from gizqr_station.domain.audit import ActKind
from gizqr_station.domain.failures import PeopleFailure
from gizqr_station.domain.ledger_failures import LedgerBusy
from gizqr_station.domain.people import ALLOWED, Badge, Credential, NameAndPin, Permission, Role
from gizqr_station.domain.people_failures import (
    BadgeUnknown,
    FirstLeadDue,
    NeedsPerson,
    NobodySignedIn,
    NotAllowed,
    SelfApproval,
    StationLocked,
    WrongPin,
)
from gizqr_station.workflows.duty import WITHOUT_PEOPLE, NamedOperator
from tests.fake_people import BADGES, PINS, ROLES, FakeGate

OF_ROLE = {Role.OPERATOR: "Li Wei", Role.QA: "Zhang Min", Role.LEAD: "Wang Fang"}
RECORDED = [permission for permission in Permission if permission is not Permission.LABEL]


@pytest.fixture
def gate() -> FakeGate:
    return FakeGate().people()


def signed_in(gate: FakeGate, name: str) -> FakeGate:
    gate.duty.sign_in(Badge(BADGES[name]))
    gate.store.acts.clear()
    return gate


@pytest.mark.parametrize("permission", Permission, ids=lambda each: each.value)
@pytest.mark.parametrize("role", Role, ids=lambda each: each.value)
def test_each_role_may_do_what_the_table_says_and_no_more(gate: FakeGate, role: Role, permission: Permission) -> None:
    name = OF_ROLE[role]
    signed_in(gate, name)
    asked = f"permission={permission.value} about=L-000001"
    if permission in ALLOWED[role]:
        assert gate.duty.require(permission, "L-000001") == name
        expected = [f"grant {name} {asked}"]
    else:
        with pytest.raises(NotAllowed) as refused:
            gate.duty.require(permission, "L-000001")
        assert refused.value.values() == {"person": name, "permission": permission.value}
        expected = [f"refusal {name} {asked} why=E-PPL-03"]
    assert gate.store.done() == ([] if permission is Permission.LABEL else expected)


@pytest.mark.parametrize("permission", Permission, ids=lambda each: each.value)
@pytest.mark.parametrize("second", PINS)
@pytest.mark.parametrize("first", PINS)
def test_nobody_approves_their_own_work_nor_what_they_may_not(
    gate: FakeGate, first: str, second: str, permission: Permission
) -> None:
    signed_in(gate, first)
    for credential in (Badge(BADGES[second]), NameAndPin(second, PINS[second])):
        gate.store.acts.clear()
        if second != first and permission in ALLOWED[ROLES[second]]:
            assert gate.duty.second(credential, permission, "L-1") == second
            assert gate.store.done() == [f"grant {second} permission={permission.value} about=L-1 second_to={first}"]
        else:
            with pytest.raises(SelfApproval if second == first else NotAllowed) as refused:
                gate.duty.second(credential, permission, "L-1")
            assert gate.store.done() == [
                f"refusal {second} permission={permission.value} about=L-1 why={refused.value.code}"
            ]
    assert gate.duty.name == first


def test_a_second_person_has_to_show_who_they_are(gate: FakeGate) -> None:
    signed_in(gate, "Li Wei")
    with pytest.raises(WrongPin):
        gate.duty.second(NameAndPin("Zhang Min", "000000"), Permission.APPROVE_REPRINT)
    with pytest.raises(BadgeUnknown):
        gate.duty.second(Badge("P99999"), Permission.APPROVE_REPRINT)
    gate.store.change_person(gate.admin.number_of("Zhang Min"), who="Wang Fang", active=False)
    with pytest.raises(BadgeUnknown):
        gate.duty.second(Badge(BADGES["Zhang Min"]), Permission.APPROVE_REPRINT)
    assert gate.store.done(ActKind.GRANT) == []


def test_there_is_no_second_person_without_a_first(gate: FakeGate) -> None:
    with pytest.raises(NobodySignedIn):
        gate.duty.second(Badge(BADGES["Zhang Min"]), Permission.APPROVE_REPRINT)
    signed_in(gate, "Li Wei").duty.lock()
    with pytest.raises(StationLocked):
        gate.duty.second(Badge(BADGES["Zhang Min"]), Permission.APPROVE_REPRINT)


def test_until_the_first_lead_the_operator_of_the_settings_works() -> None:
    gate = FakeGate()
    assert gate.duty.name == "operator"
    assert gate.duty.now.first_lead_due
    for permission in Permission:
        if permission in WITHOUT_PEOPLE:
            assert gate.duty.require(permission) == "operator"
        else:
            with pytest.raises(NeedsPerson):
                gate.duty.require(permission)
        with pytest.raises(NeedsPerson):
            gate.duty.second(Badge("P10000"), permission)


def test_where_people_are_required_nothing_goes_before_the_first_lead() -> None:
    gate = FakeGate(required=True)
    with pytest.raises(FirstLeadDue):
        gate.duty.require(Permission.LABEL)
    assert gate.duty.now.allowed == frozenset()
    gate.admin.make_first_lead("Wang Fang", PINS["Wang Fang"])
    assert gate.duty.require(Permission.LABEL) == "Wang Fang"


def test_the_named_operator_needs_no_ledger() -> None:
    assert NamedOperator("Li Wei").require(Permission.LABEL) == "Li Wei"
    with pytest.raises(FirstLeadDue):
        NamedOperator("Li Wei", required=True).require(Permission.LABEL)
    with pytest.raises(NeedsPerson):
        NamedOperator("Li Wei").require(Permission.VOID)


def test_once_there_is_somebody_nobody_works_nameless(gate: FakeGate) -> None:
    with pytest.raises(NobodySignedIn):
        gate.duty.require(Permission.LABEL)
    assert gate.duty.name == ""
    assert not gate.duty.now.first_lead_due


def test_another_badge_takes_over_at_once(gate: FakeGate) -> None:
    gate.duty.sign_in(Badge(BADGES["Li Wei"]))
    gate.duty.sign_in(NameAndPin("Zhang Min", PINS["Zhang Min"]))
    assert gate.duty.name == "Zhang Min"
    assert gate.store.done() == [
        "sign_in Li Wei how=badge done=signed in",
        "sign_out Li Wei why=taken over",
        "sign_in Zhang Min how=PIN done=signed in",
    ]
    assert [(told.name, told.locked) for told in gate.told] == [("Li Wei", False), ("Zhang Min", False)]
    assert gate.told[-1].allowed == ALLOWED[Role.QA]


def test_whoever_shows_a_wrong_badge_or_pin_changes_nothing(gate: FakeGate) -> None:
    signed_in(gate, "Li Wei")
    gate.told.clear()
    with pytest.raises(BadgeUnknown):
        gate.duty.sign_in(Badge("P99999"))
    with pytest.raises(WrongPin):
        gate.duty.sign_in(NameAndPin("Zhang Min", "000000"))
    assert gate.duty.name == "Li Wei"
    assert gate.told == []


def test_signing_out_is_told_and_written(gate: FakeGate) -> None:
    signed_in(gate, "Li Wei").duty.sign_out()
    assert gate.told[-1].person is None
    assert gate.store.done() == ["sign_out Li Wei why=signed out"]
    gate.duty.sign_out()
    assert len(gate.store.acts) == 1


def reopened(before: FakeGate) -> FakeGate:
    """The next station of the same program, on the same ledger, with nobody on duty yet."""
    seconds = before.time.seconds
    after = FakeGate(store=before.store, time=before.time)
    after.time.seconds = seconds
    after.store.acts.clear()
    return after


def test_through_a_changeover_whoever_is_on_duty_stays_as_idle_as_they_were(gate: FakeGate) -> None:
    signed_in(gate, "Li Wei")
    gate.time.passes(590)
    present = gate.duty.present
    assert present is not None
    gate.duty.sign_out()
    after = reopened(gate)
    gate.time.passes(9)
    after.duty.stay(present)
    assert after.duty.require(Permission.LABEL) == "Li Wei"
    assert after.store.done() == ["sign_in Li Wei how=changeover done=stayed"]
    gate.time.passes(1)
    with pytest.raises(StationLocked):
        after.duty.require(Permission.LABEL)


def test_a_changeover_that_took_long_leaves_the_station_locked(gate: FakeGate) -> None:
    present = signed_in(gate, "Li Wei").duty.present
    assert present is not None
    gate.time.passes(600)
    after = reopened(gate)
    after.duty.stay(present)
    assert after.duty.now.locked


def test_who_was_locked_stays_locked_through_a_changeover(gate: FakeGate) -> None:
    signed_in(gate, "Li Wei").duty.lock()
    present = gate.duty.present
    assert present is not None
    after = reopened(gate)
    after.duty.stay(present)
    with pytest.raises(StationLocked):
        after.duty.require(Permission.LABEL)


def test_who_has_left_or_is_less_by_now_does_not_come_through_a_changeover_as_they_were(gate: FakeGate) -> None:
    present = signed_in(gate, "Zhang Min").duty.present
    assert present is not None
    gate.store.change_person(present.number, who="Wang Fang", role=Role.OPERATOR)
    after = reopened(gate)
    after.duty.stay(present)
    assert after.duty.now.allowed == ALLOWED[Role.OPERATOR]
    gate.store.change_person(present.number, who="Wang Fang", active=False)
    after = reopened(gate)
    after.duty.stay(present)
    assert (after.duty.person, after.store.done()) == (None, [])


def test_nobody_stays_on_duty_where_that_cannot_be_written_down(gate: FakeGate) -> None:
    present = signed_in(gate, "Li Wei").duty.present
    assert present is not None
    after = reopened(gate)
    after.store.failing = LedgerBusy("ledger")
    with pytest.raises(LedgerBusy):
        after.duty.stay(present)
    assert after.duty.person is None
    assert gate.duty.present == present
    assert after.duty.present is None


def test_an_idle_station_locks_and_only_the_badge_or_pin_opens_it(gate: FakeGate) -> None:
    signed_in(gate, "Li Wei")
    gate.time.passes(599)
    assert gate.duty.require(Permission.LABEL) == "Li Wei"
    gate.time.passes(1)
    with pytest.raises(StationLocked):
        gate.duty.require(Permission.LABEL)
    gate.duty.stirred()
    with pytest.raises(StationLocked):
        gate.duty.require(Permission.LABEL)
    assert (gate.told[-1].name, gate.told[-1].locked, gate.told[-1].allowed) == ("Li Wei", True, frozenset())
    gate.duty.sign_in(Badge(BADGES["Li Wei"]))
    assert gate.duty.require(Permission.LABEL) == "Li Wei"
    assert gate.store.done() == ["sign_in Li Wei how=badge done=unlocked"]


def test_work_puts_the_lock_off_but_only_before_it_is_due(gate: FakeGate) -> None:
    signed_in(gate, "Li Wei")
    for _ in range(5):
        gate.time.passes(599)
        gate.duty.stirred()
    assert gate.duty.require(Permission.LABEL) == "Li Wei"
    gate.time.passes(600)
    gate.duty.stirred()  # the first to notice is whoever comes to a station that was left alone
    assert gate.duty.now.locked
    assert [told.locked for told in gate.told] == [False, True]


def test_the_calendar_neither_locks_nor_unlocks(gate: FakeGate) -> None:
    signed_in(gate, "Li Wei")
    gate.time.calendar = gate.time.calendar.replace(year=2036)
    assert gate.duty.require(Permission.LABEL) == "Li Wei"
    gate.time.calendar = gate.time.calendar.replace(year=2006)
    gate.time.seconds += 600
    with pytest.raises(StationLocked):
        gate.duty.require(Permission.LABEL)


def test_the_lock_is_seen_where_nobody_asks(gate: FakeGate) -> None:
    signed_in(gate, "Li Wei")
    gate.time.passes(600)
    gate.duty.look()
    assert gate.told[-1].locked
    gate.duty.look()
    assert len(gate.told) == 2


def test_whoever_is_made_less_at_another_station_is_refused_at_once(gate: FakeGate) -> None:
    signed_in(gate, "Wang Fang")
    gate.store.change_person(gate.admin.number_of("Wang Fang"), who="Qian Yu", role=Role.OPERATOR)
    with pytest.raises(NotAllowed):
        gate.duty.require(Permission.RESTORE)
    assert gate.told[-1].allowed == ALLOWED[Role.OPERATOR]


def test_whoever_has_left_labels_for_half_a_minute_at_most(gate: FakeGate) -> None:
    signed_in(gate, "Li Wei")
    gate.store.change_person(gate.admin.number_of("Li Wei"), who="Wang Fang", active=False)
    gate.time.passes(29)
    gate.duty.require(Permission.LABEL)
    gate.time.passes(1)
    with pytest.raises(NobodySignedIn):
        gate.duty.require(Permission.LABEL)
    assert gate.told[-1].person is None
    assert gate.store.done(ActKind.SIGN_OUT) == ["sign_out Li Wei why=left"]


def test_a_first_lead_of_another_station_is_seen_here() -> None:
    gate = FakeGate()
    gate.duty.look()
    gate.people(elsewhere=True)
    assert gate.duty.require(Permission.LABEL) == "operator"
    gate.time.passes(30)
    gate.duty.look()
    assert not gate.told[-1].first_lead_due
    with pytest.raises(NobodySignedIn):
        gate.duty.require(Permission.LABEL)


def test_a_first_lead_of_another_station_ends_at_once_what_takes_a_person() -> None:
    gate = FakeGate()
    gate.duty.look()
    gate.people(elsewhere=True)
    with pytest.raises(NobodySignedIn):
        gate.duty.require(Permission.CHANGE_SETTINGS)


@pytest.mark.parametrize("permission", RECORDED, ids=lambda each: each.value)
def test_what_cannot_be_looked_up_or_written_down_is_not_allowed(gate: FakeGate, permission: Permission) -> None:
    signed_in(gate, "Wang Fang")
    gate.store.failing = LedgerBusy("ledger")
    with pytest.raises(LedgerBusy):
        gate.duty.require(permission)


@pytest.mark.parametrize("permission", RECORDED, ids=lambda each: each.value)
def test_what_is_asked_while_nobody_is_there_is_in_the_record_too(gate: FakeGate, permission: Permission) -> None:
    with pytest.raises(NobodySignedIn):
        gate.duty.require(permission)
    assert gate.store.done() == [f"refusal (nobody) permission={permission.value} why=E-PPL-01"]


def test_people_failures_never_say_a_secret(gate: FakeGate) -> None:
    said: list[str] = []
    badges = (Badge("P4444444"), Badge(BADGES["Li Wei"]))
    tries: list[Credential] = [*badges, NameAndPin("Zhang Min", "444444"), NameAndPin("who", "444444")]
    signed_in(gate, "Li Wei")

    def ask(credential: Credential, *, second: bool) -> None:
        if second:
            gate.duty.second(credential, Permission.VOID)
        else:
            gate.duty.sign_in(credential)

    for credential, second in product(tries, (False, True)):
        try:
            ask(credential, second=second)
        except PeopleFailure as failure:
            said.append(f"{failure} {failure!r} {credential!r}")
    told = " ".join([*said, repr(gate.store.acts), repr(gate.told)])
    assert len(said) > 5
    assert "4444" not in told
    assert BADGES["Li Wei"] not in told
