"""Every fault at every call of a proof: never a wrong BINDS, never a device left bound in silence, never a leak."""

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from gizqr_station.codes.http_caller import Waits
from gizqr_station.codes.open_api import OpenApiClient
from gizqr_station.codes.open_api_errors import Subject
from gizqr_station.domain.binding_proof import BindingProof, ProofVerdict
from gizqr_station.domain.proof_failures import ContentRefused
from gizqr_station.domain.stop import Stop
from gizqr_station.wording import LANGUAGES, words_for
from tests.codes.faulty_server import FaultyServer, http
from tests.codes.proving import EXPECTED, HURRY, proving
from tests.codes.scripted_cloud import (
    APP_ID,
    GOOD,
    MAC,
    PASSCODE,
    PRODUCT,
    WRONG,
    Fault,
    ScriptedCloud,
    after_all,
    as_json,
    cut,
    error,
    instead,
    silent,
)

IN_NO_TIME = replace(HURRY, clear_s=0.03, read_back_s=0.03, settle_s=0.01, unbind_s=0.06)
"""What must hold here holds at any pace."""
CALLS = ("sign_in", "list", "bind", "unbind")
DOCUMENTED = (9002, 9003, 9004, 9006, 9008, 9014, 9015, 9017, 9040, 9041, 9042)
FAULTS: dict[str, Fault] = {
    **{str(number): instead(error(number)) for number in DOCUMENTED},
    "9999": instead(error(9999)),
    "9040 under 200": instead(error(9040, 200)),
    "9008 but done": after_all(error(9008)),
    "500": instead(http(500)),
    "502 with a page": instead(http(502, b"<html>Bad Gateway</html>", "text/html")),
    "500 but done": after_all(http(500)),
    "429": instead(http(429, Retry_After="3")),
    "401": instead(http(401)),
    "404": instead(http(404)),
    "302": instead(http(302, Location="http://127.0.0.1:9/login")),
    "a login page": instead(http(200, b"<!doctype html><title>Sign in</title>", "text/html")),
    "nothing": instead(http(200)),
    "broken JSON": instead(http(200, b'{"devices": [')),
    "another shape": instead(as_json({"devices": "none", "uid": 7})),
    "no HTTP": instead(b"SSH-2.0-OpenSSH_9.6\r\n"),
    "cut": cut(does_it=False),
    "cut but done": cut(does_it=True),
    "cut in the middle": cut(does_it=True, sent=60),
    "silence": silent(does_it=False),
}


def judge(cloud: ScriptedCloud, content: str, proof: BindingProof) -> None:
    """What must hold whatever happened."""
    if proof.verdict is ProofVerdict.BINDS:
        assert content == GOOD, "a wrong BINDS"
        assert proof.device is not None
        assert proof.device.mac == MAC
    if proof.verdict is ProofVerdict.OTHER_DEVICE:
        assert content == WRONG, "a good label was called another's"
    if proof.verdict is ProofVerdict.DOES_NOT_BIND:
        assert isinstance(proof.failure, ContentRefused)
    assert (proof.failure is None) is (proof.verdict is ProofVerdict.BINDS)
    assert not cloud.all_bound or proof.left_bound is not None, "left bound in silence"


def require_no_secret(cloud: ScriptedCloud, told: str) -> None:
    for secret in (APP_ID, PASSCODE, *cloud.tokens):
        assert secret not in told


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("call", CALLS)
def test_a_fault_at_any_call_makes_no_wrong_verdict_and_leaves_nothing_untold(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, call: str, name: str
) -> None:
    caplog.set_level(logging.DEBUG)
    for content, always in ((GOOD, False), (WRONG, True)):
        cloud = ScriptedCloud()
        cloud.fault = lambda each, before: FAULTS[name] if each == call and (always or before == 0) else None  # noqa: B023
        with proving(cloud, tmp_path, IN_NO_TIME, Waits(connect_s=5, idle_s=0.05)) as station:
            proof = station.prove(content)
        judge(cloud, content, proof)
        told = [caplog.text, repr(proof), str(proof.failure), (tmp_path / "prover.txt").read_text()]
        for failure in filter(None, (proof.failure, proof.left_bound)):
            told += [words_for(failure, language).line for language in LANGUAGES]
        require_no_secret(cloud, "\n".join(told))


def test_a_prover_that_trusts_the_answer_to_the_binding_is_caught(tmp_path: Path) -> None:
    """The judge of this file is not blind."""
    cloud = ScriptedCloud()
    with FaultyServer(cloud.answer) as server:
        client = OpenApiClient(server.url, APP_ID)
        user = client.sign_in("naive", Stop(), within_s=5)
        client.bind(user.token, WRONG, Subject(PRODUCT, MAC), Stop(), within_s=5)
    with pytest.raises(AssertionError, match="a wrong BINDS"):
        judge(cloud, WRONG, BindingProof(WRONG, EXPECTED, ProofVerdict.BINDS))
    with pytest.raises(AssertionError, match="left bound in silence"):
        judge(cloud, WRONG, BindingProof(WRONG, EXPECTED, ProofVerdict.NOT_KNOWN, failure=ContentRefused(MAC)))


@pytest.mark.parametrize("echoed", ["token", "app_id"])
def test_a_cloud_that_repeats_a_secret_does_not_get_it_told(tmp_path: Path, echoed: str) -> None:
    cloud = ScriptedCloud()

    def fault(call: str, _before: int) -> Callable[..., None] | None:
        secret = APP_ID if echoed == "app_id" else next(iter(cloud.tokens), "")
        return instead(error(9008, message=f"no such thing: {secret}")) if call == "bind" else None

    cloud.fault = fault
    cloud.says[GOOD] = []
    with proving(cloud, tmp_path, HURRY) as station:
        proof = station.prove()
    assert "no such thing" in str(proof.failure)
    require_no_secret(cloud, str(proof.failure))
