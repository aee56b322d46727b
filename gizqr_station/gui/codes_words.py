"""How the pool, a fetch and a judged code are worded on screen."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from gizqr_station.domain.app_reading import AppBinds, AppReading
from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.pooled_codes import CodeFetch, CodeZip, FetchState
from gizqr_station.gui.codes_state import CodesState, Section
from gizqr_station.gui.printer_words import when_words
from gizqr_station.gui.row_list import RowWords
from gizqr_station.gui.status_panel import Said, mark_colour
from gizqr_station.gui.tokens import QUIET_TEXT, Tone
from gizqr_station.workflows.code_happenings import PoolSeen

FEW_LEFT = 5
"""Devices that may still register, from which on it is said in amber whatever the limit is."""
FETCH_TONES = {
    FetchState.RUNNING: Tone.CALM,
    FetchState.PAUSED: Tone.ATTENTION,
    FetchState.DONE: Tone.GOOD,
    FetchState.CANCELLED: Tone.CALM,
}
FETCH_ICONS = {
    FetchState.RUNNING: "working",
    FetchState.PAUSED: "attention",
    FetchState.DONE: "check",
    FetchState.CANCELLED: "stop",
}


def number_words(number: int) -> str:
    """``5,000``: five digits and more are not read at a glance otherwise."""
    return f"{number:,}"


def order_words(pool: PoolSeen) -> tuple[Tone, str]:
    """What the work order still needs."""
    translate = QCoreApplication.translate
    if not pool.service:
        return Tone.CALM, translate("Codes", "This product's codes are made here: there is nothing to fetch.")
    if not pool.wanted:
        if not pool.order:
            return Tone.CALM, translate("Codes", "The settings name no work order.")
        line = translate("Codes", "Order {order}: every device has its label.")
        return Tone.GOOD, line.format(order=pool.order)
    if pool.missing:
        line = translate("Codes", "Order {order}: devices without a code: {missing} of {wanted}.")
    else:
        line = translate("Codes", "Order {order}: every device has its code ({wanted}).")
    words = line.format(order=pool.order, missing=number_words(pool.missing), wanted=number_words(pool.wanted))
    if pool.missing:
        return Tone.ATTENTION, words
    return Tone.CALM if of_sandbox(pool) else Tone.GOOD, words


def of_sandbox(pool: PoolSeen | None) -> int:
    """How many codes that are told of came from a sandbox: no App binds them, and their labels carry TEST."""
    zips = () if pool is None else pool.zips
    return sum(codes for came, codes in zips if came.source is CodeSource.SANDBOX)


def sandbox_words(pool: PoolSeen | None) -> str:
    """What such codes are good for; empty where there are none."""
    if not (number := of_sandbox(pool)):
        return ""
    line = QCoreApplication.translate("Codes", "Codes of a sandbox: {number}. Their labels will carry TEST.")
    return line.format(number=number_words(number))


def quota_tone(left: int, registered: int) -> Tone:
    """Red when nothing is left, amber from a tenth or the last few on."""
    if left <= 0:
        return Tone.STOP
    return Tone.ATTENTION if left <= FEW_LEFT or left * 10 <= registered else Tone.CALM


def quota_words(pool: PoolSeen) -> tuple[Tone, str] | None:
    """How many devices of the product may still register; None where no limit is known."""
    if pool.left is None or pool.registered is None:
        return None
    translate = QCoreApplication.translate
    tone = quota_tone(pool.left, pool.registered)
    if 0 < pool.left < pool.wanted:
        # Found out while there is time to ask for more, and not when the line stops in the middle of a shift.
        tone = Tone.ATTENTION
        line = translate(
            "Codes",
            "Devices that still need a label: {wanted}. Only {left} may still register: the line stops after {left}.",
        )
    else:
        line = translate("Codes", "Devices that may still register: {left} of {registered}.")
    numbers = {"left": pool.left, "registered": pool.registered, "wanted": pool.wanted}
    return tone, line.format(**{name: number_words(number) for name, number in numbers.items()})


def line_note(pool: PoolSeen | None) -> str:
    """One line for the line's own page before a unit is on the bench: what its codes still need; empty for nothing."""
    if pool is None or not pool.service:
        return ""
    translate = QCoreApplication.translate
    lines = []
    if pool.missing:
        line = translate("Codes", "Devices without a code: {missing} of {wanted}. Codes page: Ctrl+5.")
        lines.append(line.format(missing=number_words(pool.missing), wanted=number_words(pool.wanted)))
    quota = quota_words(pool)
    if quota is not None and quota[0] is not Tone.CALM:
        lines.append(quota[1])
    return " ".join(lines)


def not_encrypted() -> str:
    """What stands wherever the service is spoken to over http."""
    return QCoreApplication.translate("Codes", "not encrypted")


def section_rows(state: CodesState) -> list[RowWords]:
    """What the page can be looked at for, each with how it stands."""
    translate = QCoreApplication.translate
    titles = {
        Section.FETCH: translate("Codes", "Fetch ahead"),
        Section.FILES: translate("Codes", "Files"),
        Section.JUDGE: translate("Codes", "Judge a code"),
    }
    icons = {Section.FETCH: "service", Section.FILES: "ledger", Section.JUDGE: "scan"}
    lines = {
        Section.FETCH: _fetch_line(state),
        Section.FILES: translate("Codes", "import, export"),
        Section.JUDGE: translate("Codes", "what the App makes of it"),
    }
    return [
        RowWords(
            key=section.value,
            icon=icons[section],
            colour=QUIET_TEXT,
            title=titles[section],
            state=lines[section],
            line="",
            chosen=section is state.shown,
            enabled=state.pooled or section is Section.JUDGE,
        )
        for section in Section
    ]


def _fetch_line(state: CodesState) -> str:
    if (fetch := state.running) is not None:
        seen = state.told.get(fetch.number)
        how_far = "" if seen is None else f" · {done_words(seen.done, fetch.total)}"
        return f"{fetch_state_words(fetch)}{how_far}"
    if state.missing:
        return QCoreApplication.translate("Codes", "{number} missing").format(number=number_words(state.missing))
    if state.pool is not None and not state.pool.order:
        return QCoreApplication.translate("Codes", "codes of a range")
    return QCoreApplication.translate("Codes", "for the work order")


def fetch_state_words(fetch: CodeFetch) -> str:
    """What is going on with a fetch."""
    translate = QCoreApplication.translate
    return {
        FetchState.RUNNING: translate("Codes", "fetching"),
        FetchState.PAUSED: translate("Codes", "paused"),
        FetchState.DONE: translate("Codes", "done"),
        FetchState.CANCELLED: translate("Codes", "cancelled"),
    }[fetch.state]


def done_words(done: int, total: int) -> str:
    """``963 of 1,000``."""
    line = QCoreApplication.translate("Codes", "{done} of {total}")
    return line.format(done=number_words(done), total=number_words(total))


def row_of_fetch(fetch: CodeFetch, *, chosen: bool) -> RowWords:
    """One of several fetches that are not finished."""
    return RowWords(
        key=str(fetch.number),
        icon=FETCH_ICONS[fetch.state],
        colour=mark_colour(FETCH_TONES[fetch.state]),
        title=f"{_numbered(fetch)} · {fetch_state_words(fetch)}",
        state=f"{fetch.name} · {fetch_size_words(fetch)}",
        line="",
        chip="" if chosen else QCoreApplication.translate("Codes", "show"),
        chosen=chosen,
    )


def fetch_title(fetch: CodeFetch) -> str:
    """With its number, by which the command line knows it too."""
    return f"{_numbered(fetch)} · {fetch.name}"


def _numbered(fetch: CodeFetch) -> str:
    return QCoreApplication.translate("Codes", "Fetch {number}").format(number=fetch.number)


def fetch_size_words(fetch: CodeFetch) -> str:
    """How many devices it is for."""
    return QCoreApplication.translate("Codes", "Devices: {number}").format(number=number_words(fetch.total))


def file_name(path: str) -> str:
    """Without its folders, whichever way they are written."""
    return re.split(r"[/\\]", path)[-1] or path


def range_cells(gap: IdentityRange) -> tuple[str, str]:
    """A gap as it is read: both ends, and how many; of a MAC's second end only the half that changes."""
    first, last = gap.first.readable, gap.last.readable
    if len(gap) == 1:
        return first, "1"
    half = len(last) // 2
    short = last[half + 1 :] if last[:half] == first[:half] and last[half] == ":" else last
    return f"{first} … {short}", number_words(len(gap))


def zip_cells(came: CodeZip, codes: int) -> tuple[str, str, str]:
    """When a zip came, what it is called, and how many codes it brought."""
    task = came.task or QCoreApplication.translate("Codes", "by hand")
    number = number_words(codes)
    if came.source is CodeSource.SANDBOX:
        # Beside the number it is never cut, as it would be beside the file's name.
        number = f"{number}  TEST"
    return when_words(came.at, datetime.now(UTC)), f"{file_name(came.file)}  ({task})", number


def trial_words(what: Said, *, sandbox: bool) -> Said:
    """Of a code that ledger or pool know for a sandbox's, or whose label carries TEST: never good, whatever it says."""
    translate = QCoreApplication.translate
    if not sandbox:
        do = translate("Codes", "Its label carries TEST: it is for trying out, and for no customer.")
        tone, icon = (what.tone, what.icon) if what.tone is Tone.STOP else (Tone.ATTENTION, "attention")
        return replace(what, tone=tone, icon=icon, do=do)
    words = translate("Codes", "TEST: a sandbox issued this code. The App binds nothing with it.")
    return Said(Tone.ATTENTION, "attention", words, translate("Codes", "Its label is for trying out only."))


def reading_words(reading: AppReading) -> Said:
    """What the owner's App would make of a code."""
    translate = QCoreApplication.translate
    match reading.binds:
        case AppBinds.BY_CONTENT:
            what = translate("Codes", "The App binds by this content, if the Gizwits service issued it.")
            do = translate("Codes", "Nobody can see that from outside: prove it by binding.")
            return Said(Tone.CALM, "scan", what, do)
        case AppBinds.BY_LINK:
            return _link_words(reading)
        case AppBinds.OWN_APP:
            what = translate("Codes", "The Gizwits App makes nothing of it: this product's own App reads it.")
            return Said(Tone.CALM, "scan", what)
        case AppBinds.SHARE:
            what = translate("Codes", "A sharing invitation: the App takes over somebody's device, and binds none.")
            return Said(Tone.STOP, "wrong", what, translate("Codes", "No label may say this."))
        case _:
            what = translate("Codes", "The App binds nothing with it.")
            return Said(Tone.STOP, "wrong", what, translate("Codes", "A label that says this is of no use."))


def _link_words(reading: AppReading) -> Said:
    translate = QCoreApplication.translate
    if reading.parts_missing:
        what = translate("Codes", "A binding link that lacks its {parts}: the App cannot bind by it.")
        return Said(Tone.STOP, "wrong", what.format(parts=", ".join(reading.parts_missing)))
    if reading.other_product:
        what = translate("Codes", "The App binds by this link, but a device of another product.")
        return Said(Tone.STOP, "wrong", what, translate("Codes", "It is no label of this station's product."))
    return Said(Tone.GOOD, "check", translate("Codes", "The App binds by this link: did and passcode are in it."))
