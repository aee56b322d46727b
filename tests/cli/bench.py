"""A data folder as somebody has set it up: a product with codes of its own, and printers that are folders."""

from pathlib import Path

from gizqr_station.ledger.opening import open_ledger
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.settings.store import write_commented
from tests.fakes import SteppingClock

KEY = "0a6781ed676045988d5d72f3f0480fba"


def set_up(tmp_path: Path, *printers: dict[str, object], **product: object) -> DataFolder:
    """The folder that ``run`` uses, with these printers, or with ``paper`` and ``fine`` of 203 and 300 dpi."""
    folder = DataFolder(tmp_path / "data")
    usual: list[dict[str, object]] = [
        {"name": "paper", "address": f"file:{tmp_path}/paper"},
        {"name": "fine", "address": f"file:{tmp_path}/fine", "dpi": 300},
    ]
    own = {"key": KEY, "name": "Smart Plug", "scheme": "template", "content": "https://x.example/{mac}"}
    settings = {
        "station": {"name": "bench-1", "operator": "Li Wei"},
        "product": {**own, **product},
        "printers": list(printers) or usual,
    }
    write_commented(folder.settings_file, Settings.model_validate(settings))
    return folder


def ledger_of(folder: DataFolder) -> SqlLedger:
    """Its production ledger; close it."""
    return open_ledger(folder.ledger_file, kind="production", station="bench-1", clock=SteppingClock())


def labels_in(folder: Path) -> list[bytes]:
    """What a printer that is a folder has collected."""
    return [file.read_bytes() for file in sorted(folder.glob("*")) if not file.name.startswith(".")]
