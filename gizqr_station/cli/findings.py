"""One thing that ``doctor`` looked at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, whether it is well, and what to know of it."""

    subject: str
    good: bool
    says: str
    needed: bool = True
    """Whether the station cannot work without it."""
