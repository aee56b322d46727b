"""What can go wrong when results leave the station."""

from dataclasses import dataclass

from gizqr_station.domain.failures import HandOverFailure, Owner


@dataclass(eq=False)
class WatchedFolderAway(HandOverFailure):
    """The folder that takes results in is not there, is full, or may not be written."""

    code = "E-OUT-20"
    owner = Owner.IT
    folder: str
    reason: str


@dataclass(eq=False)
class ResultRefused(HandOverFailure):
    """The address that takes results in answered with a status that is no success."""

    code = "E-OUT-21"
    owner = Owner.IT
    address: str
    status: int


@dataclass(eq=False)
class NoOutbox(HandOverFailure):
    """Nothing is set up that results could be handed over to."""

    code = "E-OUT-22"
