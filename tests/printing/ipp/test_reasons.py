"""What printer-state-reasons come to."""

import pytest

from gizqr_station.domain.printer_failures import (
    CoverOpen,
    LabelNotTaken,
    MediaJam,
    MediaLow,
    MediaOut,
    PrinterFault,
    PrinterOffline,
    PrinterOverheated,
    PrinterPaused,
    RibbonOut,
)
from gizqr_station.printing.ipp.reasons import told_by


@pytest.mark.parametrize(
    ("reasons", "failure"),
    [
        (["none"], None),
        ([], None),
        (["media-empty"], MediaOut),
        (["media-empty-error"], MediaOut),
        (["media-empty-warning", "media-needed-warning"], MediaOut),
        (["media-empty-report"], None),
        (["media-needed"], MediaOut),
        (["marker-supply-empty-error"], RibbonOut),
        (["cover-open"], CoverOpen),
        (["door-open-error"], CoverOpen),
        (["paused", "media-empty-error", "cover-open-error"], CoverOpen),
        (["media-jam-error", "media-empty"], MediaJam),
        (["media-jam-report"], None),
        (["paused"], PrinterPaused),
        (["moving-to-paused"], PrinterPaused),
        (["hold-new-jobs"], PrinterPaused),
        (["shutdown"], PrinterOffline),
        (["offline"], PrinterOffline),
        (["offline-report"], PrinterOffline),
        (["connecting-to-device"], PrinterOffline),
        (["timed-out"], PrinterOffline),
        (["fuser-over-temp-error"], PrinterOverheated),
        (["output-area-full"], LabelNotTaken),
        (["spool-area-full"], PrinterFault),
        (["something-new-error"], PrinterFault),
        (["something-new-warning"], None),
        (["something-new"], None),
        (["cups-waiting-for-job-completed"], None),
    ],
)
def test_each_reason_keeps_labels_back_or_does_not(reasons: list[str], failure: type | None) -> None:
    told = told_by("bench", reasons)
    assert type(told.failure) is (failure or type(None))


@pytest.mark.parametrize(
    ("reason", "warning"),
    [("media-low-warning", MediaLow), ("marker-supply-low", PrinterFault), ("media-low-report", type(None))],
)
def test_what_ends_soon_is_a_warning(reason: str, warning: type) -> None:
    told = told_by("bench", [reason])
    assert told.failure is None
    assert type(told.warning) is warning


def test_a_printer_that_stands_still_without_a_reason_is_a_fault_in_its_own_words() -> None:
    told = told_by("bench", ["none"], 5, "Out of order.")
    assert isinstance(told.failure, PrinterFault)
    assert told.failure.said == "Out of order."
