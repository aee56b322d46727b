"""Facts about proving a code by binding it: which verdict what the cloud says comes to."""

from pathlib import Path

import pytest

from gizqr_station.codes.binding_prover import BindingProver
from gizqr_station.codes.open_api import OpenApiClient
from gizqr_station.domain.binding_proof import BoundDevice, ProofStep, ProofVerdict
from gizqr_station.domain.code_failures import CodeMalformed
from gizqr_station.domain.identity import parse_identity
from gizqr_station.domain.proof_failures import (
    BindsAnotherDevice,
    ContentRefused,
    DeviceNeverOnline,
    NotBound,
    NotProvedByBinding,
    ProofNotSetUp,
    SeveralBound,
    StillBound,
)
from gizqr_station.domain.stop import Stop
from tests.codes.proving import EXPECTED, HURRY, STUCK, proving
from tests.codes.scripted_cloud import (
    GOOD,
    MAC,
    OTHER_MAC,
    PRODUCT,
    WRONG,
    ScriptedCloud,
    device,
    error,
    instead,
)

ALL_STEPS = [ProofStep.SIGN_IN, ProofStep.CLEAR, ProofStep.BIND, ProofStep.READ_BACK, ProofStep.UNBIND]


def test_a_code_binds_when_the_cloud_names_its_device_and_nothing_stays_bound(tmp_path: Path) -> None:
    cloud = ScriptedCloud()
    with proving(cloud, tmp_path) as station:
        proof = station.prove()
    assert proof.verdict is ProofVerdict.BINDS
    assert proof.device == BoundDevice(PRODUCT, "gKufzxZwYeyd3Skbsb6mza", MAC, online=True)
    assert (proof.failure, proof.left_bound, proof.sandbox) == (None, None, False)
    assert station.steps == ALL_STEPS
    assert cloud.ever_bound
    assert not cloud.all_bound


@pytest.mark.parametrize("written", ["00:91:1F:50:00:47", "00-91-1f-50-00-47", "0091.1f50.0047", "00911F500047"])
def test_the_mac_counts_in_any_notation(tmp_path: Path, written: str) -> None:
    with proving(ScriptedCloud(says={GOOD: [device("d", written)]}), tmp_path) as station:
        assert station.prove().verdict is ProofVerdict.BINDS


def test_an_imei_binds_too(tmp_path: Path) -> None:
    imei = "861193040496508"
    with proving(ScriptedCloud(says={GOOD: [device("d", imei)]}), tmp_path) as station:
        assert station.prove(expected=parse_identity(imei)).verdict is ProofVerdict.BINDS


def test_a_code_of_another_device_never_binds(tmp_path: Path) -> None:
    cloud = ScriptedCloud()
    with proving(cloud, tmp_path) as station:
        proof = station.prove(WRONG)
    assert proof.verdict is ProofVerdict.OTHER_DEVICE
    assert isinstance(proof.failure, BindsAnotherDevice)
    assert proof.failure.values() == {"expected": "00:91:1F:50:00:47", "found": OTHER_MAC}
    assert proof.device is not None
    assert proof.device.mac == OTHER_MAC
    assert not cloud.all_bound


def test_the_same_mac_of_another_product_is_another_device(tmp_path: Path) -> None:
    foreign = "f" * 32
    with proving(ScriptedCloud(says={GOOD: [device("d", MAC, foreign)]}), tmp_path) as station:
        proof = station.prove()
    assert proof.verdict is ProofVerdict.OTHER_DEVICE
    assert isinstance(proof.failure, BindsAnotherDevice)
    assert proof.failure.found == f"{MAC} ({foreign})"


def test_without_an_expected_device_the_one_of_the_product_is_shown(tmp_path: Path) -> None:
    with proving(ScriptedCloud(), tmp_path) as station:
        proof = station.prove(WRONG, None)
        assert proof.verdict is ProofVerdict.BINDS
        assert proof.device is not None
        assert proof.device.mac == OTHER_MAC
        assert station.prove(WRONG, None, product_key="f" * 32).verdict is ProofVerdict.OTHER_DEVICE
        assert station.prove(WRONG, None, product_key="").verdict is ProofVerdict.OTHER_DEVICE


@pytest.mark.parametrize("expected", [EXPECTED, None])
def test_of_two_new_devices_nobody_knows_which_one_the_code_bound(tmp_path: Path, expected: object) -> None:
    both = [device("a", MAC), device("b", OTHER_MAC)]
    cloud = ScriptedCloud(says={GOOD: both})
    with proving(cloud, tmp_path) as station:
        proof = station.prove(expected=EXPECTED if expected else None)
    assert proof.verdict is ProofVerdict.NOT_KNOWN
    assert isinstance(proof.failure, SeveralBound)
    assert not cloud.all_bound


def test_a_device_that_turns_up_while_unbinding_takes_the_verdict_back(tmp_path: Path) -> None:
    cloud = ScriptedCloud()
    late = device("late", OTHER_MAC)

    def at(step: ProofStep) -> None:
        if step is ProofStep.UNBIND:
            next(iter(cloud.bound.values())).append(late)

    with proving(cloud, tmp_path) as station:
        proof = station.prove(at=at)
    assert proof.verdict is ProofVerdict.NOT_KNOWN
    assert isinstance(proof.failure, SeveralBound)
    assert not cloud.all_bound


def test_a_cloud_that_names_nothing_leaves_it_open(tmp_path: Path) -> None:
    with proving(ScriptedCloud(says={GOOD: []}), tmp_path, HURRY) as station:
        proof = station.prove()
    assert proof.verdict is ProofVerdict.NOT_KNOWN
    assert isinstance(proof.failure, NotBound)
    assert proof.failure.identity == "00:91:1F:50:00:47"


def test_the_list_may_lag_behind(tmp_path: Path) -> None:
    cloud = ScriptedCloud(lag=3)
    with proving(cloud, tmp_path) as station:
        assert station.prove().verdict is ProofVerdict.BINDS
    assert not cloud.all_bound


def test_our_device_is_found_on_a_later_page_behind_what_cannot_be_unbound(tmp_path: Path) -> None:
    stuck = [device(f"s{number}", f"00911f60{number:04x}") for number in range(45)]
    cloud = ScriptedCloud(page=20, sticks={str(each["did"]) for each in stuck})
    with proving(cloud, tmp_path, STUCK) as station:
        station.prove()
        next(iter(cloud.bound.values())).extend(stuck)
        proof = station.prove()
    assert proof.verdict is ProofVerdict.BINDS
    assert isinstance(proof.left_bound, StillBound)


def test_what_an_earlier_proof_left_is_unbound_before_the_code_is_sent(tmp_path: Path) -> None:
    cloud = ScriptedCloud()
    with proving(cloud, tmp_path) as station:
        station.prove()
        next(iter(cloud.bound.values())).append(device("left", OTHER_MAC))
        cloud.calls.clear()
        proof = station.prove()
    assert proof.verdict is ProofVerdict.BINDS
    assert cloud.calls.index("unbind") < cloud.calls.index("bind")


def test_a_device_that_was_bound_before_proves_nothing(tmp_path: Path) -> None:
    """The cloud would name it whatever the code says."""
    mine = device("gKufzxZwYeyd3Skbsb6mza", MAC)
    cloud = ScriptedCloud(sticks={"gKufzxZwYeyd3Skbsb6mza"})
    with proving(cloud, tmp_path, STUCK) as station:
        station.prove()
        cloud.bound[next(iter(cloud.bound))] = [mine]
        cloud.calls.clear()
        proof = station.prove(WRONG)
    assert proof.verdict is ProofVerdict.NOT_KNOWN
    assert isinstance(proof.failure, StillBound)
    assert "bind" not in cloud.calls


def test_a_stuck_device_of_another_kind_does_not_pass_for_what_the_code_bound(tmp_path: Path) -> None:
    cloud = ScriptedCloud(says={GOOD: []}, sticks={"stuck"})
    with proving(cloud, tmp_path, HURRY) as station:
        station.prove()
        cloud.bound[next(iter(cloud.bound))] = [device("stuck", OTHER_MAC)]
        assert isinstance(station.prove().failure, NotBound)
        proof = station.prove("anything", None)
    assert proof.verdict is ProofVerdict.DOES_NOT_BIND


def test_a_device_that_cannot_be_unbound_is_told(tmp_path: Path) -> None:
    cloud = ScriptedCloud(sticks={"gKufzxZwYeyd3Skbsb6mza"})
    with proving(cloud, tmp_path, STUCK) as station:
        proof = station.prove()
    assert proof.verdict is ProofVerdict.BINDS
    assert isinstance(proof.left_bound, StillBound)
    assert proof.left_bound.identity == MAC


def test_a_code_that_the_cloud_does_not_know_does_not_bind(tmp_path: Path) -> None:
    cloud = ScriptedCloud(says={})
    with proving(cloud, tmp_path) as station:
        proof = station.prove()
    assert proof.verdict is ProofVerdict.DOES_NOT_BIND
    assert isinstance(proof.failure, ContentRefused)
    assert station.steps == ALL_STEPS[:3]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (f"http://www.gizwits.com?product_key={PRODUCT}&did=gKufzxZwYeyd3Skbsb6mza&passcode=JHHOOIWJBA", "link"),
        ("type=share&code=12345", "share"),
    ],
)
def test_what_the_app_would_not_send_is_not_sent_and_not_called_bad(tmp_path: Path, content: str, kind: str) -> None:
    cloud = ScriptedCloud()
    with proving(cloud, tmp_path) as station:
        proof = station.prove(content)
    assert proof.verdict is ProofVerdict.NOT_KNOWN
    assert isinstance(proof.failure, NotProvedByBinding)
    assert proof.failure.kind == kind
    assert cloud.calls == []


def test_a_device_that_was_never_online_says_nothing_of_the_label(tmp_path: Path) -> None:
    cloud = ScriptedCloud(fault=lambda call, _before: instead(error(9014)) if call == "bind" else None)
    with proving(cloud, tmp_path) as station:
        proof = station.prove()
    assert proof.verdict is ProofVerdict.NOT_KNOWN
    assert isinstance(proof.failure, DeviceNeverOnline)


def test_a_sandbox_is_told(tmp_path: Path) -> None:
    with proving(ScriptedCloud(sandbox=True), tmp_path) as station:
        proof = station.prove()
    assert proof.verdict is ProofVerdict.BINDS
    assert proof.sandbox


@pytest.mark.parametrize("content", ["", "x" * 2_954, "broken \udc80"])
def test_what_no_code_can_say_is_not_sent(tmp_path: Path, content: str) -> None:
    cloud = ScriptedCloud()
    with proving(cloud, tmp_path) as station:
        proof = station.prove(content)
    assert proof.verdict is ProofVerdict.NOT_KNOWN
    assert isinstance(proof.failure, CodeMalformed)
    assert cloud.calls == []


def test_a_prover_that_is_not_set_up_says_so_in_the_proof(tmp_path: Path) -> None:
    def maker() -> OpenApiClient:
        raise ProofNotSetUp

    proof = BindingProver(maker, tmp_path / "prover.txt").prove(GOOD, PRODUCT, EXPECTED, Stop(), lambda _step: None)
    assert isinstance(proof.failure, ProofNotSetUp)
    assert not (tmp_path / "prover.txt").exists()
