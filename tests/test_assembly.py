"""Settings become the parts they name, and what cannot be is said by its setting."""

import queue
from pathlib import Path
from typing import Any, TypeVar

import pytest

from gizqr_station import assembly
from gizqr_station.codes.local_codes import LinkCodes, TemplateCodes
from gizqr_station.codes.service_codes import ServiceCodes
from gizqr_station.domain.device_failures import PortInUseHere
from gizqr_station.domain.ledger_failures import LedgerNotWritable, NoLedger, StationAlreadyRunning
from gizqr_station.domain.printer_failures import PrinterSilent
from gizqr_station.domain.printer_setup_failures import PrinterUnknown
from gizqr_station.domain.settings_failures import SecretMissing, SettingInvalid, SettingMissing, SettingsUnreadable
from gizqr_station.domain.stop import Stop
from gizqr_station.places import DataFolder
from gizqr_station.readers.simulated import SimulatedDevice, supported
from gizqr_station.readers.simulated_module import Plugged
from gizqr_station.settings.model import Settings
from gizqr_station.settings.secret_store import environment_name
from gizqr_station.settings.store import load, write_commented
from gizqr_station.workflows import device_desk
from gizqr_station.workflows.device_happenings import TrialEnded, WireLogKept
from gizqr_station.workflows.happenings import AtSlot, DeskDone, Happening, PrinterLooked, UnitDone, WaitingForDevice
from tests.fake_bench import WAIT_S
from tests.printing.talking_printer import Zebra, talking

KEY = "0a6781ed676045988d5d72f3f0480fba"
CLOCK = assembly.SystemClock()


def settings(**sections: Any) -> Settings:
    product: dict[str, object] = {"key": KEY, "name": "Smart Plug", **sections.pop("product", {})}
    return Settings.model_validate({"product": product, **sections})


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "station")


def test_each_scheme_has_its_own_source_of_codes(folder: DataFolder, tmp_path: Path) -> None:
    links = tmp_path / "links.csv"
    links.write_text("identity,did,passcode\n00911f500047,D2vcp7K6LnqMZK9SFBZr6i,123456\nnonsense,x,y\n")
    products: list[dict[str, object]] = [
        {},
        {"scheme": "link", "links_file": str(links)},
        {"scheme": "template", "content": "https://example.com/{mac}"},
    ]
    made = [assembly.code_provider(folder, settings(product=product), CLOCK) for product in products]
    assert [type(provider) for provider in made] == [ServiceCodes, LinkCodes, TemplateCodes]


@pytest.mark.parametrize(
    ("sections", "failure"),
    [
        ({"product": {"scheme": "template", "content": "{secret}"}}, SettingInvalid),
        ({"product": {"scheme": "link", "links_file": "/nonexistent.csv"}}, SettingsUnreadable),
        ({"service": {"authorization_secret": "line-3"}}, SecretMissing),
    ],
)
def test_what_cannot_be_made_is_said(
    folder: DataFolder, sections: dict[str, dict[str, object]], failure: type[Exception]
) -> None:
    with pytest.raises(failure):
        assembly.code_provider(folder, settings(**sections), CLOCK)


@pytest.mark.parametrize("missing", ["key", "name"])
def test_without_its_product_a_station_cannot_work(folder: DataFolder, missing: str) -> None:
    with pytest.raises(SettingMissing) as refused:
        assembly.product_from(settings(product={missing: ""}), folder)
    assert refused.value.key == f"product.{missing}"


@pytest.mark.parametrize(
    ("product", "service"),
    [
        ({"scheme": "gizwits"}, "http://qr.factory.example.test:1800"),
        ({"scheme": "private"}, "http://qr.factory.example.test:1800"),
        ({"scheme": "template", "content": "https://x.example/{mac}"}, ""),
    ],
)
def test_a_product_knows_the_service_that_issues_its_codes_as_they_name_it(
    folder: DataFolder, product: dict[str, object], service: str
) -> None:
    wanted = settings(product=product, service={"url": "http://QR.factory.example.test:1800"})
    assert assembly.product_from(wanted, folder).service == service
    if service:
        assert assembly.task_client(folder, wanted).address == service


def test_a_folder_is_held_by_one_and_free_again_afterwards(folder: DataFolder) -> None:
    lock = assembly.hold(folder)
    with pytest.raises(StationAlreadyRunning):
        assembly.hold(folder)
    lock.release()
    assembly.hold(folder).release()


def test_a_folder_below_a_file_cannot_be_held(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(LedgerNotWritable):
        assembly.hold(DataFolder(tmp_path / "file" / "station"))


def test_looking_into_a_ledger_never_begins_one(folder: DataFolder) -> None:
    with pytest.raises(NoLedger):
        assembly.existing_ledger(folder)
    assert not folder.ledger_file.exists()


def test_today_began_at_midnight_here() -> None:
    midnight = assembly.local_midnight()
    assert (midnight.hour, midnight.minute, midnight.tzinfo is None) == (0, 0, False)


def test_each_printer_is_made_by_its_name_and_the_lines_own_without_one(folder: DataFolder, tmp_path: Path) -> None:
    printers = [{"name": name, "address": f"file:{tmp_path}/{name}"} for name in ("a", "b")]
    made = Settings.model_validate({"printers": printers, "station": {"printer": "b"}})
    assert (assembly.label_printer(folder, made).name, assembly.label_printer(folder, made, "a").name) == ("b", "a")
    with pytest.raises(PrinterUnknown) as refused:
        assembly.label_printer(folder, made, "c")
    assert refused.value.known == "a, b"


def test_the_printers_that_ever_answered_are_kept_in_the_folder(folder: DataFolder) -> None:
    folder.root.mkdir()
    zebra = Zebra()
    with talking(zebra) as port:
        made = Settings.model_validate({"printers": [{"address": f"tcp://127.0.0.1:{port}"}]})
        assert assembly.label_printer(folder, made).status(Stop()).told
        assert folder.answered_file.read_text() == f"zpl tcp://localhost:{port}\n"
        zebra.silent = True
        named = assembly.label_printer(folder, made, made.printers[0].name)
        assert isinstance(named.status(Stop()).failure, PrinterSilent)
        pool = assembly.printer_pool(folder, assembly.printer_shelf(folder, made, demo=True))
        assert isinstance(pool.line_printer.status(Stop()).failure, PrinterSilent)
        pool.close()


def test_a_demo_never_touches_the_settings_file_of_its_folder(folder: DataFolder) -> None:
    write_commented(folder.settings_file, settings(printers=[{"name": "real"}]))
    there = folder.settings_file.read_bytes()
    demo = assembly.printer_shelf(folder, settings(printers=[{"name": "virtual"}]), demo=True)
    assert demo.line_printer() == "virtual"
    demo.keep(demo.printers(), "virtual")
    assert folder.settings_file.read_bytes() == there
    assert assembly.printer_shelf(folder, settings()).line_printer() == "real"


def test_a_station_prints_on_the_printer_that_is_chosen_while_it_runs(folder: DataFolder, tmp_path: Path) -> None:
    printers = [{"name": name, "address": f"file:{tmp_path}/{name}"} for name in ("a", "b")]
    own = {"scheme": "template", "content": "https://x.example/{mac}", "scan_back_every": 0}
    write_commented(folder.settings_file, settings(product=own, printers=printers))
    told: queue.SimpleQueue[Happening] = queue.SimpleQueue()
    station = assembly.open_station(folder, load(folder.settings_file), told.put, demo=False)
    try:
        wait_for(told, WaitingForDevice)
        station.controls.scanned("00911f500047")
        assert wait_for(told, UnitDone).job.draft.printer == "a"
        station.desk.use_for_line("b")
        assert wait_for(told, DeskDone).failure is None
        station.controls.scanned("00911f500048")
        assert wait_for(told, UnitDone).job.draft.printer == "b"
        station.desk.look_at("a")
        while wait_for(told, PrinterLooked).printer != "a":
            pass
    finally:
        station.shut_down()
    assert [len(list((tmp_path / name).iterdir())) for name in ("a", "b")] == [1, 1]
    assert load(folder.settings_file).station.printer == "b"
    assembly.hold(folder).release()


def test_a_scanner_and_a_slot_on_one_device_keep_the_station_shut(folder: DataFolder, tmp_path: Path) -> None:
    (tmp_path / "by-id").symlink_to(tmp_path / "ttyACM0")
    own = {"scheme": "template", "content": "https://x.example/{mac}"}
    slots, scanner = [{"port": str(tmp_path / "ttyACM0")}], {"port": str(tmp_path / "by-id")}
    made = settings(product=own, slots=slots, scanner=scanner)
    with pytest.raises(SettingInvalid) as refused:
        assembly.open_station(folder, made, print, demo=False)
    assert (refused.value.key, "slot 1 is at" in refused.value.reason) == ("scanner.port", True)
    assembly.hold(folder).release()


def test_a_station_knows_the_port_of_its_own_scanner(
    folder: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(device_desk, "TRIAL_AT_MOST_S", 2.0)
    port = f"{tmp_path}/scanner"
    own = {"scheme": "template", "content": "https://x.example/{mac}"}
    write_commented(
        folder.settings_file,
        settings(product=own, printers=[{"name": "a", "address": f"file:{tmp_path}/a"}], scanner={"port": port}),
    )
    told: queue.SimpleQueue[Happening] = queue.SimpleQueue()
    station = assembly.open_station(folder, load(folder.settings_file), told.put, demo=False)
    try:
        station.devices.try_reader(port, "gagent", 0)
        assert isinstance(wait_for(told, TrialEnded).failure, PortInUseHere)
    finally:
        station.shut_down()


@pytest.mark.skipif(not supported(), reason="pseudo-terminals are a Unix thing")
def test_what_a_station_keeps_of_a_trial_shows_none_of_its_secrets(
    folder: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "00911f500047"
    monkeypatch.setenv(environment_name("canary"), secret)
    own = {"scheme": "template", "content": "https://x.example/{mac}", "secret_name": "canary"}
    write_commented(
        folder.settings_file, settings(product=own, printers=[{"name": "a", "address": f"file:{tmp_path}/a"}])
    )
    told: queue.SimpleQueue[Happening] = queue.SimpleQueue()
    with SimulatedDevice(tmp_path / "tty") as device:
        device.plug(Plugged(secret))
        station = assembly.open_station(folder, load(folder.settings_file), told.put, demo=False)
        try:
            station.devices.try_reader(str(device.link), "gagent", 0)
            wait_for(told, TrialEnded)
            station.devices.keep_log()
            kept = Path(wait_for(told, WireLogKept).path)
        finally:
            station.shut_down()
    heard = [line for line in kept.read_text(encoding="utf-8").splitlines() if line[14:15] == "←"]
    assert "*" * len(secret) in "".join(line[66:] for line in heard)
    assert secret not in "".join(line[66:] for line in heard)


Heard = TypeVar("Heard")


def wait_for(told: "queue.SimpleQueue[Happening]", kind: type[Heard]) -> Heard:
    """The next happening of this kind; what comes before it is let go."""
    while True:
        happening = told.get(timeout=WAIT_S)
        happening = happening.happening if isinstance(happening, AtSlot) else happening
        if isinstance(happening, kind):
            return happening
