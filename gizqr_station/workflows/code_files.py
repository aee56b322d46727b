"""Codes that people carry about in files: taken into the pool, and written out of it."""

import logging
from collections.abc import Iterable
from pathlib import PurePath

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.pool_failures import NothingToExport
from gizqr_station.domain.pooled_codes import BadMember, PoolAdded
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.workflows.code_doubts import incomplete, worst_of
from gizqr_station.workflows.code_happenings import CodesDone, CodesProgress, CodesWork
from gizqr_station.workflows.code_patience import Seldom
from gizqr_station.workflows.codes_seen import PooledScheme
from gizqr_station.workflows.happenings import Tell

log = logging.getLogger(__name__)


def import_codes(pooled: PooledScheme, path: str, stop: Stop, tell: Tell) -> CodesDone:
    """Take a file's codes; what came of it, or why nothing did. What was taken before a stop is kept, and told.

    ZipIncomplete where the good ones were taken and bad ones left, CodeOnTwoDevices where one of those has another
    device's code. Tells CodesProgress.
    """
    parts = pooled.fetch
    taken = _Taken()
    failure: Failure | None = None

    seldom = Seldom()

    def opened(done: int, total: int) -> None:
        if seldom.due():
            tell(CodesProgress(CodesWork.IMPORT, path, done, total))

    try:
        for codes in pooled.files.read(path, parts.product_key, stop, opened):
            taken.add(parts.pool.add(codes, stop), codes.bad)
    except Stopped:
        log.info("the import of %s was stopped", path)
    except Failure as refused:
        log.warning("%s is not imported: %s", path, refused)
        failure = refused
    if failure is None and taken.bad:
        failure = incomplete(PurePath(path).name, len(taken.bad), worst_of(taken.bad))
    return CodesDone(CodesWork.IMPORT, path, taken.added(), failure=failure)


def export_codes(
    pooled: PooledScheme,
    path: str,
    ranges: Iterable[IdentityRange] | None,
    stop: Stop,
    tell: Tell,
    *,
    replace: bool = False,
) -> CodesDone:
    """Write the pool's codes of these ranges, or all of them, into a file; tells CodesProgress.

    FileThere for a file that is there, unless ``replace``; NothingToExport where there is no code to write.
    """
    parts = pooled.fetch
    key, service = parts.product_key, parts.service
    wanted = None if ranges is None else tuple(ranges)
    try:
        total = parts.pool.count(key, service)
        if wanted is not None:
            missing = parts.pool.missing(key, service, wanted, stop)
            total = sum(map(len, wanted)) - sum(map(len, missing))

        seldom = Seldom()

        def written(done: int) -> None:
            if seldom.due():
                tell(CodesProgress(CodesWork.EXPORT, path, done, total))

        count = pooled.files.write(path, key, wanted, stop, written, replace=replace)
        if not count:
            raise NothingToExport(PurePath(path).name)
    except Failure as refused:
        log.warning("%s is not written: %s", path, refused)
        return CodesDone(CodesWork.EXPORT, path, failure=refused)
    return CodesDone(CodesWork.EXPORT, path, written=count)


class _Taken:
    """What an import came to so far."""

    def __init__(self) -> None:
        self.bad: list[BadMember] = []
        self._new = self._same = 0
        self._kept: list[Identity] = []
        self._refused: list[BadMember] = []

    def add(self, added: PoolAdded, bad: Iterable[BadMember]) -> None:
        self._new += added.new
        self._same += added.same
        self._kept += added.kept
        self._refused += added.refused
        self.bad += [*bad, *added.refused]

    def added(self) -> PoolAdded:
        return PoolAdded(self._new, self._same, tuple(self._kept), tuple(self._refused))
