"""Label templates as TOML files: the shipped ones, and the user's own, which win.

A file is named after its template (``40x30.toml``). Lengths are millimetres from the label's upper left corner::

    width_mm = 40.0
    height_mm = 30.0

    [qr]
    box_mm = [0.2, 0.2, 26.5, 26.5]     # x, y, width, height
    level = "M"                         # L, M, Q or H

    [serial_code]                       # only on labels that replace another one: their serial as a Data Matrix
    box_mm = [26.75, 15.1, 6.75, 6.75]  # two modules of white inside it; may be left out

    [[texts]]
    source = "identity"                 # identity, product_name, label_serial, mark, fixed
    box_mm = [2.5, 26.7, 36.2, 2.6]
    capital_mm = 1.9                    # height of a capital letter
    align = "left"                      # left, centre, right
    bold = false
    inverse = false                     # white on black
    text = ""                           # only with source = "fixed"
"""

import re
import tomllib
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from gizqr_station.domain.label import Align, Box, LabelTemplate, QrElement, TextElement, TextSource
from gizqr_station.domain.label_failures import TemplateInvalid, TemplateUnknown
from gizqr_station.places import resources

SMALLEST_CAPITAL_MM = 1.0
"""Below this height of a capital letter a label cannot be read without a magnifier."""

# A template's name becomes a file name, so it must not be able to leave its folder.
_NAME = re.compile(r"[\w][\w .-]*")
_ROUNDING_MM = 1e-6

_Side = Annotated[float, Field(ge=5.0, le=250.0)]
_Length = Annotated[float, Field(ge=0.0, le=250.0)]


class _Strict(BaseModel):
    """What is not known is refused, so that a slip of the pen is found and not ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class _QrFile(_Strict):
    box_mm: tuple[_Length, _Length, _Length, _Length]
    level: Literal["L", "M", "Q", "H"] = "M"


class _SerialCodeFile(_Strict):
    box_mm: tuple[_Length, _Length, _Length, _Length]


class _TextFile(_Strict):
    source: TextSource
    box_mm: tuple[_Length, _Length, _Length, _Length]
    capital_mm: Annotated[float, Field(ge=SMALLEST_CAPITAL_MM, le=100.0)]
    align: Align = Align.LEFT
    bold: bool = False
    inverse: bool = False
    text: str = ""

    @model_validator(mode="after")
    def _text_belongs_to_fixed(self) -> Self:
        if bool(self.text) is not (self.source is TextSource.FIXED):
            raise ValueError("text belongs to source fixed, and only there")
        return self


class _TemplateFile(_Strict):
    width_mm: _Side
    height_mm: _Side
    qr: _QrFile
    serial_code: _SerialCodeFile | None = None
    texts: tuple[_TextFile, ...] = ()


class TemplateShelf:
    """Finds templates by name; safe to use from several threads, and sees changed files at once."""

    def __init__(self, user_folder: Path | None = None, shipped: Path | None = None) -> None:
        self._folders = [folder for folder in (user_folder, shipped or resources() / "templates") if folder is not None]

    def names(self) -> tuple[str, ...]:
        """All that can be asked for, in alphabetical order."""
        found = {file.stem for folder in self._folders for file in folder.glob("*.toml") if _NAME.fullmatch(file.stem)}
        return tuple(sorted(found))

    def load(self, name: str) -> LabelTemplate:
        """The template of this name; raise TemplateUnknown, or TemplateInvalid with file and key."""
        if _NAME.fullmatch(name):
            for folder in self._folders:
                file = folder / f"{name}.toml"
                if file.is_file():
                    return read_template(file)
        raise TemplateUnknown(name, ", ".join(self.names()))


def read_template(file: Path) -> LabelTemplate:
    """One file as a template named after it; raise TemplateInvalid with the file's name and the key at fault."""
    try:
        return parse_template(file.stem, file.read_bytes().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as unreadable:
        raise TemplateInvalid(str(file), str(unreadable)) from unreadable
    except TemplateInvalid as invalid:
        raise TemplateInvalid(str(file), invalid.reason) from invalid


def parse_template(name: str, text: str) -> LabelTemplate:
    """TOML text as a template; raise TemplateInvalid, whose reason begins with the key at fault."""
    try:
        parsed = _TemplateFile.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as broken:
        raise TemplateInvalid(name, str(broken)) from broken
    except ValidationError as invalid:
        first = invalid.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise TemplateInvalid(name, f"{key}: {first['msg']}") from invalid
    template = LabelTemplate(
        name,
        parsed.width_mm,
        parsed.height_mm,
        QrElement(Box(*parsed.qr.box_mm), parsed.qr.level),
        tuple(_text_element(text) for text in parsed.texts),
        None if parsed.serial_code is None else Box(*parsed.serial_code.box_mm),
    )
    _require_places(template)
    return template


def _text_element(text: _TextFile) -> TextElement:
    return TextElement(Box(*text.box_mm), text.source, text.capital_mm, text.align, text.bold, text.inverse, text.text)


def _require_places(template: LabelTemplate) -> None:
    """Everything stands on the label, and no text on a code or its quiet zone."""
    codes = {"qr": template.qr.box}
    if template.serial_code is not None:
        codes["serial_code"] = template.serial_code
    boxes = codes | {f"texts.{at}": text.box for at, text in enumerate(template.texts)}
    for key, box in boxes.items():
        if box.x_mm + box.width_mm > template.width_mm + _ROUNDING_MM:
            raise TemplateInvalid(template.name, f"{key}.box_mm: x + width > {template.width_mm}")
        if box.y_mm + box.height_mm > template.height_mm + _ROUNDING_MM:
            raise TemplateInvalid(template.name, f"{key}.box_mm: y + height > {template.height_mm}")
        for other, code_box in codes.items():
            if key not in ("qr", other) and _overlap(box, code_box):
                raise TemplateInvalid(template.name, f"{key}.box_mm: overlaps {other}.box_mm")


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.x_mm < other.x_mm + other.width_mm - _ROUNDING_MM
        and other.x_mm < one.x_mm + one.width_mm - _ROUNDING_MM
        and one.y_mm < other.y_mm + other.height_mm - _ROUNDING_MM
        and other.y_mm < one.y_mm + one.height_mm - _ROUNDING_MM
    )
