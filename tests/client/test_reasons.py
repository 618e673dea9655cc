"""Why a server could not be reached, in words that hold no token."""

import asyncio
import socket
import ssl

import pytest
from websockets.datastructures import Headers
from websockets.exceptions import InvalidProxy, InvalidStatus, InvalidUpgrade
from websockets.http11 import Response

from boardroom_tui.client.address import Address
from boardroom_tui.client.dialing import Unreachable, dial
from boardroom_tui.client.reasons import in_words
from boardroom_tui.client.trust import Authorities

ADDRESS = Address("board.example")


def certificate_error(code: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError("certificate verify failed")
    error.verify_code = code
    return error


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (TimeoutError(), "board.example:8765 did not answer within 10 s"),
        (socket.gaierror(-2, "Name or service not known"), "no host is called board.example"),
        (ConnectionRefusedError(111, "x"), "no server answers at board.example:8765"),
        (ConnectionResetError(), "board.example:8765 cut the connection before it was open"),
        (OSError("Multiple exceptions: …"), "no server answers at board.example:8765"),
        (
            OSError(113, "No route to host"),
            "no server answers at board.example:8765: no route to host",
        ),
        (certificate_error(62), "the certificate of board.example:8765 is for another name"),
        (
            certificate_error(20),
            "the certificate of board.example:8765 is signed by no authority known here",
        ),
        (ssl.SSLError("x"), "the TLS handshake with board.example:8765 failed"),
        (InvalidProxy("p", "x"), "the proxy does not lead to board.example:8765"),
        (
            InvalidUpgrade("Upgrade"),
            "board.example:8765 is not a Boardroom server: it does not open a WebSocket",
        ),
        (
            InvalidStatus(Response(503, "Service Unavailable", Headers())),
            "board.example:8765 lets nobody in now",
        ),
    ],
)
def test_a_failure_has_its_words(error: Exception, words: str) -> None:
    assert in_words(error, ADDRESS) == words


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "it answers HTTP 404"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "it answers HTTP 200"),
        (b"220 mail.example ESMTP\r\n", "it does not answer in HTTP"),
        (b"", "it does not answer in HTTP"),
    ],
)
async def test_another_server_than_a_boardroom_is_recognised(answer: bytes, words: str) -> None:
    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(converse, "127.0.0.1", 0)
    async with server:
        address = Address(port=server.sockets[0].getsockname()[1], secure=False)
        outcome = await dial(address, Authorities(), "SECRET", "client_1")

    assert outcome == Unreachable(f"{address.name} is not a Boardroom server: {words}")
