"""Executive session: what observers may not hear, and what they may not ask for."""

import pytest

from boardroom_tui.meeting.commands import CloseDecision, Command, Join, Leave, MoveAgenda, Say
from boardroom_tui.meeting.executive import is_hidden, outside
from boardroom_tui.protocol.fields import ItemStatus, MeetingPhase, Role
from tests.meeting.room import CHAIR, YES, Room, ballot, charter, prepared
from tests.meeting.test_conversation import say
from tests.meeting.test_life import phase

EXECUTIVE, IN_SESSION = MeetingPhase.EXECUTIVE, MeetingPhase.IN_SESSION
MOTIONS = (prepared("1", auto_close=False), prepared("2", auto_close=False))


def in_executive_session() -> Room:
    """A meeting with a vote open, which then went into executive session."""
    room = Room(charter(decisions=MOTIONS))
    room.join("ann", "bob", "guest")
    room.open("decision_1")
    room.do(say("guest", "msg_before"))
    room.do(phase(EXECUTIVE))
    return room


def test_an_observer_may_ask_for_nothing_while_it_lasts_and_again_afterwards() -> None:
    room = in_executive_session()
    refusal = room.refused(say("guest", "msg_1"))
    assert (refusal.code, refusal.reason) == ("PERMISSION_DENIED", "executive")
    room.do(say("ann", "msg_2"))
    room.do(phase(IN_SESSION))
    assert room.do(say("guest", "msg_3"))


def test_who_speaks_as_an_observer_is_shut_out_whatever_the_file_says() -> None:
    room = in_executive_session()
    assert room.refused(Say("user_ann", Role.OBSERVER, "msg_1", "Hear me.")).reason == "executive"


@pytest.mark.parametrize("command", [Leave("user_guest"), Join("user_guest", Role.OBSERVER)])
def test_an_observer_may_come_and_go(command: Command) -> None:
    room = in_executive_session()
    room.do(command)
    assert ("user_guest" in room.state.present) is isinstance(command, Join)


def test_a_line_remembers_that_it_was_said_in_executive_session() -> None:
    room = in_executive_session()
    room.do(say("ann", "msg_secret"))
    room.do(phase(IN_SESSION))
    room.do(say("ann", "msg_after"))
    assert [entry.executive for entry in room.state.chat] == [False, True, False]


def test_what_was_said_in_it_cannot_be_answered_by_an_observer_ever() -> None:
    room = in_executive_session()
    room.do(say("ann", "msg_secret"))
    room.do(phase(IN_SESSION))
    refusal = room.refused(Say("user_guest", Role.OBSERVER, "msg_4", "Why?", "msg_secret"))
    assert refusal.message == "There is no message msg_secret."
    assert room.do(say("bob", "msg_5", reply_to="msg_secret"))


def test_every_event_of_it_is_hidden_but_the_changes_of_phase() -> None:
    room = in_executive_session()
    started = len(room.events)
    room.do(say("ann", "msg_1"))
    room.do(MoveAgenda(CHAIR, Role.FACILITATOR, "item_1", ItemStatus.IN_PROGRESS))
    room.vote("ann", YES)
    assert all(is_hidden(event, room.state) for event in room.events[started:])
    assert not is_hidden(room.events[started - 1], room.state)
    room.do(phase(IN_SESSION))
    assert not is_hidden(room.events[-1], room.state)


def test_what_is_put_in_it_stays_hidden_when_it_goes_on_afterwards() -> None:
    room = in_executive_session()
    room.open("decision_2")
    room.do(phase(IN_SESSION))
    room.do(ballot("ann", decision="decision_2"))
    assert is_hidden(room.events[-1], room.state)
    room.do(ballot("ann", decision="decision_1", vote_id="vote_9"))
    assert not is_hidden(room.events[-1], room.state)


def test_what_is_decided_in_it_is_hidden_though_it_was_put_before() -> None:
    room = in_executive_session()
    room.do(CloseDecision(CHAIR, Role.FACILITATOR, "decision_1"))
    room.do(phase(IN_SESSION))
    assert room.state.hidden == {"decision_1"}


def test_from_outside_the_meeting_stands_as_it_stood_but_for_who_is_here() -> None:
    room = in_executive_session()
    room.do(MoveAgenda(CHAIR, Role.FACILITATOR, "item_1", ItemStatus.IN_PROGRESS))
    room.vote("ann", YES)
    room.join("cy")
    seen = outside(room.state)
    assert seen.current_item == 0
    assert not seen.decisions["decision_1"].ballots
    assert "user_cy" in seen.present
    assert seen.phase is EXECUTIVE
    room.do(phase(IN_SESSION))
    assert outside(room.state) is room.state
