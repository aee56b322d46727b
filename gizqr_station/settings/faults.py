"""What is wrong with a settings file, said with its place: ``slots[2].port``, ``station.printer``."""

import difflib
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.settings_failures import SettingInvalid, SettingUnknown
from gizqr_station.settings.bench_settings import SlotSettings
from gizqr_station.settings.first_files import FIRST_TABLES
from gizqr_station.settings.model import BETWEEN_VALUES, Settings
from gizqr_station.settings.printer_settings import PrinterSettings

_OWN_WORDS = "Value error, "
"""What pydantic puts before the words of our own checks."""
_NO_LIST = frozenset({"tuple_type", "list_type"})
_MOVED = {
    **{("printers", old): "printers.address" for old in ("host", "port", "baud", "device", "queue", "url")},
    ("", "device"): "slots",
}
"""What many will look for first, and what 0.1 had."""
_ENTRIES: dict[str, type[BaseModel]] = {"printers": PrinterSettings, "slots": SlotSettings}
"""Tables that may stand there several times."""
_NUMBERED = frozenset({"slots"})
"""Their number is what people know them by."""
_FIRST_TABLES: dict[str, type[BaseModel]] = {old: section for old, (_, section) in FIRST_TABLES.items()}


def first_fault(
    file: str, values: Mapping[str, Any], fault: ValidationError, inside: Sequence[int | str] = ()
) -> Failure:
    """The first of them; ``inside`` is the table that was checked alone."""
    first = fault.errors(include_url=False)[0]
    location = (*inside, *first["loc"])
    place = first["ctx"]["place"] if first["type"] == BETWEEN_VALUES else _place(location, values)
    # Without names and numbers of list items: as the meanings are called.
    plain = ".".join(str(part) for part in location if not isinstance(part, int))
    if first["type"] == "extra_forbidden":
        return SettingUnknown(file, place, _suggestion(plain))
    if first["type"] == "string_pattern_mismatch":
        return SettingInvalid(file, place, _meanings()[plain].rstrip("."))
    if first["type"] == "too_long" and "max_length" in first.get("ctx", {}):
        return SettingInvalid(file, place, f"at most {first['ctx']['max_length']} of them")
    if first["type"] in _NO_LIST:
        written = f"write [[{plain}]] above each one" if plain in _ENTRIES else 'write a list: ["…", "…"]'
        return SettingInvalid(file, place, written)
    return SettingInvalid(file, place, first["msg"].removeprefix(_OWN_WORDS))


def _place(location: Sequence[int | str], values: Mapping[str, Any]) -> str:
    """``printers[Zebra].dpi``: entries of a list by name, or counted from 1 where names do not tell them apart."""
    words = ""
    for depth, part in enumerate(location):
        if isinstance(part, int):
            table = str(location[depth - 1])
            words += f"[{part + 1 if table in _NUMBERED else _entry(values.get(table), part)}]"
        else:
            words += f".{part}" if words else part
    return words


def _entry(entries: object, index: int) -> str:
    if isinstance(entries, list):
        names = [entry.get("name") if isinstance(entry, dict) else None for entry in entries]
        name = names[index]
        if isinstance(name, str) and name.strip() and name.isprintable() and names.count(name) == 1:
            return name
    return str(index + 1)


def _suggestion(key: str) -> str:
    """The nearest names in the same table, else all of them."""
    table, _, word = key.rpartition(".")
    if (table, word) in _MOVED:
        return _MOVED[table, word]
    siblings = [name.removeprefix(f"{table}.") for name in _meanings() if name.rpartition(".")[0] == table]
    near = difflib.get_close_matches(word, siblings, n=1, cutoff=0.5) or siblings
    return ", ".join(f"{table}.{name}" if table else name for name in near)


def _meanings() -> dict[str, str]:
    """Each setting by its full name, with its description; the whole tables too, without one."""
    meanings = dict.fromkeys(Settings.model_fields, "")
    for name, field in Settings.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            meanings |= _of(name, field.annotation)
    for name, section in (_ENTRIES | _FIRST_TABLES).items():
        meanings |= _of(name, section)
    return meanings


def _of(name: str, section: type[BaseModel]) -> dict[str, str]:
    return {f"{name}.{key}": entry.description or "" for key, entry in section.model_fields.items()}
