"""Looking at a server's certificate before anything else is sent to it.

Most servers of a meeting have a certificate that no authority signed; as with ssh, its owner
tells its fingerprint, and whoever joins first compares.
"""

import ssl
from dataclasses import dataclass
from pathlib import Path

from websockets.asyncio.client import ClientConnection, connect
from websockets.datastructures import HeadersLike
from websockets.http11 import USER_AGENT

from boardroom_tui.client.address import Address
from boardroom_tui.client.dialing import certificate_of, proxy_for
from boardroom_tui.client.known_servers import KnownServers
from boardroom_tui.client.problem import Problem
from boardroom_tui.client.reasons import OPEN_SECONDS, SELF_SIGNED, UNREACHABLE, in_words
from boardroom_tui.client.trust import Authorities, Pinned, Trust, fingerprint

_ANY = Pinned(fingerprint="")
"""Lets TLS take every certificate: here it is only looked at."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A self-signed certificate that the user has not been asked about."""

    fingerprint: str


@dataclass(frozen=True, slots=True)
class Unseen(Problem):
    """Nothing could be looked at: the server was not reached, and may be later."""


class _SeenError(Exception):
    """The TLS handshake is done; the rest of the connection is not wanted."""

    def __init__(self, certificate: bytes | None) -> None:
        super().__init__()
        self.certificate = certificate


class _Look(ClientConnection):
    """A connection that ends with the TLS handshake."""

    async def handshake(
        self,
        additional_headers: HeadersLike | None = None,
        user_agent_header: str | None = USER_AGENT,
    ) -> None:
        raise _SeenError(certificate_of(self))


async def find_trust(
    address: Address, ca: Path | None, known: KnownServers
) -> Trust | Unknown | Problem:
    """What a server's certificate must be: signed by an authority, or the one trusted before.

    The server hears nothing but the start of a TLS handshake, and not even that where --ca or
    an earlier answer already settles it.
    """
    authorities = Authorities(ca)
    if ca is not None or not address.secure:
        return authorities.problem() or authorities
    trusted = known.fingerprint_of(address)
    if trusted is not None:
        return trusted if isinstance(trusted, Problem) else Pinned(trusted, known.path)
    context = authorities.context()
    if isinstance(context, Problem):
        return context
    try:
        await _look(address, context)
    except ssl.SSLCertVerificationError as error:
        if error.verify_code == SELF_SIGNED:
            return await _unknown(address)
        return Problem(in_words(error, address))
    except UNREACHABLE as error:
        return Unseen(in_words(error, address))
    return authorities


async def _unknown(address: Address) -> Unknown | Problem:
    try:
        certificate = await _look(address, _ANY.context())
    except UNREACHABLE as error:
        return Unseen(in_words(error, address))
    if certificate is None:
        return Problem(f"{address.name} shows no certificate")
    return Unknown(fingerprint(certificate))


async def _look(address: Address, context: ssl.SSLContext) -> bytes | None:
    try:
        await connect(
            address.url,
            ssl=context,
            proxy=proxy_for(address),
            open_timeout=OPEN_SECONDS,
            create_connection=_Look,
        )
    except _SeenError as seen:
        return seen.certificate
    return None
