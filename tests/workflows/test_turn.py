"""One slot at a time, in the order in which they asked."""

from gizqr_station.workflows.turn import Turns


def test_who_asks_first_has_it_and_the_others_follow_in_order() -> None:
    turns, moved = Turns(), []
    one, two, three = (turns.of(slot, lambda slot=slot: moved.append(slot)) for slot in (1, 2, 3))  # type: ignore[misc]
    for turn in (two, one, three):
        turn.ask()
    assert (turns.holder, two.mine, one.mine, three.mine) == (2, True, False, False)
    two.give_back()
    assert (turns.holder, moved) == (1, [1, 3])
    two.ask()
    one.give_back()
    three.give_back()
    assert turns.holder == 2


def test_asking_twice_is_asking_once_and_giving_back_what_one_has_not_is_nothing() -> None:
    turns = Turns()
    one, two = turns.of(1, lambda: None), turns.of(2, lambda: None)
    one.ask()
    one.ask()
    two.give_back()
    one.give_back()
    one.give_back()
    assert (turns.holder, one.mine) == (None, False)


def test_who_waits_may_leave_and_nobody_is_told() -> None:
    turns, moved = Turns(), []
    one, two, three = (turns.of(slot, lambda slot=slot: moved.append(slot)) for slot in (1, 2, 3))  # type: ignore[misc]
    for turn in (one, two, three):
        turn.ask()
    two.give_back()
    assert moved == []
    one.give_back()
    assert (turns.holder, moved) == (3, [3])
