"""Says of any code what the App would make of it, and whether this station knows it."""

import logging
from collections.abc import Callable

from gizqr_station.domain.app_reading import app_reading
from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.failures import Failure
from gizqr_station.workflows.code_happenings import CodeJudged
from gizqr_station.workflows.codes_seen import PooledScheme
from gizqr_station.workflows.provision import Bench

log = logging.getLogger(__name__)


def judged(
    bench: Bench,
    pooled: PooledScheme | None,
    source: str,
    content: Callable[[], str],
    own_app: Callable[[str], bool] | None,
) -> CodeJudged:
    """Never raises a Failure: what keeps a code from being read, or records from being asked, is told with the rest."""
    try:
        text = content()
    except Failure as unread:
        return CodeJudged(source, None, failure=unread)
    reading = app_reading(text, bench.product, own_app=own_app)
    job, holder, of_sandbox, failure = None, "", False, None
    try:
        job = bench.ledger.with_content(text)
        holder, of_sandbox = _holder(pooled, text)
    except Failure as unasked:
        log.warning("a code was judged without the records: %s", unasked)
        failure = unasked
    return CodeJudged(source, reading, job, holder, failure, of_sandbox)


def _holder(pooled: PooledScheme | None, content: str) -> tuple[str, bool]:
    """Whose code the pool has it for, and whether a sandbox issued it."""
    if pooled is None:
        return "", False
    parts = pooled.fetch
    identity = parts.pool.holder(parts.product_key, parts.service, content)
    if identity is None:
        return "", False
    code = parts.pool.code(parts.product_key, parts.service, identity)
    return identity.readable, code is not None and code.source is CodeSource.SANDBOX
