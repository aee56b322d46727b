"""What a module says of itself when it is asked (answer 22): its MAC or its IMEI.

========  ===================================================================================================
Wi-Fi     type 01, protocol (8), hardware (8), software version (8), MAC (16), IP (16), device attributes (8)
cellular  type 02, protocol (8), hardware (8), software version (8), device attributes (8), IMEI (16), IMSI (16),
          MCC (8), MNC (8), number of cells (1), cell info length (1), 5 bytes a cell
========  ===================================================================================================

Texts are ASCII, padded with zero bytes. Source: the vendor's serial protocol pages and the structures of its MCU
development kit. Firmware without device attributes leaves that last Wi-Fi field out.
"""

from gizqr_station.domain.device_failures import AnswerTooShort
from gizqr_station.domain.identity import Identity, Imei, MacAddress
from gizqr_station.domain.identity_failures import EmptyImei, EmptyMac, ImeiIsImsi

_WIFI = 0x01
_CELLULAR = 0x02
_VERSIONS_END = 1 + 3 * 8

_MAC = slice(_VERSIONS_END, _VERSIONS_END + 16)
_WIFI_LENGTHS = (_VERSIONS_END + 2 * 16, _VERSIONS_END + 2 * 16 + 8)

_IMEI = slice(_VERSIONS_END + 8, _VERSIONS_END + 8 + 16)
_IMSI = slice(_IMEI.stop, _IMEI.stop + 16)
_CELL_COUNT = _IMSI.stop + 2 * 8
_CELLS = _CELL_COUNT + 2
_CELL_BYTES = 5


def identity_in(payload: bytes, port: str, *, local_macs: bool = False) -> Identity:
    """Return the identity in an answer 22.

    Raises AnswerTooShort when the answer has not a documented form, and what the domain refuses: NotAnIdentity,
    WrongLength, MulticastMac, LocallyAdministeredMac, EmptyMac, BroadcastMac, WrongCheckDigit, EmptyImei, ImeiIsImsi.
    ``port`` is only named in failures; ``local_macs`` as in MacAddress.parse.
    """
    kind = payload[0] if payload else None
    if kind == _WIFI:
        return _mac_in(payload, port, local_macs=local_macs)
    if kind == _CELLULAR:
        return _imei_in(payload, port)
    raise AnswerTooShort(port, "empty" if kind is None else f"type {kind:02x}")


def _mac_in(payload: bytes, port: str, *, local_macs: bool) -> MacAddress:
    if len(payload) not in _WIFI_LENGTHS:
        raise AnswerTooShort(port, f"{len(payload)} B, Wi-Fi")
    if not any(payload[_MAC]):
        raise EmptyMac(payload[_MAC].hex())
    return MacAddress.parse(_text(payload[_MAC]), local_macs=local_macs)


def _imei_in(payload: bytes, port: str) -> Imei:
    if len(payload) < _CELLS or not _holds_whole_cells(payload):
        raise AnswerTooShort(port, f"{len(payload)} B, cellular")
    if not any(payload[_IMEI]):
        raise EmptyImei(payload[_IMEI].hex())
    imei = _text(payload[_IMEI])
    # Zeros in both fields are a module without an IMEI, not one that answers its SIM's number: Imei.parse says so.
    if imei == _text(payload[_IMSI]) and imei.strip("0"):
        raise ImeiIsImsi(imei)
    return Imei.parse(imei)


def _holds_whole_cells(payload: bytes) -> bool:
    behind = len(payload) - _CELLS
    return behind % _CELL_BYTES == 0 and behind >= payload[_CELL_COUNT] * _CELL_BYTES


def _text(field: bytes) -> str:
    """The field without its padding; what is not ASCII stays visible, and is no identity for it."""
    return field.rstrip(b"\0").decode("ascii", errors="backslashreplace")
