"""One code is proved at the Open API by whoever may label, and what came of it is written down."""

from collections.abc import Callable

from gizqr_station.domain.identity import parse_identity
from gizqr_station.domain.people import Permission
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.code_happenings import ProofGoesOn, ProofSeen
from gizqr_station.workflows.code_ports import CodeProver
from gizqr_station.workflows.code_rejection import note_proof, taken_from
from gizqr_station.workflows.codes_seen import PooledScheme
from gizqr_station.workflows.happenings import Tell
from gizqr_station.workflows.provision import Bench


def prove_and_note(
    bench: Bench,
    pooled: PooledScheme | None,
    prover: CodeProver,
    content: str,
    identity_text: str,
    stop: Stop,
    tell: Tell,
    tell_pool: Callable[[], None],
) -> None:
    """Tells ProofGoesOn at each step, then ProofSeen, and the pool where it has lost the code by it.

    Raises a PeopleFailure before anything is bound, and a LedgerFailure for what could not be noted.
    """
    who = bench.duty.require(Permission.LABEL)
    local_macs = bench.allowance.local_macs is not None
    expected = parse_identity(identity_text, local_macs=local_macs) if identity_text.strip() else None
    proof = prover.prove(content, bench.product.key, expected, stop, lambda step: tell(ProofGoesOn(step)))
    tell(ProofSeen(proof))
    try:
        note_proof(bench.ledger, proof, who)
    finally:
        if taken_from(pooled, proof):
            tell_pool()
