"""One connection to a server: dialled, its certificate checked, then opened."""

import functools
import logging
from dataclasses import dataclass
from typing import Any, Literal, cast

from websockets.asyncio.client import ClientConnection, connect
from websockets.client import ClientProtocol
from websockets.datastructures import HeadersLike
from websockets.exceptions import InvalidStatus
from websockets.http11 import USER_AGENT

from boardroom_tui.client.address import Address
from boardroom_tui.client.problem import Problem
from boardroom_tui.client.reasons import OPEN_SECONDS, UNREACHABLE, in_words
from boardroom_tui.client.trust import Pinned, Trust, fingerprint
from boardroom_tui.compression import ClientCompression

FRAME_BYTES = 8 * 1024 * 1024
"""The largest frame taken from a server: a long meeting's whole state is one message."""

CLOSE_SECONDS = 2.0
"""How long a closing handshake may take before the connection is cut."""

_LOGGER = logging.getLogger("boardroom.socket")
# At DEBUG the library logs the request, and with it the token.
_LOGGER.setLevel(logging.INFO)


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Why no connection came about, and whether to try again is pointless."""

    reason: str
    for_good: bool = False


class _CertificateChangedError(Exception):
    """The server shows another certificate than the one that was trusted."""

    def __init__(self, trust: Pinned, certificate: bytes | None) -> None:
        super().__init__()
        self.trust = trust
        self.certificate = certificate


class _OtherAnswerError(Exception):
    """The server answers in HTTP, but opens no WebSocket."""

    def __init__(self, answer: InvalidStatus) -> None:
        super().__init__()
        self.answer = answer


class _CheckedConnection(ClientConnection):
    """Checks the certificate before the request is sent, and the token with it."""

    def __init__(self, protocol: ClientProtocol, *, trust: Trust | None, **settings: Any) -> None:
        super().__init__(protocol, **settings)
        self._trust = trust

    async def handshake(
        self,
        additional_headers: HeadersLike | None = None,
        user_agent_header: str | None = USER_AGENT,
    ) -> None:
        certificate = certificate_of(self)
        if isinstance(self._trust, Pinned) and not self._trust.accepts(certificate):
            raise _CertificateChangedError(self._trust, certificate)
        try:
            await super().handshake(additional_headers, user_agent_header)
        except InvalidStatus as answer:
            # Renamed, so that the library does not follow redirections: the token is for this
            # server alone.
            raise _OtherAnswerError(answer) from None


def certificate_of(connection: ClientConnection) -> bytes | None:
    """The certificate (DER) that the server showed, None without TLS."""
    tls = connection.transport.get_extra_info("ssl_object")
    return None if tls is None else tls.getpeercert(binary_form=True)


async def dial(
    address: Address, trust: Trust, token: str, client_id: str
) -> ClientConnection | Unreachable:
    """Open a connection; only a server with the trusted certificate gets to see the token."""
    context = trust.context() if address.secure else None
    if isinstance(context, Problem):
        return Unreachable(str(context), for_good=True)
    checked = functools.partial(_CheckedConnection, trust=trust if address.secure else None)
    try:
        return await connect(
            address.url_with(token, client_id),
            ssl=context,
            proxy=proxy_for(address),
            compression=None,  # The library's own would compress everything.
            extensions=[ClientCompression()],
            max_size=FRAME_BYTES,
            open_timeout=OPEN_SECONDS,
            close_timeout=CLOSE_SECONDS,
            # The protocol has its own heartbeat.
            ping_interval=None,
            logger=_LOGGER,
            create_connection=cast("type[ClientConnection]", checked),
        )
    except _CertificateChangedError as error:
        return Unreachable(_changed(address, error.trust, error.certificate), for_good=True)
    except _OtherAnswerError as error:
        return Unreachable(in_words(error.answer, address))
    except UNREACHABLE as error:
        return Unreachable(in_words(error, address))


def proxy_for(address: Address) -> Literal[True] | None:
    """The system's proxy, except to this machine itself."""
    return None if address.is_loopback else True


def _changed(address: Address, trust: Pinned, certificate: bytes | None) -> str:
    """What is said where a server shows another certificate than the trusted one."""
    shown = "none" if certificate is None else fingerprint(certificate)
    line = (
        f"the certificate of {address.name} has changed: trusted {trust.fingerprint}, now {shown}"
    )
    if trust.remembered_in is None:
        return line
    return f"{line}; if its owner says why, remove its line from {trust.remembered_in}"
