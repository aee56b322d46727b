"""Devices in a jig whose adapter stays plugged in: they come by answering, and leave by silence."""

import time

from gizqr_station.domain.device_failures import DeviceUnplugged
from gizqr_station.domain.failures import Failure, IdentityRefused
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.stop import Stop
from gizqr_station.readers.conversation import Conversation
from gizqr_station.readers.serial_line import SerialLine

ASK_S = 0.5
"""How long one question waits."""
ASKS_UNHEARD = 4
"""So many questions in a row, and so two seconds, without one byte: nobody is there any more."""
_LOUD_TURNS = 2
"""A contact that is being made or broken rattles for a moment; somebody who talks goes on."""
_NOT_UNDERSTOOD_S = 10.0
"""A device that starts over may talk in another way for a while; after so long it is somebody else, or nobody."""


class Jig:
    """The place in front of one open port."""

    def __init__(self, line: SerialLine, conversation: Conversation) -> None:
        self._line = line
        self._conversation = conversation

    def wait_for_somebody(self, stop: Stop) -> None:
        """Return when somebody answers, or goes on talking without being understood; raises DeviceUnplugged, Stopped.

        An empty jig is waited at without end and without a failure.
        """
        loud = 0
        while loud < _LOUD_TURNS:
            answered, heard = self._asked(stop)
            if answered:
                return
            loud = loud + 1 if heard else 0

    def wait_until_gone(self, last: Identity | None, stop: Stop) -> None:
        """Return when nobody is there any more, or somebody else is; raises DeviceUnplugged, Stopped.

        ``last`` is who was read; None when that failed, and then any byte at all says that the device is still there.
        A device that starts over is silent or not understood for a moment, and has not left.
        """
        unheard, understood_at = 0, time.monotonic()
        while unheard < ASKS_UNHEARD and time.monotonic() - understood_at < _NOT_UNDERSTOOD_S:
            answered, heard = self._asked(stop)
            unheard = 0 if heard else unheard + 1
            if answered or (last is None and heard):
                understood_at = time.monotonic()
            if answered and last is not None and self._is_another(last, stop):
                return
            if answered:
                stop.sleep(ASK_S)

    def _asked(self, stop: Stop) -> tuple[bool, bool]:
        """Whether somebody answered, and whether anything was heard at all; half a second unless somebody answered."""
        stop.check()
        before, ends = self._line.bytes_received, time.monotonic() + ASK_S
        answered = self._conversation.answers(self._line, stop, ASK_S)
        if not answered:
            stop.sleep(max(0.0, ends - time.monotonic()))
        return answered, answered or self._line.bytes_received > before

    def _is_another(self, last: Identity, stop: Stop) -> bool:
        try:
            found, _ = self._conversation.identity(self._line, stop, last)
        except DeviceUnplugged:
            raise
        except IdentityRefused:
            return True  # said twice, and the one who was read was not refused
        except Failure:
            return False  # cut short, or starting over; the next turn will tell
        return found != last
