"""``read``: asks one device who it is."""

import argparse
import threading

from gizqr_station.cli.answer import Answer
from gizqr_station.domain.device_failures import DeviceSilent, PortMissing
from gizqr_station.domain.settings_failures import SettingInvalid
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.places import DataFolder

GRACE_S = 0.2
"""The reader says best what it saw, so its own time-outs must end first."""
NO_PRODUCT = "0" * 32
"""Told where no product is known. A module adopts the key it is told, so the answer says it."""


def read(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """One identity, or why there is none within the time."""
    from gizqr_station.assembly import SystemClock
    from gizqr_station.readers.gagent import GagentReader
    from gizqr_station.settings.store import load

    product_key = arguments.product_key or load(folder.settings_file).product.key
    if not product_key:
        answer.say("Without --product-key a module that asks for its product is told zeros, and adopts them.")
    try:
        reader = GagentReader(
            arguments.port,
            product_key or NO_PRODUCT,
            clock=SystemClock(),
            baud=arguments.baud,
            answer_timeout_s=min(5.0, arguments.timeout / 2),
        )
    except ValueError as fault:
        raise SettingInvalid("--port", arguments.port, str(fault)) from fault
    stop = Stop()
    timer = threading.Timer(arguments.timeout + GRACE_S, stop.set)
    timer.daemon = True
    timer.start()
    try:
        reading = reader.read(stop)
    except Stopped:
        present = reader.present()
        raise (DeviceSilent(arguments.port, arguments.timeout) if present else PortMissing(arguments.port)) from None
    finally:
        timer.cancel()
        reader.close()
    answer.give(
        {
            "identity": str(reading.identity),
            "kind": reading.identity.kind.value,
            "readable": reading.identity.readable,
            "reader": reading.reader,
            "port": reading.port,
            "evidence": reading.evidence.hex(),
            "at": reading.at.isoformat(),
        },
        [f"{reading.identity.kind.value.upper()} {reading.identity.readable}"],
    )
    return 0
