"""The way to a service: its address, perhaps a proxy before it, and what to call it when the way is blocked."""

import base64
from dataclasses import dataclass, field

import httpx

from gizqr_station.domain.code_failures import CertificateRefused, NameUnknown, ProxyRefused, ServiceUnreachable
from gizqr_station.domain.failures import CodeFailure

_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy of the settings. Over plain http it sees each request with its key; https goes through it unread."""

    url: str
    user: str = ""
    password: str = field(default="", repr=False)

    @staticmethod
    def parse(url: str, user_and_password: str = "") -> "Proxy":
        """``http://proxy:3128`` and ``user:password``; ValueError that never repeats the password."""
        parts = usable_url(url, "proxy")
        if parts.path not in ("", "/"):
            raise ValueError("proxy: only a host and a port may be in it")
        user, colon, password = user_and_password.partition(":")
        if user_and_password and not (user and colon):
            raise ValueError("proxy_secret: user:password expected")
        return Proxy(str(parts).rstrip("/"), user, password)

    @property
    def place(self) -> str:
        """Host and port."""
        return place_of(httpx.URL(self.url))

    @property
    def auth(self) -> tuple[bytes, bytes] | None:
        """User and password as they go into the header of the proxy alone."""
        return (self.user.encode(), self.password.encode()) if self.user else None

    @property
    def secrets(self) -> tuple[str, ...]:
        """What only the proxy may be told, in each form in which somebody may say it back."""
        if not self.user:
            return ()
        both = f"{self.user}:{self.password}"
        return (both, self.password, base64.b64encode(both.encode()).decode())

    @property
    def secure(self) -> bool:
        """Whether the way to the proxy itself is https."""
        return self.url.startswith("https:")


@dataclass(frozen=True, slots=True)
class Route:
    """Where the calls of one client go."""

    address: str
    """The service's base URL, without a slash at its end."""
    proxy: Proxy | None = None

    @property
    def secure(self) -> bool:
        """Whether nobody on the way can read along."""
        return self.address.startswith("https:")

    @property
    def tunnelled(self) -> bool:
        """Whether the proxy is asked for a tunnel before the service's own TLS begins."""
        return self.proxy is not None and self.secure

    def no_connection(self) -> CodeFailure:
        """Nobody takes connections at the first stop."""
        return self.proxy_refuses("no connection") if self.proxy else ServiceUnreachable(self.address)

    def no_name(self, host: str) -> CodeFailure:
        """The name of the first stop cannot be resolved."""
        return self.proxy_refuses("name unknown") if self.proxy else NameUnknown(host)

    def not_trusted(self, reason: str, *, at_proxy: bool) -> CodeFailure:
        """A certificate was refused."""
        if at_proxy:
            return self.proxy_refuses(f"certificate {reason}")
        return CertificateRefused(self.address, reason)

    def proxy_refuses(self, reason: str) -> CodeFailure:
        """The proxy is where it went wrong."""
        return ProxyRefused(self.proxy.place if self.proxy else "", reason)


def usable_url(url: str, name: str) -> httpx.URL:
    """An http or https URL with a host and without anything that hides in it; ValueError that begins with ``name``."""
    try:
        parts = httpx.URL(url)
    except httpx.InvalidURL as wrong:
        raise ValueError(f"{name}: not a URL") from wrong
    if parts.scheme not in ("http", "https") or not parts.raw_host:
        raise ValueError(f"{name}: http or https and a host expected")
    if parts.userinfo or parts.query or parts.fragment:
        raise ValueError(f"{name}: neither user, query nor fragment may be in it")
    return parts


def place_of(url: httpx.URL) -> str:
    """Host and port, the port also where it is the usual one."""
    name = url.raw_host.decode("ascii")
    host = f"[{name}]" if ":" in name else name
    return f"{host}:{url.port or _DEFAULT_PORTS.get(url.scheme, 0)}"
