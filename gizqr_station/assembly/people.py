"""Who may sign in at a station, and what is asked of them, made from its ledger and settings."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from gizqr_station.assembly.clock import SystemClock
from gizqr_station.assembly.scanning import scan_rules
from gizqr_station.domain.failures import LedgerFailure
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.settings.model import Settings
from gizqr_station.trust.pins import Argon2Pins
from gizqr_station.workflows.credentials import Credentials
from gizqr_station.workflows.duty import NamedOperator, Present
from gizqr_station.workflows.happenings import Tell
from gizqr_station.workflows.lanes import ThreadLane
from gizqr_station.workflows.people_admin import PeopleAdmin
from gizqr_station.workflows.people_desk import PeopleDesk, PeopleParts
from gizqr_station.workflows.people_happenings import OnDuty
from gizqr_station.workflows.people_ports import PinHasher
from gizqr_station.workflows.sign_in import SignedInDuty

log = logging.getLogger(__name__)

NEVER_S = float("inf")


@dataclass(frozen=True, slots=True)
class People:
    """Who is on duty, and what makes and changes people."""

    duty: SignedInDuty
    admin: PeopleAdmin


def people_of(ledger: SqlLedger, settings: Settings, *, locks: bool = True, pins: PinHasher | None = None) -> People:
    """Nobody is signed in yet; without ``locks`` nobody is locked for being idle, as in a command of one moment.

    Whether anybody is known is looked up at once: raises LedgerFailure.
    """
    clock, hasher = SystemClock(), pins or Argon2Pins()
    credentials = Credentials(ledger, ledger, hasher, clock, station=settings.station.name, monotonic=clock.elapsed_s)
    duty = SignedInDuty(
        ledger,
        ledger,
        credentials,
        NamedOperator(settings.station.operator, required=settings.people.required),
        lock_after_s=settings.people.lock_after_minutes * 60.0 if locks else NEVER_S,
        monotonic=clock.elapsed_s,
    )
    duty.look()
    badge = scan_rules(settings).badge

    def fits(text: str) -> bool:
        return badge is not None and badge.fullmatch(text) is not None

    return People(duty, PeopleAdmin(ledger, duty, credentials, hasher, fits))


def stay_on_duty(people: People, present: Present | None) -> None:
    """Whoever was on duty before a changeover goes on; where they cannot, somebody signs in as ever."""
    if present is None:
        return
    try:
        people.duty.stay(present)
    except LedgerFailure as failure:
        log.warning("nobody stays on duty: %s", failure)


def people_desk(ledger: SqlLedger, people: People, tell: Tell) -> PeopleDesk:
    """What the people page and the header ask."""
    return PeopleDesk(PeopleParts(ledger, people.duty, people.admin), ThreadLane, tell)


def duty_heard(tell: Tell, duty_changed: Callable[[], None]) -> Callable[[OnDuty], None]:
    """Tells who is on duty, and lets the lines try again what was refused for want of somebody."""

    def hear(on_duty: OnDuty) -> None:
        tell(on_duty)
        duty_changed()

    return hear
