"""The slots of a station: each one's reader, lanes and line."""

from dataclasses import dataclass

from gizqr_station.assembly.clock import local_midnight
from gizqr_station.domain.slot import SlotConfig
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.device_ports import ClosableReader, ReaderMaker
from gizqr_station.workflows.happenings import Tell
from gizqr_station.workflows.health import WatchedPort
from gizqr_station.workflows.lanes import ThreadLane
from gizqr_station.workflows.line import Line
from gizqr_station.workflows.provision import Bench
from gizqr_station.workflows.shared_bench import SharedBench
from gizqr_station.workflows.slots import SlotLines, at_slot


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot's own parts."""

    config: SlotConfig
    reader: ClosableReader
    prepare_lane: ThreadLane
    """Where its line runs."""
    read_lane: ThreadLane

    @property
    def watched(self) -> WatchedPort:
        """For its health tile: without the folder that all ports are in."""
        port = self.config.port
        return WatchedPort(self.config.number, self.reader, "" if port is None else str(port).rpartition("/")[2])


@dataclass(frozen=True, slots=True)
class Slots:
    """All of them, and the lines that run there."""

    slots: tuple[Slot, ...]
    lines: SlotLines
    aside: ThreadLane
    """For scans that are nobody's."""

    @property
    def configs(self) -> tuple[SlotConfig, ...]:
        """As they are set up, by number."""
        return tuple(slot.config for slot in self.slots)

    def start(self, stop: Stop) -> None:
        """Let every line run until stopped."""
        for slot in self.slots:
            slot.prepare_lane.submit(self.lines.run, slot.config.number, stop)

    def end_lines(self) -> None:
        """Wait for the lines to end, after they were told to stop."""
        for slot in self.slots:
            slot.prepare_lane.close()
        self.aside.close()

    def close(self) -> None:
        """Let the ports go."""
        for slot in self.slots:
            slot.read_lane.close()
            slot.reader.close()


def slots_for(configs: tuple[SlotConfig, ...], reader: ReaderMaker, bench: Bench, tell: Tell) -> Slots:
    """One line for each of these, on one bench; nothing runs yet. Raises what keeps a reader from being made."""
    shared = SharedBench(
        (config.number for config in configs), (config.number for config in configs if config.port is None)
    )
    slots = tuple(_slot(config, reader(config, None)) for config in configs)
    lines = tuple(_line(slot, bench, shared, tell) for slot in slots)
    aside = ThreadLane("aside")
    return Slots(slots, SlotLines(lines, shared, bench, aside, tell), aside)


def _slot(config: SlotConfig, reader: ClosableReader) -> Slot:
    number = config.number
    return Slot(config, reader, ThreadLane(f"prepare:{number}"), ThreadLane(f"read:{number}"))


def _line(slot: Slot, bench: Bench, shared: SharedBench, tell: Tell) -> Line:
    number = slot.config.number
    told = at_slot(number, tell)
    return Line(bench, slot.reader, slot.read_lane, told, local_midnight, slot=number, shared=shared)
