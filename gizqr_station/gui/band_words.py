"""What the band says in each state: a word to be read from three metres, a line on what to do, an icon, a tone."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication

from gizqr_station.domain.code_failures import ServiceThrottles
from gizqr_station.domain.job import JobState
from gizqr_station.domain.slot import SlotConfig
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.gui.station_state import Band, StationState, Step
from gizqr_station.gui.tokens import Tone
from gizqr_station.workflows.record_happenings import OldLabelScanned


@dataclass(frozen=True, slots=True)
class BandWords:
    """All of a band."""

    tone: Tone
    icon: str
    word: str
    line: str


def band_words(state: StationState, *, scanner_only: bool, again_in_s: int = 0) -> BandWords:
    """The band of a state, in the language of the moment; ``again_in_s`` where a pause runs down."""
    translate = QCoreApplication.translate
    match state.band:
        case Band.OPENING:
            return BandWords(
                Tone.CALM, "working", translate("Band", "Opening"), translate("Band", "The station is starting.")
            )
        case Band.WAITING if scanner_only:
            return BandWords(
                Tone.CALM, "scan", translate("Band", "Ready"), translate("Band", "Scan the next device's code.")
            )
        case Band.WAITING:
            return BandWords(
                Tone.CALM,
                "plug",
                translate("Band", "Ready"),
                translate("Band", "Plug in the next device, or scan its code."),
            )
        case Band.WORKING:
            return BandWords(Tone.CALM, "working", translate("Band", "Working"), _step_line(state.step))
        case Band.TURN:
            return BandWords(
                Tone.CALM,
                "turn",
                translate("Band", "Queued"),
                translate("Band", "Its label is ready; that of slot {slot} comes first.").format(slot=state.turn_of),
            )
        case Band.SCAN_BACK:
            return BandWords(Tone.ACT, "scan", translate("Band", "Scan label"), _scan_line(state))
        case Band.SETTLE:
            return BandWords(
                Tone.ACT,
                "question",
                translate("Band", "Check label"),
                translate("Band", "Did the label come out? Scan it. If not, press F8 twice."),
            )
        case Band.VERIFIED:
            return BandWords(Tone.GOOD, "check", translate("Band", "Verified"), _verified_line(state))
        case Band.HANDED_OVER if state.job is not None and state.job.state is JobState.PRINTED:
            return BandWords(
                Tone.CALM,
                "printer",
                translate("Band", "Printed"),
                translate("Band", "The printer reports the label out; not scanned back, so not verified."),
            )
        case Band.HANDED_OVER:
            return BandWords(
                Tone.CALM,
                "sent",
                translate("Band", "Sent"),
                translate("Band", "Sent to the printer; not scanned back, so not verified."),
            )
        case Band.WRONG_LABEL:
            return BandWords(
                Tone.STOP,
                "wrong",
                translate("Band", "Wrong label"),
                translate("Band", "This label is not this device's. See below."),
            )
        case Band.RETRYING | Band.REFUSED if state.roll_ended:
            ribbon = state.roll_due is SupplyKind.RIBBON
            return BandWords(
                Tone.ACT,
                "printer",
                translate("Band", "New ribbon") if ribbon else translate("Band", "New roll"),
                translate("Band", "Put in a new ribbon, then press F9 twice.")
                if ribbon
                else translate("Band", "Put in a new roll, then press F9 twice."),
            )
        case Band.RETRYING if again_in_s:
            line = translate("Band", "The station tries again by itself in {seconds} s. F5: now.")
            if isinstance(state.failure, ServiceThrottles):
                # Whoever presses F5 now is only told to wait once more.
                line = translate("Band", "The QR service asked for a pause. It is asked again in {seconds} s.")
            return BandWords(Tone.ATTENTION, "attention", translate("Band", "Wait"), line.format(seconds=again_in_s))
        case Band.RETRYING:
            return BandWords(
                Tone.ATTENTION,
                "attention",
                translate("Band", "Wait"),
                translate("Band", "The station tries again by itself. F5: now."),
            )
        case Band.REFUSED:
            return BandWords(
                Tone.STOP,
                "stop",
                translate("Band", "Stop"),
                translate("Band", "See below what happened and what to do."),
            )
        case Band.STOPPED if state.failure is not None:
            return BandWords(
                Tone.STOP,
                "power",
                translate("Band", "Stopped"),
                translate("Band", "See below what happened and what to do."),
            )
        case Band.STOPPED:
            return BandWords(
                Tone.STOP,
                "power",
                translate("Band", "Stopped"),
                translate("Band", "The line has ended. Open the station again."),
            )


def _step_line(step: Step) -> str:
    translate = QCoreApplication.translate
    match step:
        case Step.READ:
            return translate("Band", "Reading who the device is.")
        case Step.CODE:
            return translate("Band", "Getting the code.")
        case Step.LABEL:
            return translate("Band", "Drawing the label.")
        case _:
            return translate("Band", "Printing the label.")


def _scan_line(state: StationState) -> str:
    translate = QCoreApplication.translate
    if state.job is None or not state.job.draft.revision:
        return translate("Band", "Stick the label on this device, then scan it.")
    line = translate("Band", "Use only the label marked {mark}, destroy any other. Then scan it.")
    return line.format(mark=f"R{state.job.draft.revision}")


def judging_words(seconds: int) -> BandWords:
    """While the next scan is kept from the line: that stands where the line's own words would."""
    translate = QCoreApplication.translate
    line = translate("Band", "The next scan is judged on the codes page, not by the line. Still {seconds} s.")
    return BandWords(Tone.ACT, "scan", translate("Band", "Judge"), line.format(seconds=seconds))


def desk_words(line: BandWords) -> BandWords:
    """While scans go to the records page: that, and how the line stands, on the line's strip."""
    translate = QCoreApplication.translate
    what = translate("Band", "Scans open records on this page, not at the line.")
    stands = translate("Band", "Line: {word}").format(word=line.word)
    if line.tone in {Tone.CALM, Tone.GOOD}:
        return BandWords(Tone.ACT, "scan", translate("Band", "Desk"), f"{what} {stands}")
    # What is off at the line is not hidden by where scans go.
    return replace(line, line=f"{line.line} {what}")


def old_label_words(alarm: OldLabelScanned) -> BandWords:
    """A voided label was scanned, or one that says the same."""
    translate = QCoreApplication.translate
    voided, live = alarm.voided, alarm.replacement
    device, old = voided.identity.readable, voided.draft.label_serial
    good = "" if live is None else "\u00a0·\u00a0".join(part for part in (live.mark, live.draft.label_serial) if part)
    if alarm.certain:
        line = translate("Band", "{old} of {device} is voided: take it off and destroy it. Good is only {good}.")
        if live is None:
            line = translate("Band", "{old} of {device} is voided: take it off and destroy it. None is good now.")
        return BandWords(
            Tone.STOP, "wrong", translate("Band", "Old label"), line.format(old=old, device=device, good=good)
        )
    line = translate("Band", "Old {old} and good {good} say the same. Scan the small code: it must say {good}.")
    if live is None:
        line = translate("Band", "The label of {device} may be the voided {old}. Scan the small code beside it.")
    word = translate("Band", "Old label?")
    return BandWords(Tone.ATTENTION, "attention", word, line.format(old=old, good=good, device=device))


def band_words_of(state: StationState, slot: SlotConfig, again_in_s: int = 0) -> BandWords:
    """The band where there are several slots: it names the one that is meant, so that hands know which."""
    words = band_words(state, scanner_only=slot.port is None, again_in_s=again_in_s)
    translate = QCoreApplication.translate
    if state.band in {Band.OPENING, Band.STOPPED}:
        return words
    if state.band is Band.WAITING:
        return replace(words, line=translate("Band", "Put the next device into a free slot."))
    word = translate("Band", "{number}: {word}").format(number=slot.number, word=words.word)
    return replace(words, word=word, line=_slot_line(state, slot) or words.line)


def _slot_line(state: StationState, slot: SlotConfig) -> str:
    """Empty where the line of a single slot says all."""
    translate = QCoreApplication.translate
    match state.band:
        case Band.SCAN_BACK if state.job is not None and state.job.draft.revision:
            line = translate("Band", "Stick only the label marked {mark} on the device in slot {slot}, then scan it.")
        case Band.SCAN_BACK:
            line = translate("Band", "Stick the label on the device in slot {slot}, then scan it.")
        case Band.WRONG_LABEL:
            line = translate("Band", "This label is not that of the device in slot {slot}. See below.")
        case Band.SETTLE:
            line = translate("Band", "Slot {slot}: did the label come out? Scan it. If not, press F8 twice.")
        case Band.VERIFIED if state.reading is not None and state.reading.port:
            line = translate("Band", "The label carries this device's code. Take the device out of slot {slot}.")
        case _:
            return ""
    return line.format(slot=slot.label, mark="" if state.job is None else f"R{state.job.draft.revision}")


def _verified_line(state: StationState) -> str:
    translate = QCoreApplication.translate
    if state.reading is None or not state.reading.port:
        return translate("Band", "The label carries this device's code.")
    return translate("Band", "The label carries this device's code. Unplug the device.")
