"""What a replay tells a client: what a live one was told, and nobody's secret vote."""

from collections.abc import Collection
from typing import Any

import pytest
from hypothesis import given, settings

from boardroom_tui.meeting.charter import Member
from boardroom_tui.meeting.commands import Join, MoveAgenda, Say, SetPhase
from boardroom_tui.meeting.events import VoteRecorded
from boardroom_tui.meeting.state import MeetingState
from boardroom_tui.protocol.fields import DecisionStatus, ItemStatus, MeetingPhase, Role, Vote
from boardroom_tui.protocol.messages.decision import Question
from boardroom_tui.replay.recording import Recording
from boardroom_tui.replay.seat import ONLOOKER, Seat
from boardroom_tui.state.model import DecisionView, Meeting, Person, SpokenLine
from boardroom_tui.state.reduce import reduce
from tests.meeting.room import CHAIR, Room, charter, prepared
from tests.record.examples import said
from tests.record.meeting_example import ADA, EVENTS, KURT
from tests.replay.meetings import BOARD, VOTERS, example, recordings, without_ballots

BEGAN = EVENTS[0].at


def member(user_id: str) -> Member:
    return Member(id=user_id, name="Viewer", role=Role.PARTICIPANT, has_vote=True)


def pictured(seat: Seat, place: int) -> Meeting:
    """What somebody knows who was told of the whole meeting at this place, and of nothing else."""
    return reduce(seat.known(0), seat.whole(place), BEGAN)


def known(meeting: Meeting, hidden: Collection[str]) -> dict[str, Any]:
    """What both know: who was told step by step, and who was told everything at once.

    Of what belongs to an executive session an observer knows only what they had heard.
    """
    return {
        "meeting": (meeting.title, meeting.quorum, meeting.started_at, meeting.phase),
        "agenda": (meeting.agenda, meeting.current_item, meeting.total_items),
        "people": {key: _person(one) for key, one in meeting.people.items()},
        "decisions": {
            key: _decision(view) for key, view in meeting.decisions.items() if key not in hidden
        },
        "chat": [
            one
            for one in meeting.chat
            if isinstance(one, SpokenLine) and one.message_id not in hidden
        ],
    }


def hidden_from(viewer: Member, state: MeetingState) -> frozenset[str]:
    """The decisions and lines of an executive session that the viewer may not be told of now.

    Whoever took part in it, and came back as an observer, has heard them all the same.
    """
    here = state.present.get(viewer.id)
    if (viewer.role if here is None else here.role) is not Role.OBSERVER:
        return state.hidden
    return state.hidden | {entry.message_id for entry in state.chat if entry.executive}


def _person(one: Person) -> tuple[object, ...]:
    here = (one.role, one.joined_at) if one.present else ()
    return (one.name, one.has_vote, one.present, one.status, *here)


def _decision(view: DecisionView) -> tuple[object, ...]:
    question = view.question
    assert question is not None
    words = {name: getattr(question, name) for name in Question.model_fields if name != "status"}
    if question.opened_at is None:
        # Withdrawn before it opened: only who was there heard a result.
        withdrawn = view.outcome is not None or question.status is DecisionStatus.WITHDRAWN
        return (question.title, withdrawn)
    tally = view.tally if view.is_open else None
    return (words, view.is_open, view.outcome, view.own_vote, view.deadline, tally)


def played(seat: Seat, first: int, last: int) -> Meeting:
    """What a client knows that jumped to `first` and played on to `last`."""
    meeting = seat.known(first)
    for place in range(first + 1, last + 1):
        for message in seat.told(place):
            meeting = reduce(meeting, message, BEGAN)
    return meeting


@settings(max_examples=60)
@given(recordings())
def test_what_is_told_step_by_step_is_the_server_s_picture_at_every_event(
    recording: Recording,
) -> None:
    for viewer in (ONLOOKER, member(VOTERS[0])):
        seat = Seat(recording, viewer)
        meeting = seat.known(1)
        for place in range(2, len(recording.events) + 1):
            for message in seat.told(place):
                meeting = reduce(meeting, message, BEGAN)
            hidden = hidden_from(viewer, recording.state(place))
            assert known(meeting, hidden) == known(pictured(seat, place), hidden)


def test_who_comes_as_an_observer_behind_closed_doors_sees_what_observers_do() -> None:
    room = Room(BOARD)
    room.do(SetPhase(CHAIR, Role.FACILITATOR, MeetingPhase.EXECUTIVE))
    room.do(MoveAgenda(CHAIR, Role.FACILITATOR, "item_1", ItemStatus.IN_PROGRESS))
    room.do(Join(VOTERS[0], Role.OBSERVER))
    seat = Seat(Recording(without_ballots(room.events)), member(VOTERS[0]))
    last = len(room.events)
    assert played(seat, 1, last - 1).agenda[0].status is ItemStatus.IN_PROGRESS
    assert played(seat, 1, last).agenda[0].status is ItemStatus.PENDING


def test_a_jump_anywhere_leads_to_the_same_end_as_playing_through() -> None:
    seat = Seat(example())
    last = len(seat.recording.events)
    through = played(seat, 1, last)
    assert through.title == "Q3 *board* meeting"
    assert any(isinstance(one, SpokenLine) for one in through.chat)
    for place in range(last, 1, -1):
        assert played(Seat(example()), place, last) == through
        assert played(seat, place, last) == through


def test_a_long_meeting_is_the_same_whichever_way_one_comes_to_a_place() -> None:
    events = [*example().events[:1]]
    for number in range(2, 450):
        events += said(number, f"line {number}").events
    seat = Seat(Recording(events))
    assert len(seat.known(449).chat) == 448
    for place in (420, 401, 400, 399, 30, 201):
        assert len(seat.known(place).chat) == place - 1


def test_what_somebody_else_wrote_moves_no_terminal() -> None:
    [line] = said(2, "\x1b[2Jgone\u202e").events
    seat = Seat(Recording([*example().events[:1], line]))
    for meeting in (seat.known(2), pictured(seat, 2)):
        [shown] = meeting.chat
        assert isinstance(shown, SpokenLine)
        assert shown.message == "[2Jgone"


# Whose vote it was


def test_an_onlooker_sees_no_vote_as_their_own() -> None:
    seat = Seat(example())
    end = played(seat, 1, len(seat.recording.events))
    assert all(view.own_vote is None for view in end.decisions.values())


def test_a_member_sees_their_own_votes_as_they_saw_them() -> None:
    seat = Seat(example(), member(KURT))
    end = played(seat, 1, len(seat.recording.events))
    own = {key: view.own_vote for key, view in end.decisions.items() if view.own_vote is not None}
    assert {key: vote.vote for key, vote in own.items()} == {
        "d_budget": Vote.APPROVE,
        "d_lunch": Vote.ABSTAIN,
    }


def test_of_a_secret_ballot_a_member_sees_only_that_they_voted() -> None:
    seat = Seat(example(), member(ADA))
    end = played(seat, 1, len(seat.recording.events))
    own = end.decisions["d_chair"].own_vote
    assert own is not None
    assert own.vote is None


@pytest.mark.parametrize("viewer", [ONLOOKER, member(ADA), member(KURT)])
def test_until_a_secret_ballot_is_over_only_how_many_voted_is_told(viewer: Member) -> None:
    seat = Seat(example(), viewer)
    cast = 0
    for place, event in enumerate(seat.recording.events, start=1):
        if isinstance(event.what, VoteRecorded) and event.what.decision_id == "d_chair":
            cast += 1
            tally = played(seat, place - 1, place).decisions["d_chair"].tally
            assert tally is not None
            assert (tally.approve, tally.reject, tally.abstain, tally.total) == (0, 0, 0, cast)
    assert cast == 2


def test_a_record_that_does_not_begin_with_the_meeting_s_file_is_none_to_play() -> None:
    for events in ([], list(said(1).events)):
        with pytest.raises(ValueError, match="does not begin with the meeting's file"):
            Recording(events)


# What was said in executive session


def behind_closed_doors() -> Recording:
    """Something is said and decided in executive session, and something after it."""
    room = Room(charter(decisions=(prepared(auto_close=False),)))
    room.join("chair", "ann", "guest")
    for phase, text in (
        (MeetingPhase.EXECUTIVE, "Between us"),
        (MeetingPhase.IN_SESSION, "In the open"),
    ):
        room.do(SetPhase(CHAIR, Role.FACILITATOR, phase))
        room.do(Say("user_ann", Role.PARTICIPANT, f"msg_{phase}", text))
        if phase is MeetingPhase.EXECUTIVE:
            room.open()
            room.close()
    return Recording(without_ballots(room.events))


@pytest.mark.parametrize(
    ("viewer", "shown", "decisions"),
    [
        (ONLOOKER, ["In the open"], []),
        (member("user_ann"), ["Between us", "In the open"], ["decision_1"]),
    ],
)
def test_an_executive_session_is_shown_only_to_whom_it_was_open(
    viewer: Member, shown: list[str], decisions: list[str]
) -> None:
    seat = Seat(behind_closed_doors(), viewer)
    end = seat.known(len(seat.recording.events))
    assert [one.message for one in end.chat if isinstance(one, SpokenLine)] == shown
    assert list(end.decisions) == decisions
