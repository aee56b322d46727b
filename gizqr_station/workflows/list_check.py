"""Looks a list through before anything of it is labelled: what it says, whether it may be, whether it was before."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from gizqr_station.domain.allowance import Allowance
from gizqr_station.domain.failures import IdentityRefused
from gizqr_station.domain.identity_list import CheckedList, ListLine, ListText, RawLine, Verdict, judged
from gizqr_station.domain.ledger_failures import AlreadyLabelled
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.batch_happenings import ListChecking
from gizqr_station.workflows.happenings import Tell
from gizqr_station.workflows.list_ports import LiveLabels

CHUNK = 1000
"""Lines that the ledger is asked about at once, and between two looks at Stop."""
TELL_EVERY_S = 0.1


def check_list(
    raw: ListText, ledger: LiveLabels | None, product_key: str, allowance: Allowance, tell: Tell, stop: Stop
) -> CheckedList:
    """Judge every line, then hold it against the order and the ledger; raises ListTooLarge, LedgerFailures, Stopped."""
    checked = judged(raw.name, _watched(raw.lines, stop), local_macs=allowance.local_macs is not None)
    return checked_against(checked, ledger, product_key, allowance, tell, stop)


def checked_against(
    checked: CheckedList, ledger: LiveLabels | None, product_key: str, allowance: Allowance, tell: Tell, stop: Stop
) -> CheckedList:
    """Mark what the order does not allow, then what has a live label; bad and repeated lines stay what they are.

    ``ledger`` is None where none was begun yet; it may change after this, and opening a job is what decides.
    Tells ListChecking ten times a second at most, and once at the end. Raises LedgerFailures and Stopped.
    """
    progress = _Progress(checked.name, tell)
    lines: list[ListLine] = []
    for at in range(0, len(checked.lines), CHUNK):
        stop.check()
        lines.extend(_marked(checked.lines[at : at + CHUNK], ledger, product_key, allowance))
        progress.done(len(lines))
    tell(ListChecking(checked.name, len(lines)))
    return CheckedList(checked.name, tuple(lines))


def _marked(
    lines: Sequence[ListLine], ledger: LiveLabels | None, product_key: str, allowance: Allowance
) -> Iterator[ListLine]:
    allowed = [_allowed(line, allowance) for line in lines]
    asked = [line.identity for line in allowed if line.verdict is Verdict.GOOD and line.identity is not None]
    live = ledger.live_among(product_key, asked) if asked and ledger is not None else {}
    for line in allowed:
        job = live.get(line.identity) if line.identity is not None and line.verdict is Verdict.GOOD else None
        if job is None:
            yield line
            continue
        drawn = job.draft
        known = AlreadyLabelled(str(job.identity), job.opened_at, drawn.station, drawn.label_serial, job.state.value)
        yield replace(line, verdict=Verdict.LABELLED, failure=known)


def _allowed(line: ListLine, allowance: Allowance) -> ListLine:
    if line.verdict is not Verdict.GOOD or line.identity is None:
        return line
    try:
        allowance.require(line.identity)
    except IdentityRefused as refused:
        return replace(line, verdict=Verdict.NOT_ALLOWED, failure=refused)
    return line


def _watched(lines: Sequence[RawLine], stop: Stop) -> Iterator[RawLine]:
    for at, line in enumerate(lines):
        if at % CHUNK == 0:
            stop.check()
        yield line


class _Progress:
    """Tells how far it is, but no more often than anybody can see."""

    def __init__(self, name: str, tell: Tell, now: Callable[[], float] = time.monotonic) -> None:
        self._name = name
        self._tell = tell
        self._now = now
        self._next_s = now() + TELL_EVERY_S

    def done(self, lines: int) -> None:
        if self._now() >= self._next_s:
            self._next_s = self._now() + TELL_EVERY_S
            self._tell(ListChecking(self._name, lines))
