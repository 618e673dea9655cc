"""Where a server is: parsed once, shown without its token."""

import ipaddress
import re
from dataclasses import dataclass, field, replace
from typing import Self
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit

from boardroom_tui.client.problem import Problem
from boardroom_tui.protocol.endpoint import HOST, PATH, PORT, VERSION, authority, is_loopback
from boardroom_tui.protocol.identifiers import is_identifier

_STANDARD_PORTS = {"wss": 443, "ws": 80}
_OURS = frozenset({"token", "meeting", "clientId", "version"})
"""Parameters that are taken out of the URL: the connection sets its own."""

_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")


@dataclass(frozen=True, slots=True)
class Address:
    """A server's address, with what a pasted URL carries beside it."""

    host: str = HOST
    port: int = PORT
    path: str = PATH
    secure: bool = True
    meeting_id: str | None = None
    """The meeting that the URL's `meeting=` names."""
    query: str = ""
    """What else stood in the URL's query; a server may need it."""
    token: str | None = field(default=None, repr=False)
    """The URL's `token=`: used to connect, never shown or stored."""

    @classmethod
    def parse(cls, text: str) -> Self | Problem:
        """The address that somebody wrote: a URL, HOST:PORT, HOST, or nothing for this machine."""
        if not text:
            return cls()
        if not all(character.isprintable() and character != " " for character in text):
            return Problem("the address holds blanks or control characters")
        shorthand = "://" not in text
        try:
            parts = urlsplit(f"wss://{text}" if shorthand else text)
            port = parts.port
        except ValueError:
            return Problem("the address is not one: expected wss://HOST:PORT/ws")
        problem = _mistake(parts)
        if problem is not None:
            return problem
        host = _ascii_host(parts.hostname or "")
        if host is None:
            return Problem("the address has no host name that can be looked up")
        has_path = bool(parts.path.strip("/"))
        address = cls(
            host=host,
            port=port or (PORT if shorthand else _STANDARD_PORTS[parts.scheme]),
            path=quote(parts.path, safe="/%:@!$&'()*+,;=~") if has_path else PATH,
            secure=parts.scheme == "wss",
        )
        if not address.secure and not address.is_loopback:
            return Problem("ws:// is not encrypted and only for this machine; use wss://")
        return address._with_parameters(parts.query)

    def _with_parameters(self, query: str) -> Self | Problem:
        parameters = parse_qsl(query, keep_blank_values=True)
        named = dict(parameters)
        meeting_id = named.get("meeting") or None
        if meeting_id is not None and not is_identifier(meeting_id):
            return Problem("the address's meeting= is not a meeting's identifier")
        return replace(
            self,
            meeting_id=meeting_id,
            token=named.get("token") or None,
            query=urlencode([pair for pair in parameters if pair[0] not in _OURS]),
        )

    @property
    def is_loopback(self) -> bool:
        """Whether the server is on this machine."""
        return is_loopback(self.host)

    @property
    def name(self) -> str:
        """HOST:PORT, as it is shown and as the keyring and the known servers are keyed."""
        return authority(self.host, self.port)

    @property
    def url(self) -> str:
        """The URL without token and meeting: what may be shown and logged."""
        scheme = "wss" if self.secure else "ws"
        query = f"?{self.query}" if self.query else ""
        return f"{scheme}://{self.name}{self.path}{query}"

    def url_with(self, token: str, client_id: str) -> str:
        """The URL to connect to (websocket-api.md:19-23); it holds the token, so never show it."""
        parameters = urlencode({"token": token, "clientId": client_id, "version": VERSION})
        return f"{self.url}{'&' if self.query else '?'}{parameters}"

    def __str__(self) -> str:
        return self.url


def _mistake(parts: SplitResult) -> Problem | None:
    if parts.scheme not in _STANDARD_PORTS:
        return Problem("the address must begin with wss://")
    if parts.username is not None or parts.password is not None:
        return Problem("the address must hold no user name or password")
    if parts.fragment:
        return Problem("the address must not hold a #")
    if parts.port == 0:
        return Problem("the address's port must be 1 to 65535")
    return None


def _ascii_host(host: str) -> str | None:
    """The host as it is looked up: lower case, without a final dot, in its ASCII form."""
    if ":" in host:
        try:
            return str(ipaddress.IPv6Address(host))
        except ValueError:
            return None
    try:
        name = host.encode("idna").decode("ascii").lower().rstrip(".")
    except UnicodeError:
        return None
    return name if _HOST.fullmatch(name) else None
