"""The MCU's half of the GAgent protocol: what the station answers and asks while it stands in for a product's MCU."""

from enum import IntEnum

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity, IdentityKind
from gizqr_station.domain.identity_failures import WrongKind
from gizqr_station.domain.product import is_product_key
from gizqr_station.readers.gagent_frames import Frame, encode
from gizqr_station.readers.module_info import identity_in


class MaySend(IntEnum):
    """All that this station ever says to a module. 0B, the factory reset, is not here and so cannot be encoded."""

    DEVICE_INFO = 0x02
    HEARTBEAT_HEARD = 0x08
    STATUS_HEARD = 0x0E
    WHO_ARE_YOU = 0x21


_OWN_COMMANDS = frozenset(MaySend)
_ANSWERS = {
    0x01: MaySend.DEVICE_INFO,
    0x07: MaySend.HEARTBEAT_HEARD,
    0x0D: MaySend.STATUS_HEARD,
}
_ILLEGAL_PACKET = 0x11
MODULE_INFO = 0x22

_PROTOCOL_VERSION = b"00000004"
_OWN_VERSIONS = b"00000002" + b"00000001" + b"00000001"
"""P0, hardware and software version: texts of 8 digits that the module only passes on to its cloud."""
_BINDABLE_TIMEOUT_S = 0
_NO_ATTRIBUTES = bytes(8)
_ABOUT_THE_MODULE = b"\0"
"""The vendor's MCU development kit asks 21 with one byte, the kind of information, and always sends 0."""


class Mcu:
    """Answers a module as the MCU of one product would.

    A module adopts the product key that it is told (and forgets its network settings when it was told another one
    before), so the key has to be that of the product being labelled.
    """

    def __init__(self, product_key: str) -> None:
        if not is_product_key(product_key):
            raise ValueError("a product key is 32 lower-case hexadecimal digits")
        self.illegal_packets = 0
        """How often the module complained of a packet (11); it needs no answer."""
        self._device_info = (
            _PROTOCOL_VERSION
            + _OWN_VERSIONS
            + product_key.encode("ascii")
            + _BINDABLE_TIMEOUT_S.to_bytes(2, "big")
            + _NO_ATTRIBUTES
        )
        self._sequence = 0

    def answer(self, frame: Frame) -> bytes | None:
        """Return what to send back, or None for a frame that wants no answer from here."""
        if frame.command == _ILLEGAL_PACKET:
            self.illegal_packets += 1
        kind = _ANSWERS.get(frame.command)
        if kind is None:
            return None
        return _said(kind, frame.sequence, self._device_info if kind is MaySend.DEVICE_INFO else b"")

    def question(self, *, bare: bool = False) -> tuple[int, bytes]:
        """Return the next "who are you" and the sequence number that its answer will carry.

        ``bare`` leaves out the kind of information: the protocol's pages name the command alone.
        """
        self._sequence = (self._sequence + 1) & 0xFF
        return self._sequence, _said(MaySend.WHO_ARE_YOU, self._sequence, b"" if bare else _ABOUT_THE_MODULE)


def from_a_module(frame: Frame) -> bool:
    """Whether a module may have sent it. What only an MCU sends is our own echo, from a shorted or looped line."""
    return frame.command not in _OWN_COMMANDS


class EqualAnswers:
    """Believes who a module is when two answers in a row say the same; a refusal has to be said twice as well.

    Only answers to questions that were asked here count, each once: what an earlier device or an earlier question
    left in a buffer says nothing.
    """

    def __init__(
        self,
        port: str,
        known: Identity | None = None,
        *,
        local_macs: bool = False,
        expects: IdentityKind | None = None,
    ) -> None:
        self.taken = 0
        """Answers that belonged to a question."""
        self.module_frames = 0
        """Frames that a module may have sent."""
        self._port = port
        self._local_macs = local_macs
        self._expects = expects
        self._open_questions: set[int] = set()
        # Who was read before needs to say it only once more; anybody else has to say it twice.
        self._last = None if known is None else str(known)

    def asked(self, sequence: int) -> None:
        """Remember a question."""
        self._open_questions.add(sequence)

    def take(self, frame: Frame) -> Identity | None:
        """Return the identity, or None while it is not sure; raise the refusal when it is sure (see identity_in)."""
        if from_a_module(frame):
            self.module_frames += 1
        if frame.command != MODULE_INFO or frame.sequence not in self._open_questions:
            return None
        self._open_questions.discard(frame.sequence)
        self.taken += 1
        try:
            identity = identity_in(frame.payload, self._port, local_macs=self._local_macs)
            if self._expects is not None and identity.kind is not self._expects:
                raise WrongKind(identity.readable, self._expects.value.upper())
        except Failure as refused:
            if self._said_again(str(refused)):
                raise
            return None
        return identity if self._said_again(str(identity)) else None

    def _said_again(self, what: str) -> bool:
        again, self._last = what == self._last, what
        return again


def _said(kind: MaySend, sequence: int, payload: bytes) -> bytes:
    # MaySend() refuses whatever is not in it, so not even a wrong table can make this say more.
    return encode(Frame(MaySend(kind), sequence, payload=payload))
