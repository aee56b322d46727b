"""An address on the web: a key that tells repeats, a signature, and only a success is one."""

import hashlib
import hmac
from collections.abc import Mapping

import pytest

from gizqr_station.domain.hand_over_failures import ResultRefused
from gizqr_station.domain.stop import Stop
from gizqr_station.outbox.document import encoded
from gizqr_station.outbox.webhook import Webhook
from tests.fake_outbox import a_result

RESULT = a_result(7)


class Address:
    """Answers with this status and keeps what came."""

    address = "https://mes.example/in"

    def __init__(self, status: int = 204) -> None:
        self.status = status
        self.came: list[tuple[bytes, dict[str, str]]] = []

    def __call__(self, body: bytes, headers: Mapping[str, str], stop: Stop) -> int:
        stop.check()
        self.came.append((body, dict(headers)))
        return self.status


def test_each_try_says_the_same_under_the_same_key() -> None:
    address = Address()
    for _ in range(2):
        Webhook(address).deliver(RESULT, Stop())
    assert address.came[0] == address.came[1]
    assert address.came[0] == (encoded(RESULT), {"Idempotency-Key": "0a" * 16 + "-L-000007-verified"})


def test_a_delivery_is_signed_with_the_secret_and_never_carries_it() -> None:
    address = Address()
    Webhook(address, "correct horse").deliver(RESULT, Stop())
    ((body, headers),) = address.came
    expected = hmac.new(b"correct horse", body, hashlib.sha256).hexdigest()
    assert headers["X-Gizqr-Signature"] == f"sha256={expected}"
    assert b"correct horse" not in body


@pytest.mark.parametrize("status", [199, 301, 302, 400, 401, 404, 409, 500, 503])
def test_only_a_success_is_one(status: int) -> None:
    with pytest.raises(ResultRefused) as refused:
        Webhook(Address(status)).deliver(RESULT, Stop())
    assert refused.value.values() == {"address": "https://mes.example/in", "status": status}


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_any_success_is_one(status: int) -> None:
    Webhook(Address(status)).deliver(RESULT, Stop())


def test_what_happened_to_an_earlier_try_is_not_guessed() -> None:
    assert not Webhook(Address()).delivered_already(RESULT)
