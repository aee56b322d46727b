"""Whoever can write the ledger, but not the second place, is found out, and the first bad entry is named."""

import json
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from gizqr_station.domain.audit import AuditFaultKind
from gizqr_station.domain.audit_failures import StateAltered
from gizqr_station.domain.ledger_failures import LedgerDamaged
from gizqr_station.domain.people import Role
from gizqr_station.domain.stop import Stop
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.ledger.told_state import CREDENTIALS, facts_of
from tests.fakes import SteppingClock
from tests.trust.mutations import MUTATIONS, cut, put_back, restamped
from tests.trust.sealed_ledger import SealedLedger
from tests.trust.state_mutations import EDITS, build_told

Mutation = Callable[[SealedLedger, random.Random], int]
ORDINARY, MANY = 200, 10_000


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory, sealed_folder: Path) -> Iterator[SealedLedger]:
    folder = tmp_path_factory.mktemp("mutations")
    shutil.copytree(sealed_folder, folder, dirs_exist_ok=True)
    sealed = SealedLedger(folder)
    yield sealed
    sealed.close()


def each_is_found(held: SealedLedger, mutation: Mutation, times: int) -> None:
    dice = random.Random(mutation.__name__)
    for number in range(times):
        first_bad = mutation(held, dice)
        verdict = held.verified()
        assert verdict.fault is not None, f"{mutation.__name__} {number} of entry {first_bad} was not found"
        assert verdict.fault.sequence == first_bad, f"{mutation.__name__} {number}: {verdict.fault}"


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_every_mutation_is_found_and_its_first_bad_entry_named(held: SealedLedger, mutation: Mutation) -> None:
    each_is_found(held, mutation, ORDINARY)


@pytest.mark.slow
@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_every_one_of_many_mutations_is_found(held: SealedLedger, mutation: Mutation) -> None:
    each_is_found(held, mutation, MANY)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SealedLedger, dict[str, int]]]:
    folder = tmp_path_factory.mktemp("told")
    sequences = build_told(folder)
    sealed = SealedLedger(folder)
    yield sealed, sequences
    sealed.close()


@pytest.mark.parametrize(("edit", "by"), EDITS)
def test_what_the_record_tells_of_people_orders_shifts_and_outcomes_is_held_against_their_tables(
    told: tuple[SealedLedger, dict[str, int]], edit: str, by: str
) -> None:
    sealed, sequences = told
    with sealed.changed() as raw:
        assert raw.execute(edit).rowcount == 1
    kind = AuditFaultKind.JOB_CHANGED if " jobs " in edit else AuditFaultKind.STATE_CHANGED
    fault = sealed.verified().fault
    assert fault is not None
    assert (fault.kind, fault.sequence) == (kind, sequences[by]), fault
    with pytest.raises(StateAltered if kind is AuditFaultKind.STATE_CHANGED else LedgerDamaged):
        sealed.ledger.require_whole_besides_seals()


def test_people_orders_and_shifts_that_nobody_changed_are_whole(told: tuple[SealedLedger, dict[str, int]]) -> None:
    sealed, _ = told
    with sealed.changed():
        pass
    assert sealed.verified().fault is None
    sealed.ledger.require_whole_besides_seals()


def test_acts_from_before_credentials_were_told_say_nothing_of_them(tmp_path: Path) -> None:
    with closing(open_ledger(tmp_path / "l", kind="production", station="b", clock=SteppingClock())) as ledger:
        ledger.add_person("Chen", Role.LEAD, who="Chen", first=True, pin_hash="hash")
        facts = facts_of(ledger.acts_about("Chen")[0].evidence)
        with closing(sqlite3.connect(tmp_path / "l")) as raw, raw:
            raw.execute("DROP TRIGGER entries_are_not_changed")
            before = {name: value for name, value in facts.items() if name != CREDENTIALS}
            raw.execute("UPDATE entries SET evidence = ?", (json.dumps(before),))
            raw.execute("UPDATE people SET pin_hash = 'another'")
        assert ledger.job_fault(Stop()) is None
        ledger.set_pin(1, "a third", who="Chen")
        assert ledger.job_fault(Stop()) is None
        with closing(sqlite3.connect(tmp_path / "l")) as raw, raw:
            raw.execute("UPDATE people SET pin_hash = 'another'")
        fault = ledger.job_fault(Stop())
        assert fault is not None
        assert (fault.kind, fault.sequence) == (AuditFaultKind.STATE_CHANGED, 2)


def test_a_record_that_nobody_changed_is_whole(held: SealedLedger) -> None:
    with held.changed():
        pass
    verdict = held.verified()
    assert (verdict.entries, verdict.covered, verdict.fault) == (held.last, held.covered, None)


@pytest.mark.parametrize("mutation", [restamped, cut, put_back], ids=lambda mutation: mutation.__name__)
def test_without_a_checkpoint_a_record_that_agrees_with_itself_shows_nothing(
    held: SealedLedger, mutation: Mutation
) -> None:
    """The negative control: it is the second place that finds these, not the chain."""
    dice = random.Random(7)
    kinds = set()
    for _ in range(10):
        mutation(held, dice)
        fault = held.unseen.verify(Stop()).fault
        kinds.add(None if fault is None else fault.kind)
    # what a cut leaves of a job may not be where its last entry says; the chain itself finds nothing
    assert kinds <= {None, AuditFaultKind.JOB_CHANGED}
