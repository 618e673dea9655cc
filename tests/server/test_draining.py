"""A server that is told to stop lets nobody in, answers what it was asked, and then goes."""

import asyncio
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from tests.peers.reference_client import reference_client
from tests.server.members import DECISION, present
from tests.server.running import RunningServer, charter, decision, held, running_server
from tests.server.test_operations import page


async def until_draining(server: RunningServer) -> None:
    """Until the server is about to end."""
    async with asyncio.timeout(10):
        while (await page(server, "/healthz"))[::2] != (503, "draining\n"):
            await asyncio.sleep(0.01)


async def test_a_vote_in_hand_is_acknowledged_and_then_the_server_goes_away(
    tmp_path: Path,
) -> None:
    board = charter(decisions=(decision(status="voting"),))
    async with (
        running_server(board, tmp_path, operations_port=0) as server,
        present(server, "user_ada") as (ada,),
    ):
        with held(tmp_path):
            await ada.send("decision.vote.cast", {"decisionId": DECISION, "vote": "approve"}, "1")
            await ada.heard_by_now()
            stopping = asyncio.create_task(server.server.stop())
            await until_draining(server)
            with pytest.raises(InvalidStatus) as refused:
                async with reference_client(server.address("user_ben"), server.trust()):
                    pass
            assert refused.value.response.status_code == 503
            assert refused.value.response.headers["Retry-After"] == "5"
        answer = await ada.next("decision.vote.received")
        assert answer["metadata"]["correlationId"] == "1"
        assert await ada.closed() == (1001, "the server goes away")
        await stopping


async def test_a_disk_that_hangs_keeps_nobody_waiting_longer_than_the_drain(
    tmp_path: Path,
) -> None:
    board = charter(decisions=(decision(status="voting"),))
    async with (
        running_server(board, tmp_path, draining_seconds=0.1, operations_port=0) as server,
        present(server, "user_ada") as (ada,),
    ):
        with held(tmp_path):
            await ada.send("decision.vote.cast", {"decisionId": DECISION, "vote": "approve"}, "1")
            await ada.heard_by_now()
            stopping = asyncio.create_task(server.server.stop())
            assert (await ada.closed())[0] == 1001
        await stopping
