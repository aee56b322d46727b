"""Cuts what a scanner in serial mode sends into codes."""

LONGEST_CODE = 4097
"""Characters that are given on: one more than any code of this trade holds, so that it is refused by its length."""
LARGEST_HELD = 65536
_ENDS = b"\r\n\t"
_ENCODINGS = ("utf-8", "gbk")


class CodeBytes:
    """Carriage return, line feed or tab ends a code, or silence does; holds 64 KiB at most, whatever comes."""

    def __init__(self) -> None:
        self._begun = bytearray()

    @property
    def held(self) -> int:
        """Bytes of a code that has not ended."""
        return len(self._begun)

    def feed(self, data: bytes) -> list[str]:
        """Take what came, return the codes that it ended."""
        codes: list[str] = []
        *ended, rest = data.translate(bytes.maketrans(_ENDS, b"\n" * len(_ENDS))).split(b"\n")
        for part in ended:
            self._append(part)
            codes += self.silence()
        self._append(rest)
        return codes

    def silence(self) -> list[str]:
        """Nothing came for a while: what was begun is a code, if there is anything."""
        code = bytes(self._begun)
        self._begun.clear()
        return [decoded(code)] if code else []

    def _append(self, part: bytes) -> None:
        self._begun += part[: LARGEST_HELD - len(self._begun)]


def decoded(code: bytes) -> str:
    """As UTF-8, else as GBK, which Chinese scanners send, else each byte as it is; at most LONGEST_CODE characters."""
    for encoding in _ENCODINGS:
        try:
            return code.decode(encoding)[:LONGEST_CODE]
        except UnicodeDecodeError:
            continue
    return code.decode("latin-1")[:LONGEST_CODE]
