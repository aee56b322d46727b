"""Reads who a device is from what it prints while it boots, by the words that stand beside the right identity."""

import time
from collections import deque

from gizqr_station.domain.device_failures import DeviceSilent, NoIdentitySaid, OnlyNoise, SaidOnlyOnce
from gizqr_station.domain.failures import DeviceFailure, Failure
from gizqr_station.domain.identity import Identity, IdentityKind
from gizqr_station.domain.reader_profile import LogTalk, Signal
from gizqr_station.domain.stop import Stop
from gizqr_station.readers.sayings import Saying, Terms, TwiceSaid, each_once
from gizqr_station.readers.serial_line import SerialLine
from gizqr_station.readers.text_lines import Heard, LineAssembler, text_of

_PULL_S = 0.1
_QUIET_S = 0.2
_TALKS_QUIET_S = 1.0
"""One that did say something may be booting, and has not come to its name yet."""
_CAUGHT_UP_S = 3.0
"""A device that never pauses is not waited for longer than this when nothing but the rest of its log is wanted."""
_PERHAPS_FULL = 3072
"""Bytes in one go: systems keep about 4 KiB of what nobody takes, and drop what comes after that."""
_MOST_WAITING = 32
_SHORTEST_TEXT = 4


class BootLog:
    """Finds the places in a log where an identity stands; holds one line, and few of the places that were found."""

    def __init__(self, talk: LogTalk, terms: Terms) -> None:
        self._patterns = talk.lines
        self._terms = terms
        self._lines = LineAssembler()
        self._waiting: deque[Saying] = deque(maxlen=_MOST_WAITING)
        self.named = False
        """Whether an identity stood in what was fed last."""

    @property
    def held(self) -> int:
        """Bytes that are kept, below 17 KiB whatever comes."""
        return self._lines.held + sum(len(saying.evidence) for saying in self._waiting)

    def feed(self, data: bytes) -> int:
        """Take what came; return how many lines of text it finished."""
        lines, self.named = self._lines.feed(data), False
        for line in lines:
            text = text_of(line)
            found = (match for pattern in self._patterns for match in pattern.finditer(text))
            for saying in each_once(self._terms.saying(match["identity"], line) for match in found):
                self._keep(saying)
                self.named = True
        return sum(len(line) >= _SHORTEST_TEXT and _is_text(line) for line in lines)

    def next(self) -> Saying | None:
        """The oldest saying that was not taken yet."""
        return self._waiting.popleft() if self._waiting else None

    def forget(self) -> None:
        """Drop everything."""
        self._lines.forget()
        self._waiting.clear()

    def _keep(self, saying: Saying) -> None:
        """A third equal one in a row adds nothing, and must not push out what else was said."""
        if [waiting.words for waiting in self._waiting][-2:] != [saying.words] * 2:
            self._waiting.append(saying)


class LogConversation:
    """The conversation (see there) with a device that tells who it is each time it boots.

    An identity that was seen once counts until the device leaves, so that switching it off and on is enough. A device
    that stays on says nothing of itself any more: without a line to its reset, all that ``known`` means then is that
    the log has named nobody else since.
    """

    def __init__(
        self, name: str, talk: LogTalk, *, expects: IdentityKind | None = None, local_macs: bool = False
    ) -> None:
        self.name = name
        self._talk = talk
        self._log = BootLog(talk, Terms(expects, local_macs))
        self._said: TwiceSaid | None = None
        self._just_heard = False
        """Whether ``answers`` heard the device name itself, so that nobody has to pull its reset."""
        self._missed = False
        """Whether something may have been dropped since somebody was believed."""

    @property
    def held(self) -> int:
        """Bytes that are kept."""
        return self._log.held

    def identity(self, line: SerialLine, stop: Stop, known: Identity | None) -> tuple[Identity, bytes]:
        """The identity and the line that said it, when it was said twice, or by ``known`` once more.

        Raises DeviceUnplugged, DeviceSilent, OnlyNoise, NoIdentitySaid, SaidOnlyOnce, SaidTwoIdentities, every
        IdentityRefused, and Stopped. SaidOnlyOnce also for ``known`` when so much came unheard that some may be lost.
        """
        just_heard, self._just_heard = self._just_heard, False
        if known is None:
            return self._first(line, stop, boots=just_heard)
        found, evidence = self._caught_up(line, stop, known)
        if found != known:
            return found, evidence
        if self._talk.reset is not Signal.NONE and (self._missed or not just_heard):
            return self._booted_again(line, stop)
        if self._missed:
            # Another device's name may be among what was dropped: that the rest names nobody else proves nothing.
            raise SaidOnlyOnce(line.port, str(known))
        return found, evidence

    def attend(self, line: SerialLine, data: bytes) -> None:  # noqa: ARG002 - a log wants no answer
        """Keep what the log names meanwhile for the next question."""
        self._take(data)

    def answers(self, line: SerialLine, stop: Stop, within_s: float) -> bool:
        """Whether a line of text comes in time; sends nothing, and what came counts for the next question."""
        deadline = time.monotonic() + within_s
        while time.monotonic() < deadline:
            stop.check()
            lines = self._take(line.receive())
            self._just_heard = self._just_heard or self._log.named
            if lines:
                return True
        return False

    def forget(self) -> None:
        """The device has left, and with it what it said."""
        self._log.forget()
        self._said = None
        self._just_heard = self._missed = False

    def _take(self, data: bytes) -> int:
        """What came after nobody listened for a while; return how many lines of text it finished."""
        self._missed = self._missed or len(data) >= _PERHAPS_FULL
        return self._log.feed(data)

    def _first(self, line: SerialLine, stop: Stop, *, boots: bool) -> tuple[Identity, bytes]:
        """Two equal sayings; each may take as long as a person needs to switch the device off and on."""
        self._said = said = self._said or TwiceSaid(line.port)
        heard = Heard()
        try:
            while True:
                saying = self._log.next() or self._next_saying(line, stop, heard, boots=boots)
                if saying is None:
                    break
                boots = False
                believed = said.take(saying)
                if believed is not None:
                    # What else was said is kept: if it names somebody else, the next question brings it to light.
                    self._said = None
                    self._missed = False
                    return believed.believed()
        except Failure:
            # Two identities, or one that is refused: who comes next starts from nothing.
            self.forget()
            raise
        raise self._why_unsure(line, heard, said.once)

    def _booted_again(self, line: SerialLine, stop: Stop) -> tuple[Identity, bytes]:
        """Who boots now; once is enough, for what is not ``known`` is a swap, and what is known was said before."""
        heard = Heard()
        saying = self._next_saying(line, stop, heard, boots=False)
        if saying is None:
            raise self._why_unsure(line, heard, "")
        self._missed = False
        return saying.believed()

    def _caught_up(self, line: SerialLine, stop: Stop, known: Identity) -> tuple[Identity, bytes]:
        """Whoever the log names since ``known`` was read; ``known`` when it names nobody else."""
        now = time.monotonic()
        ends, quiet_at, evidence = now + _CAUGHT_UP_S, now + _QUIET_S, b""
        while time.monotonic() < min(ends, quiet_at):
            stop.check()
            data = line.receive()
            self._take(data)
            if data:
                quiet_at = time.monotonic() + _TALKS_QUIET_S
        while (saying := self._log.next()) is not None:
            if saying.words != str(known):
                return saying.believed()
            evidence = saying.evidence
        return known, evidence

    def _next_saying(self, line: SerialLine, stop: Stop, heard: Heard, *, boots: bool) -> Saying | None:
        """The next one, the device being made to boot unless it ``boots``; None when none comes in time."""
        if not boots:
            stop.check()
            line.pulse(self._talk.reset, _PULL_S, stop)
        saying: Saying | None = None
        deadline = time.monotonic() + self._talk.again_s
        while saying is None and time.monotonic() < deadline:
            stop.check()
            data = line.receive()
            heard.take(data)
            self._log.feed(data)
            saying = self._log.next()
        return saying

    def _why_unsure(self, line: SerialLine, heard: Heard, once: str) -> DeviceFailure:
        if once:
            return SaidOnlyOnce(line.port, once)
        if not heard.bytes_seen:
            return DeviceSilent(line.port, self._talk.again_s)
        if heard.is_text:
            return NoIdentitySaid(line.port, self.name)
        return OnlyNoise(line.port, heard.bytes_seen, line.baud)


def _is_text(line: bytes) -> bool:
    heard = Heard()
    heard.take(line)
    return heard.is_text
