"""The first screen's rows: what can be done, and the meetings that were joined before."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from urllib.parse import urlsplit

from boardroom_tui.client.recent_meetings import RecentMeeting
from boardroom_tui.ui.widgets.key_line import KeyHint
from boardroom_tui.ui.widgets.rows import Row

ACTIONS = (
    ("paste", "p", "Paste an invitation", "the line that was sent to you"),
    ("demo", "d", "Start the demo", "try it all, on this machine"),
    ("host", "h", "Host a meeting", "serve a file, invite, and join"),
    ("help", "?", "Help", "what each of these needs"),
    ("quit", "q", "Quit", ""),
)
"""What can be done: its name, its key, and what it is called and means."""

_PINNED = (
    KeyHint("q", "Quit", "quit", pinned=True),
    KeyHint("?", "Help", "help", pinned=True),
)
_SELECT = KeyHint("↑ ↓", "Select", "")

ON_ACTIONS = (KeyHint("Enter", "Choose", "choose"), _SELECT, *_PINNED)
ON_RECENT = (
    KeyHint("Enter", "Join", "choose"),
    KeyHint("t", "Another token", "token"),
    KeyHint("Del", "Forget", "forget"),
    _SELECT,
    *_PINNED,
)
"""What the line at the bottom names."""

_DIGITS = 9


def action_rows() -> tuple[Row, ...]:
    """A row for each thing that can be done."""
    return tuple(
        Row(
            left=((f" {key}  ", "bold $primary"), (f"{title:<22}", ""), (meaning, "$dim")),
            key=name,
        )
        for name, key, title, meaning in ACTIONS
    )


def recent_rows(meetings: Sequence[RecentMeeting], now: datetime) -> tuple[Row, ...]:
    """A row of two lines for each meeting; `now` is in the zone that times are shown in."""
    joined_as = Counter((one.url, one.meeting_id) for one in meetings)
    return tuple(
        _recent(number, one, now, named=joined_as[one.url, one.meeting_id] > 1)
        for number, one in enumerate(meetings)
    )


def _recent(number: int, one: RecentMeeting, now: datetime, *, named: bool) -> Row:
    """The row; with the name where the same meeting was joined under several."""
    digit = str(number + 1) if number < _DIGITS else " "
    said = [when(one.joined_at, now), one.role, server_of(one)]
    if named:
        said.insert(1, one.user_name)
    return Row(
        left=(
            (f" {digit}  ", "bold $primary"),
            (one.title or one.meeting_id, "bold"),
            ("\n" + " · ".join(said), "$dim"),
        ),
        key=str(number),
        hang=4,
    )


def server_of(meeting: RecentMeeting) -> str:
    """Where it is, as HOST:PORT."""
    try:
        return urlsplit(meeting.url).netloc
    except ValueError:
        return meeting.url


def when(moment: datetime, now: datetime) -> str:
    """The moment as people say it, in the zone of `now`."""
    zone: tzinfo | None = now.tzinfo
    there = moment.astimezone(zone)
    if there.date() == now.date():
        return f"today {there:%H:%M}"
    if there.date() == now.date() - timedelta(days=1):
        return f"yesterday {there:%H:%M}"
    if there.year == now.year:
        return f"{there.day} {there:%b}"
    return f"{there.day} {there:%b %Y}"
