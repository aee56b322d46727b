"""Printers that lie, break and die: nothing is shown as printed that was not, nothing is printed twice or by surprise.

Each case is run twenty times (what is much like another one three times) in five lines side by side, each with a ledger
on disk and the real driver over TCP; a run is one unit from its scan to its label, then a restart of station and
printer, and a look at both.
``python -m pytest -m slow tests/end_to_end/test_lying_printers.py`` runs each a hundred times.
"""

import shutil
import time
from collections import Counter, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import JobState, PrintOutcome
from gizqr_station.domain.printer import Graphic, Patience, PrinterConfig
from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.domain.printer_failures import PrinterSilent
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.dialogues.zpl import ZplDialogue
from gizqr_station.printing.direct_printer import DirectPrinter, Pace
from gizqr_station.printing.languages.choice import encoder_for
from gizqr_station.printing.links.tcp import TcpConnector
from gizqr_station.workflows.ports import Printer
from gizqr_station.workflows.print_queue import release_and_print, run_queue
from tests.end_to_end.lying_bench import OPERATOR, WAIT_S, LyingBench, identity_of, new_ledger
from tests.end_to_end.lying_cases import CASES, Case
from tests.end_to_end.lying_controls import BrokenIsNotSent, Careless, SendsAgain, TakenIsPrinted, fire_what_waits
from tests.end_to_end.lying_verdict import verdict
from tests.printing.lying_printer import Fate, LyingPrinter, Manners, Out, Status, Wire

LINES = 5
RUNS_OF_A_LINE = 4
RUNS_IF_AKIN = 3

Repair = Callable[[Failure | None], None]
"""What a person does to the printer, knowing what the station said of it."""
PATIENCE = Patience(connect_s=1.0, stall_s=0.15, total_s=2.0, confirm_s=0.25)


def hurried(config: PrinterConfig, answer_s: float = 1.0) -> DirectPrinter:
    """What ``joining`` makes of a ZPL printer on TCP, with less patience: printers here answer at once or never."""
    address = config.address
    connector = TcpConnector(config.name, address.host, address.port, connect_s=config.patience.connect_s)
    pace = Pace(answer_s=answer_s, look_s=answer_s + 0.3, look_connect_s=0.3, busy_look_s=0.02)
    return DirectPrinter(config, connector, encoder_for(config), ZplDialogue(), pace=pace)


def hurried_for(case: Case) -> Callable[[PrinterConfig], Printer]:
    """Nobody waits long for an answer that never comes; where one comes, a busy computer gets its time."""
    never = case.manners.status in {Status.NONE, Status.LATE}
    return lambda config: hurried(config, 0.1 if never else 1.0)


def config_of(lying: LyingPrinter, graphic: Graphic) -> PrinterConfig:
    address = PrinterAddress.parse(f"tcp://127.0.0.1:{lying.port}")
    return PrinterConfig("zebra", address, graphic=graphic, patience=PATIENCE)


class Fates:
    """What becomes of the next jobs, in order; of all that follow, something good."""

    def __init__(self) -> None:
        self._next: deque[Fate] = deque()

    def come(self, *fates: Fate) -> None:
        self._next = deque(fates)

    def __call__(self) -> Fate:
        return self._next.popleft() if self._next else Fate()


@dataclass
class Seen:
    """Of all the runs of one line."""

    problems: list[str] = field(default_factory=list)
    said: list[PrintOutcome] = field(default_factory=list)
    """By the driver, of the first job of each run."""
    told: list[Counter[str]] = field(default_factory=list)
    """Faults of each run."""


def seen_in(
    case: Case, folder: Path, seed: int, runs: int, careless: Callable[[Printer], Printer] = lambda real: real
) -> Seen:
    """So many runs of one line."""
    chance, seen = Random(seed), Seen()
    fates, made = Fates(), hurried_for(case)
    if not (folder / "ledger.sqlite").exists():
        new_ledger(folder / "ledger.sqlite")
    with LyingPrinter(case.manners, fates) as lying:
        bench = LyingBench(
            folder, lying, config_of(lying, list(Graphic)[seed % len(Graphic)]), lambda config: careless(made(config))
        )
        try:
            assert bench.become_free() == []
            for run in range(runs):
                before = lying.told.copy()
                seen.said += one_run(case, bench, fates, chance, 10_000 * seed + 10 * run)
                seen.told.append(lying.told - before)
            seen.problems += verdict(bench.ledger, lying, bench.handed)
        finally:
            bench.close()
    return seen


def one_run(case: Case, bench: LyingBench, fates: Fates, chance: Random, number: int) -> list[PrintOutcome]:
    """One unit, a restart of everything, a look; what the driver said of the unit's first job."""
    lying, handed = bench.lying, len(bench.handed)
    identity = identity_of(number)
    bench.look_at_printer()
    fates.come(case.fate(chance))
    lying.media_out = case.media_out_before
    if case.switched_off_before:
        lying.switch_off()

    def repair(failure: Failure | None) -> None:
        if isinstance(failure, PrinterSilent):
            lying.switch_off()
        lying.switch_on()
        lying.change_roll()

    if case.station_dies:
        stalls = lying.told["stall"]
        bench.begin(identity)
        wait_until(lambda: lying.told["stall"] > stalls)
        bench.restart()
        assert [job.state for job in bench.become_free(repair)] == [JobState.UNKNOWN]
    job = bench.label(identity, repair)
    assert job.state is JobState.VERIFIED
    if case.then is not None:
        fates.come(case.then)
        assert bench.label(identity_of(number + 1), repair).state is JobState.VERIFIED
    restart_everything(bench, repair, printer_first=chance.random() < 0.5)
    return [one.report.outcome for one in bench.handed[handed : handed + 1]]


def restart_everything(bench: LyingBench, repair: Repair, *, printer_first: bool) -> None:
    """Nothing may be sent by that; what the printer held back by itself the verdict looks at."""
    lying = bench.lying
    assert lying.at_rest()
    sent = lying.label_bytes
    lying.switch_off()
    if printer_first:
        repair(None)
    bench.restart()
    repair(None)
    bench.become_free(repair)
    assert lying.at_rest()
    assert lying.label_bytes == sent, "surprise: the station sent something that nobody asked for"


def wait_until(condition: Callable[[], bool]) -> None:
    ends = time.monotonic() + WAIT_S
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.002)


def run_case(name: str, folder: Path, lines: int, runs_of_a_line: int) -> None:
    case = CASES[name]
    template = folder / "template.sqlite"
    new_ledger(template)
    with ThreadPoolExecutor(lines) as pool:
        under_way = []
        for seed in range(lines):
            own = folder / f"{seed}"
            own.mkdir()
            shutil.copyfile(template, own / "ledger.sqlite")
            under_way.append(pool.submit(seen_in, case, own, seed, runs_of_a_line))
        for line in under_way:
            seen = line.result()
            assert seen.problems == []
            assert len(seen.told) == len(seen.said) == runs_of_a_line
            for told in seen.told:
                assert case.faults <= set(told), told
                assert not told["trickled out after a pause"]
            assert set(seen.said) <= case.says, seen.said


@pytest.mark.parametrize("name", CASES)
def test_no_lie_makes_the_station_say_or_do_what_is_not_so(name: str, tmp_path: Path) -> None:
    if CASES[name].akin:
        run_case(name, tmp_path, RUNS_IF_AKIN, 1)
    else:
        run_case(name, tmp_path, LINES, RUNS_OF_A_LINE)


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_no_lie_does_so_in_a_hundred_runs(name: str, tmp_path: Path) -> None:
    run_case(name, tmp_path, LINES, 5 * RUNS_OF_A_LINE)


@pytest.mark.parametrize(
    ("careless", "name", "found"),
    [
        (TakenIsPrinted, "says nothing and prints nothing", "shown as printed"),
        (TakenIsPrinted, "counts truly and prints half", "shown as printed"),
        (SendsAgain, "prints and dies, says nothing", "second label"),
        (BrokenIsNotSent, "prints and dies, says nothing", "refused and sent"),
        (BrokenIsNotSent, "prints and dies, says nothing", "second label"),
        (BrokenIsNotSent, "resets after n bytes", "refused and sent"),
        (BrokenIsNotSent, "switched off after the job, remembers", "surprise"),
    ],
)
def test_a_careless_driver_is_found_out(careless: type[Careless], name: str, found: str, tmp_path: Path) -> None:
    try:
        seen = seen_in(CASES[name], tmp_path, 1, 3, careless)
        problems = seen.problems
    except AssertionError as at_once:
        problems = [str(at_once)]
    assert [problem for problem in problems if problem.startswith(found)], problems


QUEUE_FAULTS = {
    "stalls": Fate(wire=Wire.STALL, after_bytes=3_000),
    "resets": Fate(wire=Wire.RESET, after_bytes=3_000),
    "swallows": Fate(Out.NOTHING),
    "media out": Fate(Out.HELD),
    "power off": Fate(wire=Wire.POWER_OFF),
    "all well": Fate(),
}


def queue_run(bench: LyingBench, fates: Fates, fate: Fate, number: int) -> None:
    """Four labels are queued, the second breaks; after a restart a person releases what is left, one by one."""
    lying = bench.lying

    def repair(_: Failure | None) -> None:
        lying.switch_on()
        lying.change_roll()

    bench.look_at_printer()
    fates.come(Fate(), fate)
    jobs = bench.queue([identity_of(number + each) for each in range(4)])
    run = run_queue(bench.ledger, bench.printer, jobs, who=OPERATOR, stop=Stop(), tell=lambda _: None)
    broke = run.failure is not None
    assert broke is (fate != Fate())
    assert len(run.sent) == (2 if broke else 4)
    restart_everything(bench, repair, printer_first=True)
    waiting = bench.ledger.queued()
    assert [one.job.id for one in waiting] == jobs[len(run.sent) :]
    for one in waiting:
        assert one.held
        release_and_print(bench.ledger, one.job.id, bench.printer, who=OPERATOR, stop=Stop(), tell=lambda _: None)
    restart_everything(bench, repair, printer_first=True)


def run_queues(folder: Path, fault: str, runs: int, at_start: Callable[[LyingBench], None] = lambda _: None) -> None:
    fates = Fates()
    new_ledger(folder / "ledger.sqlite")
    with LyingPrinter(Manners(small_buffer=True, keeps_buffer=True), fates) as lying:
        bench = LyingBench(folder, lying, config_of(lying, Graphic.HEX), hurried, at_start)
        try:
            bench.become_free()
            for run in range(runs):
                queue_run(bench, fates, QUEUE_FAULTS[fault], 10 * run)
            assert verdict(bench.ledger, lying, bench.handed) == []
        finally:
            bench.close()


@pytest.mark.parametrize("fault", QUEUE_FAULTS)
def test_what_waits_behind_a_broken_label_never_fires_by_itself(fault: str, tmp_path: Path) -> None:
    run_queues(tmp_path, fault, 2)


@pytest.mark.slow
@pytest.mark.parametrize("fault", QUEUE_FAULTS)
def test_nor_does_it_in_a_hundred_runs(fault: str, tmp_path: Path) -> None:
    run_queues(tmp_path, fault, 100)


def test_a_start_that_fires_what_waits_is_found_out(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="nobody asked for"):
        run_queues(tmp_path, "resets", 1, fire_what_waits)
