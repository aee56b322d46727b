"""What is signed and sealed, as bytes that any program can make again: canonical JSON, and digests over it."""

import hashlib
import json

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)


def canonical(document: object) -> bytes:
    """JSON with sorted names and no blanks in UTF-8: for texts, whole numbers, true, false and null as in RFC 8785.

    ValueError for a text that is no text (half a surrogate pair).
    """
    return _JSON.encode(document).encode()


def seal_of(entry: dict[str, object]) -> str:
    """The seal of an entry, as hexadecimal digits: SHA-256 over its canonical text.

    The text has the seal of the entry before under ``after``, so that each seal stands for all that was written until
    then, and under ``draft`` what a job was opened with, where the entry opened one.
    """
    return hashlib.sha256(canonical(entry)).hexdigest()
