"""The pool among a station's parts: begun, shared, damaged; and what the station tells of it before its line starts."""

import contextlib
import json
import socket
import sqlite3
from pathlib import Path

import pytest

from gizqr_station import assembly
from gizqr_station.assembly.codes_bench import codes_bench
from gizqr_station.assembly.pools import code_sources, opened_sources, pause_interrupted
from gizqr_station.codes.local_codes import LinkCodes
from gizqr_station.codes.pool_store import SqlPool
from gizqr_station.codes.pooled_provider import PooledCodes
from gizqr_station.codes.service_codes import ServiceCodes
from gizqr_station.domain.app_reading import AppBinds
from gizqr_station.domain.code_failures import ServiceUnreachable
from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.pool_failures import DecryptDiffers, FetchUnderWay, PoolUnreadable, SchemeNeedsNoPool
from gizqr_station.domain.pooled_codes import FetchState, PoolAdded
from gizqr_station.domain.product import Product
from gizqr_station.domain.stop import Stop
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import OrderSettings, Settings
from gizqr_station.workflows.code_fetch import begin_fetch
from gizqr_station.workflows.code_files import import_codes
from gizqr_station.workflows.code_happenings import CodeJudged, CodesDone, CodesFolderSeen, PoolSeen
from gizqr_station.workflows.happenings import AtSlot, HealthSeen, Part, WaitingForDevice
from tests.codes.faulty_server import Asked, FaultyServer, http
from tests.codes.issued_pictures import picture_of
from tests.codes.made_codes import content_for, picture_for, zip_for_all
from tests.codes.scripted_service import ScriptedService, zip_of
from tests.contracts.pool_samples import codes_of
from tests.ear import Ear
from tests.fake_codes import mac, macs
from tests.test_assembly import CLOCK, KEY, settings

NOWHERE = {"url": "http://127.0.0.1:9"}
PRODUCT = Product(KEY, "Smart Plug")


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "station")


def offline(**product: object) -> Settings:
    """Of a station whose service is out of reach, and that has an order."""
    made = settings(product=product, service=NOWHERE)
    return made.model_copy(update={"order": OrderSettings(number="WO-7", identities=(str(macs(0, 5)),))})


def test_each_scheme_has_its_own_source_and_only_a_services_codes_a_pool(folder: DataFolder, tmp_path: Path) -> None:
    links = tmp_path / "links.csv"
    links.write_text("identity,did,passcode\n00911f500047,D2vcp7K6LnqMZK9SFBZr6i,123456\n")
    with opened_sources(folder, settings(product={"scheme": "link", "links_file": str(links)}), CLOCK, None) as made:
        assert (type(made.provider), made.pooled) == (LinkCodes, None)
    assert not folder.pool_file.exists()
    with opened_sources(folder, settings(service=NOWHERE), CLOCK, None) as made:
        assert type(made.provider) is PooledCodes
        assert made.pooled is not None
        assert made.pooled.encrypted is False
        assert made.pooled.fetch.service == NOWHERE["url"]
    assert folder.pool_file.exists()


def test_without_a_pool_there_is_no_bench_for_codes(folder: DataFolder) -> None:
    own = settings(product={"scheme": "template", "content": "https://x.example/{mac}"})
    with pytest.raises(SchemeNeedsNoPool), codes_bench(folder, own):
        pass


def damaged(folder: DataFolder) -> None:
    folder.root.mkdir(parents=True)
    folder.pool_file.write_bytes(b"no database, though it is longer than the header of one has to be: " * 4)


def test_a_damaged_pool_leaves_the_service_and_is_left_as_it_is(folder: DataFolder) -> None:
    damaged(folder)
    before = folder.pool_file.read_bytes()
    sources = code_sources(folder, settings(service=NOWHERE), CLOCK, None)
    assert type(sources.provider) is ServiceCodes
    assert isinstance(sources.broken, PoolUnreadable)
    assert sources.pooled is not None
    pause_interrupted(sources.pooled)
    with pytest.raises(PoolUnreadable):
        sources.pooled.fetch.pool.count(KEY, "")
    sources.close()
    assert folder.pool_file.read_bytes() == before
    with pytest.raises(PoolUnreadable), codes_bench(folder, settings(service=NOWHERE)):
        pass


def test_one_program_fetches_at_a_time_and_names_the_fetch(folder: DataFolder) -> None:
    with codes_bench(folder, offline()) as one, codes_bench(folder, offline()) as other:
        with one.pooled.fetch.hold():
            number = begin_fetch(one.pooled.fetch, "WO-7", [macs(0, 5)], Stop()).number
            with pytest.raises(FetchUnderWay) as refused, other.pooled.fetch.hold():
                pass
            assert refused.value.number == number
            pause_interrupted(other.pooled)
            assert other.pooled.fetch.pool.fetch(number).state is FetchState.RUNNING
        with other.pooled.fetch.hold():
            assert one.pooled.fetch.pool.fetch(number).state is FetchState.PAUSED, "who ran it is gone"


def test_a_station_tells_what_its_order_misses_before_its_line_starts(folder: DataFolder) -> None:
    with codes_bench(folder, offline()) as bench:
        number = begin_fetch(bench.pooled.fetch, "WO-7", [macs(0, 5)], Stop()).number
    ear = Ear()
    station = assembly.open_station(folder, offline(), ear.hear, demo=False)
    with contextlib.ExitStack() as closing:
        closing.callback(station.shut_down)
        ear.wait(AtSlot, lambda told: isinstance(told.happening, WaitingForDevice))
        told = [type(each.happening if isinstance(each, AtSlot) else each) for each in ear.told]
        assert told.index(PoolSeen) < told.index(WaitingForDevice)
        (seen,) = [each for each in ear.told if isinstance(each, PoolSeen)][:1]
        assert (seen.order, seen.missing, seen.gaps) == ("WO-7", 5, (macs(0, 5),))
        assert [(each.number, each.state) for each in seen.fetches] == [(number, FetchState.PAUSED)]
        station.codes.look_in(str(folder.root))
        assert ear.wait(CodesFolderSeen).failure is None
        ear.seen = 0  # it may have been told before the folder was
        away = ear.wait(HealthSeen, lambda health: health.part is Part.CODE_SERVICE)
        assert away.failure is not None
        assert away.detail == "127.0.0.1:9"


def test_a_station_with_a_damaged_pool_opens_and_says_so(folder: DataFolder) -> None:
    damaged(folder)
    ear = Ear()
    station = assembly.open_station(folder, offline(), ear.hear, demo=False)
    with contextlib.ExitStack() as closing:
        closing.callback(station.shut_down)
        assert isinstance(ear.wait(CodesDone).failure, PoolUnreadable)
        ear.wait(AtSlot, lambda told: isinstance(told.happening, WaitingForDevice))


def test_a_pool_that_is_locked_at_the_start_is_used_as_soon_as_it_is_free(folder: DataFolder) -> None:
    made = settings(service=NOWHERE)
    with contextlib.closing(SqlPool.open(folder.pool_file, clock=CLOCK)) as pool:
        pool.add(codes_of([mac(1)], product_key=KEY, service=NOWHERE["url"]), Stop())
    with contextlib.closing(sqlite3.connect(folder.pool_file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        sources = code_sources(folder, made, CLOCK, None)
    with contextlib.closing(sources):
        assert sources.broken is None
        code = sources.provider.code_for(PRODUCT, mac(1), Stop())
        assert (code.identity, code.source) == (mac(1), CodeSource.POOL)


class CheckedService:
    """The scripted service; a POST makes the next of ``zips``, and every code is another device's when it is asked."""

    def __init__(self, *zips: bytes) -> None:
        left = list(zips)

        def made(service: ScriptedService, start: str, connection: socket.socket) -> None:
            service.created.append(start)
            service.add(left.pop(0))
            connection.sendall(http(201, b"{}"))

        self.scripted = ScriptedService(made)
        self.decrypted = 0

    def __call__(self, asked: Asked, connection: socket.socket, stop: Stop) -> None:
        if asked.path.endswith("/decrypt"):
            self.decrypted += 1
            connection.sendall(http(200, json.dumps({"product_key": KEY, "mac": mac(99).text}).encode()))
        else:
            self.scripted(asked, connection, stop)


@pytest.fixture
def zips() -> list[bytes]:
    """For one device: a picture that cannot be read, then a good one."""
    text = mac(0).text
    return [zip_of({text: picture_of("torn")}, KEY), zip_of({text: picture_for(text)}, KEY)]


def test_after_a_bad_picture_the_line_asks_for_another_one(folder: DataFolder, zips: list[bytes]) -> None:
    service = CheckedService(*zips)
    with (
        FaultyServer(service) as server,
        opened_sources(folder, settings(service={"url": server.url}), CLOCK, None) as sources,
    ):
        with pytest.raises(Failure):
            sources.provider.code_for(PRODUCT, mac(0), Stop())
        code = sources.provider.code_for(PRODUCT, mac(0), Stop())
        assert code.content == content_for(mac(0).text)
        assert service.scripted.created == [mac(0).text] * 2
        assert (again := sources.provider.code_for(PRODUCT, mac(0), Stop())).source is CodeSource.POOL
        assert again.content == code.content
    assert service.decrypted == 0


@pytest.mark.parametrize("who", ["the line", "the line without its pool", "a fetch"])
def test_whoever_gets_codes_asks_the_service_whose_they_are(folder: DataFolder, zips: list[bytes], who: str) -> None:
    service = CheckedService(zips[1])
    if who == "the line without its pool":
        damaged(folder)
    with FaultyServer(service) as server:
        made = settings(service={"url": server.url, "decrypt_check": "first"})
        with opened_sources(folder, made, CLOCK, None) as sources:
            ranges = sources.pooled and sources.pooled.fetch.ranges

            def ask() -> object:
                if who == "a fetch" and ranges:
                    return ranges.codes_of(KEY, macs(0, 1), Stop(), lambda _done: None)
                return sources.provider.code_for(PRODUCT, mac(0), Stop())

            with pytest.raises(DecryptDiffers):
                ask()
    assert service.decrypted == 1


def test_a_line_goes_on_without_a_pool_that_gets_locked(folder: DataFolder, zips: list[bytes]) -> None:
    service = CheckedService(zips[1])
    with (
        FaultyServer(service) as server,
        opened_sources(folder, settings(service={"url": server.url}), CLOCK, None) as sources,
        contextlib.closing(sqlite3.connect(folder.pool_file, isolation_level=None)) as other,
    ):
        assert sources.pooled is not None
        other.execute("BEGIN EXCLUSIVE")
        first = sources.provider.code_for(PRODUCT, mac(0), Stop())
        again = sources.provider.code_for(PRODUCT, mac(0), Stop())
        assert first.content == again.content == content_for(mac(0).text)
        assert service.scripted.created == [mac(0).text], "the task is remembered without the pool"


@pytest.mark.parametrize(("word", "added"), [("all", PoolAdded()), ("off", PoolAdded(1))])
def test_a_file_is_asked_about_as_the_settings_say(folder: DataFolder, word: str, added: PoolAdded) -> None:
    wanted = settings(service={**NOWHERE, "decrypt_check": word})
    folder.root.mkdir()
    mail = folder.root / "mail.zip"
    mail.write_bytes(zip_for_all("00911f500047"))
    with opened_sources(folder, wanted, CLOCK, None) as sources:
        assert sources.pooled is not None
        done = import_codes(sources.pooled, str(mail), Stop(), lambda _: None)
    assert (done.added, isinstance(done.failure, ServiceUnreachable)) == (added, word == "all")


def test_the_customers_own_app_is_known_to_the_codes_page(folder: DataFolder) -> None:
    own = settings(product={"scheme": "template", "content": "https://x.example/{mac}"})
    ear = Ear()
    station = assembly.open_station(folder, own, ear.hear, demo=False)
    with contextlib.ExitStack() as closing:
        closing.callback(station.shut_down)
        for text, binds in (("https://x.example/00911f500047", True), ("https://y.example/00911f500047", False)):
            station.codes.judge_text(text)
            reading = ear.wait(CodeJudged).reading
            assert reading is not None
            assert (reading.binds is AppBinds.OWN_APP) is binds
