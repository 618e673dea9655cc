"""Recorded meetings to replay: one that is written out, and any that the rules let happen."""

from collections.abc import Sequence

from hypothesis import strategies as st

from boardroom_tui.meeting.commands import (
    CastVote,
    CloseDecision,
    Command,
    Convene,
    Join,
    Leave,
    MoveAgenda,
    OpenDecision,
    Refusal,
    Say,
    SetPhase,
    WithdrawDecision,
)
from boardroom_tui.meeting.decide import decide
from boardroom_tui.meeting.events import BallotSealed, Event
from boardroom_tui.protocol.fields import ItemStatus, MeetingPhase, Role, Vote
from boardroom_tui.replay.recording import Recording
from tests.meeting.room import CHAIR, Room, charter, prepared
from tests.record.meeting_example import EVENTS

VOTERS = ("user_ann", "user_bob", "user_cy")
DECISIONS = ("decision_1", "decision_2", "decision_3")


def without_ballots(events: Sequence[Event]) -> list[Event]:
    """The events as the record gives them to whoever is not the server."""
    return [event for event in events if not isinstance(event.what, BallotSealed)]


def example() -> Recording:
    """A whole small meeting, one of its decisions secret."""
    return Recording(without_ballots(EVENTS))


BOARD = charter(
    decisions=(prepared("1"), prepared("2", secret=True, auto_close=False), prepared("3"))
)
LATER = BOARD.model_copy(update={"title": "Board, continued"})

_members = st.sampled_from((CHAIR, "user_guest", *VOTERS))
_roles = st.sampled_from(Role)
_decisions = st.sampled_from(DECISIONS)
_chair = (st.just(CHAIR), st.just(Role.FACILITATOR))

_commands: st.SearchStrategy[Command] = st.one_of(
    st.builds(Join, _members, _roles),
    st.builds(Leave, _members),
    st.builds(
        Say,
        _members,
        st.just(Role.PARTICIPANT),
        st.uuids().map(str),
        st.sampled_from(("hello", "one\ntwo")),
    ),
    st.builds(
        MoveAgenda,
        *_chair,
        st.sampled_from(("item_1", "item_2", "item_3")),
        st.sampled_from(ItemStatus),
    ),
    st.builds(OpenDecision, *_chair, st.just("decision_new"), _decisions),
    st.builds(
        CastVote,
        st.sampled_from(VOTERS),
        st.just(Role.PARTICIPANT),
        _decisions,
        st.uuids().map(str),
        st.sampled_from(Vote),
    ),
    st.builds(CloseDecision, *_chair, _decisions),
    st.builds(WithdrawDecision, *_chair, _decisions),
    st.builds(SetPhase, *_chair, st.sampled_from(MeetingPhase)),
    st.just(Convene(LATER)),
)


@st.composite
def recordings(draw: st.DrawFn) -> Recording:
    """Any meeting: what the rules refuse does not happen."""
    room = Room(BOARD)

    for command in draw(st.lists(_commands, max_size=40)):
        room.later(seconds=draw(st.integers(0, 90)))
        if not isinstance(decide(room.state, command, room.now), Refusal):
            room.do(command)
    return Recording(without_ballots(room.events))
