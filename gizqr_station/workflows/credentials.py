"""Who somebody is, by badge or by name and PIN, and how wrong ones are made to wait."""

import math
import threading
import time
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from gizqr_station.domain.audit import Act, ActKind
from gizqr_station.domain.people import Badge, Credential, NameAndPin, Person, Role
from gizqr_station.domain.people_failures import BadgeUnknown, PersonLockedOut, TriesExhausted, WrongPin
from gizqr_station.domain.sign_in import (
    HOUR_S,
    LOCKED_OUT_AFTER,
    LONGEST_BADGE_PAUSE_S,
    LONGEST_PAUSE_S,
    MOST_AN_HOUR,
    pause_s,
)
from gizqr_station.workflows.people_ports import ActRecord, PeopleStore, PinHasher, Tries
from gizqr_station.workflows.ports import Clock

NOBODYS_PIN = "000000"
"""Looked at for names that nobody has, so that these answers take as long as the others."""


class Pauses:
    """How long a pause that the ledger says has still to run, whatever anybody sets the clock to.

    Within this program the monotonic clock says it. A pause from before, or of another station, is measured by the
    calendar once, when it is first seen, and is then as long as it was at most: a clock that was set back keeps it.
    """

    def __init__(self, clock: Clock, monotonic: Callable[[], float]) -> None:
        self._clock = clock
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._ends: dict[object, tuple[datetime, float]] = {}

    def left_s(self, whose: object, until: datetime | None, longest_s: float) -> float:
        """Seconds until a try of theirs is looked at; 0 for now."""
        if until is None:
            return 0.0
        with self._lock:
            seen, ends = self._ends.get(whose, (None, 0.0))
            if seen != until:
                left_s = (until - self._clock.now()).total_seconds()
                ends = self._monotonic() + min(max(left_s, 0.0), longest_s)
                self._ends[whose] = (until, ends)
            return max(0.0, ends - self._monotonic())

    def begin(self, whose: object, seconds: float) -> datetime | None:
        """A pause from now on: what the ledger is to say of it."""
        if seconds <= 0:
            return None
        until = self._clock.now() + timedelta(seconds=seconds)
        with self._lock:
            self._ends[whose] = (until, self._monotonic() + seconds)
        return until


class WrongOnes:
    """When the wrong tries of the last hour were: right ones between them do not wipe them out."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._at: dict[object, deque[float]] = {}

    def left_s(self, whose: object) -> float:
        """Seconds until there is room for another one within the hour; 0 for now."""
        with self._lock:
            at = self._at.get(whose, deque())
            if len(at) < MOST_AN_HOUR:
                return 0.0
            return max(0.0, at[-MOST_AN_HOUR] + HOUR_S - self._monotonic())

    def add(self, whose: object) -> None:
        """One more, now."""
        with self._lock:
            self._at.setdefault(whose, deque(maxlen=MOST_AN_HOUR)).append(self._monotonic())


class Credentials:
    """Looks at badges and PINs. Every try is counted as a wrong one, durably, before it is looked at. Any thread.

    Slow: a PIN takes some 50 to 100 ms, and several writes of the ledger.
    """

    def __init__(
        self,
        store: PeopleStore,
        record: ActRecord,
        pins: PinHasher,
        clock: Clock,
        *,
        station: str,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._record = record
        self._pins = pins
        self._station = station
        self._pauses = Pauses(clock, monotonic)
        self._wrong = WrongOnes(monotonic)
        self._nobodys_hash = ""

    def person_of(self, credential: Credential) -> Person:
        """Whose they are; raises WrongPin, BadgeUnknown, TriesExhausted, PersonLockedOut, LedgerFailure.

        A person who has left is nobody any more. A badge counts whatever was wrong with its person's PIN.
        """
        if isinstance(credential, Badge):
            return self._by_badge(credential)
        return self._by_pin(credential)

    def _by_badge(self, badge: Badge) -> Person:
        before = self._store.badge_tries(self._station)
        whose = ("badges", self._station)
        self._require_no_pause(whose, before.locked_until, LONGEST_BADGE_PAUSE_S)
        seconds = pause_s(before.failures + 1, LONGEST_BADGE_PAUSE_S)
        begun = Tries(before.failures + 1, self._pauses.begin(whose, seconds))
        if not self._store.badge_try_begun(self._station, was=before.failures, tries=begun):
            raise TriesExhausted(1)
        person = self._store.person_with_badge(badge.text)
        if person is None or not person.active:
            self._wrong.add(whose)
            self._refused("badge", person)
            raise BadgeUnknown
        self._store.badge_tries_forgotten(self._station)
        return person

    def _by_pin(self, typed: NameAndPin) -> Person:
        person = self._store.person_named(typed.name)
        if person is None or not person.active:
            self._look_at_nobodys(typed.pin)
            self._refused("PIN", person)
            raise WrongPin
        whose = ("PIN", person.id)
        if person.locked_out:
            raise PersonLockedOut(person.name)
        self._require_no_pause(whose, person.locked_until, LONGEST_PAUSE_S)
        self._begin_try(whose, person)
        pin_hash = self._store.pin_hash(person.id)
        if not pin_hash:
            self._look_at_nobodys(typed.pin)
        if not pin_hash or not self._pins.fits(pin_hash, typed.pin):
            self._wrong.add(whose)
            self._refused("PIN", person)
            raise WrongPin
        if self._pins.outdated(pin_hash):
            self._store.rehash_pin(person.id, self._pins.hash(typed.pin))
        return self._store.tries_forgotten(person.id)

    def _begin_try(self, whose: object, person: Person) -> None:
        """Raises TriesExhausted where another station tries for the same person at this very moment."""
        failures = person.failures + 1
        until = self._pauses.begin(whose, pause_s(failures))
        locked_out = failures >= LOCKED_OUT_AFTER and self._somebody_can_unlock(person)
        if not self._store.try_begun(person.id, was=person.failures, tries=Tries(failures, until, locked_out)):
            raise TriesExhausted(1)

    def _somebody_can_unlock(self, person: Person) -> bool:
        """Another lead could; the only one is never locked out for good, and waits as long after each try instead."""
        others = (each for each in self._store.people() if each.id != person.id)
        return any(each.role is Role.LEAD and each.active and not each.locked_out for each in others)

    def _require_no_pause(self, whose: object, until: datetime | None, longest_s: float) -> None:
        left_s = max(self._pauses.left_s(whose, until, longest_s), self._wrong.left_s(whose))
        if left_s > 0:
            raise TriesExhausted(math.ceil(left_s))

    def _look_at_nobodys(self, pin: str) -> None:
        self._nobodys_hash = self._nobodys_hash or self._pins.hash(NOBODYS_PIN)
        self._pins.fits(self._nobodys_hash, pin)

    def _refused(self, what: str, person: Person | None) -> None:
        """Written before anybody is told; a name that nobody has may be a PIN that was typed in the wrong place."""
        name = "" if person is None else person.name
        act = Act(ActKind.REFUSAL, name, (("asked", "sign in"), ("wrong", what)))
        self._record.act(act, who=name)
