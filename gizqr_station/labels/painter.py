"""Draws labels for the workflows: a template's name, a resolution and fields in, dots out."""

import threading

from gizqr_station.domain.label import LabelFields, LabelImage, LabelTemplate
from gizqr_station.domain.label_failures import TemplateInvalid
from gizqr_station.domain.secret_texts import NO_SECRETS, Secrets
from gizqr_station.labels.lettering import Lettering
from gizqr_station.labels.raster import draw_label
from gizqr_station.labels.template_files import TemplateShelf


class LabelPainter:
    """A Painter; any thread may ask, one label at a time is drawn."""

    def __init__(
        self, shelf: TemplateShelf, lettering: Lettering | None = None, *, secrets: Secrets = NO_SECRETS
    ) -> None:
        """``secrets``: what no template may write on labels by itself; of the fields, whoever fills them looks."""
        self._shelf = shelf
        self._secrets = secrets
        self._lettering = lettering or Lettering()
        self._one_at_a_time = threading.Lock()

    def paint(self, template: str, dpi: int, fields: LabelFields) -> LabelImage:
        """The dots; raises CodeDoesNotFit, TextDoesNotFit, TemplateUnknown, TemplateInvalid, ResolutionUnknown."""
        loaded = self._shelf.load(template)
        self._require_no_secret(loaded)
        with self._one_at_a_time:
            return draw_label(loaded, dpi, fields, self._lettering)

    def _require_no_secret(self, template: LabelTemplate) -> None:
        """Raise TemplateInvalid: its fixed texts would be on every label."""
        if any(self._secrets.stands_in(text.text) for text in template.texts):
            raise TemplateInvalid(template.name, "a secret stands in its fixed texts: take it out")
