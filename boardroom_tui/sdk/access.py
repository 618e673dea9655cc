"""What a program gives to get in: an address, a token, a certificate to trust."""

import logging
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from boardroom_tui.client.address import Address
from boardroom_tui.client.known_servers import KnownServers, default_path
from boardroom_tui.client.problem import Problem
from boardroom_tui.client.tokens import GivenToken, TokenSource, as_token, choose_source
from boardroom_tui.client.trust import Authorities, Pinned, Trust

Token = str | Callable[[], str]
"""A token, or what yields one: called on each connect and to renew, in a thread of its own."""

_LOG = logging.getLogger("boardroom_ws")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class CalledToken:
    """A token that the program's own function yields."""

    call: Callable[[], object] = field(repr=False)

    @property
    def renewable(self) -> bool:
        """The function may yield a newer one, or yield one next time."""
        return True

    def read(self) -> str | Problem:
        """The token that the function yields now."""
        try:
            token = self.call()
        except Exception as error:  # noqa: BLE001 - the program's own function; try again later
            _LOG.exception("The function that yields the token failed")
            return Problem(f"no token: {type(error).__name__} in the function that yields it")
        if not isinstance(token, str):
            return Problem(f"the function yields no token but {type(token).__name__}")
        return as_token(token, "what the function yields")


def given(outcome: _T | Problem) -> _T:
    """What came out, or a ValueError."""
    if isinstance(outcome, Problem):
        raise ValueError(str(outcome))
    return outcome


def tokens_of(address: Address, token: Token | None) -> TokenSource:
    """Where the token comes from; without one, where `boardroom join` would look for it."""
    if token is None:
        return given(choose_source(address, None, os.environ, sys.stdin))
    if isinstance(token, str):
        return GivenToken(given(as_token(token, "token")))
    return CalledToken(token)


def trust_in(address: Address, ca: str | Path | None) -> Trust:
    """What the server's certificate must be: by `ca`, else as `boardroom join` was told to
    trust it, else signed by an authority of SSL_CERT_FILE or the system.
    """
    if ca is not None:
        return Authorities(Path(ca))
    known = KnownServers(default_path())
    fingerprint = given(known.fingerprint_of(address)) if address.secure else None
    return Authorities() if fingerprint is None else Pinned(fingerprint, known.path)
