"""``codes list | show | remove``: the pool against the order, and one code of it."""

import argparse
import logging
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from gizqr_station.cli.answer import Answer
from gizqr_station.cli.person import person_for
from gizqr_station.domain.identity import parse_identity
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.people import Permission
from gizqr_station.domain.pool_failures import CodesMissing, NotInPool
from gizqr_station.domain.pooled_codes import INTERRUPTED, CodeFetch, CodeZip, FetchState
from gizqr_station.domain.stop import Stop
from gizqr_station.places import DataFolder
from gizqr_station.wording import load, words_for
from gizqr_station.workflows.code_fetch import PAUSED
from gizqr_station.workflows.code_happenings import PoolSeen
from gizqr_station.workflows.code_wishes import called
from gizqr_station.workflows.codes_seen import over_quota

log = logging.getLogger(__name__)

MOST_SHOWN = 20
"""Of one kind on a terminal."""
_WHY = {PAUSED: "", INTERRUPTED: "the program ended"}
"""What is written down of a pause that no failure caused."""


def list_codes(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """What is there and what is not; exit 1 for gaps where these are asked for."""
    from gizqr_station.assembly.codes_bench import codes_bench
    from gizqr_station.settings.store import load as load_settings

    with codes_bench(folder, load_settings(folder.settings_file)) as bench:
        seen = bench.seen(Stop())
        gaps = bench.pooled.fetch.left_of(bench.allowance.ranges, Stop()) if arguments.gaps else seen.gaps
    if arguments.gaps:
        missing = CodesMissing(seen.missing, seen.wanted, str(gaps[0])) if gaps else None
        document = {"missing": seen.missing, "gaps": [str(each) for each in gaps]}
        return answer.conclude(document, _gap_lines(seen, gaps), missing)
    answer.give(_document(seen), _lines(seen, answer.language))
    return 0


def show(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Content, zip, task, time and digest."""
    from gizqr_station.assembly.codes_bench import codes_bench
    from gizqr_station.settings.store import load as load_settings

    identity = parse_identity(arguments.identity, local_macs=True)
    with codes_bench(folder, load_settings(folder.settings_file)) as bench:
        parts = bench.pooled.fetch
        code = parts.pool.code(parts.product_key, parts.service, identity)
        origin = parts.pool.origin(parts.product_key, parts.service, identity)
    if code is None or origin is None:
        raise NotInPool(identity.readable)
    document = {"identity": str(identity), "content": code.content, **zip_document(origin)}
    answer.give(document)
    return 0


def remove(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """The device has no code then, and gets another one; a label that shows the old one is not changed by this."""
    from gizqr_station.assembly.ledgers import ledger_if_any
    from gizqr_station.assembly.proofs import remove_code
    from gizqr_station.settings.store import load as load_settings

    identity = parse_identity(arguments.identity, local_macs=True)
    settings = load_settings(folder.settings_file)
    with ledger_if_any(folder) as ledger:
        who = person_for(arguments, folder, settings, ledger, Permission.LABEL, identity.readable)
    code = remove_code(folder, settings, identity, arguments.reason)
    log.info("%s removed the code of %s: %s", who, identity, arguments.reason)
    lines = [
        f"The pool has no code of {identity.readable} any more, and never takes that one again.",
        f"`gizqr-station codes fetch {identity}` or an import brings another. Void a label that shows the old one.",
    ]
    answer.give({"identity": str(identity), "content": code.content, "reason": arguments.reason}, lines)
    return 0


def fetch_document(fetch: CodeFetch, done: int | None = None) -> dict[str, object]:
    """One fetch for JSON."""
    document: dict[str, object] = {
        "number": fetch.number,
        "name": fetch.name,
        "state": fetch.state.value,
        "reason": fetch.reason,
        "total": fetch.total,
        "began_at": fetch.began_at.isoformat(),
    }
    return document if done is None else {**document, "done": done}


def fetch_line(fetch: CodeFetch, language: str) -> str:
    """One fetch for people."""
    why = _why(fetch, language)
    state = f"{fetch.state.value} ({why})" if why else fetch.state.value
    return f"{fetch.number}  {fetch.name}  {fetch.total} codes  {state}  {_when(fetch.began_at)}"


def _why(fetch: CodeFetch, language: str) -> str:
    """Why it is paused, in words; of a failure only the code was written down, so that its values are dots."""
    words = load(language).get(fetch.reason)
    if words is None:
        return _WHY.get(fetch.reason, fetch.reason)
    known = defaultdict(lambda: "…", address=fetch.service, product_key=fetch.product_key)
    return f"{words['what'].format_map(known)} [{fetch.reason}]"


def zip_document(came_in: CodeZip) -> dict[str, object]:
    """Where codes came from, for JSON."""
    return {
        "source": came_in.source.value,
        "service": came_in.service,
        "file": came_in.file,
        "task": came_in.task,
        "at": came_in.at.isoformat(),
        "digest": came_in.digest,
    }


def _document(seen: PoolSeen) -> dict[str, object]:
    return {
        "service": seen.service,
        "encrypted": seen.encrypted,
        "codes": seen.codes,
        "order": seen.order,
        "wanted": seen.wanted,
        "missing": seen.missing,
        "gaps": [str(each) for each in seen.gaps],
        "registered": seen.registered,
        "left": seen.left,
        "fetches": [fetch_document(fetch) for fetch in seen.fetches],
        "zips": [{**zip_document(came_in), "codes": count} for came_in, count in seen.zips],
    }


def _lines(seen: PoolSeen, language: str) -> Iterator[str]:
    encrypted = "" if seen.encrypted else ", not encrypted"
    yield f"{seen.codes} codes in the pool, of {seen.service}{encrypted}."
    if seen.left is not None:
        yield f"{seen.left} of {seen.registered} devices may still register."
    stops = over_quota(seen.wanted, seen.left)
    if stops is not None:
        yield words_for(stops, language).line
    if seen.wanted:
        yield from _order_lines(seen, language)
    open_fetches = [fetch for fetch in seen.fetches if fetch.state in (FetchState.RUNNING, FetchState.PAUSED)]
    if open_fetches:
        yield "Fetches that have not ended:"
        yield from (f"    {fetch_line(fetch, language)}" for fetch in open_fetches)
    if seen.zips:
        yield "Came from:"
    for came_in, count in seen.zips[:MOST_SHOWN]:
        sandbox = "  SANDBOX" if came_in.source.value == "sandbox" else ""
        yield f"    {came_in.file}  {count} codes  {came_in.task}  {_when(came_in.at)}{sandbox}"


def _order_lines(seen: PoolSeen, language: str) -> Iterator[str]:
    if not seen.missing:
        yield f"Order {seen.order}: all {seen.wanted} devices without a label have their codes."
        return
    missing = CodesMissing(seen.missing, seen.wanted, str(seen.gaps[0]))
    yield words_for(missing, language).line.replace("\n", " ")
    yield from (f"    {line}" for line in _gap_lines(seen, seen.gaps))


def _gap_lines(seen: PoolSeen, gaps: tuple[IdentityRange, ...]) -> Iterator[str]:
    if not gaps:
        yield "No gaps." if seen.wanted else "The settings name no devices of an order."
    for gap in gaps[:MOST_SHOWN]:
        yield f"{called([gap])}  {len(gap)}"
    if len(gaps) > MOST_SHOWN:
        yield f"and {len(gaps) - MOST_SHOWN} more gaps"


def _when(at: datetime) -> str:
    return at.astimezone().strftime("%Y-%m-%d %H:%M:%S %z")
