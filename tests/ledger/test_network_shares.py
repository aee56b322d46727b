"""Which file system a path lies on."""

from pathlib import Path, PurePosixPath

import pytest

from gizqr_station.domain.ledger_failures import LedgerOnNetwork
from gizqr_station.ledger.network_shares import filesystem_of, is_network, require_local

MOUNTS = r"""/dev/vda1 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
systemd-1 /mnt/auto autofs rw,fd=50 0 0
files:/export /mnt/auto nfs4 rw,vers=4.2 0 0
//files/share /mnt/factory\040share cifs rw 0 0
tmpfs /mnt/factory\040share/local tmpfs rw 0 0
sshfs /home/li/remote fuse.sshfs rw 0 0
/dev/sdb1 /media/stick fuseblk rw 0 0
short line
"""


@pytest.mark.parametrize(
    ("path", "filesystem"),
    [
        ("/var/lib/station/ledger.sqlite", "ext4"),
        ("/mnt/auto/ledger.sqlite", "nfs4"),
        ("/mnt/auto", "nfs4"),
        ("/mnt/automatic/ledger.sqlite", "ext4"),
        ("/mnt/factory share/a/b/ledger.sqlite", "cifs"),
        ("/mnt/factory share/local/ledger.sqlite", "tmpfs"),
        ("/home/li/remote/ledger.sqlite", "fuse.sshfs"),
        ("/media/stick/ledger.sqlite", "fuseblk"),
    ],
)
def test_the_nearest_mount_point_tells_the_file_system(path: str, filesystem: str) -> None:
    assert filesystem_of(MOUNTS, PurePosixPath(path)) == filesystem


def test_where_no_line_covers_a_path_nothing_is_known() -> None:
    assert filesystem_of("", PurePosixPath("/var/lib")) == ""


@pytest.mark.parametrize(
    "filesystem",
    ["nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "fuse.rclone", "fuse.anything", "vboxsf", "CIFS"],
)
def test_network_shares_are_told(filesystem: str) -> None:
    assert is_network(filesystem)


@pytest.mark.parametrize("filesystem", ["ext4", "xfs", "btrfs", "overlay", "tmpfs", "fuseblk", "fuse.ntfs-3g", ""])
def test_local_disks_are_told(filesystem: str) -> None:
    assert not is_network(filesystem)


@pytest.mark.parametrize("filesystem", ["nfs", "cifs", "9p", "fuse.sshfs"])
def test_a_ledger_on_a_share_is_refused(tmp_path: Path, filesystem: str) -> None:
    path = tmp_path / "not there yet" / "ledger.sqlite"
    with pytest.raises(LedgerOnNetwork) as refused:
        require_local(path, f"/dev/vda1 / ext4 rw 0 0\nfiles:/x {tmp_path.resolve()} {filesystem} rw 0 0\n")
    assert refused.value.values() == {"path": str(path), "filesystem": filesystem}


def test_a_link_onto_a_share_is_refused(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    (tmp_path / "link").symlink_to(share)
    with pytest.raises(LedgerOnNetwork):
        require_local(tmp_path / "link" / "ledger.sqlite", f"files:/x {share.resolve()} nfs rw 0 0\n")


def test_this_machines_own_mounts_are_read(tmp_path: Path) -> None:
    require_local(tmp_path / "ledger.sqlite")
