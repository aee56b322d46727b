"""PINs made unreadable with Argon2id, and looked at again (``workflows.people_ports.PinHasher``)."""

import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argon2

# RFC 9106, section 4, second recommended option ("low memory"): t = 3, p = 4, m = 2^16 KiB.
ROUNDS = 3
MEMORY_KIB = 65_536
LANES = 4


class Argon2Pins:
    """Some 50 to 100 ms a look: never on the window's thread, nor on a line's."""

    def __init__(self, *, rounds: int = ROUNDS, memory_kib: int = MEMORY_KIB, lanes: int = LANES) -> None:
        """As the RFC wants it for production; a test may make it cheaper."""
        self._rounds = rounds
        self._memory_kib = memory_kib
        self._lanes = lanes

    def hash(self, pin: str) -> str:
        """With its parameters and its salt."""
        return self._hasher().hash(pin)

    def fits(self, pin_hash: str, pin: str) -> bool:
        """Whether the PIN is the one; takes as long for a wrong one, and for nobody's."""
        from argon2.exceptions import InvalidHashError, VerificationError

        with contextlib.suppress(VerificationError, InvalidHashError):
            return self._hasher().verify(pin_hash, pin)
        return False

    def outdated(self, pin_hash: str) -> bool:
        """Whether it was made with other parameters than today's; also true of what is no hash."""
        from argon2.exceptions import InvalidHashError

        try:
            return self._hasher().check_needs_rehash(pin_hash)
        except InvalidHashError:
            return True

    def _hasher(self) -> "argon2.PasswordHasher":
        import argon2

        return argon2.PasswordHasher(
            time_cost=self._rounds, memory_cost=self._memory_kib, parallelism=self._lanes, type=argon2.Type.ID
        )
