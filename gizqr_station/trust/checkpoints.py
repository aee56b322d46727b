"""Signs what the record says, keeps that in the second place, and checks the record against all that was signed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from gizqr_station.domain.audit import (
    FIRST_SEAL,
    Act,
    ActKind,
    AuditFault,
    AuditFaultKind,
    AuditVerdict,
    Checkpoint,
)
from gizqr_station.domain.audit_failures import OlderLedger, failure_of
from gizqr_station.domain.hash_tree import HashTree
from gizqr_station.domain.stop import Stop
from gizqr_station.trust.checkpoint_form import Beginnings, SignedCheckpoint, signed
from gizqr_station.trust.remembered import Mark, Remembered
from gizqr_station.trust.second_place import Kept, SecondPlace
from gizqr_station.trust.signing import StationKey
from gizqr_station.workflows.audit_check import WITNESS_DIGITS, check_record
from gizqr_station.workflows.audit_ports import SealedRecord
from gizqr_station.workflows.ports import Clock


@dataclass(frozen=True, slots=True)
class CheckpointParts:
    """What checkpoints are made from and kept in."""

    record: SealedRecord
    place: SecondPlace
    key: Callable[[], StationKey]
    """Asked for only when something is signed; made at first use."""
    remembered: Remembered
    clock: Clock
    station: str


class SignedCheckpoints:
    """The Checkpoints of ``workflows.audit_ports``."""

    def __init__(self, parts: CheckpointParts) -> None:
        self._parts = parts

    def sign(self, *, who: str, stop: Stop) -> Checkpoint:
        """A checkpoint over all entries so far, written to the second place and told in the record.

        Raises CheckpointPlaceAway, SigningKeyUnusable; RecordCutShort or RecordRestamped where the record no longer
        has what was signed before, for signing that would make it good.
        """
        return self.sign_whole(who=who, stop=stop).checkpoint

    def sign_whole(self, *, who: str, stop: Stop) -> SignedCheckpoint:
        """The same, with all that its file holds."""
        parts = self._parts
        ledger_id, last = parts.record.ledger_id(), parts.record.last_entry()
        before = parts.place.newest(ledger_id)
        for fault in self._signed_before(ledger_id, last, before):
            raise failure_of(fault)
        held = signed(self._draft(ledger_id, last, before, stop), parts.key())
        parts.place.write(held)
        parts.remembered.write(held.checkpoint)
        parts.record.act(_told(held), who=who)
        return held

    def verify(self, stop: Stop) -> AuditVerdict:
        """Check every entry, and the record against every checkpoint of the second place; CheckpointPlaceAway."""
        parts = self._parts
        ledger_id = parts.record.ledger_id()
        kept = parts.place.kept(ledger_id, stop)
        last = parts.record.last_entry()
        checked = check_record(parts.record.seal_lines(last, stop), [held.witnessed for held in kept.good])
        covered = max((held.checkpoint.count for held in kept.good), default=0)
        fault = checked.fault
        for found in (self._forgotten(ledger_id, last), _broken(kept), self._gone(ledger_id, kept)):
            fault = fault or found
        return AuditVerdict(checked.entries, min(covered, checked.entries), fault or parts.record.job_fault(stop))

    def _draft(self, ledger_id: str, last: int, before: SignedCheckpoint | None, stop: Stop) -> SignedCheckpoint:
        parts = self._parts
        after = 0 if before is None else before.checkpoint.count
        tree = HashTree() if before is None else HashTree(after, before.peaks)
        head = FIRST_SEAL if before is None else before.checkpoint.head
        witness = bytearray()
        for seal in parts.record.seals(after, last, stop):
            tree.add(seal)
            witness += bytes.fromhex(seal[:WITNESS_DIGITS])
            head = seal
        at, station = parts.clock.now(), parts.station
        checkpoint = Checkpoint(ledger_id, tree.size, head, tree.root(), at, station, key_id="", signature="")
        return SignedCheckpoint(checkpoint, "", after, tree.peaks, Beginnings(bytes(witness)))

    def _signed_before(self, ledger_id: str, last: int, before: SignedCheckpoint | None) -> Iterator[AuditFault]:
        if before is not None:
            checkpoint = before.checkpoint
            yield from self._unlike(Mark(ledger_id, checkpoint.count, checkpoint.head), last)
        fault = self._forgotten(ledger_id, last)
        if fault is not None:
            yield fault

    def _forgotten(self, ledger_id: str, last: int) -> AuditFault | None:
        """What this station remembers to have signed, and the record does not have."""
        mark = self._parts.remembered.read()
        if mark is None:
            return None
        if mark.ledger != ledger_id:
            detail = f"this is ledger {ledger_id}, the one that was signed here last is {mark.ledger}"
            return AuditFault(AuditFaultKind.TAIL_CUT, 1, detail)
        return next(iter(self._unlike(mark, last)), None)

    def _unlike(self, mark: Mark, last: int) -> Sequence[AuditFault]:
        if last < mark.count:
            detail = f"{last} entries are there, {mark.count} were when a checkpoint was signed"
            return [AuditFault(AuditFaultKind.TAIL_CUT, last + 1, detail)]
        if self._parts.record.seal_at(mark.count) != mark.head:
            return [AuditFault(AuditFaultKind.RESTAMPED, mark.count, "it has another seal than when it was signed")]
        return []

    def _gone(self, ledger_id: str, kept: Kept) -> AuditFault | None:
        """A checkpoint of which the next one, or this station, knows, and which is not in the second place."""
        there = {0, *(held.checkpoint.count for held in kept.good)}
        known = [held.after for held in kept.good]
        mark = self._parts.remembered.read()
        if mark is not None and mark.ledger == ledger_id:
            known.append(mark.count)
        return _missing(there, known, self._parts.place.folder)


def require_remembered(record: SealedRecord, remembered: Remembered, path: str) -> None:
    """At the start of a station: raise OlderLedger where the ledger at ``path`` does not have what was signed last."""
    mark = remembered.read()
    if mark is not None and (record.ledger_id() != mark.ledger or record.seal_at(mark.count) != mark.head):
        raise OlderLedger(path, mark.count, record.last_entry(), remembered.path)


def _missing(there: set[int], known: Iterable[int], folder: str) -> AuditFault | None:
    for count in sorted(set(known) - there):
        detail = f"the checkpoint over {count} entries is not in {folder}"
        return AuditFault(AuditFaultKind.CHECKPOINT_BROKEN, count, detail)
    return None


def _broken(kept: Kept) -> AuditFault | None:
    for file in kept.broken:
        return AuditFault(AuditFaultKind.CHECKPOINT_BROKEN, file.count, f"{file.name}: {file.reason}")
    return None


def _told(held: SignedCheckpoint) -> Act:
    checkpoint = held.checkpoint
    facts = (
        ("count", str(checkpoint.count)),
        ("head", checkpoint.head),
        ("root", checkpoint.root),
        ("public_key", held.public_key),
    )
    return Act(ActKind.CHECKPOINT, checkpoint.key_id, facts)
