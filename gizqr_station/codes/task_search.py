"""Finds the zip of one range among everybody's tasks, and creates its task where there is none yet.

The service tells no task number, and its list belongs to the product: other stations' tasks stand in it too. So the
files that are there before are noted, the task is created, and then everything newer is looked at until a zip holds
exactly the identities asked for. What was asked is in a journal before the request leaves.
"""

import math
import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from gizqr_station.codes.looking import LOST, NOT_ASKED, OF_A_ZIP, PASSING, REFUSED, FoundZip, Search
from gizqr_station.codes.pace import Pace
from gizqr_station.codes.qr_service import QrService
from gizqr_station.codes.task_client import Listing
from gizqr_station.codes.task_list import files_there, newer_tasks
from gizqr_station.codes.task_memory import TaskMemory
from gizqr_station.codes.zip_gate import identities_in
from gizqr_station.domain.code_failures import (
    AnswerTooLarge,
    ConnectionCut,
    RequestRefused,
    ServiceFault,
    ServiceThrottles,
    TaskNotReady,
    ZipRefused,
)
from gizqr_station.domain.failures import CodeFailure
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.pooled_codes import AskedTask
from gizqr_station.domain.stop import Stop
from gizqr_station.qrcode_api import TaskFile
from gizqr_station.workflows.code_ports import TaskJournal
from gizqr_station.workflows.ports import Clock

_BROKEN_LOOKS = 3
_PAUSED_POSTS = 3
_LOOKS_A_PAGE = 4
"""After so many looks one more page beyond the newest old task is looked at, in case the list is not in order."""


class TaskSearch:
    """Searches at one service. May be used by several lanes at once.

    ``now``: seconds on a clock that never jumps; ``clock`` tells the time of day for the journal.
    """

    def __init__(
        self,
        service: QrService,
        clock: Clock,
        journal: TaskJournal,
        pace: Pace,
        *,
        chance: Callable[[], float] = random.random,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._service = service
        self._clock = clock
        self._journal = journal
        self._pace = pace
        self._chance = chance
        self._now = now
        self._memory = TaskMemory()

    def zip_of(self, product_key: str, cut: IdentityRange, stop: Stop) -> FoundZip:
        """The zip that holds exactly these identities, within ``pace.deadline_for`` their number.

        A range whose search ended early (Stopped, killed, no answer, not ready) is looked for first when it comes
        again, and only looked for while the service's word that it has the task is younger than ``pace.accepted_s``.
        TaskNotReady, or what kept the station from seeing the task; any other CodeFailure at once. Nothing is settled
        but what the service refused: the zip may be needed again.
        """
        before = self._journal.asked_before(product_key, self._service.address, str(cut))
        search = Search(product_key, cut, stop, self._now() + self._pace.deadline_for(len(cut)))
        if before is None:
            return self._ask_anew(search, tries=2)
        search.begin_after(before.known)
        if self._lately(before.accepted_at):
            return self._await(search)
        if before.accepted_at is not None:
            return self._last_look(search) or self._ask_anew(search, tries=1)
        return self._second_look(search) or self._ask(search, tries=1)

    def _why_not(self, search: Search) -> CodeFailure:
        why = search.why_not(self._pace.deadline_for(len(search.cut)))
        if isinstance(why, OF_A_ZIP):
            # Perhaps ours: then waiting for it is in vain, and it may be asked for anew, but only once for each.
            for task in (each for each, failure in search.broken.items() if isinstance(failure, OF_A_ZIP)):
                self._memory.given_up(search.product_key, task, search.names)
            self._note(search, accepted_at=None)
        return why

    def _lately(self, accepted_at: datetime | None) -> bool:
        """Whether the service said so not long ago; a clock that was put right since may say "later than now"."""
        return accepted_at is not None and abs(self._clock.now() - accepted_at) < timedelta(
            seconds=self._pace.accepted_s
        )

    def _note(self, search: Search, accepted_at: datetime | None) -> None:
        key, address = search.product_key, self._service.address
        self._journal.asked(AskedTask(key, address, str(search.cut), search.known, accepted_at))

    def _ask_anew(self, search: Search, tries: int) -> FoundZip:
        search.begin_after(files_there(lambda skip: self._patient_page(search, skip)))
        return self._ask(search, tries)

    def _ask(self, search: Search, tries: int) -> FoundZip:
        """Create the task; when the answer got lost, look for it before creating it once more.

        The last try's failure when its task is not found either.
        """
        first_try, pauses = tries == 2, 0
        self._note(search, accepted_at=None)
        cut = search.cut
        while True:
            try:
                self._service.create_task(
                    search.product_key, cut.first.text, cut.last.text, search.stop, within_s=self._left_s(search)
                )
            except ServiceThrottles as wished:
                pauses += 1
                if pauses == _PAUSED_POSTS:
                    raise
                self._sit_out(search, wished)
                # Whoever says "later" may have taken it all the same.
                found = self._look(search, self._now())
            except LOST:
                tries -= 1
                first_try = False
                found = self._second_look(search)
                if found is None and tries == 0:
                    raise
            except (*NOT_ASKED, *REFUSED):
                if first_try and not pauses:  # else an earlier one may have been taken
                    self._journal.settled(search.product_key, self._service.address, str(cut))
                raise
            else:
                self._note(search, accepted_at=self._clock.now())
                return self._await(search)
            if found is not None:
                return found

    def _await(self, search: Search) -> FoundZip:
        """The zip of a task that the service has."""
        found = self._look(search, math.inf)
        assert found is not None, "a look that has no end of its own ends with the search, which raises"
        return found

    def _second_look(self, search: Search) -> FoundZip | None:
        """For a task of which nobody knows whether the service took it.

        As long as a task that appeared in that time has no file it may be ours, so it is waited for; not longer than
        half of what is left, because it may just as well be somebody else's that never gets one.
        """
        begins = self._now()
        return self._look(search, begins + self._pace.second_look_s, (begins + search.ends) / 2)

    def _last_look(self, search: Search) -> FoundZip | None:
        """For a task that the service had long ago, and lost since, perhaps its whole list with it.

        It takes half of the time at the most. By now the list may be so long that nobody can read it to where it ended
        then, and that must not keep the range waiting for ever.
        """
        ends, search.ends = search.ends, (self._now() + search.ends) / 2
        try:
            return self._second_look(search)
        except (TaskNotReady, *PASSING):
            return None
        finally:
            search.ends = ends

    def _look(self, search: Search, until: float, suspects_until: float = 0.0) -> FoundZip | None:
        """Look at the list until the zip is there, so long at the most; a broken network is given a little time.

        None only after a look that began when the time was over and saw the list from its top to the old tasks.
        """
        suspects: frozenset[str] | None = None
        pause = self._pace.first_pause_s
        trouble_since: float | None = None
        while True:
            began = self._now()
            try:
                found = self._sweep(search)
            except ServiceThrottles as wished:
                self._sit_out(search, wished)
                search.trouble = wished
            except CodeFailure as failure:
                if not isinstance(failure, PASSING):
                    raise
                trouble_since = began if trouble_since is None else trouble_since
                if self._now() < search.ends:  # else our own end cut it off
                    search.trouble = failure
                if self._now() - trouble_since >= self._pace.second_look_s:
                    raise
            else:
                search.trouble = trouble_since = None
                if found is not None:
                    return found
                if began >= until and self._is_recent(search, began):
                    suspects = search.pending if suspects is None else suspects & search.pending
                    if not suspects or began >= suspects_until:
                        return None
                    until = min(began + self._pace.second_look_s, suspects_until)
            now = self._now()
            if now >= search.ends:
                raise self._why_not(search)
            longest = min(until, search.ends) - now if now < until else search.ends - now
            search.stop.sleep(min(pause * (0.75 + self._chance() / 2), longest))
            pause = min(pause * 2, self._pace.longest_pause_s)

    def _is_recent(self, search: Search, began: float) -> bool:
        """Whether a look still tells what is there now: others' zips may have taken long, and are not fetched again."""
        now = self._now()
        return now < search.ends and not (search.fetched and now - began > self._pace.second_look_s)

    def _sweep(self, search: Search) -> FoundZip | None:
        """Look once at everything that is newer than what was known."""
        pending: set[str] = set()
        tasks = newer_tasks(
            lambda skip: self._page(search, skip),
            search.before,
            self._pace.page,
            beyond=search.looks // _LOOKS_A_PAGE,
        )
        search.looks += 1
        search.fetched = False
        for task in tasks:
            if task.file is None:
                pending.add(task.created_at)
            elif (found := self._opened(search, task, task.file)) is not None:
                return found
        search.pending = frozenset(pending)
        return None

    def _opened(self, search: Search, task: TaskFile, file: str) -> FoundZip | None:
        """The zip, if it is ours; one that cannot be had is noted, for it may be somebody else's."""
        if not self._memory.may_hold(search.product_key, task, search.names):
            return None
        if search.broken_looks.get(task, 0) >= _BROKEN_LOOKS:
            return None
        search.fetched = True
        try:
            download = self._service.download(file, search.stop, within_s=self._left_s(search))
            held = identities_in(download.data, search.product_key, file)
        except (ZipRefused, AnswerTooLarge) as refused:
            search.broken[task] = refused
            search.broken_looks[task] = search.broken_looks.get(task, 0) + 1
            return None
        except (ServiceFault, ConnectionCut, RequestRefused) as failed:
            search.broken[task] = failed
            return None
        search.broken.pop(task, None)
        self._memory.looked_into(search.product_key, task, held)
        if held != search.names:
            return None
        return FoundZip(file, download.data, sandbox=search.sandbox or download.sandbox)

    def _page(self, search: Search, skip: int) -> Listing:
        listing = self._service.list_tasks(
            search.product_key,
            search.stop,
            skip=skip,
            limit=self._pace.page,
            within_s=self._left_s(search),
        )
        search.sandbox = search.sandbox or listing.sandbox
        return listing

    def _patient_page(self, search: Search, skip: int) -> Listing:
        """The same, whatever short pauses the service wants first."""
        while True:
            try:
                return self._page(search, skip)
            except ServiceThrottles as wished:
                self._sit_out(search, wished)

    def _sit_out(self, search: Search, wished: ServiceThrottles) -> None:
        """Wait as long as the service asked, or leave that to the caller when it is long."""
        if wished.seconds > self._pace.short_pause_s or self._now() + wished.seconds >= search.ends:
            raise wished
        search.stop.sleep(max(wished.seconds, self._pace.first_pause_s))

    def _left_s(self, search: Search) -> float:
        """For a request: one of a short look is not cut off at its end, for a thousand pictures take their time."""
        return max(search.ends - self._now(), 0.01)
