"""How a text is made to fit its box: smaller first, over several lines where the box is high, cut at last.

Pure: whoever calls brings a function that measures a line.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

Measure = Callable[[str, int], int]
"""Width in dots of a line whose capitals are so many dots high."""

ELLIPSIS = "…"

# In parts of a capital's height: accents and Chinese characters stand above it, g and Chinese ones below the line.
_ABOVE = 0.5
_BELOW = 0.3
_LINE_PITCH = 1.75
_ROUNDING = 1
"""A dot, because small letters are drawn with their parts moved to whole dots."""

# A line may break after a space and around a Chinese character, but not before a closing mark or after an opening one.
_CHINESE = "⺀-鿿豈-﫿！-｠"
_PIECES = re.compile(rf"[（「『【《]*[{_CHINESE}][，。、；：！？）」』】》]*|[^\s{_CHINESE}]+\s*|\s+")


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines to be drawn, and the height of their capitals in dots."""

    lines: tuple[str, ...]
    capital: int


def fit_line(text: str, *, width: int, wanted: int, smallest: int, measure: Measure) -> Fitted | None:
    """One line, as large as wanted or as its width allows; None when it would be smaller than ``smallest``."""
    for capital in range(wanted, smallest - 1, -1):
        if measure(text, capital) <= width:
            return Fitted((text,), capital)
    return None


def fit_block(text: str, *, width: int, height: int, wanted: int, smallest: int, measure: Measure) -> Fitted:
    """As many lines as the box is high; a text that is too long even in the smallest size ends in an ellipsis."""
    for capital in range(wanted, smallest - 1, -1):
        lines = _broken(text, width, capital, measure)
        if lines is not None and len(lines) <= lines_in(height, capital):
            return Fitted(_evened(text, lines, width, capital, measure), capital)
    cut = _cut(text, lines_in(height, smallest), lambda line: measure(line, smallest) <= width)
    return Fitted(tuple(cut), smallest)


def lines_in(height: int, capital: int) -> int:
    """How many lines a box of so many dots holds; one at least."""
    return 1 + max(0, int((height - _ROUNDING - (_ABOVE + 1 + _BELOW) * capital) / (_LINE_PITCH * capital)))


def baselines(count: int, *, height: int, capital: int) -> list[int]:
    """Where lines stand, in dots from the box's upper edge: in the middle of a low box, from the top in a high one."""
    if lines_in(height, capital) == 1:
        return [(height + capital) // 2]
    first = _ROUNDING + round((_ABOVE + 1) * capital)
    return [first + round(line * _LINE_PITCH * capital) for line in range(count)]


def _broken(text: str, width: int, capital: int, measure: Measure) -> tuple[str, ...] | None:
    """The text over as few lines as possible; None when a single word is too long."""
    lines = [""]
    for piece in _PIECES.findall(text):
        if measure((lines[-1] + piece).rstrip(), capital) <= width:
            lines[-1] += piece
        elif measure(piece.rstrip(), capital) <= width:
            lines.append(piece)
        else:
            return None
    return tuple(line.strip() for line in lines if line.strip())


def _evened(text: str, lines: tuple[str, ...], width: int, capital: int, measure: Measure) -> tuple[str, ...]:
    """The same number of lines, about equally long: a last line of one character looks like a mistake."""
    for narrower in range(width - capital, capital, -capital):
        tried = _broken(text, narrower, capital, measure)
        if tried is None or len(tried) > len(lines):
            return lines
        lines = tried
    return lines


def _cut(text: str, count: int, fits: Callable[[str], bool]) -> list[str]:
    """``count`` lines of whole words where there are such, the last as full as it can be, with an ellipsis."""
    lines: list[str] = []
    rest = text
    while len(lines) < count - 1 and not fits(rest):
        line = ""
        for piece in _PIECES.findall(rest):
            if not fits((line + piece).rstrip()):
                break
            line += piece
        line = line or _longest(rest, fits)
        lines.append(line.strip())
        rest = rest[len(line) :].lstrip()
    if rest:
        shown = _longest(rest, lambda part: fits(f"{part.rstrip()}{ELLIPSIS}"))
        lines.append(rest if fits(rest) else f"{shown.rstrip()}{ELLIPSIS}")
    return lines


def _longest(text: str, fits: Callable[[str], bool]) -> str:
    """The longest beginning that fits; one letter at least, so that whoever cuts comes to an end."""
    length = len(text)
    while length > 1 and not fits(text[:length]):
        length -= 1
    return text[:length]
