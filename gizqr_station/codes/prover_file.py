"""The name of the anonymous user that this station proves codes with, and the right to use it: one proof at a time."""

import contextlib
import os
import re
import secrets
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import filelock

from gizqr_station.domain.line_failures import FileNotWritten
from gizqr_station.domain.proof_failures import ProofUnderWay
from gizqr_station.domain.settings_failures import SettingsUnreadable
from gizqr_station.domain.stop import Stop

_NAME = re.compile(r"gizqr-[0-9a-f]{32}", re.ASCII)
_LOOK_S = 0.05


@contextlib.contextmanager
def proving_name(path: Path, stop: Stop, wait_s: float) -> Iterator[str]:
    """The name, made at the first time and then always the same, held as long as the block.

    Always the same, so that what a killed proof left bound is found by the next one. ProofUnderWay when somebody else
    holds it for longer than ``wait_s``; SettingsUnreadable for a file that holds something else, which is never
    overwritten; FileNotWritten, Stopped.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = filelock.FileLock(path.with_name(f"{path.name}.lock"))
        _take(lock, stop, wait_s)
    except OSError as fault:
        raise FileNotWritten(str(path), fault.strerror or type(fault).__name__) from fault
    try:
        yield _name_in(path)
    finally:
        lock.release()


def _take(lock: filelock.BaseFileLock, stop: Stop, wait_s: float) -> None:
    ends = time.monotonic() + wait_s
    while True:
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout:
            if time.monotonic() >= ends:
                raise ProofUnderWay from None
            stop.sleep(_LOOK_S)
        else:
            return


def _name_in(path: Path) -> str:
    try:
        if not path.exists():
            _make(path)
        with path.open("rb") as file:
            text = file.read(100).decode("ascii", "replace").strip()
    except OSError as fault:
        raise FileNotWritten(str(path), fault.strerror or type(fault).__name__) from fault
    if not _NAME.fullmatch(text):
        raise SettingsUnreadable(str(path), "no name of a test user")
    return text


def _make(path: Path) -> None:
    """Whole or not at all: a cut-off name would be another user. Only its owner may read it."""
    aside = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    handle = os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"gizqr-{uuid.uuid4().hex}\n")
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
