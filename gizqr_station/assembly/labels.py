"""What labels are drawn with."""

from gizqr_station.domain.label import LabelTemplate
from gizqr_station.domain.secret_texts import NO_SECRETS, Secrets
from gizqr_station.labels.painter import LabelPainter
from gizqr_station.labels.read_back import ZxingReadBack
from gizqr_station.labels.serial_code import SerialCodesOnLabels
from gizqr_station.labels.template_files import TemplateShelf
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.workflows.trial_label import TrialLabels


def label_painter(folder: DataFolder, secrets: Secrets = NO_SECRETS) -> LabelPainter:
    """Draws with the user's own templates before the shipped ones."""
    return LabelPainter(TemplateShelf(folder.templates), secrets=secrets)


def serial_codes(folder: DataFolder) -> SerialCodesOnLabels:
    """The small code of labels that replace others, in the same templates."""
    return SerialCodesOnLabels(TemplateShelf(folder.templates))


def trial_labels(folder: DataFolder, settings: Settings, template: str = "") -> TrialLabels:
    """Test labels in the line's template, or in another one that was asked for."""
    shelf = TemplateShelf(folder.templates)
    wanted = template or settings.product.template
    # Asked for by name it must be there; raises TemplateUnknown.
    chosen = (shelf.load(template),) if template else ()

    def templates() -> tuple[LabelTemplate, ...]:
        shipped = TemplateShelf()
        return chosen or tuple(shipped.load(name) for name in shipped.names())

    return TrialLabels(LabelPainter(shelf), ZxingReadBack(), templates, wanted)
