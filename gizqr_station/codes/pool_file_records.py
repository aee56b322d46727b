"""The lines of a pool's file as values; whatever has another shape is refused in a few words."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from gizqr_station.codes.pool_file_lines import MOST_CODES, Refusal
from gizqr_station.codes.pool_rows import identity_of
from gizqr_station.domain.codes import CodeSource, require_issued_for
from gizqr_station.domain.identity import Identity, parse_identity
from gizqr_station.domain.pooled_codes import CodeZip
from gizqr_station.domain.product import is_product_key

FORMAT, VERSION = "gizqr-codes", 1
_SOURCES = {each.value: each for each in (CodeSource.SERVICE, CodeSource.SANDBOX)}
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_LONGEST_TEXT = 400


@dataclass(frozen=True, slots=True)
class Header:
    """What the first line says."""

    product_key: str
    service: str
    codes: int


def header_of(line: bytes) -> Header:
    """The first line; Refusal where it is another file's, or a newer program's."""
    try:
        said = _object(line, None)
    except Refusal:
        said = {}
    if said.get("format") != FORMAT:
        raise Refusal("it is not a pool file")
    if said.get("version") != VERSION:
        raise Refusal("a newer program wrote it")
    said = _object(line, {"format", "version", "product_key", "service", "codes", "at"})
    count = said["codes"]
    if type(count) is not int or not 0 < count <= MOST_CODES:
        raise Refusal("its count of codes")
    if not is_product_key(_text(said, "product_key")):
        raise Refusal("its product key")
    return Header(_text(said, "product_key"), _text(said, "service"), count)


def zip_of(line: bytes, product_key: str, service: str) -> CodeZip:
    """A zip's line."""
    told = _object(line, {"zip"})["zip"]
    if not isinstance(told, dict) or told.keys() != {"source", "task", "file", "digest", "at"}:
        raise Refusal("a zip's line")
    source = _SOURCES.get(_text(told, "source"))
    if source is None or not _DIGEST.fullmatch(_text(told, "digest")):
        raise Refusal("a zip's line")
    task, file, digest = (_text(told, name) for name in ("task", "file", "digest"))
    return CodeZip(product_key, service, source, task, file, digest, _moment(_text(told, "at")))


def code_of(line: bytes, *, careful: bool) -> tuple[Identity, str]:
    """A code's line; CodeMalformed or what forbids the identity. Not ``careful``: these bytes were looked at before."""
    said = _json(line)
    if not isinstance(said, list) or len(said) != 2 or not all(isinstance(each, str) for each in said):
        raise Refusal("a code's line")
    text, content = said
    if not careful:
        return identity_of(text), content
    # Whether a product may have locally administered addresses is decided where devices are read.
    identity = parse_identity(text, local_macs=True)
    if identity.text != text:
        raise Refusal("an identity's form")
    require_issued_for(content, identity)
    return identity, content


def end_of(line: bytes) -> str:
    """The digest in the last line."""
    return _text(_object(line, {"sha256"}), "sha256")


def _object(line: bytes, names: set[str] | None) -> dict[str, Any]:
    said = _json(line)
    if not isinstance(said, dict) or (names is not None and said.keys() != names):
        raise Refusal("a line's names")
    return said


def _json(line: bytes) -> Any:  # noqa: ANN401 - whatever a stranger wrote
    try:
        return json.loads(line.decode("utf-8", "strict"))
    except (ValueError, RecursionError) as broken:
        raise Refusal("a line is not JSON") from broken


def _text(told: dict[str, Any], name: str) -> str:
    """Short and printable, because it is shown to people."""
    text = told[name]
    if not isinstance(text, str) or len(text) > _LONGEST_TEXT or not text.isprintable():
        raise Refusal(f"its {name}")
    return text


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
        if at.tzinfo is None:
            raise Refusal("a moment without its offset")
        return at.astimezone(UTC)
    except (ValueError, OverflowError) as broken:
        raise Refusal("a moment") from broken
