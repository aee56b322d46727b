"""Bytes of a text file as text, whichever of the usual ways a program wrote them."""

import codecs
import unicodedata

from gizqr_station.domain.list_failures import ListUnreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WITHOUT_MARK = ("utf-8", "gb18030")
"""UTF-8 first: other text hardly ever is well-formed UTF-8. Chinese spreadsheets write their own code page."""
_SAMPLE = 100_000
_WHITE = frozenset("\t\n\r\v\f\x1a")
_MOST_CONTROLS = 0.02


def decoded(data: bytes, file: str) -> str:
    """The text without its mark; ListUnreadable for what is none."""
    text = _text_of(data, file)
    sample = text[:_SAMPLE]
    controls = sum(unicodedata.category(letter) == "Cc" for letter in sample if letter not in _WHITE)
    if controls > _MOST_CONTROLS * len(sample):
        raise ListUnreadable(file, "not text")
    return text


def _text_of(data: bytes, file: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            # A file that was cut in the middle of a letter is still worth its whole lines.
            return data[len(mark) :].decode(encoding, errors="replace")
    wide = _wide_encoding(data)
    for encoding in (wide,) if wide else _WITHOUT_MARK:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    if wide:
        raise ListUnreadable(file, "not text")
    # A code page of some other country; identities are ASCII in all of them.
    return data.decode("latin-1")


def _wide_encoding(data: bytes) -> str:
    """UTF-16 without a mark shows by the zero that goes with each plain letter."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    letters = len(sample) // 2
    if letters < 2:
        return ""
    if sample[1::2].count(0) > 0.5 * letters and not sample[::2].count(0):
        return "utf-16-le"
    if sample[::2].count(0) > 0.5 * letters and not sample[1::2].count(0):
        return "utf-16-be"
    return ""
