"""Signed heads on the wire: told at each result, on joining, and to whoever asks for one."""

import asyncio
import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from boardroom_tui.client.address import Address
from boardroom_tui.client.kept_heads import KeptHeads
from boardroom_tui.heads import KEY_FILE, is_signed
from boardroom_tui.protocol.messages.meeting import MeetingState
from boardroom_tui.protocol.messages.record import RecordHead, SignedHead
from boardroom_tui.record.stored import stored
from boardroom_tui.server.backup import backup, restore
from boardroom_tui.ui.watching import watch
from tests.peers.reference_client import PATIENCE, Data, ReferenceClient
from tests.server.members import MEETING, connected, error, present, say
from tests.server.running import charter, running_server


def signed(data: Data) -> SignedHead:
    """The head that was told; it must be signed."""
    head = SignedHead.model_validate_json(json.dumps(data))
    assert is_signed(head)
    return head


async def told(client: ReferenceClient, *kinds: str) -> Data:
    """The next message of one of these types, which are not the reference's."""
    async with asyncio.timeout(PATIENCE):
        while True:
            message: Data = json.loads(await client.socket.recv())
            if message["type"] in kinds:
                return message


async def asked(client: ReferenceClient, sequence: int) -> Data:
    await client.send("record.head.get", {"meetingId": "123", "sequence": sequence}, "ask")
    return await told(client, "record.head", "error")


async def test_a_result_is_followed_by_the_signed_head_of_the_record(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        await ada.ask("decision.open", {"meetingId": "123", "decisionId": "123"}, "1")
        await ada.ask("decision.close", {"decisionId": "123"}, "2")
        head = signed((await told(ben, "record.head"))["data"])
        assert (head.meeting_id, stored(tmp_path).links[MEETING][-1].hash) == (MEETING, head.hash)
        assert signed((await asked(ben, head.sequence))["data"]) == head
        earlier = signed((await asked(ben, 1))["data"])
        assert earlier.hash == stored(tmp_path).links[MEETING][0].hash
        refused = await asked(ben, head.sequence + 1)
        assert error(refused) == ("RESOURCE_NOT_FOUND", "not_recorded")


async def test_a_server_signs_the_end_and_tells_it_to_the_next_who_joins(tmp_path: Path) -> None:
    async with running_server(charter(), tmp_path) as server, present(server, "user_ben"):
        pass
    last = stored(tmp_path).links[MEETING][-1]
    async with running_server(charter(), tmp_path) as server, connected(server, "user_ada") as ada:
        await ada.send("meeting.join", {"meetingId": MEETING})
        head = signed((await told(ada, "meeting.state"))["data"]["head"])
        assert (head.sequence, head.hash) == (last.sequence, last.hash)


async def test_a_record_that_was_put_back_and_has_grown_again_is_noticed_by_who_saw_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = timedelta()
    monkeypatch.setattr("boardroom_tui.clock.utc_now", lambda: datetime.now(UTC) + later)
    kept = KeptHeads.open(Address("board.example"), MEETING, tmp_path / "ben")
    assert isinstance(kept, KeptHeads)
    live, new = tmp_path / "live", tmp_path / "new"
    async with (
        running_server(charter(), live) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        backup(live, tmp_path / "copy", open_ballots=False)
        later = timedelta(minutes=1)
        await say(ada, "It is decided that", "1")
        kept.see(signed((await told(ben, "record.head"))["data"]))
    restore(tmp_path / "copy", new)
    later = timedelta()
    async with running_server(charter(), new) as server, present(server, "user_ada") as (ada,):
        for number in range(5):
            await say(ada, "Nothing is decided", str(number))
        async with connected(server, "user_ben") as ben:
            await ben.send("meeting.join", {"meetingId": MEETING})
            state = MeetingState.model_validate_json(json.dumps(await told(ben, "meeting.state")))
            watched = watch(kept, state)
            assert watched.question is not None
            answer = await asked(ben, watched.question.data.sequence)
    head = RecordHead.model_validate_json(json.dumps(answer))
    assert (watch(kept, head).warning or "").startswith("The record was rewritten. Then ")


async def test_who_is_no_member_is_told_no_head(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        connected(server, "user_mallory") as mallory,
    ):
        assert error(await asked(mallory, 1))[0] == "PERMISSION_DENIED"


async def test_the_signing_key_is_its_owners_alone_and_stays(tmp_path: Path) -> None:
    keys: list[bytes] = []
    for _ in range(2):
        async with running_server(charter(), tmp_path):
            keys.append((tmp_path / KEY_FILE).read_bytes())
    assert keys[0] == keys[1]
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
