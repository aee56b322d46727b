"""Facts about ``codes prove``, against the sandbox."""

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from gizqr_station.assembly import proofs
from gizqr_station.codes.pool_store import SqlPool
from gizqr_station.domain.binding_proof import BindingProof, ProofVerdict
from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.identity import parse_identity
from gizqr_station.domain.pooled_codes import CodeZip, ZipCodes
from gizqr_station.domain.proof_failures import ContentRefused
from gizqr_station.domain.stop import Stop
from gizqr_station.places import DataFolder
from gizqr_station.service.sealing import Sealing, key_of
from gizqr_station.settings.model import Settings
from gizqr_station.settings.store import write_commented
from tests.cli.bench import ledger_of
from tests.cli.conftest import Run
from tests.codes.issued_pictures import picture_of
from tests.contracts.ledger_samples import IMAGE, draft
from tests.fake_codes import FakeProver
from tests.fakes import SteppingClock
from tests.service.running import SandboxProcess

APP_ID = "5f1d3b7a9c2e4860b1d3f5a7c9e0b2d4"
PRODUCT = "0a6781ed676045988d5d72f3f0480fba"
MAC, OTHER = "00911f500047", "00911f500048"
Sandbox = tuple[str, Sealing]


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    folder = tmp_path_factory.mktemp("sandbox")
    with SandboxProcess(folder) as running:
        url = running.url()
        yield url, Sealing(key_of(folder / "sealing.key"))


def set_up(tmp_path: Path, url: str, **proof: str) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    wanted = {"app_id": APP_ID, "region": "own", "address": url} | proof
    settings = {
        "product": {"key": PRODUCT, "name": "Smart Plug"},
        "service": {"url": "http://127.0.0.1:1"},
        "proof": wanted,
    }
    write_commented(folder.settings_file, Settings.model_validate(settings))
    return folder


def test_a_code_that_binds_its_device_is_proved_step_by_step(run: Run, tmp_path: Path, sandbox: Sandbox) -> None:
    url, sealing = sandbox
    set_up(tmp_path, url)
    answered = run("codes", "prove", "--content", sealing.seal(PRODUCT, MAC), "--expect", "00:91:1F:50:00:47")
    assert answered.code == 0
    assert answered.out.splitlines() == [
        "The code binds, and the cloud named this very device.",
        f"The cloud named {MAC}, online, of product {PRODUCT}.",
        "The answers were a sandbox's: this says nothing of the real cloud, and no Gizwits App binds its codes.",
    ]
    assert answered.err.splitlines() == [
        "Signing in as the station's test user.",
        "Looking for what an earlier proof left bound.",
        "Binding by the code.",
        "Reading back what is bound.",
        "Unbinding it again.",
    ]
    assert APP_ID not in answered.out + answered.err


def test_a_picture_of_another_devices_label_fails_the_proof(run: Run, tmp_path: Path, sandbox: Sandbox) -> None:
    url, sealing = sandbox
    set_up(tmp_path, url)
    content = sealing.seal(PRODUCT, OTHER)
    (tmp_path / "label.png").write_bytes(picture_of(content))
    answered = run("codes", "prove", tmp_path / "label.png", "--expect", MAC, "--json")
    assert answered.code == 1
    document = answered.document()
    assert document["verdict"] == "other_device"
    assert (document["content"], document["expected"], document["sandbox"]) == (content, MAC, True)
    assert isinstance(document["device"], dict)
    assert document["device"]["mac"] == OTHER
    assert isinstance(document["error"], dict)
    assert document["error"]["code"] == "E-COD-61"
    assert document["left_bound"] is None
    assert document["steps"] == ["sign_in", "clear", "bind", "read_back", "unbind"]


def test_a_code_of_the_pool_is_proved_by_its_identity(run: Run, tmp_path: Path, sandbox: Sandbox) -> None:
    url, sealing = sandbox
    folder = set_up(tmp_path, url)
    pool = SqlPool.open(folder.pool_file, clock=SteppingClock())
    at = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    came_in = CodeZip(PRODUCT, "http://127.0.0.1:1", CodeSource.SERVICE, "", "1.zip", "0" * 64, at)
    contents = {parse_identity(MAC): sealing.seal(PRODUCT, MAC), parse_identity(OTHER): sealing.seal(PRODUCT, MAC)}
    pool.add(ZipCodes(came_in, contents), Stop())
    pool.close()
    assert run("codes", "prove", "--identity", MAC).code == 0
    wrong = run("codes", "prove", "--identity", OTHER)
    assert wrong.code == 1
    assert "The code binds another device." in wrong.out
    assert "E-COD-61" in wrong.err
    known = run("codes", "prove", "--content", contents[parse_identity(OTHER)], "--json")
    assert (known.code, known.document()["expected"]) == (1, OTHER)


@pytest.mark.parametrize("sandbox", [False, True])
def test_a_code_that_the_cloud_refuses_is_never_given_again(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sandbox: bool
) -> None:
    folder, identity = set_up(tmp_path, "http://127.0.0.1:1"), parse_identity(MAC)
    refused = BindingProof(
        "a code", identity, ProofVerdict.DOES_NOT_BIND, failure=ContentRefused(identity.readable), sandbox=sandbox
    )
    monkeypatch.setattr(proofs, "code_prover", lambda *_: FakeProver(ends=refused))
    answered = run("codes", "prove", "--content", "a code", "--expect", MAC)
    assert (answered.code, "E-COD-58" in answered.err) == (1, True)
    if sandbox:
        assert not folder.pool_file.exists()
    else:
        pool = SqlPool.open(folder.pool_file, clock=SteppingClock())
        assert pool.rejected(PRODUCT, "a code")
        pool.close()


def test_the_verdict_is_told_although_the_pool_cannot_keep_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, identity = set_up(tmp_path, "http://127.0.0.1:1"), parse_identity(MAC)
    folder.pool_file.write_bytes(b"no pool")
    refused = BindingProof("x", identity, ProofVerdict.DOES_NOT_BIND, failure=ContentRefused(identity.readable))
    monkeypatch.setattr(proofs, "code_prover", lambda *_: FakeProver(ends=refused))
    answered = run("codes", "prove", "--content", "x", "--expect", MAC)
    assert (answered.code, answered.out.splitlines()[0]) == (1, "The cloud does not bind this code.")
    assert "E-COD-30" in answered.err


def test_without_anybody_who_knows_the_device_nothing_is_proved(run: Run, tmp_path: Path, sandbox: Sandbox) -> None:
    url, sealing = sandbox
    set_up(tmp_path, url)
    answered = run("codes", "prove", "--content", sealing.seal(PRODUCT, OTHER))
    assert answered.code == 1
    assert "nobody said which device" in answered.out
    assert "--expect" in answered.out
    assert OTHER in answered.out


def test_a_device_that_was_never_online_is_no_proof(run: Run, tmp_path: Path, sandbox: Sandbox) -> None:
    url, sealing = sandbox
    set_up(tmp_path, url)
    mac = "00911f500077"
    with httpx.Client(base_url=url, trust_env=False, verify=False, headers={"Authorization": "G"}) as client:
        client.put(f"/sandbox/devices/{mac}", json={"state": "never_online"}).raise_for_status()
    answered = run("codes", "prove", "--content", sealing.seal(PRODUCT, mac), "--expect", mac)
    assert answered.code == 1
    assert answered.out.startswith("Nothing is known of the label.")
    assert "E-COD-55" in answered.err
    assert "no fault of the label" in answered.err


def test_a_proof_is_noted_of_the_label_that_shows_the_code(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, identity = set_up(tmp_path, "http://127.0.0.1:1"), parse_identity(MAC)
    ledger = ledger_of(folder)
    job = ledger.open(draft("L-000001", identity=identity, product_key=PRODUCT, content="a code"), IMAGE)
    ledger.close()
    refused = BindingProof(
        "a code", identity, ProofVerdict.DOES_NOT_BIND, failure=ContentRefused(identity.readable), sandbox=True
    )
    monkeypatch.setattr(proofs, "code_prover", lambda *_: FakeProver(ends=refused))
    assert run("codes", "prove", "--content", "a code").code == 1
    with contextlib.closing(ledger_of(folder)) as kept:
        entry = kept.history(job.id)[-1]
    assert (entry.kind, entry.who, entry.evidence) == (
        "note",
        "operator",
        "binding proof: does_not_bind, E-COD-58, sandbox",
    )


def test_an_identity_that_nobody_has_a_code_for_is_told(run: Run, tmp_path: Path, sandbox: Sandbox) -> None:
    set_up(tmp_path, sandbox[0])
    answered = run("codes", "prove", "--identity", MAC)
    assert (answered.code, "E-LED-11" in answered.err) == (1, True)
    assert not (tmp_path / "data" / "codes.sqlite").exists()


@pytest.mark.parametrize(
    ("proof", "code"), [({"app_id": ""}, "E-COD-50"), ({"app_id": "0" * 32}, "E-COD-51"), ({"address": ""}, "E-SET-")]
)
def test_a_station_that_is_not_set_up_for_it_says_so(
    run: Run, tmp_path: Path, sandbox: Sandbox, proof: dict[str, str], code: str
) -> None:
    set_up(tmp_path, sandbox[0], **proof)
    answered = run("codes", "prove", "--content", "x", "--expect", MAC)
    assert answered.code == 1
    assert code in answered.err
    assert answered.out.startswith("Nothing is known of the label.")


@pytest.mark.parametrize(
    "words", [[], ["--content", "x", "--identity", MAC], ["a.png", "--content", "x"], ["--expect", MAC]]
)
def test_one_code_is_asked_about(run: Run, words: list[str]) -> None:
    assert run("codes", "prove", *words).code == 2
