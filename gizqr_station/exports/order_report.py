"""What a report of an order says, section by section."""

from collections.abc import Callable, Iterable
from datetime import datetime

from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.reports import Anchored, OrderReport, Voided
from gizqr_station.domain.work_order import OrderProfile, OrderState
from gizqr_station.exports.report import Report, Row, Section
from gizqr_station.exports.report_words import reason_said, said
from gizqr_station.wording import standing_word, state_word, words_for

_LABEL_COLUMNS = ("serial", "identity", "mark", "state", "operator", "station_column", "when")
_LABEL_WIDTHS = (13, 19, 9, 12, 15, 13, 19)


def order_sections(report: OrderReport, language: str) -> Report:
    """All but the list of labels, which may be long."""

    def word(name: str, **values: object) -> str:
        return said(language, name, **values)

    sections = [
        Section(word("people"), tuple(_people(report, language))),
        Section(word("profile"), tuple(_profile(report, word))),
        Section(word("balance"), tuple(_balance(report, word))),
        Section(word("held"), tuple(anchored_rows(report.anchored, language))),
    ]
    if report.voided:
        rows = tuple(_voided(each, language) for each in report.voided)
        header = (word("serial"), word("identity"), word("who"), word("why"))
        sections.append(Section(word("voids"), rows, header, (15, 22, 20, 43)))
    if report.reprints:
        columns = tuple(word(name) for name in ("serial", "replaces", "identity", "operator", "allowed_by", "reason"))
        made = tuple(_reprint(job, language) for job in report.reprints)
        sections.append(Section(word("reprints"), made, columns, (14, 14, 20, 15, 15, 22)))
    return Report(word("order", number=report.order.number), tuple(sections))


def label_header(language: str) -> Row:
    """Of the list of labels."""
    return tuple(said(language, name) for name in _LABEL_COLUMNS)


def label_row(job: PrintJob, language: str) -> Row:
    """One label."""
    draft = job.draft
    where = (draft.operator, draft.station, moment(job.moved_at))
    return (draft.label_serial, job.identity.readable, job.mark, state_word(job.state.value, language), *where)


def labels_section(labels: tuple[PrintJob, ...], of: int, language: str) -> Section:
    """As many of an order's labels as a page is for."""
    title = said(language, "labels")
    if len(labels) < of:
        title = said(language, "labels_first", shown=len(labels), all=of)
    return Section(title, tuple(label_row(job, language) for job in labels), label_header(language), _LABEL_WIDTHS)


def anchored_rows(anchored: Anchored, language: str) -> Iterable[Row]:
    """The checkpoint, or why there is none."""
    point = anchored.checkpoint
    if point is None:
        why = said(language, "no_checkpoint")
        if anchored.failure is not None:
            why = said(language, "not_signed", why=words_for(anchored.failure, language).what)
        yield said(language, "checkpoint"), why
        return
    yield said(language, "checkpoint"), said(language, "entries_covered", count=point.count)
    yield said(language, "head"), point.head
    yield said(language, "key"), point.key_id


def moment(at: datetime) -> str:
    """Local time, as on screen."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M:%S")


def _people(report: OrderReport, language: str) -> Iterable[Row]:
    order = report.order

    def word(name: str, **values: object) -> str:
        return said(language, name, **values)

    yield word("state"), standing_word(order.state.value, language)
    yield word("planned_by"), f"{order.made_by}, {moment(order.made_at)}"
    if order.signed_by:
        yield word("signed_by"), order.signed_by
    if order.released_by:
        first = report.first_article
        yield word("released_by"), order.released_by
        if first is not None:
            told = f"{first.draft.label_serial}, {first.identity.readable}, {first.draft.operator}"
            yield word("first_article"), told
    if order.closed_by:
        yield word("cancelled_by" if order.state is OrderState.CANCELLED else "closed_by"), order.closed_by
    if order.remark:
        yield word("remark"), order.remark
    who, when = report.written_by, moment(report.written_at)
    yield word("written"), word("by_at", who=who, when=when, station=report.station)


def _profile(report: OrderReport, word: Callable[..., str]) -> Iterable[Row]:
    profile = report.order.profile
    yield word("product"), profile.product_name
    yield word("product_key"), profile.product_key
    yield word("scheme"), profile.scheme
    yield word("template"), profile.template
    yield word("printer"), profile.printer
    if report.printers:
        yield word("printers"), ", ".join(report.printers)
    yield word("quantity"), str(profile.quantity)
    yield word("identities"), _devices(profile, word)
    yield word("scan_back"), _scan_back(profile.scan_back_every, word)
    yield word("digest"), report.order.digest


def _devices(profile: OrderProfile, word: Callable[..., str]) -> str:
    ranges = profile.identities
    if not ranges:
        return word("any")
    count = sum(len(each) for each in ranges)
    first, last = ranges[0].first.readable, ranges[-1].last.readable
    return word("ranges", first=first, last=last, count=count, ranges=len(ranges))


def _scan_back(every: int, word: Callable[..., str]) -> str:
    if every == 1:
        return word("every_label")
    return word("one_in", every=every) if every else word("none")


def _balance(report: OrderReport, word: Callable[..., str]) -> Iterable[Row]:
    for name in ("planned", "verified", "voided", "unknown", "remaining"):
        yield word(name), str(getattr(report.balance, name))
    if report.closed_at is not None and report.moved_since:
        told = word("since_close_said", labels=report.moved_since, when=moment(report.closed_at))
        yield word("since_close"), told


def _voided(each: Voided, language: str) -> Row:
    return (each.job.draft.label_serial, each.job.identity.readable, each.who, reason_said(language, each.why))


def _reprint(job: PrintJob, language: str) -> Row:
    draft = job.draft
    told = (draft.operator, draft.allowed_by, reason_said(language, draft.reason))
    return (draft.label_serial, draft.replaces, job.identity.readable, *told)
