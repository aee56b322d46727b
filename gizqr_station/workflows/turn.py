"""Whose turn it is to have a label out: one slot at a time, in the order in which they asked.

Slots read devices, fetch codes and draw labels side by side, but with two printed labels on one bench an exchange of
the two could not be seen by scanning them back: each would be found on some device of the bench.
"""

import threading
from collections.abc import Callable


class Turns:
    """One queue for all slots of a bench; any thread may ask."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._order: list[Turn] = []

    @property
    def holder(self) -> int | None:
        """The slot whose turn it is, or None."""
        with self._lock:
            return self._order[0].slot if self._order else None

    def of(self, slot: int, moved: Callable[[], None]) -> "Turn":
        """One slot's place; ``moved`` is called whenever the turn goes on while it waits, and must return at once."""
        return Turn(self, slot, moved)

    def _ask(self, turn: "Turn") -> None:
        with self._lock:
            if turn not in self._order:
                self._order.append(turn)

    def _give_back(self, turn: "Turn") -> None:
        with self._lock:
            if turn not in self._order:
                return
            went_on = self._order[0] is turn
            self._order.remove(turn)
            if went_on:
                for waiting in self._order:
                    waiting.moved()


class Turn:
    """One slot's place in the queue."""

    def __init__(self, turns: Turns, slot: int, moved: Callable[[], None]) -> None:
        self.slot = slot
        self.moved = moved
        self._turns = turns

    def ask(self) -> None:
        """Queue up; nothing changes for a slot that has it or waits for it already."""
        self._turns._ask(self)

    @property
    def holder(self) -> int | None:
        """The slot whose turn it is now."""
        return self._turns.holder

    @property
    def mine(self) -> bool:
        """Whether it is this slot's."""
        return self.holder == self.slot

    def give_back(self) -> None:
        """Let the next one have it, or leave the queue."""
        self._turns._give_back(self)
