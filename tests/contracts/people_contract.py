"""What every store of people does: nobody is ever removed, no two are the same, and every change is in the record."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from gizqr_station.domain.ledger_failures import NothingRecorded
from gizqr_station.domain.people import Person, Role
from gizqr_station.domain.people_failures import (
    BadgeTaken,
    FirstLeadMade,
    LastLead,
    NameTaken,
    NobodySignedIn,
    NoCredential,
)
from gizqr_station.workflows.people_ports import PeopleStore, Tries
from tests.fake_people import START

Told = Callable[[], list[tuple[str, str, dict[str, str]]]]
"""Whom each act of kind ``person`` is about, who did it, and its facts, oldest first."""


def lead(store: PeopleStore, name: str = "Wang Fang") -> Person:
    return store.add_person(name, Role.LEAD, who=name, first=True, pin_hash="hash", badge="P10000")


class PeopleContract:
    """Subclass it and give it the fixtures ``store`` and ``told``."""

    def test_there_is_nobody_at_first(self, store: PeopleStore) -> None:
        assert not store.anybody()
        assert list(store.people()) == []

    def test_the_first_lead_is_made_once(self, store: PeopleStore) -> None:
        made = lead(store)
        assert store.anybody()
        assert (made.role, made.active, made.has_pin, made.has_badge) == (Role.LEAD, True, True, True)
        with pytest.raises(FirstLeadMade):
            store.add_person("Zhao Lei", Role.LEAD, who="Zhao Lei", first=True, pin_hash="hash")
        assert [person.name for person in store.people()] == ["Wang Fang"]

    def test_nobody_is_added_before_the_first_lead(self, store: PeopleStore) -> None:
        with pytest.raises(NobodySignedIn):
            store.add_person("Li Wei", Role.OPERATOR, who="nobody", pin_hash="hash")
        assert not store.anybody()

    def test_nobody_is_added_whom_nothing_shows(self, store: PeopleStore) -> None:
        with pytest.raises(NoCredential):
            store.add_person("Wang Fang", Role.LEAD, who="Wang Fang", first=True)
        assert not store.anybody()

    def test_people_are_found_by_name_case_aside_by_badge_and_by_number(self, store: PeopleStore) -> None:
        made = lead(store)
        assert store.person_named("wang FANG") == made
        assert store.person_with_badge("P10000") == made
        assert store.person(made.id) == made
        assert store.person_named("Wang") is None
        assert store.person_with_badge("p10000") is None
        with pytest.raises(NothingRecorded):
            store.person(made.id + 1)

    @pytest.mark.parametrize("name", ["Wang Fang", "WANG FANG", "ＷＡＮＧ　ＦＡＮＧ".replace("　", " ")])
    def test_no_two_have_the_same_name(self, store: PeopleStore, name: str) -> None:
        lead(store)
        with pytest.raises(NameTaken):
            store.add_person(name, Role.QA, who="Wang Fang", pin_hash="hash")
        assert len(store.people()) == 1

    def test_no_two_have_the_same_badge(self, store: PeopleStore) -> None:
        lead(store)
        with pytest.raises(BadgeTaken):
            store.add_person("Li Wei", Role.OPERATOR, who="Wang Fang", badge="P10000")
        other = store.add_person("Li Wei", Role.OPERATOR, who="Wang Fang", badge="P10001")
        with pytest.raises(BadgeTaken):
            store.set_badge(other.id, "P10000", who="Wang Fang")
        assert store.set_badge(other.id, "P10001", who="Wang Fang").has_badge

    def test_a_badge_is_given_taken_away_and_given_to_another(self, store: PeopleStore) -> None:
        made = lead(store)
        assert not store.set_badge(made.id, "", who="Wang Fang").has_badge
        assert store.person_with_badge("P10000") is None
        other = store.add_person("Li Wei", Role.OPERATOR, who="Wang Fang", badge="P10000")
        assert store.person_with_badge("P10000") == other

    def test_nobody_is_left_with_neither_badge_nor_pin(self, store: PeopleStore) -> None:
        lead(store)
        other = store.add_person("Li Wei", Role.OPERATOR, who="Wang Fang", badge="P10001")
        with pytest.raises(NoCredential):
            store.set_badge(other.id, "", who="Wang Fang")

    @pytest.mark.parametrize("change", [{"role": Role.QA}, {"role": Role.OPERATOR}, {"active": False}])
    def test_somebody_always_leads(self, store: PeopleStore, change: dict[str, object]) -> None:
        first = lead(store)
        second = store.add_person("Zhao Lei", Role.LEAD, who="Wang Fang", pin_hash="hash")
        store.change_person(second.id, who="Wang Fang", **change)  # type: ignore[arg-type]
        with pytest.raises(LastLead):
            store.change_person(first.id, who="Wang Fang", **change)  # type: ignore[arg-type]
        assert store.person(first.id).role is Role.LEAD
        assert store.person(first.id).active

    def test_whoever_has_left_stays_known(self, store: PeopleStore) -> None:
        lead(store)
        other = store.add_person("Li Wei", Role.OPERATOR, who="Wang Fang", pin_hash="hash")
        assert not store.change_person(other.id, who="Wang Fang", active=False).active
        assert [person.name for person in store.people()] == ["Li Wei", "Wang Fang"]
        assert store.change_person(other.id, who="Wang Fang", active=True).active

    def test_a_new_pin_forgets_wrong_ones(self, store: PeopleStore) -> None:
        made = lead(store)
        assert store.try_begun(made.id, was=0, tries=Tries(1, START, locked_out=True))
        changed = store.set_pin(made.id, "other hash", who="Wang Fang")
        assert (changed.failures, changed.locked_until, changed.locked_out) == (0, None, False)
        assert store.pin_hash(made.id) == "other hash"
        store.rehash_pin(made.id, "stronger")
        assert store.pin_hash(made.id) == "stronger"

    def test_a_try_counts_once_however_many_begin_it_at_once(self, store: PeopleStore) -> None:
        made = lead(store)
        until = START + timedelta(seconds=30)
        assert store.try_begun(made.id, was=0, tries=Tries(1))
        assert not store.try_begun(made.id, was=0, tries=Tries(1))
        assert store.try_begun(made.id, was=1, tries=Tries(2, until))
        assert (store.person(made.id).failures, store.person(made.id).locked_until) == (2, until)
        assert store.tries_forgotten(made.id).failures == 0
        assert store.person(made.id).locked_until is None

    def test_unknown_badges_count_for_their_station(self, store: PeopleStore) -> None:
        until = START + timedelta(seconds=30)
        assert store.badge_tries("bench-1") == Tries()
        assert store.badge_try_begun("bench-1", was=0, tries=Tries(1))
        assert not store.badge_try_begun("bench-1", was=0, tries=Tries(1))
        assert store.badge_try_begun("bench-1", was=1, tries=Tries(2, until))
        assert store.badge_tries("bench-1") == Tries(2, until)
        assert store.badge_tries("bench-2") == Tries()
        store.badge_tries_forgotten("bench-1")
        assert store.badge_tries("bench-1") == Tries()

    def test_every_change_is_in_the_record_with_who_made_it(self, store: PeopleStore, told: Told) -> None:
        made = lead(store)
        other = store.add_person("Li Wei", Role.OPERATOR, who="Wang Fang", badge="P10001")
        store.change_person(other.id, who="Wang Fang", role=Role.QA)
        store.change_person(other.id, who="Wang Fang", role=Role.QA)
        store.change_person(other.id, who="Li Wei", language="zh_CN")
        store.set_pin(other.id, "hash", who="Li Wei")
        store.set_badge(other.id, "", who="Wang Fang")
        store.tries_forgotten(other.id, who="Wang Fang")
        store.tries_forgotten(made.id)
        assert [(name, who, facts["done"]) for name, who, facts in told()] == [
            ("Wang Fang", "Wang Fang", "first lead"),
            ("Li Wei", "Wang Fang", "added"),
            ("Li Wei", "Wang Fang", "changed"),
            ("Li Wei", "Li Wei", "changed"),
            ("Li Wei", "Li Wei", "new PIN"),
            ("Li Wei", "Wang Fang", "badge taken away"),
            ("Li Wei", "Wang Fang", "unlocked"),
        ]

    def test_a_refused_change_leaves_nothing_in_the_record(self, store: PeopleStore, told: Told) -> None:
        made = lead(store)
        with pytest.raises(LastLead):
            store.change_person(made.id, who="Wang Fang", active=False)
        with pytest.raises(NameTaken):
            store.add_person("wang fang", Role.QA, who="Wang Fang", pin_hash="hash")
        assert len(told()) == 1
