"""What the search index keeps of a label: short parts of what it is known by, and beginnings of order and operator.

Every part of up to four characters is a term. Whatever is longer is looked for by all its parts of four, and the few
labels that have those in another order are left out when they are read. A run of one character (``00000000``) would be
found by that in every label with a shorter run, so each run of five or more is a term of its own.
"""

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache

from gizqr_station.domain.records import RecordQuery, folded, plain

EVERY_JOB = "everyjob"
"""The one term that every label has: by it, a label that the index lacks is noticed."""
LONGEST_PART = 4
LONGEST_BEGINNING = 16
"""Characters of an order or a name; of a longer one, only so many are looked for in the index."""
_ORDER, _OPERATOR = "order", "operator"

# The tokenizer of SQLite's index takes letters, digits and whatever is beyond ASCII into terms, and nothing else.
_RUN = re.compile(r"(.)\1{4,}", re.DOTALL)
_UNTAKEN = {sign: sign + 0x80 for sign in range(0x80) if not chr(sign).isalnum()}


def terms_of(identity: str, label_serial: str, order: str, operator: str) -> frozenset[str]:
    """All terms of one label; none is longer than 16 characters."""
    terms = {EVERY_JOB}
    for known_by in (plain(identity), plain(label_serial)):
        terms.update(_parts(known_by))
    terms.update(_beginnings(_ORDER, order))
    terms.update(_beginnings(_OPERATOR, operator))
    return frozenset(terms)


def terms_wanted(query: RecordQuery) -> tuple[str, ...]:
    """The terms that every label has which the query finds; empty where it asks for none of these things."""
    wanted: set[str] = set()
    part = plain(query.text).encode(errors="replace").decode()  # half a character of UTF-16 is in no database
    if part:
        size = min(len(part), LONGEST_PART)
        taken = part.translate(_UNTAKEN)
        wanted.update(taken[at : at + size] for at in range(len(taken) - size + 1))
        wanted.update(_run(run.group(1), len(run.group())) for run in _RUN.finditer(part))
    for kind, beginning in ((_ORDER, query.order), (_OPERATOR, query.operator)):
        if beginning:
            wanted.add(_beginning(kind, folded(beginning)[:LONGEST_BEGINNING]))
    return tuple(sorted(wanted))


def _parts(text: str) -> Iterator[str]:
    taken = text.translate(_UNTAKEN)
    for size in range(1, LONGEST_PART + 1):
        yield from [taken[at : at + size] for at in range(len(taken) - size + 1)]
    for run in _RUN.finditer(text):
        for size in range(LONGEST_PART + 1, len(run.group()) + 1):
            yield _run(run.group(1), size)


def _run(sign: str, size: int) -> str:
    return f"run{ord(sign):x}x{size}"


@lru_cache(maxsize=256)
def _beginnings(kind: str, text: str) -> tuple[str, ...]:
    """The same few orders and names come again and again."""
    whole = folded(text)
    return tuple(_beginning(kind, whole[:size]) for size in range(1, min(len(whole), LONGEST_BEGINNING) + 1))


def _beginning(kind: str, beginning: str) -> str:
    """Eight digits stand for whatever characters an order may have; two that share them are told apart when read."""
    return kind + hashlib.blake2b(beginning.encode("utf-8", "replace"), digest_size=4).hexdigest()
