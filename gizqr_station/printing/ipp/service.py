"""What printers and print servers are asked: about themselves, to print, about a job, to give it up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from gizqr_station.domain.stop import Stop
from gizqr_station.printing.ipp.client import CallGarbled, IppClient, Limits
from gizqr_station.printing.ipp.messages import Answer, Attributes, Operation, Said, Tag
from gizqr_station.printing.ipp.server import Server, user_name

NOT_FOUND = 0x0406
_MOST_JOBS = 100

_OF_A_JOB = (
    "job-id",
    "job-name",
    "job-uuid",
    "job-state",
    "job-state-reasons",
    "job-state-message",
    "job-originating-user-name",
    "job-impressions-completed",
    "job-printer-state-message",
    "job-printer-state-reasons",
    "time-at-creation",
    "time-at-processing",
)


class JobState(IntEnum):
    """RFC 8011, 5.3.7."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9

    @property
    def ended(self) -> bool:
        """Nothing more will happen to it."""
        return self >= JobState.CANCELED


class Refused(Exception):
    """It was understood and refused; nothing was done unless the status is one of ``MAY_HAVE_PRINTED``."""

    def __init__(self, answer: Answer) -> None:
        said = answer.message or f"status {answer.status:#06x}"
        super().__init__(said)
        self.status, self.said = answer.status, said


@dataclass(frozen=True, slots=True)
class Job:
    """How a job is known again. Print servers give an id out twice, so the id alone is not enough."""

    id: int
    name: str
    uuid: str = ""

    def is_in(self, seen: "JobSeen") -> bool:
        """Whether this is the same job."""
        return seen.job.name == self.name and (not self.uuid or not seen.job.uuid or seen.job.uuid == self.uuid)


@dataclass(frozen=True, slots=True)
class JobSeen:
    """A job as it stood when it was asked for."""

    job: Job
    state: JobState | None
    """None for a number that nobody knows."""
    reasons: frozenset[str] = frozenset()
    message: str = ""
    printer_reasons: frozenset[str] = frozenset()
    impressions: int | None = None
    began: bool | None = None
    """False only where it is said that its processing has not begun; None where nothing is said."""
    began_at: int | None = None
    """On the printer's own clock; CUPS sets it anew whenever it sends the document anew."""
    user: str = ""
    created: int | None = None
    """On the printer's own clock, ``printer-up-time``."""


class IppService:
    """One printer or queue; ``path`` is its resource. Every method raises CallFailed or Refused."""

    def __init__(self, server: Server, path: str) -> None:
        self._client = IppClient(server)
        self._path = path
        self._uri = Said("printer-uri", Tag.URI, server.uri(path))
        self._who = Said("requesting-user-name", Tag.NAME, user_name())

    @property
    def who(self) -> str:
        """On whose behalf is asked."""
        return str(self._who.value)

    def printer(self, names: Sequence[str], limits: Limits, stop: Stop) -> Attributes:
        """What it says of itself."""
        said = (self._uri, self._who, Said("requested-attributes", Tag.KEYWORD, names))
        answer = self._asked(Operation.GET_PRINTER_ATTRIBUTES, said, limits, stop)
        return answer.printers[0] if answer.printers else Attributes()

    def has_driver(self, limits: Limits, stop: Stop) -> bool:
        """Whether CUPS keeps a description of the printer (PPD) for this queue; a raw one has none."""
        answer = self._client.ask(Operation.CUPS_GET_PPD, self._path, (self._uri, self._who), limits, stop)
        if answer.status == NOT_FOUND:
            return False
        if not answer.ok:
            raise Refused(answer)
        return True

    def print_job(
        self, name: str, document_format: str, document: bytes, about: Iterable[Said], limits: Limits, stop: Stop
    ) -> JobSeen:
        """Hand over one job with its one document."""
        said = (
            self._uri,
            self._who,
            Said("job-name", Tag.NAME, name),
            Said("document-format", Tag.MIME_TYPE, document_format),
        )
        answer = self._client.ask(Operation.PRINT_JOB, self._path, said, limits, stop, job=about, document=document)
        if not answer.ok:
            raise Refused(answer)
        if not answer.jobs or answer.jobs[0].number("job-id") is None:
            raise CallGarbled("no job in the answer", len(document))
        seen = _seen(answer.jobs[0])
        return replace(seen, job=replace(seen.job, name=name))  # the answer need not repeat it

    def job(self, job: Job, limits: Limits, stop: Stop) -> JobSeen | None:
        """The job as it stands; None when it is not known any more, or its id is another's now."""
        said = (
            self._uri,
            Said("job-id", Tag.INTEGER, job.id),
            self._who,
            Said("requested-attributes", Tag.KEYWORD, _OF_A_JOB),
        )
        answer = self._client.ask(Operation.GET_JOB_ATTRIBUTES, self._path, said, limits, stop)
        if answer.status == NOT_FOUND:
            return None
        if not answer.ok:
            raise Refused(answer)
        seen = _seen(answer.jobs[0]) if answer.jobs else None
        return seen if seen is not None and job.is_in(seen) else None

    def jobs(self, which: str, limits: Limits, stop: Stop) -> tuple[JobSeen, ...]:
        """Jobs of this printer: ``not-completed`` or ``completed``."""
        said = (
            self._uri,
            self._who,
            Said("limit", Tag.INTEGER, _MOST_JOBS),
            Said("which-jobs", Tag.KEYWORD, which),
            Said("requested-attributes", Tag.KEYWORD, _OF_A_JOB),
        )
        return tuple(_seen(job) for job in self._asked(Operation.GET_JOBS, said, limits, stop).jobs)

    def cancel(self, job: Job, limits: Limits, stop: Stop) -> None:
        """Give a job up; what is in the printer already may still come out."""
        said = (self._uri, Said("job-id", Tag.INTEGER, job.id), self._who)
        self._asked(Operation.CANCEL_JOB, said, limits, stop)

    def _asked(self, operation: Operation, said: Iterable[Said], limits: Limits, stop: Stop) -> Answer:
        answer = self._client.ask(operation, self._path, said, limits, stop)
        if not answer.ok:
            raise Refused(answer)
        return answer


def _seen(told: Attributes) -> JobSeen:
    state = told.number("job-state")
    began = told.number("time-at-processing")
    return JobSeen(
        Job(told.number("job-id") or 0, told.text("job-name"), told.text("job-uuid")),
        JobState(state) if state is not None and JobState.PENDING <= state <= JobState.COMPLETED else None,
        frozenset(told.texts("job-state-reasons")) - {"none"},
        told.text("job-printer-state-message") or told.text("job-state-message"),
        frozenset(told.texts("job-printer-state-reasons")) - {"none"},
        told.number("job-impressions-completed"),
        began is not None if "time-at-processing" in told else None,
        began,
        told.text("job-originating-user-name"),
        told.number("time-at-creation"),
    )
