"""One device, from its identity to a label handed to the printer, every step recorded before it is taken."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from gizqr_station.domain.allowance import ANYTHING, Allowance
from gizqr_station.domain.code_failures import CodeIsIdentity, CodeMalformed, CodeNotUnique
from gizqr_station.domain.codes import CodeSource, IssuedCode
from gizqr_station.domain.corrections import ReprintRules, reason_text
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import JobDraft, PrintJob, label_mark
from gizqr_station.domain.label import LabelFields, LabelImage
from gizqr_station.domain.label_failures import ReadBackDiffers
from gizqr_station.domain.list_failures import OrderComplete
from gizqr_station.domain.people import Permission
from gizqr_station.domain.pool_failures import QuotaReached, SecretInCode
from gizqr_station.domain.product import Product, bindable, issued_here
from gizqr_station.domain.reading import DeviceReading
from gizqr_station.domain.scan_rules import PLAIN, ScanRules
from gizqr_station.domain.scans import ScanKind, sort_scan
from gizqr_station.domain.secret_texts import NO_SECRETS, Secrets
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.duty import NOBODY, Duty, NamedOperator
from gizqr_station.workflows.hand_over import HandedOver, hand_over, require_supplies
from gizqr_station.workflows.happenings import CodeFetched, JobChanged, LabelDrawn, Tell
from gizqr_station.workflows.line_printer import LinePrinter
from gizqr_station.workflows.order_ports import OrderGate
from gizqr_station.workflows.ports import Clock, CodeProvider, Ledger, Painter, Printer, ReadBack
from gizqr_station.workflows.replaced import what_it_replaces
from gizqr_station.workflows.reprint_rules import require_one_is_enough
from gizqr_station.workflows.serial_codes import CodesSeen, NoSerialCodes, SerialCodes

_ISSUED = {CodeSource.SERVICE, CodeSource.POOL}


@dataclass(frozen=True, slots=True)
class Bench:
    """What a unit is made with: the product, who stands here, and the parts."""

    product: Product
    station: str
    duty: Duty
    """Who works here."""
    demo: bool
    """Everything printed here carries TEST."""
    codes: CodeProvider
    painter: Painter
    read_back: ReadBack
    ledger: Ledger
    printer: Printer
    clock: Clock
    allowance: Allowance = ANYTHING
    """What may be labelled here."""
    scan_rules: ScanRules = PLAIN
    """How scans are sorted here."""
    secrets: Secrets = NO_SECRETS
    """What no label may show."""
    orders: OrderGate | None = None
    """The order book, where the ledger has one."""
    rules: ReprintRules = ReprintRules()  # noqa: RUF009 - frozen
    """How often a label may be replaced here by one person alone."""
    serial_codes: SerialCodes = NoSerialCodes()  # noqa: RUF009 - it holds nothing
    """The small code on labels that replace another one."""
    codes_seen: CodesSeen = field(default_factory=CodesSeen)
    """Of those labels: which of their two codes were scanned so far."""

    @property
    def operator(self) -> str:
        """What records say of who works here at this moment."""
        return self.duty.name or NOBODY


def provision(
    bench: Bench,
    reading: DeviceReading,
    stop: Stop,
    tell: Tell,
    *,
    still_there: Callable[[], None],
    scan_back_due: bool,
) -> HandedOver:
    """Code, label, read-back, intent, print: raises the Failure that kept any byte from going out.

    Who may not label here, and what may not be labelled, is refused before anything else is done. Whoever was on duty
    then is who made the label, even if somebody else takes over meanwhile. ``still_there`` is called last before the
    intent is written and raises if the device was swapped or unplugged.
    SecondPersonAtDesk where a replacement needs somebody else's word. An ended roll, a complete order and a quota that
    is used up are found before the service is asked, and looked for again when the label is ready: others print too.
    """
    bench = started_by(bench, bench.duty.require(Permission.LABEL))
    bench.allowance.require(reading.identity)
    bench = on_one_printer(bench)
    bench.ledger.require_unlabelled(bench.product.key, reading.identity)
    require_one_is_enough(bench.ledger, bench.rules, bench.product.key, reading.identity)
    require_room(bench)
    require_quota(bench, reading.identity)
    require_supplies(bench.ledger, bench.printer)
    code = code_for(bench, reading, stop)
    require_own(bench, code)
    tell(CodeFetched(code))
    draft, image = draw(bench, code, scan_back_due=scan_back_due)
    tell(LabelDrawn(image))
    require_supplies(bench.ledger, bench.printer)
    still_there()
    stop.check()
    # Other slots' labels may have gone out while this one waited for its turn.
    require_own(bench, code)
    if bench.ledger.revision_for(bench.product.key, reading.identity) != draft.revision:
        draft, image = draw(bench, code, scan_back_due=scan_back_due)
        tell(LabelDrawn(image))
    job = bench.ledger.open(
        draft,
        image,
        at_most=bench.allowance.quantity,
        quota=bench.allowance.quota,
        remark=bench.allowance.remark(draft.identity),
    )
    tell(JobChanged(job))
    return hand_over(bench.ledger, bench.printer, job, image, who=bench.operator, stop=stop, tell=tell)


def code_for(bench: Bench, reading: DeviceReading, stop: Stop) -> IssuedCode:
    """The code an earlier label of this identity carried, or else the provider's: a unit never has two codes.

    Only what the product's own service issued is carried on. A list or template is asked anew, for it may have been
    corrected, and so is the service where the earlier code did not bind, as its label or a proof of it says. Raises
    CodeNotUnique for an answer that is another device's.
    """
    before = bench.ledger.latest(bench.product.key, reading.identity)
    if before is not None:
        carried = carried_by(before)
        if bench.demo or (_binds_still(bench, carried) and not bench.codes.rejected(bench.product, carried)):
            return carried
    code = bench.codes.code_for(bench.product, reading.identity, stop)
    if code.identity != reading.identity:
        raise CodeNotUnique(reading.identity.readable, code.identity.readable)
    return code


def carried_by(job: PrintJob) -> IssuedCode:
    """The code that a label carries."""
    draft = job.draft
    return IssuedCode(
        draft.content,
        draft.identity,
        draft.code_source,
        job.opened_at,
        task=draft.code_task,
        service=draft.code_service,
    )


def _binds_still(bench: Bench, code: IssuedCode) -> bool:
    return code.source in _ISSUED and bindable(bench.product, code) and issued_here(bench.product, code)


def room_left(bench: Bench) -> int | None:
    """How many labels the order still takes; None without a limit. A quick look: opening the job is what decides."""
    quantity = bench.allowance.quantity
    if quantity is None:
        return None
    return max(0, quantity - bench.ledger.labels_of_order(bench.product.key, bench.allowance.order))


def require_room(bench: Bench) -> None:
    """Raise OrderComplete where the order has all its labels, OrderNotOpen or FirstArticleDue where it takes none."""
    if bench.orders is not None and bench.allowance.order:
        bench.orders.require_taking(bench.allowance.order)
    if room_left(bench) == 0:
        raise OrderComplete(bench.allowance.order, bench.allowance.quantity or 0)


def quota_left(bench: Bench) -> int | None:
    """How many more devices of the product may register, as far as is known here; None without a limit.

    A quick look: opening the job is what decides. Where everything carries TEST there is no limit.
    """
    quota = bench.allowance.quota
    if quota is None or bench.demo:
        return None
    return quota.left(bench.ledger.devices_labelled(bench.product.key))


def require_quota(bench: Bench, identity: Identity) -> None:
    """Raise QuotaReached where no further device may register; one that counts already gets its label all the same."""
    if quota_left(bench) == 0 and not bench.ledger.devices_among(bench.product.key, [identity]):
        raise quota_reached(bench, 1)


def quota_reached(bench: Bench, wanted: int) -> QuotaReached:
    """What whoever wants labels for so many new devices is told."""
    quota = bench.allowance.quota
    return QuotaReached(bench.product.name, 0 if quota is None else quota.registered, quota_left(bench) or 0, wanted)


def require_own(bench: Bench, code: IssuedCode) -> None:
    """Raise CodeIsIdentity, CodeMalformed or CodeNotUnique for a code whose scan-back would prove nothing.

    A content that begins as the station's own commands do is CodeMalformed too: scanned, it would be obeyed. So is one
    that looks like a badge or a label serial, or like a text that a wrongly set scanner has spoilt: scanned, it would
    be refused.
    """
    scan = sort_scan(code.content, bench.scan_rules.unread)
    if scan.what in {ScanKind.COMMAND, ScanKind.BADGE, ScanKind.LABEL_SERIAL, ScanKind.SPOILT}:
        raise CodeMalformed(code.identity.readable, code.content, scan.what.value)
    if scan.identity is not None or scan.refusal is not None:
        raise CodeIsIdentity(code.identity.readable)
    if scan.text != code.content:
        # Scanners drop blanks at the ends and control characters: such a label could never be verified.
        raise CodeMalformed(code.identity.readable, code.content, scan.kind.value)
    other = bench.ledger.with_content(code.content)
    if other is not None and other.identity != code.identity:
        raise CodeNotUnique(code.identity.readable, other.identity.readable)


def draw(bench: Bench, code: IssuedCode, *, scan_back_due: bool, label_serial: str = "") -> tuple[JobDraft, LabelImage]:
    """The label's dots, decoded again before anybody may print them, and everything the ledger will say of it.

    ``label_serial``: one that the ledger has given out already; else the next one. Raises SecretInCode for a label
    that would show a secret, before anything of it is drawn, and SecondPersonAtDesk as ``provision``.
    """
    product = bench.product
    test = bench.demo or not bindable(product, code)
    revision = bench.ledger.revision_for(product.key, code.identity)
    if revision:
        require_one_is_enough(bench.ledger, bench.rules, product.key, code.identity)
    serial = label_serial or bench.ledger.next_label_serial()
    fields = LabelFields(
        content=code.content,
        identity=code.identity.readable,
        product_name=product.name,
        label_serial=serial,
        mark=label_mark(test=test, revision=revision),
        serial_code=revision > 0 and bench.serial_codes.has_place(product.template),
    )
    replaced = what_it_replaces(bench.ledger, product.key, code.identity) if revision else None
    image = drawn(bench, product.template, code.identity, fields)
    draft = JobDraft(
        label_serial=serial,
        identity=code.identity,
        product_key=product.key,
        product_name=product.name,
        content=code.content,
        code_source=code.source,
        code_task=code.task,
        image_digest=image.digest,
        template=product.template,
        dpi=image.dpi,
        printer=bench.printer.name,
        station=bench.station,
        operator=bench.operator,
        revision=revision,
        test=test,
        # A replaced label is always scanned: the one before may still turn up.
        scan_back_due=scan_back_due or revision > 0,
        work_order=bench.allowance.order,
        code_service=code.service,
        replaces="" if replaced is None else replaced.of,
        reason="" if replaced is None else reason_text(replaced.reason, replaced.remark),
    )
    return draft, image


def drawn(bench: Bench, template: str, identity: Identity, fields: LabelFields) -> LabelImage:
    """The label's dots for the bench's printer, both codes decoded again; raises SecretInCode, ReadBackDiffers."""
    require_no_secret(bench.secrets, identity, fields)
    image = bench.painter.paint(template, bench.printer.dpi, fields)
    bench.read_back.require_content(image, fields.content)
    if fields.serial_code and (said := bench.serial_codes.said_by(image)) != fields.label_serial:
        raise ReadBackDiffers(fields.label_serial, said)
    return image


def require_no_secret(secrets: Secrets, identity: Identity | None, fields: LabelFields) -> None:
    """Raise SecretInCode if a secret stands in anything that a label says or that is kept of it."""
    texts = (fields.content, fields.product_name, fields.identity, fields.label_serial)
    if any(secrets.stands_in(text) for text in texts):
        raise SecretInCode("-" if identity is None else identity.readable)


def started_by(bench: Bench, who: str) -> Bench:
    """The bench for one piece of work that somebody has begun and was allowed: it stays theirs to its end."""
    return replace(bench, duty=NamedOperator(who))


def on_one_printer(bench: Bench) -> Bench:
    """The bench with the printer that is the line's now: another may be chosen before this unit's label is out."""
    if isinstance(bench.printer, LinePrinter):
        return replace(bench, printer=bench.printer.now())
    return bench
