"""Chat, the same message twice, who is speaking, rate limits."""

from math import ceil
from pathlib import Path

from boardroom_tui.protocol.limits import LIMITS, Limit, Rate
from tests.server.members import MEETING, connected, error, present, say, types, vote
from tests.server.running import UNLIMITED, charter, decision, running_server


async def test_a_reply_names_what_it_answers(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        first = await say(ada, "Shall we?", "1")
        answered = first["data"]["messageId"]
        reply = await say(ben, "Yes.", "1", replyTo=answered)
        assert reply["data"]["replyTo"] == answered
        assert error(await say(ben, "To whom?", "2", replyTo="msg_404")) == (
            "RESOURCE_NOT_FOUND",
            None,
        )


async def test_a_message_is_whole_or_refused(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path, limits=UNLIMITED) as server,
        present(server, "user_ada") as (ada,),
    ):
        assert len((await say(ada, "é" * 4000, "1"))["data"]["message"]) == 4000
        assert error(await say(ada, "é" * 4001, "2")) == ("INVALID_MESSAGE", None)
        assert error(await say(ada, " \n ", "3")) == ("INVALID_MESSAGE", None)


async def test_the_same_message_twice_is_one_message_with_one_answer(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        first = await say(ada, "Once", "same")
        again = await say(ada, "Once", "same")
        assert again["data"] == first["data"]
        assert types(await ben.heard_by_now()) == ["meeting.chat.message"]
        assert error(await say(ada, "Twice", "same")) == ("INVALID_MESSAGE", None)
        refused = await ada.ask("meeting.leave", {"meetingId": MEETING}, "same")
        assert error(refused) == ("INVALID_MESSAGE", None)


async def test_two_connections_that_send_the_same_id_at_once_are_one_message(
    tmp_path: Path,
) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_ben", "user_ben") as (ada, one, other),
    ):
        message = {"meetingId": MEETING, "message": "At once"}
        for client in (one, other, one):
            await client.send("meeting.chat.message", message, "same")
        answers = [await client.next("meeting.chat.message") for client in (one, other)]
        assert answers[0]["data"] == answers[1]["data"]
        assert types(await ada.heard_by_now()) == ["meeting.chat.message"]


async def test_another_user_may_use_the_same_id(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        first = await say(ada, "Mine", "1")
        second = await say(ben, "Mine", "1")
        assert first["data"]["messageId"] != second["data"]["messageId"]


async def test_what_was_refused_is_not_remembered(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        assert error(await vote(ben, "approve", "1")) == ("INVALID_MESSAGE", "not_open")
        await ada.ask("decision.open", {"meetingId": MEETING, "decisionId": "123"}, "open")
        assert (await vote(ben, "reject", "1"))["type"] == "decision.vote.received"


async def test_a_vote_sent_again_counts_once_and_is_answered_as_before(tmp_path: Path) -> None:
    async with (
        running_server(charter(decisions=(decision(status="voting"),)), tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        first = await vote(ben, "approve", "1")
        again = await vote(ben, "approve", "1")
        assert again["data"] == first["data"]
        changed = await vote(ben, "reject", "2")
        assert changed["data"]["voteId"] != first["data"]["voteId"]
        updates = [m for m in await ada.heard_by_now() if m["type"] == "decision.vote.update"]
        assert [m["data"]["voteSummary"]["total"] for m in updates] == [1, 1]
        assert updates[-1]["data"]["voteSummary"]["reject"] == 1


async def test_too_many_messages_are_refused_with_the_time_to_wait(tmp_path: Path) -> None:
    limits = {**LIMITS, Rate.CHAT: Limit(2, 60)}
    async with (
        running_server(charter(), tmp_path, limits=limits) as server,
        present(server, "user_ada", "user_ada", "user_ben") as (ada, second, ben),
    ):
        await say(ada, "One", "1")
        await say(second, "Two", "2")
        refused = await say(ada, "Three", "3")
        assert error(refused)[0] == "RATE_LIMITED"
        assert refused["data"]["retryable"] is True
        details = refused["data"]["details"]
        assert (details["limit"], details["window"]) == (2, 60)
        assert 0 < refused["data"]["retryAfter"] <= 30_000
        assert details["retryAfter"] == ceil(refused["data"]["retryAfter"] / 1000)
        assert (await say(ben, "Another user", "1"))["type"] == "meeting.chat.message"


async def test_coming_anew_does_not_restore_what_a_user_has_used_up(tmp_path: Path) -> None:
    limits = {**LIMITS, Rate.CHAT: Limit(1, 60)}
    async with running_server(charter(), tmp_path, limits=limits) as server:
        async with connected(server, "user_ada") as ada:
            await say(ada, "One", "1")
        async with connected(server, "user_ada") as again:
            assert error(await say(again, "Two", "2"))[0] == "RATE_LIMITED"
