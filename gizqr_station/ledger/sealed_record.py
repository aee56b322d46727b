"""The part of the ledger that reads the whole record for whoever checks or signs it, a page at a time."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, select

from gizqr_station.domain.audit import FIRST_SEAL, AuditFault
from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.sealing import seal_of
from gizqr_station.domain.stop import Stop
from gizqr_station.ledger.audit_tables import AuditTables
from gizqr_station.ledger.job_images import first_bad_image
from gizqr_station.ledger.sealed_rows import (
    DRAFT_COLUMNS,
    ENTRY_COLUMNS,
    LATER_DRAFT_COLUMNS,
    OPENING,
    draft_document,
    entry_document,
)
from gizqr_station.ledger.state_check import first_untold_state
from gizqr_station.ledger.tables import entries, jobs
from gizqr_station.ledger.told_jobs import first_untold_job
from gizqr_station.workflows.audit_ports import SealLine

_PAGE = 2_000
"""Lines that are read at a time: writers wait for a reader no longer than some hundredths of a second."""

_AT_ONCE = 500
"""Jobs that one question names; SQLite takes at least 999 values."""

_LINES = [entries.c[name] for name in (*ENTRY_COLUMNS, "seal")]
_DRAFTS = [jobs.c[name] for name in ("id", *DRAFT_COLUMNS, *LATER_DRAFT_COLUMNS)]
_OPENS = and_(entries.c.kind == OPENING[0], entries.c.state == OPENING[1])


class SealedRecordTables(AuditTables):
    """The SealedRecord of ``workflows.audit_ports``."""

    def seals(self, after: int, last: int, stop: Stop) -> Iterator[str]:
        """As they stand there, of the entries behind ``after`` up to ``last``."""
        while True:
            stop.check()
            with self._database.reading() as connection:
                wanted = _behind(select(entries.c.sequence, entries.c.seal), after, last)
                page = connection.execute(wanted).all()
            if not page:
                return
            yield from (str(row.seal) for row in page)
            after = page[-1].sequence

    def seal_lines(self, last: int, stop: Stop) -> Iterator[SealLine]:
        """Each line with the seal that it ought to have behind the seal that stands before it, up to ``last``."""
        after, before = 0, FIRST_SEAL
        while True:
            stop.check()
            with self._database.reading() as connection:
                page = connection.execute(_behind(select(*_LINES), after, last)).all()
                drafts = _drafts(connection, after, page[-1].sequence) if page else {}
            if not page:
                return
            for row in page:
                values = dict(zip(ENTRY_COLUMNS, row, strict=False))
                yield _line(values, before, row.seal, drafts)
                before = row.seal
            after = page[-1].sequence

    def jobs_about(self, about: Mapping[str, str]) -> Sequence[PrintJob]:
        """Those whose columns say this, oldest first."""
        wanted = select(jobs).where(*(jobs.c[name] == value for name, value in about.items()))
        with self._database.reading() as connection:
            return self._journal.many(connection, wanted.order_by(jobs.c.id))

    def sealed_about(self, jobs: Sequence[int], subjects: Sequence[str], last: int) -> Sequence[dict[str, object]]:
        """The entries of these jobs and the acts about these subjects, up to ``last``, in order, as they are sealed."""
        found: dict[int, dict[str, object]] = {}
        for column, wanted in ((entries.c.job, jobs), (entries.c.subject, subjects)):
            for start in range(0, len(wanted), _AT_ONCE):
                about = column.in_(wanted[start : start + _AT_ONCE])
                with self._database.reading() as connection:
                    found.update(_documents(connection, about, last))
        return [found[sequence] for sequence in sorted(found)]

    def job_fault(self, stop: Stop) -> AuditFault | None:
        """The first job that stands otherwise than its entries say, then of people, orders, shifts, then of images."""
        for check in (first_untold_job, first_untold_state, first_bad_image):
            fault = check(self._database, stop)
            if fault is not None:
                return fault
        return None


def _documents(
    connection: Connection, about: ColumnElement[bool], last: int
) -> Iterator[tuple[int, dict[str, object]]]:
    before = entries.alias()
    wanted = select(*_LINES, before.c.seal.label("after")).select_from(entries)
    wanted = wanted.outerjoin(before, before.c.sequence == entries.c.sequence - 1)
    page = connection.execute(wanted.where(about, entries.c.sequence <= last)).mappings().all()
    opened = [row["job"] for row in page if (row["kind"], row["state"]) == OPENING]
    found = connection.execute(select(*_DRAFTS).where(jobs.c.id.in_(opened))).mappings()
    drafts = {row["id"]: draft_document(dict(row)) for row in found}
    for row in page:
        draft = drafts.get(row["job"]) if (row["kind"], row["state"]) == OPENING else None
        yield row["sequence"], entry_document(dict(row), row["after"] or FIRST_SEAL, draft)


def _behind(wanted: Select[Any], after: int, last: int) -> Select[Any]:
    return (
        wanted.where(entries.c.sequence > after, entries.c.sequence <= last).order_by(entries.c.sequence).limit(_PAGE)
    )


def _drafts(connection: Connection, after: int, last: int) -> dict[int, dict[Any, Any]]:
    """Of the jobs that entries of a page opened, by job."""
    opened = select(entries.c.job).where(entries.c.sequence > after, entries.c.sequence <= last, _OPENS)
    found = connection.execute(select(*_DRAFTS).where(jobs.c.id.in_(opened))).mappings()
    return {row["id"]: dict(row) for row in found}


def _line(values: dict[str, Any], before: str, seal: str, drafts: Mapping[int, Mapping[str, Any]]) -> SealLine:
    opens = (values["kind"], values["state"]) == OPENING
    found = drafts.get(values["job"]) if opens else None
    draft = None if found is None else draft_document(found)
    due = _due(values, before, draft)
    if due == seal:
        return SealLine(values["sequence"], seal, due)
    agrees = draft is not None and _agrees(values, draft)
    return SealLine(values["sequence"], str(seal), due, values["job"] if opens else None, agrees)


def _agrees(values: Mapping[str, Any], draft: Mapping[str, object]) -> bool:
    if "origin" in draft:  # the entry is of the moment of the merge, and its subject says when it was written there
        return bool(draft["operator"] == values["who"])
    said = (values["who"], values["at"], values["subject"], values["evidence"])
    return bool((draft["operator"], draft["opened_at"], "", "") == said)


def _due(values: Mapping[str, Any], before: object, draft: Mapping[str, object] | None) -> str:
    try:
        return seal_of(entry_document(values, str(before), draft))
    except (TypeError, ValueError):  # a column that holds bytes, or no text: nothing that was ever sealed
        return ""
