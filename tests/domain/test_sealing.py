"""Seals: the same bytes for ever, for whoever makes them again."""

import pytest

from gizqr_station.domain.sealing import canonical, seal_of


def test_canonical_text_has_sorted_names_no_blanks_and_bare_letters() -> None:
    document = {"who": "李伟 “qa”", "at": 1772438402000000, "job": None, "a": [True, False], "evidence": 'a"\n\x01\\/é'}
    assert canonical(document).decode() == (
        '{"a":[true,false],"at":1772438402000000,"evidence":"a\\"\\n\\u0001\\\\/é","job":null,"who":"李伟 “qa”"}'
    )


def test_a_seal_is_the_sha_256_of_the_canonical_text() -> None:
    # printf '{"after":"00","sequence":1}' | sha256sum
    assert seal_of({"sequence": 1, "after": "00"}) == (
        "4d45b1ea3f33ad72c522e9b44506a45aada713de5e10bc856de347050709e4d9"
    )


def test_half_a_character_and_no_number_are_refused() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        canonical({"who": "\ud800"})
    with pytest.raises(ValueError, match="JSON"):
        canonical({"at": float("nan")})
