"""One order for all, whatever comes at once; and what a defect in a meeting does to the server."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import pytest

from boardroom_tui.meeting.commands import Command
from boardroom_tui.meeting.state import MeetingState
from boardroom_tui.server import room
from tests.peers.reference_client import ReferenceClient
from tests.server.members import MEETING, connected, join, present
from tests.server.running import UNLIMITED, charter, running_server

USERS = ("user_ada", "user_ben", "user_cleo", "user_otto")
EACH = 25


async def _speak(client: ReferenceClient) -> None:
    for number in range(EACH):
        said = {"meetingId": MEETING, "message": f"Line {number}"}
        await client.send("meeting.chat.message", said, f"chat-{number}")


async def _hear(client: ReferenceClient) -> list[str]:
    wanted = range(EACH * len(USERS))
    return [(await client.next("meeting.chat.message"))["data"]["messageId"] for _ in wanted]


async def test_all_receivers_hear_the_same_order(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path, limits=UNLIMITED) as server,
        present(server, *USERS) as clients,
    ):
        await asyncio.gather(*map(_speak, clients))
        heard = await asyncio.gather(*map(_hear, clients))
        assert len(set(heard[0])) == EACH * len(USERS)
        assert all(order == heard[0] for order in heard)


async def test_members_who_join_at_once_are_counted_one_by_one(tmp_path: Path) -> None:
    async with running_server(charter(), tmp_path) as server, asyncio.TaskGroup() as group:

        async def total(user_id: str) -> int:
            async with connected(server, user_id) as client:
                joined = await join(client)
                everybody_is_here.release()
                async with asyncio.timeout(10):
                    await all_counted.wait()
                return joined["data"]["totalParticipants"]

        everybody_is_here = asyncio.Semaphore(0)
        all_counted = asyncio.Event()
        tasks = [group.create_task(total(user_id)) for user_id in USERS]
        for _ in USERS:
            await everybody_is_here.acquire()
        all_counted.set()
        assert sorted([await task for task in tasks]) == [1, 2, 3, 4]


async def test_a_meeting_that_breaks_is_reported_and_the_server_still_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(state: MeetingState, command: Command, now: datetime) -> NoReturn:
        raise ZeroDivisionError("a defect")

    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada") as (ada,),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(room, "decide", broken)
            said = {"meetingId": MEETING, "message": "Anybody?"}
            await ada.send("meeting.chat.message", said, "1")
            await ada.send("meeting.chat.message", said, "1")
            async with asyncio.timeout(10):
                with pytest.raises(ZeroDivisionError):
                    await server.server.broken()
        async with asyncio.timeout(10):
            await server.server.stop()
        assert (await ada.closed())[0] == 1001
