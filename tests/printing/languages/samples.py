"""A picture small enough to be written down in every language by hand."""

from gizqr_station.domain.label import LabelImage


def tiny(dpi: int) -> LabelImage:
    """Nine dots wide, two high: three black ones at the left of the upper row, one at the right of the lower."""
    return LabelImage(9, 2, dpi, (b"\xe0\x00", b"\x00\x80"))
