"""Which codes bind, and which labels are scanned back."""

import pytest

from gizqr_station.domain.codes import CodeSource, IssuedCode
from gizqr_station.domain.identity import MacAddress
from gizqr_station.domain.product import CodeScheme, Product, bindable, is_product_key
from tests.fake_bench import NOW

BINDS = {
    (CodeScheme.GIZWITS, CodeSource.SERVICE),
    (CodeScheme.GIZWITS, CodeSource.POOL),
    (CodeScheme.LINK, CodeSource.LINK),
    (CodeScheme.TEMPLATE, CodeSource.TEMPLATE),
}


@pytest.mark.parametrize("scheme", CodeScheme)
@pytest.mark.parametrize("source", CodeSource)
def test_only_what_fits_the_scheme_binds(scheme: CodeScheme, source: CodeSource) -> None:
    code = IssuedCode("text", MacAddress("00911f500047"), source, NOW)
    assert bindable(Product("0" * 32, "Lamp", scheme), code) is ((scheme, source) in BINDS)


@pytest.mark.parametrize(("every", "due"), [(0, ""), (1, "1234567"), (3, "147")])
def test_one_in_so_many_is_scanned_back(every: int, due: str) -> None:
    product = Product("0" * 32, "Lamp", scan_back_every=every)
    assert "".join(str(number) for number in range(1, 8) if product.wants_scan_back(number)) == due


def test_a_product_key_is_32_lower_case_digits() -> None:
    assert is_product_key("0a6781ed676045988d5d72f3f0480fba")
    assert not is_product_key("0A6781ED676045988D5D72F3F0480FBA")
    assert not is_product_key("0a6781ed")
