"""How it is worded on screen who works here, and what is asked of whoever does not show who they are."""

from PySide6.QtCore import QCoreApplication

from gizqr_station.domain.failures import PeopleFailure
from gizqr_station.domain.people import Role
from gizqr_station.gui.band_words import BandWords
from gizqr_station.gui.station_state import Band, StationState
from gizqr_station.gui.tokens import Tone
from gizqr_station.workflows.people_happenings import OnDuty

_FREE = frozenset({Band.WAITING, Band.HANDED_OVER})
"""Nothing of a unit is under way: the next one would have to wait for somebody."""


def role_word(role: Role) -> str:
    """One word on what somebody is there for."""
    translate = QCoreApplication.translate
    return {
        Role.OPERATOR: translate("Duty", "Operator"),
        Role.QA: translate("Duty", "QA"),
        Role.LEAD: translate("Duty", "Lead"),
    }[role]


def role_line(role: Role) -> str:
    """What somebody of this role may do, on one line."""
    translate = QCoreApplication.translate
    return {
        Role.OPERATOR: translate("Duty", "Makes labels, replaces them up to the limit."),
        Role.QA: translate("Duty", "Also voids and approves labels, releases and closes orders, exports."),
        Role.LEAD: translate("Duty", "Also signs orders, adds people, changes settings."),
    }[role]


def somebody_due(duty: OnDuty | None) -> bool:
    """Whether nothing goes on before somebody shows who they are."""
    return duty is not None and not duty.first_lead_due and (duty.locked or not duty.name)


def duty_name(duty: OnDuty | None, operator: str) -> str:
    """Whose name stands in the header; ``operator`` of the settings until anything is told."""
    if duty is None:
        return operator
    return duty.name or QCoreApplication.translate("Duty", "Sign in")


def duty_line(duty: OnDuty | None) -> str:
    """What is to be said of them, beside the name; empty for an operator of the settings."""
    translate = QCoreApplication.translate
    if duty is None or duty.first_lead_due:
        return ""
    if duty.locked:
        return translate("Duty", "locked")
    if duty.person is None:
        return "" if duty.name else translate("Duty", "nobody yet")
    return role_word(duty.person.role)


def duty_band(duty: OnDuty | None, unit: StationState) -> BandWords | None:
    """Instead of a free line's own words while it waits for a person; None where the line's own words stand.

    A label that is out there, and a unit that is under way, come before everything.
    """
    refused = unit.can_retry and isinstance(unit.failure, PeopleFailure)
    if duty is None or not somebody_due(duty) or not (refused or unit.band in _FREE):
        return None
    translate = QCoreApplication.translate
    line = translate("Duty", "Then the line goes on. Without a badge: F2, name and PIN.")
    if duty.locked:
        line = translate("Duty", "{name} is away. Any badge takes over; F2: name and PIN.").format(name=duty.name)
    return BandWords(Tone.ACT, "badge", translate("Duty", "Scan badge"), line)


def badge_words(seconds: int) -> BandWords:
    """While the next scan is kept from the line, as a badge: that stands where the line's own words would."""
    translate = QCoreApplication.translate
    line = translate("Duty", "The next scan is taken as a badge, not by the line. Still {seconds} s.")
    return BandWords(Tone.ACT, "badge", translate("Duty", "Badge"), line.format(seconds=seconds))


def label_words(seconds: int) -> BandWords:
    """While the next scan is kept from the line, as a first label."""
    translate = QCoreApplication.translate
    line = translate("Duty", "The next scan is the order's first label, not the line's. Still {seconds} s.")
    return BandWords(Tone.ACT, "scan", translate("Duty", "First label"), line.format(seconds=seconds))
