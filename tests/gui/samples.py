"""A job, a code, a label, printers and waiting jobs as the station would tell them."""

from dataclasses import replace

from gizqr_station.domain.codes import CodeSource, IssuedCode
from gizqr_station.domain.job import JobDraft, JobState, PrintJob
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.printer import Language, Media, PrinterConfig
from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.domain.queued import QueuedJob
from tests.fake_bench import MAC, NOW, PRODUCT

CONTENT = "2efc9e621cb34553b12edf7e63645864Pf2fFwkrJlBs4KRU/RQAnSjtFqvEsoISa7+WLzDhjHU7ArPMYwRGg2MIazCLTymUz5kTzw=="
CODE = IssuedCode(CONTENT, MAC, CodeSource.SERVICE, NOW)
IMAGE = LabelImage(16, 9, 203, tuple(bytes([row * 28, 0x81]) for row in range(9)))
JOB = PrintJob(
    7,
    JobDraft(
        label_serial="L-000007",
        identity=MAC,
        product_key=PRODUCT.key,
        product_name=PRODUCT.name,
        content=CONTENT,
        code_source=CodeSource.SERVICE,
        code_task="",
        image_digest=IMAGE.digest,
        template="40x30",
        dpi=203,
        printer="zebra",
        station="bench-1",
        operator="Li Wei",
        revision=0,
        test=False,
        scan_back_due=True,
    ),
    JobState.SENT,
    None,
    NOW,
    NOW,
)

ZEBRA = PrinterConfig("zebra", PrinterAddress.parse("tcp://192.0.2.17:9100"), Language.ZPL, 203, media=Media(40, 30))
CLONE = PrinterConfig("clone", PrinterAddress.parse("usb:/dev/usb/lp0"), Language.TSPL, 203)
OFFICE = PrinterConfig("office", PrinterAddress.parse("ipp://office.example/ipp/print"), Language.PWG, 300)
PRINTERS = (ZEBRA, CLONE, OFFICE)


def waiting(number: int, printer: str = "zebra", *, reason: str = "", dpi: int = 203) -> QueuedJob:
    """A job in the queue; held where there is a reason."""
    draft = replace(JOB.draft, label_serial=f"L-{number:06d}", dpi=dpi)
    job = replace(JOB, id=number, draft=draft, state=JobState.INTENDED)
    return QueuedJob(job, printer, bool(reason), reason, "Li Wei", NOW)
