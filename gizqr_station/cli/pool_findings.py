"""What ``doctor`` says of the codes that were fetched ahead: how many, and what the order misses. Begins no pool."""

from collections.abc import Iterator

from gizqr_station.cli.findings import Finding
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.pool_failures import CodesMissing, PoolBusy, PoolUnreadable
from gizqr_station.domain.stop import Stop
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.wording import words_for
from gizqr_station.workflows.code_happenings import PoolSeen

SUBJECT = "code pool"


def pool_findings(folder: DataFolder, settings: Settings, language: str) -> Iterator[Finding]:
    """Nothing where codes are made here, and for what another finding says."""
    from gizqr_station.assembly.codes_bench import codes_bench

    if settings.product.scheme not in ("gizwits", "private"):
        return
    if not folder.pool_file.exists():
        says = "none yet: `gizqr-station codes fetch` fills it, so that a shift needs no network"
        yield Finding(SUBJECT, good=True, says=says, needed=False)
        return
    try:
        with codes_bench(folder, settings) as bench:
            seen = bench.seen(Stop())
    except (PoolBusy, PoolUnreadable) as broken:
        yield Finding(SUBJECT, good=False, says=words_for(broken, language).line, needed=False)
    except Failure:
        return
    else:
        yield _against_order(seen, language)


def _against_order(seen: PoolSeen, language: str) -> Finding:
    has = f"{seen.codes} codes of {seen.service}"
    if not seen.wanted:
        return Finding(SUBJECT, good=True, says=has, needed=False)
    if not seen.missing:
        says = f"{has}; all that order {seen.order} still needs"
        return Finding(SUBJECT, good=True, says=says, needed=False)
    missing = CodesMissing(seen.missing, seen.wanted, str(seen.gaps[0]))
    return Finding(SUBJECT, good=False, says=f"{has}. {words_for(missing, language).line}", needed=False)
