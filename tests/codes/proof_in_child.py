"""A proof in a process of its own, which waits at a step to be killed there."""

import sys
import threading
from pathlib import Path

from gizqr_station.codes.binding_prover import BindingProver
from gizqr_station.codes.open_api import OpenApiClient
from gizqr_station.domain.binding_proof import ProofStep
from gizqr_station.domain.identity import parse_identity
from gizqr_station.domain.stop import Stop


def main(url: str, app_id: str, prover_file: str, content: str, product_key: str, identity: str, waits_at: str) -> None:
    def step(reached: ProofStep) -> None:
        sys.stdout.write(f"{reached.value}\n")
        sys.stdout.flush()
        if reached.value == waits_at:
            threading.Event().wait()

    prover = BindingProver(lambda: OpenApiClient(url, app_id), Path(prover_file))
    prover.prove(content, product_key, parse_identity(identity), Stop(), step)


if __name__ == "__main__":
    main(*sys.argv[1:])
