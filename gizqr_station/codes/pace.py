"""How fast and how long the service's list of tasks is looked at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """All in seconds, but for ``page``."""

    deadline_s: float = 60.0
    """For the whole of one code."""
    each_more_s: float = 0.2
    """For each further identity of a range; how fast the vendor's service draws them is not known."""
    second_look_s: float = 5.0
    """After a POST without an answer: look so long for its task before asking again. Trouble in between that lasts
    as long is given up on."""
    accepted_s: float = 15 * 60.0
    """So long after the service accepted a range's task no other is created for it."""
    short_pause_s: float = 3.0
    """A pause that the service asks for is waited out up to here; a longer one is the caller's, who can show it."""
    first_pause_s: float = 0.05
    longest_pause_s: float = 2.0
    page: int = 20
    """Tasks on a page of the list; the service may give fewer."""

    def deadline_for(self, identities: int) -> float:
        """For so many identities in one task."""
        return self.deadline_s + self.each_more_s * (identities - 1)
