"""Settings as TOML for people: what each line means stands behind it, and what they wrote themselves stays."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

import tomlkit
from tomlkit.items import AoT, Comment, Item, Table, Whitespace

from gizqr_station.settings.bench_settings import SlotSettings
from gizqr_station.settings.model import Settings, StationSettings
from gizqr_station.settings.printer_settings import PrinterSettings
from gizqr_station.settings.section import Section

_Line = tuple[Any, Any]
"""A table's entry as tomlkit keeps it: its key, or None for a remark or an empty line, and the item."""


def commented(settings: Settings) -> tomlkit.TOMLDocument:
    """All of them, each with its meaning."""
    document = tomlkit.document()
    document.add(tomlkit.comment("Settings of this station. Secrets never stand here, only their names."))
    for name in Settings.model_fields:
        section: Section | tuple[Section, ...] = getattr(settings, name)
        document.add(tomlkit.nl())
        document.add(name, AoT([_table(one) for one in section]) if isinstance(section, tuple) else _table(section))
    return document


def put_printers(document: tomlkit.TOMLDocument, printers: Sequence[PrinterSettings]) -> None:
    """In place of those that are there. One that stays keeps its lines and remarks, but for the values that change."""
    old = _tables(document, "printers")
    known = {str(table.get("name", "")): table for table in old}
    _put(document, "printers", [(printer, known.pop(printer.name, None)) for printer in printers], instead_of="printer")


def put_slots(document: tomlkit.TOMLDocument, slots: Sequence[SlotSettings]) -> None:
    """The same for slots, which are the same ones if their port is, else their name, else their number."""
    old = _tables(document, "slots")
    stays: dict[int, Table] = {}
    free = list(old)
    for same in (_same_port, _same_name, _same_number):
        for at, slot in enumerate(slots):
            found = next((each for each in free if at not in stays and same(slot, at, each, old)), None)
            if found is not None:
                stays[at] = found
                # By identity: tables compare by what they hold, and two may hold the same.
                free = [each for each in free if each is not found]
    _put(document, "slots", [(slot, stays.get(at)) for at, slot in enumerate(slots)], instead_of="device")


def _same_port(slot: SlotSettings, _: int, table: Table, __: Sequence[Table]) -> bool:
    return slot.port != "" and str(table.get("port", "")) == slot.port


def _same_name(slot: SlotSettings, _: int, table: Table, __: Sequence[Table]) -> bool:
    return slot.name != "" and str(table.get("name", "")) == slot.name


def _same_number(_: SlotSettings, at: int, table: Table, old: Sequence[Table]) -> bool:
    return at < len(old) and old[at] is table


def _tables(document: tomlkit.TOMLDocument, key: str) -> list[Table]:
    old = document.get(key)
    return [table for table in old if isinstance(table, Table)] if isinstance(old, AoT) else []


def _put(
    document: tomlkit.TOMLDocument, key: str, wanted: Sequence[tuple[Section, Table | None]], *, instead_of: str
) -> None:
    """These entries as the list ``key``, each with the table it had; ``instead_of`` is the table of older files."""
    tables = _tables(document, key)
    # tomlkit counts what stands above the next table as the end of the one before.
    end = _split(tables[-1])[1] if tables else []
    new: list[Table] = []
    for section, table in wanted:
        if new and not _split(new[-1])[1]:
            new[-1].add(tomlkit.nl())
        new.append(_table(section) if table is None else _updated(table, section, without=end))
    staying = [table for _, table in wanted if table is not None]
    gone = [table for table in tables if all(table is not each for each in staying)]
    for left in [*gone, document.get(instead_of)]:
        for line in _split(left)[1] if isinstance(left, Table) else ():
            if isinstance(line[1], Comment) and line not in end:
                new[-1].add(line[1])
    for _, item in end:
        new[-1].add(item)
    document.pop(instead_of, None)
    listed = AoT(new, parsed=True)  # "parsed": the empty lines between tables are there already
    if isinstance(document.get(key), AoT):
        document[key] = listed
        return
    document.pop(key, None)
    document.add(tomlkit.nl())
    document.add(key, listed)


def put_line_printer(document: tomlkit.TOMLDocument, name: str) -> None:
    """The line's choice, in the table of the station."""
    station = document.get("station")
    if station is None:
        station = tomlkit.table()
        document.add(tomlkit.nl())
        document.add("station", station)
    if station.get("printer", "") == name:
        return
    meaning = StationSettings.model_fields["printer"].description or ""
    if isinstance(station, Table) and "printer" not in station and not station.is_super_table():
        document["station"] = _with_lines(station, {"printer": _line(name, meaning)})
    else:
        station["printer"] = name


def _table(section: Section) -> Table:
    table = tomlkit.table()
    for key, field in type(section).model_fields.items():
        table.add(key, _line(getattr(section, key), field.description or ""))
    return table


def _line(value: object, meaning: str) -> Item:
    line = tomlkit.item(_plain(value))
    line.comment(meaning)
    return line


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    return value.value if isinstance(value, Enum) else value


def _updated(table: Table, section: Section, without: Sequence[_Line]) -> Table:
    before = type(section).model_validate(table.unwrap())
    added: dict[str, Item] = {}
    for key, field in type(section).model_fields.items():
        value = getattr(section, key)
        if value == getattr(before, key):
            continue
        if key in table:
            table[key] = _plain(value)
        else:
            added[key] = _line(value, field.description or "")
    return _with_lines(table, added, without)


def _with_lines(table: Table, added: Mapping[str, Item], without: Sequence[_Line] = ()) -> Table:
    """New lines stand behind the values, before the remarks and empty lines at the end."""
    lines, end = _split(table)
    new = tomlkit.table()
    for key, item in lines:
        new.add(key, item) if key is not None else new.add(item)
    for key, item in added.items():
        new.add(key, item)
    for line in end:
        if line not in without:
            new.add(line[1])
    return new


def _split(table: Table) -> tuple[list[_Line], list[_Line]]:
    """Lines up to the last value, and what follows it."""
    body: list[_Line] = list(table.value.body)
    last = max((at for at, (key, _) in enumerate(body) if key is not None), default=-1)
    end = [(key, item) for key, item in body[last + 1 :] if isinstance(item, Comment | Whitespace)]
    return body[: last + 1], end
