"""What a code says: the vendor's anatomy, and what the owner's App would make of a text."""

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from urllib.parse import parse_qs

from gizqr_station.domain.code_failures import CodeMalformed
from gizqr_station.domain.identity import Identity

# A random UUID (version 4, RFC 9562 variant) without dashes, then standard base64 of the sealed part:
# read from the vendor's own pictures.
_ISSUED = re.compile(r"[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}[A-Za-z0-9+/]+={0,2}", re.ASCII)
_UUID_DIGITS = 32
_SEALED_OVERHEAD = 40
"""Bytes of the sealed part beside the identity: ``pk=<32>&mac=`` is 40 bytes long."""
_IDENTITY_LENGTHS = (12, 15)
_SHARE = "type=share&code="
_LINK_PARTS = ("product_key", "did", "passcode")


class CodeSource(Enum):
    """Where a code's content came from."""

    SERVICE = "service"
    POOL = "pool"
    LINK = "link"
    TEMPLATE = "template"
    SANDBOX = "sandbox"


class ContentKind(Enum):
    """What the App does with a scanned text, by the App's own three rules; OTHER binds nothing."""

    ISSUED = "issued"
    LINK = "link"
    SHARE = "share"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Anatomy:
    """What can be seen of a content without the vendor's key."""

    kind: ContentKind
    identity_length: int | None
    """12 for a MAC, 15 for an IMEI; only an issued content tells it."""
    well_formed: bool


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """A content for one identity, and where it came from."""

    content: str
    identity: Identity
    source: CodeSource
    at: datetime
    task: str = ""
    """The service's file of the task it came in, where there was one."""
    service: str = ""
    """Address of the service that issued it, where one did and it is known."""


def anatomy(content: str) -> Anatomy:
    """Look at a content as the App would, and as far as it can be checked offline."""
    if content.startswith(_SHARE):
        return Anatomy(ContentKind.SHARE, None, well_formed=len(content) > len(_SHARE))
    link = link_parts(content)
    if link is not None:
        return Anatomy(ContentKind.LINK, None, well_formed=all(link.values()))
    if not _ISSUED.fullmatch(content):
        return Anatomy(ContentKind.OTHER, None, well_formed=False)
    try:
        sealed = base64.b64decode(content[_UUID_DIGITS:], validate=True)
    except binascii.Error:
        return Anatomy(ContentKind.OTHER, None, well_formed=False)
    length = len(sealed) - _SEALED_OVERHEAD
    if length not in _IDENTITY_LENGTHS:
        return Anatomy(ContentKind.OTHER, None, well_formed=False)
    return Anatomy(ContentKind.ISSUED, length, well_formed=True)


def link_parts(content: str) -> dict[str, str] | None:
    """``product_key``, ``did`` and ``passcode`` of a binding link; None for any other text.

    The App takes every text that contains the three names for a link, wherever they stand. A part that is empty, is no
    parameter or stands there twice is empty here: nobody can say what the App makes of it.
    """
    if not all(f"{name}=" in content for name in _LINK_PARTS):
        return None
    query = content.partition("?")[2] or content
    values = parse_qs(query.replace("#", "&"), keep_blank_values=True)
    return {name: values[name][0] if len(values.get(name, ())) == 1 else "" for name in _LINK_PARTS}


def issued_for(content: str, identity: Identity) -> bool:
    """Whether the content has the vendor's anatomy and its length fits this identity."""
    return anatomy(content) == Anatomy(ContentKind.ISSUED, len(identity.text), well_formed=True)


def require_issued_for(content: str, identity: Identity) -> None:
    """Raise CodeMalformed unless the content has the vendor's anatomy and its length fits this identity."""
    seen = anatomy(content)
    if seen.kind is not ContentKind.ISSUED:
        raise CodeMalformed(str(identity), content, seen.kind.value)
    if seen.identity_length != len(identity.text):
        raise CodeMalformed(str(identity), content, f"{seen.identity_length}")
