"""Reprinting at QA's desk: one label takes the place of another, said why and by whom, and never two are good."""

from dataclasses import replace

import pytest

from gizqr_station.domain.correction_failures import (
    CodeNoGood,
    LargeCodeNext,
    NothingToReplace,
    NothingToSettle,
    NotTheNewest,
    NotVoidable,
    OrderIsClosed,
    RemarkMissing,
    RemarkTooLong,
    ReplacedButNotPrinted,
    SecondPersonDue,
    SettleFirst,
    SmallCodeNext,
)
from gizqr_station.domain.corrections import ReprintReason, ReprintRules, ReprintStanding, SecondPerson
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import JobDraft, JobState, PrintJob, PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.label_failures import ReadBackDiffers
from gizqr_station.domain.ledger_failures import DiskFull
from gizqr_station.domain.line_failures import WrongLabel
from gizqr_station.domain.people import Badge, Permission
from gizqr_station.domain.people_failures import BadgeUnknown, NotAllowed, SelfApproval
from gizqr_station.domain.pool_failures import SecretInCode
from gizqr_station.domain.printer_failures import CoverOpen, PrinterConnectionLost, PrinterUnreachable
from gizqr_station.domain.secret_texts import Secrets
from gizqr_station.domain.shared_ledger_failures import OutcomeInDoubt
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.workflows.corrections import CorrectionParts, Corrections
from gizqr_station.workflows.ports import PrintReport
from gizqr_station.workflows.record_happenings import LabelAwaited
from tests.fake_bench import MAC, OTHER_MAC, FakePrinter, content_of
from tests.fake_duty import FakeDuty
from tests.workflows.correction_bench import CorrectionBench

ZHANG = Badge("Zhang Min")


def nothing_changed(desk: CorrectionBench, jobs: list[PrintJob], printed: int) -> bool:
    return list(desk.ledger.all_jobs()) == jobs and len(desk.printer.printed) == printed


def test_a_replacement_says_the_same_and_carries_its_mark_its_serial_and_why() -> None:
    desk = CorrectionBench()
    old = desk.labelled()
    asked = len(desk.fakes.codes.asked)
    made = desk.reprint(old, ReprintReason.OTHER, "  torn by the gripper ")
    draft = made.job.draft
    assert (draft.content, draft.identity, draft.code_source) == (old.draft.content, MAC, old.draft.code_source)
    assert (draft.replaces, draft.reason, draft.allowed_by) == ("L-000001", "other: torn by the gripper", "")
    assert (draft.label_serial, draft.revision, made.job.mark) == ("L-000002", 1, "R1")
    assert (draft.operator, draft.station, draft.scan_back_due) == ("Li Wei", "bench-1", True)
    drawn = desk.fakes.painter.painted[-1]
    assert (drawn.mark, drawn.label_serial, drawn.serial_code) == ("R1", "L-000002", True)
    assert (desk.stands(old), made.job.state, made.failure) == (JobState.VOIDED, JobState.SENT, None)
    assert desk.ledger.history(old.id)[-1].evidence == "other: torn by the gripper"
    assert desk.printer.printed[-1][1].digest == draft.image_digest
    # The service is not asked for a code that is known.
    assert len(desk.fakes.codes.asked) == asked


def test_between_the_old_label_and_the_new_one_it_takes_three_actions() -> None:
    desk = CorrectionBench(small_codes=False)
    job = desk.labelled()
    actions = 0

    def act() -> None:
        nonlocal actions
        actions += 1

    act()
    unit = desk.desk.scanned(content_of(MAC)).job
    act()
    made = desk.reprint(unit)
    act()
    assert desk.desk.scanned(made.job.draft.content).verified
    assert (actions, desk.stands(job), desk.stands(made.job)) == (3, JobState.VOIDED, JobState.VERIFIED)


def test_a_replacement_is_told_as_awaited_and_both_its_codes_are_due() -> None:
    desk = CorrectionBench()
    made = desk.reprint(desk.labelled())
    (awaited,) = [told for told in desk.told if isinstance(told, LabelAwaited)]
    assert (awaited.job, awaited.replaced.draft.label_serial, awaited.serial_too) == (made.job, "L-000001", True)


@pytest.mark.parametrize("small_first", [True, False])
def test_a_replacement_is_verified_by_both_of_its_codes_in_any_order(small_first: bool) -> None:
    desk = CorrectionBench()
    new = desk.reprint(desk.labelled()).job
    codes = [new.draft.label_serial, new.draft.content]
    first, second = codes if small_first else codes[::-1]
    with pytest.raises(LargeCodeNext if small_first else SmallCodeNext):
        desk.desk.scanned(first)
    with pytest.raises(LargeCodeNext if small_first else SmallCodeNext):
        desk.desk.scanned(first)
    assert desk.stands(new) is JobState.SENT
    assert desk.desk.scanned(second).verified
    assert (desk.stands(new), desk.ledger.history(new.id)[-1].evidence) == (
        JobState.VERIFIED,
        "scanned back, both codes",
    )
    assert desk.desk.awaited is None


def test_while_a_replacement_is_awaited_another_devices_label_is_a_wrong_one() -> None:
    desk = CorrectionBench()
    old, other = desk.labelled(), desk.labelled(OTHER_MAC)
    new = desk.reprint(old).job
    with pytest.raises(WrongLabel):
        desk.desk.scanned(content_of(OTHER_MAC))
    with pytest.raises(WrongLabel):
        desk.desk.scanned(other.draft.label_serial)
    assert desk.ledger.history(new.id)[-1].evidence == f"wrong label scanned: {OTHER_MAC.readable}"
    desk.desk.give_up_waiting()
    assert desk.desk.scanned(content_of(OTHER_MAC)).job == other
    assert desk.stands(new) is JobState.SENT


def test_a_replacement_that_a_line_has_found_is_not_awaited_any_more() -> None:
    desk = CorrectionBench()
    new = desk.reprint(desk.labelled()).job
    found = desk.ledger.move(new, JobState.VERIFIED, who="Li Wei")
    scan = desk.desk.scanned(new.draft.label_serial)
    assert (scan.job, scan.verified, scan.alarm) == (found, False, None)


# reasons, remarks


def test_another_reason_needs_a_remark() -> None:
    desk = CorrectionBench()
    old = desk.labelled()
    for remark in ("", " \t "):
        with pytest.raises(RemarkMissing):
            desk.reprint(old, ReprintReason.OTHER, remark)
        with pytest.raises(RemarkMissing):
            desk_of(desk, "Zhang Min").void(old.id, ReprintReason.OTHER, remark)
    assert nothing_changed(desk, [old], 1)


def desk_of(desk: CorrectionBench, name: str) -> Corrections:
    """The same desk with somebody else on duty."""
    desk.duty.name = name
    return desk.desk


def test_a_remark_is_a_line_and_not_a_page() -> None:
    desk = CorrectionBench()
    old = desk.labelled()
    with pytest.raises(RemarkTooLong) as refused:
        desk.reprint(old, remark="x" * 201)
    assert (refused.value.characters, refused.value.most) == (201, 200)
    assert nothing_changed(desk, [old], 1)


def test_a_remark_with_a_secret_is_written_nowhere() -> None:
    desk = CorrectionBench()
    old = desk.labelled()
    bench = replace(desk.bench, secrets=Secrets(frozenset({"hunter2hunter2"})))
    parts = CorrectionParts(bench, ReprintRules(), desk.printers.__getitem__, lambda _: False)
    with pytest.raises(SecretInCode):
        Corrections(parts, desk.told.append).reprint(old.id, ReprintReason.LOST, "with hunter2hunter2", None, Stop())
    assert nothing_changed(desk, [old], 1)


# what cannot be replaced


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (PrintOutcome.ACCEPTED, JobState.SENT),
        (PrintOutcome.CONFIRMED, JobState.PRINTED),
        (PrintOutcome.UNKNOWN, JobState.UNKNOWN),
    ],
)
def test_a_label_that_nobody_has_found_is_settled_first(outcome: PrintOutcome, state: JobState) -> None:
    desk = CorrectionBench()
    desk.printer.reports.append(
        PrintReport(outcome, 10, PrinterConnectionLost("p", 10, 100) if state is JobState.UNKNOWN else None)
    )
    old = desk.labelled(state=state)
    with pytest.raises(SettleFirst) as refused:
        desk.reprint(old)
    assert refused.value.state == state.value
    assert nothing_changed(desk, [old], 1)


def test_a_label_that_is_only_intended_is_settled_first() -> None:
    desk = CorrectionBench()
    old = desk.labelled()
    desk.ledger.move(old, JobState.VOIDED, who="QA")
    draft = replace(old.draft, label_serial=desk.ledger.next_label_serial(), revision=1)
    intended = desk.ledger.open(draft, desk.printer.printed[0][1])
    with pytest.raises(SettleFirst):
        desk.reprint(intended)
    assert len(desk.printer.printed) == 1


def test_only_the_newest_label_of_a_device_is_replaced() -> None:
    desk = CorrectionBench()
    old = desk.labelled()
    new = desk.replaced(old)
    with pytest.raises(NotTheNewest) as refused:
        desk.reprint(old)
    assert (refused.value.label_serial, refused.value.newest) == ("L-000001", new.draft.label_serial)
    assert len(desk.printer.printed) == 2


def test_a_device_whose_label_never_came_out_has_nothing_to_replace() -> None:
    desk = CorrectionBench()
    desk.printer.reports.append(PrintReport(PrintOutcome.REFUSED, 0, CoverOpen("p")))
    failed = desk.labelled(state=JobState.FAILED)
    with pytest.raises(NothingToReplace):
        desk.reprint(failed)
    assert desk.printer.printed == []


def test_a_code_that_was_proved_to_be_no_good_goes_on_no_replacement() -> None:
    desk = CorrectionBench()
    old = desk.labelled()
    desk.fakes.codes.refused.add(old.draft.content)
    with pytest.raises(CodeNoGood):
        desk.reprint(old)
    assert nothing_changed(desk, [old], 1)


def test_a_label_of_a_closed_order_is_replaced_but_not_taken_back() -> None:
    desk = CorrectionBench()
    desk.bench = replace(desk.bench, allowance=replace(desk.bench.allowance, order="WO-1"))
    old = desk.labelled()
    desk.closed_orders.add("WO-1")
    with pytest.raises(OrderIsClosed):
        desk_of(desk, "Zhang Min").void(old.id, ReprintReason.LOST)
    assert nothing_changed(desk, [old], 1)
    new = desk.replaced(old)
    assert (new.state, new.draft.work_order, desk.stands(old)) == (JobState.VERIFIED, "WO-1", JobState.VOIDED)


def test_dots_that_do_not_read_back_void_nothing() -> None:
    desk = CorrectionBench()
    old = desk.labelled()
    desk.fakes.read_back.failure = ReadBackDiffers("a", "b")
    with pytest.raises(ReadBackDiffers):
        desk.reprint(old)
    assert nothing_changed(desk, [old], 1)


def test_a_small_code_that_does_not_read_back_voids_nothing() -> None:
    desk = CorrectionBench()
    old = desk.labelled()
    desk.fakes.painter.small_codes = ForgetfulCodes()
    with pytest.raises(ReadBackDiffers):
        desk.reprint(old)
    assert nothing_changed(desk, [old], 1)


class ForgetfulCodes(dict[str, str]):
    """As if the small code could not be read."""

    def get(self, key: str, default: str = "") -> str:  # type: ignore[override]
        return default


@pytest.mark.parametrize("off", [CoverOpen("fake printer"), PrinterUnreachable("fake printer", "x")])
def test_a_printer_that_is_not_ready_voids_nothing(off: Failure) -> None:
    desk = CorrectionBench()
    old = desk.labelled()
    desk.printer.off = off
    with pytest.raises(type(off)):
        desk.reprint(old)
    assert nothing_changed(desk, [old], 1)


def test_a_station_that_ends_meanwhile_voids_nothing() -> None:
    desk = CorrectionBench()
    old = desk.labelled()
    stop = Stop()
    stop.set()
    with pytest.raises(Stopped):
        desk.desk.reprint(old.id, ReprintReason.LOST, "", None, stop)
    assert nothing_changed(desk, [old], 1)


# how the printing ends


def test_a_printer_that_takes_nothing_leaves_the_device_without_a_label_and_free() -> None:
    desk = CorrectionBench()
    old = desk.labelled()
    desk.printer.reports.append(PrintReport(PrintOutcome.REFUSED, 0, CoverOpen("fake printer")))
    with pytest.raises(ReplacedButNotPrinted) as refused:
        desk.reprint(old)
    assert (refused.value.label_serial, refused.value.cause) == ("L-000001", CoverOpen.code)
    failed = desk.ledger.labels_of(old.draft.product_key, MAC)[0]
    assert (desk.stands(old), failed.state, desk.desk.awaited) == (JobState.VOIDED, JobState.FAILED, None)
    for asked in (old, failed):
        assert desk.desk.standing(asked) == ReprintStanding(made=0, limit=2, needs_second=False)
    again = desk.reprint(failed).job
    assert (again.draft.replaces, again.draft.revision, again.mark) == ("L-000001", 1, "R1")
    assert len(desk.printer.printed) == 2


def test_a_replacement_that_may_have_come_out_is_settled_and_not_printed_again() -> None:
    desk = CorrectionBench()
    old = desk.labelled()
    desk.printer.reports.append(PrintReport(PrintOutcome.UNKNOWN, 10, PrinterConnectionLost("fake printer", 10, 100)))
    made = desk.reprint(old)
    assert (made.job.state, made.failure is not None) == (JobState.UNKNOWN, True)
    with pytest.raises(SettleFirst):
        desk.reprint(made.job)
    voided = desk.desk.no_usable_label(made.job.id)
    assert (voided.state, desk.ledger.history(made.job.id)[-1].evidence) == (
        JobState.VOIDED,
        "no usable label came out",
    )
    again = desk.reprint(voided).job
    assert (again.mark, again.draft.replaces) == ("R2", made.job.draft.label_serial)


class UnwritableAtSent:
    """A ledger whose disk is full as soon as a label is to be sent."""

    def __init__(self, desk: CorrectionBench, also_failing: bool) -> None:
        self.ledger, self.move, self.full = desk.ledger, desk.ledger.move, True
        self.also_failing = also_failing

    def __call__(self, job: PrintJob, state: JobState, **known: object) -> PrintJob:
        refused = {JobState.SENT, JobState.FAILED} if self.also_failing else {JobState.SENT}
        if self.full and state in refused:
            raise DiskFull("ledger")
        return self.move(job, state, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize("also_failing", [False, True])
def test_what_the_ledger_cannot_mark_as_sent_is_not_printed_and_frees_its_device(
    monkeypatch: pytest.MonkeyPatch, also_failing: bool
) -> None:
    desk = CorrectionBench()
    old = desk.labelled()
    broken = UnwritableAtSent(desk, also_failing)
    monkeypatch.setattr(desk.ledger, "move", broken)
    with pytest.raises(ReplacedButNotPrinted):
        desk.reprint(old)
    new = desk.ledger.labels_of(old.draft.product_key, MAC)[0]
    assert new.state is (JobState.INTENDED if also_failing else JobState.FAILED)
    broken.full = False
    again = desk.reprint(old).job
    assert (desk.stands(new), again.state, again.mark) == (JobState.FAILED, JobState.SENT, "R1")
    assert len(desk.printer.printed) == 2


def test_the_label_goes_to_the_printer_of_the_old_one_unless_another_is_named() -> None:
    other = FakePrinter(name="desk printer", dpi=300)
    desk = CorrectionBench(printers={"desk printer": other})
    old = desk.labelled()
    new = desk.replaced(old)
    assert (new.draft.printer, len(desk.printer.printed)) == ("fake printer", 2)
    made = desk.desk.reprint(new.id, ReprintReason.LOST, "", None, Stop(), printer="desk printer")
    assert (made.job.draft.printer, made.job.draft.dpi, len(other.printed)) == ("desk printer", 300, 1)


def test_where_the_old_printer_is_not_set_up_the_lines_own_takes_the_label() -> None:
    desk = CorrectionBench()
    old = desk.labelled()
    elsewhere = replace(old, draft=replace(old.draft, printer="printer of bench 7"))
    desk.ledger.kept.jobs[old.id] = elsewhere
    assert desk.reprint(elsewhere).job.draft.printer == "fake printer"


# limits and the second person


def test_up_to_the_limit_one_person_is_enough_and_then_two_are_needed() -> None:
    desk = CorrectionBench()
    first = desk.labelled()
    assert desk.desk.standing(first) == ReprintStanding(0, 2, needs_second=False)
    second = desk.replaced(first)
    assert desk.desk.standing(second) == ReprintStanding(1, 2, needs_second=False)
    third = desk.replaced(second)
    assert desk.desk.standing(third) == ReprintStanding(2, 2, needs_second=True)
    with pytest.raises(SecondPersonDue) as refused:
        desk.reprint(third)
    assert (refused.value.made, refused.value.limit, desk.stands(third)) == (2, 2, JobState.VERIFIED)
    fourth = desk.replaced(third, second=ZHANG)
    assert (fourth.mark, fourth.draft.operator, fourth.draft.allowed_by) == ("R3", "Li Wei", "Zhang Min")


@pytest.mark.parametrize("rules", [ReprintRules(limit=0), ReprintRules(second_person=SecondPerson.ALWAYS)])
def test_a_station_may_ask_for_two_people_each_time(rules: ReprintRules) -> None:
    desk = CorrectionBench(rules=rules)
    old = desk.labelled()
    assert desk.desk.standing(old).needs_second
    with pytest.raises(SecondPersonDue):
        desk.reprint(old)
    assert desk.reprint(old, second=ZHANG).job.draft.allowed_by == "Zhang Min"


def test_saying_that_none_came_out_does_not_start_the_count_anew() -> None:
    desk = CorrectionBench(rules=ReprintRules(limit=1))
    new = desk.reprint(desk.labelled()).job
    voided = desk.desk.no_usable_label(new.id)
    assert desk.desk.standing(voided) == ReprintStanding(1, 1, needs_second=True)
    with pytest.raises(SecondPersonDue):
        desk.reprint(voided)


@pytest.mark.parametrize("name", ["Zhang Min", "ZHANG min"])
def test_nobody_is_their_own_second_person_under_any_spelling(name: str) -> None:
    desk = CorrectionBench(FakeDuty(name="Zhang Min"), ReprintRules(limit=0))
    desk.duty.roles["ZHANG min"] = desk.duty.roles["Zhang Min"]
    old = desk.labelled()
    with pytest.raises(SelfApproval):
        desk.reprint(old, second=Badge(name))
    assert nothing_changed(desk, [old], 1)


@pytest.mark.parametrize(("badge", "why"), [("Chen Jun", BadgeUnknown), ("Li Na", NotAllowed)])
def test_a_second_person_who_may_not_allow_it_changes_nothing(badge: str, why: type[Failure]) -> None:
    desk = CorrectionBench(rules=ReprintRules(limit=0))
    desk.duty.roles["Li Na"] = desk.duty.roles["Li Wei"]
    old = desk.labelled()
    with pytest.raises(why):
        desk.reprint(old, second=Badge(badge))
    assert nothing_changed(desk, [old], 1)
    assert desk.duty.asked[1] == ("Li Wei", Permission.REPRINT, "L-000001")


def test_a_second_person_who_was_not_needed_is_asked_and_written_down_all_the_same() -> None:
    desk = CorrectionBench()
    old = desk.labelled()
    with pytest.raises(BadgeUnknown):
        desk.reprint(old, second=Badge("Chen Jun"))
    assert desk.reprint(old, second=ZHANG).job.draft.allowed_by == "Zhang Min"


# void and settle


def test_an_operator_voids_nothing() -> None:
    desk = CorrectionBench()
    old = desk.labelled()
    with pytest.raises(NotAllowed):
        desk.desk.void(old.id, ReprintReason.LOST)
    assert nothing_changed(desk, [old], 1)


@pytest.mark.parametrize("state", [JobState.SENT, JobState.PRINTED, JobState.UNKNOWN, JobState.VERIFIED])
def test_qa_takes_a_label_back_and_says_why(state: JobState) -> None:
    desk = CorrectionBench(FakeDuty(name="Zhang Min"))
    job = desk.labelled(state=state)
    voided = desk.desk.void(job.id, ReprintReason.WRONG_PLACE, "on the lid")
    last = desk.ledger.history(job.id)[-1]
    assert (voided.state, last.who, last.evidence) == (JobState.VOIDED, "Zhang Min", "wrong_place: on the lid")
    with pytest.raises(NotVoidable):
        desk.desk.void(job.id, ReprintReason.WRONG_PLACE)


def test_a_device_whose_label_was_taken_back_gets_another_one_at_the_desk_or_at_a_line() -> None:
    desk = CorrectionBench(FakeDuty(name="Zhang Min"))
    voided = desk.desk.void(desk.labelled().id, ReprintReason.REWORK)
    assert desk.reprint(voided).job.draft.replaces == "L-000001"
    desk.desk.void(desk.labelled(OTHER_MAC).id, ReprintReason.REWORK, "new housing")
    again = desk.labelled(OTHER_MAC, JobState.SENT)
    assert (again.mark, again.draft.replaces, again.draft.reason) == ("R1", "L-000003", "rework: new housing")


def test_a_line_says_that_the_printer_failed_where_no_usable_label_came_out() -> None:
    desk = CorrectionBench()
    desk.desk.no_usable_label(desk.labelled(state=JobState.SENT).id)
    again = desk.labelled(state=JobState.SENT)
    assert (again.draft.replaces, again.draft.reason, again.draft.allowed_by) == ("L-000001", "printer_fault", "")


def test_what_is_known_already_is_not_settled() -> None:
    desk = CorrectionBench()
    job = desk.labelled()
    with pytest.raises(NothingToSettle):
        desk.desk.no_usable_label(job.id)
    with pytest.raises(NothingToSettle):
        desk.desk.found("L-000001", content_of(MAC))
    assert desk.stands(job) is JobState.VERIFIED


def test_a_label_in_doubt_is_found_by_scanning_it() -> None:
    desk = CorrectionBench()
    job = desk.labelled(state=JobState.UNKNOWN)
    scan = desk.desk.scanned(content_of(MAC))
    assert (scan.job.id, scan.verified, desk.stands(job)) == (job.id, True, JobState.VERIFIED)
    assert desk.duty.asked[-1] == ("Li Wei", Permission.SETTLE, "L-000001")


def test_a_label_that_is_named_by_serial_and_content_is_found() -> None:
    desk = CorrectionBench()
    new = desk.reprint(desk.labelled()).job
    other = desk.labelled(OTHER_MAC)
    with pytest.raises(WrongLabel):
        desk.desk.found(new.draft.label_serial, other.draft.content)
    assert desk.stands(new) is JobState.SENT
    assert desk.desk.found(new.draft.label_serial, new.draft.content).state is JobState.VERIFIED


def test_what_nobody_may_do_is_not_done() -> None:
    desk = CorrectionBench()
    job = desk.labelled(state=JobState.SENT)

    def refuse(permission: Permission, about: str = "") -> str:
        raise NotAllowed("Li Wei", permission.value)

    desk.duty.require = refuse  # type: ignore[method-assign]
    for attempt in (
        lambda: desk.reprint(job),
        lambda: desk.desk.void(job.id, ReprintReason.LOST),
        lambda: desk.desk.no_usable_label(job.id),
        lambda: desk.desk.found("L-000001", content_of(MAC)),
        lambda: desk.desk.scanned(content_of(MAC)),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert nothing_changed(desk, [job], 1)


# a COMMIT that nobody answered


def unanswered(desk: CorrectionBench, *, written: bool) -> None:
    """The next exchange of labels ends so that nobody knows whether it was written."""
    real = desk.ledger.replace

    def lost(
        old: PrintJob, draft: JobDraft, image: LabelImage, *, who: str, evidence: str, at_most: int | None = None
    ) -> tuple[PrintJob, PrintJob]:
        if written:
            real(old, draft, image, who=who, evidence=evidence, at_most=at_most)
        del desk.ledger.replace
        raise OutcomeInDoubt("postgresql://db/gizqr", draft.label_serial)

    desk.ledger.replace = lost  # type: ignore[method-assign]


@pytest.mark.parametrize("written", [True, False])
def test_a_replacement_in_doubt_is_looked_for_first_and_the_next_one_goes_on(written: bool) -> None:
    desk = CorrectionBench()
    old = desk.labelled()
    unanswered(desk, written=written)
    with pytest.raises(OutcomeInDoubt):
        desk.reprint(old)
    assert len(desk.printer.printed) == 1
    made = desk.reprint(old)
    assert (made.job.state, made.job.mark, len(desk.printer.printed)) == (JobState.SENT, "R1", 2)
    lost = desk.ledger.with_serial("L-000002")
    assert lost is None or lost.state is JobState.FAILED
    assert (lost is not None) is written
    if lost is not None:
        assert desk.ledger.history(lost.id)[-1].evidence == "never sent: the ledger was away"


@pytest.mark.parametrize("settles", [True, False], ids=["settle", "void"])
def test_nothing_else_is_decided_before_a_replacement_in_doubt_is_looked_for(settles: bool) -> None:
    desk = CorrectionBench()
    old, other = desk.labelled(), desk.labelled(OTHER_MAC, JobState.SENT)
    unanswered(desk, written=True)
    with pytest.raises(OutcomeInDoubt):
        desk.reprint(old)
    if settles:
        desk.desk.no_usable_label(other.id)
    else:
        with pytest.raises(NotVoidable):
            desk_of(desk, "Zhang Min").void(old.id, ReprintReason.LOST)
    assert [job.state for job in desk.ledger.labels_of(old.draft.product_key, MAC)] == [
        JobState.FAILED,
        JobState.VOIDED,
    ]


def test_while_the_ledger_is_away_a_replacement_stays_in_doubt() -> None:
    desk = CorrectionBench()
    old = desk.labelled()
    unanswered(desk, written=True)
    with pytest.raises(OutcomeInDoubt):
        desk.reprint(old)
    desk.ledger.failing = DiskFull("/l")
    with pytest.raises(DiskFull):
        desk.reprint(old)
    desk.ledger.failing = None
    assert desk.reprint(old).job.mark == "R1"
