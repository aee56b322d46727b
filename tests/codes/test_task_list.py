"""Facts about reading a list that others write to, whose order and numbers cannot be relied on."""

from collections.abc import Callable, Sequence

import pytest

from gizqr_station.codes.task_client import Listing
from gizqr_station.codes.task_list import PAGES_AT_MOST, Known, files_there, newer_tasks
from gizqr_station.qrcode_api import TaskFile

PageAt = Callable[[int], Listing]


def task(number: int | None, created: int | str | None = None, updated: int | str | None = None) -> TaskFile:
    """A task of the list; without a number it has no file yet."""
    at = str(number if created is None else created)
    file = None if number is None else f"/static/zipfiles/{number}.zip"
    return TaskFile(created_at=at, updated_at=str(updated or at), file=file)


def tasks(*numbers: int) -> list[TaskFile]:
    return [task(number) for number in numbers]


class Pages:
    """A list in pages of at most so many; ``between`` changes it before each page but the first."""

    def __init__(
        self,
        listed: list[TaskFile],
        page: int = 10,
        total: int | None = None,
        between: Callable[[list[TaskFile]], None] = lambda _listed: None,
    ) -> None:
        self.listed = listed
        self.page = page
        self.total = total
        self.between = between
        self.asked: list[int] = []

    def __call__(self, skip: int) -> Listing:
        if self.asked:
            self.between(self.listed)
        self.asked.append(skip)
        shown = tuple(self.listed[skip : skip + self.page])
        return Listing(shown, len(shown), len(self.listed) if self.total is None else self.total, sandbox=False)


def known(*of: TaskFile) -> Known:
    return Known.of(frozenset((each.created_at, each.updated_at, each.file) for each in of if each.file))


def newer(pages: PageAt, before: Known, page: int = 10, beyond: int = 0) -> list[str | None]:
    return [each.file for each in newer_tasks(pages, before, page, beyond)]


def files(*numbers: int) -> list[str]:
    return [f"/static/zipfiles/{number}.zip" for number in numbers]


def test_what_was_there_is_the_first_page_with_a_file() -> None:
    assert files_there(Pages(tasks(3, 2, 1))) == {(f"{n}", f"{n}", f"/static/zipfiles/{n}.zip") for n in (1, 2, 3)}
    pages = Pages([task(None, 9)] * 10 + tasks(8, 7))
    assert {file for _, _, file in files_there(pages)} == {*files(8, 7)}
    assert pages.asked == [0, 10]
    assert files_there(Pages([])) == frozenset()
    assert files_there(Pages([task(None, 9)] * 3)) == frozenset()


def test_a_list_that_never_ends_is_left_in_the_end() -> None:
    def endless(_skip: int) -> Listing:
        return Listing((task(None, 1),) * 10, 10, 10**9, sandbox=False)

    assert files_there(endless) == frozenset()
    assert len(newer(endless, known(task(5)))) <= 10 * PAGES_AT_MOST


def test_what_stands_above_the_old_ones_is_newer() -> None:
    pages = Pages(tasks(7, 6, 5, 4, 3))
    assert newer(pages, known(*tasks(5, 4, 3))) == files(7, 6)
    assert pages.asked == [0]
    assert newer(Pages([task(None, 9), *tasks(5, 4)]), known(*tasks(5, 4))) == [None]


def test_where_nothing_was_there_everything_is_newer() -> None:
    assert newer(Pages(tasks(3, 2, 1)), known()) == files(3, 2, 1)


def test_a_task_that_is_touched_later_is_still_an_old_one() -> None:
    assert newer(Pages([task(6), task(5, updated=99), task(4)]), known(task(5, updated=50), task(4))) == files(6)


def test_pages_are_read_down_to_the_old_ones_and_no_further() -> None:
    listed = tasks(*range(60, 0, -1))
    pages = Pages(listed)
    assert newer(pages, known(*tasks(35, 34, 33))) == files(*range(60, 35, -1))
    assert pages.asked == [0, 9, 18]


@pytest.mark.parametrize("total", [0, 5, 10**9])
@pytest.mark.parametrize("page", [3, 10])
def test_a_total_that_lies_hides_nothing(total: int, page: int) -> None:
    pages = Pages(tasks(*range(30, 0, -1)), page, total)
    assert newer(pages, known(*tasks(4, 3, 2)), page) == files(*range(30, 4, -1))


def test_pages_that_are_smaller_than_asked_for_are_read_to_the_end() -> None:
    assert newer(Pages(tasks(*range(30, 0, -1)), page=3), known(*tasks(4, 3, 2)), page=20) == files(*range(30, 4, -1))


def test_tasks_that_come_while_the_pages_are_read_give_nothing_twice() -> None:
    fresh = iter(range(100, 200))
    pages = Pages(tasks(*range(30, 0, -1)), between=lambda listed: listed.insert(0, task(next(fresh))))
    assert newer(pages, known(*tasks(4, 3, 2))) == files(*range(30, 4, -1))


def test_a_task_that_is_deleted_while_the_pages_are_read_hides_no_other() -> None:
    def one_less(listed: list[TaskFile]) -> None:
        del listed[2]

    pages = Pages(tasks(*range(30, 0, -1)), between=one_less)
    found = newer(pages, known(*tasks(4, 3, 2)))
    assert set(found) >= {each.file for each in pages.listed} - {*files(4, 3, 2, 1)}
    assert len(pages.asked) == 3


def test_old_tasks_that_come_up_when_newer_ones_are_deleted_stay_old() -> None:
    pages = Pages(tasks(*range(20, 0, -1)))
    assert newer(pages, known(*tasks(40, 39, 38))) == []
    assert pages.asked == [0]
    assert newer(Pages([task(41), *tasks(20, 19)]), known(*tasks(40, 39, 38))) == files(41)


def test_a_service_that_was_set_up_anew_counts_from_the_beginning() -> None:
    before = known(task(40, 5000), task(39, 4999))
    assert newer(Pages([task(2, 5001), task(1, 5001)]), before) == files(2, 1)
    # The very number that was there before, for another task.
    assert newer(Pages([task(40, 9000)]), before) == files(40)


def out_of_order() -> list[TaskFile]:
    """Our task has the highest number, and stands among the old ones because the service's clock went back."""
    return [*tasks(*range(50, 30, -1)), task(51, created=29), *tasks(*range(29, 0, -1))]


def test_a_task_that_the_services_clock_put_among_the_old_ones_is_found_further_down() -> None:
    before = known(*tasks(*range(50, 40, -1)))
    assert newer(Pages(out_of_order()), before) == []
    pages = Pages(out_of_order())
    assert newer(pages, before, beyond=2) == files(51)
    assert pages.asked == [0, 9, 18]


def test_an_old_task_with_a_wrong_time_stays_an_old_one() -> None:
    listed = [*tasks(50, 49, 48), task(47, created=9999), *tasks(46, 45)]
    assert newer(Pages(listed), known(*tasks(50, 49, 48)), beyond=3) == []


def test_a_page_of_odd_entries_does_not_end_the_list() -> None:
    def odd_first(skip: int) -> Listing:
        if skip == 0:
            return Listing((), 10, 12, sandbox=False)
        return Listing((task(9), task(8)), 2, 12, sandbox=False)

    assert newer(odd_first, known(task(8))) == files(9)


@pytest.mark.parametrize("created", ["", "soon", "-1", "1e9", "٣", "9" * 30])
def test_odd_times_break_nothing(created: str) -> None:
    assert newer(Pages([task(9, created), task(8, created), task(7)]), known(task(8, created), task(7))) == files(9)
    assert newer(Pages([task(None, created), task(7)]), known(task(7))) == [None]


def neighbours_changed(listed: Sequence[TaskFile]) -> list[TaskFile]:
    return [each for pair in zip(listed[1::2], listed[::2], strict=True) for each in pair]


def test_neighbours_that_change_places_hide_nothing() -> None:
    listed = tasks(*range(20, 0, -1))
    for count in range(1, 8):
        before = known(*listed[count : count + 10])
        assert set(newer(Pages(neighbours_changed(listed)), before)) >= {*files(*range(20, 20 - count, -1))}
