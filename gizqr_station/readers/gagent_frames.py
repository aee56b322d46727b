"""GAgent's serial frames: bytes in, frames out, and back."""

from dataclasses import dataclass

_MARK = 0xFF
_FILLER = 0x55
_HEADER = b"\xff\xff"
_FIXED = 5
"""Bytes that the length field counts beside the payload: command, sequence, flags (2), checksum."""
_LENGTH_FIELD = 2
MAX_LENGTH = 1024
"""Largest value of the length field that is believed. The longest frame this station has a use for is below 160."""
MAX_PAYLOAD = MAX_LENGTH - _FIXED


@dataclass(frozen=True, slots=True)
class Frame:
    """One message: ``FF FF | length (2) | command | sequence | flags (2) | payload | checksum``, big endian.

    ``length`` counts from command to checksum; ``checksum`` is the sum of the bytes from length to payload, modulo
    256. After the header each ``FF`` is followed by a filler ``55`` on the wire, which neither counts. Source: the
    vendor's serial protocol pages, and the framing code of its open-source GAgent.
    """

    command: int
    sequence: int
    flags: int = 0
    payload: bytes = b""


def encode(frame: Frame) -> bytes:
    """Return the frame as it goes over the wire; raise ValueError for a payload or a field that is too large."""
    if len(frame.payload) > MAX_PAYLOAD:
        raise ValueError(f"payload of {len(frame.payload)} bytes, at most {MAX_PAYLOAD}")
    body = (
        (len(frame.payload) + _FIXED).to_bytes(_LENGTH_FIELD, "big")
        + bytes((frame.command, frame.sequence))
        + frame.flags.to_bytes(2, "big")
        + frame.payload
    )
    return _HEADER + _stuffed(body + bytes((_checksum(body),)))


class FrameParser:
    """Finds frames in whatever comes over the wire, however it is cut.

    Holds at most one frame (about 1 KiB), whatever it is fed. A frame is given out only when length and checksum are
    right; two ``FF`` in a row always begin a new frame, so nothing that was damaged can hide what follows.
    """

    def __init__(self) -> None:
        self.frames = 0
        """Whole and right frames so far."""
        self.broken = 0
        """Frames that began and were damaged, cut or interrupted."""
        self.bytes_seen = 0
        self._body: bytearray | None = None
        """Un-stuffed bytes after the header; None while looking for one."""
        self._mark_pending = False
        """The last byte was an FF whose meaning the next byte decides."""

    def feed(self, data: bytes) -> list[Frame]:
        """Take what came, return the frames that it completed."""
        self.bytes_seen += len(data)
        found: list[Frame] = []
        for byte in data:
            frame = self._take(byte)
            if frame is not None:
                found.append(frame)
        self.frames += len(found)
        return found

    @property
    def held(self) -> int:
        """Bytes of an unfinished frame that are kept."""
        return len(self._body or b"")

    def _take(self, byte: int) -> Frame | None:
        pending, self._mark_pending = self._mark_pending, False
        if byte == _MARK:
            if pending:
                self._begin()
            else:
                # Just behind a header, a further FF cannot be a length that is believed: still the header. So a
                # stray FF before a frame, which a line that is being plugged in likes to make, costs no frame.
                self._mark_pending = self._body is None or len(self._body) > 0
            return None
        if not pending:
            return self._append(byte)
        if byte == _FILLER:
            return self._append(_MARK)
        self._drop()
        return None

    def _begin(self) -> None:
        if self._body:
            self.broken += 1
        self._body = bytearray()

    def _append(self, byte: int) -> Frame | None:
        if self._body is None:
            return None
        self._body.append(byte)
        if len(self._body) < _LENGTH_FIELD:
            return None
        length = int.from_bytes(self._body[:_LENGTH_FIELD], "big")
        if not _FIXED <= length <= MAX_LENGTH:
            self._drop()
            return None
        if len(self._body) < _LENGTH_FIELD + length:
            return None
        body = bytes(self._body)
        self._body = None
        if _checksum(body[:-1]) != body[-1]:
            self.broken += 1
            return None
        return Frame(body[2], body[3], int.from_bytes(body[4:6], "big"), body[6:-1])

    def _drop(self) -> None:
        if self._body is not None:
            self.broken += 1
        self._body = None


def _checksum(body: bytes) -> int:
    return sum(body) & 0xFF


def _stuffed(body: bytes) -> bytes:
    return body.replace(bytes((_MARK,)), bytes((_MARK, _FILLER)))
