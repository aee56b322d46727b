"""What the codes page asks for; the workflows' codes desk is it."""

from typing import Protocol


class CodeControls(Protocol):
    """Every call returns at once; the answers come as happenings."""

    def shown(self, visible: bool) -> None:
        """Whether anybody looks at the page: PoolSeen."""
        ...

    def look(self) -> None:
        """Look at pool and order again: PoolSeen."""
        ...

    def fetch(self, ranges_text: str = "") -> None:
        """Fetch what the order misses, or these ranges: FetchSeen, or CodesDone with why not."""
        ...

    def pause(self) -> None:
        """At once: FetchSeen."""
        ...

    def go_on(self, number: int) -> None:
        """Let a paused fetch go on: FetchSeen, or CodesDone with why not."""
        ...

    def cancel(self, number: int) -> None:
        """Nothing more of it is fetched: FetchSeen."""
        ...

    def look_in(self, folder: str) -> None:
        """The files in a folder, empty for the user's own: CodesFolderSeen."""
        ...

    def import_file(self, path: str) -> None:
        """Take a zip's or another pool's codes: CodesProgress, CodesDone."""
        ...

    def export(self, path: str) -> None:
        """Write the pool into a file: CodesProgress, CodesDone."""
        ...

    def stop_file_work(self) -> None:
        """Enough of the import or export: CodesDone."""
        ...

    def judge_text(self, content: str) -> None:
        """What the App would make of a text: CodeJudged."""
        ...

    def judge_picture(self, path: str) -> None:
        """The same of a picture's code: CodeJudged."""
        ...

    def prove(self, content: str, identity_text: str = "") -> None:
        """Bind it and unbind it again: ProofGoesOn, ProofSeen, or CodesDone with why not."""
        ...

    def stop_proof(self) -> None:
        """Enough of it: what is bound is unbound first."""
        ...
