"""How fast a zip of codes is imported: ``python3 packaging/station.py test -m benchmark -n 0 -s -k bench_import``.

Ten thousand codes, from the bytes of the zip to checked contents. Beside it the bare decoding of the same pictures,
which lie in memory as grey dots already: nothing can be quicker than that on one processor. How long the window would
wait for its turn meanwhile, and how soon an import ends that is told to, are measured as well.
"""

import io
import statistics
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime

import pytest
import zxingcpp
from PIL import Image

from gizqr_station.codes.zip_contents import codes_in
from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.pooled_codes import CodeZip, ZipCodes
from gizqr_station.domain.stop import Stop, Stopped
from tests.codes.made_codes import content_for, picture_for
from tests.codes.scripted_service import PRODUCT, zip_of

pytestmark = pytest.mark.benchmark

CODES = 10_000
OF = CodeZip(PRODUCT, "http://qr.example", CodeSource.SERVICE, "", "7.zip", "", datetime(2026, 11, 22, tzinfo=UTC))
QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCodeModel2)


@pytest.fixture(scope="module")
def pictures() -> dict[str, bytes]:
    """By identity. Drawing them takes longer than all the rest."""
    names = [f"00911f{number:06x}" for number in range(CODES)]
    with ProcessPoolExecutor(2) as pool:
        return dict(zip(names, pool.map(picture_for, names, chunksize=250), strict=True))


def grey(picture: bytes) -> memoryview:
    with Image.open(io.BytesIO(picture), formats=["PNG"]) as image:
        dots = image.convert("L")
    return memoryview(dots.tobytes()).cast("B", (dots.height, dots.width))


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def imported(data: bytes, stop: Stop, opened: Callable[[int, int], None] = lambda _done, _total: None) -> ZipCodes:
    codes = codes_in(data, OF, None, stop, opened)
    assert len(codes.contents) == CODES
    return codes


def test_ten_thousand_codes(pictures: dict[str, bytes]) -> None:
    data, ready = zip_of(pictures), [grey(picture) for picture in pictures.values()]

    def bare() -> None:
        for dots in ready:
            assert len(zxingcpp.read_barcodes(dots, formats=QR, text_mode=zxingcpp.TextMode.Plain)) == 1

    # In turns, so that whatever else the machine does is the same for both.
    turns = [(seconds(bare), seconds(lambda: imported(data, Stop()))) for _ in range(3)]
    bare_s, whole_s = (min(each) for each in zip(*turns, strict=True))
    codes = imported(data, Stop())
    assert all(content == content_for(identity.text) for identity, content in codes.contents.items())
    print(  # noqa: T201 - this is what a benchmark is for
        f"\n{CODES:,} codes of {len(data) / 1e6:.1f} MB in {whole_s:.1f} s: {CODES / whole_s:,.0f} a second;"
        f" decoding alone {CODES / bare_s:,.0f} a second, the import takes {whole_s / bare_s:.2f} times as long"
    )


def test_what_the_window_notices_of_it(pictures: dict[str, bytes]) -> None:
    data = zip_of(pictures)
    importing = threading.Thread(target=lambda: imported(data, Stop()))
    gaps_ms: list[float] = []
    importing.start()
    while importing.is_alive():
        began = time.perf_counter()
        time.sleep(0.001)
        gaps_ms.append((time.perf_counter() - began) * 1000)
    importing.join()
    cuts = statistics.quantiles(gaps_ms, n=100)
    print(  # noqa: T201 - this is what a benchmark is for
        f"\na sleep of 1 ms beside an import: median {cuts[49]:.1f} ms, p99 {cuts[98]:.1f} ms, longest"
        f" {max(gaps_ms):.1f} ms, of {len(gaps_ms):,}"
    )


def test_how_soon_it_ends(pictures: dict[str, bytes]) -> None:
    data, waits_ms = zip_of(pictures), []
    for tenth in range(10):
        stop = Stop()
        told: list[float] = []

        def opened(done: int, total: int, stop: Stop = stop, told: list[float] = told, at: int = tenth) -> None:
            if done > at * total // 10 and not told:
                told.append(time.perf_counter())
                stop.set()

        with pytest.raises(Stopped):
            imported(data, stop, opened)
        waits_ms.append((time.perf_counter() - told[0]) * 1000)
    checks_s = seconds(lambda: codes_in(data, OF, frozenset(pictures), Stop())) / CODES
    print(  # noqa: T201 - this is what a benchmark is for
        f"\ntold to end at each tenth, it had ended after {max(waits_ms):.1f} ms at the most; {checks_s * 1e6:.0f} µs a"
        " picture"
    )
