"""The settings' rules for scans."""

import pytest

from gizqr_station.assembly.scanning import scan_rules
from gizqr_station.domain.scan_rules import PLAIN
from gizqr_station.settings.bench_settings import ScannerSettings
from gizqr_station.settings.model import ProductSettings, Settings


def test_untouched_settings_take_any_code() -> None:
    assert scan_rules(Settings()) == PLAIN


def test_each_setting_is_a_rule() -> None:
    settings = Settings(
        product=ProductSettings(local_macs_allowed_by="QA", local_macs_reason="own range"),
        scanner=ScannerSettings(badge="P[0-9]{5}", symbologies="Q,d", repeat_s=0.5),
    )
    rules = scan_rules(settings)
    assert (rules.local_macs, rules.symbologies, rules.repeat_s) == (True, frozenset("Qd"), 0.5)
    assert rules.badge is not None
    assert rules.badge.fullmatch("P12345")


@pytest.mark.parametrize(
    ("content", "said", "not_said"),
    [
        ("https://x.example/{mac}?k={{a}}", "https://x.example/00911f500047?k={a}", "https://x.example/?k={a}"),
        ("{mac_colons}|{product_key}", f"00:91:1F:50:00:47|{'a' * 32}", "00:91:1F:50:00:47|"),
        ("SN{identity}", "SN861193040496508", "SN12"),
        ("{MAC}.{imei}", "00911F500047.861193040496508", "00911f500047.861193040496508"),
    ],
)
def test_a_label_of_the_products_own_text_is_known_by_its_form(content: str, said: str, not_said: str) -> None:
    own = scan_rules(Settings(product=ProductSettings(scheme="template", content=content))).own_content
    assert own is not None
    assert own.fullmatch(said)
    assert not own.fullmatch(not_said)
    assert scan_rules(Settings(product=ProductSettings(content=content))).own_content is None


def test_a_text_that_cannot_be_filled_in_is_nobodys_form() -> None:
    assert scan_rules(Settings(product=ProductSettings(scheme="template", content="{serial}"))).own_content is None
