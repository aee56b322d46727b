"""Who a module is, from its answer 22, or exactly why not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gizqr_station.domain import identity_failures as refused
from gizqr_station.domain.device_failures import AnswerTooShort
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Imei, MacAddress
from gizqr_station.readers.module_info import identity_in

VERSIONS = b"00000004" + b"00000001" + b"04020034"
IMEI = "861193040496508"
IMSI = "460001234567890"


def field(text: str | bytes) -> bytes:
    raw = text.encode() if isinstance(text, str) else text
    return raw.ljust(16, b"\0")


def wifi(mac: str | bytes, attributes: bytes = bytes(8)) -> bytes:
    return b"\x01" + VERSIONS + field(mac) + field("10.0.0.7") + attributes


def cellular(imei: str | bytes, imsi: str | bytes = IMSI, cells: bytes = b"\x00\x00") -> bytes:
    return b"\x02" + VERSIONS + bytes(8) + field(imei) + field(imsi) + bytes(16) + cells


@pytest.mark.parametrize(
    ("written", "mac"),
    [("00911f500047", "00911f500047"), ("ACCF232BE530", "accf232be530"), ("c47f.5103.85f7", "c47f510385f7")],
)
def test_a_mac_is_read_in_any_notation_that_fits(written: str, mac: str) -> None:
    assert identity_in(wifi(written), "p") == MacAddress(mac)


def test_firmware_without_device_attributes_is_read_too() -> None:
    assert identity_in(wifi("00911f500047", attributes=b""), "p") == MacAddress("00911f500047")


@pytest.mark.parametrize(
    "cells", [b"\x00\x00", b"\x01\x05" + b"cells", b"\x07\x05" + b"\xff" * 35, b"\x00\x05" + bytes(35)]
)
def test_an_imei_is_read_with_any_number_of_cells(cells: bytes) -> None:
    assert identity_in(cellular(IMEI, cells=cells), "p") == Imei(IMEI)


@pytest.mark.parametrize(
    ("payload", "failure"),
    [
        (wifi("01911f500047"), refused.MulticastMac),
        (wifi("02911f500047"), refused.LocallyAdministeredMac),
        (wifi("000000000000"), refused.EmptyMac),
        (wifi(b""), refused.EmptyMac),
        (wifi("ffffffffffff"), refused.BroadcastMac),
        (wifi(b"\xff" * 16), refused.NotAnIdentity),
        (wifi("00911f50004"), refused.WrongLength),
        (wifi("00911f50004700"), refused.WrongLength),
        (wifi(b"00911f\x00500047"), refused.NotAnIdentity),
        (wifi(b"00911f500047\x00x"), refused.NotAnIdentity),
        (wifi(b"00911f50004\xb7"), refused.NotAnIdentity),
        (wifi("unknown"), refused.NotAnIdentity),
        (cellular("861193040496509"), refused.WrongCheckDigit),
        (cellular("000000000000000"), refused.EmptyImei),
        (cellular("000000000000000", "000000000000000"), refused.EmptyImei),
        (cellular(b""), refused.EmptyImei),
        (cellular(b"", b""), refused.EmptyImei),
        (cellular(IMSI), refused.ImeiIsImsi),
        (cellular(IMEI, IMEI), refused.ImeiIsImsi),
        (cellular("8611930404965081"), refused.WrongLength),
        (cellular("000000000000000!"), refused.NotAnIdentity),
    ],
)
def test_what_must_not_be_labelled_is_named(payload: bytes, failure: type[Failure]) -> None:
    with pytest.raises(failure):
        identity_in(payload, "p")


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\x00" + wifi("00911f500047")[1:],
        b"\x03" + wifi("00911f500047")[1:],
        b"\xff" + cellular(IMEI)[1:],
        b"\x02" + wifi("00911f500047")[1:],
        b"\x01" + cellular(IMEI)[1:],
        b"\x01",
        b"\x02",
        wifi("00911f500047")[:-1],
        wifi("00911f500047") + b"\0",
        wifi("00911f500047")[:41],
        cellular(IMEI)[:-1],
        cellular(IMEI) + b"\0",
        cellular(IMEI, cells=b"\x02\x05cells"),
    ],
)
def test_an_answer_of_another_form_is_refused_with_its_port(payload: bytes) -> None:
    with pytest.raises(AnswerTooShort) as caught:
        identity_in(payload, "ttyUSB0")
    assert caught.value.port == "ttyUSB0"
    assert caught.value.reason


@given(st.binary(max_size=140))
def test_any_bytes_end_in_an_identity_or_a_failure(payload: bytes) -> None:
    try:
        found = identity_in(payload, "p")
    except Failure:
        return
    assert found.text.encode() in payload.lower()
