"""The arguments that say which records are meant: of ``ledger find`` and ``ledger export``."""

import argparse
from datetime import date

from gizqr_station.cli.values import positive
from gizqr_station.domain.job import JobState
from gizqr_station.domain.records import RecordQuery


def add_query(action: argparse.ArgumentParser) -> None:
    """All that is given must hold; without any of it every label is meant."""
    action.add_argument("text", nargs="?", default="", help="a part of an identity, in any notation, or label serial")
    action.add_argument("--order", default="", metavar="N", help="how the order's number begins")
    action.add_argument("--operator", default="", metavar="NAME", help="how the name begins")
    action.add_argument(
        "--state",
        dest="states",
        action="append",
        default=[],
        choices=[state.value for state in JobState],
        help="where the label stands; may be said again",
    )
    action.add_argument("--since", type=a_day, metavar="DAY", help="opened on that day or later, as 2026-03-02")
    action.add_argument("--until", type=a_day, metavar="DAY", help="opened on that day or earlier")


def add_page(action: argparse.ArgumentParser) -> None:
    """How much of it, and from where on."""
    action.add_argument("--limit", type=positive, default=50, metavar="N", help="at most so many (50)")
    action.add_argument("--after", type=positive, metavar="ID", help="go on behind this one, as the answer before said")


def query_of(arguments: argparse.Namespace) -> RecordQuery:
    """What was asked for."""
    return RecordQuery(
        text=arguments.text,
        order=arguments.order,
        operator=arguments.operator,
        states=frozenset(JobState(state) for state in arguments.states),
        since=arguments.since,
        until=arguments.until,
    )


def a_day(text: str) -> date:
    """A day of this place, year first."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("must be a day as 2026-03-02") from None
