"""A GAgent module made of bytes: a program that speaks on a pseudo-terminal and is plugged in by lines of JSON.

It is the opposite number of ``gagent`` and written from the protocol's description alone, so it shares no framing
code with it. Run as ``python -m gizqr_station.readers.simulated_module --link PATH``; while a device is plugged in,
PATH is a link to its terminal. Commands (see ``simulated_bench``) carry the fields of Plugged. Of its own it tells
``received`` (command, payload in hexadecimal), ``sent`` (command) and ``reset`` (it gave up on an MCU that does not
answer).
"""

import random
import time
from dataclasses import dataclass
from enum import StrEnum

from gizqr_station.readers.simulated_bench import Wire, serve, tell
from gizqr_station.readers.simulated_wire import first_frame, heard_at_another_rate, wire_frame


class Quirk(StrEnum):
    """What is wrong with a module."""

    NONE = "none"
    IMSI_AS_IMEI = "imsi_as_imei"
    SILENT = "silent"
    NOISE = "noise"
    WRONG_BAUD = "wrong_baud"
    """It speaks and hears at 115200 while the host does at 9600."""
    MUTE_21 = "mute_21"
    """Its firmware does not know the question who it is."""
    BARE_21 = "bare_21"
    """It knows that question only as the bare command, without the kind of information behind it."""
    WRONG_CHECKSUM = "wrong_checksum"
    SHORT_ANSWER = "short_answer"
    WRONG_SEQUENCE = "wrong_sequence"
    FIRST_ANSWER_WRONG = "first_answer_wrong"
    """Its first answer who it is says another identity, in an undamaged frame."""
    NEVER_THE_SAME = "never_the_same"
    STUFFED = "stuffed"
    """Full of FF, each of which needs its filler."""


@dataclass(frozen=True, slots=True)
class Plugged:
    """One device at the port."""

    identity: str
    """Written into the answer as it is: what must be refused can be said as well."""
    kind: str = "wifi"
    """``wifi`` or ``cellular``."""
    imsi: str = "460001234567890"
    quirk: str = Quirk.NONE.value
    cut_after_bytes: int | None = None
    """It is unplugged right after having sent so many to a host that has begun to speak."""
    heartbeat_s: float = 2.0
    """The real ones take about a minute."""
    repeat_s: float = 0.05
    """How soon a request that was not answered is repeated; the real ones take a second."""
    baud: int = 0
    """The rate it speaks at; 0: the host's, whichever."""
    seed: int = 1
    """For noise."""


_UNHEARD_UNTIL_RESET = 30
_HOST_BAUD = 9600
_OTHER_BAUD = 115200
_WANTED_DEVICE_INFO = (66, 74)


class Module:
    """One plugged-in device: two timers, an input buffer, and what it answers."""

    def __init__(self, plugged: Plugged, master: int) -> None:
        self.plugged = plugged
        self._wire = Wire(master, baud=plugged.baud, cut_after_bytes=plugged.cut_after_bytes)
        self._buffer = b""
        self._answers = 0
        self._told = False
        self._unheard = 0
        self._sequence = 0
        self._next = time.monotonic()
        self._random = random.Random(plugged.seed)  # noqa: S311 - noise has to repeat, not to be secret

    def tick(self) -> None:
        """Say what is due: the request for device information until it is told, heartbeats afterwards."""
        if time.monotonic() < self._next:
            return
        quirk = self.plugged.quirk
        self._next = time.monotonic() + (self.plugged.heartbeat_s if self._told else self.plugged.repeat_s)
        if quirk == Quirk.SILENT:
            return
        if quirk == Quirk.NOISE:
            self._wire.write(self._random.randbytes(self._random.randrange(1, 200)))
            return
        if self._told and self._unheard >= _UNHEARD_UNTIL_RESET:
            self._told, self._unheard = False, 0
            tell("reset")
        self._unheard += self._told
        self._sequence = (self._sequence + 1) & 0xFF
        self._say(0x07 if self._told else 0x01, self._sequence, b"")

    def hear(self, data: bytes) -> None:
        """Take what the host sent and answer it."""
        data = self._wire.hear(data)
        if self.plugged.quirk in (Quirk.SILENT, Quirk.NOISE):
            return
        if self.plugged.quirk == Quirk.WRONG_BAUD:
            data = heard_at_another_rate(data, _HOST_BAUD, _OTHER_BAUD)
        self._buffer += data
        while (cut := first_frame(self._buffer)) is not None:
            body, self._buffer = cut
            if body:
                self._answer(body[2], body[3], body[6:-1])

    def _answer(self, command: int, sequence: int, payload: bytes) -> None:
        tell("received", command=command, payload=payload.hex())
        if command == 0x02:
            if len(payload) not in _WANTED_DEVICE_INFO:
                self._say(0x11, sequence, b"\x03")
            elif not self._told:
                self._told = True
                self._say(0x0D, 1, b"\x00\x04")
        elif command == 0x08:
            self._unheard = 0
        elif command == 0x21 and self._told and self._understands(payload):
            wrong = self.plugged.quirk == Quirk.WRONG_SEQUENCE
            self._say(0x22, (sequence + 100 * wrong) & 0xFF, self._module_info())
        elif command not in (0x0E, 0x12):
            self._say(0x11, sequence, b"\x02")

    def _understands(self, payload: bytes) -> bool:
        if self.plugged.quirk == Quirk.BARE_21:
            return not payload
        return self.plugged.quirk != Quirk.MUTE_21

    def _module_info(self) -> bytes:
        quirk, versions = self.plugged.quirk, b"00000004" + b"00000001" + b"04020034"
        self._answers += 1
        who = self.plugged.identity
        if (quirk == Quirk.FIRST_ANSWER_WRONG and self._answers == 1) or quirk == Quirk.NEVER_THE_SAME:
            who = f"00911f{self._answers:06x}"
        attributes = b"\xff" * 8 if quirk == Quirk.STUFFED else bytes(8)
        if self.plugged.kind == "wifi":
            info = b"\x01" + versions + _padded(who) + _padded("192.168.1.20") + attributes
        else:
            imei = self.plugged.imsi if quirk == Quirk.IMSI_AS_IMEI else who
            network = b"460".ljust(8, b"\0") + b"00".ljust(8, b"\0")
            cells = b"\x02\x05" + bytes.fromhex("2795ffff41 2795e35b2a")
            info = b"\x02" + versions + attributes + _padded(imei) + _padded(self.plugged.imsi) + network + cells
        return info[:-3] if quirk == Quirk.SHORT_ANSWER else info

    def _say(self, command: int, sequence: int, payload: bytes) -> None:
        tell("sent", command=command)
        wrong = self.plugged.quirk == Quirk.WRONG_CHECKSUM
        said = wire_frame(command, sequence, payload, wrong_checksum=wrong)
        if self.plugged.quirk == Quirk.WRONG_BAUD:
            said = heard_at_another_rate(said, _OTHER_BAUD, _HOST_BAUD)
        self._wire.write(said)


def _padded(text: str) -> bytes:
    return text.encode("ascii")[:16].ljust(16, b"\0")


def main() -> None:
    """Serve one port until stdin ends."""
    serve("A simulated GAgent module on a pseudo-terminal.", lambda what, master: Module(Plugged(**what), master))


if __name__ == "__main__":
    main()
