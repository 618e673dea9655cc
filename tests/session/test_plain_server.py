"""A server that knows only the reference: what it is sent, and how its answers are told."""

import json

import pytest

from boardroom_tui.protocol.catalogue import ClientMessage
from boardroom_tui.protocol.envelope import Metadata
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import Status
from boardroom_tui.protocol.messages.connection import Refused
from boardroom_tui.protocol.messages.meeting import AgendaSet, MeetingJoin
from boardroom_tui.protocol.messages.presence import PresenceSubscribe
from boardroom_tui.session.client_output import Settled
from tests.session.asking import (
    asked,
    close_decision,
    error,
    ids,
    joined,
    limited,
    online,
    presence,
    recorded,
    said,
    settled,
    vote,
)
from tests.session.dialogue import chat, client, connect, ready
from tests.session.script import at, frame


@pytest.mark.parametrize(
    "message",
    [
        close_decision(),
        AgendaSet(
            data=AgendaSet.Data.model_validate_json(
                '{"meetingId":"meeting_123","itemId":"item_1","status":"completed"}'
            )
        ),
    ],
    ids=["decision.close", "meeting.agenda.set"],
)
def test_a_server_is_not_sent_types_that_it_does_not_know(message: ClientMessage):
    session = online(extended=False)
    request_id, outputs = session.send(message, at(1))
    (done,) = outputs
    assert isinstance(done, Settled)
    assert done.request.id == request_id
    assert isinstance(done.answer, Refused)
    assert done.answer.data.code is ErrorCode.INVALID_MESSAGE
    assert done.answer.data.message == f"This server does not know {message.type}."


def test_what_waits_for_a_server_that_turns_out_not_to_know_it_is_refused_then():
    session = client()
    request_id, _ = session.send(close_decision(), at(0))
    outputs = connect(session, 0, ready(extensions=None))
    assert settled(outputs) == [(request_id, "error")]
    assert asked(outputs) == []


def test_without_correlation_the_type_and_what_it_is_about_tell_the_answer():
    session = online("meeting_123", extended=False)
    mine, _ = session.send(chat("Hello"), at(1))
    cast, _ = session.send(vote("decision_123"), at(1))
    for not_mine in (said("Hello", by="user_9"), said("Goodbye"), recorded("decision_9")):
        assert settled(session.received(not_mine, at(2))) == []
    assert settled(session.received(recorded("123"), at(3))) == [(cast, "decision.vote.received")]
    assert settled(session.received(said("Hello"), at(3))) == [(mine, "meeting.chat.message")]
    assert settled(session.received(said("Hello"), at(4))) == []


def test_without_correlation_the_oldest_request_is_answered_first():
    session = online(extended=False)
    first, _ = session.send(chat("same"), at(1))
    second, _ = session.send(chat("same"), at(1))
    assert settled(session.received(said("same"), at(2)))[0][0] == first
    assert settled(session.received(error("SERVER_ERROR", None), at(2))) == [(second, "error")]


def test_what_it_may_have_said_already_is_not_sent_again_but_told_after_a_while():
    session = online(extended=False)
    lost, _ = session.send(chat("Lost?"), at(1))
    session.lost(1006, "", 0.0, at(2))
    later, _ = session.send(chat("Later"), at(2))
    outputs = connect(session, 3, ready(extensions=None))
    assert ids(outputs) == [later]
    assert session.connection.waiting == 2
    assert settled(session.tick(at(5))) == []
    assert session.next_tick(at(5)) == pytest.approx(1)
    assert settled(session.tick(at(6))) == [(lost, "error")]
    assert session.connection.waiting == 1
    # Once more it may have been said: what was never sent until now.
    session.lost(1006, "", 0.0, at(7))
    assert ids(connect(session, 8, ready(extensions=None))) == []


def test_where_it_repeats_what_was_said_that_is_the_answer():
    session = online(extended=False)
    lost, _ = session.send(chat("Lost?"), at(1))
    session.lost(1006, "", 0.0, at(2))
    connect(session, 3, ready(extensions=None))
    assert settled(session.received(said("Lost?", by="user_9"), at(4))) == []
    assert settled(session.received(said("Lost?"), at(4))) == [(lost, "meeting.chat.message")]
    assert settled(session.tick(at(9))) == []


def test_a_server_that_knows_an_id_again_is_sent_it_again():
    session = online()
    lost, _ = session.send(chat("Lost?"), at(1))
    session.lost(1006, "", 0.0, at(2))
    assert ids(connect(session, 3)) == [lost]


def test_ones_own_join_is_told_from_others():
    session = client()
    session.send(MeetingJoin(data=MeetingJoin.Data(meeting_id="123")), at(0))
    connect(session, 0, ready(extensions=None))
    assert settled(session.received(joined("user_9"), at(1))) == []
    assert settled(session.received(joined("456"), at(1))) == [
        ("run-1", "meeting.participant.joined")
    ]


def test_presence_of_others_answers_nothing_of_ones_own():
    session = online(extended=False)
    request_id, _ = session.send(presence(Status.AWAY), at(1))
    listing = PresenceSubscribe(data=PresenceSubscribe.Data(room_id="meeting_123"))
    listed, _ = session.send(listing, at(1))

    def changed(user: str) -> str:
        data = {"userId": user, "status": "away", "lastSeen": "2027-01-15T12:00:00Z"}
        return frame("presence.changed", data)

    assert settled(session.received(changed("user_9"), at(2))) == []
    assert settled(session.received(changed("user_456"), at(2))) == [
        (request_id, "presence.changed")
    ]
    other_room = frame("presence.list", {"roomId": "meeting_9", "users": []})
    assert settled(session.received(other_room, at(2))) == []
    own_room = frame("presence.list", {"roomId": "123", "users": []})
    assert settled(session.received(own_room, at(2))) == [(listed, "presence.list")]


def test_an_error_is_about_what_was_sent_and_not_about_what_is_held_back():
    session = online(extended=False)
    session.send(chat(), at(1))
    session.received(limited(None, retryAfter=20_000), at(1))
    assert settled(session.received(error("SERVER_ERROR", None), at(2))) == []
    assert session.connection.waiting == 1


def test_an_error_about_something_else_answers_nothing():
    session = online(extended=False)
    session.send(chat(), at(1))
    assert settled(session.received(error("INVALID_MESSAGE", "not-ours"), at(2))) == []


def test_such_a_server_may_correlate_all_the_same():
    session = online(extended=False)
    session.send(chat("same"), at(1))
    second, _ = session.send(chat("same"), at(1))
    assert settled(session.received(said("same", answering=second), at(2)))[0][0] == second


def test_such_a_server_may_repeat_the_requests_id_as_its_messages_own():
    session = online(extended=False)
    session.send(chat("same"), at(1))
    second, _ = session.send(chat("same"), at(1))
    repeated = json.loads(said("same")) | {"id": second}
    assert settled(session.received(json.dumps(repeated), at(2)))[0][0] == second


@pytest.mark.parametrize("repeated", ["mine", "ours"], ids=["the id", "the correlation"])
def test_a_callers_request_is_answered_by_its_id_or_by_its_correlation(repeated: str):
    session = online(extended=False)
    own = chat().model_copy(update={"id": "mine", "metadata": Metadata(correlation_id="ours")})
    session.send(own, at(1))
    assert settled(session.received(said(answering=repeated), at(2)))[0][0] == "mine"
