"""What leads to each picture of who works here: the header, where one signs in, and the people page."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from gizqr_station.domain.hand_over_failures import ResultRefused
from gizqr_station.domain.people import ALLOWED, NameAndPin, Person, Role
from gizqr_station.domain.people_failures import LastLead, NobodySignedIn, TriesExhausted
from gizqr_station.domain.reading import DeviceReading
from gizqr_station.gui.main_window import MainWindow
from gizqr_station.gui.page_tabs import Page
from gizqr_station.workflows.happenings import Happening, UnitRefused
from gizqr_station.workflows.outbox_happenings import OutboxSeen
from gizqr_station.workflows.people_happenings import OnDuty, PeopleDone, PeopleSeen, PeopleWork

NOW = datetime.now(UTC)
PEOPLE = (
    Person(3, "陈小红", Role.QA, has_badge=True, has_pin=True, language="zh_CN"),
    Person(5, "Josef Maria von Hohenstein-Waldburg", Role.OPERATOR, has_pin=True, failures=20, locked_out=True),
    Person(2, "Li Wei", Role.OPERATOR, has_badge=True, has_pin=True),
    Person(1, "Marta Kowalska", Role.LEAD, has_badge=True, has_pin=True),
    Person(6, "Old Hand", Role.OPERATOR, active=False, has_pin=True),
    Person(4, "Tom", Role.OPERATOR, has_pin=True, failures=5, locked_until=NOW + timedelta(seconds=47)),
)
BY_NAME = {person.name: person for person in PEOPLE}
LEAD, OPERATOR = BY_NAME["Marta Kowalska"], BY_NAME["Li Wei"]
SIGN_IN = ("nobody", "wait", "locked")
PAGE = ("first-lead", "lead", "new", "own", "unlock", "last-lead")
STATION = ("nobody", "locked", "first-lead", "required", "outbox")


def on_duty(person: Person, *, locked: bool = False) -> OnDuty:
    """They work here."""
    return OnDuty(person, person.name, locked, allowed=frozenset() if locked else ALLOWED[person.role])


NOBODY = OnDuty(None, "")
FIRST_LEAD = OnDuty(None, "Li Wei", first_lead_due=True, allowed=ALLOWED[Role.OPERATOR])
REQUIRED = OnDuty(None, "", first_lead_due=True)


def show_station(window: MainWindow, name: str, start: list[Happening], reading: DeviceReading) -> None:
    """The station page while somebody is waited for."""
    tell: Callable[[Happening], None] = window.hear
    for happening in start:
        tell(happening)
    away = on_duty(OPERATOR, locked=True)
    duties = {"nobody": NOBODY, "locked": away, "first-lead": FIRST_LEAD, "required": REQUIRED}
    tell(duties.get(name, on_duty(OPERATOR)))
    if name == "nobody":
        tell(UnitRefused(NobodySignedIn(), reading, None, 5.0))
    if name == "outbox":
        tell(OutboxSeen(1_204, NOW - timedelta(hours=3), ResultRefused("mes.example", 503), given_up=2))


def show_sign_in(window: MainWindow, name: str) -> None:
    """Where somebody takes over."""
    window.hear(on_duty(OPERATOR, locked=True) if name == "locked" else NOBODY)
    window.open_sign_in()
    window.hear(PeopleSeen(PEOPLE))
    if name in {"nobody", "locked"}:
        return
    window.sign_in.fields._picked("Tom")
    window.sign_in._sign_in(NameAndPin("Tom", "000000"))
    window.hear(PeopleDone(PeopleWork.SIGN_IN, failure=TriesExhausted(47)))


def show_people(window: MainWindow, name: str) -> None:
    """The people page."""
    page = window.people
    window.open_page(Page.PEOPLE)
    if name == "first-lead":
        window.hear(FIRST_LEAD)
        page._first_lead.name.setText("Marta Kowalska")
        page._first_lead.pin.new.setText("8352")
        page._first_lead.pin.again.setText("9")
        return
    window.hear(on_duty(OPERATOR if name == "own" else LEAD))
    window.hear(PeopleSeen(PEOPLE))
    if name == "new":
        page._begin_new()
        page._new.name.setText("Anna")
        page._new.badge.take("BADGE:0042")
    elif name == "unlock":
        page._look_at("5")
    elif name == "last-lead":
        page._change_active(active=False)
        window.hear(PeopleDone(PeopleWork.CHANGE, LEAD, LastLead(LEAD.name)))
    elif name == "lead":
        page._look_at("3")
        page._change_role(Role.LEAD)
        window.hear(PeopleDone(PeopleWork.CHANGE, replace(BY_NAME["陈小红"], role=Role.LEAD)))
