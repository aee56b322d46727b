"""Secrets by name: from the key store of the system, else the environment, else a file that only its owner reads."""

import os
import stat
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from gizqr_station.domain.line_failures import FileNotWritten
from gizqr_station.domain.settings_failures import SecretExposed, SecretMissing

KEY_STORE_SERVICE = "gizqr-station"


def find_secret(name: str, folder: Path) -> str:
    """The secret with this name; raises SecretMissing or SecretExposed, and never says its value."""
    found = _from_environment(name) or _from_key_store(name) or _from_file(folder / name)
    if not found:
        raise SecretMissing(name)
    return found


def found_or_made(name: str, folder: Path, make: Callable[[], str]) -> str:
    """The secret with this name, made and kept in a file for its owner alone where there is none.

    Raises SecretExposed, and FileNotWritten where it cannot be kept. Whoever comes second gets what the first made.
    """
    try:
        return find_secret(name, folder)
    except SecretMissing:
        pass
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(prefix=".", suffix=".part", dir=folder)  # of mode 0600
        aside = Path(part)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(make())
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):
                os.link(aside, folder / name)  # a name that is taken is not taken over
        finally:
            aside.unlink()
    except OSError as refused:
        raise FileNotWritten(str(folder / name), refused.strerror or type(refused).__name__) from refused
    return find_secret(name, folder)


def environment_name(name: str) -> str:
    """``line-3`` is looked for as ``GIZQR_SECRET_LINE_3``."""
    return "GIZQR_SECRET_" + name.upper().replace("-", "_")


def _from_environment(name: str) -> str:
    return os.environ.get(environment_name(name), "").strip()


def _from_key_store(name: str) -> str:
    # Imported here: it takes 70 ms, and a station without a secret never needs it.
    import keyring
    import keyring.errors

    try:
        return keyring.get_password(KEY_STORE_SERVICE, name) or ""
    except (keyring.errors.KeyringError, keyring.errors.InitError):
        return ""


def _from_file(path: Path) -> str:
    if not path.is_file():
        return ""
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise SecretExposed(str(path))
    return path.read_text(encoding="utf-8").strip()
