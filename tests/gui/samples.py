"""A job, a code and a label as the line would tell them."""

from gizqr_station.domain.codes import CodeSource, IssuedCode
from gizqr_station.domain.job import JobDraft, JobState, PrintJob
from gizqr_station.domain.label import LabelImage
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
