"""Facts about what the station remembers of tasks."""

from gizqr_station.codes import task_memory
from gizqr_station.codes.task_memory import TaskMemory
from gizqr_station.qrcode_api import TaskFile

FIRST = TaskFile(created_at="1", file="/static/zipfiles/1.zip")


def test_a_zip_that_nobody_looked_into_may_hold_anything() -> None:
    assert TaskMemory().may_hold("product", FIRST, "mine")


def test_a_zip_that_was_looked_into_holds_what_it_held() -> None:
    memory = TaskMemory()
    memory.looked_into("product", FIRST, frozenset({"mine"}))
    assert memory.may_hold("product", FIRST, "mine")
    assert not memory.may_hold("product", FIRST, "other")
    memory.looked_into("product", FIRST, frozenset({"mine", "other"}))
    assert not memory.may_hold("product", FIRST, "mine")


def test_a_service_that_counts_anew_is_looked_at_anew() -> None:
    memory = TaskMemory()
    memory.looked_into("product", FIRST, frozenset({"other"}))
    assert memory.may_hold("product", FIRST.model_copy(update={"created_at": "2"}), "mine")
    assert memory.may_hold("another product", FIRST, "mine")


def test_memory_has_an_end() -> None:
    memory = TaskMemory()
    for number in range(task_memory._SEEN_AT_MOST + 1):
        memory.looked_into("product", TaskFile(created_at=str(number)), frozenset({"other"}))
    assert memory.may_hold("product", TaskFile(created_at="0"), "mine")
    assert not memory.may_hold("product", TaskFile(created_at="1"), "mine")
    for number in range(task_memory._ASKED_AT_MOST + 1):
        memory.asked_for("product", str(number), frozenset())
    assert memory.known_when_asked("product", "0") is None
    assert memory.known_when_asked("product", "1") == frozenset()


def test_a_task_is_accepted_for_a_while_and_until_it_is_asked_for_anew_or_settled() -> None:
    memory = TaskMemory()
    memory.accepted("product", "mine")
    assert not memory.was_accepted("product", "mine", 60), "nobody asked"
    memory.asked_for("product", "mine", frozenset())
    assert not memory.was_accepted("product", "mine", 60)
    memory.accepted("product", "mine")
    assert memory.was_accepted("product", "mine", 60)
    assert not memory.was_accepted("product", "mine", 0)
    assert not memory.was_accepted("product", "other", 60)
    memory.asked_for("product", "mine", frozenset())
    assert not memory.was_accepted("product", "mine", 60)
    memory.accepted("product", "mine")
    memory.settled("product", "mine")
    assert not memory.was_accepted("product", "mine", 60)


def test_what_is_settled_is_forgotten() -> None:
    memory = TaskMemory()
    memory.asked_for("product", "mine", frozenset({FIRST}))
    assert memory.known_when_asked("product", "mine") == frozenset({FIRST})
    memory.settled("product", "mine")
    memory.settled("product", "mine")
    assert memory.known_when_asked("product", "mine") is None
