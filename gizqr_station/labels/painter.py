"""Draws labels for the workflows: a template's name, a resolution and fields in, dots out."""

import threading

from gizqr_station.domain.label import LabelFields, LabelImage
from gizqr_station.labels.lettering import Lettering
from gizqr_station.labels.raster import draw_label
from gizqr_station.labels.template_files import TemplateShelf


class LabelPainter:
    """A Painter; any thread may ask, one label at a time is drawn."""

    def __init__(self, shelf: TemplateShelf, lettering: Lettering | None = None) -> None:
        self._shelf = shelf
        self._lettering = lettering or Lettering()
        self._one_at_a_time = threading.Lock()

    def paint(self, template: str, dpi: int, fields: LabelFields) -> LabelImage:
        """The dots; raises CodeDoesNotFit, TextDoesNotFit, TemplateUnknown, TemplateInvalid, ResolutionUnknown."""
        loaded = self._shelf.load(template)
        with self._one_at_a_time:
            return draw_label(loaded, dpi, fields, self._lettering)
