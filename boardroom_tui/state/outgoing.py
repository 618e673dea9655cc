"""What one has sent and the server has not answered yet, or has refused."""

from dataclasses import replace
from datetime import datetime

from boardroom_tui.protocol.catalogue import ClientMessage, ServerMessage
from boardroom_tui.protocol.messages.connection import Refused
from boardroom_tui.protocol.messages.decision import VoteCast, VoteReceived
from boardroom_tui.protocol.messages.history import ChatHistoryGet
from boardroom_tui.protocol.messages.meeting import ChatSend
from boardroom_tui.state.decisions import vote_refused, voted
from boardroom_tui.state.lookup import with_entry, without_entry
from boardroom_tui.state.model import Earlier, Meeting, Outgoing, Progress
from boardroom_tui.state.refusals import refusal_in_words


def posted(meeting: Meeting, request: ClientMessage, now: datetime) -> Meeting:
    """Something lasting was sent at this time; `request.id` is the id under which it was sent.

    What leaves no trace in the record (typing, presence) is not kept.
    """
    if isinstance(request, ChatHistoryGet):
        return replace(meeting, earlier=Earlier.ASKED)
    if request.id is None or not request.lasting:
        return meeting
    if isinstance(request, VoteCast):
        meeting = vote_refused(meeting, request.data.decision_id, None)
    sent = Outgoing(request, posted_at=now)
    return replace(meeting, outgoing=with_entry(meeting.outgoing, request.id, sent))


def settled(meeting: Meeting, request: ClientMessage, answer: ServerMessage) -> Meeting:
    """The server has answered `request`.

    A refused chat message stays, with the reason, so that its text is not lost; whatever else
    was refused had no effect and goes.
    """
    sent = meeting.outgoing.get(request.id or "")
    if isinstance(answer, Refused) and isinstance(request, ChatHistoryGet):
        return replace(meeting, earlier=Earlier.UNTOLD)
    if isinstance(answer, Refused):
        return _refused(meeting, request, sent, answer)
    is_news = answer.sequence is None or answer.sequence >= meeting.sequence
    if is_news and isinstance(answer, VoteReceived) and isinstance(request, VoteCast):
        meeting = voted(meeting, answer.data, request.data.vote)
    return replace(meeting, outgoing=without_entry(meeting.outgoing, request.id or ""))


def answered(meeting: Meeting, answer: ServerMessage) -> Meeting:
    """The request that a message correlates with is settled; nothing where there is none.

    A refusal is not taken from here: what was refused for its rate alone is sent again, and only
    the session knows.
    """
    correlation = None if answer.metadata is None else answer.metadata.correlation_id
    sent = meeting.outgoing.get(correlation or "")
    if sent is None or isinstance(answer, Refused):
        return meeting
    return settled(meeting, sent.request, answer)


def dismissed(meeting: Meeting, request_id: str) -> Meeting:
    """Something that was refused is shown no longer."""
    return replace(meeting, outgoing=without_entry(meeting.outgoing, request_id))


def _refused(
    meeting: Meeting, request: ClientMessage, sent: Outgoing | None, answer: Refused
) -> Meeting:
    if sent is None or request.id is None:
        return meeting
    if isinstance(request, VoteCast):
        reason = refusal_in_words(request, answer)
        meeting = vote_refused(meeting, request.data.decision_id, reason)
    if not isinstance(request, ChatSend):
        return dismissed(meeting, request.id)
    reason = refusal_in_words(request, answer)
    refused = replace(sent, progress=Progress.REFUSED, reason=reason)
    return replace(meeting, outgoing=with_entry(meeting.outgoing, request.id, refused))
