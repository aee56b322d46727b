"""What somebody may do to people, orders, shifts and outcomes behind the record's back; each is an act of its own."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from gizqr_station.domain.job import JobState, PrintOutcome
from gizqr_station.domain.people import Role
from gizqr_station.domain.stop import Stop
from gizqr_station.domain.work_order import OrderState
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.ledger.store import SqlLedger
from tests.contracts.ledger_samples import brought_to, mac, opened
from tests.contracts.order_book_contract import PROFILE
from tests.fakes import SteppingClock
from tests.trust.sealed_ledger import checkpoints_in

EDITS: tuple[tuple[str, str], ...] = (
    ("UPDATE people SET role = 'lead' WHERE name = 'Op'", "added Op"),
    ("UPDATE people SET role = 'qa' WHERE name = 'Chen'", "first lead"),
    ("UPDATE people SET active = 1 WHERE name = 'Gone'", "left"),
    ("UPDATE people SET language = 'en' WHERE name = 'Op'", "added Op"),
    ("UPDATE people SET name = 'Od', name_key = 'od' WHERE name = 'Op'", "nothing"),
    ("UPDATE people SET pin_hash = (SELECT pin_hash FROM people WHERE name = 'Op') WHERE name = 'Chen'", "first lead"),
    ("UPDATE people SET pin_hash = '' WHERE name = 'Op'", "rehashed"),
    ("UPDATE people SET badge_digest = 'a' WHERE name = 'Gone'", "badge of Gone"),
    ("UPDATE people SET badge_digest = NULL WHERE name = 'Gone'", "badge of Gone"),
    ("DELETE FROM people WHERE name = 'Op'", "added Op"),
    (
        "INSERT INTO people SELECT 99, 'New', 'new', role, active, NULL, pin_hash, language, 0, NULL, 0, added_at"
        " FROM people WHERE name = 'Chen'",
        "nothing",
    ),
    ("UPDATE work_orders SET state = 'released' WHERE number = 'WO-1'", "signed"),
    ("UPDATE work_orders SET signed_by = 'Op' WHERE number = 'WO-1'", "signed"),
    ("UPDATE work_orders SET released_by = 'Chen' WHERE number = 'WO-1'", "planned"),
    ("UPDATE work_orders SET first_article = 1 WHERE number = 'WO-1'", "planned"),
    ("UPDATE work_orders SET first_article = 0 WHERE number = 'WO-2'", "released"),
    ("UPDATE work_orders SET made_by = 'Op' WHERE number = 'WO-1'", "planned"),
    ("UPDATE work_orders SET digest = 'a' WHERE number = 'WO-1'", "planned"),
    ("UPDATE work_orders SET profile = replace(profile, 'K', 'L') || ' ' WHERE number = 'WO-1'", "planned"),
    ("UPDATE work_orders SET quantity = 9999 WHERE number = 'WO-1'", "planned"),
    ("UPDATE work_orders SET template = 'other' WHERE number = 'WO-1'", "planned"),
    ("DELETE FROM work_orders WHERE number = 'WO-1'", "planned"),
    ("UPDATE shifts SET closed_by = 'Chen', closed_at = 1, last_entry = 2 WHERE closed_at IS NULL", "opened again"),
    ("UPDATE shifts SET closed_by = '', closed_at = NULL, last_entry = 0, station = 'b-9' WHERE id = 1", "closed"),
    ("UPDATE shifts SET closed_by = 'Op' WHERE id = 1", "closed"),
    ("UPDATE shifts SET remark = 'all well' WHERE id = 1", "closed"),
    ("UPDATE shifts SET opened_by = 'Op' WHERE id = 2", "opened again"),
    (
        "UPDATE shifts SET (closed_by, closed_at, last_entry, remark) ="
        " (SELECT closed_by, closed_at, last_entry, remark FROM shifts WHERE id = 1) WHERE id = 2",
        "closed",
    ),
    ("DELETE FROM shifts WHERE id = 1", "opened"),
    ("DELETE FROM orders_in_hand", "taken"),
    ("UPDATE orders_in_hand SET number = 'WO-1'", "taken"),
    ("UPDATE orders_in_hand SET taken_by = 'Op'", "taken"),
    ("INSERT INTO orders_in_hand VALUES ('bench-9', 'WO-2', 'Op', 1)", "nothing"),
    ("UPDATE jobs SET outcome = 'accepted' WHERE id = 2", "unknown"),
    ("UPDATE jobs SET outcome = NULL WHERE id = 2", "unknown"),
    ("UPDATE jobs SET outcome = 'accepted' WHERE id = 3", "sent"),
    ("UPDATE jobs SET outcome = 'accepted' WHERE id = 4", "waits"),
    ("UPDATE jobs SET moved_at = 1 WHERE id = 2", "unknown"),
)
"""Each with what told it last: the act of this name is the first bad entry, and 0 where nothing told it."""


def build_told(folder: Path) -> dict[str, int]:
    """A signed ledger with people, orders, shifts and labels; the sequence of each act that an edit is held against."""
    clock = SteppingClock()
    ledger = open_ledger(folder / "ledger.sqlite", kind="production", station="bench-1", clock=clock)
    told = {"nothing": 0}

    def mark(name: str) -> None:
        told[name] = ledger.last_entry()

    try:
        _with_people(ledger, mark)
        _with_orders(ledger, mark)
        ledger.open_shift(who="Chen")
        mark("opened")
        ledger.close_shift(who="Chen", remark="half done")
        mark("closed")
        ledger.open_shift(who="Chen")
        mark("opened again")
        ledger.take_order("WO-2", who="Chen")
        mark("taken")
        for number, state in ((2, JobState.SENT), (3, JobState.SENT), (4, JobState.INTENDED)):
            drawn = opened(ledger, identity=mac(number), scan_back_due=False, work_order="WO-2")
            mark("waits")
            job = brought_to(ledger, drawn, state)
            if number == 2:
                ledger.move(job, JobState.UNKNOWN, who="Op", evidence="cable", outcome=PrintOutcome.UNKNOWN)
                mark("unknown")
            elif number == 3:
                mark("sent")
        checkpoints_in(folder, ledger, clock).sign(who="Chen", stop=Stop())
        (folder / "older").mkdir()
    finally:
        ledger.close()
    return told


def _with_people(ledger: SqlLedger, mark: Callable[[str], None]) -> None:
    ledger.add_person("Chen", Role.LEAD, who="Chen", first=True, pin_hash="hash of Chen", badge="B-1")
    mark("first lead")
    operator = ledger.add_person("Op", Role.OPERATOR, who="Chen", pin_hash="hash of Op")
    mark("added Op")
    gone = ledger.add_person("Gone", Role.QA, who="Chen", pin_hash="hash of Gone")
    ledger.set_badge(gone.id, "B-2", who="Chen")
    mark("badge of Gone")
    ledger.change_person(gone.id, active=False, who="Chen")
    mark("left")
    ledger.rehash_pin(operator.id, "stronger hash of Op")
    mark("rehashed")


def _with_orders(ledger: SqlLedger, mark: Callable[[str], None]) -> None:
    profile = replace(PROFILE, identities=(), quantity=9)
    ledger.plan_order("WO-2", profile, who="Chen")
    ledger.move_order("WO-2", OrderState.SIGNED, who="Chen")
    first = brought_to(ledger, opened(ledger, identity=mac(1), work_order="WO-2"), JobState.VERIFIED)
    ledger.move_order("WO-2", OrderState.RELEASED, who="Gone", first_article=first.id, scanned=first.draft.content)
    mark("released")
    ledger.plan_order("WO-1", profile, who="Chen")
    mark("planned")
    ledger.move_order("WO-1", OrderState.SIGNED, who="Chen")
    mark("signed")
