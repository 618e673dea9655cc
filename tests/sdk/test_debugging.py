"""`debug=True` shows what goes and comes, and never a token."""

import asyncio
import logging
from collections.abc import Generator
from datetime import timedelta
from pathlib import Path

import pytest
from boardroom_ws import AsyncBoardroomWebSocket

from boardroom_tui.sdk.debugging import log_frame
from tests.sdk.hearing import Heard
from tests.sdk.programming import environment, running
from tests.server.members import MEETING
from tests.server.running import charter, running_server

LOG = logging.getLogger("boardroom_ws")


@pytest.fixture(autouse=True)
def log_as_before() -> Generator[None]:
    yield
    LOG.setLevel(logging.NOTSET)
    LOG.handlers.clear()


async def test_frames_are_logged_without_tokens_renewals_included(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with running_server(charter(), tmp_path) as server:
        given = [server.token("user_ben", ttl=timedelta(seconds=2)), server.token("user_ben")]
        tokens = list(given)
        async with AsyncBoardroomWebSocket(
            server.url, lambda: tokens.pop(0), debug=True, ca=server.ca
        ) as client:
            heard = Heard(client, "connection.auth.refreshed")
            await client.send_and_wait(
                "meeting.chat.message", {"meetingId": MEETING, "message": "Hello!"}
            )
            await asyncio.to_thread(heard.wait, "connection.auth.refreshed")
    lines = [record.getMessage() for record in caplog.records if record.name == "boardroom_ws"]
    assert any(line.startswith("sent {") and "Hello!" in line for line in lines)
    assert any(line.startswith("received {") and "Hello!" in line for line in lines)
    assert any('"connection.auth.refresh"' in line and "[redacted]" in line for line in lines)
    for token in given:
        for piece in (token, *token.split(".")):
            assert piece not in caplog.text


def test_a_token_that_is_no_web_token_is_not_logged_either(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        log_frame("sent", '{"type":"connection.auth.refresh","data":{"token": "open sesame"}}')
        log_frame("received", '{"message":"\u202e"}')
        log_frame("received", b"\x1b\x00")
    assert [record.getMessage() for record in caplog.records] == [
        'sent {"type":"connection.auth.refresh","data":{"token": "[redacted]"}}',
        'received {"message":""}',
        "received 2 binary bytes",
    ]


async def test_a_program_without_logging_of_its_own_sees_it_on_standard_error(
    tmp_path: Path,
) -> None:
    text = (
        "import sys\n"
        "from boardroom_ws import BoardroomWebSocket\n"
        "with BoardroomWebSocket(sys.argv[1], debug=True): pass\n"
    )
    async with running_server(charter(), tmp_path / "data") as server:
        more = environment(server, "user_ben")
        async with running("-c", text, server.url, home=tmp_path, more=more) as program:
            code, printed, complaints = await program.end()
    assert (code, printed) == (0, "")
    assert "received {" in complaints
    assert "connection.ready" in complaints
    assert more["BOARDROOM_TOKEN"] not in complaints
