"""A Link to a printer that is a function: what it is asked goes in, what it says comes out."""

from collections.abc import Callable

from gizqr_station.domain.printer import Patience
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.links.link import Delivery, End, LinkLost


class ScriptedLink:
    """Silence takes no longer than a moment. ``says`` is also called with nothing, whenever somebody only listens."""

    def __init__(self, says: Callable[[bytes], bytes]) -> None:
        self._says = says
        self.heard = b""
        self.asked: list[bytes] = []

    def deliver(self, data: bytes, patience: Patience, stop: Stop) -> Delivery:
        return Delivery(End.TAKEN, len(data), len(data))

    def ask(self, query: bytes, complete: Callable[[bytes], bool], within_s: float, stop: Stop) -> bytes:
        if query:
            self.asked.append(query)
        self.heard += self._says(query)
        if not complete(self.heard):
            stop.sleep(min(within_s, 0.01))
        answer, self.heard = self.heard, b""
        return answer

    def finish(self, settle_s: float, stop: Stop) -> End:
        return End.TAKEN

    def close(self) -> None:
        pass


def lost(_: bytes) -> bytes:
    raise LinkLost


def one_after_the_other(*answers: bytes) -> Callable[[bytes], bytes]:
    """To each query the next answer, the last one for ever; to listening nothing."""
    left = list(answers)

    def says(query: bytes) -> bytes:
        if not query:
            return b""
        return left.pop(0) if len(left) > 1 else left[0]

    return says
