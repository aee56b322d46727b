"""The product secret is kept out of all that labels are made of, whether somebody has named it or not."""

from pathlib import Path
from typing import Any

import pytest

from gizqr_station.assembly.codes import product_from
from gizqr_station.assembly.own_app import own_app
from gizqr_station.assembly.secrets import guarded_secrets
from gizqr_station.domain.secret_texts import NO_SECRETS
from gizqr_station.domain.settings_failures import SettingInvalid
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.settings.secret_store import environment_name

KEY, SECRET = "0a6781ed676045988d5d72f3f0480fba", "9f86d081884c7d659a2feaa0c55ad015"
BASE64 = "n4bQgYhMfWWaL+qgxVrQFQ=="
"""Of the secret's sixteen bytes."""


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("keyring.get_password", lambda _service, _name: None)
    monkeypatch.setenv(environment_name("canary"), SECRET)


def made(**tables: Any) -> Settings:
    product = {"key": KEY, "name": "Lamp", **tables.pop("product", {})}
    return Settings.model_validate({"product": product, **tables})


def filled(value: Any, form: str) -> Any:
    """The tables with this in the place of ``{}``; a text that must be short takes what fits of it."""
    if isinstance(value, dict):
        return {key: filled(each, form) for key, each in value.items()}
    if isinstance(value, list):
        return [filled(each, form) for each in value]
    return value.format(form) if "{}" in value else value


def refused(folder: DataFolder, settings: Settings) -> SettingInvalid:
    with pytest.raises(SettingInvalid) as fault:
        guarded_secrets(settings, folder)
    assert SECRET not in str(fault.value).lower()
    return fault.value


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path)


@pytest.mark.parametrize("form", [SECRET, SECRET.upper(), BASE64])
@pytest.mark.parametrize(
    ("place", "tables"),
    [
        ("product.name", {"product": {"name": "Lamp {}"}}),
        ("product.content", {"product": {"scheme": "template", "content": "https://x.example/{{mac}}/{}"}}),
        ("product.local_macs_reason", {"product": {"local_macs_allowed_by": "QA", "local_macs_reason": "{}"}}),
        ("station.operator", {"station": {"operator": "{}"}}),
        ("order.number", {"order": {"number": "{}"}}),
        ("printers[1].name", {"printers": [{"name": "{}"}]}),
    ],
)
def test_a_secret_in_any_text_of_the_settings_is_refused_with_its_place(
    folder: DataFolder, place: str, tables: dict[str, Any], form: str
) -> None:
    tables = filled(tables, form)
    tables.setdefault("product", {})["secret_name"] = "canary"
    assert refused(folder, made(**tables)).key == place


def test_a_secret_that_stands_nowhere_is_kept_to_look_for(folder: DataFolder) -> None:
    assert guarded_secrets(made(product={"secret_name": "canary"}), folder).values == {SECRET}
    assert guarded_secrets(made(), folder) == NO_SECRETS


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (f"https://x.example/?ps={SECRET}&mac={{mac}}", "ps"),
        ("https://x.example/?product_secret=abc&mac={mac}", "product_secret"),
        ("https://x.example/?secret=abc&mac={mac}", "secret"),
        (f"https://x.example/{SECRET}/{{mac}}", "32 digits"),
    ],
)
def test_a_pattern_that_seems_to_hold_a_secret_nobody_named_is_refused_and_says_why(
    folder: DataFolder, content: str, found: str
) -> None:
    fault = refused(folder, made(product={"scheme": "template", "content": content}))
    assert fault.key == "product.content"
    assert found in fault.reason
    assert "take it out" in fault.reason


def test_a_pattern_with_the_product_key_is_fine_and_one_that_is_not_used_is_not_looked_at(folder: DataFolder) -> None:
    for product in (
        {"scheme": "template", "content": f"https://x.example/?pk={KEY}&mac={{mac}}"},
        {"scheme": "template", "content": "https://x.example/?pk={product_key}&mac={mac}"},
        {"scheme": "gizwits", "content": f"https://x.example/{SECRET}/{{mac}}"},
    ):
        assert guarded_secrets(made(product=product), folder) == NO_SECRETS


@pytest.mark.parametrize(
    ("line", "named", "words"),
    [
        (f"00911f500048,D2vcp7K6LnqMZK9SFBZr6i,{SECRET}", True, "line 3: a secret"),
        (f"00911f500048,D2vcp7K6LnqMZK9SFBZr6i,12345678,{BASE64}", True, "line 3: a secret"),
        ("00911f500048,D2vcp7K6LnqMZK9SFBZr6i,1&product_secret=abc", False, "line 3: product_secret"),
        ("00911f500048,D2vcp7K6LnqMZK9SFBZr6i,1%26ps%3Dabc", False, "line 3: ps"),
    ],
)
def test_a_list_of_links_that_holds_a_secret_is_refused_with_its_line(
    folder: DataFolder, tmp_path: Path, line: str, named: bool, words: str
) -> None:
    links = tmp_path / "links.csv"
    links.write_text(
        f"\ufeffidentity,did,passcode,note\n00911f500047,D2vcp7K6LnqMZK9SFBZr6i,123456,\n{line}\n", "utf-8"
    )
    product = {"scheme": "link", "links_file": str(links), "secret_name": "canary" if named else ""}
    fault = refused(folder, made(product=product))
    assert (fault.key, words in fault.reason) == ("product.links_file", True)


def test_a_list_that_is_missing_or_clean_is_not_this_guards_business(folder: DataFolder, tmp_path: Path) -> None:
    links = tmp_path / "links.csv"
    links.write_text("identity,did,passcode\n00911f500047,D2vcp7K6LnqMZK9SFBZr6i,123456\n", "utf-8")
    for file in (links, tmp_path / "missing.csv"):
        product = {"scheme": "link", "links_file": str(file), "secret_name": "canary"}
        assert guarded_secrets(made(product=product), folder).values == {SECRET}


def test_the_own_app_reads_what_the_pattern_makes(folder: DataFolder) -> None:
    settings = made(product={"scheme": "template", "content": "https://x.example/{mac}?pk={product_key}"})
    reads = own_app(settings, product_from(settings, folder))
    assert reads is not None
    assert reads(f"https://x.example/00911f500047?pk={KEY}")
    assert not reads(f"https://x.example/00911f500047?pk={KEY[::-1]}")


def test_without_a_pattern_there_is_no_own_app(folder: DataFolder) -> None:
    for product in ({}, {"scheme": "template", "content": "{unknown}"}):
        settings = made(product=product)
        assert own_app(settings, product_from(settings, folder)) is None
