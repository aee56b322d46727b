"""How many devices of each product have a label that binds, counted in the very transaction that claims them.

A device counts once it has a label without TEST that may have left the printer, and from then on (``domain.quota``);
one that waits or is being printed has its place already. Whether a new label brings a new device is one look at the
labels of its identity, of which there are few, and the number itself is kept in a row, for counting a million labels
would take longer than printing one.
"""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, insert, select, update

from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import JobDraft, JobState
from gizqr_station.domain.pool_failures import QuotaReached
from gizqr_station.domain.quota import Quota
from gizqr_station.ledger.database import Database
from gizqr_station.ledger.tables import jobs, labelled_devices

_AT_ONCE = 500
"""Identities that one question names; SQLite takes at least 999 values."""

_GOOD = (~jobs.c.test, jobs.c.state != JobState.FAILED.value)
_SOME: Select[Any] = (
    select(jobs.c.id)
    .where(jobs.c.identity == bindparam("of_identity"), jobs.c.product_key == bindparam("of_product"), *_GOOD)
    .limit(2)
)
_DEVICES: Select[Any] = select(labelled_devices.c.devices).where(
    labelled_devices.c.product_key == bindparam("of_product")
)
_MORE = (
    update(labelled_devices)
    .where(labelled_devices.c.product_key == bindparam("of_product"))
    .values(devices=labelled_devices.c.devices + bindparam("more"))
)


class DeviceCount:
    """The DeviceCounter of ``workflows.quota_ports``; the ledger that it is a part of brings the database."""

    _database: Database

    def devices_labelled(self, product_key: str) -> int:
        """How many identities count."""
        with self._database.reading() as connection:
            return devices(connection, product_key)

    def devices_among(self, product_key: str, identities: Iterable[Identity]) -> frozenset[Identity]:
        """Those of these that count already; a query and a transaction for every few hundred."""
        found: set[Identity] = set()
        left = iter(identities)
        while some := list(islice(left, _AT_ONCE)):
            with self._database.reading() as connection:
                texts = set(connection.execute(_counting_among(product_key, some)).scalars())
            found.update(identity for identity in some if identity.text in texts)
        return frozenset(found)


def devices(connection: Connection, product_key: str) -> int:
    """How many identities of a product count."""
    return int(connection.execute(_DEVICES, {"of_product": product_key}).scalar() or 0)


def count_opened(connection: Connection, draft: JobDraft) -> None:
    """A label was opened: its device has its place, unless it had one before."""
    if not draft.test and _good_ones(connection, draft) == 1:
        _add(connection, draft.product_key, 1)


def count_failed(connection: Connection, draft: JobDraft) -> None:
    """A label never went out: its device gives its place back, unless another label of it did or still may."""
    if not draft.test and not _good_ones(connection, draft):
        _add(connection, draft.product_key, -1)


def require_quota(connection: Connection, opened: Sequence[JobDraft], quota: Quota | None) -> None:
    """Raise QuotaReached if the devices that these labels, which this transaction has opened, brought are too many.

    A device that had its place before is not asked about: its label is replaced, whatever the quota says by now.
    """
    if quota is None:
        return
    for product_key in {draft.product_key for draft in opened}:
        counted = devices(connection, product_key)
        if counted <= quota.registered - quota.elsewhere:
            continue
        drawn = [draft for draft in opened if draft.product_key == product_key and not draft.test]
        new = sum(_good_ones(connection, draft) == 1 for draft in drawn)
        if new:
            left = quota.left(counted - new)
            raise QuotaReached(drawn[0].product_name, quota.registered, left, new)


def counted_anew() -> Select[Any]:
    """``product_key`` and ``devices`` as the jobs themselves say it: slow, and what the kept numbers have to be."""
    number = func.count(jobs.c.identity.distinct()).label("devices")
    return select(jobs.c.product_key, number).where(*_GOOD).group_by(jobs.c.product_key)


def _counting_among(product_key: str, identities: Sequence[Identity]) -> Select[Any]:
    wanted = jobs.c.identity.in_([identity.text for identity in identities])
    return select(jobs.c.identity).where(wanted, jobs.c.product_key == product_key, *_GOOD)


def _good_ones(connection: Connection, draft: JobDraft) -> int:
    """How many labels of the identity count, no further than two; a failed one is not among them."""
    of = {"of_identity": draft.identity.text, "of_product": draft.product_key}
    return len(connection.execute(_SOME, of).all())


def _add(connection: Connection, product_key: str, more: int) -> None:
    if connection.execute(_MORE, {"of_product": product_key, "more": more}).rowcount == 0:
        connection.execute(insert(labelled_devices), {"product_key": product_key, "devices": more})
