"""How orders and shifts are worded on screen."""

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.work_order import OrderBalance, OrderProfile, OrderState, WorkOrder
from gizqr_station.gui.codes_words import number_words
from gizqr_station.gui.orders_state import OrdersState, changes
from gizqr_station.gui.printer_words import when_words
from gizqr_station.gui.row_list import RowWords
from gizqr_station.gui.status_panel import Said, mark_colour, said_of
from gizqr_station.gui.tokens import Tone
from gizqr_station.workflows.order_happenings import OrderDone, OrderStanding, OrderWork, ShiftSeen

SHIFT = "shift"
"""Key of the shift's row; no order's, for those have an ``o`` before their number."""
_TONES = {
    OrderState.PLANNED: Tone.CALM,
    OrderState.SIGNED: Tone.ACT,
    OrderState.RELEASED: Tone.CALM,
    OrderState.CLOSED: Tone.GOOD,
    OrderState.CANCELLED: Tone.CALM,
}
_ICONS = {
    OrderState.PLANNED: "question",
    OrderState.SIGNED: "attention",
    OrderState.RELEASED: "working",
    OrderState.CLOSED: "check",
    OrderState.CANCELLED: "stop",
}
_SHOWN_RANGES = 2


def state_words(state: OrderState) -> str:
    """Where an order stands."""
    translate = QCoreApplication.translate
    return {
        OrderState.PLANNED: translate("Orders", "planned, not signed"),
        OrderState.SIGNED: translate("Orders", "signed, first label not released"),
        OrderState.RELEASED: translate("Orders", "released"),
        OrderState.CLOSED: translate("Orders", "closed"),
        OrderState.CANCELLED: translate("Orders", "cancelled"),
    }[state]


def balance_words() -> tuple[str, str, str, str, str]:
    """Planned, and the four that every planned unit is in exactly one of."""
    translate = QCoreApplication.translate
    return (
        translate("Orders", "planned"),
        translate("Orders", "verified"),
        translate("Orders", "voided"),
        translate("Orders", "unknown"),
        translate("Orders", "remaining"),
    )


def profile_line(profile: OrderProfile) -> str:
    """What a changeover sets."""
    translate = QCoreApplication.translate
    parts = (
        profile.product_name,
        translate("Orders", "template {name}").format(name=profile.template),
        translate("Orders", "printer {name}").format(name=profile.printer or "—"),
    )
    return " · ".join(parts)


def units_line(profile: OrderProfile) -> str:
    """How many, and which."""
    translate = QCoreApplication.translate
    ranges = profile.identities
    which = ", ".join(str(each) for each in ranges[:_SHOWN_RANGES])
    if len(ranges) > _SHOWN_RANGES:
        which += " " + translate("Orders", "and {number} more ranges").format(number=len(ranges) - _SHOWN_RANGES)
    units = translate("Orders", "units: {number}").format(number=number_words(profile.quantity))
    any_device = translate("Orders", "any device of the product")
    return f"{units} · {which or any_device}"


def signatures_line(order: WorkOrder) -> str:
    """Who stands for it, and what for."""
    translate = QCoreApplication.translate
    said = [translate("Orders", "planned by {name}").format(name=order.made_by)]
    if order.signed_by:
        said.append(
            translate("Orders", "signed by {name}, digest {digest}").format(
                name=order.signed_by, digest=order.digest[:12]
            )
        )
    if order.released_by:
        said.append(translate("Orders", "released by {name}").format(name=order.released_by))
    if order.closed_by:
        said.append(translate("Orders", "closed by {name}").format(name=order.closed_by))
    return " · ".join(said)


def article_line(job: PrintJob) -> str:
    """The label that QA looks at."""
    line = QCoreApplication.translate("Orders", "First label {serial}: {identity}, made by {name} at {time}, verified.")
    return line.format(
        serial=job.draft.label_serial,
        identity=job.identity.readable,
        name=job.draft.operator,
        time=when_words(job.moved_at, datetime.now(UTC)),
    )


def changes_line(state: OrdersState) -> str:
    """What is another one after the changeover, and what stays."""
    translate = QCoreApplication.translate
    names = (translate("Orders", "product"), translate("Orders", "template"), translate("Orders", "printer"))
    said = []
    for name, (now, then) in zip(names, changes(state), strict=False):
        stays = translate("Orders", "{name} {now} stays").format(name=name, now=now or "—")
        said.append(stays if now == then else f"{name} {now or '—'} → {then or '—'}")
    return " · ".join(said)


def row_of_shift(seen: ShiftSeen | None, *, chosen: bool) -> RowWords:
    """The first row of the list."""
    translate = QCoreApplication.translate
    shift = None if seen is None else seen.shift
    doubt = 0 if seen is None else len(seen.in_doubt)
    since = translate("Orders", "no shift is open")
    if shift is not None:
        at = when_words(shift.opened_at, datetime.now(UTC))
        since = translate("Orders", "open since {time}, {name}").format(time=at, name=shift.opened_by)
    tone = Tone.ACT if doubt else Tone.CALM
    line = translate("Orders", "labels in doubt: {number}").format(number=doubt) if doubt else ""
    icon = "question" if doubt else "ledger"
    return RowWords(SHIFT, icon, mark_colour(tone), translate("Orders", "Shift"), since, line, chosen=chosen)


def row_of_order(standing: OrderStanding, in_hand: str, *, chosen: bool) -> RowWords:
    """One order in the list of them."""
    translate = QCoreApplication.translate
    order, balance = standing.order, standing.balance
    how_far = f"{number_words(balance.verified)} / {number_words(balance.planned)}"
    due = standing.first_article is not None
    return RowWords(
        key=f"o{order.number}",
        icon="badge" if due else _ICONS[order.state],
        colour=mark_colour(Tone.ACT if due else _TONES[order.state]),
        title=order.number,
        state=translate("Orders", "first label waits for QA") if due else state_words(order.state),
        line=f"{how_far} · {order.profile.product_name}",
        chip=translate("Orders", "in hand") if order.number == in_hand else "",
        chosen=chosen,
    )


def balance_line(balance: OrderBalance) -> str:
    """The five numbers as they are read aloud."""
    numbers = (balance.planned, balance.verified, balance.voided, balance.unknown, balance.remaining)
    return ", ".join(f"{word} {number_words(number)}" for word, number in zip(balance_words(), numbers, strict=True))


def saying(state: OrdersState, language: str) -> Said | None:
    """What became of the last request; None where there is nothing to say."""
    translate = QCoreApplication.translate
    if state.asked is not None:
        return Said(Tone.CALM, "working", translate("Orders", "Looking at it."))
    done = state.done
    if done is None:
        return None
    files = "\n".join(done.files)
    if done.failure is not None:
        said = said_of(done.failure, Tone.ATTENTION, translate("Orders", "Who can mend it: {owner}"), language)
        return said if not files else Said(said.tone, said.icon, said.what, f"{said.do}\n{files}", said.quiet)
    return Said(Tone.GOOD, "check", _done_words(done), files)


def _done_words(done: OrderDone) -> str:
    translate = QCoreApplication.translate
    words = {
        OrderWork.PLAN: translate("Orders", "{number} is planned; a lead signs it."),
        OrderWork.SIGN: translate("Orders", "{number} is signed: its first label may be made."),
        OrderWork.RELEASE: translate("Orders", "{number} is released: the other labels may be made."),
        OrderWork.CLOSE: translate("Orders", "{number} is closed. Its report:"),
        OrderWork.CANCEL: translate("Orders", "{number} is cancelled."),
        OrderWork.REPORT: translate("Orders", "The report of {number} is written:"),
        OrderWork.OPEN_SHIFT: translate("Orders", "The shift is open."),
        OrderWork.CLOSE_SHIFT: translate("Orders", "The shift is closed. Its report:"),
    }
    if done.work is OrderWork.TAKE:
        taken = translate("Orders", "The station opens anew for {number}.")
        given_back = translate("Orders", "The station opens anew, for no order.")
        return taken.format(number=done.number) if done.number else given_back
    return words.get(done.work, "{number}").format(number=done.number)
