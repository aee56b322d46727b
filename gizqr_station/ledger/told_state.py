"""What the acts of the record tell of people, orders and shifts: what the tables ought to say."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row

from gizqr_station.domain.audit import ActKind
from gizqr_station.domain.sign_in import name_key
from gizqr_station.domain.work_order import OrderState

CREDENTIALS = "shows_digest"
"""The fact of a PERSON act that stands for PIN and badge; an act from before it was written says nothing of them."""
ADDED = frozenset({"first lead", "added"})
OPENED, CLOSED = "opened", "closed"
TAKEN, GIVEN_BACK = "taken in hand", "given back"
KINDS = [ActKind.PERSON.value, ActKind.ORDER.value, ActKind.SHIFT.value]

Said = dict[str, tuple[object, int]]
"""By column: what it ought to say, and the sequence of the act that told it last."""

_BY = {OrderState.SIGNED.value: "signed_by", OrderState.RELEASED.value: "released_by"}
_MOVES = {state.value for state in OrderState if state is not OrderState.PLANNED}


def credentials_digest(pin_hash: str, badge_digest: str | None) -> str:
    """What an act may tell of a PIN and a badge: SHA-256 in hexadecimal over both as they are kept.

    Over both in one: the salt of the PIN's hash keeps a short badge from being found by trying all of them.
    """
    return hashlib.sha256(f"{pin_hash}\n{badge_digest or ''}".encode()).hexdigest()


@dataclass(slots=True)
class ToldShifts:
    """Which began and ended where in the record."""

    begun: dict[int, Said] = field(default_factory=dict)
    """By the sequence of the act that began it."""
    ended: dict[int, tuple[int, Said]] = field(default_factory=dict)
    """By the sequence of the act that ended it: which one, 0 where its station does not tell, and its columns."""
    running: dict[str, int] = field(default_factory=dict)

    def take(self, row: Row[Any], facts: Mapping[str, str]) -> None:
        """Fold one act."""
        if facts.get("what") == OPENED:
            self.running[row.subject] = row.sequence
            said = {"station": row.subject, "opened_by": row.who, "opened_at": row.at, "closed_at": None}
            self.begun[row.sequence] = _said({**said, "closed_by": "", "last_entry": 0, "remark": ""}, row.sequence)
        elif facts.get("what") == CLOSED:
            began = self.running.pop(row.subject, 0)
            ends = {"closed_by": row.who, "closed_at": row.at, "last_entry": row.sequence}
            self.ended[row.sequence] = (began, _said({**ends, "remark": facts.get("remark", "")}, row.sequence))


@dataclass(slots=True)
class ToldState:
    """All of it, up to the last act that was taken in."""

    people: dict[str, Said] = field(default_factory=dict)
    """By what their name is found by."""
    orders: dict[str, Said] = field(default_factory=dict)
    in_hand: dict[str, tuple[int, Said]] = field(default_factory=dict)
    """By station: the last act about it, and the columns; none of them where the order was given back."""
    shifts: ToldShifts = field(default_factory=ToldShifts)

    def take(self, row: Row[Any]) -> None:
        """Fold one act; those about one subject, and those of one station's shifts, come in their order."""
        facts = facts_of(row.evidence)
        if row.kind == ActKind.PERSON.value:
            self._take_person(row, facts)
        elif row.kind == ActKind.ORDER.value:
            self._take_order(row, facts)
        elif row.kind == ActKind.SHIFT.value:
            self.shifts.take(row, facts)

    def _take_person(self, row: Row[Any], facts: Mapping[str, str]) -> None:
        key = name_key(row.subject)
        if facts.get("done") in ADDED:
            self.people[key] = _said({"name": row.subject, "active": "True", "language": ""}, row.sequence)
        told = {name: facts[name] for name in ("role", "active", "language", CREDENTIALS) if name in facts}
        if key in self.people:
            self.people[key].update(_said(told, row.sequence))

    def _take_order(self, row: Row[Any], facts: Mapping[str, str]) -> None:
        what, number = facts.get("what", ""), row.subject
        if what in {TAKEN, GIVEN_BACK}:
            if row.sequence > self.in_hand.get(row.station, (0, {}))[0]:
                said = {"number": number, "taken_by": row.who, "taken_at": row.at} if what == TAKEN else {}
                self.in_hand[row.station] = (row.sequence, _said(said, row.sequence))
        elif what == OrderState.PLANNED.value:
            empty = dict.fromkeys(("signed_by", "released_by", "closed_by", "remark", "first_serial"), "")
            made = {"made_by": row.who, "made_at": row.at, "state": what, "digest": facts.get("digest", "")}
            self.orders[number] = _said({**empty, **made}, row.sequence)
        elif what in _MOVES and number in self.orders:
            moved = {"state": what, _BY.get(what, "closed_by"): row.who}
            if facts.get("remark"):
                moved["remark"] = facts["remark"]
            if "first article" in facts:
                moved["first_serial"] = facts["first article"]
            self.orders[number].update(_said(moved, row.sequence))


def facts_of(evidence: object) -> Mapping[str, str]:
    """Of an act; none for what is no act, which its seal shows."""
    try:
        facts = json.loads(evidence) if isinstance(evidence, str) else {}
    except ValueError:
        return {}
    return facts if isinstance(facts, dict) else {}


def _said(values: Mapping[str, object], sequence: int) -> Said:
    return {name: (value, sequence) for name, value in values.items()}
