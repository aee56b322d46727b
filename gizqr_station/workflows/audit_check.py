"""Whether the record still is what was sealed and signed: one pass over it, and the first bad entry is named."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gizqr_station.domain.audit import AuditFault, AuditFaultKind, Checkpoint
from gizqr_station.domain.hash_tree import HashTree
from gizqr_station.workflows.audit_ports import SealLine

WITNESS_DIGITS = 16
"""Of each seal, kept with the checkpoint that covers it: with them, even of a record that was sealed anew from end to
end the first changed entry is known."""


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A checkpoint, and the beginnings of the seals that came since the one before it in the same place."""

    checkpoint: Checkpoint
    after: int
    """How many entries the one before covered."""
    seals: Sequence[str]
    """Of entries ``after + 1`` to ``checkpoint.count``, the first WITNESS_DIGITS digits each."""

    def seen(self, sequence: int) -> str:
        """How the seal of an entry began, empty where this checkpoint does not say."""
        return self.seals[sequence - self.after - 1] if self.after < sequence <= self.checkpoint.count else ""


@dataclass(frozen=True, slots=True)
class Checked:
    """How far the record is good, and the first thing that is not."""

    entries: int
    fault: AuditFault | None


def check_record(lines: Iterable[SealLine], checkpoints: Sequence[Witnessed]) -> Checked:
    """Compare each line with its own seal, the line before and the checkpoints, which come lowest count first."""
    due = list(checkpoints)
    tree, stream = HashTree(), iter(lines)
    for line in stream:
        sequence = tree.size + 1
        while due and due[0].checkpoint.count < sequence:
            due.pop(0)
        fault = _fault_of(line, sequence, due[0] if due else None, stream)
        if fault is not None:
            return Checked(sequence, fault)
        tree.add(line.seal)
        for seen in due:
            if seen.checkpoint.count != sequence:
                break
            if (seen.checkpoint.head, seen.checkpoint.root) != (line.seal, tree.root()):
                return Checked(sequence, _restamped(seen.after + 1, sequence))
    for seen in checkpoints:
        if seen.checkpoint.count > tree.size:
            detail = f"{tree.size} entries are there, {seen.checkpoint.count} were when a checkpoint was signed"
            return Checked(tree.size, AuditFault(AuditFaultKind.TAIL_CUT, tree.size + 1, detail))
    return Checked(tree.size, None)


def _fault_of(line: SealLine, sequence: int, seen: Witnessed | None, later: Iterator[SealLine]) -> AuditFault | None:
    if line.sequence != sequence:
        return AuditFault(AuditFaultKind.ENTRY_MISSING, sequence, f"the next entry is {line.sequence}")
    witness = "" if seen is None else seen.seen(sequence)
    strange = bool(witness) and not line.seal.startswith(witness)
    if line.seal == line.due:
        if strange:
            return AuditFault(AuditFaultKind.RESTAMPED, sequence, "its seal is not the one that a checkpoint has seen")
        return None
    if strange and seen is not None:
        return AuditFault(_moved(line, sequence, seen, later), sequence, "another entry stands there")
    if line.opened is None:
        return AuditFault(AuditFaultKind.ENTRY_CHANGED, sequence, "the entry is not what was sealed")
    kind = AuditFaultKind.JOB_CHANGED if line.agrees else AuditFaultKind.ENTRY_CHANGED
    return AuditFault(kind, sequence, f"the entry or job {line.opened}, which it opened, is not what was sealed")


def _moved(line: SealLine, sequence: int, seen: Witnessed, later: Iterator[SealLine]) -> AuditFaultKind:
    """What became of the entry that should stand here: it comes next, it is gone, or it is another."""
    this_is_next = _begins(line, seen.seen(sequence + 1))
    behind = next(later, None)
    next_is_this = behind is not None and _begins(behind, seen.seen(sequence))
    if this_is_next == next_is_this:
        return AuditFaultKind.ENTRY_CHANGED
    return AuditFaultKind.ENTRY_MISSING if this_is_next else AuditFaultKind.ENTRY_ADDED


def _begins(line: SealLine, witness: str) -> bool:
    return bool(witness) and line.seal.startswith(witness)


def _restamped(first: int, last: int) -> AuditFault:
    detail = f"one of the entries {first} to {last} is not what a checkpoint has seen"
    return AuditFault(AuditFaultKind.RESTAMPED, first, detail)


def covered_by(checkpoints: Iterable[Witnessed]) -> int:
    """How many entries the newest of them covers."""
    return max((seen.checkpoint.count for seen in checkpoints), default=0)
