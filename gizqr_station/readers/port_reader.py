"""Reads who a device is on one port, whatever it is that has to be said to it."""

import time

from gizqr_station.domain.device_failures import (
    DeviceSilent,
    DeviceSwapped,
    DeviceUnplugged,
    ModuleInfoUnsupported,
    NoIdentitySaid,
    PortAmbiguous,
    PortBusy,
    PortDenied,
    PortMissing,
    RateRefused,
)
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.reading import DeviceReading
from gizqr_station.domain.slot import LeavesBy
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.readers.conversation import Conversation
from gizqr_station.readers.jig import Jig
from gizqr_station.readers.port_at import PortAt
from gizqr_station.readers.serial_line import SerialLine, is_allowed, open_line, require_usable_name
from gizqr_station.workflows.device_ports import Tap
from gizqr_station.workflows.ports import Clock

_POLL_S = 0.1
_FAULT_REST_S = 2.0
"""Whoever waits for a device to leave begins again when the wait fails: not at once, or it never rests."""


class PortReader:
    """Asks the device on one port who it is. One lane reads; ``present``, ``health`` and ``close`` from any thread.

    Between ``read`` and ``wait_until_gone`` nobody listens. What the device says meanwhile queues in the operating
    system, and ``read_again`` and ``wait_until_gone`` catch up with it.

    By PORT a device is there while its port is, and has left when the port was gone for a moment. By SILENCE (see
    ``jig``) it is there while somebody answers. A device that left by silence and comes back is read like any other:
    whether it may have a label again is for the ledger to say.
    """

    def __init__(
        self,
        port: PortAt,
        baud: int,
        conversation: Conversation,
        *,
        clock: Clock,
        leaves_by: LeavesBy = LeavesBy.PORT,
        answer_timeout_s: float = 5.0,
        settle_s: float = 1.0,
        tap: Tap | None = None,
    ) -> None:
        """Raise ValueError for a URL of an unknown kind or an impossible rate.

        ``answer_timeout_s``: as the conversation was told. ``settle_s``: a port that just appeared belongs to root,
        or to a modem prober, for a moment; only a refusal that lasts so long is told.
        """
        require_usable_name(port, baud)
        self._port = port
        self._baud = baud
        self._conversation = conversation
        self._clock = clock
        self._by_silence = leaves_by is LeavesBy.SILENCE
        self._answer_timeout_s = answer_timeout_s
        self._settle_s = settle_s
        self._tap = tap
        self._line: SerialLine | None = None
        self._last: Identity | None = None
        self._somebody = False
        self._closed = False

    def read(self, stop: Stop) -> DeviceReading:
        """Wait, without end, until a device is there, then ask who it is.

        Raises PortBusy, PortDenied, PortAmbiguous, RateRefused, DeviceUnplugged, every other DeviceFailure and
        IdentityRefused of the conversation, and Stopped. A faulty device that is still there keeps its port open, so
        that ``wait_until_gone`` can wait for it. The next ``read`` opens the port anew, except in a jig: there opening,
        which pulls at the control lines, could make a device start over.
        """
        self._closed = False
        self._last = None
        line = self._waited_for(stop) if self._by_silence else self._plugged_in(stop)
        while True:
            try:
                identity, evidence = self._answered(line, stop)
            except DeviceSilent:
                if not self._by_silence:
                    raise
                # It answered and then said nothing: it left, or is starting. An empty jig is no failure.
                self._left()
                line = self._waited_for(stop)
                continue
            self._last = identity
            return DeviceReading(identity, self._conversation.name, self._port.label, evidence, self._clock.now())

    def read_again(self, reading: DeviceReading, stop: Stop) -> None:
        """Ask on the open port once more.

        Raises DeviceSwapped when another device answers (twice), DeviceUnplugged when the port is gone or closed,
        DeviceSilent when it says no longer who it is, else what ``read`` raises.
        """
        line = self._line
        if line is None:
            raise DeviceUnplugged(self._port.label)
        try:
            found, _ = self._answered(line, stop, known=reading.identity)
            line.require_meant(stop)
        except (ModuleInfoUnsupported, NoIdentitySaid) as silent:
            # It did answer before, so this is not the firmware's fault.
            raise DeviceSilent(self._port.label, self._answer_timeout_s) from silent
        if found != reading.identity:
            raise DeviceSwapped(str(reading.identity), str(found))

    def wait_until_gone(self, stop: Stop) -> None:
        """Keep the device content until it leaves; return at once when none was read and no port is open.

        Stopped leaves the port open: the same device may be labelled after all, and is then asked again.
        """
        line = self._line
        if line is None:
            return
        try:
            if self._by_silence:
                self._jig(line).wait_until_gone(self._last, stop)
                self._left()
                return
            while True:
                stop.check()
                self._conversation.attend(line, line.receive())
        except DeviceUnplugged:
            self._let_go()
        except Failure:
            stop.sleep(_FAULT_REST_S)
            raise

    def present(self) -> bool:
        """Whether a device is there now: its port, or, in a jig, somebody who answered when last asked."""
        return self._somebody if self._by_silence else self._device_now() is not None

    def health(self, stop: Stop) -> Failure | None:
        """None when the port is there and may be opened; else PortMissing, PortDenied or PortAmbiguous.

        Opens and disturbs nothing. Whether another program holds the port shows only when it is opened: PortBusy
        comes from ``read`` alone.
        """
        stop.check()
        try:
            device = self._port.device()
        except PortAmbiguous as unclear:
            return unclear
        if device is None:
            return PortMissing(self._port.label)
        return None if is_allowed(device) else PortDenied(self._port.label)

    def close(self) -> None:
        """Let the port go; a read that is under way in another thread ends with DeviceUnplugged."""
        self._closed = True
        self._let_go()

    def _plugged_in(self, stop: Stop) -> SerialLine:
        """A port that was opened anew; the device is another one if the old one's port is gone."""
        old, self._line = self._line, None
        if old is not None:
            try:
                old.receive()
            except DeviceUnplugged:
                self._conversation.forget()
            old.close()
        return self._opened(stop)

    def _waited_for(self, stop: Stop) -> SerialLine:
        """A port on which somebody answers; an adapter that is pulled meanwhile is waited for."""
        fresh = True
        while True:
            try:
                line = self._line or self._opened(stop)
                if fresh:
                    line.discard()
                    fresh = False
                self._jig(line).wait_for_somebody(stop)
            except DeviceUnplugged:
                if self._closed:
                    raise
                self._let_go()
            except Stopped:
                self._somebody = False
                raise
            else:
                self._somebody = True
                return line

    def _jig(self, line: SerialLine) -> Jig:
        return Jig(line, self._conversation)

    def _opened(self, stop: Stop) -> SerialLine:
        refused_since: float | None = None
        while True:
            stop.check()
            try:
                line = open_line(self._port, self._baud, self._tap)
            except PortMissing:
                refused_since = None
            except (PortBusy, PortDenied, PortAmbiguous, RateRefused):
                now = time.monotonic()
                refused_since = now if refused_since is None else refused_since
                if now - refused_since >= self._settle_s:
                    raise
            else:
                self._line = line
                if self._closed:  # just now, from another thread
                    self._let_go()
                    raise DeviceUnplugged(self._port.label)
                return line
            stop.sleep(_POLL_S)

    def _answered(self, line: SerialLine, stop: Stop, known: Identity | None = None) -> tuple[Identity, bytes]:
        try:
            return self._conversation.identity(line, stop, known)
        except DeviceUnplugged:
            self._let_go()
            raise
        except Stopped:
            if not self._by_silence:
                self._let_go()
            raise

    def _left(self) -> None:
        self._somebody = False
        self._conversation.forget()

    def _let_go(self) -> None:
        self._left()
        line, self._line = self._line, None
        if line is not None:
            line.close()

    def _device_now(self) -> str | None:
        try:
            return self._port.device()
        except PortAmbiguous:
            return None
