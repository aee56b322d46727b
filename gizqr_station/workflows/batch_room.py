"""Whether a whole list can have labels, said before any is printed; the labels themselves decide once more."""

from collections.abc import Sequence

from gizqr_station.domain.identity import Identity
from gizqr_station.domain.pool_failures import QuotaReached
from gizqr_station.domain.product import Product
from gizqr_station.domain.quota import Quota
from gizqr_station.workflows.quota_ports import DeviceCounter


def more_than_may_register(
    counter: DeviceCounter | None, product: Product, quota: Quota | None, identities: Sequence[Identity]
) -> QuotaReached | None:
    """With how many new devices there are and how many may still register; None where these are enough.

    ``counter`` is None where no ledger was begun yet.
    """
    if quota is None:
        return None
    counted = counter.devices_among(product.key, identities) if counter is not None else frozenset[Identity]()
    new = len(set(identities) - counted)
    left = quota.left(counter.devices_labelled(product.key) if counter is not None else 0)
    return QuotaReached(product.name, quota.registered, left, new) if new > left else None
