"""What every Ledger answers: after an interruption, and to the questions of workflows and people."""

from collections.abc import Callable

import pytest

from gizqr_station.domain.identity import Imei
from gizqr_station.domain.job import JobState, PrintOutcome
from gizqr_station.workflows.ports import Ledger
from tests.contracts.ledger_samples import MAC, OTHER_KEY, OTHER_MAC, PRODUCT_KEY, brought_to, mac, opened

Opener = Callable[[str], Ledger]
"""Opens, or opens again, one and the same ledger for a station of this name."""


class QuestionsContract:
    """The half of the ledger's contract that asks."""

    @pytest.fixture
    def ledger(self, opener: Opener) -> Ledger:
        return opener("bench-1")

    # interruptions

    @pytest.mark.parametrize(
        ("moves", "scan_back_due", "state", "evidence"),
        [
            ([], True, JobState.FAILED, "interrupted before sending"),
            ([(JobState.SENT, None)], True, JobState.UNKNOWN, "interrupted while sending"),
            ([(JobState.SENT, None)], False, JobState.UNKNOWN, "interrupted while sending"),
            (
                [(JobState.SENT, None), (JobState.SENT, PrintOutcome.ACCEPTED)],
                True,
                JobState.UNKNOWN,
                "not scanned back before the station ended",
            ),
        ],
    )
    def test_what_was_interrupted_is_settled(
        self,
        opener: Opener,
        moves: list[tuple[JobState, PrintOutcome | None]],
        scan_back_due: bool,
        state: JobState,
        evidence: str,
    ) -> None:
        before = opener("bench-1")
        job = opened(before, scan_back_due=scan_back_due)
        for onward, outcome in moves:
            job = before.move(job, onward, who="station", outcome=outcome)
        after = opener("bench-1")
        (settled,) = after.settle_interrupted("station")
        assert (settled.id, settled.state, settled.outcome) == (job.id, state, job.outcome)
        assert after.latest(PRODUCT_KEY, MAC) == settled
        last = after.history(job.id)[-1]
        assert (last.state, last.who, last.evidence) == (state, "station", evidence)
        assert list(after.settle_interrupted("station")) == []

    def test_a_label_handed_over_without_scan_back_stays_sent(self, opener: Opener) -> None:
        before = opener("bench-1")
        sent = brought_to(before, opened(before, scan_back_due=False), JobState.SENT)
        before.move(sent, JobState.SENT, who="station", outcome=PrintOutcome.ACCEPTED)
        after = opener("bench-1")
        assert list(after.settle_interrupted("station")) == []
        assert after.count(JobState.SENT) == 1

    @pytest.mark.parametrize("state", [state for state in JobState if state not in {JobState.INTENDED, JobState.SENT}])
    def test_a_job_that_was_answered_for_stays_as_it_is(self, opener: Opener, state: JobState) -> None:
        before = opener("bench-1")
        brought_to(before, opened(before), state)
        assert list(opener("bench-1").settle_interrupted("station")) == []

    def test_a_station_that_was_renamed_settles_what_it_left_under_its_old_name(self, opener: Opener) -> None:
        before = opener("bench-1")
        opened(before, station="bench-1")
        (settled,) = opener("bench-9").settle_interrupted("station")
        assert settled.state is JobState.FAILED

    def test_several_interrupted_jobs_are_settled_oldest_first(self, opener: Opener) -> None:
        before = opener("bench-1")
        jobs = [opened(before, identity=mac(number)) for number in range(3)]
        brought_to(before, jobs[1], JobState.SENT)
        settled = opener("bench-1").settle_interrupted("station")
        assert [job.id for job in settled] == [job.id for job in jobs]
        assert [job.state for job in settled] == [JobState.FAILED, JobState.UNKNOWN, JobState.FAILED]

    @pytest.mark.parametrize("due", [True, False])
    @pytest.mark.parametrize("state", JobState, ids=lambda state: state.value)
    def test_open_jobs_are_those_that_somebody_must_look_at(self, ledger: Ledger, state: JobState, due: bool) -> None:
        job = brought_to(ledger, opened(ledger, scan_back_due=due), state)
        wanted = state is JobState.UNKNOWN or (due and state in {JobState.SENT, JobState.PRINTED})
        assert list(ledger.open_jobs()) == ([job] if wanted else [])

    def test_open_jobs_come_oldest_first(self, ledger: Ledger) -> None:
        jobs = [brought_to(ledger, opened(ledger, identity=mac(number)), JobState.SENT) for number in range(3)]
        assert list(ledger.open_jobs()) == jobs

    # questions

    def test_the_latest_job_is_the_newest(self, ledger: Ledger) -> None:
        assert ledger.latest(PRODUCT_KEY, MAC) is None
        brought_to(ledger, opened(ledger), JobState.FAILED)
        second = opened(ledger)
        opened(ledger, identity=OTHER_MAC)
        opened(ledger, product_key=OTHER_KEY)
        assert ledger.latest(PRODUCT_KEY, MAC) == second

    def test_the_revision_counts_voided_labels_only(self, ledger: Ledger) -> None:
        assert ledger.revision_for(PRODUCT_KEY, MAC) == 0
        brought_to(ledger, opened(ledger), JobState.FAILED)
        assert ledger.revision_for(PRODUCT_KEY, MAC) == 0
        brought_to(ledger, opened(ledger), JobState.VOIDED)
        brought_to(ledger, opened(ledger), JobState.VOIDED)
        brought_to(ledger, opened(ledger, identity=OTHER_MAC), JobState.VOIDED)
        brought_to(ledger, opened(ledger, product_key=OTHER_KEY), JobState.VOIDED)
        assert ledger.revision_for(PRODUCT_KEY, MAC) == 2

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("00911f500047", [1]),
            ("00:91:1F:50:00:47", [1]),
            (" 00-91-1f-50-00-47 ", [1]),
            ("0091.1F50.0047", [1]),
            ("50:00", [2, 1]),
            ("0047", [1]),
            ("861193040496508", [3]),
            ("86-119304-049650-8", [3]),
            ("L-000002", [2]),
            ("l-000002", [2]),
            ("L000002", [2]),
            ("l-", [3, 2, 1]),
            ("", [3, 2, 1]),
            (" ", [3, 2, 1]),
            ("%", []),
            ("_", []),
            ("0091_f500047", []),
            ("/", []),
            ("\\", []),
            ("'; DROP TABLE jobs; --", []),
            ("no such label", []),
        ],
    )
    def test_jobs_are_found_by_any_part_newest_first(self, ledger: Ledger, text: str, found: list[int]) -> None:
        jobs = [opened(ledger, identity=who) for who in (MAC, OTHER_MAC, Imei.parse("861193040496508"))]
        assert list(ledger.find(text)) == [jobs[number - 1] for number in found]

    def test_no_more_are_found_than_asked_for(self, ledger: Ledger) -> None:
        jobs = [opened(ledger, identity=mac(number)) for number in range(5)]
        assert list(ledger.find("", limit=2)) == [jobs[4], jobs[3]]

    def test_the_newest_label_that_says_exactly_this_is_found(self, ledger: Ledger) -> None:
        brought_to(ledger, opened(ledger, content="same"), JobState.VOIDED)
        second = opened(ledger, content="same")
        opened(ledger, identity=OTHER_MAC, content="Same")
        assert ledger.with_content("same") == second
        assert ledger.with_content("sam") is None
        assert ledger.with_content("same ") is None

    def test_all_jobs_come_in_order(self, ledger: Ledger) -> None:
        jobs = [opened(ledger, identity=mac(number)) for number in range(7)]
        assert list(ledger.all_jobs()) == jobs

    def test_jobs_are_counted_by_state_and_since_when(self, ledger: Ledger) -> None:
        jobs = [brought_to(ledger, opened(ledger, identity=mac(number)), JobState.VERIFIED) for number in range(3)]
        opened(ledger)
        assert ledger.count(JobState.VERIFIED) == 3
        assert ledger.count(JobState.INTENDED) == 1
        assert ledger.count(JobState.VOIDED) == 0
        assert ledger.count(JobState.VERIFIED, since=jobs[1].moved_at) == 2
        assert ledger.count(JobState.INTENDED, since=jobs[0].moved_at) == 1

    def test_a_whole_ledger_verifies(self, ledger: Ledger) -> None:
        for number, state in enumerate(JobState):
            brought_to(ledger, opened(ledger, identity=mac(number)), state)
        assert ledger.verify() is None
