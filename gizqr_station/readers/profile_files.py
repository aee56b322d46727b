r"""Reader profiles as TOML files: the shipped ones, and the user's own, which win by name.

A file is named after its profile (``at-cgsn.toml``). It has exactly one of the tables ``gagent``, ``at``, ``log``,
``esptool``, which says how the device is asked::

    baud = 115200
    expects = "imei"                    # mac or imei; left out: either
    auto = true                         # whether `auto` tries it

    [title]
    en = "NB-IoT and 4G modules"
    zh_CN = "…"

    [notes]                             # what to know before it is used; may be left out
    en = "…"

    [at]
    wake = "AT"                         # sent until it is answered with OK; "" to begin at once
    line_end = "\r\n"
    tries = 4
    pause_s = 0.8
    [[at.asks]]
    send = "AT+CGSN=1"                  # only commands that ask
    answer = '^\+CGSN: ?(?P<identity>\d{15})$'

    [log]
    lines = ['GAgent mac :(?P<identity>[0-9a-f]{12})\b']   # the words beside the right MAC
    reset = "none"                      # none, dtr or rts
    again_s = 20.0

    [esptool]
    before = "default-reset"
    after = "hard-reset"
"""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from gizqr_station.domain.device_failures import ProfileUnreadable, ReaderUnknown
from gizqr_station.domain.identity import IdentityKind
from gizqr_station.domain.reader_profile import (
    AUTO,
    Ask,
    AtTalk,
    EsptoolTalk,
    GagentTalk,
    LogTalk,
    ReaderProfile,
    Signal,
    Talk,
)
from gizqr_station.places import resources
from gizqr_station.readers.at_commands import require_harmless
from gizqr_station.readers.pattern_bounds import bounded_pattern

LARGEST_FILE = 64 * 1024
MOST_FILES = 200
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_LANGUAGES = Literal["en", "zh_CN"]


def _harmless(command: str) -> str:
    require_harmless(command)
    return command


def _pattern(text: str) -> str:
    bounded_pattern(text)
    return text


_Command = Annotated[str, AfterValidator(_harmless)]
_Pattern = Annotated[str, AfterValidator(_pattern)]
_Words = dict[_LANGUAGES, Annotated[str, Field(min_length=1, max_length=600)]]


class _Strict(BaseModel):
    """What is not known is refused, so that a slip of the pen is found and not ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _GagentFile(_Strict):
    def talk(self) -> GagentTalk:
        return GagentTalk()


class _AskFile(_Strict):
    send: _Command
    answer: _Pattern


class _AtFile(_Strict):
    asks: Annotated[list[_AskFile], Field(min_length=1, max_length=8)]
    wake: _Command | Literal[""] = "AT"
    line_end: Literal["\r", "\n", "\r\n"] = "\r\n"
    tries: Annotated[int, Field(ge=1, le=20)] = 4
    pause_s: Annotated[float, Field(ge=0.05, le=10.0, strict=False)] = 0.8

    def talk(self) -> AtTalk:
        asks = tuple(Ask(ask.send, bounded_pattern(ask.answer)) for ask in self.asks)
        return AtTalk(asks, self.wake, self.line_end, self.tries, self.pause_s)


class _LogFile(_Strict):
    lines: Annotated[list[_Pattern], Field(min_length=1, max_length=8)]
    reset: Annotated[Signal, Field(strict=False)] = Signal.NONE
    again_s: Annotated[float, Field(ge=0.1, le=120.0, strict=False)] = 20.0

    def talk(self) -> LogTalk:
        return LogTalk(tuple(bounded_pattern(line) for line in self.lines), self.reset, self.again_s)


class _EsptoolFile(_Strict):
    before: Literal["default-reset", "no-reset", "no-reset-no-sync", "usb-reset"] = "default-reset"
    after: Literal["hard-reset", "no-reset", "soft-reset"] = "hard-reset"

    def talk(self) -> EsptoolTalk:
        return EsptoolTalk(self.before, self.after)


class _ProfileFile(_Strict):
    title: _Words
    notes: _Words = {}
    baud: Annotated[int, Field(ge=300, le=4_000_000)] = 115200
    expects: Annotated[IdentityKind | None, Field(strict=False)] = None
    auto: bool = True
    gagent: _GagentFile | None = None
    at: _AtFile | None = None
    log: _LogFile | None = None
    esptool: _EsptoolFile | None = None

    @model_validator(mode="after")
    def _is_asked_in_one_way(self) -> Self:
        if len(self._ways()) != 1:
            raise ValueError("needs exactly one of the tables gagent, at, log, esptool")
        return self

    @model_validator(mode="after")
    def _can_be_what_it_expects(self) -> Self:
        if self.esptool is not None and self.expects is IdentityKind.IMEI:
            raise ValueError("expects: an ESP chip has a MAC and no IMEI")
        return self

    def talk(self) -> Talk:
        return self._ways()[0].talk()

    def _ways(self) -> list[_GagentFile | _AtFile | _LogFile | _EsptoolFile]:
        return [way for way in (self.gagent, self.at, self.log, self.esptool) if way is not None]


class ProfileShelf:
    """All profiles, read anew each time they are asked for; safe to use from several threads."""

    def __init__(self, own: Path | None = None, shipped: Path | None = None) -> None:
        self._own = own
        self._shipped = shipped or resources() / "readers"

    def profiles(self) -> tuple[ReaderProfile, ...]:
        """Every one that can be used, by name. A broken file of the user's hides the shipped one of its name.

        Raises ProfileUnreadable for a shipped file alone; see ``faults`` for the user's.
        """
        found = {file.stem: load(file) for file in _files(self._shipped)}
        for file in _files(self._own):
            found.pop(file.stem, None)
            try:
                found[file.stem] = load(file, own=True)
            except ProfileUnreadable:
                continue
        return tuple(found[name] for name in sorted(found))

    def faults(self) -> tuple[ProfileUnreadable, ...]:
        """What is wrong with files of the user's, one failure a file."""
        faults: list[ProfileUnreadable] = []
        for file in _files(self._own):
            try:
                load(file, own=True)
            except ProfileUnreadable as fault:
                faults.append(fault)
        return tuple(faults)

    def profile(self, name: str) -> ReaderProfile:
        """The one of this name; raises ReaderUnknown, and ProfileUnreadable where the user's file of it is broken."""
        for folder, own in ((self._own, True), (self._shipped, False)):
            file = next((file for file in _files(folder) if file.stem == name), None)
            if file is not None:
                return load(file, own=own)
        raise ReaderUnknown(name, ", ".join(profile.name for profile in self.profiles()))


def load(file: Path, *, own: bool = False) -> ReaderProfile:
    """One file as a profile named after it; raise ProfileUnreadable with the key at fault."""
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            raise ProfileUnreadable(str(file), f"larger than {LARGEST_FILE // 1024} KiB")
        return parse_profile(file.stem, content.decode("utf-8-sig"), own=own)
    except (OSError, UnicodeDecodeError) as unreadable:
        raise ProfileUnreadable(str(file), str(unreadable)) from unreadable
    except ProfileUnreadable as fault:
        raise ProfileUnreadable(str(file), fault.reason) from fault


def parse_profile(name: str, text: str, *, own: bool = False) -> ReaderProfile:
    """TOML text as a profile; raise ProfileUnreadable, whose reason begins with the key at fault."""
    if not _NAME.fullmatch(name) or name == AUTO:
        raise ProfileUnreadable(name, "the file's name may have a-z, 0-9 and dashes, and not be auto")
    try:
        parsed = _ProfileFile.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError) as broken:
        raise ProfileUnreadable(name, str(broken)) from broken
    except ValidationError as invalid:
        raise ProfileUnreadable(name, _first_fault(invalid)) from invalid
    return ReaderProfile(
        name,
        {str(language): words for language, words in parsed.title.items()},
        parsed.talk(),
        parsed.baud,
        parsed.expects,
        parsed.auto,
        own,
        {str(language): words for language, words in parsed.notes.items()},
    )


def _files(folder: Path | None) -> tuple[Path, ...]:
    if folder is None:
        return ()
    try:
        return tuple(sorted(folder.glob("*.toml"))[:MOST_FILES])
    except OSError:
        return ()


def _first_fault(invalid: ValidationError) -> str:
    first = invalid.errors(include_url=False)[0]
    message = first["msg"].removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        message = "is not a key of a reader profile"
    place = _place(first["loc"])
    return f"{place}: {message}" if place else message


def _place(location: Sequence[int | str]) -> str:
    """``at.asks[2].answer``, entries counted from 1."""
    words = ""
    for part in location:
        if isinstance(part, int):
            words += f"[{part + 1}]"
        elif not part.startswith(("function-", "literal[")):
            words += f".{part}" if words else part
    return words
