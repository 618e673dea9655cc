"""What was said, and who is about to say something."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from heapq import merge

from boardroom_tui.protocol.keyed_log import KeyedLog
from boardroom_tui.protocol.messages.collaboration import TypingUpdate
from boardroom_tui.protocol.messages.meeting import ChatLine
from boardroom_tui.state.lookup import with_entry, without_entry
from boardroom_tui.state.model import Entry, Meeting, SpokenLine
from boardroom_tui.state.people import heard_of

TYPING_LASTS = timedelta(seconds=8)
"""So long after it was heard somebody still counts as typing, if nothing more is heard."""


def said(meeting: Meeting, lines: Iterable[ChatLine]) -> Meeting:
    """Some people said something, and so type no longer."""
    spoken = map(SpokenLine.of, lines)
    chat = meeting.chat.adding_all([(line.message_id, line) for line in spoken])
    if chat is meeting.chat:
        return meeting
    new = [line for line in chat.since(len(meeting.chat)) if isinstance(line, SpokenLine)]
    typing = meeting.typing
    for user_id, name in dict.fromkeys([(line.user_id, line.user_name) for line in new]):
        meeting = heard_of(meeting, user_id, name)
        typing = without_entry(typing, user_id)
    return replace(meeting, chat=chat, typing=typing)


def typing(meeting: Meeting, data: TypingUpdate.Data, now: datetime) -> Meeting:
    """Somebody began or stopped to type."""
    if not data.is_typing:
        return replace(meeting, typing=without_entry(meeting.typing, data.user_id))
    return replace(
        heard_of(meeting, data.user_id, data.user_name),
        typing=with_entry(meeting.typing, data.user_id, now),
    )


def without_stale_typing(meeting: Meeting, now: datetime) -> Meeting:
    """The meeting without those whose typing was last heard of too long ago."""
    fresh = {who: since for who, since in meeting.typing.items() if now - since < TYPING_LASTS}
    return meeting if len(fresh) == len(meeting.typing) else replace(meeting, typing=fresh)


def merged(known: KeyedLog[Entry], told: Iterable[Entry]) -> KeyedLog[Entry]:
    """What was heard before and what the server now tells, each once, in the server's order.

    What is new to us mostly comes last.
    """
    told = list(told)
    new = [line for line in told if line.message_id not in known]
    if new == told[len(told) - len(new) :]:
        lines: Iterable[Entry] = new
        log = known
    else:
        ids = {line.message_id for line in told}
        apart = [line for line in known if line.message_id not in ids]
        lines = merge(apart, told, key=lambda line: line.timestamp)
        log = KeyedLog[Entry]()
    return log.adding_all((line.message_id, line) for line in lines)
