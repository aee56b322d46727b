"""Keeps the product secret out of whatever could carry it to a label: the settings, the pattern, the list of links."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from gizqr_station.domain.secret_texts import Secrets, looks_like_a_secret, named_like_a_secret
from gizqr_station.domain.settings_failures import SettingInvalid
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.settings.station_secrets import station_secrets

_STANDS_THERE = "a secret stands in it, and no label, log or file may ever show one: take it out"
_LOOKS_LIKE_ONE = (
    "{found} looks like the product secret, which no label may ever show: take it out;"
    " whoever reads the label could act for every device of the product"
)


def guarded_secrets(settings: Settings, folder: DataFolder) -> Secrets:
    """What no label of this station may show. Raises SettingInvalid where one stands in what labels are made of.

    Also for what looks like a product secret while nobody has said what it is, SecretMissing for one that is named and
    not there, SecretExposed for one that others of this machine can read.
    """
    secrets = station_secrets(settings, folder.settings_file, folder.secrets)
    for place, text in _texts(settings.model_dump()):
        if secrets.stands_in(text):
            raise _invalid(folder, place, _STANDS_THERE)
    product = settings.product
    if product.scheme == "template":
        _require_no_stranger(folder, "product.content", product.content, product.key)
    if product.scheme == "link":
        _require_clean_list(folder, Path(product.links_file), secrets)
    return secrets


def _texts(values: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text of the settings with its place."""
    if isinstance(values, str):
        yield place, values
    elif isinstance(values, Mapping):
        for key, value in values.items():
            yield from _texts(value, f"{place}.{key}" if place else str(key))
    elif isinstance(values, tuple | list):
        for number, value in enumerate(values, start=1):
            yield from _texts(value, f"{place}[{number}]")


def _require_no_stranger(folder: DataFolder, place: str, text: str, product_key: str) -> None:
    found = looks_like_a_secret(text, product_key)
    if found:
        raise _invalid(folder, place, _LOOKS_LIKE_ONE.format(found=found))


def _require_clean_list(folder: DataFolder, path: Path, secrets: Secrets) -> None:
    """All columns of it: what is not printed today may be tomorrow. One that cannot be read others will tell of."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return
    # The whole first, because a look at each line of a long list takes seconds.
    if not secrets.stands_in(text) and not named_like_a_secret(text):
        return
    for number, line in enumerate(text.splitlines(), start=1):
        if secrets.stands_in(line):
            raise _invalid(folder, "product.links_file", f"line {number}: {_STANDS_THERE}")
        found = named_like_a_secret(line)
        if found:
            raise _invalid(folder, "product.links_file", f"line {number}: {_LOOKS_LIKE_ONE.format(found=found)}")


def _invalid(folder: DataFolder, place: str, reason: str) -> SettingInvalid:
    return SettingInvalid(str(folder.settings_file), place, reason)
