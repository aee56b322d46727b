"""People, and who of them is on duty, as the station would tell them."""

from gizqr_station.domain.people import ALLOWED, Person, Role
from gizqr_station.workflows.people_happenings import OnDuty

LEAD = Person(1, "Marta", Role.LEAD, has_badge=True, has_pin=True)
OPERATOR = Person(2, "Li Wei", Role.OPERATOR, has_badge=True, has_pin=True)
QA = Person(3, "Chen", Role.QA, has_pin=True, language="zh_CN")
PEOPLE = (QA, OPERATOR, LEAD)
NOBODY = OnDuty(None, "")
FIRST_LEAD = OnDuty(None, "Li Wei", first_lead_due=True, allowed=ALLOWED[Role.OPERATOR])
REQUIRED = OnDuty(None, "Li Wei", first_lead_due=True)


def on_duty(person: Person, *, locked: bool = False) -> OnDuty:
    """They work here."""
    return OnDuty(person, person.name, locked, allowed=frozenset() if locked else ALLOWED[person.role])
