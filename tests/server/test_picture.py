"""The whole meeting in one message: `meeting.state`."""

import json
from pathlib import Path
from typing import Any

from tests.peers.reference_client import ReferenceClient
from tests.server.members import MEETING, connected, present, say, vote
from tests.server.running import UNLIMITED, RunningServer, charter, decision, running_server


async def seen_by(server: RunningServer, user_id: str) -> dict[str, Any]:
    """What a member who joins now is told of the meeting."""
    async with connected(server, user_id) as client:
        return await _state(client)


async def _state(client: ReferenceClient) -> dict[str, Any]:
    join = {"type": "meeting.join", "data": {"meetingId": MEETING}}
    await client.socket.send(json.dumps(join))
    joined = json.loads(await client.socket.recv())
    assert joined["type"] == "meeting.participant.joined"
    message = json.loads(await client.socket.recv())
    assert message["type"] == "meeting.state"
    return message["data"]


async def test_a_late_joiner_sees_roster_agenda_decisions_and_chat(tmp_path: Path) -> None:
    board = charter(
        quorum=2,
        decisions=(
            decision(status="voting"),
            decision("decision_2", title="Later"),
            decision("decision_3", title="Never"),
        ),
    )
    async with (
        running_server(board, tmp_path) as server,
        present(server, "user_ada") as (ada,),
    ):
        await say(ada, "Welcome", "1")
        await vote(ada, "approve", "2")
        moved = {"meetingId": "123", "itemId": "item_2", "status": "in_progress"}
        await ada.ask("meeting.agenda.set", moved, "3")
        await ada.ask("decision.withdraw", {"decisionId": "decision_3"}, "4")
        await ada.ask("presence.update", {"status": "busy"}, "5")
        state = await seen_by(server, "user_ben")
    assert (state["title"], state["quorum"], state["currentItem"]) == ("Q3 board meeting", 2, 2)
    assert state["startedAt"].endswith("Z")
    assert [item["status"] for item in state["agenda"]] == ["pending", "in_progress"]
    roster = {member["userId"]: member for member in state["roster"]}
    assert (roster["user_ada"]["present"], roster["user_ada"]["status"]) == (True, "busy")
    assert (roster["user_ben"]["present"], roster["user_ben"]["status"]) == (True, "online")
    assert (roster["user_cleo"]["present"], roster["user_cleo"]["status"]) == (False, "offline")
    assert roster["user_otto"]["hasVote"] is False
    decisions = {one["decisionId"]: one for one in state["decisions"]}
    assert list(decisions) == ["decision_123", "decision_2", "decision_3"]
    assert decisions["decision_123"]["voteSummary"]["approve"] == 1
    assert "ownVote" not in decisions["decision_123"]
    assert decisions["decision_2"]["status"] == "prepared"
    assert decisions["decision_3"]["status"] == "withdrawn"
    assert [line["message"] for line in state["chat"]] == ["Welcome"]


async def test_one_s_own_vote_is_shown_and_of_a_secret_one_only_that_it_was_cast(
    tmp_path: Path,
) -> None:
    board = charter(
        decisions=(decision(status="voting"), decision("decision_2", status="voting", secret=True))
    )
    async with running_server(board, tmp_path) as server:
        async with connected(server, "user_ben") as ben:
            await vote(ben, "reject", "1")
            await vote(ben, "reject", "2", decisionId="decision_2")
        state = await seen_by(server, "user_ben")
        other = await seen_by(server, "user_cleo")
    plain, secret = state["decisions"]
    assert plain["ownVote"]["vote"] == "reject"
    assert "vote" not in secret["ownVote"]
    assert "voteId" in secret["ownVote"]
    assert secret["voteSummary"]["reject"] == 0
    assert all("ownVote" not in one for one in other["decisions"])


async def test_how_a_decision_ended_is_told_with_its_arithmetic(tmp_path: Path) -> None:
    async with running_server(charter(decisions=(decision(status="voting"),)), tmp_path) as server:
        for user in ("user_ada", "user_ben", "user_cleo"):
            async with connected(server, user) as client:
                await vote(client, "approve", "1")
        state = await seen_by(server, "user_otto")
    outcome = state["decisions"][0]["outcome"]
    assert outcome["result"] == "approved"
    assert outcome["arithmetic"]["needed"] == 2


async def test_only_the_newest_of_a_long_conversation_is_told(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path, limits=UNLIMITED) as server,
        present(server, "user_ada") as (ada,),
    ):
        for number in range(210):
            await say(ada, f"Line {number}", f"short-{number}")
        short = await seen_by(server, "user_ben")
        for number in range(10):
            await say(ada, "𝄞" * 4000, f"long-{number}")
        long = await seen_by(server, "user_ben")
    assert [line["message"] for line in short["chat"]][:1] == ["Line 10"]
    assert len(short["chat"]) == 200
    assert len(long["chat"]) == 8
