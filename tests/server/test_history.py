"""Reading back what was said before: `meeting.chat.history.get`, on a real server."""

from pathlib import Path

from tests.peers.reference_client import Data, ReferenceClient
from tests.server.members import MEETING, ask, connected, error, present, say
from tests.server.running import UNLIMITED, charter, running_server


async def read_back(client: ReferenceClient, before: str | None, limit: int = 200) -> Data:
    """What was said before a message; or the error."""
    data: Data = {"meetingId": MEETING, "limit": limit}
    if before is not None:
        data["before"] = before
    return await ask(client, "meeting.chat.history.get", data, f"back-{before}-{limit}")


def words(told: Data) -> list[str]:
    return [line["message"] for line in told["data"]["chat"]]


async def test_a_member_reads_back_page_by_page_to_the_beginning(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path, tls=False, limits=UNLIMITED) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        for number in range(5):
            await say(ada, f"Remark {number}", f"said-{number}")
        newest = await read_back(ben, None, 2)
        assert (words(newest), newest["data"]["earlier"]) == (["Remark 3", "Remark 4"], True)
        first = newest["data"]["chat"][0]["messageId"]
        rest = await read_back(ben, first)
        assert (words(rest), rest["data"]["before"]) == (
            ["Remark 0", "Remark 1", "Remark 2"],
            first,
        )
        assert rest["data"]["earlier"] is False
        beginning = await read_back(ben, rest["data"]["chat"][0]["messageId"])
        assert (words(beginning), beginning["data"]["earlier"]) == ([], False)
        assert error(await read_back(ben, "msg_unheard_of"))[0] == "RESOURCE_NOT_FOUND"
        async with connected(server, "user_mallory") as mallory:
            assert error(await read_back(mallory, None))[0] == "PERMISSION_DENIED"


async def test_an_observer_reads_back_nothing_of_an_executive_session(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path, tls=False) as server,
        present(server, "user_ada", "user_otto") as (ada, otto),
    ):
        await say(ada, "Good morning.", "said-1")
        await ask(ada, "meeting.phase.set", {"meetingId": MEETING, "phase": "executive"}, "close")
        secret = await say(ada, "The salary is too high.", "said-2")
        hidden = secret["data"]["messageId"]
        assert words(await read_back(otto, None)) == ["Good morning."]
        assert error(await read_back(otto, hidden))[0] == "RESOURCE_NOT_FOUND"
        await ask(ada, "meeting.phase.set", {"meetingId": MEETING, "phase": "in_session"}, "open")
        later = await say(ada, "Welcome back.", "said-3")
        before = later["data"]["messageId"]
        assert words(await read_back(otto, before)) == ["Good morning."]
        assert error(await read_back(otto, hidden))[0] == "RESOURCE_NOT_FOUND"
        assert words(await read_back(ada, before)) == ["Good morning.", "The salary is too high."]
