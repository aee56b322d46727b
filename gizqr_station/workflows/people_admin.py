"""People made and changed: the first lead, new people, roles, PINs, badges, and unlocking."""

from collections.abc import Callable
from dataclasses import dataclass

from gizqr_station.domain.people import NameAndPin, Permission, Person, Role
from gizqr_station.domain.people_failures import NoCredential, PersonLockedOut, PersonUnknown, PinTooSimple
from gizqr_station.domain.sign_in import pins_of_badge, require_good_pin, require_usable_badge, usable_name
from gizqr_station.workflows.credentials import Credentials
from gizqr_station.workflows.people_ports import PeopleStore, PinHasher
from gizqr_station.workflows.sign_in import SignedInDuty


@dataclass(frozen=True, slots=True)
class PeopleAdmin:
    """Asks the duty before it changes anything; slow where a PIN is hashed."""

    store: PeopleStore
    duty: SignedInDuty
    credentials: Credentials
    pins: PinHasher
    badge_fits: Callable[[str], bool]
    """Whether this station's scanners would take a text for a badge."""

    def make_first_lead(self, name: str, pin: str, badge: str = "") -> Person:
        """Where the ledger knows nobody; they are on duty then. Raises FirstLeadMade, and what a name or PIN is not."""
        name = usable_name(name)
        require_good_pin(pin, badge)
        self._require_badge(badge)
        made = self.store.add_person(name, Role.LEAD, who=name, first=True, pin_hash=self.pins.hash(pin), badge=badge)
        self.duty.take_over(made, "first lead")
        return made

    def add(self, name: str, role: Role, pin: str = "", badge: str = "") -> Person:
        """A new person with a PIN, a badge or both; raises NameTaken, BadgeTaken, NoCredential …"""
        who = self.duty.require(Permission.MANAGE_PEOPLE, name)
        name = usable_name(name)
        if not pin and not badge:
            raise NoCredential(name)
        if pin:
            require_good_pin(pin, badge)
        self._require_badge(badge)
        return self.store.add_person(name, role, who=who, pin_hash=self.pins.hash(pin) if pin else "", badge=badge)

    def change(
        self, number: int, *, role: Role | None = None, active: bool | None = None, language: str | None = None
    ) -> Person:
        """What is given; raises LastLead. Everybody may choose their own language."""
        only_language = role is None and active is None
        who = self._require_for(number, own=only_language and self._is_own(number))
        changed = self.store.change_person(number, who=who, role=role, active=active, language=language)
        self.duty.read_again()
        return changed

    def set_pin(self, number: int, pin: str, own_pin: str = "") -> Person:
        """A lead sets anybody's, everybody their own with the old one; raises WrongPin, TriesExhausted …"""
        person = self.store.person(number)
        who = self._require_for(number, own=bool(own_pin) and self._is_own(number))
        require_good_pin(pin)
        holder = self.store.person_with_badge(pin)
        if holder is not None and holder.id == number:
            raise PinTooSimple
        if own_pin:
            self.credentials.person_of(NameAndPin(person.name, own_pin))
        changed = self.store.set_pin(number, self.pins.hash(pin), who=who)
        self.duty.read_again()
        return changed

    def set_badge(self, number: int, badge: str) -> Person:
        """A new badge, or empty to take it away; raises BadgeTaken, NoCredential, PinTooSimple …"""
        who = self.duty.require(Permission.MANAGE_PEOPLE, self.store.person(number).name)
        self._require_badge(badge)
        pin_hash = self.store.pin_hash(number)
        if badge and pin_hash and any(self.pins.fits(pin_hash, guess) for guess in pins_of_badge(badge)):
            raise PinTooSimple
        changed = self.store.set_badge(number, badge, who=who)
        self.duty.read_again()
        return changed

    def unlock(self, number: int) -> Person:
        """Their wrong PINs are forgotten; raises PersonLockedOut for whoever would unlock themselves."""
        person = self.store.person(number)
        who = self.duty.require(Permission.MANAGE_PEOPLE, person.name)
        if self._is_own(number):
            raise PersonLockedOut(person.name)
        return self.store.tries_forgotten(number, who=who)

    def number_of(self, name: str) -> int:
        """Whose name it is; raises PersonUnknown."""
        person = self.store.person_named(name)
        if person is None:
            raise PersonUnknown(name)
        return person.id

    def _require_for(self, number: int, *, own: bool) -> str:
        if own:
            return self.duty.require(Permission.LABEL)
        return self.duty.require(Permission.MANAGE_PEOPLE, self.store.person(number).name)

    def _is_own(self, number: int) -> bool:
        on_duty = self.duty.person
        return on_duty is not None and on_duty.id == number

    def _require_badge(self, badge: str) -> None:
        if badge:
            require_usable_badge(badge, fits=self.badge_fits(badge))
