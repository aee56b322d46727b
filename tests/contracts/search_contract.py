"""What every RecordSearch finds: nothing that was not asked for, all that was, newest first."""

import itertools
import random
from datetime import UTC, datetime, timedelta
from typing import Protocol

import pytest

from gizqr_station.domain.identity import Identity, Imei, MacAddress, luhn_digit
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.ledger_failures import AlreadyLabelled
from gizqr_station.domain.records import PAGE_SIZE, UNKNOWN_ON_TOP, RecordQuery
from gizqr_station.workflows.ports import Ledger
from gizqr_station.workflows.record_ports import RecordSearch
from tests.contracts.ledger_samples import IMAGE, MAC, OTHER_MAC, brought_to, draft, mac, opened
from tests.fake_records import wanted


class Searched(RecordSearch, Ledger, Protocol):
    """A ledger that can be searched."""


IMEI = Imei.parse("861193040496508")


def imei(number: int) -> Imei:
    """The number-th of a model."""
    digits = f"8611930{number:07d}"
    return Imei.parse(digits + str(luhn_digit(digits)))


def all_pages(ledger: RecordSearch, query: RecordQuery) -> list[int]:
    """Numbers, page after page, without those on top."""
    found: list[int] = []
    after: int | None = None
    while True:
        page = ledger.search(query, after)
        assert len(page.jobs) <= PAGE_SIZE
        assert not (after is not None and page.unknown)
        found.extend(job.id for job in page.jobs)
        if page.after is None:
            return found
        assert after is None or page.after < after
        after = page.after


class SearchContract:
    """``ledger``: an empty one."""

    @pytest.fixture
    def three(self, ledger: Searched) -> list[PrintJob]:
        """Two neighbouring MACs and an IMEI."""
        return [opened(ledger, identity=who) for who in (MAC, OTHER_MAC, IMEI)]

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("00911f500047", [1]),
            ("00:91:1F:50:00:47", [1]),
            (" 00-91-1f-50-00-47 ", [1]),
            ("0091.1F50.0047", [1]),
            ("50:00", [2, 1]),
            ("0", [3, 2, 1]),
            ("f", [2, 1]),
            ("F5", [2, 1]),
            ("047", [1]),
            ("0047", [1]),
            ("50004", [2, 1]),
            ("86-119304-049650-8", [3]),
            ("40496508", [3]),
            ("9304 0496", [3]),
            ("l-000002", [2]),
            ("L000002", [2]),
            ("l", [3, 2, 1]),
            ("", [3, 2, 1]),
            ("- :", [3, 2, 1]),
            ("z", []),
            ("0470", []),
            ("00047000", []),
            ("00911f5000470", []),
            ("%", []),
            ("_", []),
            ("*", []),
            ('"', []),
            ("'; DROP TABLE jobs; --", []),
            ("f5 OR 04", []),
            ("everyjob", []),
            ("加湿器", []),
            ("\udcff", []),
            ("\0", []),
        ],
    )
    def test_any_part_in_any_notation_is_found(
        self, ledger: Searched, three: list[PrintJob], text: str, found: list[int]
    ) -> None:
        assert [job.id for job in ledger.search(RecordQuery(text)).jobs] == found
        assert ledger.search(RecordQuery(text)).jobs == tuple(three[number - 1] for number in found)

    def test_a_run_of_one_character_is_not_a_longer_one(self, ledger: Searched) -> None:
        for serial, who in (("A-1", "000000a10000"), ("A-2", "0000000a1000")):
            ledger.open(draft(serial, identity=MacAddress.parse(who)), IMAGE)
        assert all_pages(ledger, RecordQuery("000000")) == [2, 1]
        assert all_pages(ledger, RecordQuery("0000000")) == [2]
        assert all_pages(ledger, RecordQuery("00000000")) == []
        assert all_pages(ledger, RecordQuery("0000001")) == []

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            (RecordQuery(order="WO-2026"), [2, 1]),
            (RecordQuery(order="wo-2026-2"), [2]),
            (RecordQuery(order="2026"), []),
            (RecordQuery(order="WO-2026-0001-of-a-very-long-name"), []),
            (RecordQuery(order="WO-2026-1 of a very"), [1]),
            (RecordQuery(operator="Li"), [3, 1]),
            (RecordQuery(operator="LI WEI"), [1]),
            (RecordQuery(operator="李"), [2]),
            (RecordQuery(order="WO", operator="li"), [1]),
            (RecordQuery("0048", order="WO"), [2]),
            (RecordQuery("0048", order="WO", operator="li"), []),
            (RecordQuery(contested=True), []),
        ],
    )
    def test_order_and_operator_are_found_by_how_they_begin(
        self, ledger: Searched, query: RecordQuery, found: list[int]
    ) -> None:
        opened(ledger, identity=MAC, work_order="WO-2026-1 of a very long name", operator="Li Wei")
        opened(ledger, identity=OTHER_MAC, work_order="wo-2026-2", operator="李伟")
        opened(ledger, identity=IMEI, operator="Lian")
        assert all_pages(ledger, query) == found

    def test_states_are_found_newest_first_whatever_their_order(self, ledger: Searched) -> None:
        states = [state for state in JobState if state is not JobState.UNKNOWN] * 2
        jobs = [brought_to(ledger, opened(ledger, identity=mac(n)), state) for n, state in enumerate(states)]
        for some in itertools.combinations(set(states), 2):
            found = ledger.search(RecordQuery(states=frozenset(some))).jobs
            assert list(found) == [job for job in reversed(jobs) if job.state in some]
        assert len(ledger.search(RecordQuery(states=frozenset(JobState))).jobs) == len(jobs)

    def test_days_are_this_place_s_days(self, ledger: Searched) -> None:
        jobs = [opened(ledger, identity=mac(number)) for number in range(3)]
        day = jobs[0].opened_at.astimezone().date()
        for since, until, found in [
            (day, None, 3), (None, day, 3), (day, day, 3),
            (day + timedelta(1), None, 0), (None, day - timedelta(1), 0), (day + timedelta(1), day, 0),
            (datetime.min.replace(tzinfo=UTC).date(), datetime.max.replace(tzinfo=UTC).date(), 3),
        ]:  # fmt: skip
            assert len(ledger.search(RecordQuery(since=since, until=until)).jobs) == found

    def test_unknown_labels_that_match_stand_on_top_oldest_first_and_nowhere_else(self, ledger: Searched) -> None:
        jobs = [opened(ledger, identity=mac(number)) for number in range(2 * PAGE_SIZE)]
        unknown = [brought_to(ledger, job, JobState.UNKNOWN) for job in jobs[10:30]]
        page = ledger.search(RecordQuery())
        assert list(page.unknown) == unknown
        assert [job.id for job in page.jobs] == [job.id for job in jobs[:49:-1]]
        assert page.after == jobs[50].id
        second = ledger.search(RecordQuery(), page.after)
        assert (second.unknown, second.after) == ((), None)
        assert [job.id for job in second.jobs] == [job.id for job in jobs[49:29:-1] + jobs[9::-1]]
        assert list(ledger.search(RecordQuery(str(unknown[3].identity))).unknown) == [unknown[3]]
        assert ledger.search(RecordQuery(states=frozenset({JobState.INTENDED}))).unknown == ()
        only = ledger.search(RecordQuery(states=frozenset({JobState.UNKNOWN})))
        assert (list(only.unknown), only.jobs, only.after) == (unknown, (), None)

    def test_of_very_many_unknown_labels_the_oldest_stand_on_top_and_the_others_in_their_place(
        self, ledger: Searched
    ) -> None:
        for number in range(UNKNOWN_ON_TOP + 3):
            brought_to(ledger, opened(ledger, identity=mac(number)), JobState.UNKNOWN)
        page = ledger.search(RecordQuery())
        assert [job.id for job in page.unknown] == list(range(1, UNKNOWN_ON_TOP + 1))
        assert [job.id for job in page.jobs] == [UNKNOWN_ON_TOP + 3, UNKNOWN_ON_TOP + 2, UNKNOWN_ON_TOP + 1]

    def test_pages_follow_each_other_without_a_gap_while_new_labels_come(self, ledger: Searched) -> None:
        for number in range(2 * PAGE_SIZE + 1):
            opened(ledger, identity=mac(number))
        first = ledger.search(RecordQuery("00911f"))
        opened(ledger, identity=mac(5000))
        second = ledger.search(RecordQuery("00911f"), first.after)
        third = ledger.search(RecordQuery("00911f"), second.after)
        numbers = [job.id for page in (first, second, third) for job in page.jobs]
        assert numbers == list(range(2 * PAGE_SIZE + 1, 0, -1))
        assert third.after is None

    def test_a_page_that_ends_where_all_ends_has_no_other_behind_it(self, ledger: Searched) -> None:
        for number in range(PAGE_SIZE):
            opened(ledger, identity=mac(number))
        assert ledger.search(RecordQuery()).after is None

    def test_a_label_that_was_not_opened_after_all_is_not_found(self, ledger: Searched) -> None:
        opened(ledger)
        with pytest.raises(AlreadyLabelled):
            opened(ledger)
        assert all_pages(ledger, RecordQuery()) == [1]
        assert all_pages(ledger, RecordQuery("00911f")) == [1]

    def test_all_that_match_come_for_an_export(self, ledger: Searched) -> None:
        jobs = [opened(ledger, identity=mac(number), operator=f"o{number % 2}") for number in range(20)]
        unknown = brought_to(ledger, jobs[5], JobState.UNKNOWN)
        found = list(ledger.all_matching(RecordQuery(operator="o1")))
        assert [job.id for job in found] == [job.id for job in jobs[::-1] if job.draft.operator == "o1"]
        assert unknown in found

    def test_whatever_is_asked_the_answer_is_what_looking_at_each_would_find(self, ledger: Searched) -> None:
        chance = random.Random(11)
        jobs = [self._some_job(ledger, chance, number) for number in range(120)]
        for _ in range(150):
            query = self._some_query(chance, chance.choice(jobs))
            expected = [job.id for job in reversed(jobs) if wanted(query, job)]
            page = ledger.search(query)
            assert all_pages(ledger, query) == [number for number in expected if jobs[number - 1] not in page.unknown]
            assert [job.id for job in page.unknown] == [
                job.id for job in jobs if job.state is JobState.UNKNOWN and wanted(query, job)
            ]
            assert [job.id for job in ledger.all_matching(query)] == expected

    def _some_job(self, ledger: Searched, chance: random.Random, number: int) -> PrintJob:
        first = f"{chance.choice(('00911f', 'c8478c', '0000f0'))}{chance.choice((number, number << 12)):06x}"
        identity: Identity = imei(number * 37) if chance.random() < 0.4 else MacAddress.parse(first)
        order, operator = f"WO-{chance.randrange(3)}{chance.randrange(3)}", chance.choice(("Li", "Lin", "李", "Ann"))
        job = opened(ledger, identity=identity, work_order=order, operator=operator)
        return brought_to(ledger, job, chance.choice(list(JobState)))

    def _some_query(self, chance: random.Random, job: PrintJob) -> RecordQuery:
        known_as = chance.choice((job.identity.readable, job.draft.label_serial))
        start = chance.randrange(len(known_as))
        text = known_as[start : start + chance.randrange(1, 9)]
        if chance.random() < 0.1:
            text += chance.choice("0f9z")
        return RecordQuery(
            text if chance.random() < 0.7 else "",
            order=job.draft.work_order[: chance.randrange(6)] if chance.random() < 0.4 else "",
            operator=job.draft.operator[: chance.randrange(3)] if chance.random() < 0.4 else "",
            states=frozenset(chance.sample(list(JobState), chance.randrange(1, 4)))
            if chance.random() < 0.4
            else frozenset(),
        )
