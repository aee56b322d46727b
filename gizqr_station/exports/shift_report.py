"""What a report of a shift says, section by section."""

from collections.abc import Iterable

from gizqr_station.domain.reports import ShiftReport
from gizqr_station.exports.order_report import anchored_rows, moment
from gizqr_station.exports.report import Report, Row, Section
from gizqr_station.exports.report_words import reason_said, said
from gizqr_station.wording import words_for


def shift_sections(report: ShiftReport, language: str) -> Report:
    """All of it."""
    shift, totals = report.shift, report.totals
    title = said(language, "shift", station=shift.station)
    names = ("opened", "verified", "handed_over", "voided", "failed", "unknown")
    counts = tuple((said(language, name), str(getattr(totals, name))) for name in names)
    sections = [
        Section(title, tuple(_times(report, language))),
        Section(said(language, "totals"), counts),
    ]
    if totals.reprints:
        rows = tuple((reason_said(language, reason), str(count)) for reason, count in totals.reprints)
        sections.append(Section(said(language, "reprints_by_reason"), rows))
    held = (*anchored_rows(report.anchored, language), (said(language, "copy"), _copy(report, language)))
    sections.append(Section(said(language, "held"), held))
    sections.append(Section(said(language, "handover"), ((said(language, "remark"), shift.remark or "–"),)))
    return Report(f"{title} · {moment(shift.opened_at)}", tuple(sections))


def _times(report: ShiftReport, language: str) -> Iterable[Row]:
    shift = report.shift
    yield said(language, "opened_by"), f"{shift.opened_by}, {moment(shift.opened_at)}"
    if shift.closed_at is not None:
        yield said(language, "closed_at"), f"{shift.closed_by}, {moment(shift.closed_at)}"
    entries = said(language, "from_to", first=shift.first_entry, last=shift.last_entry or "…")
    yield said(language, "entries"), entries


def _copy(report: ShiftReport, language: str) -> str:
    if report.copy_failure is not None:
        return said(language, "not_copied", why=words_for(report.copy_failure, language).what)
    return report.copied_to or said(language, "no_copy")
