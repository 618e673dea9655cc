"""Conversations and meetings to show in tests, and a small app to show them in."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from boardroom_tui.protocol.keyed_log import KeyedLog
from boardroom_tui.protocol.messages.meeting import ChatSend
from boardroom_tui.state.model import (
    Entry,
    Meeting,
    MeetingLine,
    Outgoing,
    Person,
    Progress,
    SpokenLine,
)

MEETING = "meeting_123"
OWN = "user_456"
START = datetime(2027, 1, 15, 14, 2, tzinfo=UTC)

PEOPLE = {
    OWN: Person(OWN, "John Doe", present=True),
    "user_1": Person("user_1", "Ana Silva", present=True),
    "user_2": Person("user_2", "Ben Okafor", present=True),
    "user_3": Person("user_3", "王小明", present=True),
}


def said(
    number: int,
    user_id: str,
    message: str,
    *,
    minutes: float = 0,
    reply_to: int | None = None,
    name: str | None = None,
) -> SpokenLine:
    """Message `number`, `minutes` after the start."""
    return SpokenLine(
        message_id=f"message_{number}",
        user_id=user_id,
        user_name=name if name is not None else PEOPLE[user_id].name,
        message=message,
        reply_to=None if reply_to is None else f"message_{reply_to}",
        timestamp=START + timedelta(minutes=minutes),
    )


def announced(number: int, text: str, *, minutes: float = 0) -> MeetingLine:
    """What the meeting itself says, `minutes` after the start."""
    return MeetingLine(f"line {number}", START + timedelta(minutes=minutes), text)


def log(lines: Iterable[Entry]) -> KeyedLog[Entry]:
    """The lines as the state holds them."""
    chat = KeyedLog[Entry]()
    for line in lines:
        chat = chat.adding(line.message_id, line)
    return chat


def meeting(lines: Iterable[Entry] = (), **rest: object) -> Meeting:
    """A meeting in which this was said, seen by John Doe."""
    known: dict[str, object] = {"own_id": OWN, "people": PEOPLE, **rest}
    return Meeting(MEETING, chat=log(lines), **known)  # pyright: ignore[reportArgumentType]


def many(count: int, *, minutes: float = 0.5) -> list[SpokenLine]:
    """So many messages of three people in turn."""
    users = ("user_1", "user_2", "user_3")
    return [
        said(number, users[number % 3], f"This is remark {number}.", minutes=number * minutes)
        for number in range(count)
    ]


def sent(
    message: str, progress: Progress = Progress.WAITING, reason: str | None = None
) -> Outgoing:
    """One's own message on its way."""
    request = ChatSend(data=ChatSend.Data(meeting_id=MEETING, message=message))
    return Outgoing(request, START, progress, reason)


CONVERSATION = (
    said(1, "user_1", "Good afternoon, everybody. I have read the budget twice."),
    said(
        2,
        "user_1",
        "The line for travel is still a third higher than last year, and nobody has said why.",
        minutes=1,
    ),
    said(3, OWN, "Thank you, Ana. Who can speak to that?", minutes=1.5),
    said(
        4,
        "user_2",
        "@John the two audits. They are in Lisbon and in Osaka, and each needs three people.",
        minutes=2,
        reply_to=2,
    ),
    said(
        5,
        "user_3",
        "大阪の監査は十一月に予定されています。詳細は資料の三ページをご覧ください。",
        minutes=3,
    ),
    said(6, "user_3", "Sorry: the audit in Osaka is in November 🎌, page 3 👍🏽", minutes=3.2),
    said(7, OWN, "Then the figure stands.\nDoes anybody object?", minutes=4, reply_to=4),
)
