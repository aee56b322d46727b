"""How a proof by binding is worded on screen."""

from PySide6.QtCore import QCoreApplication

from gizqr_station.domain.binding_proof import BindingProof, ProofStep, ProofVerdict
from gizqr_station.domain.failures import IdentityRefused
from gizqr_station.domain.identity import parse_identity
from gizqr_station.gui.band_words import BandWords
from gizqr_station.gui.tokens import Tone
from gizqr_station.wording import words_for


def step_words(step: ProofStep) -> str:
    """A step of a proof."""
    translate = QCoreApplication.translate
    return {
        ProofStep.SIGN_IN: translate("Codes", "Sign in"),
        ProofStep.CLEAR: translate("Codes", "Clear"),
        ProofStep.BIND: translate("Codes", "Bind"),
        ProofStep.READ_BACK: translate("Codes", "Read back"),
        ProofStep.UNBIND: translate("Codes", "Unbind"),
    }[step]


def proof_words(proof: BindingProof, language: str) -> BandWords:
    """The verdict, to be read from across the bench."""
    translate = QCoreApplication.translate
    tone, icon, word = {
        ProofVerdict.BINDS: (Tone.GOOD, "check", translate("Codes", "Binds")),
        ProofVerdict.OTHER_DEVICE: (Tone.STOP, "wrong", translate("Codes", "Other device")),
        ProofVerdict.DOES_NOT_BIND: (Tone.STOP, "stop", translate("Codes", "Does not bind")),
        ProofVerdict.NOT_KNOWN: (Tone.ATTENTION, "question", translate("Codes", "Not known")),
    }[proof.verdict]
    if proof.sandbox:
        # Of the real cloud it says nothing, so it is never simply green.
        tone = Tone.CALM if tone is Tone.GOOD else tone
        word = translate("Codes", "Sandbox: {verdict}").format(verdict=word)
    return BandWords(tone, icon, word, _proof_line(proof, language))


def _proof_line(proof: BindingProof, language: str) -> str:
    translate = QCoreApplication.translate
    if proof.failure is not None:
        # What to do about it takes more room, and stands below.
        return words_for(proof.failure, language).what
    if proof.device is None:
        return ""
    if proof.expected is None:
        line = translate("Codes", "The cloud named {mac}. Compare it with the device.")
    else:
        line = translate("Codes", "The cloud named {mac}, this very device.")
    return line.format(mac=_readable(proof.device.mac))


def _readable(text: str) -> str:
    """As the station writes it, to be compared with the field above; as the cloud wrote it where it is neither."""
    try:
        return parse_identity(text, local_macs=True).readable
    except IdentityRefused:
        return text
