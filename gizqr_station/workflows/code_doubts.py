"""What is said of pictures that gave no code: worst of all is one code for two devices."""

from collections.abc import Sequence

from gizqr_station.domain.code_failures import CodeNotUnique
from gizqr_station.domain.failures import CodeFailure
from gizqr_station.domain.pool_failures import CodeOnTwoDevices, ZipIncomplete
from gizqr_station.domain.pooled_codes import BadMember


def is_anothers(bad: BadMember | None) -> bool:
    """Whether its code is another device's."""
    return bad is not None and isinstance(bad.failure, CodeNotUnique)


def worst_of(found: Sequence[BadMember], before: BadMember | None = None) -> BadMember | None:
    """The one to tell of: another device's code, whenever it came, else the first that was found, else ``before``."""
    if is_anothers(before):
        return before
    return next(filter(is_anothers, found), found[0] if found else before)


def incomplete(file: str, bad: int, worst: BadMember | None) -> CodeFailure:
    """CodeOnTwoDevices where a code is another device's, else ZipIncomplete; ``bad`` pictures gave no code."""
    if worst is not None and isinstance(worst.failure, CodeNotUnique):
        return CodeOnTwoDevices(file, bad, worst.failure.identity, worst.failure.other)
    return ZipIncomplete(file, bad, "-" if worst is None else worst.name)
