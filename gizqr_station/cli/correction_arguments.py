"""The arguments of ``ledger reprint``, ``ledger void`` and ``ledger settle``."""

import argparse
from collections.abc import Callable
from pathlib import Path

from gizqr_station.cli.person import add_person
from gizqr_station.domain.corrections import LONGEST_REMARK, ReprintReason

AddAction = Callable[[str, str], argparse.ArgumentParser]
"""Makes an action of ``ledger`` from its name and what it is for."""


def add_corrections(add: AddAction) -> None:
    """All three."""
    reprint = _of_label(add("reprint", "void a label and print another one that says the same"), "reprint")
    _why(reprint)
    reprint.add_argument("--printer", default="", metavar="NAME", help="which printer (that of the old label)")
    reprint.add_argument("--second", default="", metavar="NAME", help="who allows it, where two people are needed")
    reprint.add_argument(
        "--second-pin-file",
        type=Path,
        metavar="FILE",
        help="their PIN is its first line (a prompt, or GIZQR_SECOND_PIN)",
    )
    void = _of_label(add("void", "take a label back without another; it has to be destroyed"), "void")
    _why(void)
    settle = _of_label(add("settle", "say what became of a label that may or may not have come out"), "settle")
    became = settle.add_mutually_exclusive_group(required=True)
    became.add_argument("--found", metavar="CONTENT", help="it is there: what its large code says")
    became.add_argument("--no-usable-label", action="store_true", help="nobody has it; its device can get another")


def _of_label(action: argparse.ArgumentParser, name: str) -> argparse.ArgumentParser:
    action.set_defaults(run=f"corrections:{name}", keeps_log=True)
    action.add_argument("serial", metavar="SERIAL", help="label serial, as L-000123")
    add_person(action)
    return action


def _why(action: argparse.ArgumentParser) -> None:
    reasons = [reason.value for reason in ReprintReason]
    action.add_argument("--reason", required=True, choices=reasons, help="why")
    action.add_argument(
        "--remark", default="", metavar="TEXT", help=f"up to {LONGEST_REMARK} characters; “other” needs one"
    )
