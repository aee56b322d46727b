"""Reads ZPL as a printer would, as far as labels are pictures; it shares nothing with what writes them.

Between ``^XA`` and ``^XZ``: ``^FX ^FO ^GF ^FS ^PQ`` draw; ``^PW ^LL ^LH ^LS ^LT`` say how large the label is and
where it begins; others are known to leave a drawing as it is, such as ``^MN`` or ``~SD``. All settings are kept for
the formats that follow, and a format without a picture sets and prints nothing. Anything else is refused by name
rather than skipped, so that a label is never shown as printed that a printer would have drawn otherwise.
Meanings and bounds: Zebra's ZPL II programming guide.
"""

import re
from dataclasses import dataclass, replace

from gizqr_station.domain.label import LabelImage
from gizqr_station.printing.zpl_graphics import ZplRefused, read_graphic

__all__ = ["ReadLabel", "ZplReader", "ZplRefused", "read_format", "read_labels", "split_formats"]

_COMMAND = re.compile(rb"(\^[A-Z][A-Z0-9]|~[A-Z]{2})([^^~]*)")
_JOB = re.compile(r"job ([A-Za-z0-9-]+)")
_PLACE = re.compile(rb"(0|-?[1-9]\d{0,3})")
_LARGEST_SIDE = 32_000
_LARGEST_LABEL_BYTES = 64_000_000

# What these may say without changing a dot of a picture. Other values turn, mirror, reverse or halve the label, let
# the printer print it again by itself (^JZY), or are none that the guide knows.
_LEAVE_THE_DRAWING = {
    name: re.compile(values)
    for name, values in {
        b"^JZ": rb"N",
        b"^PO": rb"N",
        b"^PM": rb"N",
        b"^LR": rb"N",
        b"^JM": rb"A",
        b"^MU": rb"D",
        b"^MN": rb"[NYWA]|M(,-?\d{1,3})?",
        b"^MT": rb"[TD]",
        b"^MM": rb"[TPRACDFLUK](,[YN])?",
        b"^MD": rb"-?([12]?\d|30)(\.\d)?",
        b"~SD": rb"([012]\d|30)(\.\d)?",
        b"^PR": rb"(\d{1,2}|[A-E])(,(\d{1,2}|[A-E])){0,2}",
        b"^ML": rb"\d{1,5}",
        b"^XB": rb"",
    }.items()
}


@dataclass(frozen=True, slots=True)
class ReadLabel:
    """What one format would print."""

    image: LabelImage
    job_name: str
    """From the comment ``job …``; empty where there is none."""
    copies: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What a printer keeps from one format to the next, in dots."""

    width: int = 0
    height: int = 0
    home: tuple[int, int] = (0, 0)
    left_shift: int = 0
    """^LS: everything moves to the left by so much."""
    top_shift: int = 0
    """^LT: everything moves down by so much."""


class ZplReader:
    """One printer's understanding: what it was set to holds until it is set otherwise."""

    def __init__(self, dpi: int) -> None:
        self._dpi = dpi
        self._kept = Kept()

    @property
    def height(self) -> int:
        """Of a label in dots, as far as it was told."""
        return self._kept.height

    def read(self, zpl: bytes) -> ReadLabel | None:
        """Draw one format, None for one that only sets; raise ZplRefused, and keep nothing of it."""
        kept, job_name, copies = self._kept, "", 0
        origin: tuple[int, int] | None = None
        graphics: list[tuple[int, int, int, bytes]] = []
        drawing = False
        for name, parameters in _commands(zpl):
            if name == b"^FX":
                found = _JOB.search(parameters.decode("ascii", "replace"))
                job_name = found.group(1) if found else job_name
            elif name == b"^FO":
                x, y = _numbers(name, parameters, 2)
                origin = x, y
            elif name == b"^GF":
                if origin is None:
                    raise ZplRefused("^GF: no ^FO before it")
                graphics.append((*_moved(origin, kept), *read_graphic(parameters)))
            elif name == b"^FS":
                origin, drawing = None, True
            elif name == b"^PQ":
                copies = _copies(parameters)
            elif name in _LEAVE_THE_DRAWING:
                if not _LEAVE_THE_DRAWING[name].fullmatch(parameters):
                    raise _not_understood(name, parameters)
            elif drawing:
                # What places a label only holds for it before its first ^FS; later it would move the next label.
                raise ZplRefused(f"{name.decode()}: too late in the format")
            else:
                kept = _set(kept, name, parameters)
        if copies and not graphics:
            raise ZplRefused("^PQ: nothing to print")
        label = None
        if graphics:
            label = ReadLabel(_drawn(kept, self._dpi, graphics), job_name, copies or 1)
        self._kept = kept
        return label


def read_format(zpl: bytes, dpi: int) -> ReadLabel:
    """Draw one format for a printer that was set to nothing before; raise ZplRefused, also when it prints nothing."""
    label = ZplReader(dpi).read(zpl)
    if label is None:
        raise ZplRefused("nothing to print")
    return label


def read_labels(stream: bytes, dpi: int) -> list[ReadLabel]:
    """Every label in a stream of whole formats, the settings among them heeded; raise ZplRefused."""
    reader = ZplReader(dpi)
    formats, rest = split_formats(stream)
    if rest.strip():
        raise ZplRefused(f"not one format from ^XA to ^XZ: {rest[:40]!r}")
    return [label for zpl in formats if (label := reader.read(zpl)) is not None]


def split_formats(stream: bytes) -> tuple[list[bytes], bytes]:
    """The complete formats (^XA to ^XZ) in a stream, and the rest that is not complete yet."""
    formats = []
    while (end := stream.find(b"^XZ")) >= 0:
        start = stream.rfind(b"^XA", 0, end)
        formats.append(stream[max(0, start) : end + 3])
        stream = stream[end + 3 :]
    return formats, stream


def _commands(zpl: bytes) -> list[tuple[bytes, bytes]]:
    """Names and parameters between ^XA and ^XZ; nothing may stand outside a command."""
    plain = zpl.replace(b"\r", b"").replace(b"\n", b"")
    if not plain.startswith(b"^XA") or not plain.endswith(b"^XZ") or not plain.isascii():
        raise ZplRefused("not one format from ^XA to ^XZ")
    inner = plain[3:-3]
    found = [(match.group(1), match.group(2)) for match in _COMMAND.finditer(inner)]
    if sum(3 + len(parameters) for _, parameters in found) != len(inner):
        raise ZplRefused("bytes that belong to no command")
    return found


def _set(kept: Kept, name: bytes, parameters: bytes) -> Kept:
    if name == b"^PW":
        return replace(kept, width=_numbers(name, parameters, 1)[0])
    if name == b"^LL":
        return replace(kept, height=_numbers(name, parameters, 1)[0])
    if name == b"^LH":
        x, y = _numbers(name, parameters, 2)
        return replace(kept, home=(x, y))
    if name == b"^LS" and _PLACE.fullmatch(parameters):
        return replace(kept, left_shift=int(parameters))
    if name == b"^LT" and _PLACE.fullmatch(parameters) and abs(int(parameters)) <= 120:
        return replace(kept, top_shift=int(parameters))
    raise _not_understood(name, parameters)


def _not_understood(name: bytes, parameters: bytes) -> ZplRefused:
    return ZplRefused(f"{(name + parameters[:40]).decode()}: not understood")


def _copies(parameters: bytes) -> int:
    """Of ``^PQ``: how many, then no pause, no replicates and no override, if anything."""
    number, _, rest = parameters.partition(b",")
    if not re.fullmatch(rb"(0,0(,N(,[YN])?)?)?", rest):
        raise ZplRefused(f"^PQ: {parameters[:40]!r}")
    (copies,) = _numbers(b"^PQ", number, 1)
    if copies == 0:
        raise ZplRefused("^PQ: no label at all")
    return copies


def _numbers(name: bytes, parameters: bytes, count: int) -> list[int]:
    parts = parameters.strip().split(b",")
    if len(parts) != count or not all(part.isdigit() and int(part) <= _LARGEST_SIDE for part in parts):
        raise ZplRefused(f"{name.decode()}: {parameters[:40]!r}")
    return [int(part) for part in parts]


def _moved(origin: tuple[int, int], kept: Kept) -> tuple[int, int]:
    return origin[0] + kept.home[0] - kept.left_shift, origin[1] + kept.home[1] + kept.top_shift


def _drawn(kept: Kept, dpi: int, graphics: list[tuple[int, int, int, bytes]]) -> LabelImage:
    width, height = kept.width, kept.height
    if width == 0 or height == 0:
        raise ZplRefused("no ^PW or no ^LL")
    if (width + 7) // 8 * height > _LARGEST_LABEL_BYTES:
        raise ZplRefused(f"{width} x {height} dots")
    canvas = [0] * height
    for x, y, stride, rows in graphics:
        for at in range(len(rows) // stride):
            bits = int.from_bytes(rows[at * stride : (at + 1) * stride], "big")
            if not bits:
                continue
            # The row's first dot is its highest bit; it belongs x dots from the left of a canvas ``width`` wide.
            shift = width - x - 8 * stride
            moved = bits << shift if shift >= 0 else bits >> -shift
            lost = bits & ((1 << max(0, -shift)) - 1)
            if lost or moved >> width or not 0 <= y + at < height:
                raise ZplRefused("^GF: dots beyond the label")
            canvas[y + at] |= moved
    padded = (width + 7) // 8
    return LabelImage(
        width, height, dpi, tuple((row << (8 * padded - width)).to_bytes(padded, "big") for row in canvas)
    )
