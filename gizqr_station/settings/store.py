"""The settings file: TOML with a comment on every line, read with every fault named by its place."""

import difflib
import os
import tempfile
import tomllib
from pathlib import Path

import tomlkit
from pydantic import BaseModel, ValidationError

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.settings_failures import SettingInvalid, SettingsUnreadable, SettingUnknown
from gizqr_station.settings.model import Section, Settings

LARGEST_FILE = 256 * 1024


def load(path: Path) -> Settings:
    """The settings, or the defaults where there is no file; raises the first fault with its place."""
    try:
        if not path.exists():
            return Settings()
        if path.stat().st_size > LARGEST_FILE:
            raise SettingsUnreadable(str(path), "larger than 256 KiB")
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise SettingsUnreadable(str(path), _reason(fault)) from fault
    try:
        return Settings.model_validate(values)
    except ValidationError as fault:
        raise _first_fault(path, fault) from fault


def write_commented(path: Path, settings: Settings) -> None:
    """Write all settings with what each one means; in one step, so that a crash leaves the old file whole."""
    document = tomlkit.document()
    document.add(tomlkit.comment("Settings of this station. Secrets never stand here, only their names."))
    for name in Settings.model_fields:
        section: Section = getattr(settings, name)
        table = tomlkit.table()
        for key, field in type(section).model_fields.items():
            table.add(key, getattr(section, key))
            table[key].comment(field.description or "")
        document.add(tomlkit.nl())
        document.add(name, table)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as draft:
        draft.write(tomlkit.dumps(document))
        draft.flush()
        os.fsync(draft.fileno())
    Path(draft.name).replace(path)


def _first_fault(path: Path, fault: ValidationError) -> Failure:
    first = fault.errors(include_url=False)[0]
    key = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        known = list(_meanings())
        near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
        siblings = [name for name in known if name.partition(".")[0] == key.partition(".")[0]]
        return SettingUnknown(str(path), key, ", ".join(near or siblings or sorted(Settings.model_fields)))
    if first["type"] == "string_pattern_mismatch":
        return SettingInvalid(str(path), key, _meanings()[key].rstrip("."))
    return SettingInvalid(str(path), key, first["msg"])


def _meanings() -> dict[str, str]:
    """Each setting by its full name, with its description."""
    meanings: dict[str, str] = {}
    for name, field in Settings.model_fields.items():
        section = field.annotation
        if isinstance(section, type) and issubclass(section, BaseModel):
            meanings |= {f"{name}.{key}": entry.description or "" for key, entry in section.model_fields.items()}
    return meanings


def _reason(fault: Exception) -> str:
    if isinstance(fault, OSError):
        return fault.strerror or type(fault).__name__
    return str(fault)
