"""Asks a module for its identity with AT commands, as a profile says; never sends a command that changes anything."""

import time
from dataclasses import dataclass
from enum import Enum

from gizqr_station.domain.device_failures import DeviceSilent, NoIdentitySaid, OnlyNoise, SaidOnlyOnce
from gizqr_station.domain.failures import DeviceFailure
from gizqr_station.domain.identity import Identity, IdentityKind
from gizqr_station.domain.reader_profile import Ask, AtTalk
from gizqr_station.domain.stop import Stop
from gizqr_station.readers.at_commands import require_harmless
from gizqr_station.readers.sayings import Saying, Terms, TwiceSaid, each_once
from gizqr_station.readers.serial_line import SerialLine
from gizqr_station.readers.text_lines import Heard, LineAssembler, text_of

_ROUNDS = 2
"""Times all questions are gone through: a module that is starting answers ERROR to what it will know in a moment."""
_DRAIN_S = 0.5
"""What a module says on its own is passed over before a question for so long; one that never stops is asked anyway."""


class Final(Enum):
    """How an answer ended (ITU-T V.250, 3GPP TS 27.007)."""

    OK = "ok"
    ERROR = "error"


def final_of(text: str) -> Final | None:
    """What a line says about the end of an answer; None for any other line."""
    if text == "OK":
        return Final.OK
    if text == "ERROR" or text.startswith(("+CME ERROR:", "+CMS ERROR:")):
        return Final.ERROR
    return None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came after a command: the lines before the final one, which may be missing, and with it all is doubtful."""

    lines: tuple[bytes, ...]
    final: Final | None


class Module:
    """Who is asked over one open port, for one conversation."""

    def __init__(self, line: SerialLine, stop: Stop, line_end: str) -> None:
        self.heard = Heard()
        self.understood = False
        """Whether it ever ended an answer."""
        self._line = line
        self._stop = stop
        self._end = line_end.encode("ascii")
        self._lines = LineAssembler()

    def ask(self, command: str, within_s: float) -> Answer:
        """Send one command; what came before it answers nothing. Raises DeviceUnplugged, Stopped."""
        self._pass_over()
        self._line.send(command.encode("ascii") + self._end)
        lines: list[bytes] = []
        deadline = time.monotonic() + within_s
        while time.monotonic() < deadline:
            for line in self._received():
                final = final_of(text_of(line).strip())
                if final is not None:
                    self.understood = True
                    return Answer(tuple(lines), final)
                lines = [*lines[-31:], line]
        return Answer(tuple(lines), None)

    def _pass_over(self) -> None:
        ends = time.monotonic() + _DRAIN_S
        before = -1
        while before != self.heard.bytes_seen and time.monotonic() < ends:
            before = self.heard.bytes_seen
            self._received()
        self._lines.forget()

    def _received(self) -> list[bytes]:
        self._stop.check()
        data = self._line.receive()
        self.heard.take(data)
        return self._lines.feed(data)


class AtConversation:
    """The conversation (see there) with a module that answers AT commands."""

    def __init__(
        self,
        name: str,
        talk: AtTalk,
        *,
        expects: IdentityKind | None = None,
        local_macs: bool = False,
        answer_timeout_s: float = 5.0,
    ) -> None:
        """Raise ValueError for a command that could change something in a module.

        ``answer_timeout_s``: how long a module may take to wake, counted anew from its first byte on.
        """
        for command in (talk.wake or "AT", *(ask.send for ask in talk.asks)):
            require_harmless(command)
        self.name = name
        self._talk = talk
        self._terms = Terms(expects, local_macs)
        self._wake_s = max(answer_timeout_s, talk.tries * talk.pause_s)

    def identity(self, line: SerialLine, stop: Stop, known: Identity | None) -> tuple[Identity, bytes]:
        """The identity and the line that said it, when two answers were equal.

        Raises DeviceUnplugged, DeviceSilent, OnlyNoise, NoIdentitySaid, SaidOnlyOnce, SaidTwoIdentities, every
        IdentityRefused, and Stopped.
        """
        module = Module(line, stop, self._talk.line_end)
        said = TwiceSaid(line.port, known)
        awake = self._wakes(module)
        if awake or module.heard.is_text:
            for _ in range(_ROUNDS if awake else 1):
                for ask in self._talk.asks:
                    believed = self._asked(module, ask, said)
                    if believed is not None:
                        return believed.believed()
        raise self._why_unsure(line, module, said)

    def attend(self, line: SerialLine, data: bytes) -> None:
        """Nothing: a module that was not asked wants no answer."""

    def answers(self, line: SerialLine, stop: Stop, within_s: float) -> bool:
        """Whether a module ends an answer to ``AT``, with OK or otherwise."""
        command = self._talk.wake or self._talk.asks[0].send
        return Module(line, stop, self._talk.line_end).ask(command, within_s).final is not None

    def forget(self) -> None:
        """Nothing is kept between two conversations."""

    def _wakes(self, module: Module) -> bool:
        if not self._talk.wake:
            return True
        deadline, first_byte_due = time.monotonic() + self._wake_s, True
        while time.monotonic() < deadline:
            if module.ask(self._talk.wake, self._talk.pause_s).final is not None:
                return True
            if first_byte_due and module.heard.bytes_seen:
                deadline, first_byte_due = time.monotonic() + self._wake_s, False
        return False

    def _asked(self, module: Module, ask: Ask, said: TwiceSaid) -> Saying | None:
        """One question, until it is believed; None when it is refused, or not answered in all its tries."""
        for _ in range(self._talk.tries + 1):
            answer = module.ask(ask.send, self._talk.pause_s)
            if answer.final is Final.ERROR:
                return None
            if answer.final is None:
                continue
            for saying in each_once(self._sayings(answer, ask)):
                believed = said.take(saying)
                if believed is not None:
                    return believed
        return None

    def _sayings(self, answer: Answer, ask: Ask) -> list[Saying]:
        found = ((ask.answer.fullmatch(text_of(line).strip()), line) for line in answer.lines)
        return [self._terms.saying(match["identity"], line) for match, line in found if match]

    def _why_unsure(self, line: SerialLine, module: Module, said: TwiceSaid) -> DeviceFailure:
        if not module.heard.bytes_seen:
            return DeviceSilent(line.port, self._wake_s)
        if said.once:
            return SaidOnlyOnce(line.port, said.once)
        if module.understood or module.heard.is_text:
            return NoIdentitySaid(line.port, self.name)
        return OnlyNoise(line.port, module.heard.bytes_seen, line.baud)
