"""Facts about proofs that are stopped, cut or sent away: nothing stays bound, and nothing is concluded."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from gizqr_station.codes.http_caller import Waits
from gizqr_station.domain.binding_proof import ProofStep, ProofVerdict
from gizqr_station.domain.code_failures import ServiceUnreachable
from gizqr_station.domain.proof_failures import (
    CloudThrottles,
    ProofSignInRefused,
    ProofStopped,
)
from gizqr_station.domain.stop import Stop, Stopped
from tests.codes.proving import CALM, proving
from tests.codes.scripted_cloud import (
    WRONG,
    ScriptedCloud,
    as_json,
    cut,
    error,
    instead,
    silent,
)

ALL_STEPS = [ProofStep.SIGN_IN, ProofStep.CLEAR, ProofStep.BIND, ProofStep.READ_BACK, ProofStep.UNBIND]


@pytest.mark.parametrize("lost", [cut(does_it=True), silent(does_it=True), cut(does_it=True, sent=20)])
def test_when_the_answer_to_the_binding_is_lost_the_list_tells(tmp_path: Path, lost: Callable[..., None]) -> None:
    cloud = ScriptedCloud(fault=lambda call, _before: lost if call == "bind" else None)
    with proving(cloud, tmp_path, waits=Waits(idle_s=0.3)) as station:
        assert station.prove().verdict is ProofVerdict.BINDS
        assert station.prove(WRONG).verdict is ProofVerdict.OTHER_DEVICE
    assert cloud.calls.count("bind") == 2
    assert not cloud.all_bound


@pytest.mark.parametrize("number", [9004, 9006])
@pytest.mark.parametrize("call", ["bind", "list", "unbind"])
def test_a_token_that_ends_is_renewed_once_and_the_user_stays_the_same(tmp_path: Path, call: str, number: int) -> None:
    cloud = ScriptedCloud(fault=lambda each, before: instead(error(number)) if each == call and before == 0 else None)
    with proving(cloud, tmp_path) as station:
        assert station.prove().verdict is ProofVerdict.BINDS
    assert cloud.calls.count("sign_in") == 2
    assert len(cloud.bound) == 1
    assert not cloud.all_bound


def test_a_cloud_that_calls_every_token_ended_is_given_up_on(tmp_path: Path) -> None:
    cloud = ScriptedCloud(fault=lambda call, _before: instead(error(9006)) if call != "sign_in" else None)
    with proving(cloud, tmp_path) as station:
        proof = station.prove()
    assert isinstance(proof.failure, ProofSignInRefused)
    assert cloud.calls.count("sign_in") <= 4


@pytest.mark.parametrize("number", [9002, 9003, 9015, 9041])
def test_a_refusal_to_show_the_list_does_not_mean_that_nothing_is_bound(tmp_path: Path, number: int) -> None:
    cloud = ScriptedCloud(fault=lambda call, before: instead(error(number)) if (call, before) == ("list", 1) else None)
    with proving(cloud, tmp_path) as station:
        proof = station.prove()
    assert cloud.ever_bound
    assert not cloud.all_bound
    assert proof.left_bound is None


def test_another_user_than_before_is_not_used(tmp_path: Path) -> None:
    """It would see an empty list, and leave what the first one bound."""
    cloud = ScriptedCloud()

    def forget(call: str, before: int) -> None:
        if call == "bind" and before == 0:
            cloud.tokens.clear()

    def fault(call: str, before: int) -> Callable[..., None] | None:
        forget(call, before)
        if call == "sign_in" and before:
            return instead(as_json({"uid": "somebody", "token": "t", "expire_at": 9}, 201))
        return None

    cloud.fault = fault
    with proving(cloud, tmp_path) as station:
        assert isinstance(station.prove().failure, ProofSignInRefused)


@pytest.mark.parametrize("step", ALL_STEPS)
def test_a_stop_at_any_step_leaves_nothing_bound(tmp_path: Path, step: ProofStep) -> None:
    cloud, stop = ScriptedCloud(), Stop()

    def at(reached: ProofStep) -> None:
        if reached is step:
            stop.set()

    with proving(cloud, tmp_path) as station:
        if step in ALL_STEPS[:3]:
            with pytest.raises(Stopped):
                station.prove(stop=stop, at=at)
            assert not cloud.ever_bound
            return
        proof = station.prove(stop=stop, at=at)
    if step is ProofStep.UNBIND:
        assert proof.verdict is ProofVerdict.BINDS
    else:
        assert proof.verdict is ProofVerdict.NOT_KNOWN
        assert isinstance(proof.failure, ProofStopped)
    assert proof.left_bound is None
    assert not cloud.all_bound


@pytest.mark.parametrize("lag", [0, 3])
def test_a_stop_while_the_code_is_on_its_way_unbinds_what_it_bound(tmp_path: Path, lag: int) -> None:
    """Also where the list shows it only a few looks later."""
    stop = Stop()

    def bound_then_stopped(done: Callable[[], bytes], connection: object, server: Stop) -> None:
        done()
        stop.set()
        silent(does_it=False)(done, connection, server)  # type: ignore[arg-type]

    cloud = ScriptedCloud(fault=lambda call, _before: bound_then_stopped if call == "bind" else None, lag=lag)
    with proving(cloud, tmp_path, replace(CALM, settle_s=5)) as station:
        proof = station.prove(stop=stop)
    assert isinstance(proof.failure, ProofStopped)
    assert cloud.ever_bound
    assert not cloud.all_bound
    assert proof.left_bound is None


def test_a_stop_before_the_first_step_asks_nobody(tmp_path: Path) -> None:
    stop = Stop()
    stop.set()
    cloud = ScriptedCloud()
    with proving(cloud, tmp_path) as station, pytest.raises(Stopped):
        station.prove(stop=stop)
    assert cloud.calls == []


def test_a_fault_of_the_program_unbinds_too(tmp_path: Path) -> None:
    cloud = ScriptedCloud()

    def at(step: ProofStep) -> None:
        if step is ProofStep.READ_BACK:
            raise ZeroDivisionError

    with proving(cloud, tmp_path) as station, pytest.raises(ZeroDivisionError):
        station.prove(at=at)
    assert cloud.ever_bound
    assert not cloud.all_bound


def test_a_short_pause_that_the_cloud_asks_for_is_waited_out_a_long_one_is_told(tmp_path: Path) -> None:
    short = b"HTTP/1.1 429 x\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"
    cloud = ScriptedCloud(fault=lambda call, before: instead(short) if call == "bind" and before == 0 else None)
    with proving(cloud, tmp_path) as station:
        assert station.prove().verdict is ProofVerdict.BINDS
        cloud.fault = lambda call, _before: instead(error(9041)) if call == "bind" else None
        proof = station.prove()
    assert proof.verdict is ProofVerdict.NOT_KNOWN
    assert isinstance(proof.failure, CloudThrottles)
    assert proof.left_bound is None


def test_nobody_at_the_address_leaves_it_open(tmp_path: Path) -> None:
    with proving(ScriptedCloud(), tmp_path) as station:
        pass
    proof = station.prove()
    assert proof.verdict is ProofVerdict.NOT_KNOWN
    assert isinstance(proof.failure, ServiceUnreachable)
