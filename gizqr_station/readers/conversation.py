"""What a way of asking has to offer, so that one kind of reader can serve every one of them."""

from typing import Protocol

from gizqr_station.domain.identity import Identity
from gizqr_station.domain.stop import Stop
from gizqr_station.readers.serial_line import SerialLine


class Conversation(Protocol):
    """Talks on one open port with whoever is there. Made for one port, and used by one thread at a time.

    It knows its own time-outs and whether locally administered MACs are wanted. Everything that comes in goes
    through it, and what it heard between two calls counts for the next one, until ``forget``.
    """

    @property
    def name(self) -> str:
        """The reader's name in a reading, as in the settings: ``gagent``, ``at-cgsn``."""
        ...

    def identity(self, line: SerialLine, stop: Stop, known: Identity | None) -> tuple[Identity, bytes]:
        """Who is there, and the raw bytes that said it.

        Nobody is believed before two equal answers; ``known``, who was read before, needs to say it only once more.
        ``line.port`` and ``line.baud`` are for failures. Ends by itself; raises a DeviceFailure (DeviceSilent when
        not a byte came, OnlyNoise when bytes were not understood), an IdentityRefused, or Stopped.
        """
        ...

    def attend(self, line: SerialLine, data: bytes) -> None:
        """Do what has to be done with bytes that came between two questions; often nothing. Raises DeviceUnplugged."""
        ...

    def answers(self, line: SerialLine, stop: Stop, within_s: float) -> bool:
        """Ask once, gently, whether anybody is there who understands; False when nobody did so in time.

        Asked every half second of an empty jig, so it must be harmless to a device that is just starting.
        Raises DeviceUnplugged and Stopped alone.
        """
        ...

    def forget(self) -> None:
        """The device has left: nothing that it said counts for the next one."""
        ...
