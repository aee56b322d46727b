"""Names and archives that somebody would send who means harm, made from a seed."""

import functools
import random
import string
import struct
import unicodedata
import zlib
from collections.abc import Callable, Iterator

from tests.codes.scripted_service import PRODUCT
from tests.codes.zip_by_hand import MAC, NEXT_MAC, PICTURE, Item, deflated, field, name_of, streamed, whole, zip_by_hand

_TRICKS: tuple[Callable[[random.Random, str], str], ...] = (
    lambda chance, name: "../" * chance.randint(1, 20) + name,
    lambda chance, name: "..\\" * chance.randint(1, 20) + name,
    lambda chance, name: name.replace("/", chance.choice(("/../", "/./", "//", "\\", "/..\\", "/%2e%2e/", ":"))),
    lambda chance, name: chance.choice(("/", "//", "~/", "/etc/", "/tmp/", "file:///", "./")) + name,
    lambda chance, name: f"{chance.choice(string.ascii_letters)}:{chance.choice(('/', chr(92), ''))}{name}",
    lambda chance, name: f"\\\\{chance.choice(('host', '?', '.'))}\\{chance.choice(('share', 'C:', 'pipe'))}\\" + name,
    lambda chance, name: _put(chance, name, chr(chance.randrange(0x20))),
    lambda chance, name: _put(chance, name, "\0"),
    lambda chance, name: _put(chance, name, chance.choice("\u200b\u202e\u2066\ufeff\u00ad\u0301\U000e0041 .")),
    lambda chance, name: _case_twin(chance, name),
    lambda chance, name: _unicode_twin(chance, name),
    lambda chance, name: (
        name + chance.choice((" ", ".", "/", ".exe", "\n", "::$DATA", ".png", "/.", "/..")) + " " * chance.randint(0, 3)
    ),
    lambda chance, _: chance.choice(("CON", "NUL", "COM1", "AUX.png", "LPT1", ".htaccess", "", ".", "..", "-rf")),
    lambda chance, name: _put(chance, name, "A" * chance.choice((1, 300, 5000, 60_000))),
    lambda chance, name: name[chance.randint(1, max(len(name) - 1, 1)) :],
    lambda chance, name: name[: chance.randint(1, max(len(name) - 1, 1))],
    lambda chance, name: chance.choice(("=cmd|' /C calc'!A0", "`id`", "$(id)", "%n%s", "<b>", "{0}")) + name,
)


def _put(chance: random.Random, name: str, what: str) -> str:
    at = chance.randint(0, len(name))
    return name[:at] + what + name[at:]


def _case_twin(chance: random.Random, name: str) -> str:
    letters = [at for at, letter in enumerate(name) if letter.islower()] or [0]
    at = chance.choice(letters)
    return name[:at] + name[at : at + 1].upper() + name[at + 1 :]


def _digit(letter: str) -> str:
    return str(unicodedata.decimal(letter, ""))


def _unicode_twin(chance: random.Random, name: str) -> str:
    """Full-width and mathematical letters, and digits of other scripts, which become ours when made compatible."""
    at = chance.randrange(max(len(name), 1))
    letter = name[at : at + 1]
    candidates = map(chr, (*range(0xFF01, 0xFF5F), *range(0x1D7CE, 0x1D800), *range(0x660, 0x66A)))
    twins = [twin for twin in candidates if unicodedata.normalize("NFKC", twin) == letter or _digit(twin) == letter]
    return name[:at] + (chance.choice(twins) if twins else "\uff0f") + name[at + 1 :]


def hostile_names(seed: int, number: int) -> Iterator[bytes]:
    """Names that are not the honest one, none twice."""
    chance = random.Random(seed)
    honest, seen = name_of(MAC).decode(), set[bytes]()
    while len(seen) < number:
        name = chance.choice(_TRICKS)(chance, honest)
        if chance.random() < 0.2:
            name = chance.choice(_TRICKS)(chance, name or honest)
        raw = name.encode("utf-8", "replace") if chance.random() < 0.9 else name.encode("gbk", "replace")
        raw = raw[:0xFFFF]
        if raw not in seen and raw not in (honest.encode(), f"{PRODUCT}/".encode()):
            seen.add(raw)
            yield raw


@functools.cache
def _zeros(plain_bytes: int) -> bytes:
    return deflated(bytes(plain_bytes))


def _bomb(chance: random.Random) -> bytes:
    """Zeros, a thousand times as many as their deflated form has."""
    plain_bytes = chance.choice(((1 << 20) + 1, 2 << 20, 9 << 20, 64 << 20))
    declared = chance.choice((plain_bytes, 100, 1 << 20, 0xFFFFFFFE, 0))
    return zip_by_hand(Item(packed=_zeros(plain_bytes), method=8, declared=declared, crc=0))


def _many_at_the_limit(chance: random.Random) -> bytes:
    """More than 256 MiB of pictures that are each as large as one may be."""
    packed, crc = _zeros(1 << 20), zlib.crc32(bytes(1 << 20))
    items = (Item(name_of(f"{number:012x}"), packed, 1 << 20, crc, 8) for number in range(chance.randint(257, 400)))
    return zip_by_hand(*items)


def _nested(chance: random.Random) -> bytes:
    inner = zip_by_hand(whole())
    for depth in range(chance.randint(1, 20)):
        inner = zip_by_hand(whole(inner, f"{PRODUCT}/{depth}.zip".encode()))
    return inner


def _quoted_overlap(chance: random.Random) -> bytes:
    """One kernel of zeros, and each entry quotes the headers of the ones behind it as stored deflate blocks.

    After David Fifield's description of such bombs ("A better zip bomb", 2019).
    """
    number = chance.randint(2, 400)
    names = [name_of(f"{entry:012x}") for entry in range(number)]
    kernel, size = deflated(bytes(1 << 18)), 1 << 18
    plain = bytes(size)
    crcs, packeds, sizes, heads = [zlib.crc32(plain)], [len(kernel)], [size], [b""]
    for name in reversed(names[1:]):
        head = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 33, crcs[0], packeds[0], sizes[0], len(name), 0)
        head += name
        plain = head + plain if number < 20 else plain
        quote = struct.pack("<B2H", 0, len(head), len(head) ^ 0xFFFF) + head
        heads.insert(1, quote)
        crcs.insert(0, zlib.crc32(plain))
        packeds.insert(0, packeds[0] + len(quote))
        sizes.insert(0, sizes[0] + len(head))
    body = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 33, crcs[0], packeds[0], sizes[0], len(names[0]), 0)
    body += names[0]
    directory, at = b"", 0
    for name, crc, packed, plain_bytes, quote in zip(names, crcs, packeds, sizes, heads, strict=True):
        at = at if not quote else len(body) + 5
        body += quote
        listed = Item(name, b"", plain_bytes, crc, 8, packed_declared=packed)
        directory += listed.listed(at)
    body += kernel
    end = struct.pack("<4H2LH", 0, 0, number, number, len(directory), len(body), 0)
    return body + directory + b"PK\x05\x06" + end


def _crowded(chance: random.Random) -> bytes:
    number = chance.choice((10_011, 65_534, 65_535))
    one = Item(packed=b"", declared=0, crc=0)
    body, listed = one.written(), one.listed(0)
    if chance.random() < 0.8:
        return zip_by_hand(one, count=number)
    end = struct.pack("<4H2LH", 0, 0, number, number, len(listed) * number, len(body), 0)
    return body + listed * number + b"PK\x05\x06" + end


def _lying(chance: random.Random) -> bytes:
    """A record that says something else than another one."""
    item = chance.choice((whole(), whole(level=None), streamed(whole())))
    lie = chance.choice(("crc", "declared", "packed_declared", "header_at", "own_sums", "own_name", "own_flags"))
    number = chance.choice((1, 29, len(PICTURE) + 1, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF, chance.getrandbits(32)))
    if lie == "own_sums":
        item.own_sums = chance.choice(((number, 1, 2), (0, number, 0), (1, 0, number)))
    elif lie == "own_name":
        item.own_name = name_of(NEXT_MAC)
    elif lie == "own_flags":
        item.own_flags = item.flags ^ chance.choice((1, 8, 0x40, 0x800, 0x2000))
    else:
        setattr(item, lie, number)
    return zip_by_hand(item, whole(name=name_of(NEXT_MAC)))


def _zip64(chance: random.Random) -> bytes:
    large = struct.pack("<3Q", chance.getrandbits(60), chance.getrandbits(60), chance.getrandbits(40))
    record = b"PK\x06\x06" + struct.pack("<Q2H2L4Q", 44, 45, 45, 0, 0, 1, 1, 95, chance.getrandbits(62))
    locator = b"PK\x06\x07" + struct.pack("<LQL", 0, chance.getrandbits(62), 1)
    return chance.choice(
        (
            lambda: zip_by_hand(Item(extra=field(1, large))),
            lambda: zip_by_hand(Item(own_extra=field(1, large))),
            lambda: zip_by_hand(whole(), after_directory=record + locator),
            lambda: zip_by_hand(whole(), after_directory=locator),
            lambda: zip_by_hand(whole(), start=0xFFFFFFFF, size=0xFFFFFFFF, after_directory=record + locator),
            lambda: zip_by_hand(whole(), count=0xFFFF, after_directory=record + locator),
            lambda: zip_by_hand(Item(declared=0xFFFFFFFF, extra=field(1, large))),
        )
    )()


def _forbidden(chance: random.Random) -> bytes:
    """A link, a device, a lock, an odd method, a part of several disks."""
    item = whole()
    what = chance.randrange(5)
    if what == 0:
        item.external = chance.choice((0o120777, 0o010644, 0o020644, 0o060644, 0o140644)) << 16
    elif what == 1:
        item.flags = chance.choice((0x0001, 0x0041, 0x2001, 0x0020, 0x8000, 0x0010, 0x1000))
    elif what == 2:
        item.method = chance.choice((1, 6, 9, 12, 14, 93, 95, 97, 98, 99))
    elif what == 3:
        item.disk = chance.randint(1, 0xFFFF)
    else:
        item.extra = field(chance.choice((0x0001, 0x0017, 0x7075, 0x9901)), bytes(9))
    return zip_by_hand(item)


def _around(chance: random.Random) -> bytes:
    """Something before, between or behind the entries, two ends, or a part of the whole only."""
    junk = chance.randbytes(chance.randint(1, 3000))
    honest = zip_by_hand(whole(), whole(name=name_of(NEXT_MAC)))
    return chance.choice(
        (
            lambda: junk + honest,
            lambda: honest + junk,
            lambda: zip_by_hand(whole(), before=junk),
            lambda: zip_by_hand(whole(), gap=junk),
            lambda: honest + honest,
            lambda: zip_by_hand(whole(), comment=honest[:0xFFFF]),
            lambda: zip_by_hand(whole(), after_directory=junk),
            lambda: honest[: chance.randrange(len(honest))],
            lambda: honest[chance.randrange(1, len(honest)) :],
            lambda: zip_by_hand(whole(), whole(), gap=b""),
        )
    )()


KINDS = (
    _bomb, _many_at_the_limit, _nested, _quoted_overlap, _crowded, _lying, _lying, _zip64, _forbidden, _around
)  # fmt: skip


def hostile_zips(seed: int, number: int) -> Iterator[bytes]:
    """Each kind in turn."""
    chance = random.Random(seed)
    for index in range(number):
        yield KINDS[index % len(KINDS)](chance)
