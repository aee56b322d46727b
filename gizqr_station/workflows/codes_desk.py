"""What the codes page asks for: each request returns at once, and is answered with happenings."""

import contextlib
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePath

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.people import Permission
from gizqr_station.domain.pool_failures import FetchUnderWay
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.workflows.code_fetch import FetchParts, FetchRun, begin_fetch, cancel_fetch, own_fetch
from gizqr_station.workflows.code_files import export_codes, import_codes
from gizqr_station.workflows.code_happenings import (
    CodesDone,
    CodesProgress,
    CodesWork,
    FetchSeen,
)
from gizqr_station.workflows.code_judge import judged
from gizqr_station.workflows.code_ports import CodeProver, PictureReader
from gizqr_station.workflows.code_proving import prove_and_note
from gizqr_station.workflows.code_wishes import wished_ranges
from gizqr_station.workflows.codes_folder import folder_seen
from gizqr_station.workflows.codes_seen import PooledScheme, as_it_stands, pool_seen, required
from gizqr_station.workflows.desk_lanes import DeskLanes
from gizqr_station.workflows.duty import require_once_known
from gizqr_station.workflows.happenings import Tell
from gizqr_station.workflows.lanes import Lane
from gizqr_station.workflows.list_ports import ListFolders
from gizqr_station.workflows.provision import Bench, quota_left

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CodesParts:
    """What the desk works with."""

    bench: Bench
    """Of the line: product, order, records."""
    pooled: PooledScheme | None
    """None where the product's codes are made here."""
    folders: ListFolders
    """Of zips, pool files and pictures."""
    pictures: PictureReader
    prover: CodeProver
    own_app: Callable[[str], bool] | None = None
    """Whether the pattern of a template product makes such a text."""


@dataclass(slots=True)
class _Run:
    """The fetch that runs now, or is about to."""

    number: int
    """0 until a new one has its number."""
    stop: Stop = field(default_factory=Stop)
    cancelled: bool = False


class CodesDesk:
    """Requests may come from any thread. One fetch runs at a time, one file is worked on, one code is proved."""

    def __init__(self, parts: CodesParts, lane_named: Callable[[str], Lane], tell: Tell) -> None:
        self._parts = parts
        self._tell = tell
        self._stop = Stop()
        self._look_lane = lane_named("codes")
        self._file_lane = lane_named("code-files")
        self._fetch_lane = lane_named("fetch")
        self._proof_lane = lane_named("proof")
        self._lock = threading.RLock()
        self._run: _Run | None = None
        self._holding = threading.Lock()
        """Whoever looks whether another program fetches holds the fetching for a moment."""
        self._file_stop = Stop()
        self._proof_stop = Stop()
        self._looks = 0
        """Looks that were asked for and have not begun: several at once are one."""

    def shown(self, visible: bool) -> None:
        """As the page is opened: PoolSeen, and FetchSeen of a fetch that goes on tells itself."""
        if visible:
            self.look()

    def look(self) -> None:
        """PoolSeen, or CodesDone with why it cannot be told."""
        with self._lock:
            self._looks += 1
            if self._looks > 1:
                return
        self._give(self._look_lane, CodesWork.LOOK, self._look)

    def first_look(self, within_s: float) -> None:
        """Tell how pool and order stand before a line starts; goes on beside it where that takes longer."""
        done = self._look_lane.submit(self._lanes(CodesWork.LOOK).guarded, self._tell_pool)
        try:
            done.result(within_s)
        except TimeoutError:
            log.info("the line starts before the order's gaps are known")

    def fetch(self, ranges_text: str = "") -> None:
        """What the order misses, or these ranges: CodesProgress, FetchSeen at every step, PoolSeen at its end.

        CodesDone with NothingToFetch, what is wrong with a range, or another reason why nothing begins.
        """
        self._start(0, lambda parts, run: self._begun(parts, ranges_text, run))

    def go_on(self, number: int) -> None:
        """A person lets a paused fetch go on: FetchSeen at every step, PoolSeen at its end; or CodesDone."""
        self._start(number, lambda parts, _run: own_fetch(parts, number).number)

    def pause(self) -> None:
        """At once; what the service was asked for is looked for first when it goes on: FetchSeen.

        CodesDone where it has not begun yet, PoolSeen where this program runs none.
        """
        with self._lock:
            if self._run is not None:
                self._run.stop.set()
                return
        self.look()

    def cancel(self, number: int) -> None:
        """Nothing more of it is fetched; what came so far stays: FetchSeen and PoolSeen, or CodesDone."""
        with self._lock:
            run = self._run
            if run is not None and run.number == number:
                run.cancelled = True
                run.stop.set()
                return
        self._give(self._look_lane, CodesWork.FETCH, lambda: self._cancel(number))

    def look_in(self, folder: str) -> None:
        """The zips, pool files and pictures in a folder, empty for the user's own: CodesFolderSeen."""
        self._give(self._file_lane, CodesWork.IMPORT, lambda: self._look_in(folder))

    def import_file(self, path: str) -> None:
        """CodesProgress, CodesDone, PoolSeen, after what is before it; of a folder CodesFolderSeen, CodesDone."""
        stop = self._file_stop

        def work() -> None:
            if self._parts.folders.is_folder(path):
                self._tell(seen := folder_seen(self._parts.folders, path))
                self._tell(CodesDone(CodesWork.IMPORT, seen.folder))
                return
            self._parts.bench.duty.require(Permission.LABEL)
            pooled = required(self._parts.pooled, self._parts.bench.product)
            self._tell(import_codes(pooled, path, stop, self._tell))
            self._tell_pool()

        self._give(self._file_lane, CodesWork.IMPORT, work, path)

    def export(self, path: str) -> None:
        """CodesProgress, CodesDone with how many codes were written."""
        stop = self._file_stop

        def work() -> None:
            require_once_known(self._parts.bench.duty, Permission.EXPORT, PurePath(path).name)
            pooled = required(self._parts.pooled, self._parts.bench.product)
            self._tell(export_codes(pooled, path, None, stop, self._tell))

        self._give(self._file_lane, CodesWork.EXPORT, work, path)

    def stop_file_work(self) -> None:
        """Enough of it, and of what waits behind it: CodesDone."""
        with self._lock:
            self._file_stop.set()
            self._file_stop = Stop()

    def judge_text(self, content: str) -> None:
        """What the App would make of a text that was scanned or typed: CodeJudged."""
        self._give(self._look_lane, CodesWork.JUDGE, lambda: self._judge("", lambda: content))

    def judge_picture(self, path: str) -> None:
        """The same of the code in a picture: CodeJudged."""
        name = PurePath(path).name
        self._give(
            self._look_lane, CodesWork.JUDGE, lambda: self._judge(name, lambda: self._parts.pictures.content_of(path))
        )

    def prove(self, content: str, identity_text: str = "") -> None:
        """Bind it at the Open API and unbind it again: ProofGoesOn at each step, ProofSeen; or CodesDone.

        ``identity_text``: whose code it should be, in any notation; empty where only the content is known.
        """
        stop = self._proof_stop
        self._give(self._proof_lane, CodesWork.PROVE, lambda: self._prove(content, identity_text, stop))

    def stop_proof(self) -> None:
        """Enough of it; what is bound by then is unbound all the same: ProofSeen or CodesDone."""
        with self._lock:
            self._proof_stop.set()
            self._proof_stop = Stop()

    def close(self) -> None:
        """Pause what is fetched, stop all else and wait for it; close the pool after this."""
        self._stop.set()
        self.pause()
        self.stop_file_work()
        self.stop_proof()
        for lane in (self._fetch_lane, self._file_lane, self._proof_lane, self._look_lane):
            lane.close()

    def _lanes(self, work: CodesWork, file: str = "") -> DeskLanes:
        """Whoever pressed a key waits for an answer: what has none of its own is told as CodesDone."""
        return DeskLanes("codes desk", self._stop, lambda failure: self._tell(CodesDone(work, file, failure=failure)))

    def _give(self, lane: Lane, work: CodesWork, step: Callable[[], None], file: str = "") -> None:
        def answered() -> None:
            try:
                step()
            except Stopped:
                # Somebody said enough; the page waits for exactly that.
                self._tell(CodesDone(work, file))

        self._lanes(work, file).give(lane, answered)

    def _look(self) -> None:
        with self._lock:
            self._looks = 0
        self._tell_pool()

    def _tell_pool(self, stop: Stop | None = None) -> None:
        bench, pooled = self._parts.bench, self._parts.pooled
        seen = pool_seen(bench.allowance, pooled, quota_left(bench), stop or self._stop)
        with self._holding:
            if pooled is not None and self._run is None:
                seen = as_it_stands(seen, pooled.fetch)
        self._tell(seen)

    def _begun(self, parts: FetchParts, ranges_text: str, run: _Run) -> int:
        def counted(done: int, total: int) -> None:
            self._tell(CodesProgress(CodesWork.FETCH, "", done, total))

        name, ranges = wished_ranges(self._parts.bench.allowance, ranges_text)
        return begin_fetch(parts, name, ranges, run.stop, counted).number

    def _start(self, number: int, fetch: Callable[[FetchParts, _Run], int]) -> None:
        with self._lock:
            under_way, self._run = self._run, self._run or _Run(number)
            run = self._run
        if under_way is not None:
            self._tell(CodesDone(CodesWork.FETCH, failure=FetchUnderWay(under_way.number)))
            return
        self._give(self._fetch_lane, CodesWork.FETCH, lambda: self._fetch(fetch, run))

    def _fetch(self, fetch: Callable[[FetchParts, _Run], int], run: _Run) -> None:
        try:
            self._run_held(fetch, run)
        except Failure as refused:
            log.warning("nothing is fetched: %s", refused)
            self._tell(CodesDone(CodesWork.FETCH, failure=refused))
            with contextlib.suppress(Failure):  # one is enough
                self._tell_pool()
        else:
            self._tell_pool()

    def _run_held(self, fetch: Callable[[FetchParts, _Run], int], run: _Run) -> None:
        try:
            self._parts.bench.duty.require(Permission.LABEL)
            parts = required(self._parts.pooled, self._parts.bench.product).fetch
            with contextlib.ExitStack() as held:
                with self._holding:
                    held.enter_context(parts.hold())
                run.number = fetch(parts, run)
                with contextlib.suppress(Stopped):  # then it is paused at once
                    self._tell_pool(run.stop)
                FetchRun(parts, self._tell).run(run.number, run.stop, lambda: run.cancelled)
        finally:
            with self._lock:
                self._run = None

    def _cancel(self, number: int) -> None:
        self._parts.bench.duty.require(Permission.LABEL)
        parts = required(self._parts.pooled, self._parts.bench.product).fetch
        cancelled = cancel_fetch(parts, number)
        left = parts.left_of(cancelled.ranges, self._stop)
        self._tell(FetchSeen(cancelled, cancelled.total - sum(len(each) for each in left)))
        self._tell_pool()

    def _look_in(self, folder: str) -> None:
        self._tell(folder_seen(self._parts.folders, folder))

    def _judge(self, source: str, content: Callable[[], str]) -> None:
        self._tell(judged(self._parts.bench, self._parts.pooled, source, content, self._parts.own_app))

    def _prove(self, content: str, identity_text: str, stop: Stop) -> None:
        parts = self._parts
        prove_and_note(
            parts.bench, parts.pooled, parts.prover, content, identity_text, stop, self._tell, self._tell_pool
        )
