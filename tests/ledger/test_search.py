"""The search in the real ledger: what it finds, which way it goes, and that its index is what the jobs are."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import event

from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.ledger_failures import AlreadyLabelled, LedgerNotWritable
from gizqr_station.domain.records import RecordPage, RecordQuery
from gizqr_station.domain.search_failures import SearchAstray
from gizqr_station.ledger.opening import open_ledger, open_to_look
from gizqr_station.ledger.store import SqlLedger
from tests.benchmarks.many_records import ledger_of
from tests.contracts.ledger_samples import mac, opened
from tests.contracts.search_contract import SearchContract, all_pages
from tests.fake_records import FakeSearch, wanted
from tests.fakes import FakeLedger
from tests.ledger.conftest import OpenLedger


class TestSqlSearch(SearchContract):
    pass


class FakeSearched(FakeLedger):
    """A ledger of fakes that can be searched."""

    def search(self, query: RecordQuery, after: int | None = None) -> RecordPage:
        return FakeSearch(self).search(query, after)

    def all_matching(self, query: RecordQuery) -> Iterator[PrintJob]:
        return FakeSearch(self).all_matching(query)


class TestFakeSearch(SearchContract):
    @pytest.fixture
    def ledger(self) -> FakeSearched:
        return FakeSearched()


def test_a_ledger_from_before_is_searched_as_soon_as_it_is_opened(tmp_path: Path, open_again: OpenLedger) -> None:
    path = tmp_path / "ledger.sqlite"
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript(Path(__file__).with_name("ledger_0004.sql").read_text(encoding="utf-8"))
    ledger = open_again(path)
    jobs = list(ledger.all_jobs())
    assert jobs
    assert [job.id for job in ledger.all_matching(RecordQuery())] == [job.id for job in reversed(jobs)]
    for job in jobs:
        assert job in list(ledger.all_matching(RecordQuery(job.identity.readable[-5:])))
        assert job in list(ledger.all_matching(RecordQuery(since=job.opened_at.astimezone().date())))


def test_a_job_that_the_index_lacks_is_noticed_and_the_index_built_anew(ledger: SqlLedger, ledger_file: Path) -> None:
    for number in range(5):
        opened(ledger, identity=mac(number))
    assert ledger.verify() is None
    with closing(sqlite3.connect(ledger_file)) as raw, raw:
        raw.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")
        raw.execute("INSERT INTO search_index (rowid, terms) VALUES (1, 'everyjob')")
    found = ledger.verify()
    assert isinstance(found, SearchAstray)
    assert (found.job, found.reason) == (2, "is not found by a search")
    assert ledger.rebuild_search() == 5
    assert ledger.verify() is None
    assert all_pages(ledger, RecordQuery("00911f")) == [5, 4, 3, 2, 1]


def test_a_job_that_the_index_has_and_nobody_opened_is_noticed(ledger: SqlLedger, ledger_file: Path) -> None:
    opened(ledger)
    with closing(sqlite3.connect(ledger_file)) as raw, raw:
        raw.execute("INSERT INTO search_index (rowid, terms) VALUES (9, 'everyjob')")
    found = ledger.verify()
    assert isinstance(found, SearchAstray)
    assert (found.job, found.reason) == (9, "is found by a search and nowhere else")


def test_an_hour_that_the_index_does_not_know_of_is_noticed(ledger: SqlLedger, ledger_file: Path) -> None:
    opened(ledger)
    with closing(sqlite3.connect(ledger_file)) as raw, raw:
        raw.execute("DELETE FROM record_hours")
    assert isinstance(ledger.verify(), SearchAstray)
    ledger.rebuild_search()
    assert ledger.verify() is None


def test_a_label_that_is_refused_leaves_nothing_to_be_found(ledger: SqlLedger) -> None:
    opened(ledger)
    with pytest.raises(AlreadyLabelled):
        opened(ledger, operator="somebody else")
    assert all_pages(ledger, RecordQuery(operator="somebody")) == []
    assert ledger.verify() is None


# ways


class JumpingClock:
    """Says what a test sets."""

    at = datetime(2026, 5, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlLedger]:
    """20,000 labels, as a factory makes them in two days."""
    ledger = ledger_of(tmp_path_factory.mktemp("many") / "ledger.sqlite", 20_000)
    yield ledger
    ledger.close()


@pytest.mark.parametrize(
    "query",
    [
        RecordQuery(),
        RecordQuery("zz"),
        RecordQuery("0"),
        RecordQuery("1f50"),
        RecordQuery("861193040496508"),
        RecordQuery("8611930404965080"),
        RecordQuery("L-000777"),
        RecordQuery("00000000"),
        RecordQuery(order="WO-2024-00003"),
        RecordQuery(order="WO-2024-00003", states=frozenset({JobState.VOIDED})),
        RecordQuery(operator="maria", states=frozenset({JobState.SENT, JobState.FAILED})),
        RecordQuery(states=frozenset({JobState.UNKNOWN})),
        RecordQuery(states=frozenset({JobState.INTENDED})),
        RecordQuery(since=date(2023, 11, 15), until=date(2023, 11, 15)),
        RecordQuery(since=date(2030, 1, 1)),
        RecordQuery("c8478c", operator="li", since=date(2023, 11, 14), states=frozenset({JobState.VERIFIED})),
    ],
    ids=map(str, count()),
)
def test_no_way_goes_through_all_jobs(many: SqlLedger, query: RecordQuery) -> None:
    """SQLite says SCAN where it goes through a whole table, and SEARCH where it knows where to look."""
    asked: list[tuple[str, object]] = []

    def listen(_connection: object, _cursor: object, statement: str, values: object, *_: object) -> None:
        asked.append((statement, values))

    engine = many._database._reads  # type: ignore[attr-defined]
    event.listen(engine, "before_cursor_execute", listen)
    try:
        many.search(query)
        many.search(query, 15_000)
    finally:
        event.remove(engine, "before_cursor_execute", listen)
    assert asked
    with many._database.reading() as connection:
        for statement, values in asked:
            if not statement.startswith("SELECT"):
                continue
            ways = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()  # type: ignore[arg-type]
            told = [str(way.detail) for way in ways]
            # what it makes of a few rows by itself, and the index's own word for being asked
            whole = [way for way in told if way.startswith("SCAN") and "VIRTUAL TABLE INDEX" not in way]
            assert not [way for way in whole if "jobs" in way.split()[1:2] or "USING" in way], (statement, told)
            assert not [way for way in told if "TEMP B-TREE" in way and len(query.states) < 2], (statement, told)


def test_the_ways_find_what_looking_at_each_would(many: SqlLedger) -> None:
    jobs = list(many.all_jobs())
    for query in (
        RecordQuery("f0013", order="WO-2024-00002"),
        RecordQuery(order="wo-2024-00005", states=frozenset({JobState.VOIDED, JobState.FAILED})),
        RecordQuery(operator="MARIA", states=frozenset({JobState.SENT})),
        RecordQuery("3040", since=date(2023, 11, 16)),
        RecordQuery(states=frozenset({JobState.VOIDED}), until=date(2023, 11, 15)),
    ):
        expected = [job.id for job in reversed(jobs) if wanted(query, job)]
        assert expected
        assert [job.id for job in many.all_matching(query)] == expected


def test_a_clock_that_jumped_back_hides_no_label(tmp_path: Path) -> None:
    clock = JumpingClock()
    with closing(open_ledger(tmp_path / "ledger.sqlite", kind="production", station="b", clock=clock)) as ledger:
        days = [
            datetime(2026, 5, 1, 12, tzinfo=UTC),
            datetime(2020, 1, 1, 12, tzinfo=UTC),
            datetime(2026, 5, 2, 12, tzinfo=UTC),
        ]
        for number, day in enumerate(days):
            clock.at = day
            opened(ledger, identity=mac(number))
        assert all_pages(ledger, RecordQuery(since=date(2026, 4, 30))) == [3, 1]
        assert all_pages(ledger, RecordQuery(until=date(2020, 1, 2))) == [2]
        assert all_pages(ledger, RecordQuery(since=date(2019, 12, 30), until=date(2020, 1, 3))) == [2]
        assert ledger.verify() is None


def test_where_one_page_does_not_suffice_the_next_goes_on(many: SqlLedger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gizqr_station.ledger.search._LOOKED_AT", 100)
    monkeypatch.setattr("gizqr_station.ledger.search._RARE", 3)
    monkeypatch.setattr("gizqr_station.ledger.search_sqlite._LOOKED_AT", 90)
    query = RecordQuery(order="WO-2024-00002", states=frozenset({JobState.VOIDED}))
    first = many.search(query)
    assert len(first.jobs) < 10
    assert first.after is not None
    expected = [job.id for job in reversed(list(many.all_jobs())) if wanted(query, job)]
    assert expected
    assert all_pages(many, query) == expected


def test_a_ledger_that_is_only_looked_into_cannot_be_written(ledger: SqlLedger, ledger_file: Path) -> None:
    opened(ledger)
    with closing(open_to_look(ledger_file, clock=JumpingClock())) as looked_into:
        assert all_pages(looked_into, RecordQuery("0047")) == [1]
        with pytest.raises(LedgerNotWritable):
            looked_into.next_label_serial()
