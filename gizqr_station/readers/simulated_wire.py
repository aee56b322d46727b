"""What a simulated module puts on the wire and takes from it; written anew, so that it cannot share a fault."""

_HEADER = b"\xff\xff"
_FIXED = 5
_LARGEST = 512


def wire_frame(command: int, sequence: int, payload: bytes, *, wrong_checksum: bool = False) -> bytes:
    """Return one frame as it goes over the wire."""
    body = (len(payload) + _FIXED).to_bytes(2, "big") + bytes([command, sequence, 0, 0]) + payload
    return _HEADER + _filled(body + bytes([(sum(body) + wrong_checksum) % 256]))


def first_frame(buffer: bytes) -> tuple[bytes, bytes] | None:
    """Return the first frame from length to checksum (empty when it was broken) and what stands behind it, or None."""
    start = buffer.find(_HEADER)
    if start < 0:
        return None
    end = buffer.find(_HEADER, start + 2)
    raw = buffer[start + 2 : end] if end >= 0 else buffer[start + 2 :]
    body = raw.replace(b"\xff\x55", b"\xff")
    size = 2 + int.from_bytes(body[:2], "big")
    if len(body) < max(size, 2 + _FIXED):
        broken = end >= 0 or size > _LARGEST
        return (b"", buffer[end if end >= 0 else start + 2 :]) if broken else None
    body = body[:size]
    behind = buffer[start + 2 + len(_filled(body)) :]
    return (body if sum(body[:-1]) % 256 == body[-1] else b""), behind


def heard_at_another_rate(data: bytes, said_baud: int, heard_baud: int) -> bytes:
    """What a receiver at one rate makes of bytes sent at another (8N1): the line, sampled at the wrong moments."""
    line: list[int] = []
    for byte in data:
        line += [0, *(byte >> bit & 1 for bit in range(8)), 1]
    step = said_baud / heard_baud
    heard = bytearray()
    at: int | None = 0
    while (at is not None) and (start := _next(line, at, level=0)) is not None:
        samples = [int(start + step * (bit + 1.5)) for bit in range(8)]
        heard.append(sum((line[place] if place < len(line) else 1) << bit for bit, place in enumerate(samples)))
        # A receiver waits for the line to rest before it believes in another start bit.
        at = _next(line, int(start + step * 9.5), level=1)
    return bytes(heard)


def _next(line: list[int], place: int, *, level: int) -> int | None:
    return next((at for at in range(place, len(line)) if line[at] == level), None)


def _filled(body: bytes) -> bytes:
    return body.replace(b"\xff", b"\xff\x55")
