"""What ``doctor`` finds of a ledger that stations share."""

from collections.abc import Iterator

from gizqr_station.cli.findings import Finding
from gizqr_station.domain.failures import Failure
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.wording import words_for


def shared_ledger_findings(folder: DataFolder, settings: Settings, language: str) -> Iterator[Finding]:
    """The server, and what about it endangers the record; nothing for a station with a ledger of its own."""
    if not settings.ledger.url:
        return
    from gizqr_station.assembly import shared_ledgers

    try:
        seen = shared_ledgers.looked_at(folder, settings)
    except Failure as failure:
        yield Finding("ledger database", good=False, says=words_for(failure, language).line)
        return
    yield Finding("ledger database", good=True, says=f"{seen.path}, PostgreSQL {seen.version}")
    for doubt in seen.doubts:
        yield Finding("ledger database", good=False, says=doubt, needed=False)
