"""After a label: what printers that lie, forget, close or fall silent get recorded as."""

import pytest

from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.printer_failures import LabelCountDiffers, MediaOut, PrinterConnectionLost, PrintUnconfirmed
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.dialogues.dialogue import Evidence, Proof
from gizqr_station.printing.dialogues.zpl import ZplDialogue
from gizqr_station.printing.links.link import Link
from gizqr_station.workflows.ports import PrintReport
from tests.printing.scripted_printer import SMALL, SMALL_ZPL, driver
from tests.printing.talking_printer import BreakOff, HangUp, Zebra, talking
from tests.printing.test_direct_printer_asked import QUICK, asked, asked_config, printed


def after(zebra: Zebra) -> PrintReport:
    with talking(zebra) as port:
        return printed(asked(port))


def test_one_label_counted_is_confirmed() -> None:
    report = after(Zebra())
    assert report == PrintReport(PrintOutcome.CONFIRMED, len(SMALL_ZPL))


def test_two_labels_counted_are_not() -> None:
    zebra = Zebra()

    def twice(printer: Zebra) -> None:
        printer.print_one()
        printer.print_one()

    zebra.on_label = twice
    report = after(zebra)
    assert report.outcome is PrintOutcome.UNKNOWN
    assert isinstance(report.failure, LabelCountDiffers)
    assert report.failure.counted == 2


def test_a_label_that_was_swallowed_is_not_confirmed() -> None:
    zebra = Zebra()
    zebra.on_label = lambda _: None
    report = after(zebra)
    assert report.outcome is PrintOutcome.UNKNOWN
    assert isinstance(report.failure, PrintUnconfirmed)
    assert report.failure.seconds == 0.8


def test_a_printer_that_does_not_count_can_only_have_accepted() -> None:
    zebra = Zebra()
    zebra.count = None
    assert after(zebra) == PrintReport(PrintOutcome.ACCEPTED, len(SMALL_ZPL))


def test_labels_that_end_with_this_one_leave_it_unknown() -> None:
    zebra = Zebra()

    def last(printer: Zebra) -> None:
        printer.print_one()
        printer.paper_out = 1

    zebra.on_label = last
    report = after(zebra)
    assert (report.outcome, type(report.failure)) == (PrintOutcome.UNKNOWN, MediaOut)
    assert report.bytes_sent == len(SMALL_ZPL)


def test_a_printer_that_falls_silent_with_the_label_leaves_it_unknown() -> None:
    zebra = Zebra()

    def silent(printer: Zebra) -> None:
        printer.silent = True

    zebra.on_label = silent
    report = after(zebra)
    assert (report.outcome, type(report.failure)) == (PrintOutcome.UNKNOWN, PrintUnconfirmed)


def test_one_that_answers_only_another_connection_is_asked_over_another() -> None:
    zebra = Zebra()

    def deaf(printer: Zebra) -> None:
        printer.print_one()
        printer.silent = True

    class TwoFaced(Zebra):
        def connected(self) -> None:
            super().connected()
            self.silent = False

    zebra = TwoFaced()
    zebra.on_label = deaf
    assert after(zebra).outcome is PrintOutcome.CONFIRMED
    assert zebra.connections == 2


def test_one_that_closes_behind_each_label_is_asked_over_another_connection() -> None:
    zebra = Zebra()

    def close(printer: Zebra) -> None:
        printer.print_one()
        raise HangUp

    zebra.on_label = close
    assert after(zebra).outcome is PrintOutcome.CONFIRMED
    assert zebra.connections == 2


def test_one_that_closes_behind_each_label_and_does_not_count_has_accepted() -> None:
    zebra = Zebra()
    zebra.count = None

    def close(_: Zebra) -> None:
        raise HangUp

    zebra.on_label = close
    assert after(zebra).outcome is PrintOutcome.ACCEPTED


def test_one_that_closes_behind_each_answer_gets_the_label_over_a_connection_of_its_own() -> None:
    class OneAnswer(Zebra):
        def hear(self, data: bytes) -> bytes:
            said = super().hear(data)
            if said:
                raise HangUp(said)
            return said

    zebra = OneAnswer()
    zebra.count = None
    with talking(zebra) as port:
        printer = asked(port)
        assert [printed(printer).outcome for _ in range(2)] == [PrintOutcome.ACCEPTED] * 2
    assert len(zebra.labels) == 2


def die_once_when_asked(zebra: Zebra) -> None:
    """By then the label was taken as a whole."""
    if zebra.labels and zebra.connections == 1:
        raise BreakOff


@pytest.mark.parametrize("count", [None, 100])
def test_a_reset_behind_the_label_is_unknown_if_it_was_not_counted(count: int | None) -> None:
    zebra = Zebra()
    zebra.count = count
    zebra.on_label = lambda _: None
    zebra.on_state = die_once_when_asked
    report = after(zebra)
    assert (report.outcome, type(report.failure)) == (PrintOutcome.UNKNOWN, PrinterConnectionLost)
    assert isinstance(report.failure, PrinterConnectionLost)
    assert report.failure.sent == report.failure.total == len(SMALL_ZPL)


def test_a_reset_behind_a_label_that_was_counted_is_confirmed_over_another_connection() -> None:
    zebra = Zebra()
    zebra.on_state = die_once_when_asked
    assert after(zebra).outcome is PrintOutcome.CONFIRMED
    assert zebra.connections == 2


def test_a_counter_that_a_power_failure_reset_proves_nothing() -> None:
    zebra = Zebra()

    def fail(printer: Zebra) -> None:
        printer.count = 1
        raise HangUp

    zebra.on_label = fail
    report = after(zebra)
    assert (report.outcome, type(report.failure)) == (PrintOutcome.UNKNOWN, PrintUnconfirmed)


def test_a_printer_that_is_gone_afterwards_leaves_it_unknown() -> None:
    zebra = Zebra()

    class Gone(Zebra):
        def connected(self) -> None:
            super().connected()
            if self.connections > 1:
                raise ConnectionResetError

    def close(_: Zebra) -> None:
        raise HangUp

    zebra = Gone()
    zebra.on_label = close
    report = after(zebra)
    assert report.outcome is PrintOutcome.UNKNOWN


def test_a_stop_while_evidence_is_waited_for_leaves_it_accepted() -> None:
    zebra, stop = Zebra(), Stop()
    zebra.on_label = lambda _: None
    zebra.on_state = lambda printer: stop.set() if printer.labels else None
    with talking(zebra) as port:
        report = asked(port).print_label("17", SMALL, stop)
    assert report.outcome is PrintOutcome.ACCEPTED
    assert len(zebra.labels) == 1


def test_a_label_swallowed_before_keeps_the_next_from_being_confirmed_by_its_late_count() -> None:
    zebra = Zebra()
    zebra.on_label = lambda _: None
    with talking(zebra) as port:
        printer = driver(asked_config(port), ZplDialogue(), pace=QUICK)
        assert printed(printer).outcome is PrintOutcome.UNKNOWN
        zebra.on_label = Zebra.print_one
        assert printed(printer).outcome is PrintOutcome.ACCEPTED
        assert printed(printer).outcome is not PrintOutcome.UNKNOWN


@pytest.mark.parametrize("noise", [b"\x00\xff\x02garb", b"\x02030,1,0\x03", b'"99999"'])
def test_noise_in_the_answers_confirms_nothing_and_refuses_nothing(noise: bytes) -> None:
    class Noisy(Zebra):
        def hear(self, data: bytes) -> bytes:
            said = super().hear(data)
            return noise + said if said.startswith(b"\x02") else said

    assert after(Noisy()).outcome is PrintOutcome.CONFIRMED


def test_answers_in_single_bytes_are_put_together() -> None:
    class Slow(Zebra):
        def __init__(self) -> None:
            super().__init__()
            self.left = b""

        def hear(self, data: bytes) -> bytes:
            self.left += super().hear(data)
            one, self.left = self.left[:40], self.left[40:]
            return one

    assert after(Slow()).outcome is PrintOutcome.CONFIRMED


class Told(ZplDialogue):
    """Says nothing over the label's own connection, and knows which is which."""

    def __init__(self) -> None:
        super().__init__()
        self.same_link: list[bool] = []

    def evidence(self, link: Link, within_s: float, stop: Stop, *, same_link: bool) -> Evidence:
        self.same_link.append(same_link)
        return Evidence(Proof.SILENT if same_link else Proof.PRINTED)


def test_a_dialogue_is_told_over_which_connection_it_asks() -> None:
    told = Told()
    with talking(Zebra()) as port:
        printer = driver(asked_config(port), told, pace=QUICK)
        assert printed(printer).outcome is PrintOutcome.CONFIRMED
    assert told.same_link == [True, False]
