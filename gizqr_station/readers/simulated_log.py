"""A device that tells who it is while it boots, made of bytes: a program that speaks on a pseudo-terminal.

What it says is in ``simulated_boot_texts``. Run as ``python -m gizqr_station.readers.simulated_log --link
PATH``; what is plugged in are the fields of PluggedLog. Beside the bench's events it tells ``booted``.
"""

import random
import time
from dataclasses import dataclass

from gizqr_station.readers.simulated_bench import Wire, serve, tell
from gizqr_station.readers.simulated_boot_texts import LogFamily, boot_text


@dataclass(frozen=True, slots=True)
class PluggedLog:
    """One device at the port."""

    identity: str
    """Of the first boot: 12 hexadecimal digits, or an IMEI; empty: it does not tell."""
    family: str = LogFamily.ST_BOARD.value
    alternate_identity: str = ""
    """Of every second boot; empty: the same."""
    boots: int = 1000
    """A reader that opens the port hears nothing of what came before."""
    boot_every_s: float = 0.05
    chatter_s: float = 0.0
    """How often it logs something when it has booted."""
    noise_bytes: int = 0
    """Random bytes before the first boot."""
    flood_bytes: int = 0
    """One endless line before the first boot."""
    baud: int = 0
    cut_after_bytes: int | None = None
    seed: int = 1


_CHUNK = 1024


class Talker:
    """One device."""

    def __init__(self, plugged: PluggedLog, master: int) -> None:
        self._plugged = plugged
        self._wire = Wire(master, baud=plugged.baud, cut_after_bytes=plugged.cut_after_bytes, cut_unasked=True)
        self._random = random.Random(plugged.seed)  # noqa: S311 - it has to repeat, not to be secret
        self._booted = 0
        self._noise_left, self._flood_left = plugged.noise_bytes, plugged.flood_bytes
        self._next = time.monotonic()

    def tick(self) -> None:
        """Say what is due: noise, the flood, a boot, or one line of a device that runs."""
        if self._noise_left or self._flood_left:
            self._rattle()
        elif time.monotonic() >= self._next:
            self._speak()

    def hear(self, data: bytes) -> None:
        """It listens to nobody."""
        self._wire.hear(data)

    def _rattle(self) -> None:
        count = min(_CHUNK, self._noise_left or self._flood_left)
        if self._noise_left:
            self._noise_left -= count
            self._wire.write(self._random.randbytes(count))
        else:
            self._flood_left -= count
            self._wire.write(b"U" * count)
            if not self._flood_left:
                self._wire.write(b"\r\n")

    def _speak(self) -> None:
        plugged = self._plugged
        if self._booted < plugged.boots:
            identity = (plugged.alternate_identity if self._booted % 2 else "") or plugged.identity
            self._booted += 1
            self._next = time.monotonic() + plugged.boot_every_s
            for start in range(0, len(log := boot_text(plugged.family, identity, self._random)), _CHUNK):
                self._wire.write(log[start : start + _CHUNK])
            tell("booted")
        elif plugged.chatter_s:
            self._next = time.monotonic() + plugged.chatter_s
            self._wire.write(f"heap {self._random.randrange(9000, 50000)}\r\n".encode())


if __name__ == "__main__":
    serve(
        "A simulated device that logs, on a pseudo-terminal.", lambda what, master: Talker(PluggedLog(**what), master)
    )
