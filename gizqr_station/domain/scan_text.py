"""The characters of a scan: what is dropped, what stands before the code, where one code ends and the next begins."""

import re
import unicodedata

LONGEST_SCAN = 4096
"""Characters; the largest QR code holds 4,296 of the plainest kind, and no label of this trade a tenth of that."""
_IN_SHORT = 80
_NOT_IN_ANY_IDENTITY = "¦"
# ISO/IEC 15424: a closing bracket, the letter of the symbology, a modifier.
_AIM = re.compile(r"\]([A-Za-z])[0-9A-Za-z]", re.ASCII)
_SEPARATORS = re.compile(r"[,;\t\r\n\x1d\x1e ]+")
SYMBOLOGIES = {
    "A": "Code 39",
    "C": "Code 128",
    "d": "Data Matrix",
    "E": "EAN/UPC",
    "e": "GS1 DataBar",
    "F": "Codabar",
    "G": "Code 93",
    "h": "Han Xin",
    "I": "Interleaved 2 of 5",
    "L": "PDF417",
    "M": "MSI",
    "Q": "QR Code",
    "S": "2 of 5",
    "X": "AIM X",
    "z": "Aztec",
}
"""By AIM letter, from scanner manuals (NCR 7895, Zebra DS457)."""
OF_NO_DEVICE = frozenset("EeFIMS")
"""Symbologies of articles and parcels: twelve or fifteen digits in one of them are a number of trade, never a MAC."""


def printable(text: str) -> str:
    """Without control characters, invisible marks and halves of characters, and without blanks at the ends."""
    return "".join(letter for letter in text if letter.isprintable()).strip()


def unjoined(text: str) -> str:
    """As ``printable``, but a control character in the middle parts what stands beside it.

    Two halves of which an identity could be put together were two codes, or fields of one, and never an identity.
    """
    parted = "".join(
        _NOT_IN_ANY_IDENTITY if unicodedata.category(letter) == "Cc" else letter for letter in text.strip()
    )
    return printable(parted.strip(_NOT_IN_ANY_IDENTITY))


def without_aim(text: str) -> tuple[str, str]:
    """The symbology's letter, empty where the scanner sends none, and the code behind the identifier."""
    found = _AIM.match(text)
    return (found.group(1), text[found.end() :]) if found else ("", text)


def pieces(text: str) -> tuple[str, ...]:
    """What stands between commas, semicolons, tabs, ends of lines, blanks and the separators GS and RS."""
    return tuple(piece for piece in _SEPARATORS.split(text) if piece)


def in_short(text: str) -> str:
    """So much of a scan as anybody reads on a screen."""
    return text if len(text) <= _IN_SHORT else text[: _IN_SHORT - 1] + "…"


def escaped(text: str) -> str:
    """For a log: one line, ASCII, whatever was in the code."""
    return in_short(text).encode("unicode_escape").decode("ascii")
