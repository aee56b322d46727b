"""A folder keeps every label whole, under a name of its own, or refuses it."""

import errno
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.line_failures import FileNotWritten
from gizqr_station.domain.print_queue_failures import PrinterUnsuitable
from gizqr_station.domain.printer import Language, Media, PrinterConfig
from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.domain.printer_failures import PrinterUnreachable
from gizqr_station.domain.printer_setup_failures import CannotCalibrate, LabelTooLarge
from gizqr_station.domain.stop import Stop
from gizqr_station.printing import label_folder
from gizqr_station.printing.label_folder import SUFFIX, LabelFolder
from gizqr_station.printing.languages.choice import encoder_for

IMAGE = LabelImage(8, 2, 203, (b"\x81", b"\x18"))
OTHER = LabelImage(8, 2, 203, (b"\x18", b"\x81"))


@pytest.fixture
def config(tmp_path: Path) -> PrinterConfig:
    folder = tmp_path / "labels"
    return PrinterConfig("folder", PrinterAddress.parse(f"file:{folder}"), Language.ZPL, 203, model="QL-820NWB")


def folder_of(config: PrinterConfig) -> Path:
    return Path(config.address.path)


def files(config: PrinterConfig) -> list[str]:
    return sorted(file.name for file in folder_of(config).iterdir())


@pytest.mark.parametrize(
    "language", [Language.ZPL, Language.TSPL, Language.EPL2, Language.PWG, Language.PNG, Language.PDF]
)
def test_a_label_is_one_file_of_exactly_what_a_printer_would_be_sent(config: PrinterConfig, language: Language) -> None:
    config = replace(config, language=language)
    report = LabelFolder(config).print_label("17", IMAGE, Stop())
    encoder = encoder_for(config)
    expected = encoder.setup() + encoder.label(IMAGE, "17")
    assert (report.outcome, report.bytes_sent, report.failure) == (PrintOutcome.ACCEPTED, len(expected), None)
    assert files(config) == [f"17-{IMAGE.digest[:12]}.{SUFFIX[language]}"]
    assert (folder_of(config) / files(config)[0]).read_bytes() == expected


def test_every_language_has_an_ending_of_its_own() -> None:
    assert set(SUFFIX) == set(Language)
    assert len(set(SUFFIX.values())) == len(Language)


def test_nothing_is_ever_overwritten(config: PrinterConfig) -> None:
    printer = LabelFolder(config)
    for image in (IMAGE, IMAGE, OTHER, IMAGE):
        assert printer.print_label("17", image, Stop()).outcome is PrintOutcome.ACCEPTED
    same, other = IMAGE.digest[:12], OTHER.digest[:12]
    assert files(config) == sorted([f"17-{same}.zpl", f"17-{same}-2.zpl", f"17-{same}-3.zpl", f"17-{other}.zpl"])


@pytest.mark.parametrize("number", [errno.EPERM, errno.EOPNOTSUPP])
def test_where_there_are_no_hard_links_nothing_is_overwritten_either(
    config: PrinterConfig, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def no_links(_from: Path, _to: Path) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "link", no_links)
    printer = LabelFolder(config)
    for _ in range(2):
        assert printer.print_label("17", IMAGE, Stop()).outcome is PrintOutcome.ACCEPTED
    same = IMAGE.digest[:12]
    assert files(config) == [f"17-{same}-2.zpl", f"17-{same}.zpl"]
    assert all((folder_of(config) / name).stat().st_size > 0 for name in files(config))


def test_a_full_disk_refuses_and_leaves_nothing_behind(config: PrinterConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    report = LabelFolder(config).print_label("17", IMAGE, Stop())
    assert (report.outcome, report.bytes_sent) == (PrintOutcome.REFUSED, 0)
    assert isinstance(report.failure, FileNotWritten)
    assert (report.failure.file, report.failure.reason) == (config.address.path, os.strerror(errno.ENOSPC))
    assert files(config) == []


@pytest.mark.parametrize("link", [errno.EACCES, errno.EPERM])
def test_a_label_that_cannot_be_given_its_name_is_refused_and_leaves_nothing_behind(
    config: PrinterConfig, monkeypatch: pytest.MonkeyPatch, link: int
) -> None:
    def denied(_from: Path, _to: Path) -> None:
        raise OSError(link, os.strerror(link))

    monkeypatch.setattr(os, "link", denied)
    monkeypatch.setattr(Path, "replace", denied)
    assert LabelFolder(config).print_label("17", IMAGE, Stop()).outcome is PrintOutcome.REFUSED
    assert files(config) == []


def test_a_label_that_is_there_is_accepted_though_its_first_name_stays(
    config: PrinterConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused, it would be tried again, and be there twice."""

    def denied(_file: Path, **_: bool) -> None:
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))

    monkeypatch.setattr(Path, "unlink", denied)
    report = LabelFolder(config).print_label("17", IMAGE, Stop())
    assert (report.outcome, report.failure) == (PrintOutcome.ACCEPTED, None)
    assert [name for name in files(config) if not name.startswith(".")] == [f"17-{IMAGE.digest[:12]}.zpl"]


def test_a_label_that_is_there_but_may_not_outlast_a_power_cut_is_unknown(
    config: PrinterConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_folder: Path) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(label_folder, "_sync_folder", failing)
    report = LabelFolder(config).print_label("17", IMAGE, Stop())
    assert (report.outcome, len(files(config))) == (PrintOutcome.UNKNOWN, 1)


def test_the_file_and_its_name_are_on_the_disk_before_it_is_accepted(
    config: PrinterConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    real = os.fsync

    def noted(handle: int) -> None:
        synced.append(os.fstat(handle).st_size)
        real(handle)

    monkeypatch.setattr(os, "fsync", noted)
    report = LabelFolder(config).print_label("17", IMAGE, Stop())
    assert synced[0] == report.bytes_sent
    assert len(synced) == (1 if sys.platform == "win32" else 2)


def test_a_folder_whose_own_folder_is_missing_is_refused_and_not_made(config: PrinterConfig, tmp_path: Path) -> None:
    """A stick that is not plugged in must not become a folder on this machine's disk."""
    config = replace(config, address=PrinterAddress.parse(f"file:{tmp_path / 'stick' / 'labels'}"))
    printer = LabelFolder(config)
    report = printer.print_label("17", IMAGE, Stop())
    assert (report.outcome, type(report.failure)) == (PrintOutcome.REFUSED, FileNotWritten)
    assert isinstance(printer.status(Stop()).failure, FileNotWritten)
    assert not (tmp_path / "stick").exists()


def test_a_file_in_place_of_the_folder_is_refused(config: PrinterConfig) -> None:
    folder_of(config).write_text("no folder")
    printer = LabelFolder(config)
    assert printer.print_label("17", IMAGE, Stop()).outcome is PrintOutcome.REFUSED
    assert isinstance(printer.status(Stop()).failure, FileNotWritten)


def test_the_status_looks_and_never_writes(config: PrinterConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    printer = LabelFolder(config)
    seen = printer.status(Stop())
    assert (seen.ready, seen.told, folder_of(config).exists()) == (True, False, False)
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    assert isinstance(printer.status(Stop()).failure, FileNotWritten)


def test_what_does_not_suit_is_refused_before_anything_is_written(config: PrinterConfig) -> None:
    printer = LabelFolder(replace(config, media=Media(1.0, 1.0)))
    wrong_dpi = printer.print_label("17", LabelImage(8, 1, 300, (b"\x00",)), Stop())
    too_large = printer.print_label("17", LabelImage(16, 1, 203, (b"\x00\x01",)), Stop())
    assert [type(report.failure) for report in (wrong_dpi, too_large)] == [PrinterUnsuitable, LabelTooLarge]
    assert not folder_of(config).exists()


def test_after_a_stop_nothing_is_written(config: PrinterConfig) -> None:
    stop = Stop()
    stop.set()
    report = LabelFolder(config).print_label("17", IMAGE, stop)
    assert (report.outcome, type(report.failure)) == (PrintOutcome.REFUSED, PrinterUnreachable)
    assert not folder_of(config).exists()


def test_there_is_no_media_to_measure(config: PrinterConfig) -> None:
    printer = LabelFolder(config)
    assert (printer.name, printer.dpi) == ("folder", 203)
    with pytest.raises(CannotCalibrate):
        printer.calibrate(Stop())
