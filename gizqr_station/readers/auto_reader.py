"""Tries what a port can be, one way of asking after the other, and stays with the one that was understood."""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from gizqr_station.domain.device_failures import (
    DeviceSilent,
    DeviceUnplugged,
    NothingRecognised,
    OnlyNoise,
    RateRefused,
    SaidTwoIdentities,
)
from gizqr_station.domain.failures import DeviceFailure, Failure, IdentityRefused
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.reader_profile import (
    AUTO,
    AtTalk,
    EsptoolTalk,
    GagentTalk,
    LogTalk,
    ReaderProfile,
    Signal,
)
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.domain.stop_at import StopAt
from gizqr_station.readers.auto_way import Found, Way, answered, found_in_logs, overheard
from gizqr_station.readers.conversation import Conversation
from gizqr_station.readers.esptool_reader import NO_RESET
from gizqr_station.readers.esptool_run import is_installed
from gizqr_station.readers.serial_line import SerialLine
from gizqr_station.workflows.device_ports import ReaderShelf

log = logging.getLogger(__name__)

BAUD = 9600
"""To open the port with; each way of asking goes on at its own."""
_LISTEN_S = 0.4
_ASK_S = 0.6
_ASKS = 2
"""GAgent is asked in two forms, and an AT module may wake up by the first question."""
_ORDER = (GagentTalk, AtTalk, LogTalk, EsptoolTalk)

ConversationMaker = Callable[[ReaderProfile], Conversation]


class AutoConversation:
    """The conversation (see there) with whoever is there. Remembers for its port what worked, and tries that first.

    Order: GAgent, AT commands, boot logs only where bytes come, and esptool at the very end if it is installed. No
    reset line is pulled, whatever the profiles say: a device that is only being guessed at must not be disturbed.
    """

    def __init__(
        self,
        shelf: ReaderShelf,
        conversation_for: ConversationMaker,
        *,
        within_s: float = 25.0,
        esptool_installed: Callable[[], bool] = is_installed,
        in_jig: bool = False,
    ) -> None:
        """``within_s``: the longest that all of it may take. Profiles are read when they are first needed.

        ``in_jig``: no logs, for a device that has booted is as silent as one that has left.
        """
        self._shelf = shelf
        self._conversation_for = conversation_for
        self._within_s = within_s
        self._esptool_installed = esptool_installed
        self._in_jig = in_jig
        self._ways: list[Way] | None = None
        self._now: Way | None = None
        self._turn = 0

    @property
    def name(self) -> str:
        """Of the way that was understood; ``auto`` before any was."""
        return AUTO if self._now is None else self._now.talk.name

    def identity(self, line: SerialLine, stop: Stop, known: Identity | None) -> tuple[Identity, bytes]:
        """Who is there. Who was read before is asked as before, and in no other way.

        Raises ProfileUnreadable, DeviceSilent, NothingRecognised with what was tried, what the one way says that was
        understood but got no identity, every IdentityRefused, DeviceUnplugged, and Stopped.
        """
        if known is not None and self._now is not None:
            line.at_rate(self._now.profile.baud)
            return self._now.talk.identity(line, stop, known)
        self._now = None
        began, before = time.monotonic(), line.bytes_received
        tried: list[str] = []
        try:
            found = self._tried(line, StopAt(stop, began + self._within_s), tried)
        except Stopped:
            if stop.asked:
                raise
            found = None
        if found is not None:
            self._now = found.way
            self._prefer(found.way)
            return found.identity, found.evidence
        if line.bytes_received == before:
            raise DeviceSilent(line.port, round(time.monotonic() - began, 1))
        raise NothingRecognised(line.port, ", ".join(tried))

    def attend(self, line: SerialLine, data: bytes) -> None:
        """As the way that was understood does."""
        if self._now is not None:
            self._now.talk.attend(line, data)

    def answers(self, line: SerialLine, stop: Stop, within_s: float) -> bool:
        """Ask in the way that was understood; while none was, in one that asks, and the next time in the next."""
        way = self._now
        if way is None:
            asking = [each for each in self._known_ways() if isinstance(each.profile.talk, GagentTalk | AtTalk)]
            if not asking:
                return False
            way = asking[self._turn % len(asking)]
            self._turn += 1
        line.at_rate(way.profile.baud)
        if not way.talk.answers(line, stop, within_s):
            return False
        self._prefer(way)
        return True

    def forget(self) -> None:
        """The next device may be of another kind; what worked last is tried first."""
        for way in self._ways or ():
            way.talk.forget()
        self._now = None
        self._turn = 0

    def _tried(self, line: SerialLine, stop: Stop, tried: list[str]) -> Found | None:
        understood: tuple[Way, DeviceFailure] | None = None
        before = line.bytes_received
        found = self._listened(line, stop)
        if found is not None:
            return found
        for place, ways in enumerate(self._steps()):
            logs = isinstance(ways[0].profile.talk, LogTalk)
            if logs and place and line.bytes_received == before:
                continue  # unless a log is what worked last: then it is waited for a moment
            tried += (way.profile.name for way in ways)
            try:
                found = found_in_logs(ways, line, stop) if logs else _asked(ways[0], line, stop)
            except DeviceUnplugged:
                raise
            except (DeviceSilent, OnlyNoise, RateRefused):
                continue
            except (IdentityRefused, SaidTwoIdentities):
                # What is refused or in doubt here must not be labelled as what a later way makes of it.
                self._now = ways[0]
                self._prefer(self._now)
                raise
            except DeviceFailure as failure:
                understood = understood or (ways[0], failure)
            if found is not None:
                return found
        if understood is not None:
            # Its way counts while the device is waited out, and comes first when it is read once more.
            self._now, why = understood
            self._prefer(self._now)
            raise why
        return None

    def _listened(self, line: SerialLine, stop: Stop) -> Found | None:
        """At the rate that worked last: a device that logs does so at once, and hardly ever again."""
        first = self._known_ways()[0] if self._known_ways() else None
        if first is None:
            return None
        line.at_rate(first.profile.baud)
        logs = [way for way in self._logs() if way.profile.baud == first.profile.baud]
        ends = time.monotonic() + _LISTEN_S
        while time.monotonic() < ends:
            stop.check()
            found = overheard(logs, line, stop, line.receive())
            if found is not None:
                return found
        return None

    def _steps(self) -> Iterator[list[Way]]:
        """One way after the other; all logs are listened to together, in the place of the first of them."""
        logs = self._logs()
        for way in tuple(self._known_ways()):
            if not isinstance(way.profile.talk, LogTalk):
                yield [way]
            elif way is logs[0]:
                yield logs

    def _logs(self) -> list[Way]:
        return [way for way in self._known_ways() if isinstance(way.profile.talk, LogTalk)]

    def _known_ways(self) -> list[Way]:
        if self._ways is None:
            profiles = sorted(filter(self._may_be_tried, self._shelf.profiles()), key=_place)
            self._ways = [way for profile in profiles if (way := self._way(profile)) is not None]
        return self._ways

    def _way(self, profile: ReaderProfile) -> Way | None:
        """None for one that cannot be made: the others can be tried all the same."""
        try:
            return Way(profile, self._conversation_for(_harmless(profile)))
        except Failure as failure:
            log.warning("the reader %s is left out: %s", profile.name, failure)
            return None

    def _may_be_tried(self, profile: ReaderProfile) -> bool:
        if self._in_jig and isinstance(profile.talk, LogTalk):
            return False
        return profile.auto and (not isinstance(profile.talk, EsptoolTalk) or self._esptool_installed())

    def _prefer(self, way: Way) -> None:
        ways = self._known_ways()
        ways.remove(way)
        ways.insert(0, way)
        self._turn = 0


def _asked(way: Way, line: SerialLine, stop: Stop) -> Found | None:
    asks = 1 if isinstance(way.profile.talk, EsptoolTalk) else _ASKS
    return answered(way, line, stop, asks, _ASK_S)


def _place(profile: ReaderProfile) -> int:
    return _ORDER.index(type(profile.talk))


def _harmless(profile: ReaderProfile) -> ReaderProfile:
    match profile.talk:
        case LogTalk() as talk:
            return replace(profile, talk=replace(talk, reset=Signal.NONE))
        case EsptoolTalk():
            return replace(profile, talk=EsptoolTalk(before=NO_RESET, after=NO_RESET))
        case _:
            return profile
