"""An anonymous user for the length of one proof: signs in again when its token ends, and waits out short pauses."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from gizqr_station.codes.open_api import CloudUser, OpenApiClient
from gizqr_station.codes.open_api_errors import Subject
from gizqr_station.domain.binding_proof import BoundDevice
from gizqr_station.domain.code_failures import ServiceThrottles
from gizqr_station.domain.proof_failures import CloudThrottles, NotBound, ProofSignInRefused
from gizqr_station.domain.stop import Stop

R = TypeVar("R")
_SIGN_INS = 4
"""In one proof; a token is good for a week."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one call may take, in seconds."""

    call_s: float = 15.0
    throttled_s: float = 15.0
    """The longest pause that is waited out for the cloud, once a call; a longer one is told."""


class ProofSession:
    """The user of this name. Each method raises a CodeFailure or Stopped."""

    def __init__(self, client: OpenApiClient, name: str, subject: Subject, patience: Patience) -> None:
        self._client, self._name, self._subject, self._patience = client, name, subject, patience
        self._user = CloudUser("", "", sandbox=False)
        self._sign_ins = 0

    @property
    def sandbox(self) -> bool:
        """Whether any sign-in was answered by a sandbox."""
        return self._user.sandbox

    def sign_in(self, stop: Stop) -> None:
        """Before anything else."""
        self._sign_ins += 1
        user = self._patiently(lambda: self._client.sign_in(self._name, stop, within_s=self._patience.call_s), stop)
        self._user = replace(user, sandbox=user.sandbox or self._user.sandbox)

    def bind(self, content: str, stop: Stop) -> None:
        """Once; a second time only where the cloud said that it did nothing."""
        self._as_user(
            lambda token, call_s: self._client.bind(token, content, self._subject, stop, within_s=call_s), stop
        )

    def bound(self, stop: Stop) -> tuple[BoundDevice, ...]:
        """Everything that the user has."""
        return self._as_user(
            lambda token, call_s: self._client.bindings(token, self._subject, stop, within_s=call_s), stop
        )

    def unbind(self, devices: Iterable[BoundDevice], stop: Stop) -> None:
        """Ask for it; whether they are gone shows ``bound``. What is not bound, the cloud may call an error: no."""
        dids = [device.did for device in devices]
        try:
            self._as_user(
                lambda token, call_s: self._client.unbind(token, dids, self._subject, stop, within_s=call_s), stop
            )
        except NotBound:
            return

    def _as_user(self, call: Callable[[str, float], R], stop: Stop) -> R:
        """With the user's token; when it has ended, with a new one of the same user."""
        try:
            return self._with_token(call, stop)
        except ProofSignInRefused:
            if self._sign_ins >= _SIGN_INS:
                raise
            before = self._user.uid
            self.sign_in(stop)
            if self._user.uid != before:
                raise  # another user would not see what this one has bound
            return self._with_token(call, stop)

    def _with_token(self, call: Callable[[str, float], R], stop: Stop) -> R:
        return self._patiently(lambda: call(self._user.token, self._patience.call_s), stop)

    def _patiently(self, call: Callable[[], R], stop: Stop) -> R:
        try:
            return call()
        except (CloudThrottles, ServiceThrottles) as throttled:
            if throttled.seconds > self._patience.throttled_s:
                raise
            stop.sleep(throttled.seconds)
            return call()
