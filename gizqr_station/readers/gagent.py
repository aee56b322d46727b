"""Reads who a device is from its Gizwits module, over a serial port, by playing the product's MCU."""

import time

from gizqr_station.domain.device_failures import (
    AnswerTooShort,
    DeviceSilent,
    DeviceSwapped,
    DeviceUnplugged,
    ModuleInfoUnsupported,
    OnlyNoise,
    PortBusy,
    PortDenied,
    PortMissing,
)
from gizqr_station.domain.failures import DeviceFailure, Failure
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.reading import DeviceReading
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.readers.gagent_frames import Frame, FrameParser, encode
from gizqr_station.readers.mcu import EqualAnswers, Mcu
from gizqr_station.readers.serial_line import SerialLine, is_allowed, is_present, open_line, require_usable_name
from gizqr_station.workflows.ports import Clock

NAME = "gagent"
_POLL_S = 0.1
_HASTE_S = 0.05


class GagentReader:
    """Asks the module on one port who it is. One lane reads; ``health`` and ``close`` may come from any thread.

    Between ``read`` and ``wait_until_gone`` nobody listens. What the module says meanwhile queues in the operating
    system, and ``read_again`` and ``wait_until_gone`` catch up with it. A heartbeat that goes unanswered is repeated
    3 times in each of 10 tries before the module resets, which takes minutes; printing and scanning take seconds.
    """

    def __init__(
        self,
        port: str,
        product_key: str,
        *,
        clock: Clock,
        baud: int = 9600,
        answer_timeout_s: float = 5.0,
        ask_every_s: float = 0.5,
        settle_s: float = 1.0,
    ) -> None:
        """Raise ValueError for a URL of an unknown kind, an impossible rate, or a malformed product key.

        ``settle_s``: a port that just appeared belongs to root, or to a modem prober, for a moment; only a refusal
        that lasts so long is told.
        """
        require_usable_name(port, baud)
        self._port = port
        self._baud = baud
        self._clock = clock
        self._answer_timeout_s = answer_timeout_s
        self._ask_every_s = ask_every_s
        self._settle_s = settle_s
        self._mcu = Mcu(product_key)
        self._line: SerialLine | None = None

    def read(self, stop: Stop) -> DeviceReading:
        """Wait, without end, until the port exists and opens, then ask who is there.

        Raises PortBusy, PortDenied, DeviceUnplugged, DeviceSilent, OnlyNoise, ModuleInfoUnsupported, AnswerTooShort,
        every IdentityRefused, and Stopped. A faulty device that is still there stays open, so that
        ``wait_until_gone`` can wait for it; the next ``read`` opens the port anew.
        """
        self.close()
        self._line = self._opened(stop)
        identity, evidence = self._answered(self._line, stop)
        return DeviceReading(identity, NAME, self._port, evidence, self._clock.now())

    def read_again(self, reading: DeviceReading, stop: Stop) -> None:
        """Ask on the open port once more.

        Raises DeviceSwapped when another device answers (twice), DeviceUnplugged when the port is gone or closed,
        DeviceSilent when it says no longer who it is, else what ``read`` raises.
        """
        if self._line is None:
            raise DeviceUnplugged(self._port)
        try:
            found, _ = self._answered(self._line, stop, known=reading.identity)
        except ModuleInfoUnsupported as silent:
            # It did answer before, so this is not the firmware's fault.
            raise DeviceSilent(self._port, self._answer_timeout_s) from silent
        if found != reading.identity:
            raise DeviceSwapped(str(reading.identity), str(found))

    def wait_until_gone(self, stop: Stop) -> None:
        """Keep the module content until its port disappears, then close it; return at once when none is open.

        Stopped leaves the port open: the same device may be labelled after all, and is then asked again.
        """
        line = self._line
        if line is None:
            return
        parser = FrameParser()
        try:
            while True:
                stop.check()
                for frame in parser.feed(line.receive()):
                    self._reply(line, frame)
        except DeviceUnplugged:
            self.close()

    def present(self) -> bool:
        """Whether there is a port to open now."""
        return is_present(self._port)

    def health(self, stop: Stop) -> Failure | None:
        """None when the port is there and may be opened, else PortMissing or PortDenied. Opens and disturbs nothing.

        Whether another program holds the port shows only when it is opened: PortBusy comes from ``read`` alone.
        """
        stop.check()
        if not is_present(self._port):
            return PortMissing(self._port)
        return None if is_allowed(self._port) else PortDenied(self._port)

    def close(self) -> None:
        """Let the port go; a read that is under way in another thread ends with DeviceUnplugged."""
        line, self._line = self._line, None
        if line is not None:
            line.close()

    def _opened(self, stop: Stop) -> SerialLine:
        refused_since: float | None = None
        while True:
            stop.check()
            try:
                return open_line(self._port, self._baud)
            except PortMissing:
                refused_since = None
            except (PortBusy, PortDenied):
                now = time.monotonic()
                refused_since = now if refused_since is None else refused_since
                if now - refused_since >= self._settle_s:
                    raise
            stop.sleep(_POLL_S)

    def _answered(self, line: SerialLine, stop: Stop, known: Identity | None = None) -> tuple[Identity, bytes]:
        try:
            return self._interrogated(line, stop, known)
        except (DeviceUnplugged, Stopped):
            self.close()
            raise

    def _interrogated(self, line: SerialLine, stop: Stop, known: Identity | None) -> tuple[Identity, bytes]:
        """The identity and the frame that said it, un-cut; the first byte that comes renews the time."""
        parser = FrameParser()
        answers = EqualAnswers(self._port, known)
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
        raise self._why_unsure(parser, answers)

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

    def _why_unsure(self, parser: FrameParser, answers: EqualAnswers) -> DeviceFailure:
        if not parser.bytes_seen:
            return DeviceSilent(self._port, self._answer_timeout_s)
        if not answers.module_frames:
            return OnlyNoise(self._port, parser.bytes_seen, self._baud)
        if not answers.taken:
            return ModuleInfoUnsupported(self._port)
        return AnswerTooShort(self._port, f"{answers.taken} answers, no two equal")
