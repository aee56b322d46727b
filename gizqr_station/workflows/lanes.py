"""Named single-thread lanes: what must not overlap shares one, what must not wait for another has its own."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Lane(Protocol):
    """Runs what it is given in order, one thing at a time."""

    def submit(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Run it after everything that was given before."""
        ...

    def close(self) -> None:
        """Take nothing more and wait for what runs; tell it to stop first."""
        ...


class ThreadLane:
    """One thread, named for logs and stack dumps: ``printer:zebra``."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)

    def submit(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Run it after everything that was given before."""
        return self._pool.submit(work, *args, **kwargs)

    def close(self) -> None:
        """Take nothing more, forget what has not begun, wait for what runs."""
        self._pool.shutdown(wait=True, cancel_futures=True)


class InlineLane:
    """Runs everything at once on the caller's thread, for tests."""

    def submit(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Run it now; what it raises is in the future, as on a real lane."""
        done: Future[R] = Future()
        try:
            done.set_result(work(*args, **kwargs))
        except Exception as fault:  # noqa: BLE001 - a future carries whatever its work raised
            done.set_exception(fault)
        return done

    def close(self) -> None:
        """Nothing runs."""
