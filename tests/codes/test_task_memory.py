"""Facts about what the station remembers of tasks while it runs."""

from gizqr_station.codes import task_memory
from gizqr_station.codes.task_memory import MemoryJournal, TaskMemory
from gizqr_station.domain.pooled_codes import AskedTask
from gizqr_station.qrcode_api import TaskFile

FIRST = TaskFile(created_at="1", file="/static/zipfiles/1.zip")
MINE, OTHER = frozenset({"00911f500047"}), frozenset({"00911f500048"})
BOTH = MINE | OTHER


def test_a_zip_that_nobody_looked_into_may_hold_anything() -> None:
    assert TaskMemory().may_hold("product", FIRST, MINE)


def test_a_zip_that_was_looked_into_holds_what_it_held() -> None:
    memory = TaskMemory()
    memory.looked_into("product", FIRST, MINE)
    assert memory.may_hold("product", FIRST, MINE)
    assert not memory.may_hold("product", FIRST, OTHER)
    memory.looked_into("product", FIRST, BOTH)
    assert memory.may_hold("product", FIRST, BOTH)
    assert not memory.may_hold("product", FIRST, MINE)


def test_a_service_that_counts_anew_is_looked_at_anew() -> None:
    memory = TaskMemory()
    memory.looked_into("product", FIRST, OTHER)
    assert memory.may_hold("product", FIRST.model_copy(update={"created_at": "2"}), MINE)
    assert memory.may_hold("another product", FIRST, MINE)


def test_a_zip_that_was_given_up_is_given_up_for_these_identities_only() -> None:
    memory = TaskMemory()
    memory.given_up("product", FIRST, MINE)
    assert not memory.may_hold("product", FIRST, MINE)
    assert memory.may_hold("product", FIRST, OTHER)
    memory.looked_into("product", FIRST, MINE)
    assert memory.may_hold("product", FIRST, MINE), "it could be read after all"


def test_memory_has_an_end() -> None:
    memory = TaskMemory()
    for number in range(task_memory._SEEN_AT_MOST + 1):
        memory.looked_into("product", TaskFile(created_at=str(number)), OTHER)
        memory.given_up("other product", TaskFile(created_at=str(number)), MINE)
    assert memory.may_hold("product", TaskFile(created_at="0"), MINE)
    assert not memory.may_hold("product", TaskFile(created_at="1"), MINE)
    assert memory.may_hold("other product", TaskFile(created_at="0"), MINE)
    assert not memory.may_hold("other product", TaskFile(created_at="1"), MINE)


def asked(task: str) -> AskedTask:
    return AskedTask("product", "http://service", task, frozenset())


def test_what_is_settled_is_forgotten() -> None:
    journal = MemoryJournal()
    assert journal.asked_before("product", "http://service", "a..b") is None
    journal.asked(asked("a..b"))
    assert journal.asked_before("product", "http://service", "a..b") == asked("a..b")
    assert journal.asked_before("product", "http://elsewhere", "a..b") is None
    for _ in range(2):
        journal.settled("product", "http://service", "a..b")
    assert journal.asked_before("product", "http://service", "a..b") is None


def test_a_journal_in_memory_has_an_end() -> None:
    journal = MemoryJournal()
    for number in range(task_memory._ASKED_AT_MOST + 1):
        journal.asked(asked(str(number)))
    assert journal.asked_before("product", "http://service", "0") is None
    assert journal.asked_before("product", "http://service", "1") is not None
