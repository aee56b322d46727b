"""A barcode scanner in serial mode: on a USB port of its own (CDC) or on a cable."""

import logging
import time
from collections.abc import Callable
from typing import Literal

from gizqr_station.domain.device_failures import (
    DeviceUnplugged,
    PortAmbiguous,
    PortBusy,
    PortDenied,
    PortMissing,
    RateRefused,
)
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.scan_failures import ScannerGone, ScannerNotOpened
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.readers.code_bytes import CodeBytes
from gizqr_station.readers.port_at import PortAt
from gizqr_station.readers.serial_line import SerialLine, open_line, require_usable_name

log = logging.getLogger(__name__)

Suffix = Literal["enter", "tab", "none"]
_RETRY_S = 0.25
_ENDED_S = 0.1
_DROPPED_S = 1.0
_SETTLE_S = 1.0
"""A port that just appeared belongs to root, or to a modem prober, for a moment."""


class SerialScanner:
    """``run`` on a lane of its own; ``health`` from any thread.

    A scanner that is pulled is waited for, and goes on within two seconds of being plugged in again. ``scanned`` is
    called on the lane for each code, and must return at once.
    """

    def __init__(
        self,
        port: PortAt,
        baud: int,
        scanned: Callable[[str], None],
        *,
        prefix: str = "",
        suffix: Suffix = "enter",
        silence_s: float | None = None,
    ) -> None:
        """Raise ValueError for a URL of an unknown kind or an impossible rate.

        ``prefix`` is taken off. With the suffix ``none`` a code has ended when it is quiet for ``silence_s``, else
        0.1 s; with any other what has no end by then, else within 1 s, is half a code, and dropped.
        """
        require_usable_name(port, baud)
        self._port = port
        self._baud = baud
        self._scanned = scanned
        self._prefix = prefix
        self._ends_by_silence = suffix == "none"
        self._silence_s = silence_s or (_ENDED_S if self._ends_by_silence else _DROPPED_S)
        self._refused: Failure | None = ScannerGone(port.label)

    def run(self, stop: Stop) -> None:
        """Give on code after code until stopped."""
        refused_since: float | None = None
        try:
            while True:
                try:
                    self._listen(self._opened(), stop)
                    refused_since = None
                except PortMissing:
                    refused_since, self._refused = None, ScannerGone(self._port.label)
                except (PortBusy, PortDenied, PortAmbiguous, RateRefused) as failure:
                    refused_since = refused_since or time.monotonic()
                    if time.monotonic() - refused_since >= _SETTLE_S:
                        self._refused = ScannerNotOpened(self._port.label, _why(failure))
                except Stopped:
                    raise
                except Exception:
                    log.exception("a fault while the scanner was listened to")
                    refused_since, self._refused = None, ScannerGone(self._port.label)
                    stop.sleep(_SETTLE_S)
                stop.sleep(_RETRY_S)
        except Stopped:
            return

    def health(self, stop: Stop) -> Failure | None:
        """None while codes can be read; else ScannerGone or ScannerNotOpened. Disturbs nothing."""
        stop.check()
        return self._refused

    def _opened(self) -> SerialLine:
        line = open_line(self._port, self._baud)
        self._refused = None
        return line

    def _listen(self, line: SerialLine, stop: Stop) -> None:
        """Until the scanner is pulled."""
        codes = CodeBytes()
        quiet_since = time.monotonic()
        try:
            while True:
                stop.check()
                came = line.receive()
                now = time.monotonic()
                if came:
                    self._give_on(codes.feed(came))
                    quiet_since = now
                elif now - quiet_since >= self._silence_s:
                    self._ended(codes)
        except DeviceUnplugged:
            # A code that was cut by pulling the plug is not given on: half a code names nobody, or somebody else.
            self._refused = ScannerGone(self._port.label)
        finally:
            line.close()

    def _ended(self, codes: CodeBytes) -> None:
        """What was begun before it became quiet: a code, or half a one, which may be a whole one of somebody else."""
        ended = codes.silence()
        if self._ends_by_silence:
            self._give_on(ended)
        elif ended:
            log.warning("dropped, for it had no end: %.80r", ended[0])

    def _give_on(self, codes: list[str]) -> None:
        for code in codes:
            self._scanned(code.removeprefix(self._prefix))


def _why(failure: Failure) -> str:
    match failure:
        case PortDenied():
            return "no right to open it"
        case PortAmbiguous(devices=devices):
            return f"could be any of {devices}"
        case RateRefused(baud=baud):
            return f"no {baud} baud"
        case _:
            return "another program uses it"
