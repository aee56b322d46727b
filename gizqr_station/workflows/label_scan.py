"""What a scan means: at a free line, and while a printed label is waited for."""

from gizqr_station.domain.codes import ContentKind
from gizqr_station.domain.correction_failures import LargeCodeNext
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
from gizqr_station.workflows.old_labels import live_label, old_label_alarm, perhaps_old, same_labels
from gizqr_station.workflows.provision import Bench
from gizqr_station.workflows.scan_back import carries_small_code, scan_back
from gizqr_station.workflows.serial_codes import CodeOnLabel


def idle_scan(bench: Bench, text: str, tell: Tell) -> DeviceReading | None:
    """At a free line: a device's identity starts a unit; a label is looked up, and verified if it was still open."""
    scan = sort_scan(text, bench.scan_rules)
    if scan.what is ScanKind.DEVICE and scan.identity is not None:
        return DeviceReading(scan.identity, "scanner", "", text.encode(errors="ignore"), bench.clock.now())
    try:
        require_label(scan)
        if scan.what is ScanKind.LABEL_SERIAL:
            _small_code_at_free_line(bench, scan.text, tell)
        else:
            _label_at_free_line(bench, scan, tell)
    except Failure as failure:
        tell(ScanRefused(failure))
    return None


def _label_at_free_line(bench: Bench, scan: Scan, tell: Tell) -> None:
    newest = bench.ledger.with_content(scan.text)
    if newest is None:
        raise why_no_label(bench, scan)
    same = same_labels(bench, newest)
    if same.voided is not None and same.certainly_voided:
        old_label_alarm(bench, same.voided, None, tell)
        raise LabelVoided(same.voided.draft.label_serial, same.voided.identity.readable)
    job = same.live or newest
    if job.state is JobState.VERIFIED and same.voided is not None:
        tell(LabelKnown(job))
        tell(perhaps_old(same.voided, job))
        return
    _found(bench, job, CodeOnLabel.LARGE, tell)


def _small_code_at_free_line(bench: Bench, label_serial: str, tell: Tell) -> None:
    job = bench.ledger.with_serial(label_serial)
    if job is None:
        raise ScanNotUnderstood(in_short(label_serial))
    if job.state is JobState.VOIDED:
        old_label_alarm(bench, job, live_label(bench, job), tell)
        raise LabelVoided(job.draft.label_serial, job.identity.readable)
    _found(bench, job, CodeOnLabel.SMALL, tell)


def _found(bench: Bench, job: PrintJob, code: CodeOnLabel, tell: Tell) -> None:
    """A label that still had to be found is verified; of any other it is said how it stands."""
    # The serial of a first label was typed: it proves nothing, and there is no small code to go with a large one.
    proves = code is CodeOnLabel.LARGE or carries_small_code(bench, job)
    if proves and JobState.VERIFIED in MOVES[job.state]:
        job = scan_back(bench, job, code)
        tell(JobChanged(job))
    tell(LabelKnown(job, by_content=code is CodeOnLabel.LARGE))


def label_scan(bench: Bench, expected: PrintJob, text: str, tell: Tell, *, any_open: bool) -> PrintJob:
    """While a label is waited for: its own codes verify it, all else raises what was scanned instead.

    With ``any_open`` (at start-up, when several may lie on the bench) any label that is still open is verified.
    A wrong label is written down before it is said; a command is no label, whatever a label may say. What is told is
    the alarm about a voided label.
    """
    scan = sort_scan(text, bench.scan_rules)
    _require_no_command(scan)
    if (changed := came_out_changed(scan.text, expected.draft.content)) is not None:
        raise changed
    _require_readable(scan)
    if scan.text == expected.draft.content:
        return scan_back(bench, expected, CodeOnLabel.LARGE)
    if scan.what is ScanKind.LABEL_SERIAL:
        return _small_code_of(bench, expected, scan.text, tell, any_open=any_open)
    if scan.identity == expected.identity:
        raise DeviceNotLabelScanned(expected.identity.readable)
    if scan.identity is not None:
        raise ScanTooEarly(scan.identity.readable, expected.identity.readable)
    other = bench.ledger.with_content(scan.text)
    if other is not None and other.open and any_open:
        return scan_back(bench, other, CodeOnLabel.LARGE)
    if other is None and scan.kind is ContentKind.OTHER:
        raise ScanNotUnderstood(in_short(scan.text))
    if other is not None:
        _alarm_of_others(bench, expected, other, tell)
    found = in_short(bench.secrets.hidden(scan.text)) if other is None else other.identity.readable
    raise _wrong(bench, expected, found)


def _small_code_of(bench: Bench, expected: PrintJob, label_serial: str, tell: Tell, *, any_open: bool) -> PrintJob:
    if label_serial == expected.draft.label_serial:
        if not carries_small_code(bench, expected):
            raise LargeCodeNext(label_serial)
        return scan_back(bench, expected, CodeOnLabel.SMALL)
    other = bench.ledger.with_serial(label_serial)
    if other is None:
        raise ScanNotUnderstood(in_short(label_serial))
    if other.open and any_open:
        return scan_back(bench, other, CodeOnLabel.SMALL)
    if other.state is JobState.VOIDED:
        raise _voided(bench, expected, other, live_label(bench, other), tell)
    raise _wrong(bench, expected, other.identity.readable)


def _alarm_of_others(bench: Bench, expected: PrintJob, other: PrintJob, tell: Tell) -> None:
    """Another label was scanned, which is or may be a voided one; raises LabelVoided where it certainly is."""
    same = same_labels(bench, other)
    if same.voided is None:
        return
    if same.certainly_voided or same.live is None:
        raise _voided(bench, expected, same.voided, None, tell)
    tell(perhaps_old(same.voided, same.live))


def _voided(bench: Bench, expected: PrintJob, voided: PrintJob, live: PrintJob | None, tell: Tell) -> LabelVoided:
    old_label_alarm(bench, voided, live, tell)
    bench.ledger.note(expected, who=bench.operator, evidence=f"voided label scanned: {voided.draft.label_serial}")
    return LabelVoided(voided.draft.label_serial, voided.identity.readable)


def _wrong(bench: Bench, expected: PrintJob, found: str) -> WrongLabel:
    bench.ledger.note(expected, who=bench.operator, evidence=f"wrong label scanned: {found}")
    return WrongLabel(expected.identity.readable, found)


def require_label(scan: Scan) -> None:
    """Raise why a scan that names no device can be no label of ours."""
    _require_no_command(scan)
    _require_readable(scan)
    if scan.refusal is not None:
        raise scan.refusal


def _require_no_command(scan: Scan) -> None:
    """Raise CommandUnknown: the commands that are known were obeyed before, and none is ever a label."""
    if scan.what is ScanKind.COMMAND:
        raise CommandUnknown(in_short(scan.text))


def _require_readable(scan: Scan) -> None:
    """Raise why nothing can be made of a scan, or that it is somebody's badge."""
    if scan.problem is not None:
        raise scan.problem
    if scan.what is ScanKind.BADGE:
        raise BadgeNotUsed


def why_no_label(bench: Bench, scan: Scan) -> Failure:
    """No label says this; perhaps one does whose characters were changed on the way."""
    for meant, befell in contents_before(scan.text):
        if bench.ledger.with_content(meant) is not None:
            return befell
    return ScanNotUnderstood(in_short(scan.text))
