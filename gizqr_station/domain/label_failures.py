"""Why a label may not be printed."""

from dataclasses import dataclass

from gizqr_station.domain.failures import LabelFailure, Owner


@dataclass(eq=False)
class TemplateUnknown(LabelFailure):
    """No template has this name."""

    code = "E-LAB-01"
    name: str
    known: str


@dataclass(eq=False)
class TemplateInvalid(LabelFailure):
    """A template file that cannot be used, with the place of the fault."""

    code = "E-LAB-02"
    name: str
    reason: str


@dataclass(eq=False)
class CodeDoesNotFit(LabelFailure):
    """The code would need modules smaller than may be printed."""

    code = "E-LAB-03"
    template: str
    dpi: int
    modules: int
    """A side of the code with its quiet zone, in modules."""
    smallest_mm: float
    """The side that the code's place must have at this resolution."""


@dataclass(eq=False)
class TextDoesNotFit(LabelFailure):
    """A text would have to be smaller than can be read."""

    code = "E-LAB-04"
    template: str
    text: str


@dataclass(eq=False)
class ReadBackDiffers(LabelFailure):
    """The drawn dots do not decode to the content they were drawn from."""

    code = "E-LAB-05"
    expected: str
    found: str


@dataclass(eq=False)
class ResolutionUnknown(LabelFailure):
    """No print head of this resolution is known."""

    code = "E-LAB-06"
    dpi: int


@dataclass(eq=False)
class PictureNotOpened(LabelFailure):
    """A picture file that is missing, not a picture, or too large to be a label."""

    code = "E-LAB-07"
    owner = Owner.OPERATOR
    file: str
    reason: str


@dataclass(eq=False)
class NoCodeInPicture(LabelFailure):
    """A picture without a readable code."""

    code = "E-LAB-08"
    file: str


@dataclass(eq=False)
class ContentDiffers(LabelFailure):
    """A picture's code says something else than was expected."""

    code = "E-LAB-09"
    expected: str
    found: str


@dataclass(eq=False)
class SeveralCodesInPicture(LabelFailure):
    """A picture with more than one QR code, so nobody can tell which one was meant."""

    code = "E-LAB-10"
    file: str
    found: str
    """What they say, one a line."""
