"""IPP requests and answers as bytes, by pyipp's encoder and parser, whose gaps are closed here.

pyipp drops attributes that it has no tag for, knows no collections to send, stumbles over enumeration values that it
has no name for, and reads on from wherever a length in an answer sends it. So the tags stand here, collections are put
together from its single attributes, and every answer is walked once before it may see it.
"""

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

IPP_2_0 = (2, 0)
IPP_1_1 = (1, 1)
_END_OF_ATTRIBUTES = 0x03
_DEEPEST = 8


class Operation(IntEnum):
    """What may be asked; numbers of RFC 8011, those of CUPS above 0x4000."""

    PRINT_JOB = 0x0002
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_JOBS = 0x000A
    GET_PRINTER_ATTRIBUTES = 0x000B
    CUPS_GET_PRINTERS = 0x4002
    CUPS_GET_PPD = 0x400F


class Tag(IntEnum):
    """The kinds of values that are sent, and those of an answer that need care (RFC 8010, 3.5.2)."""

    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    DATE = 0x31
    RESOLUTION = 0x32
    RANGE = 0x33
    BEGIN_COLLECTION = 0x34
    TEXT_WITH_LANGUAGE = 0x35
    NAME_WITH_LANGUAGE = 0x36
    END_COLLECTION = 0x37
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    MIME_TYPE = 0x49
    MEMBER_NAME = 0x4A


class NotIpp(Exception):
    """What came is no answer that can be understood; the text says why."""


@dataclass(frozen=True, slots=True)
class Said:
    """One attribute of a request: text, number, truth, several texts, or the members of a collection."""

    name: str
    tag: Tag
    value: "str | int | Sequence[str] | Sequence[Said]"


@dataclass(frozen=True, slots=True)
class Attributes:
    """One group of an answer; whatever is missing or of another kind reads as nothing."""

    values: Mapping[str, object] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def several(self, name: str) -> tuple[object, ...]:
        """All values of an attribute."""
        value = self.values.get(name)
        if value is None:
            return ()
        return tuple(value) if isinstance(value, list) else (value,)

    def texts(self, name: str) -> tuple[str, ...]:
        """Its values that are text and not empty."""
        return tuple(value for value in self.several(name) if isinstance(value, str) and value)

    def text(self, name: str) -> str:
        """The first one, or nothing."""
        return next(iter(self.texts(name)), "")

    def number(self, name: str) -> int | None:
        """None as well where the printer says that it has no value yet."""
        value = next(iter(self.several(name)), None)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def flag(self, name: str) -> bool | None:
        """True, False or not said."""
        value = next(iter(self.several(name)), None)
        return value if isinstance(value, bool) else None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a printer or print server answered."""

    status: int
    message: str = ""
    jobs: tuple[Attributes, ...] = ()
    printers: tuple[Attributes, ...] = ()

    @property
    def ok(self) -> bool:
        """Done, perhaps without attributes that it does not know."""
        return 0 <= self.status < 0x0100


def encode(
    operation: Operation,
    request: int,
    said: Iterable[Said],
    job: Iterable[Said] = (),
    version: tuple[int, int] = IPP_2_0,
) -> bytes:
    """A request as far as the document, which goes right behind it."""
    from pyipp.enums import IppTag  # brings aiohttp along, 0.3 s: whoever has no IPP printer shall not wait for it
    from pyipp.serializer import encode_dict

    opening: dict[str, object] = {"attributes-charset": "utf-8", "attributes-natural-language": "en"}
    head = encode_dict(
        {
            "version": version,
            "operation": operation,
            "request-id": request,
            "operation-attributes-tag": opening,
        }
    )[:-1]
    groups = b"".join(_attribute(one.name, one) for one in said)
    about_the_job = b"".join(_attribute(one.name, one) for one in job)
    if about_the_job:
        groups += bytes([IppTag.JOB.value]) + about_the_job
    return bytes(head) + groups + bytes([_END_OF_ATTRIBUTES])


def _attribute(name: str, said: Said) -> bytes:
    from pyipp.enums import IppTag
    from pyipp.serializer import construct_attribute

    if said.tag is not Tag.BEGIN_COLLECTION:
        return bytes(construct_attribute(name, said.value, IppTag(said.tag)))
    members = b"".join(
        bytes(construct_attribute("", member.name, IppTag.MEMBER_NAME)) + _attribute("", member)
        for member in said.value  # type: ignore[union-attr] # a collection's value is its members
        if isinstance(member, Said)
    )
    begin = bytes(construct_attribute(name, "", IppTag.BEGIN_COLLECTION))
    return begin + members + bytes(construct_attribute("", "", IppTag.END_COLLECTION))


def decode(data: bytes, request: int) -> Answer:
    """The answer to this very request; raise NotIpp."""
    from pyipp.exceptions import IPPError
    from pyipp.parser import parse

    walked = _walked(data)
    try:
        parsed = parse(walked)
    except (IPPError, struct.error, ArithmeticError, LookupError, TypeError, ValueError) as broken:
        raise NotIpp(f"{type(broken).__name__} in the attributes") from broken
    if parsed["request-id"] != request:
        raise NotIpp("the answer to another request")
    operation = parsed["operation-attributes"]
    message = operation.get("status-message", "") if isinstance(operation, dict) else ""
    return Answer(
        parsed["status-code"],
        message if isinstance(message, str) else "",
        tuple(Attributes(group) for group in parsed["jobs"] if group),
        tuple(Attributes(group) for group in parsed["printers"] if group),
    )


_GROUPS = frozenset({0x01, 0x02, 0x04, 0x05})
_LENGTHS = {Tag.INTEGER: 4, Tag.ENUM: 4, Tag.BOOLEAN: 1, Tag.DATE: 11, Tag.RESOLUTION: 9, Tag.RANGE: 8}


def _walked(data: bytes) -> bytes:
    """The same attributes, enumerations as plain numbers, once every length is known to stay inside; raise NotIpp."""
    if len(data) < 9 or data[0] not in {1, 2}:
        raise NotIpp("no IPP message")
    if data[8] not in _GROUPS:
        raise NotIpp("no group of attributes at the beginning")
    walked = bytearray(data[:8])
    at, depth = 8, 0
    while at < len(data):
        tag = data[at]
        if tag == _END_OF_ATTRIBUTES and depth == 0:
            return bytes(walked) + data[at : at + 1]
        if tag < 0x10:
            if tag not in _GROUPS or depth:
                raise NotIpp(f"group {tag:#04x}")
            at += 1
            # pyipp takes whatever follows the beginning of a group for an attribute, so empty groups are left out.
            if data[at : at + 1] >= b"\x10":
                walked.append(tag)
            continue
        value_at, length = _value(data, at)
        if tag in _LENGTHS and length != _LENGTHS[Tag(tag)]:
            raise NotIpp(f"a value of {length} bytes with tag {tag:#04x}")
        if tag in {Tag.TEXT_WITH_LANGUAGE, Tag.NAME_WITH_LANGUAGE}:
            _require_two_texts(data[value_at : value_at + length])
        depth += (tag == Tag.BEGIN_COLLECTION) - (tag == Tag.END_COLLECTION)
        if not 0 <= depth <= _DEEPEST:
            raise NotIpp("collections that do not close")
        walked.append(Tag.INTEGER if tag == Tag.ENUM else tag)
        walked += data[at + 1 : value_at + length]
        at = value_at + length
    raise NotIpp("an answer without an end")


def _value(data: bytes, at: int) -> tuple[int, int]:
    """Where the value of the attribute at ``at`` begins, and how long it is; both inside the data."""
    name_length = int.from_bytes(data[at + 1 : at + 3], "big")
    value_at = at + 5 + name_length
    length = int.from_bytes(data[value_at - 2 : value_at], "big")
    # pyipp takes lengths for signed, so anything above would lead it backwards.
    if name_length > 0x7FFF or length > 0x7FFF or value_at + length > len(data):
        raise NotIpp("an attribute that is longer than the answer")
    return value_at, length


def _require_two_texts(value: bytes) -> None:
    """Language and text, each behind its length, and nothing else."""
    language = int.from_bytes(value[:2], "big")
    text = int.from_bytes(value[2 + language : 4 + language], "big")
    if len(value) < 4 or language > 0x7FFF or len(value) != 4 + language + text:
        raise NotIpp("a text whose language does not fit")
