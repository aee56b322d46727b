"""Something that runs on a thread of its own while the test does something else."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class InThread(Generic[T]):
    """``result`` is there when the block has ended."""

    def __init__(self, run: Callable[[], T]) -> None:
        self._run = run
        self._results: list[T] = []
        self._thread = threading.Thread(target=lambda: self._results.append(self._run()))

    def __enter__(self) -> "InThread[T]":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.join(timeout=60)
        assert not self._thread.is_alive()

    def wait(self, seconds: float) -> None:
        """So long, or until it is done."""
        self._thread.join(seconds)

    @property
    def done(self) -> bool:
        return not self._thread.is_alive()

    @property
    def result(self) -> T:
        return self._results[0]
