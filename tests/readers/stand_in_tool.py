"""A program in esptool's place, and what the real one printed."""

import sys
from dataclasses import dataclass
from pathlib import Path

# Printed by esptool 5.6.0.
PRINTED = """esptool v5.6.0
Serial port /dev/ttyUSB0:
Connecting....
Detecting chip type... ESP32
Connected to ESP32 on /dev/ttyUSB0:
Chip type:          ESP32-D0WDQ6 (revision v1.0)
MAC:                a0:b7:65:12:34:56


MAC:                a0:b7:65:12:34:56

Hard resetting via RTS pin...
"""
PRINTED_C6 = """Chip type:          ESP32-C6 (QFN40) (revision v0.0)
MAC:                60:55:f9:ff:fe:f7:2c:a2
BASE MAC:           60:55:f9:f7:2c:a2
MAC_EXT:            ff:fe
"""
FAILED = """Connecting.....

A fatal error occurred: Failed to connect to Espressif device: No serial data received.
For troubleshooting steps visit: https://docs.espressif.com/projects/esptool/en/latest/troubleshooting.html
"""


def program(tmp_path: Path, text: str) -> tuple[str, ...]:
    """A program in esptool's place."""
    script = tmp_path / "tool.py"
    script.write_text(text)
    return sys.executable, str(script)


@dataclass(frozen=True, slots=True)
class Tool:
    """A program in esptool's place, which prints what a file says."""

    said: Path
    runs: Path
    program: tuple[str, ...]

    def says(self, *macs: str) -> None:
        """One for each run, the last for all that follow; an empty one fails."""
        self.said.write_text("\n".join(macs))
        self.runs.write_text("")

    def counted(self) -> int:
        return len(self.runs.read_text())


def tool_in(folder: Path) -> Tool:
    said, runs = folder / "said", folder / "runs"
    text = (
        "import pathlib\n"
        f"said, runs = pathlib.Path({str(said)!r}), pathlib.Path({str(runs)!r})\n"
        "run = len(runs.read_text())\n"
        "runs.write_text('x' * (run + 1))\n"
        "macs = said.read_text().split('\\n')\n"
        "mac = macs[min(run, len(macs) - 1)]\n"
        "raise SystemExit(print('MAC:   ' + mac) if mac else 2)\n"
    )
    return Tool(said, runs, program(folder, text))
