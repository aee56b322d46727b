"""One thing that ``doctor`` looked at."""

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, whether it is well, and what to know of it."""

    subject: str
    good: bool
    says: str
    needed: bool = True
    """Whether the station cannot work without it."""


def groups_of_this_user() -> frozenset[str]:
    """By name; of Linux."""
    import grp

    names = set()
    for number in os.getgroups():
        try:
            names.add(grp.getgrgid(number).gr_name)
        except KeyError:
            continue
    return frozenset(names)
