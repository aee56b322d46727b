"""An ESP chip in its ROM bootloader, made of bytes: enough of it for a program that asks for its MAC.

Written from Espressif's serial protocol pages: packets in SLIP, ``00 | command | length (2) | checksum (4) | data`` to
the chip, ``01 | command | length (2) | value (4) | data | status`` back, little endian. Registers are those of the
ESP32 (magic F01D83, MAC in the second and third word of its fuses) and of the ESP32-C6 (chip id 13, which has an
extended MAC beside the base one). A pseudo-terminal has no control lines, so it is always in its bootloader.
"""

import struct
import time
from dataclasses import dataclass

from gizqr_station.readers.simulated_bench import Wire, serve, tell

_END, _ESCAPE = b"\xc0", b"\xdb"
_SYNC, _READ_REG, _WRITE_REG, _SPI_ATTACH, _SECURITY_INFO = 0x08, 0x0A, 0x09, 0x0D, 0x14
_SYNC_ANSWERS = 8
_MAGIC_REGISTER, _ESP32_MAGIC = 0x40001000, 0x00F01D83
_ESP32_FUSES = 0x3FF5A000
_ESP32C6_MAC, _ESP32C6_CHIP_ID = 0x600B0844, 13
_REVISION_3 = 1 << 15
_BOOT_LOG = b"\r\nets Jul 29 2019 12:21:46\r\n\r\nrst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\r\n"


@dataclass(frozen=True, slots=True)
class PluggedEsp:
    """One chip at the port."""

    mac: str
    """12 hexadecimal digits."""
    chip: str = "esp32"
    """``esp32`` or ``esp32c6``."""
    mac_extension: str = "fffe"
    """Of the ESP32-C6: what makes its 8-byte address."""
    silent: bool = False
    """It runs its program and not its bootloader."""
    chatter_s: float = 0.0
    """How often that program logs a line, where it does."""
    never_the_same: bool = False
    """Each program that connects is told another MAC."""
    cut_after_bytes: int | None = None


class Chip:
    """One chip."""

    def __init__(self, plugged: PluggedEsp, master: int) -> None:
        self._plugged = plugged
        self._wire = Wire(master, cut_after_bytes=plugged.cut_after_bytes)
        self._buffer = b""
        self._mac = bytes.fromhex(plugged.mac)
        self._chatter_at = time.monotonic()

    def tick(self) -> None:
        """A running program may log."""
        if self._plugged.chatter_s and time.monotonic() >= self._chatter_at:
            self._chatter_at = time.monotonic() + self._plugged.chatter_s
            self._wire.write(_BOOT_LOG)

    def hear(self, data: bytes) -> None:
        """Answer every whole packet."""
        data = self._wire.hear(data)
        if self._plugged.silent:
            return
        *packets, self._buffer = (self._buffer + data).split(_END)
        for packet in packets:
            whole = packet.replace(_ESCAPE + b"\xdc", _END).replace(_ESCAPE + b"\xdd", _ESCAPE)
            if len(whole) >= 8 and whole[0] == 0:
                self._answer(whole[1], whole[8:])

    def _answer(self, command: int, data: bytes) -> None:
        tell("received", command=command, payload=data.hex())
        match command:
            case 0x08:
                if self._plugged.never_the_same:
                    self._mac = self._mac[:5] + bytes([(self._mac[5] + 1) & 0xFF])
                for _ in range(_SYNC_ANSWERS):
                    self._say(_SYNC, value=0x20120707)
            case 0x0A:
                self._say(_READ_REG, value=self._register(int.from_bytes(data[:4], "little")))
            case 0x14 if self._plugged.chip == "esp32c6":
                info = struct.pack("<I", 0) + bytes(8) + struct.pack("<II", _ESP32C6_CHIP_ID, 0)
                self._say(_SECURITY_INFO, behind=info)
            case 0x09 | 0x0D:
                self._say(command)
            case _:
                self._say(command, status=b"\x01\x05\0\0")

    def _register(self, address: int) -> int:
        if self._plugged.chip == "esp32c6":
            low, high = int.from_bytes(self._mac[2:]), int.from_bytes(self._mac[:2])
            extension = int.from_bytes(bytes.fromhex(self._plugged.mac_extension))
            return {_ESP32C6_MAC: low, _ESP32C6_MAC + 4: extension << 16 | high}.get(address, 0)
        return {
            _MAGIC_REGISTER: _ESP32_MAGIC,
            _ESP32_FUSES + 4: int.from_bytes(self._mac[2:]),
            _ESP32_FUSES + 8: int.from_bytes(self._mac[:2]),
            _ESP32_FUSES + 12: _REVISION_3,
        }.get(address, 0)

    def _say(self, command: int, *, value: int = 0, behind: bytes = b"", status: bytes = bytes(4)) -> None:
        body = struct.pack("<BBHI", 1, command, len(behind) + len(status), value) + behind + status
        slipped = body.replace(_ESCAPE, _ESCAPE + b"\xdd").replace(_END, _ESCAPE + b"\xdc")
        self._wire.write(_END + slipped + _END)


def main() -> None:
    """Serve one port until stdin ends."""
    serve(
        "A simulated ESP chip in its bootloader on a pseudo-terminal.",
        lambda what, master: Chip(PluggedEsp(**what), master),
    )


if __name__ == "__main__":
    main()
