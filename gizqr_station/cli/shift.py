"""``shift open | close | show``: the shift at this station."""

import argparse

from gizqr_station.cli.answer import Answer
from gizqr_station.cli.order_bench import order_bench
from gizqr_station.cli.stopping import stop_at_interrupt
from gizqr_station.domain.people import Permission
from gizqr_station.domain.work_order import Shift, ShiftTotals
from gizqr_station.places import DataFolder


def open_shift(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Begin one."""
    with order_bench(arguments, folder, answer.language) as bench:
        shift = bench.ledger.open_shift(who=bench.parts.duty.require(Permission.LABEL, "shift"))
    when = shift.opened_at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    answer.give({"shift": _document(shift, None)}, [f"{shift.station}: opened by {shift.opened_by}, {when}"])
    return 0


def close(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """End it; what fails behind it, such as the copy, is said, and the shift stays closed."""
    from gizqr_station.workflows.order_reports import close_shift
    from gizqr_station.workflows.orders import LONGEST_REMARK

    with order_bench(arguments, folder, answer.language) as bench, stop_at_interrupt() as stop:
        who = bench.parts.duty.require(Permission.CLOSE, "shift")
        note = arguments.remark.strip()[:LONGEST_REMARK]
        closed = close_shift(bench.reports, who=who, remark=note, stop=stop)
    document = {"shift": _document(closed.shift, closed.totals), "files": list(closed.files)}
    return answer.conclude(document, [*_lines(closed.shift, closed.totals), *closed.files], closed.failure)


def show(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """How it stands now."""
    with order_bench(arguments, folder, answer.language, signed_in=False) as bench:
        shift = bench.ledger.current_shift()
        if shift is None:
            answer.give({"shift": None}, ["No shift is open at this station."])
            return 0
        totals, out = bench.ledger.shift_totals(shift), bench.ledger.labels_out_here()
    serials = [job.draft.label_serial for job in out]
    lines = [*_lines(shift, totals), *(f"not settled: {serial}" for serial in serials)]
    answer.give({"shift": _document(shift, totals), "in_doubt": serials}, lines)
    return 0


def _lines(shift: Shift, totals: ShiftTotals) -> list[str]:
    counts = ", ".join(f"{getattr(totals, name)} {name.replace('_', ' ')}" for name in _COUNTED)
    return [f"{shift.station}: opened by {shift.opened_by}, {counts}"]


_COUNTED = ("opened", "verified", "handed_over", "voided", "failed", "unknown")


def _document(shift: Shift, totals: ShiftTotals | None) -> dict[str, object]:
    counts = {} if totals is None else {name: getattr(totals, name) for name in _COUNTED}
    reprints = {} if totals is None else dict(totals.reprints)
    return {
        "station": shift.station,
        "opened_by": shift.opened_by,
        "opened_at": shift.opened_at.isoformat(),
        "closed_by": shift.closed_by,
        "closed_at": None if shift.closed_at is None else shift.closed_at.isoformat(),
        "remark": shift.remark,
        **counts,
        "reprints": reprints,
    }
