"""`boardroom` in a terminal: the first screen, what is chosen on it, and back with a reason."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from boardroom_tui.client.recent_meetings import RecentMeeting, RecentMeetings
from tests.terminal import start

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")


ESCAPE = "\x1b"


async def test_a_choice_that_comes_to_nothing_leads_back_with_its_reason(tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.touch(mode=0o600)
    token.write_text("SECRET")
    recent = RecentMeeting(
        url="wss://127.0.0.1:9/ws",
        meeting_id="meeting_q3",
        user_id="user_ana",
        user_name="Ana Duarte",
        role="facilitator",
        joined_at=datetime(2026, 9, 14, 12, tzinfo=UTC),
        token_file=str(token),
    )
    RecentMeetings(tmp_path / ".local" / "state" / "boardroom" / "recent.json").remember(recent)
    terminal = await start(home=tmp_path, errors_too=True, size=(80, 24))
    await terminal.until_screen("1  meeting_q3")
    terminal.type("1")
    await terminal.until_screen("✗ No server answers at 127.0.0.1:9.")
    terminal.type("h")
    await terminal.until_screen("The path of the file")
    terminal.type("/missing.toml\r")
    await terminal.until_screen("Cannot read /missing.toml: No such file or directory")
    terminal.type(ESCAPE)
    await terminal.until_screen(lambda shown: "Tab completes" not in shown)
    terminal.type("q")
    end = await terminal.exit()
    assert end.code == 0
    assert "SECRET" not in end.shown
