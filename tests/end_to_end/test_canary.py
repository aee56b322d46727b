"""A product secret and a service key that are canaries: a whole shift later they stand nowhere but where they are kept.

Everything is looked through: each file below the data folder, what the printer got, logs at their most talkative,
what the commands said, and the export. Every form in which a program might write them down is looked for.
"""

import base64
import contextlib
import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from gizqr_station import assembly
from gizqr_station.cli.log import configure_log
from gizqr_station.domain.stop import Stop
from gizqr_station.places import DataFolder
from gizqr_station.printing.virtual_printer import VirtualPrinter
from gizqr_station.readers.simulated import SimulatedDevice
from gizqr_station.readers.simulated_module import Plugged
from gizqr_station.service.run import serve
from gizqr_station.settings.model import Settings
from gizqr_station.settings.secret_store import find_secret
from gizqr_station.settings.station_secrets import secrets_named_in
from gizqr_station.settings.store import write_commented
from gizqr_station.workflows.happenings import ScanBackDue, ScanRefused, UnitDone, WaitingForDevice
from tests.cli.conftest import Answered, Run, run  # noqa: F401 - a fixture
from tests.end_to_end.line import PRODUCT_KEY
from tests.fake_bench import WAIT_S
from tests.fake_jigs import SlotEar

SECRET, SERVICE_KEY = "9f86d081884c7d659a2feaa0c55ad015", "canary-of-the-service-key-7f3a91"


def needles() -> dict[str, bytes]:
    """What nothing may hold, in small letters where the case does not matter."""
    found = {}
    for name, value in (("secret", SECRET), ("key", SERVICE_KEY)):
        found[f"{name}, plain"] = value.encode()
        found[f"{name}, hexadecimal"] = value.encode().hex().encode()
        found[f"{name}, UTF-16"] = value.encode("utf-16-le")
        for offset in range(3):
            encoded = base64.b64encode(b"\0" * offset + value.encode() + b"\0" * ((3 - offset - len(value)) % 3))
            found[f"{name}, base64 at {offset}"] = encoded[4:-4]
    found["secret, base64 of its bytes"] = base64.b64encode(bytes.fromhex(SECRET)).rstrip(b"=")[:-1]
    return found


def leaks(data: bytes) -> list[str]:
    small = data.lower()
    return [name for name, needle in needles().items() if needle in (data if "base64" in name else small)]


def everything_below(folder: Path, *, but: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_relative_to(but):
            yield path


@contextlib.contextmanager
def service_with_a_key(folder: Path) -> Iterator[str]:
    stop, announced, urls = Stop(), threading.Event(), []

    def announce(url: str) -> None:
        urls.append(url)
        announced.set()

    options = {"authorization": SERVICE_KEY, "announce": announce, "stop": stop}
    thread = threading.Thread(target=serve, args=("127.0.0.1", 0, folder), kwargs=options, name="sandbox")
    thread.start()
    try:
        assert announced.wait(WAIT_S)
        yield urls[0]
    finally:
        stop.set()
        thread.join(WAIT_S)


@pytest.fixture
def talkative() -> Iterator[None]:
    """Every library says all that it can, into the station's own log."""
    names = ("", "httpx", "httpcore", "alembic", "PIL", "sqlalchemy.engine")
    before = {name: logging.getLogger(name).level for name in names}
    yield
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)
    configure_log(None)


def set_up(tmp_path: Path, url: str, printer: VirtualPrinter, port: Path) -> tuple[DataFolder, Settings]:
    folder = DataFolder(tmp_path / "data")
    folder.secrets.mkdir(parents=True)
    for name, value in (("product-secret", SECRET), ("qr-key", SERVICE_KEY)):
        (folder.secrets / name).write_text(value)
        (folder.secrets / name).chmod(0o600)
    settings = Settings.model_validate(
        {
            "station": {"name": "bench-1", "operator": "Li Wei"},
            "product": {"key": PRODUCT_KEY, "name": "Smart Plug", "secret_name": "product-secret", "quota": 0},
            "service": {"url": url, "authorization_secret": "qr-key", "deadline_s": 5.0},
            "scanner": {"repeat_s": 0},
            "slots": [{"port": str(port), "answer_s": 2.0}],
            "printers": [{"name": "zebra", "address": f"tcp://{printer.host}:{printer.port}"}],
        }
    )
    write_commented(folder.settings_file, settings)
    return folder, settings


def shift(folder: DataFolder, settings: Settings, printer: VirtualPrinter, device: SimulatedDevice) -> None:
    """One unit, and scans that hold the secret at every moment at which somebody may scan."""
    from gizqr_station.labels.picture_files import decode_picture

    ear = SlotEar()
    station = assembly.open_station(folder, settings, ear.hear, demo=False)
    try:
        ear.at(1, WaitingForDevice)
        for text in (SECRET, f"https://x.example/?ps={SECRET.upper()}", SERVICE_KEY):
            station.controls.scanned(text)
            ear.at(1, ScanRefused)
        device.plug(Plugged("00911f500047"))
        ear.at(1, ScanBackDue)
        for text in (
            f"http://a.example?product_key={SECRET}&did={SERVICE_KEY}&passcode=1",
            SECRET,
            "type=share&code=" + SECRET,
        ):
            station.controls.scanned(text)
            ear.at(1, ScanRefused)
        assert printer.wait_for(1, WAIT_S)
        station.controls.scanned(decode_picture(printer.printed[0].png))
        ear.at(1, UnitDone)
        device.unplug()
        ear.at(1, WaitingForDevice)
    finally:
        station.shut_down()


def commands(run: Run, tmp_path: Path) -> list[Answered]:  # noqa: F811
    """What people do with a station on the command line, with the secret wherever they could put it."""
    listed = tmp_path / f"order {SECRET}.csv"
    listed.write_text(f"mac,note\n00911f500048,{SECRET}\n00911f500049,\n{SECRET},\n")
    picture = tmp_path / "code.png"
    code = zxingcpp.create_barcode(f"https://x.example/?ps={SECRET}", zxingcpp.BarcodeFormat.QRCode)
    Image.fromarray(code.to_image(scale=4)).save(picture)
    output = tmp_path / "data" / "out"
    said = [
        run("print", "--identity", "00911f50004a", "--json"),
        run("batch", "run", listed, "--yes", "--json"),
        run("batch", "list", "--json"),
        run("batch", "run", listed, "--dry-run"),
        run("render", "--identity", "00911f500047", "--output", output.with_suffix(".png"), "--json"),
        run("render", "--content", f"https://x.example/{SECRET}", "--output", output.with_suffix(".zpl"), "--json"),
        run("render", "--content", "https://x.example/1", "--product-name", SECRET, "--output", output, "--json"),
        run("check", picture, "--json"),
        run("check", picture, "--expect", SERVICE_KEY),
        run("ledger", "find", "--json"),
        run("ledger", "show", "00911f500047", "--json"),
        run("ledger", "find", SECRET),
        run("ledger", "export", "--output", output.with_suffix(".csv")),
        run("ledger", "verify"),
        run("doctor", "--json"),
    ]
    assert [answered.code for answered in said if answered.code == 2] == []
    assert (said[0].code, said[4].code, said[9].code, said[12].code, said[13].code) == (0, 0, 0, 0, 0)
    assert not output.with_suffix(".zpl").exists()
    return said


def test_a_shift_leaves_no_secret_anywhere(
    run: Run,  # noqa: F811
    tmp_path: Path,
    talkative: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("keyring.get_password", lambda _service, _name: None)
    with (
        service_with_a_key(tmp_path / "service") as url,
        VirtualPrinter(tmp_path / "labels", 203) as printer,
        SimulatedDevice(tmp_path / "tty") as device,
    ):
        folder, settings = set_up(tmp_path, url, printer, device.link)
        assert find_secret("product-secret", folder.secrets) == SECRET
        configure_log(folder, secrets_named_in(folder.settings_file, folder.secrets))
        for name in ("", "httpx", "httpcore", "alembic", "PIL", "sqlalchemy.engine"):
            logging.getLogger(name).setLevel(logging.DEBUG)
        logging.getLogger("gizqr_station").warning("asked with %s for %s", SERVICE_KEY, SECRET)
        shift(folder, settings, printer, device)
        said = commands(run, tmp_path)
        files = [
            *everything_below(folder.root, but=folder.secrets),
            *everything_below(tmp_path / "labels", but=folder.secrets),
        ]
    assert folder.log_file in files
    assert folder.ledger_file in files
    assert {path.name: found for path in files if (found := leaks(path.read_bytes()))} == {}
    told = [(answered.out + answered.err).encode() for answered in said]
    assert [found for text in told if (found := leaks(text))] == []
    # The control: what is looked for would be found.
    assert leaks((folder.secrets / "product-secret").read_bytes()) == ["secret, plain"]
    assert leaks(base64.b64encode(b"ab" + SERVICE_KEY.encode())) != []
    assert "asked with *** for ***" in folder.log_file.read_text("utf-8")
