"""Where the program's own log goes: a rotated file in the data folder, and warnings of one-off commands nowhere."""

import logging
import logging.handlers
import time

from gizqr_station.domain.secret_texts import NO_SECRETS, Secrets
from gizqr_station.places import DataFolder

LARGEST_FILE = 5 * 1024 * 1024
FILES_KEPT = 5


class OneLine(logging.Formatter):
    """UTC times, and every entry on one line, so that scanned text cannot forge another."""

    converter = staticmethod(time.gmtime)

    def __init__(self, form: str, secrets: Secrets = NO_SECRETS) -> None:
        super().__init__(form)
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """Line breaks and other control characters come out escaped; a traceback follows indented. No secrets."""
        formatted = self._secrets.hidden(super().format(record))
        first, *rest = [_printable(line) for line in formatted.split("\n")]
        return "\n    ".join([first, *rest]) if record.exc_info else first + "".join(f"\\n{line}" for line in rest)


def _printable(line: str) -> str:
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in line)


def configure_log(folder: DataFolder | None, secrets: Secrets = NO_SECRETS) -> None:
    """Log into the folder, or nowhere at all where there is none or it cannot be written; never one of the secrets."""
    root = logging.getLogger()
    for handler in list(root.handlers):
        if isinstance(handler, logging.handlers.RotatingFileHandler | logging.NullHandler):
            root.removeHandler(handler)
            handler.close()
    handler = _file_handler(folder) if folder is not None else logging.NullHandler()
    handler.setFormatter(
        OneLine("%(asctime)s.%(msecs)03dZ %(levelname)s %(threadName)s %(name)s: %(message)s", secrets)
    )
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for chatty in ("httpx", "httpcore", "alembic", "PIL"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def _file_handler(folder: DataFolder) -> logging.Handler:
    try:
        folder.log_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return logging.handlers.RotatingFileHandler(
            folder.log_file, maxBytes=LARGEST_FILE, backupCount=FILES_KEPT, encoding="utf-8"
        )
    except OSError:
        return logging.NullHandler()
