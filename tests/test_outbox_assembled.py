"""Results as a station hands them over: through the settings, to a folder and to an address that is really there."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from gizqr_station.assembly.clock import SystemClock
from gizqr_station.assembly.outbox import outboxes, takers
from gizqr_station.domain.code_failures import ServiceUnreachable
from gizqr_station.domain.job import JobState
from gizqr_station.domain.result import Destination
from gizqr_station.domain.settings_failures import SecretMissing
from gizqr_station.domain.stop import Stop
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.settings.record_settings import OutboxSettings
from gizqr_station.workflows.happenings import Happening
from gizqr_station.workflows.outbox_happenings import OutboxSeen
from tests.contracts.ledger_samples import brought_to, mac, opened
from tests.fake_outbox import a_result


@dataclass
class Mes:
    """What a factory's system got, and how it answers."""

    port: int = 0
    answers: list[int] = field(default_factory=list)
    got: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/in/results?line=3"


@contextmanager
def listening() -> Iterator[Mes]:
    mes = Mes()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            mes.got.append((self.path, dict(self.headers), body))
            self.send_response(mes.answers.pop(0) if mes.answers else 200)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    mes.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield mes
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    made = DataFolder(tmp_path / "data")
    made.secrets.mkdir(parents=True)
    secret = made.secrets / "mes"
    secret.touch(0o600)
    secret.write_text("correct horse", encoding="utf-8")
    return made


def test_verified_labels_reach_folder_and_address(folder: DataFolder, tmp_path: Path) -> None:
    (tmp_path / "mes").mkdir()
    told: list[Happening] = []
    with (
        listening() as mes,
        closing(open_ledger(folder.ledger_file, kind="production", station="bench-1", clock=SystemClock())) as ledger,
    ):
        said = OutboxSettings(folder=str(tmp_path / "mes"), webhook=mes.url, webhook_secret="mes")
        both = outboxes(folder, Settings(outbox=said), ledger, SystemClock(), told.append)
        for each in both:
            each.once(Stop())
        for number in (1, 2):
            brought_to(ledger, opened(ledger, identity=mac(number)), JobState.VERIFIED)
        mes.answers = [503, 200, 204]
        assert [each.once(Stop()) for each in both] == [1.0, 2.0]
        assert [each.once(Stop()) for each in both] == [1.0, 1.0]
        assert [ledger.unsent(destination)[0] for destination in Destination] == [0, 0]
    assert [path for path, _, _ in mes.got] == ["/in/results?line=3"] * 3
    serials = [json.loads(body)["label_serial"] for _, _, body in mes.got]
    assert serials == ["L-000001", "L-000001", "L-000002"]
    keys = [headers["Idempotency-Key"] for _, headers, _ in mes.got]
    assert keys[0] == keys[1] != keys[2]
    signed = hmac.new(b"correct horse", mes.got[0][2], hashlib.sha256).hexdigest()
    assert mes.got[0][1]["X-Gizqr-Signature"] == f"sha256={signed}"
    files = sorted(json.loads(file.read_bytes())["label_serial"] for file in (tmp_path / "mes").glob("*.json"))
    assert files == ["L-000001", "L-000002"]
    assert [seen.unsent for seen in told if isinstance(seen, OutboxSeen)] == [0, 0, 2, 0]


def test_a_redirect_is_no_success_and_is_not_followed(folder: DataFolder) -> None:
    with listening() as mes:
        mes.answers = [307]
        (taker,) = takers(folder, Settings(outbox=OutboxSettings(webhook=mes.url)))
        with pytest.raises(Exception, match="E-OUT-21"):
            taker.deliver(a_result(7), Stop())
        assert len(mes.got) == 1


def test_an_address_where_nobody_listens_is_said(folder: DataFolder) -> None:
    with listening() as mes:
        url = mes.url
    (taker,) = takers(folder, Settings(outbox=OutboxSettings(webhook=url)))
    with pytest.raises(ServiceUnreachable):
        taker.deliver(a_result(7), Stop())


def test_a_missing_secret_is_said_at_the_start(folder: DataFolder) -> None:
    said = OutboxSettings(webhook="https://mes.example/in", webhook_secret="nowhere")
    with pytest.raises(SecretMissing):
        takers(folder, Settings(outbox=said))


def test_without_a_destination_there_is_no_outbox(folder: DataFolder) -> None:
    assert takers(folder, Settings()) == ()


def test_a_relative_folder_lies_beside_the_settings(folder: DataFolder) -> None:
    (folder.root / "results").mkdir()
    (taker,) = takers(folder, Settings(outbox=OutboxSettings(folder="results")))
    taker.stage(a_result(7))
    taker.deliver(a_result(7), Stop())
    assert [file.suffix for file in (folder.root / "results").glob("*.json")] == [".json"]
