"""Facts about starting and ending the service."""

import contextlib
import os
import signal
import socket
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from gizqr_station.domain.settings_failures import SecretExposed, SettingInvalid
from gizqr_station.domain.stop import Stop
from gizqr_station.service.run import LOOPBACK, serve
from tests.service.running import SandboxProcess, running_sandbox

TASKS = "/qrcode/v1/0a6781ed676045988d5d72f3f0480fba/tasks"
KEY = {"Authorization": "G"}


@pytest.fixture(scope="module")
def children(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, SandboxProcess]]:
    """Started together because starting takes a second; none outlives the tests."""
    ways = ("SIGKILL", "stdin")
    started = {way: SandboxProcess(tmp_path_factory.mktemp(way), way) for way in ways}
    with contextlib.ExitStack() as ending:
        for child in started.values():
            ending.enter_context(child)
        yield started


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_gracefully_and_is_given_back(tmp_path: Path, number: signal.Signals) -> None:
    answers: list[int] = []

    def end_when_heard(url: str) -> None:
        with socket.create_connection((LOOPBACK, int(url.rpartition(":")[2])), timeout=5):
            answers.append(1)
        signal.raise_signal(number)

    before = signal.getsignal(number)
    serve(LOOPBACK, 0, tmp_path, announce=end_when_heard)
    assert answers == [1]
    assert signal.getsignal(number) is before


def test_it_ends_with_its_parents_pipe(children: dict[str, SandboxProcess]) -> None:
    child = children["stdin"]
    assert child.url()
    assert child.process.stdin is not None
    child.process.stdin.close()
    child.process.stdin = None
    assert child.rest() == (0, "ended well\n", "")


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
def test_a_task_that_was_accepted_outlives_kill_9(children: dict[str, SandboxProcess]) -> None:
    child = children["SIGKILL"]
    body = {"start_mac": "00911f500000", "end_mac": "00911f50007f"}
    with httpx.Client(base_url=child.url(), trust_env=False, headers=KEY) as client:
        assert client.post(TASKS, json=body).status_code == 201
        child.process.kill()
    child.rest()
    assert not (child.folder / "zips" / "1.zip").exists()
    with running_sandbox(child.folder) as url, httpx.Client(base_url=url, trust_env=False, headers=KEY) as client:
        ends = time.monotonic() + 20
        while (listed := client.get(TASKS).json())["objects"][0]["file"] is None:
            assert time.monotonic() < ends
            time.sleep(0.05)
        assert listed["meta"]["total"] == 1
    with zipfile.ZipFile(child.folder / "zips" / "1.zip") as archive:
        assert len(archive.namelist()) == 128


def test_a_port_that_is_taken_is_a_setting_that_cannot_be_used(tmp_path: Path) -> None:
    with socket.create_server((LOOPBACK, 0)) as taken, pytest.raises(SettingInvalid):
        serve(LOOPBACK, taken.getsockname()[1], tmp_path)


@pytest.mark.parametrize(("host", "port"), [("no such host", 0), (LOOPBACK, 70000)])
def test_an_address_that_is_none_is_a_setting_that_cannot_be_used(tmp_path: Path, host: str, port: int) -> None:
    with pytest.raises(SettingInvalid):
        serve(host, port, tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_it_does_not_start_with_a_key_that_others_can_read(tmp_path: Path) -> None:
    key = tmp_path / "sealing.key"
    key.write_bytes(bytes(32))
    key.chmod(0o644)
    with pytest.raises(SecretExposed):
        serve(LOOPBACK, 0, tmp_path)


def test_what_listens_everywhere_is_announced_as_this_machine(tmp_path: Path) -> None:
    stop, announced = Stop(), list[str]()

    def heard(url: str) -> None:
        announced.append(url)
        stop.set()

    serve("0.0.0.0", 0, tmp_path, announce=heard, stop=stop)
    assert announced[0].startswith(f"http://{LOOPBACK}:")
