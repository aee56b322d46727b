"""The ledger that many stations share, where the settings name one."""

import tomllib
from typing import TYPE_CHECKING

from gizqr_station.assembly.clock import SystemClock
from gizqr_station.domain.ledger_failures import WrongLedgerKind
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.settings.record_settings import LedgerSettings
from gizqr_station.settings.secret_store import find_secret
from gizqr_station.settings.store import load

if TYPE_CHECKING:
    from gizqr_station.ledger.postgres_checkup import Checkup


def named_in(folder: DataFolder) -> Settings | None:
    """The folder's settings, where they name a shared ledger; else a fault elsewhere in them is nobody's business here.

    Raises what is wrong with settings that do name one.
    """
    try:
        tables = tomllib.loads(folder.settings_file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    ledger = tables.get("ledger")
    if not isinstance(ledger, dict) or not ledger.get("url"):
        return None
    return load(folder.settings_file)


def backup_folder_named_in(folder: DataFolder) -> str:
    """Where the folder's settings want copies; empty where they name no place or cannot be read."""
    try:
        ledger = tomllib.loads(folder.settings_file.read_text(encoding="utf-8")).get("ledger")
    except (OSError, ValueError):
        return ""
    return str(ledger.get("backup_folder", "")) if isinstance(ledger, dict) else ""


def shared_ledger(
    folder: DataFolder, wanted: LedgerSettings, station: str, *, demo: bool, hold_name: bool, begin: bool
) -> SqlLedger:
    """Open it. The password comes from the secret that the settings name; without one the server may ask for none.

    Raises SecretMissing, SecretExposed, and what ``open_shared_ledger`` raises.
    """
    # Imported here: a station of its own never needs the driver.
    from gizqr_station.ledger.postgres_opening import open_shared_ledger

    return open_shared_ledger(
        wanted.url,
        _password(folder, wanted),
        kind="demo" if demo else "production",
        station=station,
        clock=SystemClock(),
        hold_name=hold_name,
        begin=begin,
    )


def existing_shared(folder: DataFolder, settings: Settings, *, hold_name: bool) -> SqlLedger:
    """The one that is there, of whichever kind; never begins one."""
    ledger, station = settings.ledger, settings.station.name
    try:
        return shared_ledger(folder, ledger, station, demo=False, hold_name=hold_name, begin=False)
    except WrongLedgerKind:
        return shared_ledger(folder, ledger, station, demo=True, hold_name=hold_name, begin=False)


def upgraded(folder: DataFolder, settings: Settings) -> tuple[str, str]:
    """Bring it to this program's revision for all stations: the revision before and after."""
    from gizqr_station.ledger.postgres_opening import upgrade_shared_ledger

    return upgrade_shared_ledger(settings.ledger.url, _password(folder, settings.ledger))


def looked_at(folder: DataFolder, settings: Settings) -> "Checkup":
    """How the server is that keeps it; changes nothing."""
    from gizqr_station.ledger.postgres_checkup import checkup

    return checkup(settings.ledger.url, _password(folder, settings.ledger))


def _password(folder: DataFolder, wanted: LedgerSettings) -> str:
    return find_secret(wanted.password_secret, folder.secrets) if wanted.password_secret else ""
