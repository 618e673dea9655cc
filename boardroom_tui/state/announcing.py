"""What the meeting itself says in the conversation: lines derived from what the server tells."""

from collections.abc import Iterator
from dataclasses import replace

from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.protocol.fields import MeetingPhase
from boardroom_tui.protocol.messages.life import PhaseUpdate
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
            yield MeetingLine(f"phase {data.since.isoformat()}", data.since, words, Tone.NEWS)
        case _:
            return


def _phase_in_words(before: MeetingPhase, phase: MeetingPhase, chair: str) -> str:
    match phase:
        case MeetingPhase.IN_SESSION if before is MeetingPhase.RECESS:
            return f"The recess is over: called to order by {chair}."
        case MeetingPhase.IN_SESSION if before is MeetingPhase.EXECUTIVE:
            return f"The executive session is over: opened to observers by {chair}."
        case MeetingPhase.IN_SESSION | MeetingPhase.GATHERING:
            return f"Called to order by {chair}."
        case MeetingPhase.RECESS:
            return f"Recess, called by {chair}."
        case MeetingPhase.EXECUTIVE:
            return f"Executive session, called by {chair}: observers hear nothing of it."
        case MeetingPhase.ADJOURNED:
            return f"Adjourned by {chair}."
