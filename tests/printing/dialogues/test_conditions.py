"""What a printer says becomes the failure that a person can act on."""

import pytest

from gizqr_station.domain.printer import Media, Sensing
from gizqr_station.domain.printer_failures import (
    CoverOpen,
    LabelNotTaken,
    MediaJam,
    MediaLow,
    MediaOut,
    PrinterBusy,
    PrinterFault,
    PrinterOffline,
    PrinterOverheated,
    PrinterPaused,
    RibbonOut,
)
from gizqr_station.domain.printer_setup_failures import MediaDiffers
from gizqr_station.printing.dialogues.conditions import Answer, Condition, LoadedMedia

ANY = Media()


@pytest.mark.parametrize(
    ("condition", "failure"),
    [
        (Condition.COVER_OPEN, CoverOpen),
        (Condition.JAM, MediaJam),
        (Condition.MEDIA_OUT, MediaOut),
        (Condition.RIBBON_OUT, RibbonOut),
        (Condition.HOT, PrinterOverheated),
        (Condition.FAULT, PrinterFault),
        (Condition.PAUSED, PrinterPaused),
        (Condition.OFFLINE, PrinterOffline),
        (Condition.LABEL_WAITS, LabelNotTaken),
    ],
)
def test_each_condition_keeps_the_next_label_away(condition: Condition, failure: type) -> None:
    assert type(Answer(frozenset({condition}), said="x").failure("p", ANY)) is failure


def test_every_condition_is_tried_above() -> None:
    assert len(Condition) == 9


def test_a_ready_printer_has_no_failure() -> None:
    assert Answer().failure("p", ANY) is None
    assert Answer().warning("p") is None


def test_an_open_cover_is_named_before_what_the_sensors_behind_it_say() -> None:
    answer = Answer(frozenset({Condition.MEDIA_OUT, Condition.RIBBON_OUT, Condition.COVER_OPEN, Condition.PAUSED}))
    assert type(answer.failure("p", ANY)) is CoverOpen


def test_a_fault_without_a_word_of_its_own_is_said_in_the_printers() -> None:
    failure = Answer(frozenset({Condition.FAULT}), said="3:08", trouble="cutter").failure("p", ANY)
    assert isinstance(failure, PrinterFault)
    assert failure.said == "cutter"


def test_a_busy_printer_only_keeps_the_next_label_away() -> None:
    assert type(Answer(busy=True).failure("p", ANY)) is PrinterBusy
    assert Answer(busy=True).failure("p", ANY, next_label=False) is None


def test_a_label_at_the_peeler_speaks_for_the_last_label() -> None:
    assert Answer(frozenset({Condition.LABEL_WAITS})).failure("p", ANY, next_label=False) is None


def test_few_labels_are_a_warning() -> None:
    assert type(Answer(low=True).warning("p")) is MediaLow


@pytest.mark.parametrize(
    ("wanted", "loaded", "fits"),
    [
        (Media(), LoadedMedia(62, 0), True),
        (Media(62, 0), LoadedMedia(62, 29), True),
        (Media(29, 90), LoadedMedia(29, 90), True),
        (Media(29, 90), LoadedMedia(62, 0), False),
        (Media(29, 90), LoadedMedia(29, 42), False),
        (Media(29, 90), LoadedMedia(29, 0), False),
        (Media(62, 40, Sensing.CONTINUOUS), LoadedMedia(62, 0), True),
        (Media(62, 0, Sensing.CONTINUOUS), LoadedMedia(62, 100), False),
        (Media(3.5, 0), LoadedMedia(4, 0), True),
    ],
)
def test_loaded_media_is_compared_with_the_settings(wanted: Media, loaded: LoadedMedia, fits: bool) -> None:
    failure = Answer(media=loaded).failure("p", wanted)
    assert (failure is None) is fits


def test_the_words_name_both_media() -> None:
    failure = Answer(media=LoadedMedia(62, 0)).failure("p", Media(29, 90))
    assert isinstance(failure, MediaDiffers)
    assert (failure.wanted, failure.loaded) == ("29 x 90 mm", "62 mm")
