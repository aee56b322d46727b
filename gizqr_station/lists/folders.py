"""The lists in a folder, or the files with codes, for a person to pick from."""

import contextlib
from datetime import UTC, datetime
from pathlib import Path

import platformdirs

from gizqr_station.domain.list_failures import ListUnreadable
from gizqr_station.workflows.list_ports import ListFile

SUFFIXES = frozenset({".xlsx", ".csv", ".tsv", ".txt"})
CODE_SUFFIXES = frozenset({".zip", ".gz", ".gizqr", ".codes", ".png", ".jpg", ".jpeg", ".bmp"})
"""Of a service's zips, of pool files, and of pictures to be judged."""
MOST = 200
_LOOKED_AT = 20_000


class ListFolderOnDisk:
    """Folders of this machine (``workflows.list_ports.ListFolders``), and the files there that end so."""

    def __init__(self, suffixes: frozenset[str] = SUFFIXES) -> None:
        self._suffixes = suffixes

    def is_folder(self, path: str) -> bool:
        """Whether there is a folder of this name."""
        try:
            return Path(path).is_dir()
        except ValueError:
            return False

    def lists_in(self, folder: str) -> tuple[str, tuple[ListFile, ...]]:
        """Newest first. Hidden files, which spreadsheets leave beside one that is open, are none."""
        place = Path(folder) if folder else _own_documents()
        found: list[ListFile] = []
        try:
            for looked_at, file in enumerate(place.iterdir()):
                if looked_at >= _LOOKED_AT:
                    break
                if file.suffix.lower() in self._suffixes and not file.name.startswith((".", "~$")):
                    found.extend(_listed(file))
        except (OSError, ValueError) as refused:
            reason = getattr(refused, "strerror", None) or type(refused).__name__
            raise ListUnreadable(str(place), reason) from refused
        found.sort(key=lambda file: file.changed, reverse=True)
        return str(place), tuple(found[:MOST])


def _own_documents() -> Path:
    documents = Path(platformdirs.user_documents_dir())
    return documents if documents.is_dir() else Path.home()


def _listed(file: Path) -> list[ListFile]:
    """Nothing where it went away meanwhile, or is no file."""
    with contextlib.suppress(OSError):
        seen = file.stat()
        if file.is_file():
            return [ListFile(str(file), file.name, datetime.fromtimestamp(seen.st_mtime, UTC), seen.st_size)]
    return []
