"""The checkpoints of a data folder: the station's key, the second place, and what it remembers."""

from pathlib import Path

from gizqr_station.assembly.clock import SystemClock
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.settings.secret_store import found_or_made
from gizqr_station.trust.checkpoints import CheckpointParts, SignedCheckpoints
from gizqr_station.trust.remembered import Remembered
from gizqr_station.trust.second_place import SecondPlace
from gizqr_station.trust.signing import StationKey, new_private_key, station_key
from gizqr_station.workflows.audit_ports import SealedRecord
from gizqr_station.workflows.ports import Clock

SIGNING_KEY = "checkpoint-key"
"""What the private key is called in the secret store."""


def checkpoints_for(
    folder: DataFolder, settings: Settings, record: SealedRecord, clock: Clock | None = None
) -> SignedCheckpoints:
    """Of this ledger; nothing is opened or made before something is signed."""
    return SignedCheckpoints(
        CheckpointParts(
            record,
            second_place(folder, settings),
            lambda: signing_key(folder),
            Remembered(folder.last_checkpoint_file),
            clock or SystemClock(),
            settings.station.name,
        )
    )


def second_place(folder: DataFolder, settings: Settings) -> SecondPlace:
    """The folder of the settings, which has to be there, or one beside the ledger."""
    named = settings.ledger.checkpoint_folder
    return SecondPlace(Path(named).expanduser(), made=False) if named else SecondPlace(folder.checkpoints, made=True)


def signing_key(folder: DataFolder) -> StationKey:
    """The key of this folder's station, made at first use; raises SigningKeyUnusable, FileNotWritten."""
    return station_key(found_or_made(SIGNING_KEY, folder.secrets, new_private_key), SIGNING_KEY)
