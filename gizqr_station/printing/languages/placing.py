"""Where a label goes on the page: turned, moved and cut to size, or refused before a byte is made."""

import re
from dataclasses import dataclass

from gizqr_station.domain.label import HEAD_PITCH, LabelImage
from gizqr_station.domain.print_queue_failures import PrinterUnsuitable
from gizqr_station.domain.printer import PrinterConfig, Sensing
from gizqr_station.domain.printer_setup_failures import LabelTooLarge
from gizqr_station.printing.languages.dots import DotsLost, turned, window

_JOB_NAME = re.compile(r"[A-Za-z0-9-]{1,40}")


@dataclass(frozen=True, slots=True)
class Placed:
    """Dots, and where their upper left corner stands on a page, in dots; all of them are on the page."""

    image: LabelImage
    x: int
    y: int
    page_width: int
    page_height: int

    @property
    def page(self) -> LabelImage:
        """The whole page."""
        return window(self.image, -self.x, -self.y, self.page_width, self.page_height)

    @property
    def from_corner(self) -> LabelImage:
        """The page from its upper left corner to the last dot of the label's own area, not further."""
        return window(self.image, -self.x, -self.y, self.x + self.image.width, self.y + self.image.height)


def dots(length_mm: float, dpi: int) -> int:
    """Whole dots of a head of this resolution, to the nearest."""
    return round(length_mm * HEAD_PITCH[dpi])


def place(config: PrinterConfig, image: LabelImage, job_name: str, head_dots: int | None = None) -> Placed:
    """The label as it is to stand on what is loaded.

    The page is the loaded media, or as large as the label where its size is not given. On continuous media it is as
    long as the label and what it was moved down by. An offset moves the label on its page, for media always begins
    and ends where the printer takes it to.

    Raises ValueError for a job name of more than letters, digits and hyphens, PrinterUnsuitable for dots of another
    resolution, LabelTooLarge for a label that is larger than media or head, or moved so far that black is lost.
    """
    require_job(config, image, job_name)
    upright = turned(image) if config.tuning.rotated else image
    x, y = dots(config.tuning.offset_x_mm, config.dpi), dots(config.tuning.offset_y_mm, config.dpi)
    width, height = _page_size(config, upright, y)
    if upright.width > width or upright.height > height or (head_dots is not None and width > head_dots):
        raise too_large(config, upright, min(width, head_dots or width), height)
    left, top = max(0, x), max(0, y)
    right, bottom = min(width, x + upright.width), min(height, y + upright.height)
    try:
        cut = window(upright, left - x, top - y, max(1, right - left), max(1, bottom - top))
    except DotsLost:
        raise too_large(config, upright, width, height, x, y) from None
    return Placed(cut, min(left, width - 1), min(top, height - 1), width, height)


def require_job(config: PrinterConfig, image: LabelImage, job_name: str) -> None:
    """Raise ValueError for a name that is none, PrinterUnsuitable for dots of another resolution than the head's."""
    if not _JOB_NAME.fullmatch(job_name):
        raise ValueError(f"job name {job_name!r}")
    if image.dpi != config.dpi:
        raise PrinterUnsuitable(job_number(job_name), config.name, image.dpi, config.dpi)


def job_number(job_name: str) -> int:
    """The ledger's number in a job's name; 0 where the name is none."""
    return int(job_name) if job_name.isdigit() else 0


def too_large(
    config: PrinterConfig, image: LabelImage, width: int, height: int, x: int = 0, y: int = 0
) -> LabelTooLarge:
    """The failure for a label, with its room and how far it was to be moved, in dots here and in millimetres there."""
    pitch = HEAD_PITCH[config.dpi]
    moved = f" ({x / pitch:+.1f}, {y / pitch:+.1f} mm)" if x or y else ""
    label = f"{image.width / pitch:.1f} x {image.height / pitch:.1f} mm{moved}"
    return LabelTooLarge(config.name, label, f"{width / pitch:.1f} x {height / pitch:.1f} mm")


def _page_size(config: PrinterConfig, image: LabelImage, y: int) -> tuple[int, int]:
    media = config.media
    width = dots(media.width_mm, config.dpi) or image.width
    if media.sensing is Sensing.CONTINUOUS:
        return width, image.height + max(0, y)
    return width, dots(media.height_mm, config.dpi) or image.height
