"""What is found in a record that is not what was sealed and signed, and which entry is named."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from gizqr_station.domain.audit import AuditFaultKind, Checkpoint
from gizqr_station.domain.hash_tree import HashTree
from gizqr_station.workflows.audit_check import Checked, Witnessed, check_record
from gizqr_station.workflows.audit_ports import SealLine


def seal(number: int) -> str:
    return f"{number:064x}"[::-1]


def lines(count: int) -> list[SealLine]:
    return [SealLine(number, seal(number), seal(number)) for number in range(1, count + 1)]


def seen(count: int, after: int = 0, root: str = "") -> Witnessed:
    tree = HashTree()
    for number in range(1, count + 1):
        tree.add(seal(number))
    at = datetime(2026, 3, 2, tzinfo=UTC)
    checkpoint = Checkpoint("ledger", count, seal(count), root or tree.root(), at, "bench-1", "key", "signature")
    return Witnessed(checkpoint, after, [seal(number)[:16] for number in range(after + 1, count + 1)])


def found(record: Sequence[SealLine], *checkpoints: Witnessed) -> tuple[AuditFaultKind, int] | None:
    fault = check_record(record, checkpoints).fault
    return None if fault is None else (fault.kind, fault.sequence)


def test_a_whole_record_has_no_fault() -> None:
    assert check_record(lines(9), [seen(3), seen(7, 3)]) == Checked(9, None)
    assert check_record([], []) == Checked(0, None)


def test_a_line_that_does_not_fit_its_seal_is_named() -> None:
    record = lines(9)
    record[4] = record[4]._replace(due=seal(99))
    assert found(record) == found(record, seen(9)) == (AuditFaultKind.ENTRY_CHANGED, 5)


@pytest.mark.parametrize(("agrees", "kind"), [(True, "JOB_CHANGED"), (False, "ENTRY_CHANGED")])
def test_what_a_job_was_opened_with_is_told_from_the_line_that_opened_it(agrees: bool, kind: str) -> None:
    record = lines(3)
    record[1] = record[1]._replace(due="", opened=7, agrees=agrees)
    assert found(record) == (AuditFaultKind[kind], 2)


def test_a_gap_is_a_line_that_is_missing() -> None:
    assert found([line for line in lines(9) if line.sequence != 4]) == (AuditFaultKind.ENTRY_MISSING, 4)


def test_lines_that_closed_up_or_made_room_are_told_apart_by_the_checkpoint() -> None:
    closed_up = lines(3) + [SealLine(number, seal(number + 1), "") for number in range(4, 9)]
    assert found(closed_up, seen(9)) == (AuditFaultKind.ENTRY_MISSING, 4)
    made_room = [*lines(3), SealLine(4, seal(99), ""), *(SealLine(number, seal(number - 1), "") for number in (5, 6))]
    assert found(made_room, seen(5)) == (AuditFaultKind.ENTRY_ADDED, 4)
    swapped = [*lines(3), SealLine(4, seal(5), ""), SealLine(5, seal(4), "")]
    assert found(swapped, seen(5)) == (AuditFaultKind.ENTRY_CHANGED, 4)


def test_lines_that_were_sealed_anew_are_found_by_the_checkpoint_alone() -> None:
    anew = lines(3) + [SealLine(number, seal(number + 90), seal(number + 90)) for number in range(4, 10)]
    assert found(anew) is None
    assert found(anew, seen(3)) is None
    assert found(anew, seen(9)) == found(anew, seen(3), seen(9, 3)) == (AuditFaultKind.RESTAMPED, 4)


def test_without_its_beginnings_a_checkpoint_names_the_stretch() -> None:
    anew = lines(3) + [SealLine(number, seal(number + 90), seal(number + 90)) for number in range(4, 10)]
    later = seen(9, 3)
    assert found(anew, seen(3), Witnessed(later.checkpoint, 3, [""] * 6)) == (AuditFaultKind.RESTAMPED, 4)


def test_a_root_that_is_not_that_of_the_seals_is_found() -> None:
    assert found(lines(5), seen(5, root="0" * 64)) == (AuditFaultKind.RESTAMPED, 1)


def test_a_cut_tail_is_named_by_its_first_missing_line() -> None:
    assert found(lines(6)) is None
    assert found(lines(6), seen(4), seen(8, 4)) == (AuditFaultKind.TAIL_CUT, 7)
    assert found([], seen(1)) == (AuditFaultKind.TAIL_CUT, 1)
