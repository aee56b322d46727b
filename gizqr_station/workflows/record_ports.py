"""How records are searched, and how they leave the station."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import Protocol

from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.records import RecordPage, RecordQuery
from gizqr_station.domain.stop import Stop


class RecordSearch(Protocol):
    """Finds any label among millions, a page at a time."""

    def search(self, query: RecordQuery, after: int | None = None) -> RecordPage:
        """Newest first; ``after`` as the page before said."""
        ...

    def all_matching(self, query: RecordQuery) -> Iterator[PrintJob]:
        """Every label that matches, a page and a transaction at a time, for exports."""
        ...


class RecordFiles(Protocol):
    """Writes records into files; each appears whole or not at all. Raises FileNotWritten, FileExists."""

    def write_csv(self, jobs: Iterator[PrintJob], path: PurePath, stop: Stop) -> int:
        """UTF-8 with BOM, identities with colons; how many rows."""
        ...

    def write_xlsx(self, jobs: Iterator[PrintJob], path: PurePath, stop: Stop) -> int:
        """Text cells only, in as many sheets as it takes; how many rows."""
        ...


class EvidenceWriter(Protocol):
    """Writes what a third party can check without us. Raises FileNotWritten, FileExists."""

    def write(self, about: PrintJob | str, path: PurePath, who: str, stop: Stop) -> int:
        """Of the device of a label, or of the order with this number; into a new file. How many entries it holds."""
        ...
