"""What can go wrong when records are written into files."""

from dataclasses import dataclass

from gizqr_station.domain.failures import HandOverFailure, Owner


@dataclass(eq=False)
class FileExists(HandOverFailure):
    """What was to be written would take the place of a file that is there."""

    code = "E-OUT-10"
    owner = Owner.OPERATOR
    file: str


@dataclass(eq=False)
class UnknownFileKind(HandOverFailure):
    """The name of a file says no kind of file that records are written as."""

    code = "E-OUT-11"
    owner = Owner.OPERATOR
    file: str
    kinds: str
