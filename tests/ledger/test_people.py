"""People in both databases, and what only tables can show: nobody is removed or renamed, and no secret can be read."""

import json
import multiprocessing
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, IntegrityError

from gizqr_station.domain.audit import ActKind
from gizqr_station.domain.people import Role
from gizqr_station.domain.people_failures import FirstLeadMade
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.ledger.people_rows import badge_digest
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.workflows.people_ports import PeopleStore, Tries
from tests.contracts.people_contract import PeopleContract, Told, lead
from tests.fake_people import FakePeople
from tests.fakes import SteppingClock
from tests.ledger.conftest import OpenLedger
from tests.ledger.shared import OpenShared


def told_by(ledger: SqlLedger) -> Told:
    def told() -> list[tuple[str, str, dict[str, str]]]:
        acts = [entry for entry in ledger.entries(0, 1000) if entry.kind == ActKind.PERSON.value]
        return [(act.subject, act.who, json.loads(act.evidence)) for act in acts]

    return told


class TestFakePeople(PeopleContract):
    @pytest.fixture
    def store(self) -> PeopleStore:
        return FakePeople()

    @pytest.fixture
    def told(self, store: FakePeople) -> Told:
        return lambda: [(act.subject, who, dict(act.facts)) for act, who in store.acts]


class TestPeopleInSqlite(PeopleContract):
    @pytest.fixture
    def store(self, ledger: SqlLedger) -> PeopleStore:
        return ledger

    @pytest.fixture
    def told(self, ledger: SqlLedger) -> Told:
        return told_by(ledger)


class TestPeopleInPostgres(PeopleContract):
    @pytest.fixture
    def shared(self, open_shared: OpenShared) -> SqlLedger:
        return open_shared()

    @pytest.fixture
    def store(self, shared: SqlLedger) -> PeopleStore:
        return shared

    @pytest.fixture
    def told(self, shared: SqlLedger) -> Told:
        return told_by(shared)

    def test_no_program_removes_or_renames_anybody(self, shared: SqlLedger) -> None:
        lead(shared)
        for statement in ("DELETE FROM people", "UPDATE people SET name = 'x'", "TRUNCATE people"):
            with pytest.raises(DatabaseError), shared._database.writing() as connection:
                connection.execute(text(statement))


def test_no_program_removes_or_renames_anybody(ledger: SqlLedger) -> None:
    lead(ledger)
    for statement in ("DELETE FROM people", "UPDATE people SET name = 'x'", "UPDATE people SET name_key = 'x'"):
        with pytest.raises(IntegrityError, match="records"), ledger._database.writing() as connection:
            connection.execute(text(statement))


def test_a_badge_has_another_digest_in_every_ledger() -> None:
    assert badge_digest("a", "P10000") == "8f87fd0d2f41256280f6936b28a7567e71ca195da44cc2b6792a186c6f91884a"
    assert badge_digest("a", "P10000") != badge_digest("b", "P10000")


def test_people_are_there_after_a_restart_with_their_wrong_tries(ledger_file: Path, open_again: OpenLedger) -> None:
    made = lead(open_again(ledger_file))
    open_again(ledger_file).try_begun(made.id, was=0, tries=Tries(7, SteppingClock().time, locked_out=True))
    again = open_again(ledger_file).person(made.id)
    assert (again.failures, again.locked_until, again.locked_out) == (7, SteppingClock().time, True)


def _be_first(path: Path, name: str, begin: "Event", answers: "Queue[str]") -> None:
    ledger = open_ledger(path, kind="production", station="bench-1", clock=SteppingClock())
    begin.wait(30)
    try:
        ledger.add_person(name, Role.LEAD, who=name, first=True, pin_hash="hash")
        answers.put(name)
    except FirstLeadMade:
        answers.put("")
    finally:
        ledger.close()


def test_of_many_programs_that_make_the_first_lead_one_does(ledger_file: Path, open_again: OpenLedger) -> None:
    spawn = multiprocessing.get_context("spawn")
    begin, answers = spawn.Event(), spawn.Queue()
    racers = [spawn.Process(target=_be_first, args=(ledger_file, f"Lead {n}", begin, answers)) for n in range(3)]
    for racer in racers:
        racer.start()
    begin.set()
    said = [answers.get(timeout=60) for _ in racers]
    for racer in racers:
        racer.join(30)
    answers.close()
    answers.join_thread()
    assert sorted(bool(name) for name in said) == [False, False, True]
    assert [person.name for person in open_again(ledger_file).people()] == [name for name in said if name]
