"""Everything that scans, in front of the lines: what types, a scanner on a serial port, a camera."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from gizqr_station.assembly.readers import camera_scanner, serial_scanner
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.line_failures import PartMissing
from gizqr_station.domain.scan_rules import ScanRules
from gizqr_station.domain.stop import Stop
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.settings.model import Settings
from gizqr_station.workflows.device_ports import PortList
from gizqr_station.workflows.happenings import Tell
from gizqr_station.workflows.lanes import ThreadLane
from gizqr_station.workflows.scan_intake import ScanIntake
from gizqr_station.workflows.slots import SlotLines


class Scanner(Protocol):
    """Reads codes by itself."""

    def run(self, stop: Stop) -> None:
        """Give on code after code until stopped."""
        ...

    def health(self, stop: Stop) -> Failure | None:
        """None while codes can be read, else why not."""
        ...


class AbsentScanner:
    """One that is wanted, but whose library is not installed: its tile says so, and all else works."""

    def __init__(self, missing: PartMissing) -> None:
        self._missing = missing

    def run(self, stop: Stop) -> None:
        """There is nothing to listen to."""

    def health(self, stop: Stop) -> Failure | None:
        """Why not."""
        stop.check()
        return self._missing


class Controls:
    """What a person does at the bench: scans go by the intake, keys straight to the lines. From any thread."""

    def __init__(self, intake: ScanIntake, lines: SlotLines) -> None:
        self._intake = intake
        self._lines = lines

    def scanned(self, text: str, at: float | None = None) -> None:
        """A scanner read this, now or ``at`` (monotonic, s)."""
        self._intake.scanned(text, at)

    def no_usable_label(self, job: int) -> None:
        """No usable label came out of this job."""
        self._lines.no_usable_label(job)

    def try_again(self, slot: int) -> None:
        """Try the refused unit of this slot again."""
        self._lines.try_again(slot)

    def new_roll(self, kind: SupplyKind) -> None:
        """A roll or ribbon like the last one was put into the line's printer."""
        self._lines.new_roll(kind)


@dataclass(frozen=True, slots=True)
class Scanners:
    """The intake, and the scanners that are no keyboards, each on a lane of its own."""

    controls: Controls
    intake: ScanIntake
    others: Sequence[Scanner]
    detail: str
    """Of these, on their health tile."""
    lanes: list[ThreadLane] = field(default_factory=list)

    def start(self, stop: Stop) -> None:
        """Listen until stopped."""
        for name, run in (
            ("scans", self.intake.run),
            *((f"scanner:{n}", each.run) for n, each in enumerate(self.others)),
        ):
            lane = ThreadLane(name)
            lane.submit(run, stop)
            self.lanes.append(lane)

    def health(self, stop: Stop) -> Failure | None:
        """Why the first of them that cannot be used cannot; None where there is none such."""
        return next((failure for each in self.others if (failure := each.health(stop)) is not None), None)

    def close(self) -> None:
        """Wait for them, after they were told to stop."""
        for lane in self.lanes:
            lane.close()


def scanners_for(
    settings: Settings, rules: ScanRules, lines: SlotLines, ports: PortList, tell: Tell, badge: Callable[[str], None]
) -> Scanners:
    """As the settings say; nothing listens yet. ``badge`` gets people's badges. Raises SettingInvalid."""
    intake = ScanIntake(rules, lines.scanned, tell, badge=badge)
    wanted = settings.scanner
    made = (serial_scanner(settings, ports, intake.scanned), _camera(settings, intake))
    detail = ", ".join(text for text in (wanted.port, f"camera {wanted.camera}" if wanted.camera else "") if text)
    return Scanners(Controls(intake, lines), intake, [each for each in made if each is not None], detail)


def _camera(settings: Settings, intake: ScanIntake) -> Scanner | None:
    try:
        return camera_scanner(settings, intake.scanned)
    except PartMissing as missing:
        return AbsentScanner(missing)
