"""Reads a list of identities from a file or the clipboard, whatever a person kept it in: the content decides."""

import stat
from pathlib import Path

from gizqr_station.domain.identity_list import ListText
from gizqr_station.domain.list_failures import ListEmpty, ListTooLarge, ListUnreadable
from gizqr_station.domain.stop import Stop
from gizqr_station.lists import limits
from gizqr_station.lists.columns import lines_of
from gizqr_station.lists.package import ZIP_MARK
from gizqr_station.lists.text import decoded
from gizqr_station.lists.text_lists import text_lines
from gizqr_station.lists.xlsx_lists import tables_in

_OLD_OFFICE_MARK = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")


class FileLists:
    """Lists on this machine (``workflows.list_ports.ListFiles``)."""

    def lines(self, path: str, stop: Stop) -> ListText:
        """As ``read_list``."""
        return read_list(Path(path), stop)

    def lines_of(self, text: str, name: str, stop: Stop) -> ListText:
        """As ``read_text``."""
        return read_text(text, name, stop)


def read_list(path: Path, stop: Stop | None = None) -> ListText:
    """The lines of a file, with the numbers that a person sees beside them.

    Raises ListUnreadable, ListTooLarge, ListEmpty, ColumnUnclear, Stopped.
    """
    try:
        # Something that is no file, such as a pipe, might never end.
        if not stat.S_ISREG(path.stat().st_mode):
            raise ListUnreadable(path.name, "not a file")
        with path.open("rb") as stream:
            data = stream.read(limits.FILE_BYTES + 1)
    except OSError as refused:
        raise ListUnreadable(path.name, refused.strerror or type(refused).__name__) from refused
    except ValueError as refused:
        raise ListUnreadable(path.name, "not a file") from refused
    return read_bytes(data, path.name, stop)


def read_bytes(data: bytes, name: str, stop: Stop | None = None) -> ListText:
    """The lines of a file's content; raises what ``read_list`` raises."""
    flag = stop or Stop()
    if len(data) > limits.FILE_BYTES:
        raise ListTooLarge(name, limits.TOO_MANY_BYTES)
    if data.startswith(ZIP_MARK):
        return ListText(name, lines_of(tables_in(data, name, flag), name))
    if data.startswith(_OLD_OFFICE_MARK):
        raise ListUnreadable(name, "it has a password" if _ENCRYPTED_PART in data else "an old XLS file")
    return ListText(name, text_lines(decoded(data, name), name, flag))


def read_text(text: str, name: str, stop: Stop | None = None) -> ListText:
    """The lines of pasted text; raises what ``read_list`` raises."""
    if len(text) > limits.FILE_BYTES:
        raise ListTooLarge(name, limits.TOO_MANY_BYTES)
    if not text.strip():
        raise ListEmpty(name)
    return ListText(name, text_lines(text, name, stop or Stop()))
