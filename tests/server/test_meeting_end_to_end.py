"""A meeting over real sockets and TLS: come in, speak, vote, hear the result."""

from pathlib import Path

from tests.peers.reference_client import reference_client
from tests.server.running import charter, decision, running_server


async def test_two_members_join_speak_and_vote_to_a_result(tmp_path: Path) -> None:
    board = charter(decisions=(decision(status="voting"),))
    async with (
        running_server(board, tmp_path) as server,
        reference_client(server.address("user_ada"), server.trust()) as ada,
        reference_client(server.address("user_ben"), server.trust()) as ben,
        reference_client(server.address("user_cleo"), server.trust()) as cleo,
    ):
        ready = await ada.receive()
        assert ready["type"] == "connection.ready"
        assert ready["data"]["permissions"] == ["read", "write", "vote", "facilitate"]
        for client, total in ((ada, 1), (ben, 2), (cleo, 3)):
            joined = await client.ask("meeting.join", {"meetingId": "123"}, "join")
            assert joined["data"]["totalParticipants"] == total
        said = await ben.ask(
            "meeting.chat.message", {"meetingId": "meeting_123", "message": "Hello!"}, "chat"
        )
        heard = await ada.next("meeting.chat.message")
        assert heard["data"] == said["data"]
        for client in (ada, ben, cleo):
            vote = {"decisionId": "123", "vote": "approve"}
            received = await client.ask("decision.vote.cast", vote, "vote")
            assert received["type"] == "decision.vote.received"
            assert received["data"]["status"] == "recorded"
        result = await ada.next("decision.result")
        assert result["data"]["result"] == "approved"
        assert result["data"]["finalVotes"] == {"approve": 3, "reject": 0, "abstain": 0}
