"""What a proof means for the code that was proved: it is noted of its label; one that is no good goes on none again."""

from typing import Protocol

from gizqr_station.domain.binding_proof import BindingProof, ProofVerdict
from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.proof_failures import ContentRefused
from gizqr_station.workflows.code_ports import CodePool
from gizqr_station.workflows.codes_seen import PooledScheme


def disproved(proof: BindingProof) -> bool:
    """Whether the real cloud said that this code is no good; anything less keeps it.

    It refused the very content, or bound by it another device than the one that was named.
    """
    if proof.sandbox:
        return False
    if proof.verdict is ProofVerdict.DOES_NOT_BIND:
        return isinstance(proof.failure, ContentRefused)
    return proof.verdict is ProofVerdict.OTHER_DEVICE and proof.expected is not None


def reject_disproved(pool: CodePool, product_key: str, service: str, proof: BindingProof) -> None:
    """Take a code that is no good from the pool; PoolNotWritten and PoolUnreadable where that cannot be."""
    reason = proof.verdict.value if proof.failure is None else proof.failure.code
    pool.reject(product_key, service, proof.content, reason)


def taken_from(pooled: PooledScheme | None, proof: BindingProof) -> bool:
    """Whether the code was no good and there is a pool, which does not have it now."""
    if pooled is None or not disproved(proof):
        return False
    reject_disproved(pooled.fetch.pool, pooled.fetch.product_key, pooled.fetch.service, proof)
    return True


class NotedLabels(Protocol):
    """Of a ledger: the label of a content, and what is noted of it. Raises a LedgerFailure."""

    def with_content(self, content: str) -> PrintJob | None:
        """The newest one that says this."""
        ...

    def note(self, job: PrintJob, *, who: str, evidence: str) -> None:
        """An entry that moves nothing."""
        ...


def note_proof(ledger: NotedLabels, proof: BindingProof, who: str) -> None:
    """Write down what came of it beside the label with this content; nothing where there is none."""
    job = ledger.with_content(proof.content)
    if job is None:
        return
    parts = [proof.verdict.value, *([proof.failure.code] if proof.failure is not None else [])]
    if proof.sandbox:
        parts.append("sandbox")
    ledger.note(job, who=who, evidence=f"binding proof: {', '.join(parts)}")
