"""Scans whose characters were changed on their way: what was meant is guessed only to name the fault, never taken."""

from collections.abc import Callable, Iterable, Iterator

from gizqr_station.domain.failures import LineFailure
from gizqr_station.domain.keyboard_layouts import may_have_become, meant_by
from gizqr_station.domain.scan_failures import CapsLockOn, ScannerLayoutWrong
from gizqr_station.domain.scan_text import in_short

_MOST_NAMES = 3


def damage(text: str, understood: Callable[[str], bool]) -> LineFailure | None:
    """What befell a text that means nothing as it stands, if it would mean something without that.

    Where only letters would change into other letters nothing is said, unless a whole content comes out: any word of
    twelve letters might be called a MAC on some keyboard.
    """
    keyboards = [name for name, meant in meant_by(text) if _beyond_letters(text, meant) and understood(meant)]
    return _layout(text, keyboards)


def came_out_changed(text: str, wanted: str) -> LineFailure | None:
    """What befell a label's own content, if this text is that content changed; None for it itself and for any other."""
    if text == wanted:
        return None
    if text == wanted.swapcase():
        return CapsLockOn(in_short(text))
    return _layout(text, may_have_become(wanted, text))


def contents_before(text: str) -> Iterator[tuple[str, LineFailure]]:
    """Every text that may have been meant, with what would then have befallen it; for a search among many contents."""
    seen = {text}
    if (meant := text.swapcase()) not in seen:
        seen.add(meant)
        yield meant, CapsLockOn(in_short(text))
    for name, meant in meant_by(text):
        if meant not in seen:
            seen.add(meant)
            yield meant, ScannerLayoutWrong(in_short(text), name)


def _layout(text: str, keyboards: Iterable[str]) -> ScannerLayoutWrong | None:
    names = list(dict.fromkeys(keyboards))
    return ScannerLayoutWrong(in_short(text), " / ".join(names[:_MOST_NAMES])) if names else None


def _beyond_letters(text: str, meant: str) -> bool:
    if len(text) != len(meant):
        return True
    return any(
        one != other and not (one.isascii() and one.isalpha() and other.isalpha())
        for one, other in zip(text, meant, strict=True)
    )
