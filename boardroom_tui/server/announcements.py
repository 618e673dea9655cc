"""What a meeting's events say on the wire, and who hears of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar, assert_never

from boardroom_tui.meeting.counting import summary
from boardroom_tui.meeting.events import (
    AgendaMoved,
    BallotSealed,
    Convened,
    DecisionClosed,
    DecisionOpened,
    Event,
    Joined,
    Left,
    PhaseChanged,
    Said,
    VoteRecorded,
)
from boardroom_tui.meeting.state import ChatEntry, Decision, Item, MeetingState
from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.protocol.fields import Guards
from boardroom_tui.protocol.identifiers import Channel, Kind, channel
from boardroom_tui.protocol.messages import decision as wire
from boardroom_tui.protocol.messages.life import PhaseUpdate
from boardroom_tui.protocol.messages.meeting import AgendaUpdate, ChatMessage, ItemDetails

_Question = TypeVar("_Question", bound=wire.Question)


@dataclass(frozen=True, slots=True)
class Announcement:
    """A message and where it goes; nowhere means to whoever caused it, alone."""

    message: ServerMessage
    to: tuple[Channel, ...]


def announcements(event: Event, meeting_id: str, state: MeetingState) -> Iterator[Announcement]:
    """What is said of an event that led to `state`, in this order.

    Coming and going is not here: who hears of it depends on the connections.
    """
    what = event.what
    to_all = (channel(Kind.MEETING, meeting_id),)
    match what:
        case Said():
            entry = ChatEntry(what.message_id, event.actor, what.text, what.reply_to, event.at)
            yield Announcement(chat_message(meeting_id, state, entry), to_all)
        case AgendaMoved():
            item = state.item(what.item_id)
            if item is not None:
                overrides = what.overrides or None
                yield Announcement(agenda_update(meeting_id, state, item, overrides), to_all)
        case PhaseChanged():
            yield Announcement(phase_update(meeting_id, event, what), to_all)
        case DecisionOpened():
            decision = state.decisions[what.decision_id]
            yield Announcement(decision_opened(meeting_id, decision), to_all)
            yield _to_voters(what.decision_id, vote_update(decision))
        case VoteRecorded():
            yield Announcement(vote_received(event, what), ())
            yield _to_voters(what.decision_id, vote_update(state.decisions[what.decision_id]))
        case DecisionClosed():
            yield _to_voters(what.decision_id, wire.DecisionResult(data=outcome(what, event.at)))
        case Convened() | Joined() | Left() | BallotSealed():
            return
        case _:
            assert_never(what)


def _to_voters(decision_id: str, message: ServerMessage) -> Announcement:
    return Announcement(message, (channel(Kind.DECISION, decision_id),))


def chat_message(meeting_id: str, state: MeetingState, entry: ChatEntry) -> ChatMessage:
    """Something that was said, under its author's name as the file has it now."""
    author = state.member(entry.user_id)
    return ChatMessage(
        data=ChatMessage.Data(
            meeting_id=meeting_id,
            message_id=entry.message_id,
            user_id=entry.user_id,
            user_name=entry.user_id if author is None else author.name,
            message=entry.text,
            reply_to=entry.reply_to,
            timestamp=entry.at,
        )
    )


def agenda_update(
    meeting_id: str, state: MeetingState, item: Item, overrides: Guards | None
) -> AgendaUpdate:
    """An agenda item as it stands, and which one is in progress."""
    return AgendaUpdate(
        data=AgendaUpdate.Data(
            meeting_id=meeting_id,
            current_item=state.current_item,
            total_items=len(state.agenda),
            item_details=ItemDetails(
                id=item.id, title=item.title, status=item.status, started_at=item.started_at
            ),
            overrides=overrides,
        )
    )


def phase_update(meeting_id: str, event: Event, changed: PhaseChanged) -> PhaseUpdate:
    """What the meeting was called to, when and by whom."""
    return PhaseUpdate(
        data=PhaseUpdate.Data(
            meeting_id=meeting_id,
            phase=changed.phase,
            since=event.at,
            by=event.actor,
            overrides=changed.overrides,
        )
    )


def decision_opened(meeting_id: str, decision: Decision) -> wire.DecisionOpened:
    """The whole of a decision that is open now."""
    return wire.DecisionOpened(data=question(wire.DecisionOpened.Data, meeting_id, decision))


def question(kind: type[_Question], meeting_id: str, decision: Decision) -> _Question:
    """A decision as it was put."""
    opened = decision.opened
    return kind(
        meeting_id=meeting_id,
        decision_id=opened.decision_id,
        item_id=opened.item_id,
        title=opened.title,
        text=opened.text,
        threshold=opened.threshold,
        base=opened.base,
        quorum=opened.quorum,
        secret=opened.secret,
        auto_close=opened.auto_close,
        status=decision.status,
        deadline=opened.deadline,
        opened_at=decision.opened_at,
    )


def vote_update(decision: Decision) -> wire.VoteUpdate:
    """The tally as it may be shown now."""
    return wire.VoteUpdate(
        data=wire.VoteUpdate.Data(
            decision_id=decision.opened.decision_id,
            vote_summary=summary(decision),
            status=decision.status,
            deadline=decision.opened.deadline,
        )
    )


def vote_received(event: Event, vote: VoteRecorded) -> wire.VoteReceived:
    """That a vote is on disk; not what it was."""
    return wire.VoteReceived(
        data=wire.VoteReceived.Data(
            decision_id=vote.decision_id,
            vote_id=vote.vote_id,
            status="recorded",
            timestamp=event.at,
        )
    )


def outcome(closed: DecisionClosed, at: datetime) -> wire.DecisionResult.Data:
    """How a decision ended, with the numbers that explain it."""
    return wire.DecisionResult.Data(
        decision_id=closed.decision_id,
        result=closed.result,
        final_votes=closed.final_votes,
        completed_at=at,
        arithmetic=closed.arithmetic,
    )
