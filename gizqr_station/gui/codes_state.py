"""What the codes page shows, as one frozen value computed from happenings and presses; no Qt in here."""

import math
from dataclasses import dataclass, field, replace
from enum import Enum

from gizqr_station.domain.app_reading import AppBinds, AppReading
from gizqr_station.domain.binding_proof import BindingProof, ProofStep
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.pooled_codes import CodeFetch, FetchState
from gizqr_station.workflows.code_happenings import (
    CodeJudged,
    CodesDone,
    CodesFolderSeen,
    CodesProgress,
    CodesWork,
    FetchSeen,
    PoolSeen,
    ProofGoesOn,
    ProofSeen,
)
from gizqr_station.workflows.happenings import Happening, HealthSeen, LineStopped, Part

_FILE_WORK = frozenset({CodesWork.IMPORT, CodesWork.EXPORT})
_UNFINISHED = frozenset({FetchState.RUNNING, FetchState.PAUSED})
_PROVABLE = frozenset({AppBinds.BY_CONTENT, AppBinds.BY_LINK})


class Section(Enum):
    """What stands beside the pool's figures."""

    FETCH = "fetch"
    FILES = "files"
    JUDGE = "judge"


@dataclass(frozen=True, slots=True)
class CodesState:
    """All that the page needs to draw itself."""

    opened: bool = False
    """Whether the desk has said anything yet."""
    ended: bool = False
    """The station is not running (any more)."""
    section: Section = Section.FETCH
    pool: PoolSeen | None = None
    told: dict[int, FetchSeen] = field(default_factory=dict)
    """What was told last of each fetch, since the station opened."""
    chosen: int = 0
    """Number of the unfinished fetch that a person looks at; 0: the page chooses."""
    waits_s: int = 0
    """Whole seconds that the service still wants to be left alone."""
    asked: bool = False
    """A fetch was asked for; the answer is on its way."""
    counting: CodesProgress | None = None
    """How far the look for what it misses has come."""
    pausing: bool = False
    failure: Failure | None = None
    """Why a fetch that was asked for was not begun, or the pool not looked at."""
    unseen: bool = False
    """It is of a look: it goes with the next one that sees the pool."""
    folder: CodesFolderSeen | None = None
    filing: CodesWork | None = None
    """The import or export that goes on."""
    progress: CodesProgress | None = None
    stopping: bool = False
    """A person had enough of it."""
    filed: CodesDone | None = None
    """What came of the last one."""
    judging: bool = False
    judged: CodeJudged | None = None
    proving: bool = False
    step: ProofStep | None = None
    proof: BindingProof | None = None
    not_proved: Failure | None = None
    """Why a proof was not even begun."""
    armed_s: int = 0
    """Whole seconds that the next scan is still waited for; 0: it is the line's."""
    held_by: int = 0
    """The slot whose label has to be scanned first."""
    scanner_on_port: bool = False
    """A scanner stands on a port of its own: what it reads never comes by the window."""

    @property
    def pooled(self) -> bool:
        """Whether this product's codes come from a service, so that there is anything to fetch."""
        return self.pool is None or bool(self.pool.service)

    @property
    def shown(self) -> Section:
        """What stands beside the figures: where there is nothing to fetch, codes can still be judged."""
        return self.section if self.pooled else Section.JUDGE

    @property
    def missing(self) -> int:
        """Devices of the order that have no code yet."""
        return 0 if self.pool is None else self.pool.missing

    @property
    def unfinished(self) -> tuple[CodeFetch, ...]:
        """Fetches that run or wait, newest first."""
        return tuple(fetch for fetch in self._fetches if fetch.state in _UNFINISHED)

    @property
    def running(self) -> CodeFetch | None:
        """The fetch that is under way here."""
        running = (fetch for fetch in self._fetches if fetch.state is FetchState.RUNNING)
        return next((fetch for fetch in running if not self.runs_elsewhere(fetch)), None)

    def runs_elsewhere(self, fetch: CodeFetch) -> bool:
        """Whether another program runs it: no key of this one has any effect on it."""
        elsewhere = frozenset[int]() if self.pool is None else self.pool.elsewhere
        return fetch.state is FetchState.RUNNING and fetch.number in elsewhere

    @property
    def fetch(self) -> CodeFetch | None:
        """The one that is shown: what a person chose, else what runs, what was told of last, what waits."""
        by_number = {fetch.number: fetch for fetch in self._fetches}
        if (chosen := by_number.get(self.chosen)) is not None:
            return chosen
        told = [by_number[number] for number in self.told if number in by_number]
        return next(iter((*filter(None, (self.running,)), *reversed(told), *self.unfinished)), None)

    @property
    def seen(self) -> FetchSeen | None:
        """What was told of the fetch that is shown."""
        fetch = self.fetch
        return None if fetch is None else self.told.get(fetch.number)

    @property
    def reading(self) -> AppReading | None:
        """What the App would make of the code that was judged."""
        return None if self.judged is None else self.judged.reading

    @property
    def may_prove(self) -> bool:
        """Whether there is a code to prove, and nobody proves one now."""
        return self.reading is not None and self.reading.binds in _PROVABLE and not self.proving

    @property
    def expected(self) -> str:
        """The device that the judged code should bind, as ledger or pool know it; empty where neither does."""
        if self.judged is None:
            return ""
        job = self.judged.job
        return self.judged.in_pool_for if job is None else job.identity.readable

    @property
    def contradicts(self) -> bool:
        """Whether ledger and pool know the judged code for different devices."""
        judged = self.judged
        if judged is None or judged.job is None or not judged.in_pool_for:
            return False
        return judged.job.identity.readable != judged.in_pool_for

    @property
    def _fetches(self) -> tuple[CodeFetch, ...]:
        known = {} if self.pool is None else {fetch.number: fetch for fetch in self.pool.fetches}
        for number, seen in self.told.items():
            known[number] = seen.fetch
        return tuple(known[number] for number in sorted(known, reverse=True))


def after(state: CodesState, happening: Happening) -> CodesState:
    """The next state."""
    match happening:
        case PoolSeen():
            return _pool_seen(state, happening)
        case FetchSeen():
            return _fetch_seen(state, happening)
        case CodesFolderSeen():
            return replace(state, folder=happening)
        case CodesProgress(CodesWork.FETCH):
            return replace(state, counting=happening) if state.asked else state
        case CodesProgress(work):
            return replace(state, filing=work, progress=happening) if work in _FILE_WORK else state
        case CodesDone():
            return _done(state, happening)
        case CodeJudged():
            return replace(chose_another(state), judged=happening)
        case ProofGoesOn(step) if state.proving:
            return replace(state, step=step)
        case ProofSeen(proof) if state.reading is not None and proof.content == state.reading.content:
            # One of a code that was judged before says nothing of this one.
            return replace(state, proving=False, proof=proof, step=None)
        case HealthSeen(part=Part.SCANNER):
            return replace(state, scanner_on_port=True)
        case LineStopped():
            return replace(state, ended=True)
        case _:
            return state


def showing(state: CodesState, section: Section) -> CodesState:
    """A person looks at something else of the page."""
    return replace(state, section=section)


def asking(state: CodesState, number: int = 0) -> CodesState:
    """A person wants a fetch, or lets the one of this number go on."""
    return replace(cleared(state), asked=True, counting=None, chosen=number)


def filing(state: CodesState, work: CodesWork) -> CodesState:
    """A person handed a file over, or wants one written."""
    return replace(cleared(state), section=Section.FILES, filing=work, progress=None, stopping=False, filed=None)


def cleared(state: CodesState) -> CodesState:
    """What is over, good or bad, says nothing of what is asked for now."""
    told = {number: seen for number, seen in state.told.items() if seen.fetch.state in _UNFINISHED}
    return replace(state, told=told, failure=None, unseen=False)


def chose_another(state: CodesState) -> CodesState:
    """Back to the choice of a code to judge; what a proof showed goes with the code that it was of."""
    return replace(state, judging=False, judged=None, proving=False, step=None, proof=None, not_proved=None)


def judging(state: CodesState) -> CodesState:
    """A person handed a code over."""
    return replace(chose_another(state), section=Section.JUDGE, judging=True)


def proving(state: CodesState) -> CodesState:
    """A person wants the judged code proved."""
    return replace(state, proving=True, step=None, proof=None, not_proved=None)


def _pool_seen(state: CodesState, seen: PoolSeen) -> CodesState:
    now = {fetch.number: fetch for fetch in seen.fetches}
    told = {number: replace(each, fetch=now.get(number, each.fetch)) for number, each in state.told.items()}
    failure = None if state.unseen else state.failure
    after_it = replace(state, opened=True, ended=False, pool=seen, told=told, failure=failure, unseen=False)
    # One that does not run here cannot be on its way to a pause.
    return replace(after_it, pausing=state.pausing and (state.asked or after_it.running is not None))


def _fetch_seen(state: CodesState, seen: FetchSeen) -> CodesState:
    # The latest told comes last.
    others = {number: each for number, each in state.told.items() if number != seen.fetch.number}
    runs = seen.fetch.state is FetchState.RUNNING
    return replace(
        state,
        told={**others, seen.fetch.number: seen},
        chosen=seen.fetch.number if state.asked else state.chosen,
        waits_s=math.ceil(seen.waits_s) if runs else 0,
        asked=False,
        counting=None,
        pausing=state.pausing and runs,
        failure=None,
        unseen=False,
    )


def _done(state: CodesState, done: CodesDone) -> CodesState:
    match done.work:
        case CodesWork.IMPORT | CodesWork.EXPORT:
            # The files of a folder stand below by now: there is nothing to be said of it beside these.
            folder = state.folder is not None and bool(done.file) and done.file == state.folder.folder
            return replace(state, filing=None, progress=None, filed=None if folder else done)
        case CodesWork.PROVE:
            return replace(state, proving=False, step=None, not_proved=done.failure)
        case CodesWork.JUDGE:
            return replace(state, judging=False)
        case _:
            looked = done.work is CodesWork.LOOK
            return replace(state, asked=False, counting=None, pausing=False, failure=done.failure, unseen=looked)
