"""Gets the codes of a whole range from the QR service in one task, and never another range's."""

import hashlib
import random
import time
from collections.abc import Callable, Set
from typing import Protocol

from gizqr_station.codes.looking import OF_A_ZIP, FoundZip
from gizqr_station.codes.pace import Pace
from gizqr_station.codes.qr_service import QrService
from gizqr_station.codes.task_search import TaskSearch
from gizqr_station.codes.zip_contents import codes_in
from gizqr_station.domain.code_failures import ZipRefused
from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.pool_failures import TooLongForTask
from gizqr_station.domain.pooled_codes import LARGEST_CUT, CodeZip, ZipCodes
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.code_ports import TaskJournal
from gizqr_station.workflows.ports import Clock

Check = Callable[[ZipCodes, Stop], ZipCodes]
"""Looks once more at what was decoded, moves what is wrong to ``bad``, or raises."""


class OpenZip(Protocol):
    """As ``zip_contents.codes_in`` does."""

    def __call__(
        self, data: bytes, of: CodeZip, wanted: Set[str] | None, stop: Stop, opened: Callable[[int, int], None]
    ) -> ZipCodes:
        """The codes of a zip; ``opened`` hears done and total."""
        ...


class ServiceRangeCodes:
    """The RangeCodes of products whose codes the QR service issues. May be used by several lanes at once.

    ``now``: seconds on a clock that never jumps.
    """

    def __init__(
        self,
        client: QrService,
        clock: Clock,
        journal: TaskJournal,
        *,
        pace: Pace | None = None,
        check: Check | None = None,
        open_zip: OpenZip = codes_in,
        chance: Callable[[], float] = random.random,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._search = TaskSearch(client, clock, journal, pace or Pace(), chance=chance, now=now)
        self._service = client.address
        self._clock = clock
        self._journal = journal
        self._check = check
        self._open_zip = open_zip

    @property
    def service(self) -> str:
        """Its base address."""
        return self._service

    def codes_of(self, product_key: str, cut: IdentityRange, stop: Stop, opened: Callable[[int], None]) -> ZipCodes:
        """The codes of exactly these identities; whichever of them has a bad picture is named in ``bad``.

        The task stays in the journal, under ``str(cut)``, for whoever keeps the codes to settle then. A zip of which
        nothing may be used is settled here, so that the range is asked for anew when it comes again. Raises what
        TaskSearch does, and what ``check`` does.
        """
        if len(cut) > LARGEST_CUT:
            raise TooLongForTask(str(cut), LARGEST_CUT)
        found = self._search.zip_of(product_key, cut, stop)
        try:
            return self._checked(found, product_key, cut, stop, opened)
        except OF_A_ZIP:
            self._journal.settled(product_key, self._service, str(cut))
            raise

    def _checked(
        self, found: FoundZip, product_key: str, cut: IdentityRange, stop: Stop, opened: Callable[[int], None]
    ) -> ZipCodes:
        of = CodeZip(
            product_key,
            self._service,
            CodeSource.SANDBOX if found.sandbox else CodeSource.SERVICE,
            str(cut),
            found.file,
            hashlib.sha256(found.data).hexdigest(),
            self._clock.now(),
        )
        wanted = frozenset(identity.text for identity in cut)
        codes = self._open_zip(found.data, of, wanted, stop, lambda done, _total: opened(done))
        if self._check is not None:
            codes = self._check(codes, stop)
        named = {identity.text for identity in codes.contents} | {bad.name.removesuffix(".png") for bad in codes.bad}
        if named != wanted:
            raise ZipRefused(found.file, "other identities")
        return codes
