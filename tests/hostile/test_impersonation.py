"""Speaking as somebody else: by naming them, and by repeating what was said before."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.fuzz.frames import templates
from tests.peers.reference_client import Data, ReferenceClient
from tests.server.members import DECISION, MEETING, connected, error, join, present, types
from tests.server.running import UNLIMITED, charter, decision, running_server

OPEN = charter(decisions=(decision(status="voting", auto_close=False),))


@pytest.mark.parametrize("place", ["metadata", "data", "both, one's own first"])
async def test_another_s_user_id_is_refused_in_every_message_and_nobody_hears_of_it(
    tmp_path: Path, place: str
) -> None:
    async with (
        running_server(OPEN, tmp_path, limits=UNLIMITED) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        for message in templates("client"):
            for other in ("user_ada", "ada", "user_user_ben", "USER_BEN"):
                forged = _in_the_name_of(other, place, message)
                await ben.socket.send(json.dumps(forged))
                assert error(await ben.receive()) == ("PERMISSION_DENIED", None), forged
        assert await ada.heard_by_now() == []


def _in_the_name_of(other: str, place: str, message: Data) -> Data:
    own = {**message, "metadata": {"userId": "user_ben"}}
    if place == "metadata":
        return {**message, "metadata": {"userId": other}}
    forged = {**message["data"], "userId": other}
    return {**(message if place == "data" else own), "data": forged}


async def test_what_one_member_said_is_another_s_own_words_when_they_repeat_it(
    tmp_path: Path,
) -> None:
    async with (
        running_server(OPEN, tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        cast = {"decisionId": DECISION, "vote": "reject"}
        captured = json.dumps({"id": "1", "type": "decision.vote.cast", "data": cast})
        await ada.socket.send(captured)
        await ada.next("decision.vote.received")
        await ben.socket.send(captured)
        await ben.next("decision.vote.received")
        tally = (await ada.heard_by_now())[-1]["data"]["voteSummary"]
        assert tally["total"] == 2


async def test_a_captured_conversation_played_again_changes_nothing(tmp_path: Path) -> None:
    """On the same connection, on a new one, and to the server after a restart."""
    frames = [
        json.dumps({"id": f"request-{number}", "type": kind, "data": data})
        for number, (kind, data) in enumerate(_conversation())
    ]
    seen: list[Any] = []
    for _ in range(2):
        async with (
            running_server(OPEN, tmp_path, limits=UNLIMITED) as server,
            present(server, "user_ada") as (ada,),
        ):
            for _ in range(2):
                async with connected(server, "user_ben") as ben:
                    await _play(ben, [*frames, *frames])
            seen += await ada.heard_by_now()
    assert types(seen).count("meeting.chat.message") == 1
    assert types(seen).count("decision.vote.update") == 1
    async with running_server(OPEN, tmp_path) as server, connected(server, "user_ada") as ada:
        await ada.ask("subscribe", {"channels": ["decision:123"]}, "1")
        closed = await ada.ask("decision.close", {"decisionId": DECISION}, "2")
        assert closed["data"]["finalVotes"] == {"approve": 1, "reject": 0, "abstain": 0}


def _conversation() -> list[tuple[str, Data]]:
    return [
        ("meeting.join", {"meetingId": MEETING}),
        ("meeting.chat.message", {"meetingId": MEETING, "message": "Once"}),
        ("decision.vote.cast", {"decisionId": DECISION, "vote": "approve"}),
        ("presence.update", {"status": "busy"}),
        ("subscribe", {"channels": ["meeting:123", "decision:123"]}),
    ]


async def _play(client: ReferenceClient, frames: list[str]) -> None:
    for frame in frames:
        await client.socket.send(frame)
    heard = await client.heard_by_now()
    assert "error" not in types(heard)


async def test_frames_with_an_id_that_was_used_for_something_else_are_refused(
    tmp_path: Path,
) -> None:
    async with (
        running_server(OPEN, tmp_path) as server,
        connected(server, "user_ben") as ben,
    ):
        await ben.ask("decision.vote.cast", {"decisionId": DECISION, "vote": "approve"}, "same")
        await ben.heard_by_now()
        changed = {"decisionId": DECISION, "vote": "reject"}
        refused = await ben.ask("decision.vote.cast", changed, "same")
        assert error(refused) == ("INVALID_MESSAGE", None)
        assert error(await join(ben, "same")) == ("INVALID_MESSAGE", None)
