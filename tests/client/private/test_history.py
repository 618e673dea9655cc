"""What was said in private, kept for a client that starts again."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from boardroom_tui.client.private.history import Entry, History
from boardroom_tui.client.problem import Problem
from tests.client.private.vaults import opened


def entry(number: int, text: str = "Shall we?") -> Entry:
    return Entry(
        meeting_id="board",
        members=("ana", "ben"),
        message_id=f"private_{number}",
        user_id="ana",
        text=text,
        reply_to=f"private_{number - 1}" if number else None,
        timestamp=datetime(2026, 11, 26, 9, number, tzinfo=UTC),
        own=number % 2 == 0,
    )


def test_what_was_said_is_there_after_a_restart(tmp_path: Path) -> None:
    said = tuple(entry(number) for number in range(3))
    with opened(tmp_path / "vault") as vault:
        assert History(vault).entries() == ()
        for one in said:
            assert History(vault).append(one) is None
    with opened(tmp_path / "vault") as vault:
        assert History(vault).entries() == said


def test_a_message_that_was_kept_twice_is_read_once(tmp_path: Path) -> None:
    with opened(tmp_path / "vault") as vault:
        history = History(vault)
        for one in (entry(1), entry(2), entry(1, "another text")):
            history.append(one)
        assert history.entries() == (entry(1), entry(2))


@pytest.mark.parametrize("record", [b"", b"{}", b"\xff"])
def test_what_is_no_entry_is_a_problem(tmp_path: Path, record: bytes) -> None:
    with opened(tmp_path / "vault") as vault:
        vault.append("history", record)
        assert History(vault).entries() == Problem(
            "what was said in private before was kept in a form that cannot be read"
        )


def test_what_was_said_is_in_no_repr() -> None:
    assert "secret" not in repr(entry(1, "secret"))
