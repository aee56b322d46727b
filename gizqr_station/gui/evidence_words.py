"""A line of the record in words: what is known, as somebody reads it, and in the language of the moment."""

import ast
import re

from PySide6.QtCore import QCoreApplication

from gizqr_station.domain.corrections import reason_in
from gizqr_station.gui.records_words import reason_words
from gizqr_station.wording import LANGUAGES, load, state_word
from gizqr_station.workflows.ports import Entry

_FAILURE = re.compile(r"(?:(?P<outcome>[a-z]+): )?(?P<code>E-[A-Z]+-\d+) \w+\((?P<fields>.*)\)", re.DOTALL)
_BYTES = re.compile(r"(?:[a-z]+: )?(\d+) bytes")
_TO_PRINTER = re.compile(r"to (.+)", re.DOTALL)
_OLD_LABEL = re.compile(r"scanned at (.+) although it is voided", re.DOTALL)
_SERIAL = re.compile(r"(?P<what>[a-z ]+?):? (?P<serial>L-\d+)(?P<rest>.*)", re.DOTALL)


def entry_words(entry: Entry, language: str) -> str:
    """``verified: scanned back``; of a note only what it says."""
    evidence = evidence_words(entry.evidence, language)
    if entry.kind != "move":
        return evidence
    state = state_word(entry.state.value, language)
    return f"{state}: {evidence}" if evidence and evidence != state else state


def evidence_words(evidence: str, language: str) -> str:
    """What is known phrases of is said in the language; anything else as it was written."""
    known = _phrases()
    if evidence in known:
        return known[evidence]
    if (failed := _FAILURE.fullmatch(evidence)) is not None:
        return _failure_words(failed["code"], failed["fields"], language) or evidence
    if (sent := _BYTES.fullmatch(evidence)) is not None:
        return QCoreApplication.translate("Evidence", "{number} bytes taken").format(number=sent[1])
    if (about := _SERIAL.fullmatch(evidence)) is not None and about["what"] in (named := _about_labels()):
        line = named[about["what"]].format(serial=about["serial"])
        rest = about["rest"].lstrip(" ,:;")
        return f"{line} ({reason_words(rest)})" if rest else line
    if (old := _OLD_LABEL.fullmatch(evidence)) is not None:
        return QCoreApplication.translate("Evidence", "scanned at {station} although it is voided").format(
            station=old[1]
        )
    if (sent_to := _TO_PRINTER.fullmatch(evidence)) is not None:
        return QCoreApplication.translate("Evidence", "to the printer {printer}").format(printer=sent_to[1])
    if reason_in(evidence) is not None:
        return reason_words(evidence)
    name, colon, rest = evidence.partition(": ")
    if colon and name in (named := _beginnings()):
        return named[name].format(what=rest)
    return evidence


def _phrases() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "": "",
        "scanned back": translate("Evidence", "scanned back"),
        "scanned back, both codes": translate("Evidence", "both codes scanned back"),
        "scanned back; a voided label says the same": translate(
            "Evidence", "scanned back; a voided label says the same"
        ),
        "found: serial and content named": translate("Evidence", "found: its serial and its code were named"),
        "no usable label came out": translate("Evidence", "no usable label came out"),
        "never sent": translate("Evidence", "never sent"),
        "interrupted before sending": translate("Evidence", "the station ended before it was sent"),
        "interrupted while sending": translate("Evidence", "the station ended while it was sent"),
        "not scanned back before the station ended": translate(
            "Evidence", "the station ended before it was scanned back"
        ),
        "the ledger failed while it was marked as sent": translate(
            "Evidence", "the ledger failed while it was marked as sent"
        ),
        "the batch ended while it was sent": translate("Evidence", "the batch ended while it was sent"),
        "cancelled": translate("Evidence", "cancelled"),
        "old label destroyed": translate("Evidence", "somebody said that this old label is destroyed"),
        "confirmed": translate("Evidence", "the printer reported it out"),
        "accepted": translate("Evidence", "every byte was taken"),
        "refused": translate("Evidence", "nothing was sent"),
    }


def _about_labels() -> dict[str, str]:
    """Phrases that end with a label's serial."""
    translate = QCoreApplication.translate
    return {
        "voided label scanned": translate("Evidence", "the voided label {serial} was scanned"),
        "replaced by": translate("Evidence", "{serial} takes its place"),
        "replaces": translate("Evidence", "takes the place of {serial}"),
    }


def _beginnings() -> dict[str, str]:
    """Phrases that end with anything."""
    translate = QCoreApplication.translate
    return {
        "wrong label named": translate("Evidence", "a wrong label was named: {what}"),
        "wrong label scanned": translate("Evidence", "a wrong label was scanned: {what}"),
        "binding proof": translate("Evidence", "binding proof: {what}"),
    }


def _failure_words(code: str, fields: str, language: str) -> str:
    """What a failure says, of which the record keeps code and fields; empty where these are not of today any more."""
    words = load(language if language in LANGUAGES else "en").get(code)
    if words is None:
        return ""
    try:
        call = ast.parse(f"of({fields})", mode="eval").body
        assert isinstance(call, ast.Call)
        values = {part.arg: ast.literal_eval(part.value) for part in call.keywords if part.arg}
        return f"{words['what'].format(**values)} [{code}]"
    except (SyntaxError, ValueError, KeyError, IndexError, AssertionError, RecursionError, MemoryError):
        return ""
