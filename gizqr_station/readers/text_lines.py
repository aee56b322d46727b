"""Cuts what comes over a wire into lines of text, and holds little, whatever comes."""

LONGEST_LINE = 512
"""Bytes of a line that are looked at."""
# Line breaks, tabs, the escape of coloured logs, and everything that ASCII can print.
_READABLE = bytes((0x09, 0x0A, 0x0D, 0x1B, *range(0x20, 0x7F)))
_MOSTLY = 0.85
"""Share of readable bytes from which on it is text. Text that is heard at a wrong rate comes to about half."""


class LineAssembler:
    """Carriage return and line feed end a line; empty lines, and zero bytes in front of a line, are left out.

    Of a line that is too long the beginning is given out, without its last word, for that may be cut: a number that
    lost its end must not look whole. The rest is dropped.
    """

    def __init__(self) -> None:
        self._line = bytearray()
        self._too_long = False

    @property
    def held(self) -> int:
        """Bytes of an unfinished line that are kept, at most LONGEST_LINE."""
        return len(self._line)

    def feed(self, data: bytes) -> list[bytes]:
        """Take what came, return the lines that it finished, without their ends."""
        lines: list[bytes] = []
        *finished, rest = data.replace(b"\r", b"\n").split(b"\n")
        for part in finished:
            self._append(part)
            line = self._taken()
            if line:
                lines.append(line)
        self._append(rest)
        return lines

    def forget(self) -> None:
        """Drop the line that was begun."""
        self._taken()

    def _append(self, part: bytes) -> None:
        if not self._line and not self._too_long:
            part = part.lstrip(b"\0")
        room = LONGEST_LINE - len(self._line)
        self._line += part[:room]
        self._too_long = self._too_long or len(part) > room

    def _taken(self) -> bytes:
        line = bytes(self._line)
        if self._too_long:
            line = line.rpartition(b" ")[0]
        self._line.clear()
        self._too_long = False
        return line


def text_of(line: bytes) -> str:
    """A line as text; what is no text becomes a sign that no pattern takes for a digit."""
    return line.decode("utf-8", errors="replace")


class Heard:
    """Counts what came: silence, text, or something else."""

    def __init__(self) -> None:
        self.bytes_seen = 0
        self._readable = 0

    def take(self, data: bytes) -> None:
        """Count it."""
        self.bytes_seen += len(data)
        self._readable += len(data) - len(data.translate(None, _READABLE))

    @property
    def is_text(self) -> bool:
        """Whether a person could read most of it."""
        return self._readable >= _MOSTLY * self.bytes_seen > 0
