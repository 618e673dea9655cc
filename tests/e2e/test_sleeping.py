"""A laptop that slept through its token's end: its member pastes a new one and goes on."""

import asyncio
import re
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

import jwt
import pytest

from tests.e2e.served import served
from tests.terminal import start

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")

ENTER, ESCAPE, CTRL_Q = "\r", "\x1b", "\x11"
RECORDED = re.compile(r"▌ You  \d\d:\d\d .*\n.* A thought, unfinished")
"""Only what the server has recorded stands under a time."""
LIFE = 12
"""Seconds that the first token lasts: enough to come in on a busy machine."""


async def over(token: str) -> None:
    """Wait until a token has run out."""
    ends = jwt.decode(token, options={"verify_signature": False})["exp"]
    while datetime.now(UTC).timestamp() <= ends + 1:
        await asyncio.sleep(0.1)


async def test_who_slept_through_the_tokens_end_pastes_a_new_one_and_nothing_is_lost(
    tmp_path: Path,
) -> None:
    async with served(tmp_path) as server:
        short = server.token("user_ben", seconds=LIFE)
        join = ("join", server.url, "--meeting", "meeting_q3", "--ca", server.ca)
        ben = await start(
            *join, home=server.home, environment={"BOARDROOM_TOKEN": short}, errors_too=True
        )
        await ben.until_screen("Q3 board meeting")
        ben.type("A thought, unfinished")
        await ben.until_screen("A thought, unfinished")

        ben.process.send_signal(signal.SIGSTOP)
        await over(short)
        ben.process.send_signal(signal.SIGCONT)
        await ben.until_screen("Paste a new one")
        ben.type(ESCAPE)
        await ben.until_screen(lambda shown: "Paste" not in shown and "/token takes" in shown)
        ben.type(ENTER)
        await ben.until_screen("queued until the connection is back")
        ben.type("/token" + ENTER)
        await ben.until_screen("Paste a new one")

        newer = server.token("user_ben")
        ben.type(newer + ENTER)
        await ben.until_screen(
            lambda shown: (
                all(one not in shown for one in ("Paste", "queued", "sending"))
                and "Connected" in shown
                and RECORDED.search(shown) is not None
            )
        )
        assert newer[:20].encode() not in ben.written

        ben.type(CTRL_Q)
        left = await ben.exit()
        assert left.code == 0
