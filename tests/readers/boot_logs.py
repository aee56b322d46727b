"""Logs that were seen on devices, which family each shipped profile reads, and a device that is pulled to boot."""

from gizqr_station.domain.reader_profile import Signal
from gizqr_station.domain.stop import Stop
from gizqr_station.readers.simulated_boot_texts import LogFamily

MAC = "c47f510385f7"
OTHER = "c47f51043a9b"
ST_BOARD = b"""
*** WIFI connection ***
Push the User button (Blue) within the next 5 seconds if you want to update the WiFi network configuration.

Initializing the WiFi module
Module initialized successfully: Inventek eS-WiFi ISM43362-M3G-L44-SPI C3.5.2.3.BETA9
Retrieving the WiFi module MAC address: c4:7f:51:03:85:f7

Connecting to AP: stmiot32  Attempt 1/3 ...
Connected to AP stmiot32
"""
ESP8266 = (
    b"\xf8\x00\x8e ets Jan  8 2013,rst cause:1, boot mode:(3,7)\r\n\r\nload 0x40100000, len 27728, room 16 \r\n"
    b"tail 0\r\nSDK version:1.5.4(baaeaebb)\r\nmode : sta(18:fe:34:9d:89:85) + softAP(1a:fe:34:9d:89:85)\r\nadd if0\r\n"
    b"dhcp server start:(ip:192.168.4.1,mask:255.255.255.0,gw:192.168.4.1)\r\nadd if1\r\nbcn 100\r\n"
)
GAGENT = (
    b"\r\nDEBUG Product Soft Version: 04020034. Hard Version: 00HFLPB1\r\nDEBUG GAgent mac :accf232be530"
    b"\r\nDEBUG GAgent passcode :f0fe6bc3f8d7 len=10\r\nDEBUG GAgent did :accf238497e6accf238497 len:22"
)
FAMILIES = {
    "log-st-board": LogFamily.ST_BOARD,
    "log-esp8266-gagent": LogFamily.ESP8266,
    "log-hf-lpb100": LogFamily.HIGH_FLYING,
    "log-hf-lpb120": LogFamily.HIGH_FLYING,
    "log-hf-lpt": LogFamily.HIGH_FLYING,
    "log-nb": LogFamily.NB,
}
IMEIS = ("866061038958554", "867726031076062", "869663071216324")


class BootsWhenPulled:
    """A device whose reset hangs on the adapter: each pull brings its next log."""

    port, baud = "jig", 115200

    def __init__(self, *logs: bytes) -> None:
        self.logs = list(logs)
        self.pulls = 0
        self._came = b""

    def pulse(self, signal: Signal, held_s: float, _stop: Stop) -> None:
        assert held_s > 0
        if signal is not Signal.NONE:
            self.pulls += 1
            self._came += self.logs.pop(0) if self.logs else b""

    def say(self, log: bytes) -> None:
        self._came += log

    def receive(self) -> bytes:
        came, self._came = self._came, b""
        return came
