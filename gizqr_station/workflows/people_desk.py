"""What the people page and the header ask for: each request returns at once, and is answered with happenings."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.line_failures import ProgramFault
from gizqr_station.domain.people import Badge, Credential, Person, Role
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.workflows.desk_lanes import DeskLanes
from gizqr_station.workflows.duty import Present
from gizqr_station.workflows.happenings import FaultSeen, Tell
from gizqr_station.workflows.lanes import Lane
from gizqr_station.workflows.people_admin import PeopleAdmin
from gizqr_station.workflows.people_happenings import PeopleDone, PeopleSeen, PeopleWork
from gizqr_station.workflows.people_ports import PeopleStore
from gizqr_station.workflows.sign_in import SignedInDuty

log = logging.getLogger(__name__)

LOOK_EVERY_S = 1.0
"""How soon the idle lock is seen where nobody asks for anything."""
CLOSED = "the station was closed"


@dataclass(frozen=True, slots=True)
class PeopleParts:
    """What the desk works with."""

    store: PeopleStore
    duty: SignedInDuty
    admin: PeopleAdmin


class PeopleDesk:
    """Requests may come from any thread. PINs are looked at on a lane of their own; a watch sees the idle lock."""

    def __init__(self, parts: PeopleParts, lane_named: Callable[[str], Lane], tell: Tell) -> None:
        self._parts = parts
        self._tell = tell
        self._stop = Stop()
        self._lanes = DeskLanes("people desk", self._stop, lambda failure: tell(FaultSeen(failure)))
        self._work_lane = lane_named("people")
        self._watch_lane = lane_named("idle lock")
        self._lock = threading.Lock()
        self._takes_badge: Callable[[Badge], None] | None = None

    def open(self) -> None:
        """Tell OnDuty now and at every change, and begin to watch. Before the first line starts."""
        self._tell(self._parts.duty.now)
        self._lanes.give(self._watch_lane, self._watch)

    def shown(self, visible: bool) -> None:
        """Whether anybody looks at the page: PeopleSeen."""
        if visible:
            self._lanes.give(self._work_lane, self._tell_people)

    def sign_in(self, credential: Credential) -> None:
        """Somebody takes over, or unlocks: OnDuty and PeopleDone, or PeopleDone with why not."""
        self._do(PeopleWork.SIGN_IN, lambda: self._parts.duty.sign_in(credential), tells_people=False)

    def badge_scanned(self, text: str) -> None:
        """A scanner read a badge, whatever the lines wait for; it signs in, unless somebody waits for one."""
        badge = Badge(text)
        with self._lock:
            takes = self._takes_badge
        if takes is not None:
            takes(badge)
        else:
            self.sign_in(badge)

    def next_badges_to(self, take: Callable[[Badge], None] | None) -> None:
        """Whoever waits for a second person's badge, or for a new one, gets those that are scanned; None ends it."""
        with self._lock:
            self._takes_badge = take

    def sign_out(self) -> None:
        """Nobody works here for now: OnDuty."""
        self._lanes.give(self._work_lane, self._parts.duty.sign_out)

    def lock(self) -> None:
        """The person goes away for a moment: OnDuty."""
        self._lanes.give(self._work_lane, self._parts.duty.lock)

    def stirred(self) -> None:
        """A key or a touch: the idle lock waits anew. Nothing is told."""
        self._parts.duty.stirred()

    def make_first_lead(self, name: str, pin: str, badge: str = "") -> None:
        """Where the ledger knows nobody; they are on duty then: PeopleDone(FIRST_LEAD), OnDuty, PeopleSeen."""
        self._do(PeopleWork.FIRST_LEAD, lambda: self._parts.admin.make_first_lead(name, pin, badge))

    def add(self, name: str, role: Role, pin: str = "", badge: str = "") -> None:
        """A new person with a PIN, a badge or both: PeopleDone(ADD), PeopleSeen."""
        self._do(PeopleWork.ADD, lambda: self._parts.admin.add(name, role, pin, badge))

    def change(
        self, number: int, *, role: Role | None = None, active: bool | None = None, language: str | None = None
    ) -> None:
        """What is given: PeopleDone(CHANGE), PeopleSeen."""
        self._do(
            PeopleWork.CHANGE,
            lambda: self._parts.admin.change(number, role=role, active=active, language=language),
        )

    def set_pin(self, number: int, pin: str, own_pin: str = "") -> None:
        """A lead sets anybody's, everybody their own with the old one: PeopleDone(PIN), PeopleSeen."""
        self._do(PeopleWork.PIN, lambda: self._parts.admin.set_pin(number, pin, own_pin))

    def set_badge(self, number: int, badge: str) -> None:
        """A new badge, or empty to take it away: PeopleDone(BADGE), PeopleSeen."""
        self._do(PeopleWork.BADGE, lambda: self._parts.admin.set_badge(number, badge))

    def unlock(self, number: int) -> None:
        """Their wrong PINs are forgotten: PeopleDone(UNLOCK), PeopleSeen."""
        self._do(PeopleWork.UNLOCK, lambda: self._parts.admin.unlock(number))

    def close(self) -> None:
        """Wait for what runs."""
        self._stop.set()
        for lane in (self._watch_lane, self._work_lane):
            lane.close()

    def end_duty(self) -> Present | None:
        """Whoever is on duty goes home with the station: after the lines ended, before the ledger is closed.

        Who that was, for a changeover.
        """
        present = self._parts.duty.present
        self._lanes.guarded(lambda: self._parts.duty.sign_out(CLOSED))
        return present

    def _do(self, work: PeopleWork, step: Callable[[], Person], *, tells_people: bool = True) -> None:
        def done() -> None:
            self._answer(work, step)
            if tells_people:
                self._tell_people()

        self._lanes.give(self._work_lane, done)

    def _answer(self, work: PeopleWork, step: Callable[[], Person]) -> None:
        """Whoever asked waits for an answer, even where the program is at fault. No credential stands in a log."""
        try:
            person = step()
        except Stopped:
            return
        except Failure as failure:
            log.warning("%s refused: %s", work.value, failure)
            self._tell(PeopleDone(work, failure=failure))
        except Exception as fault:  # noqa: BLE001 - the answer is what matters, and the trace could show a PIN
            log.error("a fault of the program: %s at %s", type(fault).__name__, work.value)  # noqa: TRY400
            self._tell(PeopleDone(work, failure=ProgramFault(type(fault).__name__)))
        else:
            self._tell(PeopleDone(work, person))

    def _tell_people(self) -> None:
        self._tell(PeopleSeen(tuple(self._parts.store.people())))

    def _watch(self) -> None:
        """A ledger that cannot be read is said by its own health tile."""
        while True:
            try:
                self._parts.duty.look()
            except Failure as failure:
                log.warning("not looked up who is on duty: %s", failure)
            self._stop.sleep(LOOK_EVERY_S)
