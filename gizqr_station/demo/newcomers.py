"""The people of a demo: names, badges, and PINs that everybody may know."""

from dataclasses import dataclass

from gizqr_station.domain.people import NameAndPin, Role

BADGES = r"DEMO-[A-Z]+"
"""The pattern of people's badges, in the demo's settings only."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody of the demo, with a PIN that everybody knows: in a demo's ledger only."""

    name: str
    role: Role
    pin: str

    @property
    def badge(self) -> str:
        """What a scanner would read off it."""
        return f"DEMO-{self.name.upper()}"

    @property
    def credential(self) -> NameAndPin:
        """As they sign in."""
        return NameAndPin(self.name, self.pin)


LEAD = Newcomer("Lin", Role.LEAD, "334455")
QA = Newcomer("Qin", Role.QA, "223344")
OPERATOR = Newcomer("Ou", Role.OPERATOR, "112233")
"""On duty when the demo opens."""
