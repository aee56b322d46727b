"""``outbox show | retry``: results that have to be handed over to the factory's own systems."""

import argparse
import contextlib
from typing import TYPE_CHECKING

from gizqr_station.cli.answer import Answer
from gizqr_station.cli.person import person_for
from gizqr_station.domain.hand_over_failures import NoOutbox
from gizqr_station.domain.people import Permission
from gizqr_station.domain.result import Destination
from gizqr_station.places import DataFolder
from gizqr_station.settings.store import load

if TYPE_CHECKING:
    from gizqr_station.settings.model import Settings


def show(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """How far each destination is."""
    from gizqr_station.assembly import existing_ledger

    del arguments
    wanted = _destinations(load(folder.settings_file))
    documents, lines = [], []
    with contextlib.closing(existing_ledger(folder)) as ledger:
        for destination, place in wanted:
            unsent, oldest = ledger.unsent(destination)
            tries = ledger.failed_tries(destination)
            since = oldest.astimezone().strftime("%Y-%m-%d %H:%M:%S %z") if oldest else ""
            lines.append(
                f"{destination.value} {place}: {unsent} not handed over" + (f", since {since}" if since else "")
            )
            lines.extend(
                f"    entry {tried.sequence}: {tried.tries} tries, {tried.reason}"
                + ("; waits for a person" if tried.given_up else "")
                for tried in tries
            )
            documents.append(
                {
                    "destination": destination.value,
                    "place": place,
                    "unsent": unsent,
                    "oldest": oldest.isoformat() if oldest else None,
                    "failed": [
                        {
                            "entry": tried.sequence,
                            "tries": tried.tries,
                            "first_at": tried.first_at.isoformat(),
                            "last_at": tried.last_at.isoformat(),
                            "reason": tried.reason,
                            "given_up": tried.given_up,
                        }
                        for tried in tries
                    ],
                }
            )
    answer.give({"outbox": documents}, lines)
    return 0


def retry(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Let those be tried again that were given up; a running station takes them up by itself."""
    from gizqr_station.assembly import existing_ledger

    settings = load(folder.settings_file)
    wanted = _destinations(settings)
    with contextlib.closing(existing_ledger(folder)) as ledger:
        who = person_for(arguments, folder, settings, ledger, Permission.EXPORT, "outbox")
        again = sum(ledger.retry_given_up(destination, who=who) for destination, _ in wanted)
    answer.give({"tried_again": again}, [f"{again} results will be tried again."])
    return 0


def _destinations(settings: "Settings") -> list[tuple[Destination, str]]:
    """Those that are set up, and where; raises NoOutbox."""
    said = settings.outbox
    places = [(Destination.FOLDER, said.folder), (Destination.WEBHOOK, said.webhook.partition("?")[0])]
    wanted = [(destination, place) for destination, place in places if place]
    if not wanted:
        raise NoOutbox
    return wanted
