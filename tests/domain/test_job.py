"""The table of states: every pair is walked."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.identity import MacAddress
from gizqr_station.domain.job import (
    ENDED,
    MOVES,
    STATE_AFTER,
    JobDraft,
    JobState,
    PrintJob,
    PrintOutcome,
    label_mark,
)
from gizqr_station.domain.ledger_failures import IllegalMove

NOW = datetime(2026, 11, 22, tzinfo=UTC)
LEGAL = {
    "intended": {"sent", "failed"},
    "sent": {"printed", "unknown", "failed", "verified", "voided"},
    "unknown": {"printed", "verified", "failed", "voided"},
    "printed": {"verified", "voided"},
    "verified": {"voided"},
    "failed": set(),
    "voided": set(),
}
JOB = PrintJob(
    1,
    JobDraft("L-000001", MacAddress("00911f500047"), "0" * 32, "Lamp", "text", CodeSource.SERVICE, "", "", "40x30",
             203, "zebra", "bench", "operator", 0, test=False, scan_back_due=True),
    JobState.INTENDED,
    None,
    NOW,
    NOW,
)  # fmt: skip


@pytest.mark.parametrize(("state", "onward"), list(product(JobState, JobState)))
def test_a_job_moves_only_where_the_table_leads(state: JobState, onward: JobState) -> None:
    job = replace(JOB, state=state)
    if onward.value in LEGAL[state.value]:
        assert job.moved_to(onward, NOW).state is onward
    else:
        with pytest.raises(IllegalMove):
            job.moved_to(onward, NOW)


def test_only_failed_and_voided_free_an_identity() -> None:
    assert {JobState.FAILED, JobState.VOIDED} == ENDED


def test_every_outcome_leads_where_sent_may_go_or_stay() -> None:
    assert set(STATE_AFTER) == set(PrintOutcome)
    assert all(onward is JobState.SENT or onward in MOVES[JobState.SENT] for onward in STATE_AFTER.values())


def test_what_a_socket_accepted_is_not_printed() -> None:
    assert STATE_AFTER[PrintOutcome.ACCEPTED] is JobState.SENT


@pytest.mark.parametrize(
    ("state", "due", "is_open"),
    [
        (JobState.UNKNOWN, False, True),
        (JobState.SENT, True, True),
        (JobState.PRINTED, True, True),
        (JobState.SENT, False, False),
        (JobState.VERIFIED, True, False),
        (JobState.VOIDED, True, False),
    ],
)
def test_a_job_is_open_until_it_is_scanned_or_settled(state: JobState, due: bool, is_open: bool) -> None:
    job = replace(JOB, state=state, draft=replace(JOB.draft, scan_back_due=due))
    assert job.open is is_open


def test_the_mark_says_test_and_revision() -> None:
    marks = [label_mark(test=test, revision=revision) for test in (False, True) for revision in (0, 2)]
    assert marks == ["", "R2", "TEST", "TEST R2"]
