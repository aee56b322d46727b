"""What a printer most probably understands, by what it says of itself: a guess, and the person chooses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gizqr_station.domain.printer import FoundPrinter, Language
from gizqr_station.domain.printer_address import PrinterAddress

_LONGEST = 120
_DPI = re.compile(r"(?<!\d)(203|300|600)\s?dpi", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Guess:
    """None and empty where nothing can be told."""

    language: Language | None = None
    dpi: int | None = None
    model: str = ""
    """Only where it makes a difference: for Brother."""


# The command set that a printer names itself, in its IEEE 1284 identification (CMD) or on the network (usb_CMD).
# PT-CBP is what Brother's QL series says (seen in lprint's list of drivers); ZPL and EPL stand in the
# identifications of Zebra's drivers there; the others are the languages' own names. No printer was here to be asked.
_BY_COMMANDS: Mapping[str, Language] = {
    "ZPL": Language.ZPL,
    "ZPLII": Language.ZPL,
    "ZPL II": Language.ZPL,
    "EPL": Language.EPL2,
    "EPL2": Language.EPL2,
    "TSPL": Language.TSPL,
    "TSPL2": Language.TSPL,
    "TSPL-EZ": Language.TSPL,
    "ESC/POS": Language.ESCPOS,
    "ESCPOS": Language.ESCPOS,
    "EPSON ESC/POS": Language.ESCPOS,
    "PT-CBP": Language.BROTHER,
}

# Makers and models, for printers that name no command set. The first that matches counts, so the narrower stand first.
_BY_NAME: tuple[tuple[re.Pattern[str], Language, str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), language, source)
    for pattern, language, source in (
        (r"\bEPL2?\b", Language.EPL2, "the name says it, as Zebra's drivers do (ZDesigner LP 2844 EPL)"),
        (r"\bZPL\b", Language.ZPL, "the name says it, as Zebra's drivers do (ZTC ZD421-203dpi ZPL)"),
        (r"\bTSPL\b", Language.TSPL, "the name says it"),
        (r"\b(LP|TLP) ?2[68]\d\d\b", Language.EPL2, "EPL2 Programmer's Manual: LP and TLP 2600 and 2800 series"),
        (r"\b(zebra|ZTC|ZDesigner)\b", Language.ZPL, "ZPL Programming Guide: Zebra's own language"),
        (r"\bbrother\b.*\b(QL|PT|TD)-", Language.BROTHER, "Brother's raster command references name these series"),
        (r"\b(QL|PT-[DEHP])-?\d{3}", Language.BROTHER, "as above, where the maker is left out"),
        (r"\b(TSC|TTP-|TDP-|gprinter|xprinter|munbyn|idprt)", Language.TSPL, "TSPL manuals of TSC and Gprinter"),
        (r"\bTM-[TLMPU]\d", Language.ESCPOS, "Epson's ESC/POS reference: TM series"),
    )
)


def device_id(text: str) -> dict[str, str]:
    """An IEEE 1284 identification, ``MFG:Zebra;MDL:ZD421;CMD:ZPL;``, by its short keys."""
    long_names = {
        "MANUFACTURER": "MFG",
        "MODEL": "MDL",
        "COMMAND SET": "CMD",
        "DESCRIPTION": "DES",
        "SERIALNUMBER": "SN",
    }
    found: dict[str, str] = {}
    for entry in text.split(";"):
        key, colon, value = entry.partition(":")
        key = key.strip().upper()
        if colon and value.strip():
            found.setdefault(long_names.get(key, key), clean(value))
    return found


def guess(*names: str, commands: str = "") -> Guess:
    """By the command sets, separated by commas, and else by maker and model."""
    said = clean(" ".join(names))
    dpi = _DPI.search(said)
    language = _by_commands(commands) or _by_name(said)
    if language is Language.BROTHER:
        return _brother(said)
    return Guess(language, int(dpi[1]) if dpi else None)


def found_printer(address: str, says: str, seen: Guess) -> FoundPrinter | None:
    """None for an address that is none, as a network can say anything."""
    try:
        place = PrinterAddress.parse(address)
    except ValueError:
        return None
    return FoundPrinter(place, clean(says), seen.language, seen.dpi, model=seen.model)


def title(maker: str, model: str) -> str:
    """Maker and model, without the maker twice."""
    return model if model.casefold().startswith(maker.casefold()) else f"{maker} {model}".strip()


def clean(text: str) -> str:
    """Printable, on one line and not too long, whatever a device says."""
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return words[:_LONGEST]


def _by_commands(commands: str) -> Language | None:
    for word in commands.split(","):
        language = _BY_COMMANDS.get(word.strip().upper())
        if language is not None:
            return language
    return None


def _by_name(said: str) -> Language | None:
    return next((language for pattern, language, _ in _BY_NAME if pattern.search(said)), None)


def _brother(said: str) -> Guess:
    """QL print with 300 dots an inch, PT with 180 and the PT-P900 series with 360 (Brother's raster references)."""
    found = re.search(r"\b(QL|PT|TD)-?([A-Z]{0,2}\d{3,4}[A-Z]*)", said, re.IGNORECASE)
    if not found:
        return Guess(Language.BROTHER)
    series, number = found[1].upper(), found[2].upper()
    dpi = {"QL": 300, "PT": 360 if number.startswith("P9") else 180}.get(series)
    return Guess(Language.BROTHER, dpi, f"{series}-{number}")
