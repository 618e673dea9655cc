"""What somebody chose on the first screen: a subcommand, as it would be typed."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from boardroom_tui.client.recent_meetings import RecentMeeting


@dataclass(frozen=True, slots=True)
class Choice:
    """A subcommand and its words; a token may be among them, so they are shown nowhere."""

    command: str
    words: tuple[str, ...] = field(default=(), repr=False)


DEMO = Choice("demo")


def host(path: str) -> Choice:
    """Host the meeting in a file."""
    return Choice("host", ("--", str(Path(path).expanduser())))


def rejoin(meeting: RecentMeeting, token: str = "") -> Choice:
    """Join a meeting again; with this token, or with one from where it came from before."""
    words = ["--meeting", meeting.meeting_id]
    if not token and meeting.token_file is not None:
        words += ["--token-file", meeting.token_file]
    if meeting.ca is not None:
        words += ["--ca", meeting.ca]
    return Choice("join", (*words, "--", with_token(meeting.url, token)))


def with_token(url: str, token: str) -> str:
    """The address with a token, where there is one, as `join` takes it."""
    if not token:
        return url
    return f"{url}{'&' if '?' in url else '?'}token={quote(token, safe='')}"


_TOKEN = re.compile(r"(?P<name>\btoken=)(?P<token>[^&\s\"'<>]+)", re.IGNORECASE)

HIDDEN = "•••"


def hidden(text: str) -> tuple[str, str]:
    """The text with its token hidden, and the token; an empty one where there is none."""
    found = _TOKEN.search(text)
    if found is None or found["token"] == HIDDEN:
        return text, ""
    return _TOKEN.sub(rf"\g<name>{HIDDEN}", text), found["token"]


def revealed(text: str, token: str) -> str:
    """The text with the token where it was hidden."""
    return text.replace(f"token={HIDDEN}", f"token={token}") if token else text
