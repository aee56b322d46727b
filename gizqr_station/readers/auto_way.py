"""One way of asking that ``auto`` may try, and listening to several kinds of logs at once."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from gizqr_station.domain.device_failures import NoIdentitySaid, RateRefused, SaidTwoIdentities
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.reader_profile import ReaderProfile
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.domain.stop_at import StopAt
from gizqr_station.readers.conversation import Conversation
from gizqr_station.readers.serial_line import SerialLine
from gizqr_station.readers.text_lines import Heard

_RATE_S = 1.5
"""How long one rate is listened to; at the right one text comes."""
_TEXT_S = 10.0
"""How long text is listened to: time to switch a device off and on."""


@dataclass(frozen=True, slots=True)
class Way:
    """One profile, as far as it may be tried unasked."""

    profile: ReaderProfile
    talk: Conversation


@dataclass(frozen=True, slots=True)
class Found:
    """An identity, and which way found it."""

    way: Way
    identity: Identity
    evidence: bytes


def found_in_logs(ways: Sequence[Way], line: SerialLine, stop: Stop) -> Found | None:
    """Whoever a log names twice, whichever of these patterns finds it; each rate is listened to in turn.

    None when nothing readable came. Raises SaidTwoIdentities when two patterns name different ones, NoIdentitySaid
    where there was text, every other Failure of the ways, DeviceUnplugged, and Stopped.
    """
    for baud in dict.fromkeys(way.profile.baud for way in ways):
        here = [way for way in ways if way.profile.baud == baud]
        try:
            line.at_rate(baud)
        except RateRefused:
            continue
        heard, began = Heard(), time.monotonic()
        while time.monotonic() - began < (_TEXT_S if heard.is_text else _RATE_S):
            stop.check()
            data = line.receive()
            heard.take(data)
            found = overheard(here, line, stop, data)
            if found is not None:
                return found
        if heard.is_text:
            raise NoIdentitySaid(line.port, ", ".join(way.profile.name for way in here))
    return None


def overheard(ways: Sequence[Way], line: SerialLine, stop: Stop, data: bytes) -> Found | None:
    """Let all of them hear this, and ask each, without any wait, whether it is sure of somebody now."""
    if not data:
        return None
    at_once = StopAt(stop, time.monotonic())
    sure: list[Found] = []
    for way in ways:
        way.talk.attend(line, data)
        try:
            sure.append(Found(way, *way.talk.identity(line, at_once, None)))
        except Stopped:
            stop.check()
    for other in sure[1:]:
        if other.identity != sure[0].identity:
            raise SaidTwoIdentities(line.port, str(sure[0].identity), str(other.identity))
    return sure[0] if sure else None


def answered(way: Way, line: SerialLine, stop: Stop, asks: int, within_s: float) -> Found | None:
    """Whoever is there, when one of so many gentle questions was understood; raises what the way raises."""
    line.at_rate(way.profile.baud)
    if not any(way.talk.answers(line, stop, within_s) for _ in range(asks)):
        return None
    return Found(way, *way.talk.identity(line, stop, None))
