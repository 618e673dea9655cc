"""What the meeting itself says in the conversation: lines derived from what the server tells."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.protocol.fields import Guard, ItemStatus, MeetingPhase
from boardroom_tui.protocol.messages.life import PhaseUpdate
from boardroom_tui.protocol.messages.meeting import AgendaUpdate
from boardroom_tui.protocol.words import guards_in_words
from boardroom_tui.state.model import Meeting, MeetingLine, Tone
from boardroom_tui.state.select import shown_name


def announced(before: Meeting, after: Meeting, message: ServerMessage) -> Meeting:
    """The meeting after `message`, with what it says of it below what was said so far.

    Hearing a message again adds nothing: a line is known by what it is about.
    """
    chat = after.chat
    for line in _lines(before, after, message):
        chat = chat.adding(line.message_id, line)
    return after if chat is after.chat else replace(after, chat=chat)


def _lines(before: Meeting, after: Meeting, message: ServerMessage) -> Iterator[MeetingLine]:
    match message:
        case PhaseUpdate(data=data):
            words = _phase_in_words(before.phase, data.phase, shown_name(after, data.by))
            words += _although(data.overrides)
            yield MeetingLine(f"phase {data.since.isoformat()}", data.since, words, Tone.NEWS)
        case AgendaUpdate(data=data) if data.item_details.status is ItemStatus.IN_PROGRESS:
            item = data.item_details
            if item.started_at is not None:
                words = f"Taken up: {item.title}{_although(data.overrides or ())}"
                key = f"item {item.id} {item.started_at.isoformat()}"
                yield MeetingLine(key, item.started_at, words)
        case _:
            return


def _although(overrides: Iterable[Guard]) -> str:
    """What stood against it, as the end of a sentence."""
    against = guards_in_words(overrides)
    return f", although {against}." if against else "."


def _phase_in_words(before: MeetingPhase, phase: MeetingPhase, chair: str) -> str:
    match phase:
        case MeetingPhase.IN_SESSION if before is MeetingPhase.RECESS:
            return f"The recess is over: called to order by {chair}"
        case MeetingPhase.IN_SESSION if before is MeetingPhase.EXECUTIVE:
            return f"The executive session is over: opened to observers by {chair}"
        case MeetingPhase.IN_SESSION | MeetingPhase.GATHERING:
            return f"Called to order by {chair}"
        case MeetingPhase.RECESS:
            return f"Recess, called by {chair}"
        case MeetingPhase.EXECUTIVE:
            return f"Executive session, called by {chair}: observers hear nothing of it"
        case MeetingPhase.ADJOURNED:
            return f"Adjourned by {chair}"
