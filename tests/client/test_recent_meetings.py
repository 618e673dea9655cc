"""The list of recent meetings: newest first, no token in it, and never in the way."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from boardroom_tui.client.recent_meetings import RecentMeeting, RecentMeetings

NOON = datetime(2026, 9, 14, 12, tzinfo=UTC)


def meeting(name: str, minutes: int = 0, title: str = "") -> RecentMeeting:
    return RecentMeeting(
        url="wss://board.example:8765/ws",
        meeting_id=name,
        user_id="user_ana",
        user_name="Ana Duarte",
        role="facilitator",
        joined_at=NOON + timedelta(minutes=minutes),
        title=title,
        token_file="/home/ana/q3.token",
    )


def test_what_was_joined_last_stands_first_and_can_be_forgotten(tmp_path: Path) -> None:
    recent = RecentMeetings(tmp_path / "state" / "recent.json")
    assert recent.read() == ()
    recent.remember(meeting("q2", 0))
    recent.remember(meeting("q3", 1))
    recent.remember(meeting("q2", 2))
    assert recent.read() == (meeting("q2", 2), meeting("q3", 1))
    recent.forget(meeting("q2"))
    assert recent.read() == (meeting("q3", 1),)


def test_a_title_that_is_known_once_stays(tmp_path: Path) -> None:
    recent = RecentMeetings(tmp_path / "recent.json")
    recent.remember(meeting("q3", 0, "Q3 board meeting"))
    recent.remember(meeting("q3", 1))
    assert recent.read() == (meeting("q3", 1, "Q3 board meeting"),)


def test_it_keeps_the_newest_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "state" / "recent.json"
    for number in range(30):
        RecentMeetings(path).remember(meeting(f"m{number}", number))
    kept = RecentMeetings(path).read()
    assert [kept[0].meeting_id, kept[-1].meeting_id, len(kept)] == ["m29", "m10", 20]
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "[]",
        "null",
        '{"meetings": 3}',
        '{"meetings": [{}]}',
        '{"meetings": ["a"]}',
        "[" * 100_000,
        "\udcff",
        json.dumps({"meetings": [{"joined_at": "2026-09-14T12:00:00"}]}),
        json.dumps({"meetings": [{"joined_at": "2026-09-14T12:00:00Z", "colour": "red"}]}),
    ],
)
def test_a_broken_list_is_an_empty_one_and_is_written_anew(broken: str, tmp_path: Path) -> None:
    path = tmp_path / "recent.json"
    path.write_text(broken, errors="surrogateescape")
    recent = RecentMeetings(path)
    assert recent.read() == ()
    recent.remember(meeting("q3"))
    assert recent.read() == (meeting("q3"),)


@pytest.mark.parametrize("value", [7, ["a"], "\x1b[2J", "a\nb", "x" * 5_000])
def test_what_is_no_line_of_text_is_not_taken(value: object, tmp_path: Path) -> None:
    path = tmp_path / "recent.json"
    RecentMeetings(path).remember(meeting("q3", title="Q3"))
    kept = json.loads(path.read_text())
    kept["meetings"][0]["title"] = value
    path.write_text(json.dumps(kept))
    assert RecentMeetings(path).read() == ()


def test_a_folder_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    recent = RecentMeetings(tmp_path / "file" / "recent.json")
    recent.remember(meeting("q3"))
    assert recent.read() == ()
