"""The arguments of ``ledger verify``, ``ledger checkpoint`` and ``ledger evidence``."""

import argparse
from collections.abc import Callable
from pathlib import Path

from gizqr_station.cli.person import add_person

AddAction = Callable[[str, str], argparse.ArgumentParser]
"""Makes an action of ``ledger`` from its name and what it is for."""


def add_audit(add: AddAction) -> None:
    """All three."""
    verify = add("verify", "check every entry, label, image and checkpoint; the first bad entry is named")
    verify.set_defaults(run="audit:verify")
    checkpoint = add("checkpoint", "sign what the record says now, and keep that in the second place")
    checkpoint.set_defaults(run="audit:checkpoint")
    add_person(checkpoint)
    evidence = add("evidence", "write what a third party can check of one unit, or of one order")
    evidence.set_defaults(run="audit:evidence")
    about = evidence.add_mutually_exclusive_group(required=True)
    about.add_argument("text", nargs="?", default="", help="identity or label serial")
    about.add_argument("--order", default="", metavar="NUMBER", help="all labels of this work order")
    evidence.add_argument("--output", type=Path, required=True, metavar="FILE", help="never taken over")
    add_person(evidence)
