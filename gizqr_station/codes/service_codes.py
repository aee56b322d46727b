"""Gets the code of one device from the QR service, and never another device's.

The service tells no task number, and its list belongs to the product: other stations' tasks stand in it too. So the
files that are there before are noted, the task is created, and then everything newer is looked at until a zip holds
exactly the identity asked for.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from gizqr_station.codes.picture import content_of
from gizqr_station.codes.task_client import Download, Listing, TaskClient
from gizqr_station.codes.task_memory import TaskMemory
from gizqr_station.codes.zip_gate import identities_in, pictures_in
from gizqr_station.domain.code_failures import (
    AnswerNotUnderstood,
    AnswerTooLarge,
    KeyRefused,
    ProductUnknown,
    RequestRefused,
    ServiceFault,
    ServiceSlow,
    ServiceUnreachable,
    TaskNotReady,
    ZipRefused,
)
from gizqr_station.domain.codes import CodeSource, IssuedCode, require_issued_for
from gizqr_station.domain.failures import CodeFailure, Failure
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.product import Product
from gizqr_station.domain.stop import Stop
from gizqr_station.qrcode_api import TaskFile
from gizqr_station.workflows.ports import Clock

_PAGES_AT_MOST = 100
_BROKEN_LOOKS = 3
_KNOCK_S = 2.0


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast and how long the list is looked at, in seconds."""

    deadline_s: float = 60.0
    """For the whole of one code."""
    second_look_s: float = 5.0
    """After a POST without an answer: look so long for its task before asking again. Trouble in between that lasts
    as long is given up on."""
    accepted_s: float = 15 * 60.0
    """So long after the service accepted a device's task no other is created for it."""
    first_pause_s: float = 0.05
    longest_pause_s: float = 2.0
    page: int = 20


@dataclass(slots=True)
class _Search:
    """What one search for a device's zip knows."""

    product_key: str
    identity: Identity
    known: frozenset[TaskFile]
    """Files that were there before the task was created."""
    ends: float
    """On the monotonic clock."""
    look_ends: float
    """The same for the present look."""
    stop: Stop
    sandbox: bool = False
    pending: bool = False
    """Whether at the last look a newer task had no file yet."""
    trouble: CodeFailure | None = None
    """What went wrong at the last look, if it did."""
    broken: dict[TaskFile, CodeFailure] = field(default_factory=dict)
    """Newer zips that nothing could be read from."""
    broken_looks: dict[TaskFile, int] = field(default_factory=dict)

    @property
    def left_s(self) -> float:
        return max(self.look_ends - time.monotonic(), 0.01)

    def why_not(self, seconds: float) -> CodeFailure:
        """The failure to tell when the time is over."""
        if self.trouble is not None:
            return self.trouble
        if self.broken and not self.pending:
            return next(iter(self.broken.values()))
        return TaskNotReady(str(self.identity), seconds)


class ServiceCodes:
    """The CodeProvider of products whose codes the QR service issues. May be used by several lanes at once.

    ``product_key``, where given, is what ``reachable`` lists tasks of, so that a refused key is seen as well.
    """

    def __init__(
        self,
        client: TaskClient,
        clock: Clock,
        *,
        pace: Pace | None = None,
        product_key: str | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._client = client
        self._clock = clock
        self._pace = pace or Pace()
        self._product_key = product_key
        self._chance = chance
        self._memory = TaskMemory()

    def code_for(self, product: Product, identity: Identity, stop: Stop) -> IssuedCode:
        """The code that the service issues for this identity, within ``pace.deadline_s``.

        A device whose search ended early (Stopped, no answer, not ready) is looked for first when it comes again, and
        only looked for while the service's word that it has the task is younger than ``pace.accepted_s``: trying
        again makes no second task. TaskNotReady, or what kept the station from seeing the task; any other CodeFailure
        at once.
        """
        memory, key, text = self._memory, product.key, identity.text
        ends = time.monotonic() + self._pace.deadline_s
        search = _Search(key, identity, frozenset(), ends, ends, stop)
        before = memory.known_when_asked(key, text)
        search.known = self._files_there(search) if before is None else before
        try:
            only_look = memory.was_accepted(key, text, self._pace.accepted_s)
            look_s = self._pace.deadline_s if only_look else self._pace.second_look_s
            code = None if before is None else self._look(search, look_s)
            if code is None and not only_look:
                memory.asked_for(key, text, search.known)
                code = self._ask(search, again=before is None) or self._look(search, self._pace.deadline_s)
        except CodeFailure as failure:
            waits = memory.was_accepted(key, text, self._pace.accepted_s) and not _is_about_a_zip(failure)
            if not waits and not _leaves_open(failure):
                memory.settled(key, text)
            raise
        if code is None:
            why = search.why_not(self._pace.deadline_s)
            if _is_about_a_zip(why):  # perhaps ours: then waiting for it is in vain, and it may be asked for anew
                memory.asked_for(key, text, search.known)
            raise why
        memory.settled(key, text)
        return code

    def reachable(self, stop: Stop) -> Failure | None:
        """One request of at most two seconds that creates nothing."""
        try:
            if self._product_key is None:
                self._client.knock(stop, within_s=_KNOCK_S)
            else:
                self._client.list_tasks(self._product_key, stop, limit=1, within_s=_KNOCK_S)
        except CodeFailure as failure:
            return failure
        return None

    def _files_there(self, search: _Search) -> frozenset[TaskFile]:
        """The newest files before asking: a page of them is enough to know later where the old ones begin."""
        files: set[TaskFile] = set()
        skip = 0
        for _ in range(_PAGES_AT_MOST):
            listing = self._page(search, skip)
            files.update(task for task in listing.tasks if task.file)
            skip += listing.shown
            if files or not listing.shown or skip >= listing.total:
                break
        return frozenset(files)

    def _ask(self, search: _Search, *, again: bool) -> IssuedCode | None:
        """Create the task; when the answer got lost, look for it before creating it once more."""
        text = search.identity.text
        try:
            self._client.create_task(search.product_key, text, text, search.stop, within_s=search.left_s)
        except (ServiceUnreachable, ServiceSlow):
            code = self._look(search, self._pace.second_look_s)
            if code is not None or not again:
                return code
            search.look_ends = search.ends
            self._client.create_task(search.product_key, text, text, search.stop, within_s=search.left_s)
        self._memory.accepted(search.product_key, text)
        return None

    def _look(self, search: _Search, seconds: float) -> IssuedCode | None:
        """Look at the list until the zip is there, so long at the most; a broken network is given a little time."""
        search.look_ends = min(time.monotonic() + seconds, search.ends)
        pause = self._pace.first_pause_s
        trouble_since: float | None = None
        while True:
            try:
                code = self._sweep(search)
            except CodeFailure as failure:
                if not _leaves_open(failure):
                    raise
                now = time.monotonic()
                trouble_since = trouble_since or now
                if now < search.look_ends:  # else our own end cut it off
                    search.trouble = failure
                if now - trouble_since >= self._pace.second_look_s:
                    raise
            else:
                search.trouble = trouble_since = None
                if code is not None:
                    return code
            left = search.look_ends - time.monotonic()
            if left <= 0:
                return None
            search.stop.sleep(min(pause * (0.75 + self._chance() / 2), left))
            pause = min(pause * 2, self._pace.longest_pause_s)

    def _sweep(self, search: _Search) -> IssuedCode | None:
        """Look once at everything that is newer than what was known, to the end of the page where that begins."""
        search.pending = False
        skip = 0
        for _ in range(_PAGES_AT_MOST):
            listing = self._page(search, skip)
            met_known = False
            for task in listing.tasks:
                if task.file is None:
                    search.pending = True
                elif task in search.known:
                    met_known = True
                else:
                    code = self._opened(search, task, task.file)
                    if code is not None:
                        return code
            skip += listing.shown
            if met_known or not listing.shown or skip >= listing.total:
                break
        return None

    def _opened(self, search: _Search, task: TaskFile, file: str) -> IssuedCode | None:
        """The code, if this task's zip is ours; a zip that is broken is noted, for it may be somebody else's."""
        if not self._memory.may_hold(search.product_key, task, search.identity.text):
            return None
        if search.broken_looks.get(task, 0) >= _BROKEN_LOOKS:
            return None
        try:
            download = self._client.download(file, search.stop, within_s=search.left_s)
            held = identities_in(download.data, search.product_key, file)
        except (ZipRefused, AnswerTooLarge) as refused:
            search.broken[task] = refused
            search.broken_looks[task] = search.broken_looks.get(task, 0) + 1
            return None
        search.broken.pop(task, None)
        self._memory.looked_into(search.product_key, task, held)
        if held != {search.identity.text}:
            return None
        return self._issued(search, file, download)

    def _issued(self, search: _Search, file: str, download: Download) -> IssuedCode:
        identity = search.identity
        pictures = pictures_in(download.data, search.product_key, {identity.text}, file)
        content = content_of(pictures[identity.text], file)
        require_issued_for(content, identity)
        source = CodeSource.SANDBOX if search.sandbox or download.sandbox else CodeSource.SERVICE
        return IssuedCode(content, identity, source, self._clock.now(), task=file)

    def _page(self, search: _Search, skip: int) -> Listing:
        listing = self._client.list_tasks(
            search.product_key, search.stop, skip=skip, limit=self._pace.page, within_s=search.left_s
        )
        search.sandbox = search.sandbox or listing.sandbox
        return listing


def _leaves_open(failure: CodeFailure) -> bool:
    """Whether the same request may be answered a little later, and a task may have been created meanwhile."""
    if isinstance(failure, RequestRefused):
        return failure.status == 429
    return isinstance(failure, (ServiceUnreachable, ServiceSlow, ServiceFault))


def _is_about_a_zip(failure: CodeFailure) -> bool:
    """Whether a task's result was looked at; any other failure says nothing about a task that was accepted."""
    return not _leaves_open(failure) and not isinstance(
        failure, (AnswerNotUnderstood, KeyRefused, ProductUnknown, RequestRefused, TaskNotReady)
    )
