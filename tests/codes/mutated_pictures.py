"""Damages pictures so that their sums are right again, which brings the damage deep into whoever reads them."""

import io
import random
import struct
import zlib

from PIL import Image

from tests.codes.issued_pictures import picture_of
from tests.codes.scripted_service import FOR_A_MAC

SIGNATURE = b"\x89PNG\r\n\x1a\n"
Chunk = tuple[bytes, bytes]
"""Kind and data."""


def _saved(mode: str, **more: object) -> bytes:
    with Image.open(io.BytesIO(picture_of(FOR_A_MAC))) as image:
        written = io.BytesIO()
        if mode == "I;16":
            image.convert("I;16").point(lambda level: level * 257).save(written, "PNG")
        else:
            image.convert("L").convert(mode).save(written, "PNG", **more)
    return written.getvalue()


def pictures() -> tuple[bytes, ...]:
    """Honest ones of every usual mode."""
    return (
        picture_of(FOR_A_MAC),
        *(_saved(mode) for mode in ("L", "LA", "P", "RGB", "RGBA", "I;16")),
        _saved("P", transparency=0, bits=2),
        _saved("L", compress_level=0),
    )


def chunks_of(png: bytes) -> list[Chunk]:
    found, at = [], len(SIGNATURE)
    while at < len(png):
        length = struct.unpack_from(">L", png, at)[0]
        found.append((png[at + 4 : at + 8], png[at + 8 : at + 8 + length]))
        at += length + 12
    return found


def joined(chunks: list[Chunk]) -> bytes:
    return SIGNATURE + b"".join(
        struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data)) for kind, data in chunks
    )


def _scratched(chance: random.Random, data: bytes, most: int = 6) -> bytes:
    scratched = bytearray(data)
    for _ in range(chance.randint(1, most)):
        if scratched:
            scratched[chance.randrange(len(scratched))] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)))
    return bytes(scratched)


def _header(chance: random.Random) -> bytes:
    """A size, depth, colour and way of passing that need not go together."""
    side = (0, 1, 7, 146, 147, 148, 1000, 2000, 65_535, 65_536, 2**31 - 1)
    depth, colour = chance.choice((1, 2, 4, 8, 16, 3)), chance.choice((0, 2, 3, 4, 6, 5))
    width, height = (147, 147) if chance.random() < 0.6 else (chance.choice(side), chance.choice(side))
    return struct.pack(">2L5B", width, height, depth, colour, 0, 0, chance.randint(0, 1))


def _companion(chance: random.Random) -> Chunk:
    kind = chance.choice(
        (b"tRNS", b"PLTE", b"iCCP", b"zTXt", b"iTXt", b"eXIf", b"gAMA", b"cHRM", b"pHYs", b"acTL", b"fdAT")
    )
    bomb = b"a\0\0" + zlib.compress(bytes(1 << chance.randint(0, 20)))
    return kind, chance.choice((b"", bomb, chance.randbytes(chance.choice((1, 3, 6, 256, 768, 5000)))))


def mutated(chance: random.Random, png: bytes) -> bytes:
    """One to three damages; one in three files is damaged without any care for its sums."""
    if chance.random() < 0.33:
        scratched = _scratched(chance, png)
        return scratched[: chance.randrange(len(scratched))] if chance.random() < 0.2 else scratched
    chunks = chunks_of(png)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(chunks))
        kind, data = chunks[at]
        match chance.randrange(7):
            case 0:
                chunks[0] = (b"IHDR", _header(chance))
            case 1:
                chunks.insert(chance.randint(1, len(chunks)), _companion(chance))
            case 2:
                chunks[at] = (kind, _scratched(chance, data))
            case 3:
                dots = b"".join(data for kind, data in chunks if kind == b"IDAT")
                with_damage = zlib.compress(_scratched(chance, _inflated(dots), 40), chance.choice((0, 1, 9)))
                chunks = [*chunks[:1], (b"IDAT", with_damage), (b"IEND", b"")]
            case 4:
                chunks.insert(at, chunks[chance.randrange(len(chunks))])
            case 5 if len(chunks) > 2:
                del chunks[at]
            case _:
                chunks[at] = (kind, data[: chance.randint(0, len(data))])
    return joined(chunks)


def _inflated(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, 1 << 20)
    except zlib.error:
        return bytes(3000)
