"""What simulated devices print while they boot: the identity beside its words, among other devices' addresses.

Written from logs that people published (ESP8266 and ST boards) and from the print statements of the vendor's
open-source GAgent, apart from the reader. The NB-IoT log is made up; only its reset cause was seen.
"""

import random
from enum import StrEnum


class LogFamily(StrEnum):
    """Whose log it is."""

    ST_BOARD = "st_board"
    ESP8266 = "esp8266"
    HIGH_FLYING = "high_flying"
    NB = "nb"


def boot_text(family: str, identity: str, chance: random.Random) -> bytes:
    """One start of a device, among other devices' addresses; no two are alike."""
    lines = {
        LogFamily.ST_BOARD: _st_board,
        LogFamily.ESP8266: _esp8266,
        LogFamily.HIGH_FLYING: _high_flying,
        LogFamily.NB: _nb,
    }[LogFamily(family)](identity, chance)
    end = chance.choice(("\r\n", "\n", "\r\r\n"))
    return end.join([*lines, ""]).encode("latin-1")


def _st_board(mac: str, chance: random.Random) -> list[str]:
    told = f" {_colons(mac)}" if mac else ""
    return [
        "*** WIFI connection ***",
        f"Cloud device id: {_hex(chance, 24)}",
        "Push the User button (Blue) within the next 5 seconds if you want to update the WiFi network configuration.",
        "Initializing the WiFi module",
        "Module initialized successfully: Inventek eS-WiFi ISM43362-M3G-L44-SPI C3.5.2.3.BETA9",
        *_some(chance, f"Last AP MAC address: {_colons(_mac(chance))}", f"BSSID: {_colons(_mac(chance))}"),
        f"Retrieving the WiFi module MAC address:{told}",
        f"Connecting to AP: {_hex(chance, 12)}  Attempt 1/3 ...",
        *_some(
            chance,
            f"Gateway MAC address: {_colons(_mac(chance))}",
            f"Bluetooth MAC address: {_colons(_mac(chance))}",
            f"Retrieving the AP MAC address: {_colons(_mac(chance))}",
            f"Retrieving the WiFi module IP address: 192.168.1.{chance.randrange(2, 250)}",
        ),
        "Connected to AP",
        f"IP address: 192.168.23.{chance.randrange(2, 250)}",
    ]


def _esp8266(mac: str, chance: random.Random) -> list[str]:
    soft_ap = _colons(f"{int(mac[:2], 16) | 2:02x}{mac[2:]}") if mac else _colons(_mac(chance))
    modes = [f"mode : softAP({soft_ap})"]
    if mac:
        modes = chance.choice(
            (
                [f"mode : sta({_colons(mac)})", "add if0"],
                [f"mode : sta({_colons(mac)}) + softAP({soft_ap})", "add if0", "add if1"],
                [f"mode : softAP({soft_ap})", "add if1", f"I (734) wifi:mode : sta ({_colons(mac)})"],
            )
        )
    gagent = [
        "DEBUG Product Soft Version: 04020034. Hard Version: 00ESP826",
        *([f"DEBUG GAgent mac :{mac}"] if mac and chance.random() < 0.5 else []),
        f"DEBUG GAgent passcode :{_hex(chance, 10)} len=10",
        f"DEBUG GAgent did :{_hex(chance, 22)} len:22",
        f"DEBUG GAgent old pk :{_hex(chance, 32)} len:32",
        f"DEBUG GAgent AP name:XPG-GAgent-{(mac or _mac(chance))[8:]}",
    ]
    return [
        "".join(chr(chance.randrange(128, 256)) for _ in range(chance.randrange(40))),
        " ets Jan  8 2013,rst cause:1, boot mode:(3,7)",
        f"load 0x40100000, len {chance.randrange(20000, 30000)}, room 16",
        f"csum 0x{_hex(chance, 2)}",
        "SDK version:1.5.4(baaeaebb)",
        *modes,
        f"dhcp server start:(ip:192.168.4.1,mask:255.255.255.0,gw:192.168.4.1),mac:{_mac(chance)}",
        *gagent,
        *_some(
            chance,
            f"connected with TP-LINK-FD, channel 1, bssid = {_colons(_mac(chance))}",
            f"T|AP MAC   : {_colons(_mac(chance)).replace(':', ' ')}",
            f"station: {_colons(_mac(chance))} join, AID = 1",
            f"BTDM_INIT: Bluetooth MAC: {_colons(_mac(chance))}",
            f"GAgent AP mac :{_mac(chance)}",
        ),
    ]


def _high_flying(mac: str, chance: random.Random) -> list[str]:
    return [
        f"[{chance.randrange(99999)}]system start, reset reason {chance.randrange(9)}",
        *([f"DEBUG DRV_GAgent_GetWiFiMacAddress:MAC addr {mac.upper()}"] if mac else []),
        *_some(
            chance,
            f"AP MAC addr {_mac(chance)}",
            f"+ok={_mac(chance).upper()}",
            f"BSSID={_colons(_mac(chance))}",
            f"gateway mac :{_mac(chance)}",
            f"DRV_GAgent_GetGatewayMacAddress:MAC addr {_mac(chance)}",
            f"STA MAC: {_colons(_mac(chance))} joined",
        ),
        "DEBUG Product Soft Version: 04020034. Hard Version: 00HFLPB1",
        *([f"DEBUG GAgent mac :{mac}"] if mac else []),
        f"DEBUG GAgent did :{_hex(chance, 22)} len:22",
        f"DEBUG GAgent old did :{_mac(chance)} len:12",
        "DEBUG GAgent M2M IP :119.29.42.117",
    ]


def _nb(imei: str, chance: random.Random) -> list[str]:
    other = "861193040496508"
    return [
        "REBOOT_CAUSE_APPLICATION_POWER_ON_RESET",
        f"IMSI: 46001{chance.randrange(10**10):010d}",
        *_some(
            chance, f"ICCID: 898602{chance.randrange(10**14):014d}", f"IMEISV: {other[:14]}02", f"peer IMEI: {other}"
        ),
        *([f"IMEI: {imei}"] if imei else []),
        *_some(chance, f"SN=22271M{chance.randrange(10**14):014d}", f"old IMEI={other}", f"IMEI:{other}02"),
        f"+CEREG:2,{_hex(chance, 4)},{_hex(chance, 8)},7",
    ]


def _some(chance: random.Random, *lines: str) -> list[str]:
    return chance.sample(lines, chance.randrange(len(lines) + 1))


def _hex(chance: random.Random, digits: int) -> str:
    return f"{chance.getrandbits(4 * digits):0{digits}x}"


def _mac(chance: random.Random) -> str:
    """One that would be believed, if it stood in the right place."""
    return f"{chance.choice(('18fe34', 'accf23', 'f0fe6b', 'c47f51'))}{_hex(chance, 6)}"


def _colons(mac: str) -> str:
    return ":".join(mac[at : at + 2] for at in range(0, 12, 2))
