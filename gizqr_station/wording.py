"""The words for failures: what happened, what to do, who owns it, in each language, from one file a language.

The files are ``resources/failures/<language>.toml``, one table a failure code with ``what`` and ``do``; names in
braces are the failure's own fields. The tables ``owner``, ``state``, ``standing`` (of an order) and ``part`` (of its
profile) word these. The window and the command line share them.
"""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from gizqr_station.domain.failures import Failure
from gizqr_station.places import resources

LANGUAGES = ("en", "zh_CN")
LONGEST_VALUE = 120
_WORDED_FIELDS = {"state": "state", "onward": "state", "standing": "standing", "wanted": "standing", "part": "part"}
"""Fields whose values have words of their own, and the table with them."""


@dataclass(frozen=True, slots=True)
class Words:
    """A failure for people."""

    what: str
    do: str
    owner: str
    code: str

    @property
    def line(self) -> str:
        """All of it on one line, for the command line and the log."""
        return f"{self.what} {self.do} [{self.owner}, {self.code}]"


def words_for(failure: Failure, language: str) -> Words:
    """The failure in a language; an unknown language is English."""
    catalogue = load(language if language in LANGUAGES else "en")
    entry = catalogue[failure.code]
    values = {name: _shown(value, language) for name, value in failure.values().items()}
    for name in _WORDED_FIELDS.keys() & values.keys():
        values[name] = catalogue[_WORDED_FIELDS[name]].get(values[name], values[name])
    owner = catalogue["owner"][failure.owner.value]
    return Words(entry["what"].format(**values), entry["do"].format(**values), owner, failure.code)


@cache
def load(language: str) -> dict[str, dict[str, str]]:
    """A language's catalogue by failure code."""
    text = failures_file(language).read_text(encoding="utf-8")
    return {key: dict(table) for key, table in tomllib.loads(text).items()}


def failures_file(language: str) -> Path:
    """Where a language's words stand."""
    return resources() / "failures" / f"{language}.toml"


def state_word(state: str, language: str) -> str:
    """A job's state by its value, in a language."""
    return load(language if language in LANGUAGES else "en")["state"].get(state, state)


def standing_word(standing: str, language: str) -> str:
    """An order's state by its value, in a language."""
    return load(language if language in LANGUAGES else "en")["standing"].get(standing, standing)


def _shown(value: object, language: str) -> str:
    """A field for people: times local and short, numbers plain, long or unprintable text cut and escaped.

    A failure that is the cause of another one is shown by what happened.
    """
    if isinstance(value, Failure):
        return words_for(value, language).what
    if isinstance(value, datetime):
        return value.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, float):
        return f"{value:g}"
    text = "".join(letter if letter.isprintable() else "·" for letter in str(value))
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"
