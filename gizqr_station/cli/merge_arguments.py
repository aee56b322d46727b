"""The arguments of ``ledger merge``, ``ledger conflicts`` and ``ledger keep``."""

import argparse
from collections.abc import Callable
from pathlib import Path

from gizqr_station.cli.person import add_person
from gizqr_station.domain.corrections import LONGEST_REMARK

AddAction = Callable[[str, str], argparse.ArgumentParser]
"""Makes an action of ``ledger`` from its name and what it is for."""


def add_merge(add: AddAction) -> None:
    """All three."""
    merge = add("merge", "take over what another station has labelled with a ledger of its own")
    merge.set_defaults(run="merge:merge")
    merge.add_argument("file", type=Path, metavar="FILE", help="that station's ledger, or a copy; it is only read")
    merge.add_argument("--dry-run", action="store_true", help="say what it would bring, and change nothing")
    add_person(merge)
    conflicts = add("conflicts", "list devices that two ledgers have labelled")
    conflicts.set_defaults(run="merge:conflicts")
    keep = add("keep", "settle such a device: this label stays, its other labels are voided")
    keep.set_defaults(run="merge:keep")
    keep.add_argument("serial", help="the whole serial of the label that stays on the device")
    keep.add_argument("--remark", default="", metavar="TEXT", help=f"why, in up to {LONGEST_REMARK} characters")
    add_person(keep)
