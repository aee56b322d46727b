"""The arguments of ``read``, ``readers`` and ``ports``."""

import argparse
from pathlib import Path

from gizqr_station.cli.values import a_reader, positive, seconds


def add_read(command: argparse.ArgumentParser) -> None:
    """``read``."""
    command.add_argument(
        "--reader",
        type=a_reader,
        default="gagent",
        metavar="NAME",
        help="how to ask: a reader's name, or auto (gagent)",
    )
    command.add_argument(
        "--port", required=True, help="usb:SERIAL or hub:1-1.4 (`gizqr-station ports`), /dev/ttyUSB0, COM7"
    )
    command.add_argument("--baud", type=positive, default=0, help="baud rate (the reader's own)")
    command.add_argument(
        "--product-key",
        metavar="KEY",
        help="told to the module, which adopts it (the settings' own; without any, zeros)",
    )
    command.add_argument(
        "--timeout", type=seconds, default=None, metavar="S", help="seconds to wait (10; 60 for auto, logs and esptool)"
    )
    command.add_argument("--log", type=Path, metavar="FILE", help="write what goes over the wire into this file")
