"""A client's requests: kept until answered, whatever happens to the connection."""

from boardroom_tui.protocol.envelope import Metadata
from boardroom_tui.protocol.fields import Status
from boardroom_tui.protocol.limits import LIMITS, Rate
from boardroom_tui.protocol.messages.collaboration import Typing
from boardroom_tui.protocol.messages.connection import Refused
from boardroom_tui.protocol.messages.decision import VoteReceived
from boardroom_tui.protocol.messages.meeting import ChatSend, MeetingJoin, MeetingLeave
from boardroom_tui.protocol.messages.notification import NotificationAcknowledge
from boardroom_tui.protocol.messages.presence import PresenceSubscribe, PresenceUpdate
from boardroom_tui.protocol.messages.subscription import Subscribe, Unsubscribe
from boardroom_tui.session.client_output import Heard, Settled
from boardroom_tui.session.requests import CAPACITY
from tests.session.asking import (
    asked,
    correlated,
    error,
    ids,
    joined,
    online,
    presence,
    reconnect,
    recorded,
    said,
    settled,
    subscribe,
    subscribed,
    unsubscribe,
    vote,
)
from tests.session.dialogue import chat, client, connect
from tests.session.script import at, frame, only, written

# Answers


def test_an_answer_is_heard_and_then_settles_its_request():
    session = online()
    request_id, outputs = session.send(vote(), at(1))
    assert ids(outputs) == [request_id]
    assert session.connection.waiting == 1
    heard, done = session.received(recorded(answering=request_id), at(2))
    assert isinstance(heard, Heard)
    assert isinstance(done, Settled)
    assert done.request == asked(outputs)[0]
    assert done.answer is heard.message
    assert isinstance(done.answer, VoteReceived)
    assert session.connection.waiting == 0


def test_a_request_is_settled_once():
    session = online()
    request_id, _ = session.send(vote(), at(1))
    assert settled(session.received(recorded(answering=request_id), at(2)))
    assert settled(session.received(recorded(answering=request_id), at(3))) == []


def test_a_refusal_settles_too():
    session = online()
    request_id, _ = session.send(vote(), at(1))
    outputs = session.received(error("PERMISSION_DENIED", request_id), at(2))
    assert settled(outputs) == [(request_id, "error")]


def test_a_broadcast_that_a_request_caused_is_not_its_answer():
    session = online()
    request_id, _ = session.send(vote(), at(1))
    tally = {"approve": 1, "reject": 0, "abstain": 0, "total": 1, "required": 3}
    update = frame(
        "decision.vote.update",
        {"decisionId": "decision_123", "voteSummary": tally, "status": "voting"},
        **correlated(request_id),
    )
    assert settled(session.received(update, at(2))) == []


def test_from_a_server_that_correlates_nothing_else_is_an_answer():
    session = online()
    session.send(chat(), at(1))
    session.send(vote(), at(1))
    for received in (said(), recorded(), error("SERVER_ERROR", None), error("SERVER_ERROR", "x")):
        assert settled(session.received(received, at(2))) == []


def test_a_callers_own_id_and_correlation_are_kept():
    session = online()
    own = chat().model_copy(update={"id": "mine", "metadata": Metadata(correlation_id="ours")})
    request_id, outputs = session.send(own, at(1))
    (message,) = asked(outputs)
    assert (request_id, message.id, message.correlation) == ("mine", "mine", "ours")
    assert settled(session.received(said(answering="ours"), at(2))) == [
        ("mine", "meeting.chat.message")
    ]


def test_every_request_carries_a_correlation_its_id_unless_the_caller_chose_one():
    session = online("meeting_123")
    typing = Typing(data=Typing.Data(room_id="meeting_123", is_typing=True))
    for message in (chat(), vote(), subscribe("decision:1"), presence(Status.BUSY), typing):
        session.send(message, at(1))
    sent = written(reconnect(session, 2))
    assert [type(message) for message in sent[:1]] == [MeetingJoin]
    assert len(sent) == 6, "the join, the subscription, the presence, chat, vote and a heartbeat"
    for message in sent:
        assert message.metadata is not None
        assert message.metadata.correlation_id == message.id


def test_the_same_id_is_not_sent_twice_while_it_waits():
    session = online()
    own = chat().model_copy(update={"id": "mine"})
    session.send(own, at(1))
    assert session.send(own, at(2)) == ("mine", [])


# Lost connections


def test_what_was_not_answered_is_sent_again_in_order_under_the_old_ids():
    session = online()
    first, _ = session.send(chat("one"), at(1))
    second, _ = session.send(chat("two"), at(1))
    session.received(said("one", answering=first), at(2))
    session.lost(1006, "", 0.0, at(3))
    third, nothing = session.send(vote(), at(4))
    assert nothing == []
    assert session.connection.waiting == 2
    outputs = connect(session, 5)
    assert ids(outputs) == [second, third]
    assert settled(session.received(said("two", answering=second), at(6))) == [
        (second, "meeting.chat.message")
    ]


def test_a_message_is_the_same_letter_for_letter_when_it_is_sent_again():
    session = online()
    _, before = session.send(chat(), at(1))
    after = reconnect(session, 60)
    assert asked(after) == asked(before)


def test_what_matters_only_now_is_not_kept():
    session = online()
    session.lost(1006, "", 0.0, at(1))
    typing = Typing(data=Typing.Data(room_id="meeting_123", is_typing=True))
    seen = NotificationAcknowledge(data=NotificationAcknowledge.Data(notification_id="n_1"))
    assert session.send(typing, at(2))[1] == []
    assert session.send(seen, at(2))[1] == []
    assert session.connection.waiting == 0
    assert asked(connect(session, 3)) == []
    assert len(asked(session.send(typing, at(4))[1])) == 1


def test_a_new_connection_is_joined_subscribed_and_present_as_the_old_one_was():
    session = online("meeting_123")
    session.send(subscribe("decision:1", "user:456"), at(1))
    session.send(presence(Status.BUSY), at(1))
    session.send(PresenceSubscribe(data=PresenceSubscribe.Data(room_id="meeting_123")), at(1))
    session.send(presence(Status.AWAY), at(1))
    session.send(subscribe("decision:2", "meeting:9"), at(1))
    session.send(unsubscribe("decision:decision_1"), at(1))
    for request_id in ("run-3", "run-4", "run-5", "run-6", "run-7"):
        session.received(subscribed(answering=request_id), at(2))
    kept, _ = session.send(chat(), at(3))
    session.received(subscribed(answering="run-8"), at(3))
    outputs = asked(reconnect(session, 5))
    assert [message.data for message in outputs] == [
        MeetingJoin.Data(meeting_id="meeting_123"),
        Unsubscribe.Data(channels=("decision:decision_1",)),
        Subscribe.Data(channels=("user:456", "decision:2", "meeting:9")),
        PresenceUpdate.Data(status=Status.AWAY),
        PresenceSubscribe.Data(room_id="meeting_123"),
        ChatSend.Data(meeting_id="meeting_123", message="Hello"),
    ]
    assert outputs[-1].id == kept


def test_state_is_asked_for_under_new_ids():
    session = online("meeting_123")
    before = ids(reconnect(session, 5))
    assert ids(reconnect(session, 6)) != before


def test_who_has_left_does_not_rejoin():
    session = online("meeting_123")
    leave = MeetingLeave(data=MeetingLeave.Data(meeting_id="123"))
    request_id, _ = session.send(leave, at(1))
    assert ids(reconnect(session, 2)) == [request_id], "the leave itself has no answer yet"
    left = {
        "meetingId": "meeting_123",
        "participant": {"userId": "user_456", "name": "J", "leftAt": "2027-01-15T12:00:00Z"},
        "totalParticipants": 0,
    }
    answer = frame("meeting.participant.left", left, **correlated(request_id))
    assert settled(session.received(answer, at(3))) == [(request_id, "meeting.participant.left")]
    assert asked(reconnect(session, 4)) == []


def test_many_channels_are_asked_for_in_as_many_messages_as_it_takes():
    session = online()
    for number in range(250):
        session.send(subscribe(f"decision:{number}"), at(1))
    messages = [m for m in asked(reconnect(session, 2)) if isinstance(m, Subscribe)]
    assert [len(message.data.channels) for message in messages] == [100, 100, 50]


def test_a_request_for_state_is_settled_by_the_answer_to_its_successor():
    session = client("meeting_123")
    early, _ = session.send(subscribe("decision:1"), at(0))
    connect(session)
    session.lost(1006, "", 0.0, at(1))
    late, _ = session.send(subscribe("decision:2"), at(2))
    messages = asked(connect(session, 3))
    (request,) = [message for message in messages if isinstance(message, Subscribe)]
    assert request.id not in (early, late)
    assert settled(session.received(subscribed(answering=request.id), at(4))) == [
        (early, "subscription.update"),
        (late, "subscription.update"),
    ]


def test_a_join_that_waits_is_settled_by_the_join_of_that_meeting():
    session = client("meeting_123")
    other = MeetingJoin(data=MeetingJoin.Data(meeting_id="meeting_9"))
    own = MeetingJoin(data=MeetingJoin.Data(meeting_id="123"))
    session.send(other, at(0))
    request_id, _ = session.send(own, at(0))
    first, second = asked(connect(session))
    assert isinstance(first, MeetingJoin)
    assert first.data.meeting_id == "123"
    assert settled(session.received(joined(answering=first.id), at(1))) == [
        (request_id, "meeting.participant.joined")
    ]
    assert second.id != request_id


def test_a_channel_that_was_given_up_after_joining_stays_given_up():
    session = online("meeting_123")
    session.send(unsubscribe("meeting:123"), at(1))
    session.received(subscribed(answering="run-3"), at(1))
    assert [type(m) for m in asked(reconnect(session, 2))] == [MeetingJoin, Unsubscribe]
    session.send(subscribe("meeting:meeting_123"), at(3))
    assert [type(m) for m in asked(reconnect(session, 4))] == [MeetingJoin, Subscribe]


def test_joining_anew_brings_back_what_was_given_up():
    session = online("meeting_123")
    session.send(unsubscribe("meeting:123"), at(1))
    session.received(subscribed(answering="run-3"), at(1))
    session.send(MeetingJoin(data=MeetingJoin.Data(meeting_id="meeting_123")), at(2))
    assert [type(m) for m in asked(reconnect(session, 3))] == [MeetingJoin]


def test_who_has_not_joined_has_nothing_to_give_up_again():
    session = online()
    session.send(unsubscribe("meeting:123"), at(1))
    session.received(subscribed(answering="run-2"), at(1))
    assert asked(reconnect(session, 2)) == []


def test_a_request_for_state_that_was_undone_meanwhile_is_settled_all_the_same():
    session = client()
    request_id, _ = session.send(subscribe("decision:1"), at(0))
    session.send(unsubscribe("decision:1"), at(0))
    (done,) = only(Settled, connect(session))
    assert done.request.id == request_id
    assert isinstance(done.answer, Refused)
    assert done.answer.data.message == "A later request undid this one before it was answered."
    assert settled(reconnect(session, 1)) == []


def test_the_outbox_has_an_end():
    session = client()
    for number in range(CAPACITY):
        assert session.send(chat(str(number)), at(0))[1] == []
    request_id, outputs = session.send(chat("one too many"), at(0))
    (done,) = only(Settled, outputs)
    assert done.request.id == request_id
    assert isinstance(done.answer, Refused)
    assert done.answer.data.message == "1000 requests wait already."
    assert len(asked(connect(session))) == LIMITS[Rate.CHAT].count
    assert session.connection.waiting == CAPACITY
