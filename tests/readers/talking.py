"""Conversations as the shipped profiles have them, in a hurry, and readers that hold them."""

from dataclasses import replace

from gizqr_station.domain.reader_profile import AtTalk, LogTalk, Signal
from gizqr_station.domain.slot import LeavesBy
from gizqr_station.readers.at_dialogue import AtConversation
from gizqr_station.readers.boot_log import LogConversation
from gizqr_station.readers.conversation import Conversation
from gizqr_station.readers.port_at import PortAt
from gizqr_station.readers.port_reader import PortReader
from gizqr_station.readers.profile_files import ProfileShelf
from gizqr_station.readers.simulated import SimulatedDevice
from tests.readers.conftest import StoppedClock

PATIENT_S = 5.0
"""Where a device does answer, a slow machine must not make it silent."""


def at_conversation(
    name: str, *, pause_s: float = 2.0, tries: int = 3, answer_timeout_s: float = PATIENT_S, local_macs: bool = False
) -> AtConversation:
    profile = ProfileShelf().profile(name)
    assert isinstance(profile.talk, AtTalk)
    talk = replace(profile.talk, pause_s=pause_s, tries=tries)
    return AtConversation(name, talk, expects=profile.expects, local_macs=local_macs, answer_timeout_s=answer_timeout_s)


def log_conversation(
    name: str, *, again_s: float = PATIENT_S, reset: Signal = Signal.NONE, local_macs: bool = False
) -> LogConversation:
    profile = ProfileShelf().profile(name)
    assert isinstance(profile.talk, LogTalk)
    talk = replace(profile.talk, again_s=again_s, reset=reset)
    return LogConversation(name, talk, expects=profile.expects, local_macs=local_macs)


def reader_of(
    bench: SimulatedDevice, talk: Conversation, *, baud: int = 115200, leaves_by: LeavesBy = LeavesBy.PORT
) -> PortReader:
    return PortReader(PortAt.of(str(bench.link)), baud, talk, clock=StoppedClock(), leaves_by=leaves_by, settle_s=0.2)
