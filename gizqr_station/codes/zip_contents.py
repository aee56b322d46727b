"""Takes the codes out of a zip: every picture is decoded and checked, and whichever gives no code is named."""

import hashlib
from collections.abc import Callable, Set
from dataclasses import replace

from gizqr_station.codes import png_chunks
from gizqr_station.codes.picture import content_of
from gizqr_station.codes.zip_gate import gated, says_sandbox
from gizqr_station.domain.code_failures import CodeNotUnique, ZipRefused
from gizqr_station.domain.codes import CodeSource, require_issued_for
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity, parse_identity
from gizqr_station.domain.pooled_codes import BadMember, CodeZip, ZipCodes
from gizqr_station.domain.stop import Stop


def _nobody(_done: int, _total: int) -> None:
    """For whom progress does not matter."""


def codes_in(
    data: bytes, of: CodeZip, wanted: Set[str] | None, stop: Stop, opened: Callable[[int, int], None] = _nobody
) -> ZipCodes:
    """The codes of a zip by identity, one picture in memory at a time.

    ``wanted``: ZipRefused unless the zip is of exactly these identities; None takes whoever is in it, as for a file
    that somebody got by mail. A picture that gives no code is among the bad ones with what is wrong with it, and so
    are two pictures with one content: good and bad together are always the whole zip. ``opened`` hears after each
    picture how many of how many are done; Stopped, at the latest, before the next one.

    ``of`` comes back with its digest, and as a sandbox's where the zip or any picture in it says so, whatever the
    caller thought.
    """
    stop.check()
    pictures = gated(data, of.product_key, of.file)
    if wanted is not None and pictures.identities != wanted:
        raise ZipRefused(of.file, "other identities")
    contents: dict[Identity, str] = {}
    bad: list[BadMember] = []
    by_sandbox = says_sandbox(data)
    for done, name in enumerate(pictures.identities, 1):
        stop.check()
        try:
            picture = pictures.picture(name)
            by_sandbox = by_sandbox or png_chunks.says_sandbox(picture)
            identity, content = _code_of(name, picture)
        except Failure as failure:
            bad.append(BadMember(f"{name}.png", failure))
        else:
            contents[identity] = content
        opened(done, len(pictures.identities))
    shared = _shared(contents)
    bad += [BadMember(f"{identity}.png", failure) for identity, failure in shared.items()]
    good = {identity: content for identity, content in contents.items() if identity not in shared}
    source = CodeSource.SANDBOX if by_sandbox else of.source
    return ZipCodes(replace(of, digest=hashlib.sha256(data).hexdigest(), source=source), good, tuple(bad))


def _code_of(name: str, picture: bytes) -> tuple[Identity, str]:
    """Whom a picture is for and what it says; any Failure is about this picture alone.

    Locally administered addresses are taken: whether a product may have them is decided where devices are read.
    """
    identity = parse_identity(name, local_macs=True)
    content = content_of(picture, f"{name}.png")
    require_issued_for(content, identity)
    return identity, content


def _shared(contents: dict[Identity, str]) -> dict[Identity, CodeNotUnique]:
    """Whoever has the same content as another one: nobody can tell whose it is, so it is nobody's."""
    owners: dict[str, list[Identity]] = {}
    for identity, content in contents.items():
        owners.setdefault(content, []).append(identity)
    return {
        identity: CodeNotUnique(identity.readable, next(other for other in several if other != identity).readable)
        for several in owners.values()
        if len(several) > 1
        for identity in several
    }
