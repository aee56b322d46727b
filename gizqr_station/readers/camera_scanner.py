"""A webcam as a barcode scanner; needs the extra ``camera``, and is absent without it."""

import importlib.util
import logging
import sys
import time
from collections.abc import Callable
from typing import Protocol

import zxingcpp

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.line_failures import PartMissing
from gizqr_station.domain.scan_failures import ScannerGone
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.readers.codes_in_view import CodesInView

log = logging.getLogger(__name__)

_FRAME_S = 0.1
"""Ten looks a second: a hand that holds a label in front of the camera is slower."""
_RETRY_S = 1.0
_WANTED = zxingcpp.BarcodeFormats(
    [
        zxingcpp.BarcodeFormat.QRCode,
        zxingcpp.BarcodeFormat.DataMatrix,
        zxingcpp.BarcodeFormat.Code128,
        zxingcpp.BarcodeFormat.Code39,
    ]
)
"""What stands on module labels and ours. Of the others several have no check digit, and a blurred line makes one up."""


class Frames(Protocol):
    """Pictures, one after the other."""

    def next(self) -> object | None:
        """The newest picture, in a form that zxing-cpp reads; None when there is no camera (any more)."""
        ...

    def close(self) -> None:
        """Let the camera go; may be repeated."""
        ...


class CameraScanner:
    """``run`` on a lane of its own; ``health`` from any thread.

    A code counts once while it stays in view, and all that come into view together are one burst. ``scanned`` is
    called on the lane with the code behind its AIM identifier (``]Q1``), as good scanners send it.
    """

    def __init__(
        self, name: str, opened: Callable[[], Frames], scanned: Callable[[str], None], *, frame_s: float = _FRAME_S
    ) -> None:
        """``opened`` opens the camera; one that is not there gives no picture."""
        self._name = name
        self._opened = opened
        self._scanned = scanned
        self._frame_s = frame_s
        self._gone: Failure | None = ScannerGone(name)

    def run(self, stop: Stop) -> None:
        """Give on code after code until stopped; a camera that is pulled is waited for."""
        try:
            while True:
                try:
                    self._round(stop)
                except Stopped:
                    raise
                except Exception:
                    log.exception("a fault while the camera was watched")
                self._gone = ScannerGone(self._name)
                stop.sleep(_RETRY_S)
        except Stopped:
            return

    def health(self, stop: Stop) -> Failure | None:
        """None while pictures come, else ScannerGone."""
        stop.check()
        return self._gone

    def _round(self, stop: Stop) -> None:
        """From opening the camera until it is pulled."""
        frames = self._opened()
        try:
            self._watch(frames, stop)
        finally:
            frames.close()

    def _watch(self, frames: Frames, stop: Stop) -> None:
        """Until no picture comes any more."""
        view = CodesInView()
        while (picture := frames.next()) is not None:
            self._gone = None
            for text in view.seen(codes_in(picture), time.monotonic()):
                self._scanned(text)
            stop.sleep(self._frame_s)


def codes_in(picture: object) -> frozenset[str]:
    """The codes in a picture, each behind its AIM identifier; those without text are left out."""
    found = zxingcpp.read_barcodes(picture, formats=_WANTED, text_mode=zxingcpp.TextMode.Plain)
    return frozenset(f"{code.symbology_identifier}{code.text}" for code in found if code.text)


def is_installed() -> bool:
    """Whether cameras can be used here; looks for the library without loading it."""
    return importlib.util.find_spec("cv2") is not None


def camera(number: int) -> Callable[[], Frames]:
    """What opens the webcam of this number; raises PartMissing where the extra is not installed."""
    if not is_installed():
        raise PartMissing("the camera extra", 'pip install "gizqr-station[camera]"')
    return lambda: VideoFrames(number)


class VideoFrames:
    """Pictures from a webcam, by its number, or from a file of moving pictures."""

    def __init__(self, source: int | str) -> None:
        import cv2  # heavy, and an extra

        # DirectShow opens within a second where Windows' default takes many.
        api = cv2.CAP_DSHOW if sys.platform == "win32" and isinstance(source, int) else cv2.CAP_ANY
        self._capture = cv2.VideoCapture(source, api)
        # A picture that waited in a queue shows what was in front of the camera before.
        self._capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)

    def next(self) -> object | None:
        """The next picture, in shades of grey."""
        import cv2

        try:
            came, picture = self._capture.read()
            return cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY) if came else None
        except cv2.error as fault:
            log.warning("the camera gave no picture: %s", fault)
            return None

    def close(self) -> None:
        """Let it go."""
        self._capture.release()
