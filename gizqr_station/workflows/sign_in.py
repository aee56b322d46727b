"""Who is on duty at a station: signing in and out, taking over, the idle lock, and what whoever it is may do."""

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from gizqr_station.domain.audit import Act, ActKind
from gizqr_station.domain.failures import PeopleFailure
from gizqr_station.domain.people import ALLOWED, Badge, Credential, Permission, Person
from gizqr_station.domain.people_failures import NobodySignedIn, NotAllowed, SelfApproval, StationLocked
from gizqr_station.workflows.credentials import Credentials
from gizqr_station.workflows.duty import NOBODY, NamedOperator, Present
from gizqr_station.workflows.people_happenings import OnDuty
from gizqr_station.workflows.people_ports import ActRecord, PeopleStore

log = logging.getLogger(__name__)

LOOK_AGAIN_S = 30.0
"""So old what is known of the person may be for a label; for anything else they are looked up each time."""

Hear = Callable[[OnDuty], None]


@dataclass(frozen=True, slots=True)
class _At:
    """How things stand."""

    person: Person | None = None
    locked: bool = False


class SignedInDuty:
    """The Duty of a station whose ledger may know people; until it does, the operator of the settings works.

    Any thread. ``sign_in`` and ``second`` take their time, ``name`` and ``stirred`` none. Whoever wants to hear who
    is on duty is told on the thread where it changed.
    """

    def __init__(
        self,
        store: PeopleStore,
        record: ActRecord,
        credentials: Credentials,
        unmanned: NamedOperator,
        *,
        lock_after_s: float,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._record = record
        self._credentials = credentials
        self._unmanned = unmanned
        self._lock_after_s = lock_after_s
        self._monotonic = monotonic
        self._lock = threading.RLock()
        self._signing = threading.Lock()
        self._at = _At()
        self._stirred_at = self._read_at = monotonic()
        self._people_known = False
        self._looked_for_people_at: float | None = None
        self._hear: Hear = lambda _: None

    def listen(self, hear: Hear) -> None:
        """Who is told of every change from now on; must return at once."""
        self._hear = hear

    @property
    def name(self) -> str:
        """What records say; empty while nobody is signed in."""
        at = self._at
        if at.person is not None:
            return at.person.name
        return "" if self._people_known else self._unmanned.name

    @property
    def person(self) -> Person | None:
        """Who is on duty, locked or not."""
        return self._at.person

    @property
    def now(self) -> OnDuty:
        """As it is told."""
        at = self._at
        if at.person is None and not self._people_known:
            return OnDuty(None, self._unmanned.name, first_lead_due=True, allowed=self._unmanned.allowed)
        if at.person is None:
            return OnDuty(None, "")
        allowed = frozenset() if at.locked else ALLOWED[at.person.role]
        return OnDuty(at.person, at.person.name, at.locked, allowed=allowed)

    def require(self, permission: Permission, about: str = "") -> str:
        """The name of whoever may do it now; raises NobodySignedIn, StationLocked, NotAllowed, LedgerFailure.

        Where the ledger knows nobody: FirstLeadDue, NeedsPerson.
        """
        of_label = permission is Permission.LABEL
        try:
            name = self._required(permission, fresh=not of_label)
        except PeopleFailure as refused:
            if not of_label:
                self._write_asked(ActKind.REFUSAL, permission, about, self.name or NOBODY, ("why", refused.code))
            raise
        if not of_label:
            self._write_asked(ActKind.GRANT, permission, about, name)
        return name

    def second(self, credential: Credential, permission: Permission, about: str = "") -> str:
        """The name of a second person who may do it; raises SelfApproval for whoever is on duty, NotAllowed.

        WrongPin, BadgeUnknown, TriesExhausted, PersonLockedOut; NeedsPerson, NobodySignedIn and StationLocked where
        there is no first one.
        """
        if not self._has_people(fresh=True):
            return self._unmanned.second(credential, permission, about)
        first = self._present(fresh=True)
        person = self._credentials.person_of(credential)
        refused: PeopleFailure | None = None
        if person.id == first.id:
            refused = SelfApproval(person.name)
        elif not person.may(permission):
            refused = NotAllowed(person.name, permission.value)
        if refused is not None:
            self._write_asked(ActKind.REFUSAL, permission, about, person.name, ("why", refused.code))
            raise refused
        self._write_asked(ActKind.GRANT, permission, about, person.name, ("second_to", first.name))
        return person.name

    def stirred(self) -> None:
        """Somebody is at work here; what was locked stays so, and what should have been locked by now is."""
        with self._lock:
            if not self._lock_if_idle():
                self._stirred_at = self._monotonic()

    def sign_in(self, credential: Credential) -> Person:
        """Take over, or unlock; raises what ``Credentials.person_of`` raises, and then nothing has changed."""
        how = "badge" if isinstance(credential, Badge) else "PIN"
        with self._signing:
            person = self._credentials.person_of(credential)
            self.take_over(person, how)
        return person

    def take_over(self, person: Person, how: str) -> None:
        """This person, who has shown who they are, is on duty now; whoever was before is not any more."""
        was = self._at
        if was.person is not None and was.person.id != person.id:
            self._write(ActKind.SIGN_OUT, was.person.name, (("why", "taken over"),))
        known = was.person is not None and was.person.id == person.id
        done = "unlocked" if known and was.locked else "signed in"
        self._write(ActKind.SIGN_IN, person.name, (("how", how), ("done", done)))
        with self._lock:
            self._people_known = True
            self._at = _At(person)
            self._stirred_at = self._read_at = self._monotonic()
        log.info("%s %s by %s", person.name, done, how)
        self._hear(self.now)

    @property
    def present(self) -> Present | None:
        """Who ``stay`` would leave on duty at the station that is opened next."""
        at = self._at
        return None if at.person is None else Present(at.person.id, at.locked, self._stirred_at)

    def stay(self, present: Present) -> None:
        """Go on with them after a changeover, if they still work here: locked as they were, and as long idle.

        Before anybody listens. Raises NothingRecorded, LedgerFailure, and then nobody is on duty.
        """
        person = self._store.person(present.number)
        if not person.active:
            return
        self._write(ActKind.SIGN_IN, person.name, (("how", "changeover"), ("done", "stayed")))
        with self._lock:
            self._people_known = True
            self._at = _At(person, present.locked)
            self._stirred_at, self._read_at = present.stirred_at, self._monotonic()
            self._lock_if_idle()

    def sign_out(self, why: str = "signed out") -> None:
        """Nobody works here for now; what is under way is brought to its end."""
        with self._signing:
            person = self._at.person
            if person is None:
                return
            self._write(ActKind.SIGN_OUT, person.name, (("why", why),))
            self._gone(person)

    def lock(self) -> None:
        """The person goes away for a moment."""
        self._lock_now()

    def look(self) -> None:
        """Now and then: lock what is idle, and see what another station has changed. Raises LedgerFailure."""
        with self._lock:
            self._lock_if_idle()
        known = self._people_known
        if self._has_people(fresh=False) and not known:
            self._hear(self.now)
        person = self._at.person
        if person is not None and self._monotonic() - self._read_at >= LOOK_AGAIN_S:
            with contextlib.suppress(NobodySignedIn):
                self._read_again(person)

    def read_again(self) -> None:
        """Somebody changed people here: see what that means for whoever is on duty."""
        if self._has_people(fresh=True) and (person := self._at.person) is not None:
            with contextlib.suppress(NobodySignedIn):
                self._read_again(person)

    def _required(self, permission: Permission, *, fresh: bool) -> str:
        if not self._has_people(fresh=fresh):
            return self._unmanned.require(permission)
        person = self._present(fresh=fresh)
        if not person.may(permission):
            raise NotAllowed(person.name, permission.value)
        return person.name

    def _present(self, *, fresh: bool) -> Person:
        with self._lock:
            self._lock_if_idle()
            at = self._at
        if at.person is None:
            raise NobodySignedIn
        if at.locked:
            raise StationLocked(at.person.name)
        if fresh or self._monotonic() - self._read_at >= LOOK_AGAIN_S:
            return self._read_again(at.person)
        return at.person

    def _read_again(self, person: Person) -> Person:
        """As the ledger has them now; raises NobodySignedIn for who has left meanwhile."""
        stands = self._store.person(person.id)
        if not stands.active:
            self._write(ActKind.SIGN_OUT, person.name, (("why", "left"),))
            self._gone(person)
            raise NobodySignedIn
        with self._lock:
            still = self._at.person is not None and self._at.person.id == person.id
            changed = still and _seen_of(self._at.person) != _seen_of(stands)
            if still:
                self._at = replace(self._at, person=stands)
                self._read_at = self._monotonic()
        if changed:
            self._hear(self.now)
        return stands

    def _has_people(self, *, fresh: bool) -> bool:
        """Once there is somebody there always is; until then looked up every time, or for labels every 30 s."""
        if self._people_known:
            return True
        looked_at, now = self._looked_for_people_at, self._monotonic()
        if fresh or looked_at is None or now - looked_at >= LOOK_AGAIN_S:
            self._looked_for_people_at = now
            self._people_known = self._store.anybody()
        return self._people_known

    def _lock_if_idle(self) -> bool:
        """Whether it is locked, by now or since before."""
        at = self._at
        if at.person is None or at.locked:
            return at.locked
        if self._monotonic() - self._stirred_at < self._lock_after_s:
            return False
        self._lock_now()
        return True

    def _lock_now(self) -> None:
        with self._lock:
            if self._at.person is None or self._at.locked:
                return
            self._at = replace(self._at, locked=True)
        log.info("locked")
        self._hear(self.now)

    def _gone(self, person: Person) -> None:
        with self._lock:
            if self._at.person is None or self._at.person.id != person.id:
                return
            self._at = _At()
        log.info("%s is not on duty any more", person.name)
        self._hear(self.now)

    def _write_asked(self, kind: ActKind, permission: Permission, about: str, who: str, *more: tuple[str, str]) -> None:
        told = (("permission", permission.value), *((("about", about),) if about else ()), *more)
        self._record.act(Act(kind, who, told), who=who)

    def _write(self, kind: ActKind, name: str, facts: tuple[tuple[str, str], ...]) -> None:
        self._record.act(Act(kind, name, facts), who=name)


def _seen_of(person: Person | None) -> Person | None:
    """What anybody sees of a person change; wrong tries are no such thing."""
    return None if person is None else replace(person, failures=0, locked_until=None, locked_out=False)
