"""How people are worded on their page."""

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from gizqr_station.domain.people import Person
from gizqr_station.gui.duty_words import role_word
from gizqr_station.gui.people_state import PeopleState
from gizqr_station.gui.printer_words import when_words
from gizqr_station.gui.row_list import RowWords
from gizqr_station.gui.status_panel import Said, mark_colour, said_of
from gizqr_station.gui.tokens import QUIET_TEXT, Tone
from gizqr_station.workflows.people_happenings import PeopleDone, PeopleWork


def means_words(person: Person) -> str:
    """How they can show who they are."""
    translate = QCoreApplication.translate
    means = [translate("People", "badge")] if person.has_badge else []
    means += [translate("People", "PIN")] if person.has_pin else []
    return " · ".join(means) or translate("People", "neither badge nor PIN")


def standing_words(person: Person, now: datetime) -> str:
    """Why they cannot sign in now; empty where they can."""
    translate = QCoreApplication.translate
    if not person.active:
        return translate("People", "has left")
    if person.locked_out:
        return translate("People", "locked: a lead has to unlock them")
    if person.locked_until is not None and person.locked_until > now:
        until = when_words(person.locked_until, now)
        return translate("People", "no PIN is looked at before {time}").format(time=until)
    return ""


def row_of_person(person: Person, *, chosen: bool, own: bool) -> RowWords:
    """One person in the list of them."""
    standing = standing_words(person, datetime.now(UTC))
    stopped = not person.active
    icon = "stop" if stopped else "lock" if standing else "person"
    on_duty = QCoreApplication.translate("People", "works here now") if own else ""
    return RowWords(
        key=str(person.id),
        icon=icon,
        colour=mark_colour(Tone.ATTENTION) if standing and not stopped else QUIET_TEXT,
        title=person.name,
        state=standing or on_duty or means_words(person),
        line=means_words(person) if standing or on_duty else "",
        chip=role_word(person.role),
        chosen=chosen,
    )


def saying(state: PeopleState, language: str) -> Said | None:
    """What became of the last request; None where there is nothing to say."""
    translate = QCoreApplication.translate
    if state.asked is not None:
        return Said(Tone.CALM, "working", translate("People", "Looking at it."))
    done = state.done
    if done is None:
        return None
    if done.failure is not None:
        return said_of(done.failure, Tone.ATTENTION, translate("People", "Who can mend it: {owner}"), language)
    return Said(Tone.GOOD, "check", _done_words(done))


def _done_words(done: PeopleDone) -> str:
    translate = QCoreApplication.translate
    name = "" if done.person is None else done.person.name
    words = {
        PeopleWork.FIRST_LEAD: translate("People", "{name} leads this station now."),
        PeopleWork.ADD: translate("People", "{name} can sign in now."),
        PeopleWork.CHANGE: translate("People", "{name} was changed."),
        PeopleWork.PIN: translate("People", "{name} has a new PIN."),
        PeopleWork.BADGE: translate("People", "The badge of {name} was changed."),
        PeopleWork.UNLOCK: translate("People", "{name} can sign in again."),
    }
    return words.get(done.work, "{name}").format(name=name)
