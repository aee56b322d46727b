"""What checking a list needs: where lists come from, and which identities have labels."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gizqr_station.domain.identity import Identity
from gizqr_station.domain.identity_list import ListText
from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.stop import Stop


class ListFiles(Protocol):
    """Reads lists, whatever a person kept them in; what the lines say is judged by ``domain.identity_list``."""

    def lines(self, path: str, stop: Stop) -> ListText:
        """Of a file: text, CSV or XLSX; raises ListUnreadable, ListTooLarge, ListEmpty, ColumnUnclear or Stopped."""
        ...

    def lines_of(self, text: str, name: str, stop: Stop) -> ListText:
        """Of text that was pasted; ``name`` says where it is from. Raises what ``lines`` raises."""
        ...


@dataclass(frozen=True, slots=True)
class ListFile:
    """One file that may be a list, by its name."""

    path: str
    name: str
    changed: datetime
    size_bytes: int


class ListFolders(Protocol):
    """Where a person keeps lists."""

    def is_folder(self, path: str) -> bool:
        """Whether it can be looked into; otherwise it is a file, or nothing."""
        ...

    def lists_in(self, folder: str) -> tuple[str, tuple[ListFile, ...]]:
        """The folder's full path and its XLSX, CSV, TSV and TXT files, newest first, 200 at most.

        Empty for the user's own documents. Raises ListUnreadable. May take a moment where the folder is a share.
        """
        ...


class LiveLabels(Protocol):
    """The part of the ledger that knows what is labelled."""

    def live_among(self, product_key: str, identities: Iterable[Identity]) -> Mapping[Identity, PrintJob]:
        """As ``ports.Ledger``."""
        ...
