"""Labels a second to a TCP printer, and their bytes: ``python3 packaging/station.py test -m benchmark -n 0 -s``.

The label is drawn before; what is measured is all else: the next serial, the job's row, SENT, the bytes, the outcome.
The printer is a process of its own that takes everything at once.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from gizqr_station.assembly import SystemClock
from gizqr_station.domain.job import JobState
from gizqr_station.domain.label import LabelFields, LabelImage
from gizqr_station.domain.printer import Asking, Graphic, Language, Media, PrinterConfig, Sensing
from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.domain.stop import Stop
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.printing.joining import printer_for
from gizqr_station.printing.languages.choice import encoder_for
from gizqr_station.workflows.hand_over import hand_over
from gizqr_station.workflows.ports import Printer
from gizqr_station.workflows.print_queue import run_queue
from tests.benchmarks.bench_station import SEALED, durable_write_ms
from tests.contracts.ledger_samples import draft, mac
from tests.labels.samples import MAC_FIELDS, PAINTER

pytestmark = pytest.mark.benchmark

LABELS = 300
FASTEST_HEAD = 11.9
"""Labels a second at 30 mm pitch: 14 inches a second, the most that ^PR takes."""
PICTURES = 25


@contextmanager
def printer_ear(*words: str) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    command = [sys.executable, "-m", "tests.benchmarks.printer_ear", *words]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        yield int(program.stdout.readline()), program
        assert program.stdin is not None
        program.stdin.close()


def fields(number: int) -> LabelFields:
    return replace(MAC_FIELDS, content=f"{mac(number)}4553b12edf7e63645864{SEALED}", label_serial=f"L-{number:06d}")


EARS = pytest.mark.parametrize(
    ("asking", "state", "words"),
    [(Asking.NEVER, JobState.SENT, ()), (Asking.ALWAYS, JobState.PRINTED, ("--answers",))],
    ids=["not asked", "confirmed by its counter"],
)


@contextmanager
def batch(
    folder: Path, asking: Asking, words: tuple[str, ...]
) -> Iterator[tuple[SqlLedger, Printer, list[LabelImage]]]:
    """A ledger, a printer that every label must have reached in the end, and the pictures."""
    images = [PAINTER.paint("40x30", 203, fields(number)) for number in range(PICTURES)]
    ledger = open_ledger(folder / "ledger.sqlite", kind="production", station="bench-1", clock=SystemClock())
    with printer_ear(*words) as (port, program), closing(ledger):
        address = PrinterAddress.parse(f"tcp://127.0.0.1:{port}")
        yield ledger, printer_for(PrinterConfig("ear", address, asking=asking)), images
        assert labels_at(program) == LABELS


def report_rate(name: str, seconds: float, folder: Path) -> float:
    rate, write_ms = LABELS / seconds, durable_write_ms(folder)
    print(  # noqa: T201 - this is what a benchmark is for
        f"\n{name}: {rate:.0f} labels a second ({1000 / rate:.1f} ms each), {rate / FASTEST_HEAD:.1f} times the fastest"
        f" head; a durable write takes {write_ms:.2f} ms, a label {1000 / rate / write_ms:.1f} of them"
    )
    return rate


@EARS
def test_a_batch_from_the_queue(asking: Asking, state: JobState, words: tuple[str, ...], tmp_path: Path) -> None:
    """Everything but drawing: serials, rows, the queue, SENT, the bytes, the outcomes."""
    with batch(tmp_path, asking, words) as (ledger, printer, images):
        began = time.perf_counter()
        serials = ledger.label_serials(LABELS)
        labels = []
        for number, serial in enumerate(serials):
            image = images[number % PICTURES]
            made = draft(serial, identity=mac(number), image_digest=image.digest, printer=printer.name)
            labels.append((made, image))
        queued = [job.id for job in ledger.enqueue_all(labels, who="Li Wei")]
        run = run_queue(ledger, printer, queued, who="Li Wei", stop=Stop(), tell=lambda _: None)
        seconds = time.perf_counter() - began
        assert {job.state for job in run.sent} == {state}
    rate = report_rate(f"from the queue, {state.value}", seconds, tmp_path)
    # A printer that is asked answers six questions a label, and each answer is waited for.
    assert rate >= (10 if asking is Asking.NEVER else 5) * FASTEST_HEAD


@EARS
def test_one_label_after_the_other(asking: Asking, state: JobState, words: tuple[str, ...], tmp_path: Path) -> None:
    """As a line does, whose operator is waited for: four durable writes a label."""
    with batch(tmp_path, asking, words) as (ledger, printer, images):
        began = time.perf_counter()
        for number in range(LABELS):
            image = images[number % PICTURES]
            made = draft(ledger.next_label_serial(), identity=mac(number), image_digest=image.digest)
            job = ledger.open(made, image)
            handed = hand_over(ledger, printer, job, image, who="Li Wei", stop=Stop(), tell=lambda _: None)
            assert handed.job.state is state
        seconds = time.perf_counter() - began
    report_rate(f"one after the other, {state.value}", seconds, tmp_path)


def labels_at(program: subprocess.Popen[bytes]) -> int:
    """That came whole."""
    assert program.stdin is not None
    assert program.stdout is not None
    program.stdin.write(b"?")
    program.stdin.flush()
    return int(program.stdout.readline())


def test_bytes_of_a_label_in_each_language() -> None:
    print()  # noqa: T201 - this is what a benchmark is for
    for name, config in FORMS.items():
        sizes = [_bytes(config, dpi) for dpi in (203, 300, 600)]
        cells = " | ".join("" if size is None else f"{size:,}" for size in sizes)
        print(f"| {name} | {cells} |")  # noqa: T201 - this is what a benchmark is for


def _config(language: Language, graphic: Graphic = Graphic.Z64) -> PrinterConfig:
    return PrinterConfig("x", PrinterAddress.parse("tcp://127.0.0.1"), language=language, graphic=graphic)


def _brother() -> PrinterConfig:
    tape = Media(62.0, 0.0, Sensing.CONTINUOUS)
    return replace(_config(Language.BROTHER), model="QL-820NWB", media=tape)


FORMS = {
    "ZPL, Z64": _config(Language.ZPL),
    "ZPL, ACS": _config(Language.ZPL, Graphic.ACS),
    "ZPL, hexadecimal": _config(Language.ZPL, Graphic.HEX),
    "TSPL": _config(Language.TSPL),
    "EPL2": _config(Language.EPL2),
    "ESC/POS": _config(Language.ESCPOS),
    "Brother raster, QL-820NWB on 62 mm tape": _brother(),
}


def _bytes(config: PrinterConfig, dpi: int) -> int | None:
    """Of settings and label; None where there is no such head."""
    if config.language is Language.BROTHER and dpi != 300:
        return None
    if config.language in {Language.EPL2, Language.ESCPOS} and dpi == 600:
        return None
    image: LabelImage = PAINTER.paint("40x30", dpi, fields(1))
    encoder = encoder_for(replace(config, dpi=dpi))
    return len(encoder.setup() + encoder.label(image, "1"))
