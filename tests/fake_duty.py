"""Who is on duty in a test, and what was asked of them."""

from dataclasses import dataclass, field

from gizqr_station.domain.people import ALLOWED, Badge, Credential, Permission, Role
from gizqr_station.domain.people_failures import BadgeUnknown, NotAllowed


@dataclass
class FakeDuty:
    """A Duty of people whose badge says their name. It lets anybody be their own second person: others must refuse."""

    name: str = "Li Wei"
    roles: dict[str, Role] = field(
        default_factory=lambda: {"Li Wei": Role.OPERATOR, "Zhang Min": Role.QA, "Wang Fang": Role.LEAD}
    )
    asked: list[tuple[str, Permission, str]] = field(default_factory=list)
    """Who was asked for what about what, granted or not."""

    def require(self, permission: Permission, about: str = "") -> str:
        return self._granted(self.name, permission, about)

    def second(self, credential: Credential, permission: Permission, about: str = "") -> str:
        name = credential.text if isinstance(credential, Badge) else credential.name
        if name not in self.roles:
            raise BadgeUnknown
        return self._granted(name, permission, about)

    def stirred(self) -> None:
        """Nothing locks."""

    def _granted(self, name: str, permission: Permission, about: str) -> str:
        self.asked.append((name, permission, about))
        if permission not in ALLOWED[self.roles[name]]:
            raise NotAllowed(name, permission.value)
        return name
