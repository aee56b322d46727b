"""Label bytes for tests, written by hand from Zebra's manual, so that no encoder of ours is asked."""

from gizqr_station.domain.label import LabelImage

SETUP = b"^XA^JZN^MNY^MTT^MD0^PR4^PON^PMN^LS0^LT0^LH0,0^XZ\n"
"""Sets a printer and prints nothing."""
ASK_STATUS = b"~HS"
ASK_COUNT = b'! U1 getvar "odometer.total_label_count"\r\n'


def label_zpl(image: LabelImage, job_name: str, copies: int = 1) -> bytes:
    """One format with the dots in plain hexadecimal."""
    total = image.stride * image.height
    head = f"^XA^PW{image.width}^LL{image.height}^FXjob {job_name}^FS^FO0,0^GFA,{total},{total},{image.stride},"
    return head.encode() + image.packed.hex().upper().encode() + b"^FS^PQ%d^XZ\n" % copies
