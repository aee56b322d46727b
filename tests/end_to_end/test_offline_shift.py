"""A shift without a network: codes are fetched, the service is gone, and every unit still gets its own label."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from gizqr_station import assembly
from gizqr_station.assembly.batches import batch_bench
from gizqr_station.assembly.codes_bench import codes_bench
from gizqr_station.domain.batch import BatchState
from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import JobState
from gizqr_station.domain.pool_failures import OnPoolAlone
from gizqr_station.domain.pooled_codes import FetchState
from gizqr_station.domain.stop import Stop
from gizqr_station.places import DataFolder
from gizqr_station.printing.virtual_printer import VirtualPrinter
from gizqr_station.readers.simulated import SimulatedDevice
from gizqr_station.readers.simulated_module import Plugged
from gizqr_station.settings.model import OrderSettings, Settings
from gizqr_station.workflows.batch import BatchRun, begin_batch
from gizqr_station.workflows.code_files import export_codes, import_codes
from gizqr_station.workflows.code_happenings import FetchSeen, PoolSeen
from gizqr_station.workflows.happenings import HealthSeen, Part, ScanBackDue, UnitDone, WaitingForDevice
from tests.end_to_end.line import PRODUCT_KEY, Surroundings
from tests.end_to_end.offline import Unplugged, as_issued, fetched_ahead, other_folder, service_until_closed
from tests.fake_codes import mac, macs
from tests.fake_jigs import SlotEar

ORDER = macs(0, 240)
BY_HAND = 12
"""Units that come to the line one by one; others are a batch."""


@dataclass
class Shift:
    """A pool that has the whole order, and the address where nobody answers any more."""

    folder: DataFolder
    url: str
    zips: list[bytes]
    """As the service made them."""


@pytest.fixture(scope="module")
def shift(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shift]:
    place = tmp_path_factory.mktemp("shift")
    folder = DataFolder(place / "fetched")
    with service_until_closed(place / "service") as (url, service):
        fetched_ahead(folder, settings_for(url, place))
        zips = [file.read_bytes() for file in (place / "service").rglob("*.zip")]
        service.process.kill()
        service.process.wait()
        yield Shift(folder, url, zips)


def settings_for(url: str, place: Path) -> Settings:
    return Settings.model_validate(
        {
            "product": {"key": PRODUCT_KEY, "name": "Smart Plug", "quota": 0},
            "service": {"url": url, "deadline_s": 3.0},
            "order": {"number": "WO-7", "identities": [str(ORDER)]},
            "printers": [{"name": "paper", "address": f"file:{place}/paper"}],
        }
    )


def printed_as_a_batch(folder: DataFolder, settings: Settings, identities: list[Identity]) -> None:
    with batch_bench(folder, settings) as bench:
        batch = begin_batch(bench, "shift", identities)
        ended = BatchRun(bench, lambda _: None).run(batch.number, Stop())
        assert (ended.batch.state, ended.failure) == (BatchState.DONE, None)
        live = bench.ledger.live_among(bench.product.key, identities)
        assert set(live) == set(identities)
        assert len({job.draft.content for job in live.values()}) == len(identities)


def test_a_line_runs_its_shift_from_the_pool(shift: Shift, tmp_path: Path) -> None:
    ear = SlotEar()
    folder = other_folder(shift.folder, tmp_path / "station", pool=True)
    with (
        Unplugged(shift.url) as nobody,
        VirtualPrinter(tmp_path / "labels", 203) as printer,
        SimulatedDevice(tmp_path / "tty") as device,
    ):
        around = Surroundings(folder, [device], printer, shift.url)
        settings = around.settings(quota=0).model_copy(
            update={"order": OrderSettings(number="WO-7", identities=(str(ORDER),))}
        )
        station = assembly.open_station(folder, settings, ear.hear, demo=False)
        with contextlib.closing(_Open(station)):
            told = ear.wait(PoolSeen)
            assert (told.order, told.wanted, told.missing, told.encrypted) == ("WO-7", len(ORDER), 0, False)
            for number in range(BY_HAND):
                ear.at(1, WaitingForDevice)
                device.plug(Plugged(mac(number).text))
                due = ear.at(1, ScanBackDue).job
                assert due.identity == mac(number)
                station.controls.scanned(around.scanned_from_paper(number + 1))
                assert ear.at(1, UnitDone).job.state is JobState.VERIFIED
                device.unplug()
            away = ear.wait(HealthSeen, lambda seen: seen.part is Part.CODE_SERVICE)
            assert away.failure is None
            assert isinstance(away.warning, OnPoolAlone)
            assert away.warning.codes == len(ORDER)
            assert station.ledger.count(JobState.VERIFIED) == BY_HAND
            assert all(job.draft.test for job in station.ledger.all_jobs()), "a sandbox's codes bind nothing"
        assert nobody.of_the_line() == [], "the line asked the network for nothing"


class _Open:
    def __init__(self, station: assembly.Station) -> None:
        self._station = station

    def close(self) -> None:
        self._station.shut_down()


@pytest.mark.parametrize("units", [40, pytest.param(len(ORDER) - BY_HAND, marks=pytest.mark.slow)])
def test_a_batch_of_the_rest_touches_no_network_at_all(shift: Shift, tmp_path: Path, units: int) -> None:
    folder = other_folder(shift.folder, tmp_path / "station", pool=True)
    with Unplugged(shift.url) as nobody:
        printed_as_a_batch(folder, settings_for(shift.url, tmp_path), list(ORDER)[BY_HAND : BY_HAND + units])
        assert nobody.lines == []


def test_a_pool_that_was_carried_over_in_a_file_does_the_same(shift: Shift, tmp_path: Path) -> None:
    carried = tmp_path / "pool.gz"
    settings = settings_for(shift.url, tmp_path)
    with Unplugged(shift.url) as nobody:
        with codes_bench(shift.folder, settings) as bench:
            done = export_codes(bench.pooled, str(carried), None, Stop(), lambda _: None)
            assert (done.written, done.failure) == (len(ORDER), None)
        laptop = other_folder(shift.folder, tmp_path / "laptop", pool=False)
        with codes_bench(laptop, settings) as bench:
            taken = import_codes(bench.pooled, str(carried), Stop(), lambda _: None)
            assert taken.failure is None
            assert bench.seen(Stop()).missing == 0
        printed_as_a_batch(laptop, settings, list(ORDER)[:BY_HAND])
        assert nobody.lines == []


@pytest.mark.parametrize("issued", [False, True])
def test_a_zip_that_came_by_mail_does_the_same_and_only_a_sandboxs_says_test(
    shift: Shift, tmp_path: Path, issued: bool
) -> None:
    settings = settings_for(shift.url, tmp_path)
    (made,) = shift.zips
    mailed = tmp_path / "codes from the office.zip"
    mailed.write_bytes(as_issued(made) if issued else made)
    laptop = other_folder(shift.folder, tmp_path / "laptop", pool=False)
    with Unplugged(shift.url) as nobody:
        with codes_bench(laptop, settings) as bench:
            assert import_codes(bench.pooled, str(mailed), Stop(), lambda _: None).failure is None
            code = bench.pooled.fetch.pool.code(bench.product.key, bench.pooled.fetch.service, mac(0))
            assert code is not None
            assert code.source is (CodeSource.POOL if issued else CodeSource.SANDBOX)
        printed_as_a_batch(laptop, settings, list(ORDER)[:5])
        with contextlib.closing(assembly.existing_ledger(laptop)) as ledger:
            jobs = list(ledger.all_jobs())
        assert [(job.draft.test, job.mark) for job in jobs] == [(not issued, "" if issued else "TEST")] * 5
        assert nobody.lines == []


def test_with_the_network_back_what_the_pool_does_not_have_comes_from_the_service(shift: Shift, tmp_path: Path) -> None:
    folder = other_folder(shift.folder, tmp_path / "station", pool=True)
    with service_until_closed(tmp_path / "service") as (url, _):
        settings = settings_for(url, tmp_path)
        printed_as_a_batch(folder, settings.model_copy(update={"order": OrderSettings()}), [mac(900)])
        with codes_bench(folder, settings) as bench:
            pool = bench.pooled.fetch.pool
            assert pool.code(bench.product.key, url, mac(900)) is not None, "kept for the next time"
            assert pool.code(bench.product.key, url, mac(0)) is None, "another service's codes are not used"


def test_cancelling_while_the_service_still_makes_the_zip_ends_the_fetch(tmp_path: Path) -> None:
    ear = SlotEar()
    folder = DataFolder(tmp_path / "station")
    with service_until_closed(tmp_path / "service") as (url, _):
        settings = settings_for(url, tmp_path)
        station = assembly.open_station(folder, settings, ear.hear, demo=False)
        with contextlib.closing(_Open(station)):
            station.codes.fetch(f"{mac(5000)} x 1000")
            number = ear.wait(FetchSeen, lambda seen: seen.cut != "").fetch.number
            station.codes.cancel(number)
            ended = ear.wait(FetchSeen, lambda seen: seen.fetch.state is not FetchState.RUNNING)
            assert (ended.fetch.number, ended.fetch.state) == (number, FetchState.CANCELLED)
            assert ended.done < 1000
