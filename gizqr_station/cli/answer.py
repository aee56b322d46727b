"""What a command prints: one JSON document, or lines for people; refusals on stderr, one line each."""

import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.secret_texts import NO_SECRETS, Secrets
from gizqr_station.wording import words_for


@dataclass(frozen=True, slots=True)
class Answer:
    """Where a command's result goes; no secret is ever among it."""

    as_json: bool
    language: str
    secrets: Secrets = NO_SECRETS

    def give(self, document: Mapping[str, object], lines: Iterable[str] = ()) -> None:
        """The result: the document with ``--json``, else the lines, or the document's own fields as lines."""
        if self.as_json:
            self._write(document)
            return
        shown = list(lines) or [f"{name}: {_plain(value)}" for name, value in document.items()]
        _write("\n".join(self.secrets.hidden(line) for line in shown))

    def conclude(self, document: Mapping[str, object], lines: Iterable[str], failure: Failure | None) -> int:
        """A result that may be less than was wanted: with a failure its words too, and the exit code 1.

        Without lines the failure's words are all that people read.
        """
        shown = list(lines)
        if self.as_json or shown or failure is None:
            self.give({**document, "error": self.error_document(failure)}, shown)
        if failure is None:
            return 0
        self.say(words_for(failure, self.language).line.replace("\n", " "))
        return 1

    def say(self, line: str) -> None:
        """Progress and remarks, on stderr, so that stdout stays the result alone."""
        sys.stderr.write(self.secrets.hidden(line) + "\n")
        sys.stderr.flush()

    def refuse(self, failure: Failure) -> None:
        """What happened, what to do, who owns it, on one line; and as a document with ``--json``."""
        if self.as_json:
            self._write({"error": self.error_document(failure)})
        self.say(words_for(failure, self.language).line.replace("\n", " "))

    def error_document(self, failure: Failure | None) -> dict[str, str] | None:
        """A failure for JSON."""
        if failure is None:
            return None
        words = words_for(failure, self.language)
        return {"code": words.code, "what": words.what, "do": words.do, "owner": words.owner}

    def _write(self, document: Mapping[str, object]) -> None:
        _write(json.dumps(_without(self.secrets, document), ensure_ascii=False, indent=2, default=str))


def spoken_language() -> str:
    """Of this terminal: Simplified Chinese where the environment says Chinese, else English."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh_CN" if spoken.startswith("zh") else "en"


def _write(text: str) -> None:
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _without(secrets: Secrets, value: object) -> object:
    """A document without the secrets, and still a document."""
    if isinstance(value, str):
        return secrets.hidden(value)
    if isinstance(value, Mapping):
        return {key: _without(secrets, each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_without(secrets, each) for each in value]
    return value


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "–" if value is None or value == "" else str(value)
