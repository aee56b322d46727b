"""A secret is found in whatever form it stands there, and nothing else is taken for one."""

import base64
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gizqr_station.domain.secret_texts import NO_SECRETS, Secrets, looks_like_a_secret, named_like_a_secret
from tests.domain.test_product import FOR_IMEI, FOR_MAC, KEY, LINK

CANARY = "9f86d081884c7d659a2feaa0c55ad015"
SECRETS = Secrets(frozenset({CANARY}))
BYTES = bytes.fromhex(CANARY)


def percent(text: str) -> str:
    """Every letter encoded, as no library does it."""
    return "".join(f"%{ord(letter):02X}" for letter in text)


FORMS = {
    "plain": CANARY,
    "capitals": CANARY.upper(),
    "mixed": CANARY[:9].upper() + CANARY[9:],
    "as a UUID": "9f86d081-884c-7d65-9a2f-eaa0c55ad015",
    "in pairs": "9F:86:D0:81:88:4C:7D:65:9A:2F:EA:A0:C5:5A:D0:15",
    "in groups": "9f86 d081 884c 7d65 9a2f eaa0 c55a d015",
    "on two lines": "9f86d081884c7d65\n9a2feaa0c55ad015",
    "hexadecimal of the digits": CANARY.encode().hex(),
    "hexadecimal of the capitals, in capitals": CANARY.upper().encode().hex().upper(),
    "base64": base64.b64encode(CANARY.encode()).decode(),
    "base64 of the capitals": base64.b64encode(CANARY.upper().encode()).decode(),
    "base64 of the bytes": base64.b64encode(BYTES).decode(),
    "base64 for URLs": base64.urlsafe_b64encode(BYTES + b"\xff\xfe").decode(),
    "base64 behind one letter": base64.b64encode(b"x" + CANARY.encode() + b"yz").decode(),
    "base64 behind two letters": base64.b64encode(b"xy" + BYTES + b"z").decode(),
    "base64 in lines": base64.encodebytes(b"a" * 40 + CANARY.encode() + b"b" * 40).decode(),
    "base64, URL-encoded": quote(base64.b64encode(BYTES).decode(), safe=""),
    "URL-encoded": percent(CANARY),
    "URL-encoded twice": quote(percent(CANARY)),
    "in a link": f"https://x.example/?ps={CANARY}&mac=00911f500047",
    "in JSON": f'{{"product_secret":"{CANARY.upper()}"}}',
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize(("before", "after"), [("", ""), ("0", "1"), ("type=share&code=", "&x"), ("标签 ", " 标签")])
def test_a_secret_is_found_in_every_form_and_nothing_of_it_is_left(form: str, before: str, after: str) -> None:
    text = before + form + after
    assert SECRETS.stands_in(text)
    hidden = SECRETS.hidden(text)
    assert not SECRETS.stands_in(hidden)
    assert "***" in hidden
    assert CANARY[4:-4] not in hidden.lower()


@pytest.mark.parametrize("text", ["", FOR_MAC, FOR_IMEI, LINK, KEY, CANARY[:-1], CANARY[1:], "00:91:1F:50:00:47"])
def test_what_is_no_secret_is_let_be(text: str) -> None:
    assert not SECRETS.stands_in(text)
    assert SECRETS.hidden(text) == text
    assert NO_SECRETS.hidden(text + CANARY) == text + CANARY


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_nothing_of_a_secret_is_left_in_the_bytes_of_a_wire(form: str) -> None:
    for data in (form.encode(), b"\xff\x00" + form.encode() + "标签".encode()):
        wiped = SECRETS.wiped(data)
        assert len(wiped) == len(data)
        assert b"*" * 16 in wiped
        for text in (wiped.decode("latin-1"), wiped.hex(" ")):
            assert not SECRETS.stands_in(text)
        assert CANARY[4:-4].encode() not in wiped.lower()


def test_what_stands_beside_a_secret_on_a_wire_is_kept() -> None:
    for form in (BYTES, CANARY.upper().encode(), CANARY.encode("utf-16-le")[:-1]):
        assert SECRETS.wiped(b"\x00a" + form + b"b\xff") == b"\x00a" + b"*" * len(form) + b"b\xff"
    password = Secrets(frozenset({"пароль-Ä.9"}))
    for word in ("пароль-Ä.9", "ПАРОЛЬ-ä.9"):
        assert password.wiped(f"a {word} b".encode()) == b"a " + b"*" * len(word.encode()) + b" b"


@pytest.mark.parametrize("name", ["product_secret=", "productSecret: ", "PS=", '{"product-secret": "'])
def test_a_product_secret_that_nobody_named_is_wiped_where_a_device_names_it(name: str) -> None:
    line = f"{name}{CANARY}\r\nproduct_key={KEY}\r\n"
    assert NO_SECRETS.wiped(line.encode()) == line.replace(CANARY, "*" * 32).encode()


@pytest.mark.parametrize("text", ["", FOR_MAC, KEY, f"ps={CANARY[:-1]}", f"ps={CANARY}0", f"steps={CANARY}", CANARY])
def test_what_no_device_calls_a_secret_stays_on_the_wire(text: str) -> None:
    assert NO_SECRETS.wiped(text.encode()) == text.encode()


@given(st.binary(max_size=60), st.sampled_from([*(form.encode() for form in FORMS.values()), BYTES]), st.binary())
def test_whatever_stands_around_it_a_secret_is_wiped(before: bytes, form: bytes, after: bytes) -> None:
    wiped = SECRETS.wiped(before + form + after)
    assert len(wiped) == len(before + form + after)
    assert not SECRETS.stands_in(wiped.decode("latin-1"))
    assert BYTES not in wiped


@given(st.text(max_size=40), st.sampled_from(list(FORMS.values())), st.text(max_size=40))
def test_whatever_stands_around_it_a_secret_is_hidden(before: str, form: str, after: str) -> None:
    assert not SECRETS.stands_in(SECRETS.hidden(f"{before} {form} {after}"))


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=8, max_size=40), st.binary(max_size=5))
def test_any_secret_is_found_plain_and_in_base64_wherever_it_begins(secret: str, before: bytes) -> None:
    secrets = Secrets(frozenset({secret}))
    assert secrets.stands_in(f"x {secret.lower()} y")
    assert secrets.stands_in(base64.b64encode(before + secret.encode() + b"z").decode())
    assert secrets.stands_in(quote(secret, safe=""))
    assert not secrets.stands_in(secrets.hidden(f"a {secret} b"))


def test_what_is_left_of_a_line_of_the_log_can_still_be_read() -> None:
    assert SECRETS.hidden(f"asked for {CANARY.upper()} at 08:00") == "asked for *** at 08:00"


def test_a_secret_is_never_shown_by_what_keeps_it() -> None:
    assert CANARY not in repr(SECRETS)
    assert CANARY not in str(SECRETS)


def test_a_secret_that_is_too_short_to_be_told_from_other_text_is_refused() -> None:
    with pytest.raises(ValueError, match="fewer than 8") as refused:
        Secrets(frozenset({"G123456"}))
    assert "G123456" not in str(refused.value)
    assert Secrets.of(["G", "", CANARY]) == SECRETS


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"https://x.example/?ps={{mac}}&k={KEY}", "ps"),
        ("https://x.example/?product_secret=1", "product_secret"),
        ("https://x.example/?a=1&Secret=x", "Secret"),
        ("https://x.example/%3Fproduct%5Fsecret%3D1", "product_secret"),
        ('{"productSecret": "{mac}"}', "productSecret"),
        ("ps:{mac}", "ps"),
        (f"https://x.example/{CANARY}/{{mac}}", "a run of 32 digits that is not the product key"),
        (f"https://x.example/{KEY}/{CANARY.upper()}", "a run of 32 digits that is not the product key"),
        (f"https://x.example/{percent(CANARY)}", "a run of 32 digits that is not the product key"),
        (f"https://x.example/{KEY}/{{mac}}", ""),
        (f"https://x.example/{KEY.upper()}", ""),
        ("https://x.example/?gps={mac}&steps=1&ps", ""),
        (CANARY + "0", ""),
        ("https://x.example/550e8400-e29b-41d4-a716-446655440000/{mac}", ""),
        ("", ""),
    ],
)
def test_what_looks_like_a_product_secret_that_nobody_named_is_found(text: str, found: str) -> None:
    assert looks_like_a_secret(text, KEY) == found
    assert named_like_a_secret(text) == ("" if found.startswith("a run") else found)
