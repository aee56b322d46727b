"""The shipped typeface in sizes of whole dots."""

import functools
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from gizqr_station.places import resources

_MEASURED_AT = 1000
# Share of ink above which a dot becomes black. A little below one half, because heads print thin strokes thinner.
_INK_FROM = 112
_TO_DOTS = [255 if ink >= _INK_FROM else 0 for ink in range(256)]

WHITE, BLACK = 0, 255
"""Dots while a label is being drawn: ink is the high value, as in the finished bits."""


class Lettering:
    """Measures and draws single lines; not safe to use from two threads at once, because FreeType's faces are not."""

    def __init__(self, folder: Path | None = None) -> None:
        fonts = folder or resources() / "fonts"
        self._files = {False: fonts / "NotoSansSC-Regular.ttf", True: fonts / "NotoSansSC-Bold.ttf"}
        self._font = functools.lru_cache(maxsize=64)(self._load)

    def _load(self, bold: bool, capital: int) -> ImageFont.FreeTypeFont:
        # The basic layout engine: the same dots on every machine, whether or not it has Raqm.
        basic = ImageFont.Layout.BASIC
        file = str(self._files[bold])
        measured = ImageFont.truetype(file, _MEASURED_AT, layout_engine=basic).getbbox("H", anchor="ls")
        return ImageFont.truetype(file, capital * _MEASURED_AT / -measured[1], layout_engine=basic)

    def width(self, text: str, *, capital: int, bold: bool) -> int:
        """Dots from the first to the last ink of a line whose capitals are so many dots high."""
        left, _, right, _ = self._font(bold, capital).getbbox(text, anchor="ls")
        return round(right - left)

    def draw(self, onto: Image.Image, text: str, *, x: int, baseline: int, capital: int, bold: bool) -> None:
        """Add a line's ink, with its leftmost dot at ``x``; what would fall outside is not drawn."""
        font = self._font(bold, capital)
        left, _, _, _ = font.getbbox(text, anchor="ls")
        grey = Image.new("L", onto.size, WHITE)
        ImageDraw.Draw(grey).text((x - left, baseline), text, fill=BLACK, font=font, anchor="ls")
        onto.paste(BLACK, mask=grey.point(_TO_DOTS))
