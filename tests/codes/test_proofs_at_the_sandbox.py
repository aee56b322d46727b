"""Facts about proofs at the sandbox's own Open API, and about one that is killed between binding and unbinding."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from gizqr_station.codes.binding_prover import BindingProver
from gizqr_station.codes.open_api import OpenApiClient
from gizqr_station.domain.binding_proof import BindingProof, ProofStep, ProofVerdict
from gizqr_station.domain.identity import parse_identity
from gizqr_station.domain.proof_failures import AppIdRefused, ContentRefused, DeviceNeverOnline, DeviceOffline
from gizqr_station.domain.stop import Stop
from gizqr_station.service.sealing import Sealing, key_of
from tests.codes.scripted_cloud import APP_ID, GOOD, PRODUCT
from tests.service.running import SandboxProcess

MAC, OTHER = "00911f500047", "00911f500048"


@dataclass(frozen=True)
class Bench:
    """A station beside a sandbox."""

    url: str
    sealing: Sealing
    prover_file: Path

    def prove(self, content: str, mac: str, app_id: str = APP_ID) -> BindingProof:
        prover = BindingProver(lambda: OpenApiClient(self.url, app_id), self.prover_file)
        return prover.prove(content, PRODUCT, parse_identity(mac), Stop(), lambda _step: None)

    def code(self, mac: str) -> str:
        return self.sealing.seal(PRODUCT, mac)

    def say(self, mac: str, state: str) -> None:
        with httpx.Client(base_url=self.url, trust_env=False, verify=False, headers={"Authorization": "G"}) as client:
            client.put(f"/sandbox/devices/{mac}", json={"state": state}).raise_for_status()

    def bound(self) -> list[str]:
        """The MACs that the station's user has, asked as anybody could."""
        headers = {"X-Gizwits-Application-Id": APP_ID}
        name = self.prover_file.read_text().strip()
        with httpx.Client(base_url=self.url, trust_env=False, verify=False, headers=headers) as client:
            token = client.post("/app/users", json={"phone_id": name}).json()["token"]
            devices = client.get("/app/bindings", headers={"X-Gizwits-User-token": token}).json()["devices"]
        return [device["mac"] for device in devices]


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Sealing]]:
    folder = tmp_path_factory.mktemp("sandbox")
    with SandboxProcess(folder) as running:
        url = running.url()
        yield url, Sealing(key_of(folder / "sealing.key"))


@pytest.fixture
def bench(sandbox: tuple[str, Sealing], tmp_path: Path) -> Bench:
    return Bench(*sandbox, tmp_path / "prover.txt")


def test_a_code_of_the_sandbox_binds_there_and_the_proof_says_that_it_was_one(bench: Bench) -> None:
    proof = bench.prove(bench.code(MAC), MAC)
    assert (proof.verdict, proof.sandbox, proof.left_bound) == (ProofVerdict.BINDS, True, None)
    assert bench.bound() == []


def test_a_code_of_another_device_is_told(bench: Bench) -> None:
    proof = bench.prove(bench.code(OTHER), MAC)
    assert proof.verdict is ProofVerdict.OTHER_DEVICE
    assert bench.bound() == []


def test_a_real_code_does_not_bind_at_a_sandbox(bench: Bench) -> None:
    proof = bench.prove(GOOD, MAC)
    assert proof.verdict is ProofVerdict.DOES_NOT_BIND
    assert isinstance(proof.failure, ContentRefused)


@pytest.mark.parametrize(("state", "leaf"), [("never_online", DeviceNeverOnline), ("offline", DeviceOffline)])
def test_a_device_that_is_not_there_is_no_fault_of_the_label(bench: Bench, state: str, leaf: type) -> None:
    mac = "00911f500070"
    bench.say(mac, state)
    proof = bench.prove(bench.code(mac), mac)
    assert proof.verdict is ProofVerdict.NOT_KNOWN
    assert isinstance(proof.failure, leaf)
    bench.say(mac, "online")
    assert bench.prove(bench.code(mac), mac).verdict is ProofVerdict.BINDS


def test_an_app_id_that_the_cloud_refuses_is_told(bench: Bench) -> None:
    assert isinstance(bench.prove(bench.code(MAC), MAC, "0" * 32).failure, AppIdRefused)


def killed_at(bench: Bench, step: ProofStep) -> None:
    """A proof of the other device's code that gets as far as this step."""
    words = [bench.url, APP_ID, bench.prover_file, bench.code(OTHER), PRODUCT, OTHER, step.value]
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.codes.proof_in_child", *map(str, words)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert child.stdout is not None
        reached = next((line for line in child.stdout if line.strip() == step.value), None)
        assert reached, "it ended before"
    finally:
        child.kill()
        child.communicate(timeout=20)


@pytest.mark.parametrize("step", [ProofStep.READ_BACK, ProofStep.UNBIND])
def test_what_a_killed_proof_left_bound_is_unbound_by_the_next(bench: Bench, step: ProofStep) -> None:
    killed_at(bench, step)
    assert bench.bound() == [OTHER]
    proof = bench.prove(bench.code(MAC), MAC)
    assert (proof.verdict, proof.left_bound) == (ProofVerdict.BINDS, None)
    assert bench.bound() == []


def test_a_proof_that_is_killed_before_binding_leaves_nothing(bench: Bench) -> None:
    killed_at(bench, ProofStep.BIND)
    assert bench.bound() == []
    assert bench.prove(bench.code(MAC), MAC).verdict is ProofVerdict.BINDS
