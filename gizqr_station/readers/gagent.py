"""Asks a Gizwits module who it is, by playing the product's MCU."""

import time

from gizqr_station.domain.device_failures import AnswerTooShort, DeviceSilent, ModuleInfoUnsupported, OnlyNoise
from gizqr_station.domain.failures import DeviceFailure
from gizqr_station.domain.identity import Identity, IdentityKind
from gizqr_station.domain.stop import Stop
from gizqr_station.readers.gagent_frames import Frame, FrameParser, encode
from gizqr_station.readers.mcu import EqualAnswers, Mcu, from_a_module
from gizqr_station.readers.serial_line import SerialLine

NAME = "gagent"
_HASTE_S = 0.05


class GagentConversation:
    """The conversation (see there) with a module that speaks the GAgent protocol.

    A heartbeat that goes unanswered is repeated 3 times in each of 10 tries before the module resets, which takes
    minutes; printing and scanning take seconds. So it may wait while nobody listens.
    """

    def __init__(
        self,
        product_key: str,
        *,
        name: str = NAME,
        answer_timeout_s: float = 5.0,
        ask_every_s: float = 0.5,
        local_macs: bool = False,
        expects: IdentityKind | None = None,
    ) -> None:
        """Raise ValueError for a malformed product key: a module adopts the key that it is told."""
        self.name = name
        self._answer_timeout_s = answer_timeout_s
        self._ask_every_s = ask_every_s
        self._local_macs = local_macs
        self._expects = expects
        self._mcu = Mcu(product_key)
        self._parser = FrameParser()
        self._bare = True

    def identity(self, line: SerialLine, stop: Stop, known: Identity | None) -> tuple[Identity, bytes]:
        """The identity and the frame that said it, un-cut; the first byte that comes renews the time.

        Raises DeviceUnplugged, DeviceSilent, OnlyNoise, ModuleInfoUnsupported, AnswerTooShort, every IdentityRefused,
        and Stopped.
        """
        parser = FrameParser()
        answers = EqualAnswers(line.port, known, local_macs=self._local_macs, expects=self._expects)
        deadline = time.monotonic() + self._answer_timeout_s
        ask_at = 0.0
        taken_before, bare = 0, True
        while (now := time.monotonic()) < deadline:
            stop.check()
            if now >= ask_at:
                # The form that was answered is asked again; one that was not gives way to the other.
                bare = bare if answers.taken > taken_before else not bare
                taken_before = answers.taken
                self._ask(line, answers, bare=bare)
                ask_at = now + self._ask_every_s
            first_byte_due = parser.bytes_seen == 0
            frames = parser.feed(line.receive())
            if first_byte_due and parser.bytes_seen:
                deadline = time.monotonic() + self._answer_timeout_s
            for frame in frames:
                if self._reply(line, frame):
                    # What it waited for came, so it is listening now.
                    ask_at = min(ask_at, now + _HASTE_S)
                taken = answers.taken
                identity = answers.take(frame)
                if identity is not None:
                    return identity, encode(frame)
                if answers.taken > taken:
                    ask_at = 0.0
        raise self._why_unsure(line, parser, answers)

    def attend(self, line: SerialLine, data: bytes) -> None:
        """Keep the module content: what it says is answered as its MCU would."""
        for frame in self._parser.feed(data):
            self._reply(line, frame)

    def answers(self, line: SerialLine, stop: Stop, within_s: float) -> bool:
        """Ask who it is, in one form and the next time in the other; any whole frame of a module is an answer."""
        self._bare = not self._bare
        _, question = self._mcu.question(bare=self._bare)
        line.send(question)
        deadline = time.monotonic() + within_s
        while time.monotonic() < deadline:
            stop.check()
            frames = self._parser.feed(line.receive())
            for frame in frames:
                self._reply(line, frame)
            if any(from_a_module(frame) for frame in frames):
                return True
        return False

    def forget(self) -> None:
        """A frame that was cut by leaving is never finished by the next module."""
        self._parser = FrameParser()

    def _ask(self, line: SerialLine, answers: EqualAnswers, *, bare: bool) -> None:
        sequence, question = self._mcu.question(bare=bare)
        answers.asked(sequence)
        line.send(question)

    def _reply(self, line: SerialLine, frame: Frame) -> bool:
        answer = self._mcu.answer(frame)
        if answer is None:
            return False
        line.send(answer)
        return True

    def _why_unsure(self, line: SerialLine, parser: FrameParser, answers: EqualAnswers) -> DeviceFailure:
        if not parser.bytes_seen:
            return DeviceSilent(line.port, self._answer_timeout_s)
        if not answers.module_frames:
            return OnlyNoise(line.port, parser.bytes_seen, line.baud)
        if not answers.taken:
            return ModuleInfoUnsupported(line.port)
        return AnswerTooShort(line.port, f"{answers.taken} answers, no two equal")
