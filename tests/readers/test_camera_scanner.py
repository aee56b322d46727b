"""A webcam as a scanner: what comes into view counts once, together, and half-seen codes count for nothing."""

import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import zxingcpp

from gizqr_station.domain.line_failures import PartMissing
from gizqr_station.domain.scan_failures import ScannerGone
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.readers import camera_scanner
from gizqr_station.readers.camera_scanner import CameraScanner, VideoFrames, camera, codes_in
from gizqr_station.readers.codes_in_view import CodesInView

WITHIN_S = 10.0
MAC, OTHER = "ACCF232BE530", "861193040496508;22271M00015061005530"


def picture_of(*codes: tuple[str, zxingcpp.BarcodeFormat]) -> "np.ndarray":
    """A grey picture of 480 by 640 with these codes side by side."""
    picture = np.full((480, 640), 200, dtype=np.uint8)
    for place, (text, kind) in enumerate(codes):
        code = np.array(zxingcpp.create_barcode(text, kind).to_image(scale=4))
        left = 20 + place * 300
        picture[40 : 40 + code.shape[0], left : left + code.shape[1]] = code
    return picture


QR, DATA_MATRIX = zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.DataMatrix
EMPTY = picture_of()
ONE = picture_of((MAC, QR))
TWO = picture_of((MAC, QR), (OTHER, DATA_MATRIX))


def test_codes_are_read_with_what_kind_they_are() -> None:
    assert codes_in(EMPTY) == frozenset()
    assert codes_in(ONE) == {f"]Q1{MAC}"}
    assert codes_in(TWO) == {f"]Q1{MAC}", f"]d1{OTHER}"}


def test_kinds_without_a_check_digit_are_not_read() -> None:
    assert codes_in(picture_of(("12345678", zxingcpp.BarcodeFormat.ITF))) == frozenset()


def looks(*pictures: tuple[float, set[str]]) -> list[list[str]]:
    view = CodesInView()
    return [came for at, codes in pictures if (came := view.seen(frozenset(codes), at))]


def test_a_code_counts_once_while_it_stays_in_view_and_again_when_it_comes_back() -> None:
    stays = [(at / 10, {"A"}) for at in range(30)]
    assert looks(*stays) == [["A"]]
    assert looks(*stays, (4.0, set()), *[(5 + at / 10, {"A"}) for at in range(6)]) == [["A"], ["A"]]


def test_a_hand_that_shakes_makes_no_second_code() -> None:
    shaky = [(at / 10, {"A"} if at % 3 else set()) for at in range(40)]
    assert looks(*shaky) == [["A"]]


def test_a_code_that_only_one_picture_shows_counts_for_nothing() -> None:
    assert looks((0.0, {"misread"}), *[(at / 10, set()) for at in range(1, 30)]) == []


def test_codes_that_come_into_focus_one_after_the_other_are_given_on_together() -> None:
    pictures = [(0.0, {"A"}), (0.1, {"A"}), (0.2, {"A", "B"}), (0.3, {"B"}), (0.4, {"A", "B"}), (0.5, {"A", "B"})]
    assert looks(*pictures) == [["A", "B"]]


class Film:
    """Frames that a test holds before the camera; None pulls it."""

    def __init__(self) -> None:
        self.shown: object | None = EMPTY
        self.opened = self.closed = 0

    def __call__(self) -> "Film":
        self.opened += 1
        return self

    def next(self) -> object | None:
        if isinstance(self.shown, Exception):
            raise self.shown
        return self.shown

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def film() -> Film:
    return Film()


@pytest.fixture
def codes() -> "queue.Queue[str]":
    return queue.Queue()


@pytest.fixture
def scanner(
    film: Film, codes: "queue.Queue[str]", stop: Stop, monkeypatch: pytest.MonkeyPatch
) -> Iterator[CameraScanner]:
    monkeypatch.setattr(camera_scanner, "_RETRY_S", 0.05)
    made = CameraScanner("camera 0", film, codes.put, frame_s=0.02)
    thread = threading.Thread(target=made.run, args=(stop,), name="camera")
    thread.start()
    yield made
    stop.set()
    thread.join(WITHIN_S)
    assert film.closed == film.opened


def in_time(holds: Callable[[], bool], what: str) -> None:
    waits = Stop()
    for _ in range(int(WITHIN_S / 0.02)):
        if holds():
            return
        waits.sleep(0.02)
    raise AssertionError(what)


def test_what_is_held_before_the_camera_is_scanned_once(
    film: Film, codes: "queue.Queue[str]", scanner: CameraScanner
) -> None:
    film.shown = TWO
    assert {codes.get(timeout=WITHIN_S), codes.get(timeout=WITHIN_S)} == {f"]Q1{MAC}", f"]d1{OTHER}"}
    film.shown = picture_of((OTHER, QR))
    assert codes.get(timeout=WITHIN_S) == f"]Q1{OTHER}"
    assert codes.empty()
    assert scanner.health(Stop()) is None


def test_a_camera_that_is_pulled_is_named_and_goes_on_by_itself(
    film: Film, codes: "queue.Queue[str]", scanner: CameraScanner
) -> None:
    in_time(lambda: scanner.health(Stop()) is None, "it was not opened")
    film.shown = None
    in_time(lambda: isinstance(scanner.health(Stop()), ScannerGone), "nobody saw that it was pulled")
    film.shown = ONE
    assert codes.get(timeout=WITHIN_S) == f"]Q1{MAC}"


def test_a_fault_of_a_driver_is_named_and_the_camera_is_opened_again(
    film: Film, codes: "queue.Queue[str]", scanner: CameraScanner
) -> None:
    in_time(lambda: scanner.health(Stop()) is None, "it was not opened")
    film.shown = RuntimeError("driver hiccup")
    in_time(lambda: isinstance(scanner.health(Stop()), ScannerGone), "nobody saw that it failed")
    film.shown = ONE
    assert codes.get(timeout=WITHIN_S) == f"]Q1{MAC}"


def test_health_looks_at_stop(film: Film, stop: Stop) -> None:
    stop.set()
    with pytest.raises(Stopped):
        CameraScanner("camera 0", film, lambda _: None).health(stop)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera_scanner, "is_installed", lambda: False)
    with pytest.raises(PartMissing) as caught:
        camera(0)
    assert "gizqr-station[camera]" in caught.value.remedy


def test_moving_pictures_are_scanned_through_opencv(tmp_path: Path, codes: "queue.Queue[str]", stop: Stop) -> None:
    cv2 = pytest.importorskip("cv2")
    for number, picture in enumerate([EMPTY, ONE, ONE, ONE, TWO, TWO, TWO, EMPTY]):
        assert cv2.imwrite(str(tmp_path / f"{number:03}.png"), picture)

    def opened() -> VideoFrames:
        return VideoFrames(str(tmp_path / "%03d.png"))

    frames = opened()
    seen = []
    while (shown := frames.next()) is not None:
        seen.append(codes_in(shown))
    assert frames.next() is None
    frames.close()
    frames.close()
    assert [len(codes) for codes in seen] == [0, 1, 1, 1, 2, 2, 2, 0]

    running = CameraScanner("film", opened, codes.put, frame_s=0.15)
    thread = threading.Thread(target=running.run, args=(stop,), name="camera")
    thread.start()
    try:
        assert codes.get(timeout=WITHIN_S) == f"]Q1{MAC}"
    finally:
        stop.set()
        thread.join(WITHIN_S)
    assert not thread.is_alive()


def test_a_camera_that_is_not_there_gives_no_picture() -> None:
    pytest.importorskip("cv2")
    frames = VideoFrames(97)
    assert frames.next() is None
    frames.close()
