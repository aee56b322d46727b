"""Settings as TOML for people: what each line means stands behind it, and what they wrote themselves stays."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

import tomlkit
from tomlkit.items import AoT, Comment, Item, Table, Whitespace

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
    old = document.get("printers")
    tables = [table for table in old if isinstance(table, Table)] if isinstance(old, AoT) else []
    # tomlkit counts what stands above the next table as the end of the one before.
    end = _split(tables[-1])[1] if tables else []
    known = {str(table.get("name", "")): table for table in tables}
    new: list[Table] = []
    for printer in printers:
        table = known.pop(printer.name, None)
        if new and not _split(new[-1])[1]:
            new[-1].add(tomlkit.nl())
        new.append(_table(printer) if table is None else _updated(table, printer, without=end))
    for gone in [*known.values(), document.get("printer")]:
        for line in _split(gone)[1] if isinstance(gone, Table) else ():
            if isinstance(line[1], Comment) and line not in end:
                new[-1].add(line[1])
    for _, item in end:
        new[-1].add(item)
    document.pop("printer", None)
    listed = AoT(new, parsed=True)  # "parsed": the empty lines between tables are there already
    if isinstance(old, AoT):
        document["printers"] = listed
        return
    document.pop("printers", None)
    document.add(tomlkit.nl())
    document.add("printers", listed)


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
    return value.value if isinstance(value, Enum) else value


def _updated(table: Table, printer: PrinterSettings, without: Sequence[_Line]) -> Table:
    before = PrinterSettings.model_validate(table.unwrap())
    added: dict[str, Item] = {}
    for key, field in PrinterSettings.model_fields.items():
        value = getattr(printer, key)
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
