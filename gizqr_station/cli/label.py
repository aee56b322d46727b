"""``render`` and ``check``: one label into a file, and one picture of a label judged."""

import argparse
from collections.abc import Callable

from gizqr_station.cli.answer import Answer
from gizqr_station.cli.app_words import app_document, app_lines
from gizqr_station.cli.arguments import FILE_KINDS
from gizqr_station.cli.code_owner import code_owner, owner_document, owner_lines
from gizqr_station.domain.app_reading import app_reading
from gizqr_station.domain.codes import ContentKind, anatomy, require_issued_for
from gizqr_station.domain.failures import SettingsFailure
from gizqr_station.domain.identity import Identity, parse_identity
from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.label import LabelFields, LabelImage
from gizqr_station.domain.label_failures import ContentDiffers
from gizqr_station.domain.line_failures import FileNotWritten
from gizqr_station.domain.printer import Media, PrinterConfig, Sensing
from gizqr_station.domain.printer_address import Connection, PrinterAddress
from gizqr_station.domain.product import Product, bindable, content_fits, issued_here
from gizqr_station.domain.secret_texts import Secrets
from gizqr_station.domain.stop import Stop
from gizqr_station.places import DataFolder
from gizqr_station.workflows.provision import carried_by

USUAL_DPI = 203
TEST, COPY = "TEST", "COPY"
"""A file is not a label in the ledger: it says COPY, or TEST where the code would not even bind."""


def render(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Draw, read back, write."""
    from gizqr_station.assembly import label_painter
    from gizqr_station.labels.read_back import ZxingReadBack
    from gizqr_station.workflows.provision import require_no_secret

    identity = parse_identity(arguments.identity) if arguments.identity else None
    content, product_name, bindable = _content(arguments, folder, identity)
    fields = LabelFields(
        content=content,
        identity=identity.readable if identity else "",
        product_name=arguments.product_name or product_name,
        label_serial="",
        mark=COPY if bindable else TEST,
    )
    secrets = _secrets(folder, answer)
    require_no_secret(secrets, identity, fields)
    image = label_painter(folder, secrets).paint(arguments.template, _dpi(arguments), fields)
    ZxingReadBack().require_content(image, content)
    _write(arguments, image)
    answer.give(
        {
            "output": str(arguments.output),
            "as": arguments.kind,
            "content": content,
            "mark": fields.mark,
            "template": arguments.template,
            "dpi": image.dpi,
            "width": image.width,
            "height": image.height,
            "digest": image.digest,
        },
        [f"{arguments.output}: {image.width} x {image.height} dots at {image.dpi} dpi, marked {fields.mark}"],
    )
    return 0


def check(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """What the picture's code says, what the App would make of it, and whose it is here."""
    from gizqr_station.labels.picture_files import decode_picture

    content = decode_picture(arguments.image)
    product, own_app = _product(folder)
    reading = app_reading(content, product, own_app=own_app)
    matches = None if arguments.expect is None else content == arguments.expect
    known = code_owner(folder, content, arguments.image)
    lines = [f"The code says: {content}", *app_lines(reading, product), *owner_lines(known, answer.language)]
    if answer.secrets.stands_in(content):
        lines.append("A secret of this station stands in it: destroy this label, and have the secret changed.")
    answer.give({"content": content, **app_document(reading), **owner_document(known), "matches": matches}, lines)
    if matches is False:
        failure = ContentDiffers(arguments.expect, content)
        if answer.as_json:
            from gizqr_station.wording import words_for

            answer.say(words_for(failure, answer.language).line)
        else:
            answer.refuse(failure)
        return 1
    return 0


def _secrets(folder: DataFolder, answer: Answer) -> Secrets:
    """What the label may not show; raises SecretMissing and the like where the settings name what is not there."""
    from gizqr_station.assembly.secrets import guarded_secrets
    from gizqr_station.settings.store import load

    try:
        settings = load(folder.settings_file)
    except SettingsFailure:
        return answer.secrets
    return guarded_secrets(settings, folder)


def _product(folder: DataFolder) -> tuple[Product | None, Callable[[str], bool] | None]:
    """The station's, and what its own App reads; None where the settings name none or cannot be used."""
    from gizqr_station.assembly import product_from
    from gizqr_station.assembly.own_app import own_app
    from gizqr_station.settings.store import load

    if not folder.settings_file.exists():
        return None, None
    try:
        settings = load(folder.settings_file)
        product = product_from(settings, folder)
    except SettingsFailure:
        return None, None
    return product, own_app(settings, product)


def _content(arguments: argparse.Namespace, folder: DataFolder, identity: Identity | None) -> tuple[str, str, bool]:
    """What the code is to say, the product's name, and whether the App would bind it."""
    if arguments.content is not None:
        content: str = arguments.content
        seen = anatomy(content)
        if identity is not None and seen.kind is ContentKind.ISSUED:
            require_issued_for(content, identity)
        product, own_app = _product(folder)
        if product is None:
            return content, "", seen.well_formed and seen.kind in {ContentKind.ISSUED, ContentKind.LINK}
        fits = content_fits(product, content, identity) and (own_app is None or own_app(content))
        return content, "", fits
    assert identity is not None, "checked with the arguments"
    return _looked_up(folder, identity)


def _looked_up(folder: DataFolder, identity: Identity) -> tuple[str, str, bool]:
    """The code an identity's label carries in the ledger, or else the configured provider's."""
    from gizqr_station import assembly
    from gizqr_station.assembly.pools import opened_sources
    from gizqr_station.settings.store import load

    if assembly.has_ledger(folder):
        ledger = assembly.existing_ledger(folder)
        try:
            jobs = [job for job in ledger.find(str(identity)) if job.identity == identity]
        finally:
            ledger.close()
        if jobs:
            return jobs[0].draft.content, jobs[0].draft.product_name, _still_good(folder, jobs[0])
    settings = load(folder.settings_file)
    product = assembly.product_from(settings, folder)
    with opened_sources(folder, settings, assembly.SystemClock(), None) as sources:
        code = sources.provider.code_for(product, identity, Stop())
    return code.content, product.name, bindable(product, code)


def _still_good(folder: DataFolder, job: PrintJob) -> bool:
    """Whether a label binds: without TEST, and what its product's codes are by now, if it is this station's."""
    product, _ = _product(folder)
    if product is None or product.key != job.draft.product_key:
        return not job.draft.test
    carried = carried_by(job)
    return not job.draft.test and bindable(product, carried) and issued_here(product, carried)


def _dpi(arguments: argparse.Namespace) -> int:
    """What was asked for, else what most printers have, or what the Brother model has."""
    from gizqr_station.printing.languages.brother_models import model_called

    if arguments.dpi is not None:
        dpi: int = arguments.dpi
        return dpi
    model = model_called(arguments.model) if arguments.kind == "brother" else None
    return USUAL_DPI if model is None else model.dpi


def _write(arguments: argparse.Namespace, image: LabelImage) -> None:
    from gizqr_station.printing.languages.choice import encoder_for

    width_mm, height_mm = arguments.media or (0.0, 0.0)
    endless = width_mm > 0 and height_mm == 0
    config = PrinterConfig(
        name=arguments.output.name,
        address=PrinterAddress(Connection.FILE, path=str(arguments.output)),
        language=FILE_KINDS[arguments.kind],
        dpi=image.dpi,
        model=arguments.model,
        media=Media(width_mm, height_mm, Sensing.CONTINUOUS if endless else Sensing.GAP),
    )
    label = encoder_for(config).label(image, "copy")
    try:
        arguments.output.write_bytes(label)
    except OSError as fault:
        raise FileNotWritten(str(arguments.output), fault.strerror or type(fault).__name__) from fault
