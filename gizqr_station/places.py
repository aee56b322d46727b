"""Where files live: what the program ships, and the one folder that holds all state of a station."""

import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Everything a station knows lives below one folder, so that it can be backed up, moved, or thrown away."""

    root: Path

    @property
    def settings_file(self) -> Path:
        """TOML, without secrets."""
        return self.root / "settings.toml"

    @property
    def ledger_file(self) -> Path:
        """SQLite."""
        return self.root / "ledger.sqlite"

    @property
    def checkpoints(self) -> Path:
        """What was signed of the record, where the settings name no second place."""
        return self.root / "checkpoints"

    @property
    def last_checkpoint_file(self) -> Path:
        """How far the record went when it was signed last: an older ledger that is put back does not have that."""
        return self.root / "last-checkpoint.json"

    @property
    def ballast_file(self) -> Path:
        """Takes up room on the ledger's disk, for when that is full."""
        return self.root / "ballast"

    @property
    def backups(self) -> Path:
        """Copies of the ledger, where the settings name no other place."""
        return self.root / "backups"

    @property
    def reports(self) -> Path:
        """Reports of orders and shifts, exports and evidence."""
        return self.root / "reports"

    @property
    def pool_file(self) -> Path:
        """Codes that were fetched ahead; SQLite. It can be thrown away and fetched again, the ledger cannot."""
        return self.root / "codes.sqlite"

    @property
    def fetch_lock_file(self) -> Path:
        """Held by the one program that fetches codes ahead into this pool, a station or a command."""
        return self.root / "codes.lock"

    @property
    def prover_file(self) -> Path:
        """The name of the anonymous user that codes are proved with; no secret."""
        return self.root / "prover.txt"

    @property
    def lock_file(self) -> Path:
        """Held by the one station that runs here."""
        return self.root / "station.lock"

    @property
    def answered_file(self) -> Path:
        """Which printers ever answered."""
        return self.root / "printers-that-answer.txt"

    @property
    def secrets(self) -> Path:
        """Files that only their owner can read."""
        return self.root / "secrets"

    @property
    def service(self) -> Path:
        """The sandbox QR service's tasks, zips and key."""
        return self.root / "service"

    @property
    def templates(self) -> Path:
        """The user's own label templates."""
        return self.root / "templates"

    @property
    def readers(self) -> Path:
        """The user's own reader profiles."""
        return self.root / "readers"

    @property
    def wire_logs(self) -> Path:
        """What went over the wires of devices that somebody tried to read."""
        return self.root / "log" / "wire"

    @property
    def log_file(self) -> Path:
        """The station's own log, rotated."""
        return self.root / "log" / "station.log"


def default_data_folder() -> DataFolder:
    """The user's own, by the habits of the operating system."""
    return DataFolder(Path(platformdirs.user_data_dir("gizqr-station", appauthor=False)))


def resources() -> Path:
    """What the program ships: beside the package in a checkout, inside it when installed or bundled."""
    bundled = Path(getattr(sys, "_MEIPASS", "")) / "resources"
    if getattr(sys, "_MEIPASS", None) and bundled.is_dir():
        return bundled
    installed = Path(__file__).parent / "_resources"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "resources"
