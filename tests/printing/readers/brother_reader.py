"""Reads Brother raster as a QL or P-touch printer would; from Brother's raster command references.

The head's first pin prints at the right edge of a label that is held the right way up.
"""

from typing import NamedTuple

from tests.printing.readers.read import Read, Refused, dots_of, packed

QL_KINDS = {0x0A: "endless", 0x0B: "die-cut"}


class Head(NamedTuple):
    """What the reader must know of a printer and what is in it."""

    pins: int
    first: int
    """The first pin over the printable part of the media, and how many of them."""
    over_media: int
    tape: bool = False


class Job(NamedTuple):
    """What the printer was told, and what it would print."""

    read: Read
    kind: int
    width_mm: int
    length_mm: int
    margin_dots: int
    commands: tuple[str, ...]


def read_brother(stream: bytes, head: Head) -> Job:
    """Follow a stream of one or more pages; refuse whatever is unknown, out of order or has a wrong count."""
    at = len(stream) - len(stream.lstrip(b"\0"))
    if at < 100:
        raise Refused(f"{at} bytes of invalidate")
    job = _Follower(stream, at, head)
    while job.at < len(stream):
        job.step()
    return job.done()


class _Follower:
    def __init__(self, stream: bytes, at: int, head: Head) -> None:
        self.stream, self.at, self.head = stream, at, head
        self.commands: list[str] = []
        self.information = b""
        self.margin = 0
        self.packs = False
        self.rows: list[bytes] = []
        self.pages = 0

    def step(self) -> None:
        if self.pages:
            raise Refused("something behind the end of the page")
        if self._take(b"\x1b@"):
            self.commands.append("ESC @")
        elif self._take(b"\x1bi"):
            self._escape(chr(self._bytes(1)[0]))
        elif self._take(b"M"):
            self.packs = {0: False, 2: True}[self._bytes(1)[0]]
            self.commands.append("M")
        elif self._take(b"Z"):
            if not self.packs:
                raise Refused("Z among rows that are not packed")
            self._row(bytes(self.head.pins // 8))
        elif self.stream[self.at : self.at + 1] in {b"g", b"G"}:
            self._graphics()
        elif self._take(b"\x1a"):
            self.pages += 1
        else:
            raise Refused(f"{self.stream[self.at : self.at + 8]!r}: unknown")

    def done(self) -> Job:
        if self.commands[:1] != ["ESC @"] or not self.information:
            raise Refused("no ESC @ or no ESC i z")
        announced = int.from_bytes(self.information[4:8], "little")
        if announced != len(self.rows):
            raise Refused(f"{len(self.rows)} rows instead of {announced}")
        flags, kind, width, length = self.information[:4]
        if self.head.tape:
            if flags != 0x84 or kind or length:
                raise Refused(f"ESC i z: {self.information!r} for tape")
        elif kind not in QL_KINDS or flags & 0x86 != 0x86 or bool(flags & 0x08) != bool(length):
            raise Refused(f"ESC i z: {self.information!r}")
        if self.information[8:] != b"\0\0":
            raise Refused("ESC i z: not the first page")
        read = Read(self.pages, self.head.over_media, len(self.rows), tuple(self.rows))
        return Job(read, kind, width, length, self.margin, tuple(self.commands))

    def _escape(self, letter: str) -> None:
        self.commands.append(f"ESC i {letter}")
        match letter:
            case "a":
                self._exactly(b"\x01")
            case "z":
                self.information = self._bytes(10)
            case "M":
                self._exactly(b"\x40")
            case "A":
                self._exactly(b"\x01")
            case "K":
                self._exactly(b"\x08")
            case "d":
                self.margin = int.from_bytes(self._bytes(2), "little")
            case _:
                raise Refused(f"ESC i {letter}: unknown")

    def _graphics(self) -> None:
        letter = self._bytes(1)
        if letter != (b"G" if self.head.tape else b"g"):
            raise Refused("g is for QL, G for tape")
        if not self.head.tape and self._bytes(1) != b"\0":
            raise Refused("zero comes behind the g of a QL")
        length = int.from_bytes(self._bytes(2 if self.head.tape else 1), "little")
        data = self._bytes(length)
        self._row(_unpacked(data) if self.packs else data)

    def _row(self, row: bytes) -> None:
        if not self.information:
            raise Refused("a row before ESC i z")
        if len(row) * 8 != self.head.pins:
            raise Refused(f"a row of {len(row)} bytes for {self.head.pins} pins")
        pins = dots_of(row, black=1)
        first, end = self.head.first, self.head.first + self.head.over_media
        if "1" in pins[:first] + pins[end:]:
            raise Refused("heats pins with no media under them")
        self.rows.append(packed(pins[first:end][::-1]))

    def _take(self, command: bytes) -> bool:
        found = self.stream.startswith(command, self.at)
        self.at += len(command) * found
        return found

    def _bytes(self, count: int) -> bytes:
        data = self.stream[self.at : self.at + count]
        if len(data) != count:
            raise Refused("ends within a command")
        self.at += count
        return data

    def _exactly(self, value: bytes) -> None:
        if self._bytes(len(value)) != value:
            raise Refused(f"{self.commands[-1]}: another value than {value!r}")


def _unpacked(data: bytes) -> bytes:
    """TIFF PackBits: a signed count; negative repeats the next byte, positive takes the next ones."""
    row, at = bytearray(), 0
    while at < len(data):
        count = data[at] - 256 if data[at] > 127 else data[at]
        if count == -128:
            raise Refused("a count of -128")
        taken = 1 if count < 0 else count + 1
        piece = data[at + 1 : at + 1 + taken]
        if len(piece) != taken:
            raise Refused("packed bytes are missing")
        row += piece * (1 - count) if count < 0 else piece
        at += 1 + taken
    return bytes(row)
