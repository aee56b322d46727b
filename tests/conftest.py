"""For every test: windows are drawn offscreen, unless the environment names a screen; nothing outlives its test."""

import os
import threading
import time
from collections.abc import Iterator

import pytest

# Without a screen Qt aborts the process, so this must stand before anything of Qt begins.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def _no_thread_is_left_behind() -> Iterator[None]:
    """A thread that outlives its test would make another one fail, some day, for no reason of its own."""
    before = set(threading.enumerate())
    yield
    ends = time.monotonic() + 5.0
    while (left := [thread for thread in set(threading.enumerate()) - before if not thread.daemon]) and (
        time.monotonic() < ends
    ):
        left[0].join(0.05)
    assert not left, f"threads left behind: {[thread.name for thread in left]}"
