"""What a device said in plain text of who it is, and when that is believed."""

from collections.abc import Iterable
from dataclasses import dataclass

from gizqr_station.domain.device_failures import SaidTwoIdentities
from gizqr_station.domain.failures import IdentityRefused
from gizqr_station.domain.identity import Identity, IdentityKind, parse_identity
from gizqr_station.domain.identity_failures import WrongKind


@dataclass(frozen=True, slots=True)
class Saying:
    """One place in a text where an identity should stand, and what stood there."""

    words: str
    """The identity in its normal form, or the text that is none."""
    identity: Identity | None
    refusal: IdentityRefused | None
    """Exactly one of the two is None."""
    evidence: bytes
    """The whole line."""

    def believed(self) -> tuple[Identity, bytes]:
        """The identity and the line that said it; raises the refusal."""
        if self.identity is None:
            raise self.refusal or WrongKind(self.words, "")
        return self.identity, self.evidence


@dataclass(frozen=True, slots=True)
class Terms:
    """What an identity has to be to be taken from this device."""

    expects: IdentityKind | None = None
    local_macs: bool = False

    def saying(self, text: str, line: bytes) -> Saying:
        """What this text comes to; ``line`` is where it stood."""
        try:
            identity = parse_identity(text, local_macs=self.local_macs)
            if self.expects not in (None, identity.kind):
                raise WrongKind(str(identity), self.expects.value if self.expects else "")
        except IdentityRefused as refused:
            return Saying(text, None, refused, line)
        return Saying(str(identity), identity, None, line)


class TwiceSaid:
    """Believes what was said twice; a refusal has to be said twice as well. Two identities stop everything.

    ``known``, who was read before, needs to say it only once more.
    """

    def __init__(self, port: str, known: Identity | None = None) -> None:
        self._port = port
        self._known = None if known is None else str(known)
        self._identity = ""
        self._refused = ""

    @property
    def once(self) -> str:
        """What was said once, so far; empty when nothing was."""
        return self._identity or self._refused

    def take(self, saying: Saying) -> Saying | None:
        """The saying when it is believed now, else None; raises SaidTwoIdentities."""
        if saying.identity is None:
            again, self._refused = saying.words == self._refused, saying.words
            return saying if again else None
        if self._identity and self._identity != saying.words:
            raise SaidTwoIdentities(self._port, self._identity, saying.words)
        again, self._identity = saying.words in (self._identity, self._known), saying.words
        return saying if again else None


def each_once(sayings: Iterable[Saying]) -> list[Saying]:
    """Without repetitions of the same words: what stands twice in one line, or in one answer, was said once."""
    first: dict[str, Saying] = {}
    for saying in sayings:
        first.setdefault(saying.words, saying)
    return list(first.values())
