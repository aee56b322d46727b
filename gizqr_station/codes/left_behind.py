"""Runs what cannot be called off on a thread of its own, which is left behind when nobody waits for it any longer."""

import math
import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Protocol, TypeVar, runtime_checkable

Made = TypeVar("Made")


@runtime_checkable
class _Closable(Protocol):
    def close(self) -> object: ...


def done_aside(work: Callable[[], Made], slice_s: Callable[[float], float], ends: float = math.inf) -> Made:
    """What ``work`` gives or raises; TimeoutError at ``ends``, on the monotonic clock, and whatever ``slice_s`` raises.

    ``slice_s`` is asked before each wait how long it may be, and raises to call it off. What comes too late is closed
    if it can be, so no connection outlives its call.
    """
    outcome: SimpleQueue[Made | Exception] = SimpleQueue()
    left_behind = threading.Event()

    def run() -> None:
        try:
            outcome.put(work())
        except Exception as broken:  # noqa: BLE001  handed over to the thread that waits: nothing is swallowed
            outcome.put(broken)
        if left_behind.is_set():
            _close_late(outcome)

    threading.Thread(target=run, name="dial", daemon=True).start()
    try:
        while True:
            try:
                came = outcome.get(timeout=slice_s(ends - time.monotonic()))
                break
            except Empty:
                if time.monotonic() >= ends:
                    raise TimeoutError from None
    except BaseException:
        left_behind.set()
        _close_late(outcome)
        raise
    if isinstance(came, Exception):
        raise came
    return came


def _close_late(outcome: SimpleQueue[Made | Exception]) -> None:
    try:
        came = outcome.get_nowait()
    except Empty:
        return
    if isinstance(came, _Closable):
        came.close()
