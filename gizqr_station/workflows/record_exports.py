"""Records and evidence into files: asked for by somebody who may, written down first, stopped at any time."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePath

from gizqr_station.domain.audit import Act, ActKind
from gizqr_station.domain.export_failures import UnknownFileKind
from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.line_failures import FileNotWritten
from gizqr_station.domain.people import Permission
from gizqr_station.domain.records import RecordQuery
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.audit_ports import AuditTrail
from gizqr_station.workflows.duty import Duty
from gizqr_station.workflows.record_ports import EvidenceWriter, RecordFiles, RecordSearch

KINDS = (".csv", ".xlsx")
"""What a file's name may end in."""


def export_records(
    search: RecordSearch,
    files: RecordFiles,
    trail: AuditTrail,
    who: str,
    query: RecordQuery,
    path: PurePath,
    stop: Stop,
    written: Callable[[int], None],
) -> int:
    """Write what a search finds into a new file for somebody who may; how many labels.

    ``written`` hears how many are done. Raises UnknownFileKind, FileExists, FileNotWritten, Stopped. That somebody
    exports, and what, is in the record before the first byte is in the file.
    """
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise UnknownFileKind(path.name, ", ".join(KINDS))
    trail.act(Act(ActKind.EXPORT, path.name, (("records", "labels"), *query_facts(query))), who=who)
    jobs = _counted(search.all_matching(query), written)
    return files.write_xlsx(jobs, path, stop) if kind == ".xlsx" else files.write_csv(jobs, path, stop)


def write_evidence(
    writer: EvidenceWriter | None, trail: AuditTrail, duty: Duty, job: PrintJob, path: PurePath, stop: Stop
) -> int:
    """Write what a third party can check of a label's device into a new file; how many entries it holds."""
    if writer is None:
        raise FileNotWritten(path.name, "no evidence is kept here")
    who = duty.require(Permission.EXPORT, job.draft.label_serial)
    facts = (("records", "evidence"), ("file", path.name))
    trail.act(Act(ActKind.EXPORT, job.draft.label_serial, facts), who=who)
    return writer.write(job, path, who, stop)


def query_facts(query: RecordQuery) -> tuple[tuple[str, str], ...]:
    """What was asked for, as the record tells it; nothing of what was left open."""
    told = {
        "text": query.text,
        "order": query.order,
        "operator": query.operator,
        "states": " ".join(sorted(state.value for state in query.states)),
        "since": query.since.isoformat() if query.since else "",
        "until": query.until.isoformat() if query.until else "",
        "contested": "yes" if query.contested else "",
    }
    return tuple((name, value) for name, value in told.items() if value)


def _counted(jobs: Iterable[PrintJob], written: Callable[[int], None]) -> Iterator[PrintJob]:
    for count, job in enumerate(jobs, 1):
        yield job
        written(count)
