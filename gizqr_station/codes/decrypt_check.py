"""Asks the service that issued a zip's codes for whom they are: its own word against the names of its pictures.

The vendor documents no answer of ``decrypt``; the sandbox's fields are taken (``qrcode_api``). An answer in another
form says nothing, and is told as that, never as a wrong code.
"""

from collections.abc import Callable
from dataclasses import replace
from enum import Enum

from gizqr_station.codes.task_client import TaskClient
from gizqr_station.domain.code_failures import (
    AnswerBroken,
    AnswerNotUnderstood,
    AnswerTooLarge,
    AnswerTooSlow,
    ConnectionCut,
    RequestRefused,
    ServiceFault,
    ServiceSlow,
    ServiceThrottles,
    ServiceUnreachable,
)
from gizqr_station.domain.failures import CodeFailure
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.pool_failures import DecryptDiffers, DecryptUnclear
from gizqr_station.domain.pooled_codes import BadMember, ZipCodes
from gizqr_station.domain.stop import Stop
from gizqr_station.qrcode_api import DecryptAnswer

_TRIES = 3
_PAUSE_S = 1.0
_SAYS_NOTHING = (AnswerBroken, AnswerNotUnderstood, AnswerTooLarge, RequestRefused)
_PASSES = (AnswerTooSlow, ConnectionCut, ServiceFault, ServiceSlow, ServiceUnreachable)


class DecryptMode(Enum):
    """How many codes of a zip are asked about; the values are the settings'."""

    OFF = "off"
    FIRST = "first"
    ALL = "all"


class DecryptCheck:
    """A zip's codes in, the same codes out, less those that the service says are not their devices'.

    FIRST asks about one code, which stands for its whole task: DecryptDiffers and DecryptUnclear are then raised, and
    nothing of the zip is to be used. ALL asks about each, and what fails moves to ``bad`` with its failure.
    """

    def __init__(self, client: TaskClient, mode: DecryptMode, *, pause_s: float = _PAUSE_S) -> None:
        self._client = client
        self._mode = mode
        self._pause_s = pause_s

    def __call__(self, codes: ZipCodes, stop: Stop) -> ZipCodes:
        """Raises Stopped, and what keeps the service from being asked after a few tries, as it is."""
        match self._mode:
            case DecryptMode.OFF:
                return codes
            case DecryptMode.FIRST:
                for identity, content in list(codes.contents.items())[:1]:
                    failure = self._failure(codes.zip.product_key, identity, content, stop)
                    if failure is not None:
                        raise failure
                return codes
            case DecryptMode.ALL:
                return self._sorted_out(codes, stop)

    def _sorted_out(self, codes: ZipCodes, stop: Stop) -> ZipCodes:
        good: dict[Identity, str] = {}
        bad = list(codes.bad)
        for identity, content in codes.contents.items():
            failure = self._failure(codes.zip.product_key, identity, content, stop)
            if failure is None:
                good[identity] = content
            else:
                bad.append(BadMember(f"{identity}.png", failure))
        return replace(codes, contents=good, bad=tuple(bad))

    def _failure(self, product_key: str, identity: Identity, content: str, stop: Stop) -> CodeFailure | None:
        try:
            said = self._asked(content, stop)
        except _SAYS_NOTHING as unclear:
            return DecryptUnclear(identity.readable, _found(unclear))
        if (said.product_key, said.mac.lower()) == (product_key, identity.text):
            return None
        product = "" if said.product_key == product_key else f" ({said.product_key[:32]})"
        return DecryptDiffers(identity.readable, f"{said.mac[:32]}{product}")

    def _asked(self, content: str, stop: Stop) -> DecryptAnswer:
        def ask() -> DecryptAnswer:
            return self._client.decrypt(content, stop)

        for _ in range(_TRIES - 1):
            try:
                return ask()
            except ServiceThrottles as throttled:
                stop.sleep(throttled.seconds)
            except _PASSES:
                stop.sleep(self._pause_s)
        return ask()


def decrypt_check(client: TaskClient, mode: str) -> Callable[[ZipCodes, Stop], ZipCodes]:
    """Of the settings' word: ``off``, ``first`` or ``all``."""
    return DecryptCheck(client, DecryptMode(mode))


def _found(unclear: CodeFailure) -> str:
    """A few words for the failure's words: what the service said, or how its answer was."""
    values = unclear.values()
    return str(values.get("reason") or values.get("found") or unclear.code)[:60]
