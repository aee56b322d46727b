"""Proves that a code binds, by binding it at the Open API as an anonymous user and reading back what it bound.

That the cloud takes a code says nothing of whose it is: only the list of bindings names product and MAC. So a code
BINDS when the one device that is new in the list is the expected one, and nothing else counts. The user is this
station's alone; whatever is bound to it was left by a proof, and is unbound before the next one and after this one.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from gizqr_station.codes.open_api import OpenApiClient
from gizqr_station.codes.open_api_errors import Subject
from gizqr_station.codes.proof_session import Patience, ProofSession
from gizqr_station.codes.proof_verdict import Question
from gizqr_station.codes.prover_file import proving_name
from gizqr_station.domain.binding_proof import BindingProof, BoundDevice, ProofStep, ProofVerdict
from gizqr_station.domain.code_failures import (
    CertificateRefused,
    CodeMalformed,
    NameUnknown,
    ProxyRefused,
    ServiceThrottles,
    ServiceUnreachable,
)
from gizqr_station.domain.codes import ContentKind, anatomy
from gizqr_station.domain.failures import CodeFailure, Failure
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.proof_failures import (
    AppIdRefused,
    CloudThrottles,
    ContentRefused,
    DeviceNeverOnline,
    DeviceOffline,
    NotBound,
    NotProvedByBinding,
    ProofProductRefused,
    ProofRequestRefused,
    ProofSignInRefused,
    ProofStopped,
    StillBound,
)
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.domain.stop_at import StopAt

_NOTHING_BOUND = (
    AppIdRefused,
    CertificateRefused,
    CloudThrottles,
    ContentRefused,
    DeviceNeverOnline,
    DeviceOffline,
    NameUnknown,
    ProofProductRefused,
    ProofRequestRefused,
    ProofSignInRefused,
    ProxyRefused,
    ServiceThrottles,
    ServiceUnreachable,
)
"""The cloud said so, or was never asked: after any other failure of the call the device may be bound all the same."""
_NEVER_SENT = frozenset({ContentKind.LINK, ContentKind.SHARE})
"""By the App's own rules."""
_HOPELESS = (AppIdRefused, ProofProductRefused, ProofRequestRefused, ProofSignInRefused)
"""Asking for the list again would give the same answer."""


@dataclass(frozen=True, slots=True)
class ProofPace:
    """How long each part of a proof may take, in seconds."""

    other_proof_s: float = 5.0
    """Waiting for another proof of this station to end."""
    clear_s: float = 10.0
    read_back_s: float = 20.0
    """The list may lag behind the binding."""
    settle_s: float = 3.0
    """When the list names another device, the expected one may still come."""
    unbind_s: float = 20.0
    first_pause_s: float = 0.3
    longest_pause_s: float = 3.0
    patience: Patience = field(default_factory=Patience)


class BindingProver:
    """A CodeProver. ``client_maker`` is asked at each proof, for the settings may have changed; it may raise Failures.

    ``prover_file`` keeps the name of the anonymous user.
    """

    def __init__(
        self, client_maker: Callable[[], OpenApiClient], prover_file: Path, *, pace: ProofPace | None = None
    ) -> None:
        self._client_maker = client_maker
        self._prover_file = prover_file
        self._pace = pace or ProofPace()

    def prove(
        self, content: str, product_key: str, expected: Identity | None, stop: Stop, step: Callable[[ProofStep], None]
    ) -> BindingProof:
        """Bind, read back, unbind. Stopped only before the code was sent; after that the proof says ProofStopped."""
        stop.check()
        question = Question(content, product_key, expected)
        if not question.can_be_sent:
            return question.not_known(CodeMalformed(question.readable, content, "length or letters"))
        kind = anatomy(content).kind
        if kind in _NEVER_SENT:
            # The cloud would refuse it, and a good label would be called a bad one.
            return question.not_known(NotProvedByBinding(kind.value))
        try:
            client = self._client_maker()
            with proving_name(self._prover_file, stop, self._pace.other_proof_s) as name:
                subject = Subject(product_key, question.readable)
                session = ProofSession(client, name, subject, self._pace.patience)
                return _Proof(session, question, stop, step, self._pace).run()
        except Failure as failure:
            return question.not_known(failure)


class _Proof:
    """One proof under way."""

    def __init__(
        self, session: ProofSession, question: Question, stop: Stop, step: Callable[[ProofStep], None], pace: ProofPace
    ) -> None:
        self._session, self._question = session, question
        self._stop, self._step, self._pace = stop, step, pace
        self._before: frozenset[str] = frozenset()
        """What could not be unbound beforehand, by did: it proves nothing."""
        self._may_be_bound = True
        self._found: dict[str, BoundDevice] = {}
        """What the list named since the code was sent, by did."""

    def run(self) -> BindingProof:
        """Raises a Failure or Stopped only when nothing can have been bound."""
        self._step(ProofStep.SIGN_IN)
        self._session.sign_in(self._stop)
        self._step(ProofStep.CLEAR)
        self._clear()
        self._step(ProofStep.BIND)
        self._stop.check()
        proof, left = None, None
        try:
            proof = self._bound()
        finally:
            # Also when this program has a fault: a device must not stay with the test user.
            if self._may_be_bound:
                self._step(ProofStep.UNBIND)
                left = self._unbind(looked=proof is not None and isinstance(proof.failure, NotBound))
        confirmed = self._question.confirmed(proof, self._new)
        return replace(confirmed, left_bound=left, sandbox=self._session.sandbox)

    def _clear(self) -> None:
        """Unbind what an earlier proof left. StillBound when the very device which is to be proved does not go."""
        ends = time.monotonic() + self._pace.clear_s
        pause_s = self._pace.first_pause_s
        while bound := self._session.bound(self._stop):
            if time.monotonic() >= ends:
                break
            self._session.unbind(bound, self._stop)
            self._stop.sleep(pause_s)
            pause_s = min(pause_s * 2, self._pace.longest_pause_s)
        self._before = frozenset(device.did for device in bound)
        for device in bound:
            if self._question.expected is not None and self._question.is_expected(device):
                # The list would name it whatever the code says.
                raise StillBound(self._question.readable, self._question.told(device))

    def _bound(self) -> BindingProof:
        """Send the code and look for what became of it."""
        doubt: Failure | None = None
        try:
            self._session.bind(self._question.content, self._stop)
        except Stopped:
            return self._question.not_known(ProofStopped())
        except _NOTHING_BOUND as refused:
            self._may_be_bound = False
            proof = self._question.not_known(refused)
            return replace(proof, verdict=ProofVerdict.DOES_NOT_BIND) if isinstance(refused, ContentRefused) else proof
        except CodeFailure as failure:
            doubt = failure  # the list will tell
        self._step(ProofStep.READ_BACK)
        try:
            return self._read_back(doubt)
        except Stopped:
            return self._question.not_known(ProofStopped())

    def _read_back(self, doubt: Failure | None) -> BindingProof:
        """Look at the list until it names the device, or the time is over."""
        ends = time.monotonic() + self._pace.read_back_s
        pause_s = self._pace.first_pause_s
        trouble: Failure | None = None
        while True:
            found = len(self._found)
            try:
                self._look(self._stop)
                trouble = None
            except CodeFailure as failure:
                trouble = failure
            if any(map(self._question.is_expected, self._new)) or isinstance(trouble, _HOPELESS):
                break
            if len(self._found) > found:
                ends = min(ends, time.monotonic() + self._pace.settle_s)
            left_s = ends - time.monotonic()
            if left_s <= 0:
                break
            self._stop.sleep(min(pause_s, left_s))
            pause_s = min(pause_s * 2, self._pace.longest_pause_s)
        return self._question.judged(self._new, trouble or doubt)

    def _unbind(self, *, looked: bool) -> StillBound | None:
        """Until the user has nothing; heeds no Stop of others, only its own end of time.

        Where the list never named a device it is looked at for ``settle_s``, for the binding may come late, unless it
        was ``looked`` at long enough before.
        """
        now = time.monotonic()
        stop = StopAt(Stop(), now + self._pace.unbind_s)
        looks_until = now if looked or self._found else now + self._pace.settle_s
        pause_s = self._pace.first_pause_s
        trouble: Failure | str = "…"
        bound = self._new
        try:
            while True:
                try:
                    bound = self._look(stop)
                    if not bound and time.monotonic() >= looks_until:
                        return None
                    if bound:
                        self._session.unbind(bound, stop)
                except CodeFailure as failure:
                    trouble = failure
                stop.sleep(pause_s)
                pause_s = min(pause_s * 2, self._pace.longest_pause_s)
        except Stopped:
            return StillBound(self._question.told(bound[0]) if bound else self._question.readable, trouble)

    def _look(self, stop: Stop) -> tuple[BoundDevice, ...]:
        """All that is bound; what is new among it is noted."""
        bound = self._session.bound(stop)
        self._found.update((device.did, device) for device in bound if device.did not in self._before)
        return bound

    @property
    def _new(self) -> tuple[BoundDevice, ...]:
        return tuple(self._found.values())
