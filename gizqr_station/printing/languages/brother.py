"""A label as Brother raster, the language of its QL and P-touch label printers: one row of the head after another.

Format: Brother's "Raster Command Reference" of each model; what differs is in the tables beside this file. The head's
first pin prints at the right edge, so rows are sent mirrored, as wide as the whole head.
"""

import math
from dataclasses import dataclass

from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.print_queue_failures import PrinterUnsuitable
from gizqr_station.domain.printer import Media, PrinterConfig, Sensing
from gizqr_station.domain.printer_setup_failures import FormatRefused
from gizqr_station.printing.languages.brother_models import MODELS, BrotherMedia, BrotherModel, Packing, model_called
from gizqr_station.printing.languages.dots import DotsLost, mirrored, turned, window
from gizqr_station.printing.languages.placing import dots, job_number, require_job, too_large
from gizqr_station.printing.languages.runs import packed_as_tiff

_WIDTH_HOLDS, _LENGTH_HOLDS, _KIND_HOLDS = 0x04, 0x08, 0x02
_QUALITY_FIRST, _ALWAYS_RECOVER = 0x40, 0x80
_ENDLESS, _DIE_CUT = 0x0A, 0x0B


@dataclass(frozen=True, slots=True)
class BrotherEncoder:
    """An Encoder. Density and speed cannot be set in this language."""

    config: PrinterConfig

    def setup(self) -> bytes:
        """Nothing: each label begins with a reset."""
        return b""

    def label(self, image: LabelImage, job_name: str) -> bytes:
        """One page, printed and fed out. Raises FormatRefused, too, for a model or media that no table has.

        The printer itself compares the media it is told with the media it has, and prints nothing when they differ.
        """
        require_job(self.config, image, job_name)
        model = self._model()
        if model.dpi != self.config.dpi:
            raise PrinterUnsuitable(job_number(job_name), self.config.name, self.config.dpi, model.dpi)
        media = self._media(model)
        page = mirrored(self._page(image, media))
        rows = window(page, -media.right_pins, 0, model.head_pins, page.height).rows
        return _before(model, media, len(rows)) + b"".join(_row(model, row) for row in rows) + b"\x1a"

    def calibration(self) -> bytes | None:
        """Needs none: the printer reads the kind of media from the roll or cassette."""
        return None

    def _model(self) -> BrotherModel:
        model = model_called(self.config.model)
        if model is None:
            names = ", ".join(one.name for one in MODELS)
            raise FormatRefused(self.config.name, self.config.model or "?", names)
        return model

    def _media(self, model: BrotherModel) -> BrotherMedia:
        wanted = self.config.media
        for media in model.media:
            if media.width_mm == wanted.width_mm and media.length_mm == _length_mm(wanted):
                return media
        known = ", ".join(_words(media.width_mm, media.length_mm) for media in model.media)
        raise FormatRefused(self.config.name, f"{model.name} {_words(wanted.width_mm, _length_mm(wanted))}", known)

    def _page(self, image: LabelImage, media: BrotherMedia) -> LabelImage:
        """What is printed: as wide as the head reaches, as long as the media, or on endless media as the label.

        A label smaller than that area stands in its upper left corner. A larger one is taken for as large as the media
        itself, and must be white where the head cannot reach.
        """
        upright = turned(image) if self.config.tuning.rotated else image
        dpi, tuning = self.config.dpi, self.config.tuning
        down = dots(tuning.offset_y_mm, dpi)
        height = media.rows or upright.height + max(0, down)
        right = dots(tuning.offset_x_mm, dpi) - _edge(upright.width, media.pins, dots(media.width_mm, dpi))
        down -= _edge(upright.height, height, dots(media.length_mm, dpi))
        try:
            return window(upright, -right, -down, media.pins, height)
        except DotsLost:
            raise too_large(self.config, upright, media.pins, height, right, down) from None


def _edge(label: int, reached: int, loaded: int) -> int:
    """Dots of the media's edge that the head cannot reach, for a label that needs them."""
    return max(0, loaded - reached) // 2 if label > reached else 0


def _length_mm(media: Media) -> float:
    return 0.0 if media.sensing is Sensing.CONTINUOUS else media.height_mm


def _words(width_mm: float, length_mm: float) -> str:
    return f"{width_mm:g} x {length_mm:g} mm" if length_mm else f"{width_mm:g} mm"


def _before(model: BrotherModel, media: BrotherMedia, rows: int) -> bytes:
    """Everything up to the first row, in the order of the reference."""
    margin = 0 if media.length_mm else model.margin_dots
    parts = [
        bytes(model.invalidate_bytes) + b"\x1b@",
        b"\x1bia\x01" if model.raster_mode else b"",
        b"\x1biz" + _information(model, media) + rows.to_bytes(4, "little") + b"\x00\x00",
        b"\x1biM\x40" if model.cuts else b"",
        b"\x1biA\x01" if model.cut_each else b"",
        b"\x1biK\x08" if model.cut_at_end else b"",
        b"\x1bid" + margin.to_bytes(2, "little"),
        model.packing.value,
    ]
    return b"".join(parts)


def _information(model: BrotherModel, media: BrotherMedia) -> bytes:
    """Which of the following holds, then kind, width and length of the media."""
    # Tape of 3.5 mm is told as 4.
    width = math.ceil(media.width_mm)
    if model.is_tape:
        # Without the kind: laminated or not, any cassette of this width will do.
        return bytes([_ALWAYS_RECOVER | _WIDTH_HOLDS, 0, width, 0])
    holds = _ALWAYS_RECOVER | _QUALITY_FIRST | _KIND_HOLDS | _WIDTH_HOLDS
    if not media.length_mm:
        return bytes([holds, _ENDLESS, width, 0])
    return bytes([holds | _LENGTH_HOLDS, _DIE_CUT, width, media.told_length_mm or round(media.length_mm)])


def _row(model: BrotherModel, row: bytes) -> bytes:
    data = row
    if model.packing is Packing.TIFF:
        if not any(row):
            return b"Z"
        packed = packed_as_tiff(row)
        # The reference: what would become longer than the row goes as one mixed piece.
        data = packed if len(packed) <= len(row) else bytes([len(row) - 1]) + row
    return (b"G" + len(data).to_bytes(2, "little") if model.is_tape else b"g\x00" + bytes([len(data)])) + data
