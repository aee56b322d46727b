"""The settings file: TOML with a comment on every line, read with every fault named by its place."""

import contextlib
import os
import tempfile
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import tomlkit
import tomlkit.exceptions
from pydantic import ValidationError

from gizqr_station.domain.line_failures import FileNotWritten
from gizqr_station.domain.settings_failures import SettingsUnreadable
from gizqr_station.settings.bench_settings import SlotSettings
from gizqr_station.settings.commented import commented, put_line_printer, put_printers, put_slots
from gizqr_station.settings.faults import first_fault
from gizqr_station.settings.first_files import brought_forward, first_table
from gizqr_station.settings.model import Settings
from gizqr_station.settings.printer_settings import PrinterSettings

LARGEST_FILE = 256 * 1024


def load(path: Path) -> Settings:
    """The settings, or the defaults where there is no file; raises the first fault with its place."""
    text = _text(path)
    return Settings() if text is None else _settings(path, text)


def write_commented(path: Path, settings: Settings) -> None:
    """Write all settings with what each one means; in one step, so that a crash leaves the old file whole."""
    _write(path, tomlkit.dumps(commented(settings)))


def save_printers(path: Path, printers: Sequence[PrinterSettings], line_printer: str) -> None:
    """Put these in place of the file's printers and the line's choice; every other line and comment stays as it is.

    Raises FileNotWritten and what ``load`` raises, of the file as it is and as it would be; it is then as it was.
    """

    def put(document: tomlkit.TOMLDocument) -> None:
        put_printers(document, printers)
        put_line_printer(document, line_printer)

    _save(path, "printers", lambda before: with_printers(path, before, printers, line_printer), put)


def save_slots(path: Path, slots: Sequence[SlotSettings]) -> None:
    """Put these in place of the file's slots; every other line and comment stays as it is.

    Raises FileNotWritten and what ``load`` raises, of the file as it is and as it would be; it is then as it was.
    """
    _save(path, "slots", lambda before: with_slots(path, before, slots), lambda document: put_slots(document, slots))


def _save(
    path: Path, what: str, changed: Callable[[Settings], Settings], put: Callable[[tomlkit.TOMLDocument], None]
) -> None:
    """Change a part of the file in place, and only if it then says what is wanted, and nothing else has changed."""
    text = _text(path)
    wanted = changed(Settings() if text is None else _settings(path, text))
    if text is None:
        write_commented(path, wanted)
        return
    try:
        document = tomlkit.parse(text)
        put(document)
        new_text = tomlkit.dumps(document)
        kept = _settings(path, new_text) == wanted
    except (tomlkit.exceptions.TOMLKitError, SettingsUnreadable) as fault:
        raise SettingsUnreadable(str(path), f"its {what} cannot be changed in place: {fault}") from fault
    if not kept:
        raise SettingsUnreadable(str(path), f"its {what} cannot be changed in place")
    _write(path, new_text)


def with_printers(path: Path, before: Settings, printers: Sequence[PrinterSettings], line_printer: str) -> Settings:
    """The settings with these printers; raises SettingInvalid."""
    values = before.model_dump()
    values["station"]["printer"] = line_printer
    values["printers"] = [printer.model_dump() for printer in printers]
    return _checked(path, values)


def with_slots(path: Path, before: Settings, slots: Sequence[SlotSettings]) -> Settings:
    """The settings with these slots; raises SettingInvalid."""
    values = before.model_dump()
    values["slots"] = [slot.model_dump() for slot in slots]
    return _checked(path, values)


def _text(path: Path) -> str | None:
    """None where there is no file."""
    try:
        if not path.exists():
            return None
        if path.stat().st_size > LARGEST_FILE:
            raise SettingsUnreadable(str(path), "larger than 256 KiB")
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise SettingsUnreadable(str(path), _reason(fault)) from fault


def _settings(path: Path, text: str) -> Settings:
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise SettingsUnreadable(str(path), _reason(fault)) from fault
    while (old := first_table(values)) is not None:
        try:
            values = brought_forward(values, old)
        except ValidationError as fault:
            raise first_fault(str(path), values, fault, inside=(old,)) from fault
    return _checked(path, values)


def _checked(path: Path, values: dict[str, Any]) -> Settings:
    try:
        return Settings.model_validate(values)
    except ValidationError as fault:
        raise first_fault(str(path), values, fault) from fault


def _write(path: Path, text: str) -> None:
    """A file with other hands' rights keeps them, and a link keeps leading where it leads."""
    path = path.resolve()
    draft = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="", dir=path.parent, delete=False
        ) as open_draft:
            draft = Path(open_draft.name)
            open_draft.write(text)
            open_draft.flush()
            os.fsync(open_draft.fileno())
        if path.exists():
            draft.chmod(path.stat().st_mode & 0o777)
        draft.replace(path)
    except OSError as fault:
        if draft is not None:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
        raise FileNotWritten(str(path), _reason(fault)) from fault


def _reason(fault: Exception) -> str:
    if isinstance(fault, OSError):
        return fault.strerror or type(fault).__name__
    return str(fault)
