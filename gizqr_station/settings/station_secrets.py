"""The secrets that a station's settings name, so that they can be kept out of labels, logs and files."""

import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from gizqr_station.domain.secret_texts import NO_SECRETS, SHORTEST, Secrets
from gizqr_station.domain.settings_failures import SecretExposed, SecretMissing, SettingInvalid
from gizqr_station.settings.secret_store import find_secret

if TYPE_CHECKING:
    from gizqr_station.settings.model import Settings

_NAMES = (
    ("product", "secret_name"),
    ("service", "authorization_secret"),
    ("service", "proxy_secret"),
    ("ledger", "password_secret"),
    ("outbox", "webhook_secret"),
)
"""Where the settings name a secret; the product's is the first."""


def station_secrets(settings: "Settings", settings_file: Path, folder: Path) -> Secrets:
    """All that can be found of them; ``folder`` is where those are that stand in files.

    The product secret has to be there and long enough, or nobody could look for it: raises SecretMissing, SecretExposed
    and SettingInvalid. Of the others, whoever needs them says that they are missing.
    """
    product_secret = settings.product.secret_name
    values = []
    if product_secret:
        values.append(find_secret(product_secret, folder))
        if len(values[0]) < SHORTEST:
            reason = f"a secret of fewer than {SHORTEST} characters cannot be told from other text"
            raise SettingInvalid(str(settings_file), "product.secret_name", reason)
    others = (settings.service.authorization_secret, settings.service.proxy_secret, settings.ledger.password_secret)
    for name in (*others, settings.outbox.webhook_secret):
        values += [value for value in _found(name, folder) if value != settings.product.key]
    return Secrets.of(values)


def secrets_named_in(settings_file: Path, folder: Path) -> Secrets:
    """The same for the log, before the settings are looked at in earnest: whatever is wrong, others will say it."""
    try:
        tables = tomllib.loads(settings_file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return NO_SECRETS
    said = {table: tables[table] for table, _ in _NAMES if isinstance(tables.get(table), dict)}
    names = [said[table].get(key) for table, key in _NAMES if table in said]
    values = [value for name in names if isinstance(name, str) for value in _found(name, folder)]
    # Some deployments take the product key for a key of theirs; it stands on every page and is no secret.
    return Secrets.of(value for value in values if value != said.get("product", {}).get("key"))


def _found(name: str, folder: Path) -> Iterator[str]:
    """The secret of this name, and of ``user:password`` the password too; nothing where it is not to be had."""
    if not name:
        return
    with suppress(SecretMissing, SecretExposed, OSError, ValueError):
        value = find_secret(name, folder)
        yield value
        yield value.partition(":")[2]
