"""People in memory, PINs that are hashed in no time, and clocks that go as a test says."""

import hashlib
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from gizqr_station.domain.audit import Act, ActKind
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
from gizqr_station.domain.sign_in import name_key
from gizqr_station.workflows.credentials import Credentials
from gizqr_station.workflows.duty import NamedOperator
from gizqr_station.workflows.people_admin import PeopleAdmin
from gizqr_station.workflows.people_happenings import OnDuty
from gizqr_station.workflows.people_ports import Tries
from gizqr_station.workflows.sign_in import SignedInDuty

START = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@dataclass
class FakeTime:
    """A calendar that anybody may set, and seconds that only go on."""

    calendar: datetime = START
    seconds: float = 1000.0

    def now(self) -> datetime:
        return self.calendar

    def monotonic(self) -> float:
        return self.seconds

    def passes(self, seconds: float) -> None:
        """Both go on."""
        self.seconds += seconds
        self.calendar += timedelta(seconds=seconds)


class FakePins:
    """A PinHasher that takes no time; looks are counted."""

    def __init__(self, version: str = "1") -> None:
        self.version = version
        self.looks = 0

    def hash(self, pin: str) -> str:
        return f"{self.version}:{hashlib.sha256(pin.encode()).hexdigest()}"

    def fits(self, pin_hash: str, pin: str) -> bool:
        self.looks += 1
        return pin_hash.partition(":")[2] == hashlib.sha256(pin.encode()).hexdigest()

    def outdated(self, pin_hash: str) -> bool:
        return pin_hash.partition(":")[0] != self.version


@dataclass
class FakePeople:
    """A PeopleStore and an ActRecord in memory, for one thread."""

    now: Callable[[], datetime] = lambda: START
    kept: dict[int, Person] = field(default_factory=dict)
    acts: list[tuple[Act, str]] = field(default_factory=list)
    """Each with who it was."""
    hashes: dict[int, str] = field(default_factory=dict)
    badges: dict[int, str] = field(default_factory=dict)
    at_stations: dict[str, Tries] = field(default_factory=dict)
    before_try: Callable[[], None] = lambda: None
    """Runs before a try is counted: whoever tries at another station at the same moment."""
    failing: Exception | None = None

    def act(self, act: Act, *, who: str) -> object:
        self._require_there()
        self.acts.append((act, who))
        return None

    def people(self) -> Sequence[Person]:
        return sorted(self.kept.values(), key=lambda person: name_key(person.name))

    def anybody(self) -> bool:
        self._require_there()
        return bool(self.kept)

    def person(self, number: int) -> Person:
        self._require_there()
        if number not in self.kept:
            raise NothingRecorded(str(number))
        return self.kept[number]

    def person_named(self, name: str) -> Person | None:
        return next((each for each in self.kept.values() if name_key(each.name) == name_key(name)), None)

    def person_with_badge(self, badge: str) -> Person | None:
        return next((self.kept[number] for number, text in self.badges.items() if text == badge), None)

    def pin_hash(self, number: int) -> str:
        return self.hashes.get(number, "")

    def add_person(
        self, name: str, role: Role, *, who: str, first: bool = False, pin_hash: str = "", badge: str = ""
    ) -> Person:
        if not pin_hash and not badge:
            raise NoCredential(name)
        if bool(self.kept) is first:
            raise FirstLeadMade if first else NobodySignedIn
        if (holder := self.person_named(name)) is not None:
            raise NameTaken(holder.name)
        self._require_free(badge, 0)
        person = Person(len(self.kept) + 1, name, role, has_badge=bool(badge), has_pin=bool(pin_hash))
        self._told(name, who, done="first lead" if first else "added")
        return self._keep(person, pin_hash=pin_hash, badge=badge)

    def change_person(
        self,
        number: int,
        *,
        who: str,
        role: Role | None = None,
        active: bool | None = None,
        language: str | None = None,
    ) -> Person:
        was = self.person(number)
        person = replace(
            was,
            role=role or was.role,
            active=was.active if active is None else active,
            language=was.language if language is None else language,
        )
        if _leads(was) and not _leads(person) and not self._other_leads(number):
            raise LastLead(was.name)
        if person != was:
            self._told(was.name, who, done="changed")
        return self._keep(person)

    def set_pin(self, number: int, pin_hash: str, *, who: str) -> Person:
        was = self.person(number)
        self._told(was.name, who, done="new PIN")
        return self._keep(replace(_untried(was), has_pin=True), pin_hash=pin_hash)

    def set_badge(self, number: int, badge: str, *, who: str) -> Person:
        was = self.person(number)
        if not badge and not was.has_pin:
            raise NoCredential(was.name)
        self._require_free(badge, number)
        self._told(was.name, who, done="new badge" if badge else "badge taken away")
        self.badges.pop(number, None)
        return self._keep(replace(was, has_badge=bool(badge)), badge=badge)

    def rehash_pin(self, number: int, pin_hash: str) -> None:
        self.hashes[number] = pin_hash

    def try_begun(self, number: int, *, was: int, tries: Tries) -> bool:
        self.before_try()
        person = self.person(number)
        if person.failures != was:
            return False
        self._keep(
            replace(person, failures=tries.failures, locked_until=tries.locked_until, locked_out=tries.locked_out)
        )
        return True

    def tries_forgotten(self, number: int, *, who: str = "") -> Person:
        was = self.person(number)
        if who:
            self._told(was.name, who, done="unlocked")
        return self._keep(_untried(was))

    def badge_tries(self, station: str) -> Tries:
        return self.at_stations.get(station, Tries())

    def badge_try_begun(self, station: str, *, was: int, tries: Tries) -> bool:
        self.before_try()
        if self.badge_tries(station).failures != was:
            return False
        self.at_stations[station] = tries
        return True

    def badge_tries_forgotten(self, station: str) -> None:
        self.at_stations.pop(station, None)

    def done(self, *kinds: ActKind) -> list[str]:
        """What the record says, a line each: ``grant Wang Fang permission=void about=L-000001``."""
        wanted = kinds or tuple(ActKind)
        return [
            " ".join([act.kind.value, act.subject, *(f"{name}={value}" for name, value in act.facts)]).strip()
            for act, _ in self.acts
            if act.kind in wanted
        ]

    def _require_there(self) -> None:
        if self.failing is not None:
            raise self.failing

    def _require_free(self, badge: str, number: int) -> None:
        holder = self.person_with_badge(badge) if badge else None
        if holder is not None and holder.id != number:
            raise BadgeTaken(holder.name)

    def _other_leads(self, number: int) -> bool:
        return any(_leads(each) and each.id != number for each in self.kept.values())

    def _keep(self, person: Person, *, pin_hash: str = "", badge: str = "") -> Person:
        self.kept[person.id] = person
        if pin_hash:
            self.hashes[person.id] = pin_hash
        if badge:
            self.badges[person.id] = badge
        return person

    def _told(self, name: str, who: str, **facts: str) -> None:
        self.acts.append((Act(ActKind.PERSON, name, tuple(facts.items())), who))


def _leads(person: Person) -> bool:
    return person.role is Role.LEAD and person.active


def _untried(person: Person) -> Person:
    return replace(person, failures=0, locked_until=None, locked_out=False)


PINS = {"Wang Fang": "482915", "Zhang Min": "739206", "Li Wei": "518347", "Zhao Lei": "904628", "Qian Yu": "627183"}
BADGES = {name: f"P1000{number}" for number, name in enumerate(PINS)}
ROLES = {
    "Wang Fang": Role.LEAD,
    "Zhang Min": Role.QA,
    "Li Wei": Role.OPERATOR,
    "Zhao Lei": Role.OPERATOR,
    "Qian Yu": Role.LEAD,
}


@dataclass
class FakeGate:
    """A station's duty, and all that it is made of; people are there as soon as ``people`` says so."""

    time: FakeTime = field(default_factory=FakeTime)
    pins: FakePins = field(default_factory=FakePins)
    store: FakePeople = field(default_factory=FakePeople)
    required: bool = False
    lock_after_s: float = 600.0
    told: list[OnDuty] = field(default_factory=list)
    station: str = "bench-1"

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """The program ends and begins again; what it only had in its head is gone, and seconds count from anywhere."""
        self.time.seconds = next(_BOOTS)
        self.credentials = Credentials(
            self.store, self.store, self.pins, self.time, station=self.station, monotonic=self.time.monotonic
        )
        self.duty = SignedInDuty(
            self.store,
            self.store,
            self.credentials,
            NamedOperator("operator", required=self.required),
            lock_after_s=self.lock_after_s,
            monotonic=self.time.monotonic,
        )
        self.duty.look()
        self.duty.listen(self.told.append)
        self.admin = PeopleAdmin(self.store, self.duty, self.credentials, self.pins, lambda text: text.startswith("P"))

    def people(self, *names: str, elsewhere: bool = False) -> "FakeGate":
        """These are known, each with PIN and badge; the first name has to be a lead's.

        ``elsewhere``: another station made them while this one runs.
        """
        for name in names or tuple(PINS):
            self.store.add_person(
                name,
                ROLES[name],
                who="test",
                first=not self.store.kept,
                pin_hash=self.pins.hash(PINS[name]),
                badge=BADGES[name],
            )
        self.store.acts.clear()
        if not elsewhere:
            self.restart()
        return self


_BOOTS = itertools.cycle([50_000.0, 3.0, 900_000.0])
