"""Coming and going: one user is one participant, whatever the number of connections."""

from pathlib import Path

from boardroom_tui.protocol.fields import Role
from tests.server.members import connected, error, join, present, say, types, vote
from tests.server.running import charter, decision, member, running_server


async def test_the_joiner_hears_of_itself_then_of_the_whole_meeting(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        connected(server, "user_ben") as ben,
    ):
        joined = await join(ben, "mine")
        assert joined["type"] == "meeting.participant.joined"
        assert joined["data"]["meetingId"] == "meeting_123"
        assert joined["data"]["participant"]["name"] == "Ben"
        assert joined["data"]["participant"]["role"] == "participant"
        assert joined["metadata"]["correlationId"] == "mine"
        assert ben.unknown == []
        changed = await ben.receive()
        assert ben.unknown == ["meeting.state"]
        assert (changed["type"], changed["data"]["status"]) == ("presence.changed", "online")


async def test_the_others_hear_of_a_joiner_without_its_correlation(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada") as (ada,),
        connected(server, "user_ben") as ben,
    ):
        await join(ben, "mine")
        heard = await ada.next("meeting.participant.joined")
        assert heard["data"]["participant"]["userId"] == "user_ben"
        assert heard["data"]["totalParticipants"] == 2
        assert "correlationId" not in heard["metadata"]


async def test_a_second_connection_is_told_of_itself_alone(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, _),
        connected(server, "user_ben") as second,
    ):
        joined = await join(second)
        assert joined["data"]["totalParticipants"] == 2
        assert await ada.heard_by_now() == []


async def test_a_user_has_left_only_with_the_last_connection(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_ben", "user_ben") as (ada, first, second),
    ):
        left = await first.ask("meeting.leave", {"meetingId": "123"}, "bye")
        assert left["type"] == "meeting.participant.left"
        assert left["data"]["totalParticipants"] == 2
        assert await ada.heard_by_now() == []
        left = await second.ask("meeting.leave", {"meetingId": "123"}, "bye-2")
        assert left["data"]["totalParticipants"] == 1
        heard = await ada.heard_by_now()
        assert types(heard) == ["meeting.participant.left", "presence.changed"]
        assert heard[1]["data"]["status"] == "offline"
        assert await second.heard_by_now() == []


async def test_leaving_stops_what_the_meeting_says(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        await ben.ask("meeting.leave", {"meetingId": "123"}, "bye")
        await say(ada, "Is he gone?", "1")
        assert await ben.heard_by_now() == []


async def test_who_closes_in_good_order_has_left_at_once(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        await ben.close()
        left = await ada.next("meeting.participant.left")
        assert left["data"]["participant"]["userId"] == "user_ben"


async def test_a_dropped_connection_that_comes_back_was_never_away(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        ben.drop()
        async with connected(server, "user_ben") as again:
            joined = await join(again, "again")
            assert joined["data"]["totalParticipants"] == 2
            assert await ada.heard_by_now() == []


async def test_a_dropped_connection_that_stays_away_has_left(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path, grace_seconds=0.05) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        ben.drop()
        left = await ada.next("meeting.participant.left")
        assert left["data"]["totalParticipants"] == 1
        assert (await ada.next("presence.changed"))["data"]["status"] == "offline"


async def test_an_unknown_meeting_and_a_stranger_are_refused(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        connected(server, "user_ben") as ben,
        connected(server, "user_mallory") as mallory,
    ):
        refused = await ben.ask("meeting.join", {"meetingId": "404"}, "1")
        assert error(refused) == ("RESOURCE_NOT_FOUND", None)
        assert error(await join(mallory, "2")) == ("PERMISSION_DENIED", None)
        assert error(await say(mallory, "Hi", "3")) == ("PERMISSION_DENIED", None)
        refused = await mallory.ask("presence.subscribe", {"roomId": "123"}, "4")
        assert error(refused) == ("PERMISSION_DENIED", None)


async def test_joining_in_a_lower_role_gives_up_the_vote_on_that_connection(
    tmp_path: Path,
) -> None:
    board = charter(decisions=(decision(status="voting"),))
    async with (
        running_server(board, tmp_path) as server,
        connected(server, "user_ben") as low,
        connected(server, "user_ben") as full,
    ):
        joined = await join(low, "low", role="observer")
        assert joined["data"]["participant"]["role"] == "observer"
        assert error(await vote(low, "approve", "1")) == ("PERMISSION_DENIED", None)
        await join(full, "full")
        assert (await vote(full, "approve", "2"))["type"] == "decision.vote.received"


async def test_chat_and_votes_need_no_join(tmp_path: Path) -> None:
    board = charter(decisions=(decision(status="voting"),))
    async with (
        running_server(board, tmp_path) as server,
        connected(server, "user_ben") as ben,
    ):
        await ben.ask("subscribe", {"channels": ["meeting:123"]}, "1")
        assert (await say(ben, "Hello", "2"))["type"] == "meeting.chat.message"
        assert (await vote(ben, "reject", "3"))["type"] == "decision.vote.received"


async def test_presence_counts_for_the_quorum_until_the_grace_is_over(tmp_path: Path) -> None:
    board = charter(
        quorum=2,
        members=(member("user_ada", Role.FACILITATOR), member("user_ben"), member("user_cleo")),
        decisions=(decision(status="voting", auto_close=False),),
    )
    async with (
        running_server(board, tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        ben.drop()
        await vote(ada, "approve", "1")
        result = await ada.ask("decision.close", {"decisionId": "decision_123"}, "2")
        assert result["data"]["result"] == "approved"
