"""Gets the code of one device from the QR service, and never another device's."""

import random
import time
from collections.abc import Callable

from gizqr_station.codes.pace import Pace
from gizqr_station.codes.range_codes import Check, ServiceRangeCodes
from gizqr_station.codes.task_client import TaskClient
from gizqr_station.codes.task_memory import MemoryJournal
from gizqr_station.domain.codes import IssuedCode
from gizqr_station.domain.failures import CodeFailure, Failure
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.product import Product
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.code_ports import TaskJournal
from gizqr_station.workflows.ports import Clock

_KNOCK_S = 2.0


class ServiceCodes:
    """The CodeProvider of products whose codes the QR service issues. May be used by several lanes at once.

    ``product_key``, where given, is what ``reachable`` lists tasks of, so that a refused key is seen as well. Without
    a ``journal`` what was asked for is forgotten when the program ends.
    """

    def __init__(
        self,
        client: TaskClient,
        clock: Clock,
        *,
        journal: TaskJournal | None = None,
        pace: Pace | None = None,
        product_key: str | None = None,
        check: Check | None = None,
        chance: Callable[[], float] = random.random,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._product_key = product_key
        self._journal = journal or MemoryJournal()
        self._ranges = ServiceRangeCodes(client, clock, self._journal, pace=pace, check=check, chance=chance, now=now)

    def code_for(self, product: Product, identity: Identity, stop: Stop) -> IssuedCode:
        """The code that the service issues for this identity, within ``pace.deadline_s``.

        A device that comes again is looked for first, as ``ServiceRangeCodes.codes_of`` does with a range: trying
        again makes no second task.
        """
        cut = IdentityRange(identity, identity)
        codes = self._ranges.codes_of(product.key, cut, stop, _nobody)
        self._journal.settled(product.key, self._ranges.service, str(cut))
        if codes.bad:
            raise codes.bad[0].failure
        of = codes.zip
        return IssuedCode(codes.contents[identity], identity, of.source, of.at, task=of.file, service=of.service)

    def rejected(self, product: Product, code: IssuedCode) -> bool:  # noqa: ARG002 - without a pool nothing is remembered
        """Nothing is remembered here."""
        return False

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


def _nobody(_done: int) -> None:
    """For whom progress does not matter."""
