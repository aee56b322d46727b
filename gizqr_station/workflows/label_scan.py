"""What a scan means: at a free line, and while a printed label is waited for."""

from gizqr_station.domain.codes import ContentKind
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import MOVES, JobState, PrintJob
from gizqr_station.domain.line_failures import (
    CommandUnknown,
    DeviceNotLabelScanned,
    LabelVoided,
    ScanNotUnderstood,
    ScanTooEarly,
    WrongLabel,
)
from gizqr_station.domain.reading import DeviceReading
from gizqr_station.domain.scan_damage import came_out_changed, contents_before
from gizqr_station.domain.scan_failures import BadgeNotUsed
from gizqr_station.domain.scan_text import in_short
from gizqr_station.domain.scans import Scan, ScanKind, sort_scan
from gizqr_station.workflows.happenings import JobChanged, LabelKnown, ScanRefused, Tell
from gizqr_station.workflows.provision import Bench

SCANNED_BACK = "scanned back"


def idle_scan(bench: Bench, text: str, tell: Tell) -> DeviceReading | None:
    """At a free line: a device's identity starts a unit; a label is looked up, and verified if it was still open."""
    scan = sort_scan(text, bench.scan_rules)
    if scan.what is ScanKind.DEVICE and scan.identity is not None:
        return DeviceReading(scan.identity, "scanner", "", text.encode(errors="ignore"), bench.clock.now())
    try:
        _require_no_command(scan)
        _require_readable(scan)
        if scan.refusal is not None:
            raise scan.refusal
        job = bench.ledger.with_content(scan.text)
        if job is None:
            raise _why_no_label(bench, scan)
        if job.state is JobState.VOIDED:
            raise LabelVoided(job.draft.label_serial, job.identity.readable)
        if JobState.VERIFIED in MOVES[job.state]:
            job = bench.ledger.move(job, JobState.VERIFIED, who=bench.operator, evidence=SCANNED_BACK)
            tell(JobChanged(job))
        tell(LabelKnown(job))
    except Failure as failure:
        tell(ScanRefused(failure))
    return None


def label_scan(bench: Bench, expected: PrintJob, text: str, *, any_open: bool) -> PrintJob:
    """While a label is waited for: its own content verifies it, all else raises what was scanned instead.

    With ``any_open`` (at start-up, when several may lie on the bench) any label that is still open is verified.
    A wrong label is written down before it is said; a command is no label, whatever a label may say.
    """
    scan = sort_scan(text, bench.scan_rules)
    _require_no_command(scan)
    if (changed := came_out_changed(scan.text, expected.draft.content)) is not None:
        raise changed
    _require_readable(scan)
    if scan.text == expected.draft.content:
        return bench.ledger.move(expected, JobState.VERIFIED, who=bench.operator, evidence=SCANNED_BACK)
    if scan.identity == expected.identity:
        raise DeviceNotLabelScanned(expected.identity.readable)
    if scan.identity is not None:
        raise ScanTooEarly(scan.identity.readable, expected.identity.readable)
    other = bench.ledger.with_content(scan.text)
    if other is not None and other.open and any_open:
        return bench.ledger.move(other, JobState.VERIFIED, who=bench.operator, evidence=SCANNED_BACK)
    if other is None and scan.kind is ContentKind.OTHER:
        raise ScanNotUnderstood(in_short(scan.text))
    if other is not None and other.state is JobState.VOIDED:
        bench.ledger.note(expected, who=bench.operator, evidence=f"voided label scanned: {other.draft.label_serial}")
        raise LabelVoided(other.draft.label_serial, other.identity.readable)
    found = in_short(bench.secrets.hidden(scan.text)) if other is None else other.identity.readable
    bench.ledger.note(expected, who=bench.operator, evidence=f"wrong label scanned: {found}")
    raise WrongLabel(expected.identity.readable, found)


def _require_no_command(scan: Scan) -> None:
    """Raise CommandUnknown: the commands that are known were obeyed before, and none is ever a label."""
    if scan.what is ScanKind.COMMAND:
        raise CommandUnknown(in_short(scan.text))


def _require_readable(scan: Scan) -> None:
    """Raise why nothing can be made of a scan, or that it is somebody's badge."""
    if scan.problem is not None:
        raise scan.problem
    if scan.what is ScanKind.BADGE:
        raise BadgeNotUsed(in_short(scan.text))


def _why_no_label(bench: Bench, scan: Scan) -> Failure:
    """No label says this; perhaps one does whose characters were changed on the way."""
    for meant, befell in contents_before(scan.text):
        if bench.ledger.with_content(meant) is not None:
            return befell
    return ScanNotUnderstood(in_short(scan.text))
