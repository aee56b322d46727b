"""Labels a second of a whole batch: ``python3 packaging/station.py test -m benchmark -n 0 -s -k bench_batch``.

Everything is done: the code from a list of links, the label drawn and decoded again, its row, the queue, SENT, the
bytes to a virtual printer, the outcome. What drawing and decoding alone take is measured beside it, for nothing can be
quicker than that on one processor.
"""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gizqr_station.assembly import SystemClock
from gizqr_station.codes.local_codes import Link, LinkCodes
from gizqr_station.domain.allowance import Allowance
from gizqr_station.domain.batch import BatchState, ItemState
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.label import LabelFields
from gizqr_station.domain.printer import Asking, PrinterConfig
from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.domain.product import CodeScheme, Product
from gizqr_station.domain.stop import Stop
from gizqr_station.labels.painter import LabelPainter
from gizqr_station.labels.read_back import ZxingReadBack
from gizqr_station.labels.template_files import TemplateShelf
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.printing.joining import printer_for
from gizqr_station.workflows.batch import BatchRun, begin_batch
from gizqr_station.workflows.batch_ports import BatchDraft
from gizqr_station.workflows.duty import NamedOperator
from gizqr_station.workflows.provision import Bench
from tests.benchmarks.bench_printing import FASTEST_HEAD, labels_at, printer_ear
from tests.contracts.ledger_samples import mac

pytestmark = pytest.mark.benchmark

LABELS = 500
LONG = 100_000
PRODUCT = Product("0a6781ed676045988d5d72f3f0480fba", "Smart Plug", CodeScheme.LINK)


@contextmanager
def bench(folder: Path, identities: tuple[Identity, ...]) -> Iterator[Bench]:
    links = {identity: Link(f"{identity.text}{'d' * 10}"[:22], "passcode") for identity in identities}
    clock = SystemClock()
    ledger = open_ledger(folder / "ledger.sqlite", kind="production", station="bench-1", clock=clock)
    with closing(ledger), printer_ear() as (port, program):
        address = PrinterAddress.parse(f"tcp://127.0.0.1:{port}")
        yield Bench(
            product=PRODUCT,
            station="bench-1",
            duty=NamedOperator("Li Wei"),
            demo=False,
            codes=LinkCodes(links, "links.csv", clock),
            painter=LabelPainter(TemplateShelf()),
            read_back=ZxingReadBack(),
            ledger=ledger,
            printer=printer_for(PrinterConfig("virtual", address, asking=Asking.NEVER)),
            clock=clock,
            allowance=Allowance(order="WO-7", ranges=(IdentityRange(identities[0], identities[-1]),)),
        )
        assert labels_at(program) == LABELS


def seconds_to_draw(made: Bench, identities: tuple[Identity, ...]) -> float:
    began = time.perf_counter()
    for number, identity in enumerate(identities):
        code = made.codes.code_for(PRODUCT, identity, Stop())
        fields = LabelFields(code.content, identity.readable, PRODUCT.name, f"L-{number:06d}", "")
        image = made.painter.paint(PRODUCT.template, 203, fields)
        made.read_back.require_content(image, code.content)
    return time.perf_counter() - began


def test_a_batch_of_five_hundred(tmp_path: Path) -> None:
    identities = tuple(mac(number) for number in range(LABELS))
    with bench(tmp_path, identities) as made:
        drawing_s = seconds_to_draw(made, identities)
        batch = begin_batch(made, "list.csv", identities)
        began = time.perf_counter()
        ended = BatchRun(made, lambda _: None).run(batch.number, Stop())
        seconds = time.perf_counter() - began
        assert (ended.batch.state, ended.batch.counts[ItemState.SENT]) == (BatchState.DONE, LABELS)
    rate = LABELS / seconds
    print(  # noqa: T201 - this is what a benchmark is for
        f"\n{LABELS} labels: {rate:.1f} a second, {rate / FASTEST_HEAD:.1f} times the fastest head;"
        f" drawing and decoding alone {LABELS / drawing_s:.1f} a second, a batch takes {seconds / drawing_s:.2f} times"
        " as long"
    )


def test_a_long_list(tmp_path: Path) -> None:
    identities = tuple(mac(number) for number in range(LONG))
    ledger: SqlLedger = open_ledger(tmp_path / "l.sqlite", kind="production", station="b", clock=SystemClock())
    with closing(ledger):
        began = time.perf_counter()
        ledger.begin_batch(BatchDraft("list.csv", PRODUCT.key, "WO-7", "virtual", identities), who="Li Wei")
        kept_s = time.perf_counter() - began
        began = time.perf_counter()
        ledger.batches()
        listed_s = time.perf_counter() - began
        began = time.perf_counter()
        ledger.live_among(PRODUCT.key, identities)
        looked_up_s = time.perf_counter() - began
    print(  # noqa: T201 - this is what a benchmark is for
        f"\n{LONG:,} identities kept in {kept_s:.1f} s, listed in {listed_s * 1000:.1f} ms,"
        f" looked up in {looked_up_s:.1f} s, {datetime.now(UTC):%Y-%m-%d}"
    )
