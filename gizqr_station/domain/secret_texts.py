"""Finds a secret in a text, in plain or in a usual encoding, and hides it: no label, log or file may ever show one."""

import base64
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

SHORTEST = 8
"""Characters; a shorter secret would be found by chance in texts that have nothing to do with it."""
HIDDEN = "***"
_ALL_HIDDEN = "*** (a secret stood in this text)"
_URL_ROUNDS = 3
"""A link within a link is encoded twice; nobody encodes more often than this."""
_HEX = re.compile(r"(?:[0-9a-f]{2})+", re.ASCII)
# What a person or a program puts between groups of digits.
_BETWEEN = re.compile(r"[\s:._-]+")
_URL_SAFE = str.maketrans("-_", "+/")

_NAMED = re.compile(r"(?<![\w.-])(product[_-]?secret|secret|ps)[\"']?\s*[=:]", re.ASCII | re.IGNORECASE)
_NAMED_BYTES = re.compile(_NAMED.pattern.encode() + rb"\s*[\"']?(?P<value>[0-9a-f]{32})(?![0-9a-f])", re.IGNORECASE)
# The same as between digits, and the NUL behind each letter of UTF-16.
_BETWEEN_BYTES, _BETWEEN_BASE64 = rb"[\s\0:._-]*+", rb"[\s\0]*+"
_DIGITS_OF_A_KEY = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True, repr=False)
class Secrets:
    """The secrets of a station, to look for; it is never shown what they are."""

    values: frozenset[str] = frozenset()
    _plain: tuple[str, ...] = field(init=False, compare=False)
    """In lower case: the secrets, and their hexadecimal forms."""
    _encoded: tuple[str, ...] = field(init=False, compare=False)
    """Base64, which is not the same in another case."""

    def __post_init__(self) -> None:
        if any(len(value) < SHORTEST for value in self.values):
            raise ValueError(f"a secret of fewer than {SHORTEST} characters cannot be told from other text")
        plain = {form for value in self.values for form in _plain_forms(value)}
        encoded = {form for value in self.values for form in _base64_forms(value)}
        # The longest first, so that hiding one form leaves no rest of another.
        object.__setattr__(self, "_plain", tuple(sorted(plain, key=len, reverse=True)))
        object.__setattr__(self, "_encoded", tuple(sorted(encoded, key=len, reverse=True)))

    def __repr__(self) -> str:
        return f"Secrets({len(self.values)})"

    @classmethod
    def of(cls, values: Iterable[str]) -> "Secrets":
        """Of those that are long enough to be found; the others are no secrets to look for."""
        return cls(frozenset(value for value in values if len(value) >= SHORTEST))

    def stands_in(self, text: str) -> bool:
        """Whether a secret stands in the text: plain, in any case, grouped, hexadecimal, base64 or URL-encoded."""
        return bool(self.values) and any(self._found(seen) for seen in _as_read(text))

    def hidden(self, text: str) -> str:
        """The text with ``***`` for each secret; where that is not enough, nothing of the text is left."""
        if not self.stands_in(text):
            return text
        for form in self._plain:
            text = re.sub(re.escape(form), HIDDEN, text, flags=re.IGNORECASE)
        for form in self._encoded:
            text = text.replace(form, HIDDEN)
        return _ALL_HIDDEN if self.stands_in(text) else text

    def wiped(self, data: bytes) -> bytes:
        """What went over a wire with ``*`` for each byte of a secret: neither as text nor as digits is it shown then.

        A secret stands there as in a text, or as the bytes that its digits stand for. So is a value of 32 digits that
        is called a product secret, whoever named it; where that is not enough, no byte is left.
        """
        for form in self._forms_in_bytes():
            data = form.sub(_stars, data)
        data = _NAMED_BYTES.sub(lambda found: found[0][:-32] + b"*" * 32, data)
        return b"*" * len(data) if self.stands_in(data.decode("latin-1")) else data

    def _forms_in_bytes(self) -> Iterator[re.Pattern[bytes]]:
        for form in self._plain:
            grouped = not _BETWEEN.search(form)  # else the same form stands there once more without its groups
            letters = [_in_any_case(letter) for letter in form]
            yield re.compile((_BETWEEN_BYTES if grouped else b"").join(letters), re.IGNORECASE)
        for form in self._encoded:
            letters = [{"+": b"[+-]", "/": b"[/_]"}.get(letter, letter.encode()) for letter in form]
            yield re.compile(_BETWEEN_BASE64.join(letters))
        for value in self.values:
            digits = _BETWEEN.sub("", value.lower())
            if _HEX.fullmatch(digits):
                yield re.compile(re.escape(bytes.fromhex(digits)))

    def _found(self, text: str) -> bool:
        small, joined = text.lower(), text.translate(_URL_SAFE)
        return any(form in small for form in self._plain) or any(form in joined for form in self._encoded)


NO_SECRETS = Secrets()


def looks_like_a_secret(text: str, product_key: str) -> str:
    """What in a text looks like a product secret that nobody has named: the name of a parameter, or 32 digits.

    Empty for nothing. A product's own key has 32 digits too, and is none.
    """
    named = named_like_a_secret(text)
    digits = {found.lower() for seen in _decoded(text) for found in _DIGITS_OF_A_KEY.findall(seen)}
    return named or ("a run of 32 digits that is not the product key" if digits - {product_key} else "")


def named_like_a_secret(text: str) -> str:
    """The first parameter in a text that is called as a product secret would be; empty for none."""
    for seen in _decoded(text):
        named = _NAMED.search(seen)
        if named is not None:
            return named.group(1)
    return ""


def _in_any_case(letter: str) -> bytes:
    """A pattern for one letter; bytes know upper and lower case only of ASCII."""
    return b"(?:" + b"|".join(re.escape(each.encode()) for each in {letter, letter.upper()}) + b")"


def _stars(found: re.Match[bytes]) -> bytes:
    return b"*" * len(found[0])


def _as_read(text: str) -> tuple[str, ...]:
    """The text, and as it is once its URL-encoding and what groups its digits are gone."""
    seen = _decoded(text)
    return (*seen, *(_BETWEEN.sub("", each) for each in seen))


def _decoded(text: str) -> list[str]:
    """The text, and as it is once its URL-encoding is gone."""
    seen = [text]
    for _ in range(_URL_ROUNDS):
        decoded = unquote(seen[-1])
        if decoded == seen[-1]:
            break
        seen.append(decoded)
    return seen


def _plain_forms(value: str) -> set[str]:
    """In lower case, as the text is that it is looked for in; the same without what groups its digits."""
    cases = (value, value.lower(), value.upper())
    forms = {value.lower(), *(case.encode().hex() for case in cases)}
    ungrouped = _BETWEEN.sub("", value.lower())
    return forms | ({ungrouped} if len(ungrouped) >= SHORTEST else set())


def _base64_forms(value: str) -> set[str]:
    """Of the characters and, for digits, of the bytes that they stand for; wherever in the encoded bytes they begin."""
    data = {case.encode() for case in (value, value.lower(), value.upper())}
    if _HEX.fullmatch(value.lower()):
        data.add(bytes.fromhex(value))
    return {form for each in data for offset in range(3) if len(form := _base64_at(each, offset)) >= SHORTEST}


def _base64_at(data: bytes, offset: int) -> str:
    """What is certain of the base64 of bytes that begin so many bytes behind a group of three."""
    encoded = base64.b64encode(bytes(offset) + data).decode()
    first = -(-offset * 8 // 6)
    last = (offset + len(data)) * 8 // 6
    return encoded[first:last]
