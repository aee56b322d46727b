"""The ways in which a label printer lies, breaks and dies, each with what the station may at best know of it."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from gizqr_station.domain.job import PrintOutcome
from tests.printing.lying_printer import Count, Fate, Manners, Out, Status, Wire

_KNOWN = frozenset({PrintOutcome.CONFIRMED})
_TAKEN = frozenset({PrintOutcome.ACCEPTED})
_OPEN = frozenset({PrintOutcome.UNKNOWN})
_NOT_KNOWN = _TAKEN | _OPEN
_NOT_SENT = frozenset({PrintOutcome.REFUSED})

SILENT = Manners(status=Status.NONE, count=Count.NONE)


@dataclass(frozen=True)
class Case:
    """A printer, what becomes of the first job of each run, and what the first report of it may say."""

    manners: Manners
    says: frozenset[PrintOutcome]
    faults: frozenset[str] = frozenset()
    """All of these must have happened in every run, or the case proves nothing."""
    fate: Callable[[Random], Fate] = lambda _: Fate()
    then: Fate | None = None
    """With one, each run has a second unit, whose first job has this fate."""
    media_out_before: bool = False
    switched_off_before: bool = False
    station_dies: bool = False
    """It is stopped while the bytes are on their way."""
    akin: bool = False
    """Much like another case: in the ordinary run it has three runs, not twenty."""


def _somewhere(chance: Random) -> int:
    """Anywhere in settings and label: a label of 320 x 240 dots is 12,000 bytes and more in every form."""
    return chance.choice((1, 5, 40, 200, chance.randrange(1, 12_000)))


CASES: dict[str, Case] = {
    "honest": Case(Manners(), _KNOWN),
    "answers in pieces": Case(Manners(status=Status.PIECES), _KNOWN, frozenset({"status in pieces"}), akin=True),
    "says nothing and prints": Case(SILENT, _TAKEN, akin=True),
    "says nothing and prints nothing": Case(SILENT, _TAKEN, frozenset({"nothing"}), lambda _: Fate(Out.NOTHING)),
    "says nothing and prints half": Case(SILENT, _TAKEN, frozenset({"half"}), lambda _: Fate(Out.HALF), akin=True),
    "says nothing and prints two": Case(SILENT, _TAKEN, frozenset({"twice"}), lambda _: Fate(Out.TWICE), akin=True),
    "always says that all is well, counts nothing, prints nothing": Case(
        Manners(Status.IDLE, Count.NONE), _NOT_KNOWN, frozenset({"nothing"}), lambda _: Fate(Out.NOTHING), akin=True),
    "always says that all is well, knows no counter, prints half": Case(
        Manners(Status.IDLE, Count.UNKNOWN), _NOT_KNOWN, frozenset({"half"}), lambda _: Fate(Out.HALF), akin=True),
    "always says that all is well, counts truly, prints nothing": Case(
        Manners(Status.IDLE), _OPEN, frozenset({"nothing"}), lambda _: Fate(Out.NOTHING)
    ),
    "counts truly and prints half": Case(Manners(), _OPEN, frozenset({"half"}), lambda _: Fate(Out.HALF)),
    "counts truly and prints two": Case(Manners(), _OPEN, frozenset({"twice"}), lambda _: Fate(Out.TWICE), akin=True),
    "stalls before the first byte": Case(
        Manners(status=Status.NONE, count=Count.NONE, small_buffer=True), _OPEN, frozenset({"stall"}),
        lambda _: Fate(wire=Wire.STALL, after_bytes=0),
    ),
    "stalls in mid label": Case(
        Manners(small_buffer=True), _OPEN, frozenset({"stall"}),
        lambda chance: Fate(wire=Wire.STALL, after_bytes=chance.randrange(1, 4_000)),
    ),
    "stalls in mid label and wakes up when everybody has left": Case(
        Manners(small_buffer=True), _OPEN, frozenset({"pause", "woken"}),
        lambda chance: Fate(wire=Wire.PAUSE, after_bytes=chance.randrange(1, 2_000)),
    ),
    "takes all, prints nothing, keeps the connection": Case(
        Manners(), _OPEN, frozenset({"stall", "nothing"}), lambda _: Fate(Out.NOTHING, Wire.STALL), akin=True),
    "prints, then says no more": Case(
        Manners(), _OPEN | _KNOWN, frozenset({"stall"}), lambda _: Fate(wire=Wire.STALL), akin=True
    ),
    "resets after n bytes": Case(
        Manners(), _OPEN, frozenset({"reset"}), lambda chance: Fate(wire=Wire.RESET, after_bytes=_somewhere(chance))
    ),
    "closes in order after n bytes": Case(
        Manners(), _OPEN, frozenset({"close"}), lambda chance: Fate(wire=Wire.CLOSE, after_bytes=_somewhere(chance))
    ),
    "takes all and dies": Case(
        SILENT, _OPEN, frozenset({"reset", "nothing"}), lambda _: Fate(Out.NOTHING, Wire.RESET)
    ),
    "prints and dies": Case(
        Manners(), _OPEN | _KNOWN, frozenset({"reset"}), lambda _: Fate(wire=Wire.RESET), akin=True
    ),
    "prints and dies, says nothing": Case(
        SILENT, _OPEN, frozenset({"reset"}), lambda _: Fate(wire=Wire.RESET), akin=True
    ),
    "answers too late": Case(
        Manners(Status.LATE, Count.LATE), _NOT_KNOWN, frozenset({"late status", "late count"}), akin=True),
    "counts too late": Case(Manners(count=Count.LATE), _OPEN, frozenset({"late count"})),
    "counts the last label while it swallows the next": Case(
        Manners(count=Count.WITH_NEXT), _OPEN, frozenset({"late count", "nothing"}), then=Fate(Out.NOTHING), akin=True
    ),
    "tells its state once and never again": Case(
        Manners(Status.ONCE, Count.NONE), _NOT_KNOWN | _NOT_SENT, frozenset({"no status"}), akin=True),
    "closes at once": Case(Manners(closes_at_once=True), _KNOWN | _NOT_KNOWN, frozenset({"closed at once"}), akin=True),
    "counts anew from zero, prints nothing": Case(
        Manners(count=Count.RESET), _OPEN, frozenset({"count reset", "nothing"}), lambda _: Fate(Out.NOTHING), akin=True
    ),
    "media out before the label, and says so": Case(Manners(), _NOT_SENT, media_out_before=True, akin=True),
    "media out before the label, and falls silent": Case(
        Manners(Status.TRUE_OR_SILENT), _NOT_SENT, frozenset({"no status"}), media_out_before=True
    ),
    "media out before the label, and says that all is well": Case(
        Manners(Status.IDLE), _OPEN, frozenset({"false status", "held for want of media", "held label printed later"}),
        media_out_before=True,
    ),
    "media out in mid label, printed when the roll is changed": Case(
        Manners(), _OPEN, frozenset({"held", "held label printed later"}), lambda _: Fate(Out.HELD)
    ),
    "media out in mid label, printed later, says nothing": Case(
        SILENT, _TAKEN, frozenset({"held", "held label printed later"}), lambda _: Fate(Out.HELD), akin=True),
    "switched off": Case(Manners(), _NOT_SENT, switched_off_before=True, akin=True),
    "switched off in mid job, forgets": Case(
        Manners(), _OPEN, frozenset({"power off"}),
        lambda chance: Fate(wire=Wire.POWER_OFF, after_bytes=_somewhere(chance)),
    ),
    "switched off after the job, remembers": Case(
        Manners(keeps_buffer=True), _OPEN, frozenset({"power off", "held label printed later"}),
        lambda _: Fate(wire=Wire.POWER_OFF),
    ),
    "the station dies in mid job": Case(
        Manners(small_buffer=True), _OPEN, frozenset({"stall"}),
        lambda chance: Fate(wire=Wire.STALL, after_bytes=chance.randrange(1, 4_000)), station_dies=True,
    ),
}  # fmt: skip
