"""The files that records are written into (``workflows.record_ports.RecordFiles``)."""

from collections.abc import Iterable
from pathlib import Path, PurePath

from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.stop import Stop
from gizqr_station.exports.csv_file import write_csv
from gizqr_station.exports.xlsx_file import write_xlsx


class RecordFilesOnDisk:
    """Writes where the user said, beside nothing that is there already."""

    def write_csv(self, jobs: Iterable[PrintJob], path: PurePath, stop: Stop) -> int:
        """UTF-8 with BOM, identities with colons; how many rows."""
        return write_csv(jobs, Path(path), stop)

    def write_xlsx(self, jobs: Iterable[PrintJob], path: PurePath, stop: Stop) -> int:
        """Text cells only, in as many sheets as it takes; how many rows."""
        return write_xlsx(jobs, Path(path), stop)
