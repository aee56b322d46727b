"""A prover in a hurry, over a scripted cloud, for the tests of proofs."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from gizqr_station.codes.binding_prover import BindingProver, ProofPace
from gizqr_station.codes.http_caller import Waits
from gizqr_station.codes.open_api import OpenApiClient
from gizqr_station.codes.proof_session import Patience
from gizqr_station.domain.binding_proof import BindingProof, ProofStep
from gizqr_station.domain.identity import Identity, parse_identity
from gizqr_station.domain.stop import Stop
from tests.codes.faulty_server import FaultyServer
from tests.codes.scripted_cloud import APP_ID, GOOD, MAC, PRODUCT, ScriptedCloud

CALM = ProofPace(
    other_proof_s=0.1,
    clear_s=10,
    read_back_s=10,
    settle_s=0.05,
    unbind_s=10,
    first_pause_s=0.002,
    longest_pause_s=0.02,
    patience=Patience(call_s=10, throttled_s=0.05),
)
"""Looks often, and has time: a busy machine makes no other verdict."""
STUCK = replace(CALM, clear_s=0.1, unbind_s=0.2)
"""For what cannot be unbound."""
HURRY = replace(STUCK, read_back_s=0.1)
"""For what never comes."""
WAITS = Waits(connect_s=5, idle_s=5)
EXPECTED = parse_identity(MAC)


@dataclass
class Proving:
    """A cloud that runs, and a station beside it."""

    cloud: ScriptedCloud
    url: str
    prover_file: Path
    pace: ProofPace = CALM
    waits: Waits = WAITS
    steps: list[ProofStep] = field(default_factory=list)

    def prove(
        self,
        content: str = GOOD,
        expected: Identity | None = EXPECTED,
        *,
        stop: Stop | None = None,
        at: Callable[[ProofStep], None] = lambda _step: None,
        product_key: str = PRODUCT,
    ) -> BindingProof:
        def step(reached: ProofStep) -> None:
            self.steps.append(reached)
            at(reached)

        prover = BindingProver(lambda: OpenApiClient(self.url, APP_ID, self.waits), self.prover_file, pace=self.pace)
        return prover.prove(content, product_key, expected, stop or Stop(), step)


@contextlib.contextmanager
def proving(cloud: ScriptedCloud, folder: Path, pace: ProofPace = CALM, waits: Waits = WAITS) -> Iterator[Proving]:
    """As long as the block."""
    with FaultyServer(cloud.answer) as server:
        yield Proving(cloud, server.url, folder / "prover.txt", pace, waits)
