"""Which file system a path lies on, because SQLite's locks do not hold on network shares."""

import re
import sys
from pathlib import Path, PurePosixPath

from gizqr_station.domain.ledger_failures import LedgerOnNetwork

_MOUNTS = Path("/proc/mounts")

# fmt: off
_NETWORK = frozenset({
    "9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "glusterfs", "gpfs", "lustre", "ncp", "ncpfs", "nfs",
    "nfs4", "ocfs2", "prl_fs", "smb", "smb2", "smb3", "smbfs", "vboxsf", "vmhgfs",
})
# fmt: on
# Behind FUSE can be anything; only what is known to be a local disk passes.
_LOCAL_FUSE = frozenset({"fuse.ntfs", "fuse.ntfs-3g", "fuse.exfat", "fuse.ext2", "fuse.gocryptfs", "fuse.encfs"})


def require_local(path: Path, mounts: str | None = None) -> None:
    """Raise LedgerOnNetwork if the path, which need not exist yet, lies on a network share.

    ``mounts`` is the text of ``/proc/mounts``; None reads it, or asks Windows. Where there is neither (macOS), the
    path counts as local.
    """
    resolved = path.resolve()
    if mounts is None and sys.platform == "win32":
        if _on_windows_share(resolved):
            raise LedgerOnNetwork(str(path), "network drive")
        return
    text = _read_mounts() if mounts is None else mounts
    filesystem = filesystem_of(text, PurePosixPath(resolved))
    if is_network(filesystem):
        raise LedgerOnNetwork(str(path), filesystem)


def filesystem_of(mounts: str, path: PurePosixPath) -> str:
    """The type of the file system that an absolute path lies on; empty when no line covers it.

    A line of ``mounts`` is ``device mount-point type options 0 0``, blanks in names as octal codes (fstab(5)). The
    longest mount point counts; of two on the same point, the later one, which hides the earlier.
    """
    found, depth = "", -1
    for line in mounts.splitlines():
        fields = line.split()
        if len(fields) < 3:
            continue
        point = PurePosixPath(_unescaped(fields[1]))
        if path.is_relative_to(point) and len(point.parts) >= depth:
            found, depth = fields[2], len(point.parts)
    return found


def is_network(filesystem: str) -> bool:
    """Whether a file system of this type is, or may be, on another machine."""
    name = filesystem.lower()
    return name in _NETWORK or (name.startswith("fuse.") and name not in _LOCAL_FUSE)


def _unescaped(field: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal.group(1), 8)), field)


def _read_mounts() -> str:
    try:
        return _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except FileNotFoundError:  # macOS
        return ""


if sys.platform == "win32":
    import ctypes

    _DRIVE_REMOTE = 4  # GetDriveTypeW, winbase.h

    def _on_windows_share(path: Path) -> bool:
        if path.drive.startswith("\\\\"):
            return True
        return ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == _DRIVE_REMOTE
