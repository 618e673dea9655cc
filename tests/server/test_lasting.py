"""What a restart, a stop and a failing disk leave: everything that was acknowledged, once."""

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from boardroom_tui.meeting.charter import AgendaEntry
from boardroom_tui.protocol.messages.meeting import ChatSend
from boardroom_tui.record.entry import Entry
from boardroom_tui.record.journal import Journal
from boardroom_tui.record.problems import JournalError
from boardroom_tui.server.requests import Requests
from boardroom_tui.server.server import BoardroomServer, ServerProblem
from boardroom_tui.server.settings import Settings
from tests.peers.reference_client import Data, ReferenceClient
from tests.server.members import MEETING, connected, error, join, present, say, types, vote
from tests.server.running import charter, decision, running_server


async def test_a_restarted_server_comes_back_with_the_meeting_and_its_open_vote(
    tmp_path: Path,
) -> None:
    board = charter(decisions=(decision(status="voting"),))
    async with (
        running_server(board, tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        await say(ada, "Before", "1")
        await vote(ada, "approve", "2")
        await vote(ben, "reject", "3")
        await server.server.stop()
    async with (
        running_server(board, tmp_path) as server,
        connected(server, "user_cleo") as cleo,
    ):
        joined = await join(cleo)
        assert joined["data"]["totalParticipants"] == 3
        await vote(cleo, "approve", "4")
        result = await cleo.next("decision.result")
        assert result["data"]["finalVotes"] == {"approve": 2, "reject": 1, "abstain": 0}


async def test_that_a_vote_has_opened_is_the_same_notification_after_a_restart(
    tmp_path: Path,
) -> None:
    board, told = charter(decisions=(decision(status="voting"),)), list[str]()
    for _ in range(2):
        async with (
            running_server(board, tmp_path) as server,
            connected(server, "user_cleo") as cleo,
        ):
            await join(cleo)
            notification = await cleo.next("notification.send")
            told.append(notification["data"]["notificationId"])
            await server.server.stop()
    assert told[0] == told[1]


async def test_those_who_were_present_and_stay_away_have_left_after_the_grace(
    tmp_path: Path,
) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_ben"),
    ):
        await server.server.stop()
    async with (
        running_server(charter(), tmp_path, grace_seconds=0.2) as server,
        connected(server, "user_ada") as ada,
    ):
        joined = await join(ada)
        assert joined["data"]["totalParticipants"] == 2
        left = await ada.next("meeting.participant.left")
        assert left["data"]["participant"]["userId"] == "user_ben"


async def test_the_same_message_after_a_restart_is_still_the_same(tmp_path: Path) -> None:
    board = charter(decisions=(decision(status="voting"),))
    async with (
        running_server(board, tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        said = await say(ada, "Once", "chat")
        voted = await vote(ben, "approve", "vote")
        moved = {"meetingId": "123", "itemId": "item_2", "status": "in_progress"}
        await ada.ask("meeting.agenda.set", {**moved, "itemId": "item_1"}, "agenda-1")
        await ada.ask("meeting.agenda.set", moved, "agenda-2")
    async with (
        running_server(board, tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        assert (await say(ada, "Once", "chat"))["data"] == said["data"]
        assert (await vote(ben, "approve", "vote"))["data"] == voted["data"]
        again = await ada.ask("meeting.agenda.set", moved, "agenda-2")
        assert again["data"]["itemDetails"]["id"] == "item_2"
        assert error(await say(ada, "Other", "chat")) == ("INVALID_MESSAGE", None)
        assert error(await vote(ben, "reject", "vote")) == ("INVALID_MESSAGE", None)
        assert types(await ben.heard_by_now()) == []


async def test_what_is_asked_again_is_answered_as_the_first_time_whatever_came_since(
    tmp_path: Path,
) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        first = await _move(ada, "item_1", "in_progress", "a")
        unchanged = await _move(ada, "item_1", "in_progress", "b")
        opened = await _open(ada, "c")
        await _move(ada, "item_2", "in_progress", "d")
        await ada.ask("decision.close", {"decisionId": "123"}, "e")
        await ben.heard_by_now()
        assert (await _move(ada, "item_1", "in_progress", "a"))["data"] == first["data"]
        assert (await _move(ada, "item_1", "in_progress", "b"))["data"] == unchanged["data"]
        assert await ben.heard_by_now() == []
    shorter = charter(agenda=(AgendaEntry(id="item_2", title="Renamed"),))
    async with (
        running_server(shorter, tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        assert (await _move(ada, "item_1", "in_progress", "a"))["data"] == first["data"]
        assert (await _move(ada, "item_1", "in_progress", "b"))["data"] == unchanged["data"]
        assert (await _open(ada, "c"))["data"] == opened["data"]
        assert await ben.heard_by_now() == []


async def test_one_message_over_two_connections_at_once_is_one(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
        connected(server, "user_ada") as second,
    ):
        answers = await asyncio.gather(say(ada, "Once", "1"), say(second, "Once", "1"))
        assert answers[0]["data"] == answers[1]["data"]
        assert types(await ben.heard_by_now()) == ["meeting.chat.message"]


async def test_a_request_on_its_way_is_never_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("boardroom_tui.server.requests.KEPT", 1)
    waiting, other = (
        ChatSend(id=name, data=ChatSend.Data(meeting_id="123", message="Hear me"))
        for name in ("waiting", "other")
    )
    journal = await Journal.open(tmp_path)
    requests = Requests(journal)
    assert await requests.admit("ada", waiting) is None
    assert await requests.admit("ada", other) is None
    requests.finish("ada", other, accepted=True)
    assert requests.is_known("ada", waiting)
    await journal.close()


async def _move(client: ReferenceClient, item: str, status: str, message_id: str) -> Data:
    moved = {"meetingId": MEETING, "itemId": item, "status": status}
    return await client.ask("meeting.agenda.set", moved, message_id)


async def _open(client: ReferenceClient, message_id: str) -> Data:
    """The answer to opening a decision, which the reference does not know."""
    opened = {"meetingId": MEETING, "decisionId": "decision_123", "durationSeconds": 60}
    await client.send("decision.open", opened, message_id)
    async with asyncio.timeout(10):
        while (message := json.loads(await client.socket.recv()))["type"] != "decision.opened":
            pass
    return message


async def test_a_deadline_that_passed_while_the_server_was_down_closes_the_decision(
    tmp_path: Path,
) -> None:
    deadline = datetime.now(UTC) + timedelta(seconds=0.5)
    board = charter(decisions=(decision(status="voting", deadline=deadline),))
    async with running_server(board, tmp_path):
        pass
    async with asyncio.timeout(10):
        while datetime.now(UTC) < deadline:
            await asyncio.to_thread(lambda: None)
    async with (
        running_server(board, tmp_path) as server,
        connected(server, "user_ada") as ada,
    ):
        await join(ada)
        assert error(await vote(ada, "approve", "1")) == ("INVALID_MESSAGE", "closed")


async def test_a_stop_says_going_away_and_nobody_has_left(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        stopping = asyncio.create_task(server.server.stop())
        assert (await ada.closed())[0] == 1001
        assert (await ben.closed())[0] == 1001
        await stopping


async def test_what_the_disk_refuses_is_told_and_did_not_happen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = Journal.append

    async def full(
        self: Journal, meeting_id: str, expected_sequence: int, batch: Sequence[Entry]
    ) -> None:
        raise JournalError("no space left on device")

    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        with monkeypatch.context() as broken:
            broken.setattr(Journal, "append", full)
            refused = await say(ada, "Lost?", "1")
            assert error(refused) == ("SERVER_ERROR", None)
            assert refused["data"]["retryable"] is True
        assert Journal.append is append
        assert await ben.heard_by_now() == []
        said = await say(ada, "Lost?", "1")
        assert said["type"] == "meeting.chat.message"
        assert types(await ben.heard_by_now()) == ["meeting.chat.message"]


async def test_two_servers_do_not_share_a_data_folder(tmp_path: Path) -> None:
    async with running_server(charter(), tmp_path):
        second = BoardroomServer(Settings(charters=(charter(),), data=tmp_path, port=0))
        with pytest.raises(ServerProblem, match="another server"):
            await second.start()


async def test_two_meetings_with_the_same_decision_are_refused(tmp_path: Path) -> None:
    both = (charter(), charter("meeting_9"))
    server = BoardroomServer(Settings(charters=both, data=tmp_path, port=0))
    with pytest.raises(ServerProblem, match="decision 123 is in 2"):
        await server.start()
