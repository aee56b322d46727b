"""``render`` and ``check``: one label into a file, and one picture of a label judged."""

import argparse

from gizqr_station.cli.answer import Answer
from gizqr_station.cli.arguments import FILE_KINDS
from gizqr_station.domain.codes import ContentKind, anatomy, link_parts, require_issued_for
from gizqr_station.domain.identity import Identity, parse_identity
from gizqr_station.domain.label import LabelFields, LabelImage
from gizqr_station.domain.label_failures import ContentDiffers
from gizqr_station.domain.line_failures import FileNotWritten
from gizqr_station.domain.printer import Media, PrinterConfig, Sensing
from gizqr_station.domain.printer_address import Connection, PrinterAddress
from gizqr_station.domain.stop import Stop
from gizqr_station.places import DataFolder

USUAL_DPI = 203
TEST, COPY = "TEST", "COPY"
"""A file is not a label in the ledger: it says COPY, or TEST where the code would not even bind."""


def render(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Draw, read back, write."""
    from gizqr_station.assembly import label_painter
    from gizqr_station.labels.read_back import ZxingReadBack

    identity = parse_identity(arguments.identity) if arguments.identity else None
    content, product_name, bindable = _content(arguments, folder, identity)
    fields = LabelFields(
        content=content,
        identity=identity.readable if identity else "",
        product_name=arguments.product_name or product_name,
        label_serial="",
        mark=COPY if bindable else TEST,
    )
    image = label_painter(folder).paint(arguments.template, _dpi(arguments), fields)
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
    """What the picture's code says, and what the App would make of it."""
    del folder
    from gizqr_station.labels.picture_files import decode_picture

    content = decode_picture(arguments.image)
    seen = anatomy(content)
    matches = None if arguments.expect is None else content == arguments.expect
    answer.give(
        {
            "content": content,
            "kind": seen.kind.value,
            "identity_length": seen.identity_length,
            "well_formed": seen.well_formed,
            "matches": matches,
        },
        [f"The code says: {content}", _meaning(seen.kind, seen.identity_length, content)],
    )
    if matches is False:
        failure = ContentDiffers(arguments.expect, content)
        if answer.as_json:
            from gizqr_station.wording import words_for

            answer.say(words_for(failure, answer.language).line)
        else:
            answer.refuse(failure)
        return 1
    return 0


def _content(arguments: argparse.Namespace, folder: DataFolder, identity: Identity | None) -> tuple[str, str, bool]:
    """What the code is to say, the product's name, and whether the App would bind it."""
    if arguments.content is not None:
        seen = anatomy(arguments.content)
        if identity is not None and seen.kind is ContentKind.ISSUED:
            require_issued_for(arguments.content, identity)
        return arguments.content, "", seen.well_formed and seen.kind in {ContentKind.ISSUED, ContentKind.LINK}
    assert identity is not None, "checked with the arguments"
    return _looked_up(folder, identity)


def _looked_up(folder: DataFolder, identity: Identity) -> tuple[str, str, bool]:
    """The code an identity's label carries in the ledger, or else the configured provider's."""
    from gizqr_station import assembly
    from gizqr_station.domain.product import bindable
    from gizqr_station.settings.store import load

    settings = load(folder.settings_file)
    if folder.ledger_file.exists():
        ledger = assembly.existing_ledger(folder)
        try:
            jobs = [job for job in ledger.find(str(identity)) if job.identity == identity]
        finally:
            ledger.close()
        if jobs:
            return jobs[0].draft.content, jobs[0].draft.product_name, not jobs[0].draft.test
    product = assembly.product_from(settings, folder)
    provider = assembly.code_provider(folder, settings, assembly.SystemClock())
    code = provider.code_for(product, identity, Stop())
    return code.content, product.name, bindable(product, code)


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


def _meaning(kind: ContentKind, identity_length: int | None, content: str) -> str:
    match kind:
        case ContentKind.ISSUED:
            named = "an IMEI" if identity_length == 15 else "a MAC"
            return f"The App binds it if the Gizwits service issued it: its form is right, for {named}."
        case ContentKind.LINK:
            parts = link_parts(content) or {}
            return f"The App binds it by did and passcode, product {parts.get('product_key') or 'missing'}."
        case ContentKind.SHARE:
            return "The App takes it as a sharing invitation, not as a device."
        case _:
            return "The App cannot bind this: the Gizwits service did not issue it."
