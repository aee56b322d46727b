"""Codes that need no service: links from a list of did and passcode, and patterns of the customer's own App."""

import csv
import re
import string
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from urllib.parse import urlencode

from gizqr_station.domain.code_failures import CodeMalformed, NoCodeListed
from gizqr_station.domain.codes import CodeSource, IssuedCode
from gizqr_station.domain.failures import Failure, IdentityRefused
from gizqr_station.domain.identity import Identity, IdentityKind, parse_identity
from gizqr_station.domain.product import Product
from gizqr_station.domain.settings_failures import SettingInvalid, SettingsUnreadable
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.ports import Clock

_COLUMNS = ("identity", "did", "passcode")
_DID = re.compile(r"[A-Za-z0-9]{22}", re.ASCII)
_PASSCODE = re.compile(r"[\x21-\x7e]{1,64}")
_LINK_PAGE = "http://www.gizwits.com"
"""As seen on the vendor's own labels; the App looks at the parameters alone."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a binding link needs beside the product key."""

    did: str
    """22 letters and digits."""
    passcode: str


class LineFault(Enum):
    """What is wrong with a line of a list."""

    COLUMNS = "columns"
    IDENTITY = "identity"
    DID = "did"
    PASSCODE = "passcode"
    TWICE = "twice"
    """The identity stood there before, with another did or passcode; the first stands."""
    OTHERS_DID = "other's did"
    """Other identities have the same did: it is one device's, so that nobody knows whose, and none of them gets it."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that was left out. A passcode is never repeated here."""

    number: int
    """In the file, from 1."""
    fault: LineFault
    text: str
    """The line's identity as written."""
    refusal: Failure | None = None
    """Why the identity is none, for IDENTITY."""


@dataclass(frozen=True, slots=True)
class LoadedLinks:
    """A list of links: what can be used, and what cannot."""

    links: Mapping[Identity, Link]
    bad_lines: tuple[BadLine, ...]


def load_links(path: Path) -> LoadedLinks:
    """Read a CSV file (UTF-8, with or without a byte order mark) with the columns identity, did and passcode.

    Further columns are ignored. SettingsUnreadable when there is no such text file, SettingInvalid when a column is
    missing; a bad line is reported and left out.
    """
    links: dict[Identity, Link] = {}
    lines: dict[Identity, tuple[int, str]] = {}
    bad: list[BadLine] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            rows = csv.DictReader(text)
            missing = [column for column in _COLUMNS if column not in (rows.fieldnames or ())]
            if missing:
                raise SettingInvalid(str(path), ",".join(missing), LineFault.COLUMNS.value)
            for number, row in _numbered(rows):
                fault = _take(row, number, links, lines)
                if fault is not None:
                    bad.append(fault)
    except (OSError, UnicodeDecodeError, csv.Error) as broken:
        raise SettingsUnreadable(str(path), type(broken).__name__) from broken
    for identity in _sharing_a_did(links):
        del links[identity]
        number, written = lines[identity]
        bad.append(BadLine(number, LineFault.OTHERS_DID, written))
    return LoadedLinks(links, tuple(sorted(bad, key=lambda line: line.number)))


def _sharing_a_did(links: Mapping[Identity, Link]) -> list[Identity]:
    """A label with another device's did would bind that one, however well it scans."""
    counted = Counter(link.did for link in links.values())
    return [identity for identity, link in links.items() if counted[link.did] > 1]


def _numbered(rows: "csv.DictReader[str]") -> Iterator[tuple[int, dict[str, str | None]]]:
    for row in rows:
        yield rows.line_num, {column: row.get(column) for column in _COLUMNS}


def _take(
    row: Mapping[str, str | None], number: int, links: dict[Identity, Link], lines: dict[Identity, tuple[int, str]]
) -> BadLine | None:
    identity_text, did, passcode = ((row[column] or "").strip() for column in _COLUMNS)
    if any(row[column] is None for column in _COLUMNS):
        return BadLine(number, LineFault.COLUMNS, identity_text)
    try:
        identity = parse_identity(identity_text)
    except IdentityRefused as refusal:
        return BadLine(number, LineFault.IDENTITY, identity_text, refusal)
    if not _DID.fullmatch(did):
        return BadLine(number, LineFault.DID, identity_text)
    if not _PASSCODE.fullmatch(passcode):
        return BadLine(number, LineFault.PASSCODE, identity_text)
    link = Link(did, passcode)
    lines.setdefault(identity, (number, identity_text))
    if links.setdefault(identity, link) != link:
        return BadLine(number, LineFault.TWICE, identity_text)
    return None


class LinkCodes:
    """The CodeProvider of products whose Apps bind by did and passcode."""

    def __init__(self, links: Mapping[Identity, Link], list_name: str, clock: Clock) -> None:
        self._links = dict(links)
        self._list_name = list_name
        self._clock = clock

    def code_for(self, product: Product, identity: Identity, stop: Stop) -> IssuedCode:
        """A link with product key, did and passcode; NoCodeListed when the identity is not on the list."""
        stop.check()
        link = self._links.get(identity)
        if link is None:
            raise NoCodeListed(str(identity), self._list_name)
        query = urlencode({"product_key": product.key, "did": link.did, "passcode": link.passcode})
        return IssuedCode(f"{_LINK_PAGE}?{query}", identity, CodeSource.LINK, self._clock.now())

    def rejected(self, product: Product, code: IssuedCode) -> bool:  # noqa: ARG002 - of no list is any code refused
        """Never: whoever finds a link that is no good corrects the list."""
        return False

    def reachable(self, stop: Stop) -> Failure | None:
        """The list is in memory."""
        stop.check()
        return None


_MAC_FIELDS = frozenset({"mac", "MAC", "mac_colons"})
_IDENTITY_FIELDS = _MAC_FIELDS | {"imei", "identity"}
_FIELDS = _IDENTITY_FIELDS | {"product_key"}
_SHAPES = {
    "mac": "[0-9a-f]{12}",
    "MAC": "[0-9A-F]{12}",
    "mac_colons": "[0-9A-F]{2}(?::[0-9A-F]{2}){5}",
    "imei": "[0-9]{15}",
    "identity": "[0-9a-f]{12}|[0-9]{15}",
}
"""What each field that names a device looks like when it is filled in."""


class TemplateCodes:
    """The CodeProvider of products whose own App reads a text of their own design.

    Fields of the pattern: ``{mac}`` (12 lower-case digits), ``{MAC}``, ``{mac_colons}`` (upper case, in pairs),
    ``{imei}``, ``{identity}`` (whichever it is), ``{product_key}``; ``{{`` and ``}}`` are braces. A product secret is
    no field and never will be. ValueError for an unknown field, for anything behind a field's name, and for a
    pattern that says the same on every label.
    """

    def __init__(self, pattern: str, clock: Clock) -> None:
        self._fields = _fields_of(pattern)
        self._pattern = pattern
        self._clock = clock

    def code_for(self, product: Product, identity: Identity, stop: Stop) -> IssuedCode:
        """The pattern filled in; CodeMalformed when it wants a MAC and the device has an IMEI, or the reverse."""
        stop.check()
        is_mac = identity.kind is IdentityKind.MAC
        unfit = self._fields & (frozenset({"imei"}) if is_mac else _MAC_FIELDS)
        if unfit:
            raise CodeMalformed(str(identity), self._pattern, min(unfit))
        content = self._pattern.format_map(
            {
                "identity": identity.text,
                "mac": identity.text,
                "MAC": identity.text.upper(),
                "mac_colons": identity.readable,
                "imei": identity.text,
                "product_key": product.key,
            }
        )
        return IssuedCode(content, identity, CodeSource.TEMPLATE, self._clock.now())

    def matches(self, text: str, product: Product) -> bool:
        """Whether the pattern makes this text for some device of the product; all its fields name the same device."""
        found = self._shape(product).fullmatch(text)
        if found is None:
            return False
        return len({said.replace(":", "").lower() for said in found.groups()}) == 1

    def _shape(self, product: Product) -> re.Pattern[str]:
        """The pattern as one of regular expressions, with a group for each field that names a device."""
        shape = ""
        for words, name, _, _ in string.Formatter().parse(self._pattern):
            shape += re.escape(words)
            if name is not None:
                shape += re.escape(product.key) if name == "product_key" else f"({_SHAPES[name]})"
        return re.compile(shape, re.ASCII)

    def rejected(self, product: Product, code: IssuedCode) -> bool:  # noqa: ARG002 - of no list is any code refused
        """Never: the customer's own App reads it."""
        return False

    def reachable(self, stop: Stop) -> Failure | None:
        """Drawn here."""
        stop.check()
        return None


def _fields_of(pattern: str) -> frozenset[str]:
    fields: set[str] = set()
    for _, name, form, conversion in string.Formatter().parse(pattern):
        if name is None:
            continue
        if name not in _FIELDS:
            raise ValueError(f"unknown field: {name!r}")
        if form or conversion:
            raise ValueError(f"nothing may stand behind the name of a field: {name!r}")
        fields.add(name)
    if not fields & _IDENTITY_FIELDS:
        raise ValueError("no field tells one device from another")
    return frozenset(fields)
