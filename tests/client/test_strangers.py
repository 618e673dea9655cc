"""Our client with a server that was written from the reference alone."""

import asyncio
from pathlib import Path

import pytest

from boardroom_tui.client.trust import Authorities
from boardroom_tui.protocol.fields import Role, Status, Vote
from boardroom_tui.protocol.messages.collaboration import CursorMove, Position, Typing, TypingUpdate
from boardroom_tui.protocol.messages.decision import (
    DecisionResult,
    VoteCast,
    VoteReceived,
    VoteUpdate,
)
from boardroom_tui.protocol.messages.meeting import (
    AgendaUpdate,
    ChatMessage,
    ChatSend,
    MeetingLeave,
    ParticipantJoined,
)
from boardroom_tui.protocol.messages.notification import NotificationAcknowledge, NotificationSend
from boardroom_tui.protocol.messages.presence import (
    PresenceChanged,
    PresenceList,
    PresenceSubscribe,
    PresenceUpdate,
)
from boardroom_tui.protocol.messages.subscription import (
    Subscribe,
    SubscriptionUpdate,
    Unsubscribe,
)
from boardroom_tui.session.connection import Phase
from boardroom_tui.state.model import Progress
from tests.client.certificates import self_signed
from tests.client.linking import SECONDS, address_of, linked
from tests.network.attendant import attending
from tests.network.clock import in_fast_time
from tests.network.relay import relayed
from tests.peers.reference_server import reference_server

USERS = {"token_a": "anna", "token_b": "ben"}


async def test_a_client_joins_a_stranger_over_tls_and_sends_nothing_beyond_the_reference(
    tmp_path: Path,
) -> None:
    certificate = self_signed(tmp_path)
    async with (
        reference_server(USERS, tls=certificate.context, voters=2) as server,
        linked(server.url, "token_a", trust=Authorities(certificate.path)) as anna,
        linked(server.url, "token_b", trust=Authorities(certificate.path)) as ben,
    ):
        await anna.until(lambda heard: len(heard.heard(ParticipantJoined)) == 2)
        await ben.until(lambda heard: bool(heard.heard(ParticipantJoined)))

        said = ChatSend.Data(meeting_id="meeting_123", message="Hello everyone!")
        answer = await anna.link.send_and_wait(ChatSend(data=said))
        assert isinstance(answer, ChatMessage)
        await ben.until(lambda heard: bool(heard.heard(ChatMessage)))

        for voter in (anna, ben):
            vote = VoteCast.Data(decision_id="decision_123", vote=Vote.APPROVE, comment="Good")
            assert isinstance(await voter.link.send_and_wait(VoteCast(data=vote)), VoteReceived)
        await anna.until(lambda heard: bool(heard.heard(DecisionResult)))
        assert anna.heard(VoteUpdate)[-1].data.vote_summary.approve == 2

    assert server.beyond == []


async def test_everything_that_the_reference_has_reaches_a_stranger_and_comes_back() -> None:
    async with (
        reference_server(USERS) as server,
        linked(server.url, "token_a") as anna,
    ):
        link = anna.link
        await anna.until(lambda heard: bool(heard.heard(ParticipantJoined)))
        status = PresenceUpdate(data=PresenceUpdate.Data(status=Status.AWAY))
        assert isinstance(await link.send_and_wait(status), PresenceChanged)
        room = PresenceSubscribe(data=PresenceSubscribe.Data(room_id="meeting_123"))
        assert isinstance(await link.send_and_wait(room), PresenceList)
        channels = Subscribe(data=Subscribe.Data(channels=("decision:456", "user:ben")))
        granted = await link.send_and_wait(channels)
        assert isinstance(granted, SubscriptionUpdate)
        assert granted.data.failed == {"user:ben": "Permission denied"}
        fewer = Unsubscribe(data=Unsubscribe.Data(channels=("decision:456",)))
        assert isinstance(await link.send_and_wait(fewer), SubscriptionUpdate)
        link.send(NotificationAcknowledge(data=NotificationAcknowledge.Data(notification_id="n")))
        position = Position(line=10, column=25)
        link.send(CursorMove(data=CursorMove.Data(document_id="doc_123", position=position)))
        link.send(Typing(data=Typing.Data(room_id="meeting_123", is_typing=True)))
        await anna.until(lambda heard: bool(heard.heard(TypingUpdate)))

    assert server.beyond == []


async def test_a_strangers_own_messages_are_heard() -> None:
    item = {
        "id": "item_3",
        "title": "Budget Review",
        "status": "in_progress",
        "startedAt": "2024-01-15T10:32:00Z",
    }
    agenda = {"meetingId": "meeting_123", "currentItem": 3, "totalItems": 5, "itemDetails": item}
    notice = {
        "notificationId": "notif_123",
        "priority": "high",
        "title": "Meeting Starting Soon",
        "message": "Board meeting starts in 5 minutes",
        "category": "meeting",
        "actions": [{"id": "join", "label": "Join Meeting", "url": "/meetings/123"}],
        "expiresAt": "2024-01-15T10:40:00Z",
    }
    async with (
        reference_server(USERS) as server,
        linked(server.url, "token_a") as anna,
    ):
        await anna.until(lambda heard: bool(heard.heard(ParticipantJoined)))
        await server.broadcast("meeting.agenda.update", agenda)
        await server.broadcast("notification.send", notice)
        await server.broadcast("something.of.their.own", {"any": "thing"})
        await anna.until(lambda heard: bool(heard.heard(NotificationSend)))
        await anna.until(lambda heard: heard.link.connection.ignored == 1)
        assert anna.heard(AgendaUpdate)[0].data.item_details.title == "Budget Review"


async def test_a_stranger_that_comes_back_is_joined_and_subscribed_again() -> None:
    async with (
        reference_server(USERS) as server,
        linked(server.url, "token_a") as anna,
    ):
        await anna.until(lambda heard: bool(heard.heard(ParticipantJoined)))
        channels = Subscribe(data=Subscribe.Data(channels=("decision:456",)))
        await anna.link.send_and_wait(channels)

        server.peers[0].socket.transport.abort()
        await anna.until(lambda heard: Phase.WAITING in heard.phases)
        anna.link.retry_now()

        await anna.until(lambda heard: len(heard.heard(ParticipantJoined)) == 2)
        await anna.until(lambda heard: len(heard.heard(SubscriptionUpdate)) == 2)
        assert server.peers[0].channels == {"decision:456"}


async def lose_an_answer() -> None:
    """Anna says something, hears no answer, and Ben leaves, before she comes back."""
    async with (
        reference_server(USERS) as server,
        relayed(address_of(server.url)) as relay,
        attending("anna", Role.PARTICIPANT, relay, "token_a") as anna,
        linked(server.url, "token_b") as ben,
    ):
        await anna.until(lambda one: "ben" in one.meeting.people and one.is_quiet, SECONDS)
        relay.answers_pass = False
        leave = MeetingLeave(data=MeetingLeave.Data(meeting_id="meeting_123"))
        await ben.link.send_and_wait(leave)
        anna.say("Still there?")
        await ben.until(lambda heard: bool(heard.heard(ChatMessage)))
        assert anna.meeting.people["ben"].present
        relay.cut()
        relay.answers_pass = True
        await anna.until(lambda one: bool(one.answers) and one.is_quiet, SECONDS)
        assert not anna.meeting.people["ben"].present
        assert anna.meeting.people["anna"].present
        assert [one["type"] for one in server.heard].count("meeting.chat.message") == 1
        (sent,) = anna.meeting.outgoing.values()
        maybe = "Maybe sent: the connection was lost before the server answered."
        assert (sent.progress, sent.reason) == (Progress.REFUSED, maybe)
        assert server.beyond == []


def test_a_stranger_is_not_told_twice_and_says_who_has_left_meanwhile() -> None:
    in_fast_time(lose_an_answer())


async def test_others_text_is_cleaned_before_anybody_hears_it() -> None:
    async with (
        reference_server(USERS) as server,
        linked(server.url, "token_a") as anna,
    ):
        await anna.until(lambda heard: bool(heard.heard(ParticipantJoined)))
        hostile = "\x1b[2Jred\u202e\x07"
        said = ChatSend.Data(meeting_id="meeting_123", message=hostile)
        answer = await anna.link.send_and_wait(ChatSend(data=said))

        assert isinstance(answer, ChatMessage)
        assert answer.data.message == "[2Jred"
        assert anna.heard(ChatMessage)[0].data.message == "[2Jred"


async def test_a_stranger_that_refuses_the_token_is_quoted() -> None:
    async with (
        reference_server(USERS) as server,
        linked(server.url, "wrong") as anna,
    ):
        async with asyncio.timeout(SECONDS):
            problem = await anna.link.ready()
        assert str(problem) == "Authentication failed"


async def test_closing_a_link_closes_with_1000_and_ends_its_updates() -> None:
    async with (
        reference_server(USERS) as server,
        linked(server.url, "token_a") as anna,
    ):
        await anna.until(lambda heard: bool(heard.heard(ParticipantJoined)))
        socket = server.peers[0].socket
        await anna.link.close()
        await socket.wait_closed()

        assert socket.close_code == 1000
        assert anna.link.connection.phase is Phase.ENDED
        with pytest.raises(StopAsyncIteration):
            await anext(anna.link.updates)
