"""What the App makes of a text: its three rules in their order, and the own App behind them."""

import pytest

from gizqr_station.domain.app_reading import AppBinds, app_reading
from gizqr_station.domain.codes import ContentKind
from gizqr_station.domain.product import CodeScheme, Product
from tests.domain.test_product import FOR_IMEI, FOR_MAC, KEY, LINK, OTHER_KEY

LAMP = Product(KEY, "Lamp")
OWN = Product(KEY, "Lamp", CodeScheme.TEMPLATE)
SHARE = "type=share&code=5c5829aea65f4ced98b9a73a0668683e"


@pytest.mark.parametrize(
    ("content", "binds"),
    [
        (SHARE, AppBinds.SHARE),
        (f"{SHARE}&{LINK}", AppBinds.SHARE),
        (f" {SHARE}", AppBinds.NOTHING),
        (LINK, AppBinds.BY_LINK),
        (f"see {LINK}", AppBinds.BY_LINK),
        ("product_key=did=passcode=", AppBinds.BY_LINK),
        (f"https://x.example/#{LINK.partition('?')[2]}", AppBinds.BY_LINK),
        ("product_key=1&did=2", AppBinds.NOTHING),
        (FOR_MAC, AppBinds.BY_CONTENT),
        (FOR_IMEI, AppBinds.BY_CONTENT),
        (FOR_MAC + " ", AppBinds.NOTHING),
        ("www.hi-flying.com", AppBinds.NOTHING),
        ("", AppBinds.NOTHING),
    ],
)
@pytest.mark.parametrize("product", [None, LAMP, OWN], ids=["no product", "lamp", "own"])
def test_the_first_rule_that_fits_is_the_apps(content: str, binds: AppBinds, product: Product | None) -> None:
    assert app_reading(content, product, own_app=lambda _: False).binds is binds


def test_an_issued_content_tells_the_length_of_its_identity() -> None:
    reading = app_reading(FOR_IMEI, LAMP)
    assert (reading.content, reading.anatomy.kind, reading.anatomy.identity_length) == (
        FOR_IMEI,
        ContentKind.ISSUED,
        15,
    )
    assert (reading.link, reading.other_product, reading.parts_missing) == ((), False, ())


@pytest.mark.parametrize(
    ("link", "product", "other", "missing"),
    [
        (LINK, LAMP, False, ()),
        (LINK, None, False, ()),
        (LINK.replace(KEY, OTHER_KEY), LAMP, True, ()),
        (LINK.replace(KEY, OTHER_KEY), None, False, ()),
        (LINK.replace(KEY, ""), LAMP, False, ("product_key",)),
        (LINK.replace("123456", ""), LAMP, False, ("passcode",)),
        (LINK + "&did=another", LAMP, False, ("did",)),
        ("/product_key=/did=/passcode=", LAMP, False, ("product_key", "did", "passcode")),
    ],
)
def test_a_link_is_told_with_its_product_and_with_what_it_lacks(
    link: str, product: Product | None, other: bool, missing: tuple[str, ...]
) -> None:
    reading = app_reading(link, product)
    assert (reading.binds, reading.other_product, reading.parts_missing) == (AppBinds.BY_LINK, other, missing)
    assert tuple(name for name, _ in reading.link) == ("product_key", "did", "passcode")
    assert reading.anatomy.well_formed is not bool(missing)


def test_only_a_template_products_own_pattern_is_the_own_apps() -> None:
    text = "https://x.example/00911f500047"
    assert app_reading(text, OWN, own_app=lambda seen: seen == text).binds is AppBinds.OWN_APP
    assert app_reading(text, OWN, own_app=lambda _: False).binds is AppBinds.NOTHING
    assert app_reading(text, OWN).binds is AppBinds.NOTHING
    assert app_reading(text, LAMP, own_app=lambda _: True).binds is AppBinds.NOTHING
    assert app_reading(text, None, own_app=lambda _: True).binds is AppBinds.NOTHING


@pytest.mark.parametrize(
    ("content", "binds"), [(SHARE, AppBinds.SHARE), (LINK, AppBinds.BY_LINK), (FOR_MAC, AppBinds.BY_CONTENT)]
)
def test_what_the_gizwits_app_takes_is_never_the_own_apps_alone(content: str, binds: AppBinds) -> None:
    assert app_reading(content, OWN, own_app=lambda _: True).binds is binds
