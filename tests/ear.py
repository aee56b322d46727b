"""Hears what a line tells, and lets a test wait for it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from gizqr_station.workflows.happenings import Happening
from tests.fake_bench import WAIT_S

H = TypeVar("H", bound=Happening)


@dataclass
class Ear:
    """Hears happenings on any thread and lets a test wait for one."""

    told: list[Happening] = field(default_factory=list)
    seen: int = 0
    changed: threading.Condition = field(default_factory=threading.Condition)

    def hear(self, happening: Happening) -> None:
        with self.changed:
            self.told.append(happening)
            self.changed.notify_all()

    def wait(self, kind: type[H], where: Callable[[H], bool] = lambda _: True, within_s: float = WAIT_S) -> H:
        """The next one of its kind that was not waited for before."""
        found: list[H] = []

        def look() -> bool:
            for at in range(self.seen, len(self.told)):
                told = self.told[at]
                if isinstance(told, kind) and where(told):
                    self.seen = at + 1
                    found.append(told)
                    return True
            return False

        with self.changed:
            assert self.changed.wait_for(look, within_s), f"no {kind.__name__}; told {self.told[self.seen :]}"
        return found[0]
