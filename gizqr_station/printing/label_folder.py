"""A folder that collects labels, one file each, as a printer would be sent them."""

import errno
import logging
import os
import secrets
from pathlib import Path

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.line_failures import FileNotWritten
from gizqr_station.domain.printer import Language, PrinterConfig, PrinterStatus
from gizqr_station.domain.printer_failures import PrinterUnreachable
from gizqr_station.domain.printer_setup_failures import CannotCalibrate
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.languages.choice import encoder_for
from gizqr_station.workflows.ports import PrintReport

log = logging.getLogger(__name__)

SUFFIX: dict[Language, str] = {
    Language.ZPL: "zpl",
    Language.TSPL: "tspl",
    Language.EPL2: "epl",
    Language.ESCPOS: "escpos",
    Language.BROTHER: "brother",
    Language.PWG: "pwg",
    Language.PNG: "png",
    Language.PDF: "pdf",
}
"""What a file's name ends with."""
_DIGEST_DIGITS = 12
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
"""What file systems without hard links answer: FAT on a stick, some network shares."""


class LabelFolder:
    """A Printer. ACCEPTED when the file is safely on the disk; whoever prints it later is somebody else."""

    def __init__(self, config: PrinterConfig) -> None:
        """Raises what ``encoder_for`` raises."""
        self._config = config
        self._folder = Path(config.address.path)
        self._encoder = encoder_for(config)

    @property
    def name(self) -> str:
        """As shown to people."""
        return self._config.name

    @property
    def dpi(self) -> int:
        """That labels are drawn for."""
        return self._config.dpi

    def print_label(self, job_name: str, image: LabelImage, stop: Stop) -> PrintReport:
        """A new file ``<job>-<digest>.<language>``; a name that is taken gets a number, nothing is ever overwritten."""
        if stop.asked:
            return PrintReport(PrintOutcome.REFUSED, 0, self._unreachable())
        try:
            data = self._encoder.setup() + self._encoder.label(image, job_name)
            self._folder.mkdir(exist_ok=True)
            _write_new(self._folder, f"{job_name}-{image.digest[:_DIGEST_DIGITS]}", SUFFIX[self._config.language], data)
        except Failure as failure:
            return PrintReport(PrintOutcome.REFUSED, 0, failure)
        except OSError as fault:
            return PrintReport(PrintOutcome.REFUSED, 0, self._not_written(fault))
        try:
            _sync_folder(self._folder)
        except OSError as fault:
            # The label is there, and might not be after a power cut.
            return PrintReport(PrintOutcome.UNKNOWN, len(data), self._not_written(fault))
        return PrintReport(PrintOutcome.ACCEPTED, len(data))

    def status(self, stop: Stop) -> PrinterStatus:
        """Whether files can be made there, as far as rights tell. Never writes."""
        stop.check()
        folder = self._folder if self._folder.exists() else self._folder.parent
        try:
            if not folder.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
            if not os.access(folder, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        except OSError as fault:
            return PrinterStatus(self._not_written(fault))
        return PrinterStatus()

    def calibrate(self, stop: Stop) -> None:
        """There is no media."""
        del stop
        raise CannotCalibrate(self._config.name, self._config.language.value)

    def _unreachable(self) -> PrinterUnreachable:
        return PrinterUnreachable(self._config.name, str(self._config.address))

    def _not_written(self, fault: OSError) -> FileNotWritten:
        return FileNotWritten(str(self._folder), fault.strerror or type(fault).__name__)


def _write_new(folder: Path, stem: str, suffix: str, data: bytes) -> None:
    """Whole or not at all, its content on the disk; raises OSError, and then no label is left behind."""
    unfinished = folder / f".{stem}-{secrets.token_hex(4)}.part"
    try:
        with unfinished.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _give_a_name(unfinished, folder, stem, suffix)
    finally:
        _clear_away(unfinished)


def _clear_away(unfinished: Path) -> None:
    """By now it is known whether the label is there; a name too many must not make it a refused one, sent again."""
    try:
        unfinished.unlink(missing_ok=True)
    except OSError as fault:
        log.warning("%s is left behind: %s", unfinished, fault)


def _give_a_name(unfinished: Path, folder: Path, stem: str, suffix: str) -> None:
    number = 1
    while True:
        finished = folder / (f"{stem}.{suffix}" if number == 1 else f"{stem}-{number}.{suffix}")
        try:
            _name(unfinished, finished)
        except FileExistsError:
            number += 1
        else:
            return


def _name(unfinished: Path, finished: Path) -> None:
    """Raise FileExistsError rather than replace anything, whoever else writes there."""
    try:
        os.link(unfinished, finished)
    except OSError as fault:
        if fault.errno not in _NO_LINKS:
            raise
        # Reserved first: replacing what this very program has just made is safe.
        finished.open("xb").close()
        try:
            unfinished.replace(finished)
        except OSError:
            finished.unlink(missing_ok=True)
            raise


def _sync_folder(folder: Path) -> None:
    """POSIX keeps a new name only when its folder is on the disk too; Windows cannot open folders."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
