"""``ledger upgrade``: a ledger that stations share is brought to this program's revision, by a person's word alone."""

import argparse

from gizqr_station.cli.answer import Answer
from gizqr_station.domain.settings_failures import SettingMissing
from gizqr_station.places import DataFolder


def upgrade(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """All of it or nothing, while no station works on it; a ledger of one station is upgraded when it is opened."""
    del arguments
    from gizqr_station.assembly import shared_ledgers

    settings = shared_ledgers.named_in(folder)
    if settings is None:
        raise SettingMissing(str(folder.settings_file), "ledger.url")
    before, after = shared_ledgers.upgraded(folder, settings)
    line = (
        f"The ledger was at revision {before} and is at {after}." if before != after else f"It is at {after} already."
    )
    answer.give({"before": before, "after": after}, [line])
    return 0
