"""A label as ZPL: one picture of its very dots, so that no printer's fonts or code generator can change it.

Format: Zebra's ZPL II programming guide, ``^GF`` with ``:Z64:`` data (zlib, base64, CRC-16/XMODEM over the base64
text). Only ASCII, and nothing that a user typed: a product name is dots like everything else.
"""

import base64
import binascii
import re
import zlib

from gizqr_station.domain.label import LabelImage

LARGEST_GRAPHIC = 99_999
"""Bytes that one ^GF may count, before compression; larger labels go in bands."""

# What a printer keeps from one job to the next, whoever sent it. ^JZN: a label broken off by the end of the media is
# not printed again by the printer itself, which would be a label that nobody recorded. Then: upright, not mirrored,
# not shifted. These, ^LH and ^LL only hold for a label when they stand before its first ^FS, hence before the comment.
_SETTINGS = "^JZN^PON^PMN^LS0^LH0,0"

_JOB_NAME = re.compile(r"[A-Za-z0-9-]{1,40}", re.ASCII)


def encode_zpl(image: LabelImage, job_name: str) -> bytes:
    """One format, ^XA to ^XZ, that prints one label; raise ValueError for a job name with more than letters, digits, -.

    The job name goes into a comment, so that bytes on their way can be tied to the ledger.
    """
    if not _JOB_NAME.fullmatch(job_name):
        raise ValueError(f"job name {job_name!r}")
    head = f"^XA{_SETTINGS}^PW{image.width}^LL{image.height}^FXjob {job_name}^FS\n"
    return head.encode("ascii") + b"".join(_bands(image)) + b"^PQ1^XZ\n"


def _bands(image: LabelImage) -> list[bytes]:
    rows = max(1, LARGEST_GRAPHIC // image.stride)
    return [_graphic(image.rows[top : top + rows], top, image.stride) for top in range(0, image.height, rows)]


def _graphic(rows: tuple[bytes, ...], top: int, stride: int) -> bytes:
    dots = b"".join(rows)
    packed = base64.b64encode(zlib.compress(dots, 9))
    checksum = binascii.crc_hqx(packed, 0)
    head = f"^FO0,{top}^GFA,{len(dots)},{len(dots)},{stride},:Z64:".encode("ascii")
    return head + packed + f":{checksum:04X}^FS\n".encode("ascii")
