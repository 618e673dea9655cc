"""The link and our own server, over real sockets and TLS."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from boardroom_tui.client.address import Address
from boardroom_tui.client.tokens import TokenFile
from boardroom_tui.client.trust import Authorities, Trust
from boardroom_tui.protocol.errors import CloseCode
from boardroom_tui.protocol.fields import Guard, Vote
from boardroom_tui.protocol.messages.connection import AuthRefreshed, Refused
from boardroom_tui.protocol.messages.decision import (
    DecisionClose,
    DecisionResult,
    VoteCast,
    VoteReceived,
)
from boardroom_tui.protocol.messages.meeting import (
    ChatMessage,
    ChatSend,
    MeetingState,
    ParticipantJoined,
)
from boardroom_tui.protocol.messages.subscription import Subscribe, SubscriptionUpdate
from boardroom_tui.session.connection import Phase
from boardroom_tui.state.refusals import refusal_in_words
from tests.client.linking import Listener, address_of, linked
from tests.network.relay import Relay, relayed
from tests.server.running import RunningServer, charter, decision, running_server


def trust_of(server: RunningServer) -> Trust:
    assert server.ca is not None
    return Authorities(server.ca)


def saying(text: str) -> ChatSend:
    return ChatSend(data=ChatSend.Data(meeting_id="meeting_123", message=text))


def approving() -> VoteCast:
    return VoteCast(data=VoteCast.Data(decision_id="decision_123", vote=Vote.APPROVE))


async def in_the_meeting(heard: Listener, times: int = 1) -> None:
    await heard.until(lambda heard: len(heard.heard(MeetingState)) == times)


@asynccontextmanager
async def behind_a_relay(
    data: Path,
) -> AsyncGenerator[tuple[RunningServer, Relay, Listener, Listener]]:
    """A server with a vote open, a relay, Ada in the meeting, and Ben through the relay."""
    board = charter(decisions=(decision(status="voting"),))
    async with (
        running_server(board, data) as server,
        relayed(address_of(server.url)) as relay,
        linked(server.url, server.token("user_ada"), trust=trust_of(server)) as ada,
        linked(relay.address.url, server.token("user_ben"), trust=trust_of(server)) as ben,
    ):
        await in_the_meeting(ada)
        await in_the_meeting(ben)
        yield server, relay, ada, ben


async def test_members_join_speak_and_vote_to_a_result(tmp_path: Path) -> None:
    board = charter(decisions=(decision(status="voting"),))
    async with running_server(board, tmp_path) as server:
        trust = trust_of(server)
        async with (
            linked(server.url, server.token("user_ada"), trust=trust) as ada,
            linked(server.url, server.token("user_ben"), trust=trust) as ben,
            linked(server.url, server.token("user_cleo"), trust=trust) as cleo,
        ):
            for heard in (ada, ben, cleo):
                await in_the_meeting(heard)
            said = await ben.link.send_and_wait(saying("Hello everyone!"))
            assert isinstance(said, ChatMessage)
            await ada.until(lambda heard: bool(heard.heard(ChatMessage)))
            assert ada.heard(ChatMessage)[0].data == said.data
            for heard in (ada, ben, cleo):
                assert isinstance(await heard.link.send_and_wait(approving()), VoteReceived)
            for heard in (ada, ben, cleo):
                await heard.until(lambda heard: bool(heard.heard(DecisionResult)))
                assert heard.heard(DecisionResult)[0].data.final_votes.approve == 3
                assert heard.link.connection.latency_ms is not None


async def test_a_server_that_was_killed_comes_back_and_nothing_is_lost_or_doubled(
    tmp_path: Path,
) -> None:
    board = charter(decisions=(decision(status="voting"),))
    async with AsyncExitStack() as until_the_end:
        async with running_server(board, tmp_path) as server:
            port, token = address_of(server.url).port, server.token("user_ben")
            ben = await until_the_end.enter_async_context(
                linked(server.url, token, trust=trust_of(server))
            )
            await in_the_meeting(ben)
            await ben.link.send_and_wait(saying("before"))
        await ben.until(lambda heard: heard.link.connection.phase is Phase.WAITING)
        typed = [ben.link.send(saying("while it is away")), ben.link.send(approving())]
        assert ben.link.connection.waiting == 2

        server = await until_the_end.enter_async_context(running_server(board, tmp_path, port=port))
        ben.link.retry_now()
        await ben.until(lambda heard: len(heard.settled) == 3)
        assert [settled.request.id for settled in ben.settled[1:]] == typed
        await in_the_meeting(ben, 2)

        ada = await until_the_end.enter_async_context(
            linked(server.url, server.token("user_ada"), trust=trust_of(server))
        )
        await in_the_meeting(ada)
        state = ada.heard(MeetingState)[0].data
        assert [line.message for line in state.chat] == ["before", "while it is away"]
        tally = state.decisions[0].vote_summary
        assert tally is not None
        assert tally.total == 1


async def test_what_was_recorded_but_not_answered_is_answered_after_the_break(
    tmp_path: Path,
) -> None:
    async with behind_a_relay(tmp_path) as (_, relay, ada, ben):
        relay.answers_pass = False
        sent = [ben.link.send(saying("Hello everyone!")), ben.link.send(approving())]
        await ada.until(lambda heard: bool(heard.heard(ChatMessage)))

        relay.cut()
        relay.answers_pass = True
        await ben.until(lambda heard: heard.link.connection.next_attempt is not None)
        ben.link.retry_now()
        await ben.until(lambda heard: len(heard.settled) == 2)

        assert [settled.request.id for settled in ben.settled] == sent
        answer = ben.settled[0].answer
        assert isinstance(answer, ChatMessage)
        assert answer.data == ada.heard(ChatMessage)[0].data
        await ada.link.send_and_wait(saying("after"))
        assert [said.data.message for said in ada.heard(ChatMessage)] == [
            "Hello everyone!",
            "after",
        ]


async def test_a_vote_that_waited_until_the_vote_was_over_is_told_and_not_dropped(
    tmp_path: Path,
) -> None:
    async with behind_a_relay(tmp_path) as (server, relay, ada, ben):
        relay.server = Address("127.0.0.1", 9, secure=True)
        relay.cut()
        await ben.until(lambda heard: heard.link.connection.phase is not Phase.READY)
        sent = [ben.link.send(approving()), ben.link.send(saying("I was for it"))]
        await ada.link.send_and_wait(closing())
        relay.server = address_of(server.url)
        await ben.until(lambda heard: heard.link.connection.next_attempt is not None)
        ben.link.retry_now()
        await ben.until(lambda heard: len(heard.settled) == 2)

        assert [settled.request.id for settled in ben.settled] == sent
        refused, said = (settled.answer for settled in ben.settled)
        assert isinstance(said, ChatMessage)
        assert isinstance(refused, Refused)
        words = "Your vote was not recorded: the decision is closed."
        assert refusal_in_words(approving(), refused) == words


def closing() -> DecisionClose:
    """The chair closes the vote, whoever is missing."""
    data = DecisionClose.Data(decision_id="decision_123", confirms=tuple(Guard))
    return DecisionClose(data=data)


async def test_a_break_is_shorter_than_the_grace_and_nobody_hears_of_it(tmp_path: Path) -> None:
    async with behind_a_relay(tmp_path) as (_, relay, ada, ben):
        await ada.until(lambda heard: len(heard.heard(ParticipantJoined)) == 2)
        before = len(ada.updates)
        relay.cut()
        await ben.until(lambda heard: heard.link.connection.next_attempt is not None)
        ben.link.retry_now()
        await in_the_meeting(ben, 2)
        await ben.link.send_and_wait(saying("I am back"))
        await ada.until(lambda heard: bool(heard.heard(ChatMessage)))
        assert len(ada.heard(ParticipantJoined)) == 2, ada.updates[before:]


async def test_what_was_subscribed_to_is_subscribed_to_again_after_a_break(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        relayed(address_of(server.url)) as relay,
        linked(server.url, server.token("user_ada"), trust=trust_of(server)) as ada,
        linked(
            relay.address.url, server.token("user_ben"), trust=trust_of(server), meeting_id=None
        ) as ben,
    ):
        await in_the_meeting(ada)
        channels = Subscribe(data=Subscribe.Data(channels=("meeting:123",)))
        await ben.link.send_and_wait(channels)
        relay.cut()
        await ben.until(lambda heard: heard.link.connection.next_attempt is not None)
        await ada.link.send_and_wait(saying("Not for Ben"))
        ben.link.retry_now()
        await ben.until(lambda heard: len(heard.heard(SubscriptionUpdate)) == 2)
        await ada.link.send_and_wait(saying("For Ben again"))
        await ben.until(lambda heard: bool(heard.heard(ChatMessage)))
        assert ben.heard(ChatMessage)[0].data.message == "For Ben again"


@pytest.mark.parametrize("token", ["nonsense", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1c2VyX2FkYSJ9."])
async def test_a_bad_token_ends_the_link_for_good(token: str, tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        linked(server.url, token, trust=trust_of(server)) as heard,
    ):
        assert await heard.link.ready() is not None
        await heard.until(lambda heard: heard.link.connection.phase is Phase.ENDED)
        assert heard.link.connection.code == CloseCode.AUTH_FAILED


async def test_a_short_token_is_renewed_before_it_runs_out(tmp_path: Path) -> None:
    path = tmp_path / "token"
    async with running_server(charter(), tmp_path / "data") as server:
        path.write_text(server.token("user_ada", ttl=timedelta(seconds=2)))
        path.chmod(0o600)
        async with linked(server.url, TokenFile(path), trust=trust_of(server)) as ada:
            await in_the_meeting(ada)
            path.write_text(server.token("user_ada"))
            await ada.until(lambda heard: bool(heard.heard(AuthRefreshed)))
            assert ada.link.connection.phase is Phase.READY
