"""The words for printers: languages, connections, sensing, states and outcomes, in the language of the moment."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.printer import Asking, Graphic, Language, Media, Sensing
from gizqr_station.domain.printer_address import Connection
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.gui.printer_draft import Fault, Problem
from gizqr_station.workflows.happenings import DeskWork
from gizqr_station.workflows.print_queue import STOPPED
from gizqr_station.workflows.printer_desk import HELD_BY_HAND

RESTARTED = "station restarted"
"""As the ledger writes it; a test holds the two together."""


def language_word(language: Language) -> str:
    """As makers write it."""
    return {
        Language.ZPL: "ZPL",
        Language.TSPL: "TSPL",
        Language.EPL2: "EPL2",
        Language.ESCPOS: "ESC/POS",
        Language.BROTHER: "Brother",
        Language.PWG: "PWG",
        Language.PNG: "PNG",
        Language.PDF: "PDF",
    }[language]


def connection_word(connection: Connection) -> str:
    """What it is to a person."""
    translate = QCoreApplication.translate
    return {
        Connection.TCP: translate("Printers", "network"),
        Connection.SERIAL: translate("Printers", "serial port"),
        Connection.USB: translate("Printers", "USB"),
        Connection.IPP: translate("Printers", "IPP printer"),
        Connection.CUPS: translate("Printers", "CUPS queue"),
        Connection.WINDOWS: translate("Printers", "Windows queue"),
        Connection.SYSTEM: translate("Printers", "desktop printer"),
        Connection.FILE: translate("Printers", "folder"),
    }[connection]


def sensing_word(sensing: Sensing) -> str:
    """How labels are told apart."""
    translate = QCoreApplication.translate
    return {
        Sensing.GAP: translate("Printers", "Gap"),
        Sensing.MARK: translate("Printers", "Black mark"),
        Sensing.CONTINUOUS: translate("Printers", "Continuous"),
    }[sensing]


def graphic_word(graphic: Graphic) -> str:
    """As the ZPL guides call it."""
    translate = QCoreApplication.translate
    return {
        Graphic.Z64: "Z64",
        Graphic.ACS: "ACS",
        Graphic.HEX: translate("Printers", "Hex"),
    }[graphic]


def asking_word(asking: Asking) -> str:
    """Whether it is asked for its state."""
    translate = QCoreApplication.translate
    return {
        Asking.AUTO: translate("Printers", "If it answers"),
        Asking.ALWAYS: translate("Printers", "Always"),
        Asking.NEVER: translate("Printers", "Never"),
    }[asking]


def supply_word(kind: SupplyKind) -> str:
    """What runs out."""
    translate = QCoreApplication.translate
    return {
        SupplyKind.LABELS: translate("Printers", "Labels"),
        SupplyKind.RIBBON: translate("Printers", "Ribbon"),
    }[kind]


def media_words(media: Media) -> str:
    """Size and sensing on one line."""
    translate = QCoreApplication.translate
    if not media.width_mm and not media.height_mm:
        size = translate("Printers", "as template")
    elif not media.height_mm:
        size = translate("Printers", "{width} mm wide").format(width=f"{media.width_mm:g}")
    elif not media.width_mm:
        size = translate("Printers", "{height} mm high").format(height=f"{media.height_mm:g}")
    else:
        size = translate("Printers", "{width} × {height} mm").format(
            width=f"{media.width_mm:g}", height=f"{media.height_mm:g}"
        )
    if media.sensing is Sensing.CONTINUOUS:
        return f"{size}, {sensing_word(media.sensing)}"
    gap = translate("Printers", "{sensing} {length} mm")
    return f"{size}, " + gap.format(sensing=sensing_word(media.sensing), length=f"{media.gap_mm:g}")


def condition_word(failure: Failure) -> str:
    """A printer's trouble in two or three words, for a list; empty where only the whole sentence will do."""
    return condition_of(failure.code)


def condition_of(code: str) -> str:
    """The same by a failure's code, as a held job keeps it."""
    translate = QCoreApplication.translate
    return {
        "E-PRN-01": translate("Printers", "not reachable"),
        "E-PRN-02": translate("Printers", "stopped in mid label"),
        "E-PRN-03": translate("Printers", "connection broke"),
        "E-PRN-04": translate("Printers", "no labels"),
        "E-PRN-05": translate("Printers", "no ribbon"),
        "E-PRN-06": translate("Printers", "cover open"),
        "E-PRN-07": translate("Printers", "paused"),
        "E-PRN-08": translate("Printers", "off line"),
        "E-PRN-09": translate("Printers", "labels jammed"),
        "E-PRN-10": translate("Printers", "too hot"),
        "E-PRN-11": translate("Printers", "no longer answers"),
        "E-PRN-12": translate("Printers", "reports a fault"),
        "E-PRN-13": translate("Printers", "busy"),
        "E-PRN-14": translate("Printers", "other labels loaded"),
        "E-PRN-15": translate("Printers", "wrong language?"),
        "E-PRN-16": translate("Printers", "queue is not raw"),
        "E-PRN-17": translate("Printers", "queue is raw"),
        "E-PRN-18": translate("Printers", "no such queue"),
        "E-PRN-19": translate("Printers", "print server silent"),
        "E-PRN-20": translate("Printers", "queue stopped"),
        "E-PRN-21": translate("Printers", "queue takes no jobs"),
        "E-PRN-25": translate("Printers", "label does not fit"),
        "E-PRN-26": translate("Printers", "port not allowed"),
        "E-PRN-27": translate("Printers", "not plugged in"),
        "E-PRN-28": translate("Printers", "a library is missing"),
        "E-PRN-29": translate("Printers", "roll ended"),
        "E-PRN-30": translate("Printers", "ribbon ended"),
        "E-PRN-31": translate("Printers", "roll ends soon"),
        "E-PRN-32": translate("Printers", "ribbon ends soon"),
        "E-PRN-36": translate("Printers", "format not taken"),
        "E-PRN-37": translate("Printers", "labels end soon"),
        "E-PRN-38": translate("Printers", "label to be taken"),
        "E-PRN-39": translate("Printers", "labels wait"),
        "E-PRN-43": translate("Printers", "language does not fit"),
        "E-PRN-46": translate("Printers", "queue repeats labels"),
    }.get(code, "")


def held_words(reason: str) -> str:
    """Why a job is held: a failure's code, one of the program's own words, or what a person wrote."""
    translate = QCoreApplication.translate
    return condition_of(reason) or {
        HELD_BY_HAND: translate("Printers", "by hand"),
        STOPPED: translate("Printers", "the run was ended"),
        RESTARTED: translate("Printers", "from before the restart"),
    }.get(reason, reason)


def problem_words(problem: Problem) -> str:
    """What is wrong with a field, on one line."""
    translate = QCoreApplication.translate
    if problem.fault is Fault.ADDRESS_WRONG:
        return _address_words(problem.said)
    return {
        Fault.NAME_EMPTY: translate("Printers", "Give it a name."),
        Fault.NAME_TAKEN: translate("Printers", "Another printer has this name."),
        Fault.LANGUAGE_UNSUITED: translate("Printers", "This cannot be sent to that address. Choose another."),
        Fault.MODEL_EMPTY: translate("Printers", "Needed: how wide its head is."),
    }[problem.fault]


def _address_words(said: str) -> str:
    """The parser's line for people, which is English, by what it is about; unknown ones go through as they are."""
    translate = QCoreApplication.translate
    about = {
        "does not begin with": translate(
            "Printers", "It begins with tcp: serial: usb: ipp: cups: windows: system: or file:"
        ),
        "is no kind of connection": translate(
            "Printers", "It begins with tcp: serial: usb: ipp: cups: windows: system: or file:"
        ),
        "names nothing behind": translate("Printers", "Something must stand behind the colon."),
        "names no host": translate("Printers", "The name or number of a host is missing or wrong."),
        "port is between": translate("Printers", "The port is between 1 and 65535."),
        "nothing stands behind the port": translate("Printers", "Nothing may stand behind the port."),
        "names no queue": translate("Printers", "The queue's name is missing."),
        "is not serial:": translate("Printers", "A serial port looks like serial:/dev/ttyUSB0?baud=9600"),
        "is no baud rate": translate("Printers", "The baud rate is a number such as 9600."),
        # From here on in the words of Python's own parser of URLs.
        ": Port ": translate("Printers", "The port is between 1 and 65535."),
        "IPv6": translate("Printers", "The name or number of a host is missing or wrong."),
    }
    return next((words for fragment, words in about.items() if fragment in said), said)


def work_words(work: DeskWork) -> str:
    """While an answer is awaited."""
    translate = QCoreApplication.translate
    return {
        DeskWork.SAVE: translate("Printers", "Saving it."),
        DeskWork.TEST_LABEL: translate("Printers", "A test label is being printed."),
        DeskWork.CALIBRATE: translate("Printers", "The labels are being measured."),
        DeskWork.NEW_ROLL: translate("Printers", "The new roll is being written down."),
        DeskWork.QUEUE: translate("Printers", "The queue is being worked on."),
    }[work]


def done_words(work: DeskWork, outcome: PrintOutcome | None) -> str:
    """What came of a piece of work that had no failure: no more than is known."""
    translate = QCoreApplication.translate
    if work is DeskWork.TEST_LABEL and outcome is PrintOutcome.CONFIRMED:
        return translate("Printers", "The printer reports the test label out.")
    if work is DeskWork.TEST_LABEL:
        return translate("Printers", "The test label was taken. Look whether it comes out.")
    if work is DeskWork.QUEUE and outcome is PrintOutcome.CONFIRMED:
        return translate("Printers", "The printer reports the label out. Stick it on and scan it.")
    if work is DeskWork.QUEUE and outcome is PrintOutcome.ACCEPTED:
        return translate("Printers", "The label was taken. When it is out, stick it on and scan it.")
    if work is DeskWork.QUEUE:
        return translate("Printers", "Done.")
    return {
        DeskWork.SAVE: translate("Printers", "Saved."),
        DeskWork.CALIBRATE: translate("Printers", "The printer measures its labels; some may come out empty."),
        DeskWork.NEW_ROLL: translate("Printers", "The new roll is written down."),
    }[work]


def when_words(at: datetime, now: datetime) -> str:
    """Local, and with the day unless it is today."""
    local, today = at.astimezone(), now.astimezone()
    return local.strftime("%H:%M:%S") if local.date() == today.date() else local.strftime("%Y-%m-%d %H:%M")
