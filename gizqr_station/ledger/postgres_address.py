"""Where a shared ledger is: an address of the settings taken apart, and how it is shown to people."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from gizqr_station.domain.shared_ledger_failures import DatabaseRefused

_PASSED_ON = frozenset({"sslmode", "sslrootcert", "sslcert", "sslkey"})
"""What may stand behind the question mark: how the connection is encrypted. Nothing that carries a password."""


@dataclass(frozen=True, slots=True)
class PostgresAddress:
    """One database of one server, and as whom."""

    host: str
    port: int
    database: str
    user: str
    encryption: tuple[tuple[str, str], ...] = ()

    @property
    def shown(self) -> str:
        """Without anything secret, and without anything that only machines want to know."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"postgresql://{self.user}@{host}:{self.port}/{self.database}"

    @classmethod
    def parse(cls, url: str) -> "PostgresAddress":
        """``postgresql://USER@HOST:5432/NAME?sslmode=verify-full``; DatabaseRefused for anything else."""
        try:
            parts = urlsplit(url)
            host, port, user, password = parts.hostname, parts.port, parts.username, parts.password
            options = tuple(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
        except ValueError as unreadable:
            raise DatabaseRefused("postgresql://", "the address cannot be read") from unreadable
        database = unquote(parts.path.removeprefix("/"))
        whole = parts.scheme == "postgresql" and host and user and database and "/" not in database
        if not whole or host is None or user is None:
            raise DatabaseRefused("postgresql://", "the address is not postgresql://USER@HOST:5432/NAME")
        address = cls(host, port or 5432, database, unquote(user), options)
        if password is not None:
            raise DatabaseRefused(address.shown, "a password stands in its address")
        strange = sorted({name for name, _ in options} - _PASSED_ON)
        if strange:
            raise DatabaseRefused(address.shown, f"{strange[0]} may not stand in its address")
        return address
