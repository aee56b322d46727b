"""Takes over what another ledger has labelled, as often as one likes, and settles what two ledgers have labelled."""

from collections.abc import Iterator, Sequence

from gizqr_station.domain.audit import SealedEntry
from gizqr_station.domain.correction_failures import RemarkTooLong
from gizqr_station.domain.corrections import LONGEST_REMARK
from gizqr_station.domain.job import ENDED, PrintJob
from gizqr_station.domain.ledger_failures import NothingRecorded
from gizqr_station.domain.merge_failures import LedgerDiverged, MergedIntoItself, OlderThanMerged
from gizqr_station.domain.merging import Brought, Conflict, Merged, MergedUpTo, MergePage, Taken
from gizqr_station.domain.people import Permission
from gizqr_station.domain.scan_text import printable
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.duty import Duty
from gizqr_station.workflows.merge_ports import ForeignRecord, MergeStore

AT_ONCE = 200
"""Entries of one transaction: a station that labels waits for it no longer than for some labels."""
KEPT = "another ledger's label is kept"


def merge(ours: MergeStore, theirs: ForeignRecord, duty: Duty, file: str, stop: Stop) -> Merged:
    """Everything that was not taken over before; ``file`` is what the other ledger is called in failures.

    Ended at any moment, it goes on from there the next time. Raises MergedIntoItself, LedgerDiverged, OlderThanMerged,
    MergedMeanwhile, Stopped, and what ``duty`` raises.
    """
    who = duty.require(Permission.MERGE, file)
    origin, behind = _fitting(ours, theirs, file)
    upto, taken, last = behind, Taken(), theirs.last_entry()
    while upto.sequence < last:
        stop.check()
        entries = theirs.entries(upto.sequence, AT_ONCE)
        page = MergePage(origin, upto, entries, theirs.brought(_labels_of(entries)))
        reached = MergedUpTo(entries[-1].sequence, entries[-1].seal)
        taken += ours.take_over(page, taken, who=who, last=reached.sequence == last)
        upto = reached
    return Merged(origin, behind.sequence, upto.sequence, upto.head, taken)


def looked_over(ours: MergeStore, theirs: ForeignRecord, file: str, stop: Stop) -> Merged:
    """What ``merge`` would bring now; nothing is written, and anybody may look."""
    origin, behind = _fitting(ours, theirs, file)
    taken, last = Taken(), theirs.last_entry()
    for entries in _pages(theirs, behind.sequence, stop):
        moves = [entry for entry in entries if entry.kind == "move" and entry.job is not None]
        opened = {entry.job for entry in moves if _opens(entry) and entry.job is not None}
        brought = [each for number, each in theirs.brought(opened).items() if number in opened]
        taken += Taken(len(opened), len(moves) - len(opened), _claimed(ours, brought))
    return Merged(origin, behind.sequence, last, theirs.seal_at(last), taken)


def conflicts(ours: MergeStore) -> Sequence[Conflict]:
    """Devices that two ledgers have labelled; anybody may see them."""
    return ours.conflicts()


def keep(ours: MergeStore, label_serial: str, duty: Duty, remark: str = "") -> tuple[PrintJob, Sequence[PrintJob]]:
    """This label stays the device's, all its other ones are voided: they must be destroyed. It, and those.

    Raises NothingRecorded, NotContested, RivalUnsent, and what ``duty`` raises.
    """
    job = ours.with_serial(label_serial)
    if job is None:
        raise NothingRecorded(label_serial)
    who = duty.require(Permission.MERGE, label_serial)
    if len(remark) > LONGEST_REMARK:
        raise RemarkTooLong(len(remark), LONGEST_REMARK)
    remark = printable(remark)
    reason = f"{KEPT}: {label_serial}" + (f"; {remark}" if remark else "")
    return ours.keep(job.id, who=who, reason=reason)


def _fitting(ours: MergeStore, theirs: ForeignRecord, file: str) -> tuple[str, MergedUpTo]:
    """Whose labels they are, and how far they were merged; raises where the two do not follow each other."""
    origin = theirs.ledger_id()
    if origin == ours.ledger_id():
        raise MergedIntoItself(file)
    behind = ours.merged_upto(origin)
    last = theirs.last_entry()
    if last < behind.sequence:
        raise OlderThanMerged(origin[:12], last, behind.sequence)
    if theirs.seal_at(behind.sequence) != behind.head:
        raise LedgerDiverged(origin[:12], behind.sequence)
    return origin, behind


def _pages(theirs: ForeignRecord, after: int, stop: Stop) -> Iterator[Sequence[SealedEntry]]:
    while page := theirs.entries(after, AT_ONCE):
        stop.check()
        yield page
        after = page[-1].sequence


def _labels_of(entries: Sequence[SealedEntry]) -> set[int]:
    return {entry.job for entry in entries if entry.job is not None}


def _opens(entry: SealedEntry) -> bool:
    return entry.state == "intended"


def _claimed(ours: MergeStore, brought: Sequence[Brought]) -> int:
    live = [each.job for each in brought if each.job.state not in ENDED]
    keys = {job.draft.product_key for job in live}
    of_key = ([job.identity for job in live if job.draft.product_key == key] for key in keys)
    return sum(len(ours.live_among(key, some)) for key, some in zip(keys, of_key, strict=True))
