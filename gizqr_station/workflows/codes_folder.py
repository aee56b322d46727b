"""A folder of zips, pool files and pictures, as it is told to whoever looks into it."""

from gizqr_station.domain.failures import Failure
from gizqr_station.workflows.code_happenings import CodesFolderSeen
from gizqr_station.workflows.list_ports import ListFolders


def folder_seen(folders: ListFolders, folder: str) -> CodesFolderSeen:
    """What is in it, empty for the user's own; or why it cannot be looked into."""
    try:
        path, files = folders.lists_in(folder)
    except Failure as unread:
        return CodesFolderSeen(folder, (), unread)
    return CodesFolderSeen(path, files)
