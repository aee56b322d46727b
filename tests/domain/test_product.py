"""Which codes bind, and which labels are scanned back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gizqr_station.domain.codes import CodeSource, ContentKind, IssuedCode, anatomy
from gizqr_station.domain.identity import Identity, Imei, MacAddress
from gizqr_station.domain.product import CodeScheme, Product, bindable, content_fits, is_product_key
from tests.fake_bench import NOW

KEY, OTHER_KEY = "cd688469b42446e99a6130c9550c9ee7", "0a6781ed676045988d5d72f3f0480fba"
MAC, IMEI = MacAddress("00911f500047"), Imei("861193040496508")
# Decoded from the vendor's own pictures.
FOR_MAC = "2efc9e621cb34553b12edf7e63645864Pf2fFwkrJlBs4KRU/RQAnSjtFqvEsoISa7+WLzDhjHU7ArPMYwRGg2MIazCLTymUz5kTzw=="
FOR_IMEI = (
    "f1d1816e431a44aca40f0ab1e3d3a53auLUe0089zzNO0pdYlIAYstmPVbef7boBh2qpHKV9NlNEaLo9MNhlBC1jeDuudFcnc+Xwk/EZLw=="
)
LINK = f"http://www.gizwits.com?product_key={KEY}&did=D2vcp7K6LnqMZK9SFBZr6i&passcode=123456"

CONTENTS = {
    "issued for a MAC": FOR_MAC,
    "issued for an IMEI": FOR_IMEI,
    "issued, one letter short": FOR_MAC[:-1],
    "own link": LINK,
    "another product's link": LINK.replace(KEY, OTHER_KEY),
    "link in capitals of its key": LINK.replace(KEY, KEY.upper()),
    "link without a passcode": LINK.replace("123456", ""),
    "link with two dids": LINK + "&did=AAAAAAAAAAAAAAAAAAAAAA",
    "link that is no parameter": f"https://x.example/product_key={KEY}/did=1/passcode=2",
    "link behind a hash": f"https://x.example/?a=1#product_key={OTHER_KEY}&did=1&passcode=2",
    "share": "type=share&code=5c5829aea65f4ced98b9a73a0668683e",
    "share with a link in it": f"type=share&code=1&product_key={KEY}&did=D2vcp7K6LnqMZK9SFBZr6i&passcode=123456",
    "own text": "https://x.example/d/00911f500047",
    "nothing": "",
}
ISSUED_SCHEMES, ISSUED_SOURCES = (CodeScheme.GIZWITS, CodeScheme.PRIVATE), (CodeSource.SERVICE, CodeSource.POOL)
GOOD = {
    *(
        (scheme, source, content, identity)
        for scheme in ISSUED_SCHEMES
        for source in ISSUED_SOURCES
        for content, identity in (("issued for a MAC", MAC), ("issued for an IMEI", IMEI))
    ),
    *((CodeScheme.LINK, CodeSource.LINK, "own link", identity) for identity in (MAC, IMEI)),
    *(
        (CodeScheme.TEMPLATE, CodeSource.TEMPLATE, content, identity)
        for content in ("own text", "issued, one letter short", "nothing")
        for identity in (MAC, IMEI)
    ),
}
"""All that binds; everything else is TEST. What a template's text must not be, the pattern's owner cannot know."""


@pytest.mark.parametrize("scheme", CodeScheme)
@pytest.mark.parametrize("source", CodeSource)
@pytest.mark.parametrize("identity", [MAC, IMEI], ids=["mac", "imei"])
@pytest.mark.parametrize("content", CONTENTS)
def test_only_what_fits_the_scheme_binds(
    scheme: CodeScheme, source: CodeSource, content: str, identity: MacAddress | Imei
) -> None:
    code = IssuedCode(CONTENTS[content], identity, source, NOW)
    assert bindable(Product(KEY, "Lamp", scheme), code) is ((scheme, source, content, identity) in GOOD)


@given(
    st.text(max_size=60), st.sampled_from(["type=share&code=", LINK, FOR_MAC, "product_key=did=passcode="]), st.text()
)
def test_what_the_gizwits_app_takes_for_something_is_no_text_of_a_template(before: str, text: str, after: str) -> None:
    content = before + text + after
    taken = content.startswith("type=share&code=") or all(
        f"{name}=" in content for name in ("product_key", "did", "passcode")
    )
    if taken or anatomy(content).kind is ContentKind.ISSUED:
        code = IssuedCode(content, MAC, CodeSource.TEMPLATE, NOW)
        assert not bindable(Product(KEY, "Lamp", CodeScheme.TEMPLATE), code)


@given(st.sampled_from(CodeScheme), st.text(), st.sampled_from([MAC, IMEI]))
def test_what_is_issued_for_nobody_in_particular_fits_at_least_what_it_fits_for_one(
    scheme: CodeScheme, content: str, identity: Identity
) -> None:
    product = Product(KEY, "Lamp", scheme)
    for text in (content, *CONTENTS.values()):
        assert content_fits(product, text, None) or not content_fits(product, text, identity)


@pytest.mark.parametrize(("every", "due"), [(0, ""), (1, "1234567"), (3, "147")])
def test_one_in_so_many_is_scanned_back(every: int, due: str) -> None:
    product = Product("0" * 32, "Lamp", scan_back_every=every)
    assert "".join(str(number) for number in range(1, 8) if product.wants_scan_back(number)) == due


def test_a_product_key_is_32_lower_case_digits() -> None:
    assert is_product_key("0a6781ed676045988d5d72f3f0480fba")
    assert not is_product_key("0A6781ED676045988D5D72F3F0480FBA")
    assert not is_product_key("0a6781ed")
