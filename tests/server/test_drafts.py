"""Drafts of the minutes on the wire: of the meeting as it stands, for its members."""

from pathlib import Path

from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.limits import DRAFT_BYTES, DRAFT_CHARACTERS, FRAME_BYTES
from boardroom_tui.protocol.messages.minutes import MinutesDraft
from boardroom_tui.server.drafts import drafted
from tests.peers.reference_client import Data, ReferenceClient
from tests.record.examples import convened, numbered, said
from tests.server.members import MEETING, ask, connected, error, present, say
from tests.server.running import charter, running_server


async def draft(client: ReferenceClient, name: str) -> Data:
    return await ask(client, "minutes.get", {"meetingId": "123"}, name)


async def test_a_draft_tells_what_was_done_so_far(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_otto") as (ada, otto),
    ):
        first = await draft(otto, "first")
        assert first["type"] == "minutes.draft"
        assert first["data"]["meetingId"] == MEETING
        assert first["data"]["cut"] is False
        assert first["data"]["text"].startswith("# Minutes: Q3 board meeting\n")
        assert "We stay" not in first["data"]["text"]
        await say(ada, "/agreed We stay.", "1")
        second = (await draft(otto, "second"))["data"]
        assert "- Agreed: We stay. (Ada, " in second["text"]
        assert second["sequence"] == first["data"]["sequence"] + 1


async def test_in_executive_session_observers_are_refused_and_others_read_nothing_of_it(
    tmp_path: Path,
) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_otto") as (ada, otto),
    ):
        executive = {"meetingId": MEETING, "phase": "executive"}
        await ask(ada, "meeting.phase.set", executive, "1")
        await say(ada, "/agreed The salary is confirmed.", "2")
        assert error(await draft(otto, "3")) == ("PERMISSION_DENIED", "executive")
        assert "salary" not in (await draft(ada, "4"))["data"]["text"]


async def test_who_is_no_member_reads_no_draft(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        connected(server, "user_mallory", role=Role.FACILITATOR) as mallory,
    ):
        assert error(await draft(mallory, "1"))[0] == "PERMISSION_DENIED"


def test_a_draft_that_no_frame_holds_is_cut_at_the_end_of_a_line_and_says_so() -> None:
    long = [said(n, "/info " + "\N{GRINNING FACE}" * 3_000).events[0] for n in range(2, 60)]
    events = [*numbered([convened()]), *long]
    data = drafted(MEETING, events, "0" * 64)
    assert data.cut
    assert data.text.endswith("\n")
    assert len(data.text) <= DRAFT_CHARACTERS
    assert len(data.text.encode()) <= DRAFT_BYTES
    assert len(MinutesDraft(data=data).model_dump_json().encode()) < FRAME_BYTES
