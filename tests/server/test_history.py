"""Reading back what was said before: `meeting.chat.history.get`, on a real server."""

from itertools import count
from pathlib import Path

import pytest

from tests.peers.reference_client import Data, ReferenceClient
from tests.server.members import (
    MEETING,
    ask,
    connected,
    error,
    everything,
    join,
    present,
    say,
)
from tests.server.running import UNLIMITED, charter, running_server

_JOINS = count()


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


async def test_who_comes_late_reads_back_what_was_done_in_its_place_among_what_was_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("boardroom_tui.server.page.PROCEEDINGS", 3)
    async with running_server(charter(), tmp_path, tls=False, limits=UNLIMITED) as server:
        async with present(server, "user_ada", "user_otto") as (ada, otto):
            for number, phase in enumerate(("recess", "executive", "in_session", "recess")):
                await say(ada, f"Before {phase}", f"said-{number}")
                data = {"meetingId": MEETING, "phase": phase}
                await ask(ada, "meeting.phase.set", data, f"call-{number}")
            told = await pages(ada)
            to_observers = await pages(otto)
        assert told == [
            "meeting.quorum.update",
            *("Before recess", "gathering > recess", "speaker.queue"),
            *("Before executive", "recess > executive", "Before in_session"),
            *("executive > in_session", "Before recess", "in_session > recess", "speaker.queue"),
        ]
        assert to_observers == [one for one in told if one != "Before in_session"]
    async with (
        running_server(charter(), tmp_path, tls=False) as server,
        connected(server, "user_ada") as ada,
    ):
        assert await pages(ada) == told
        for name in ("0.0.0", "x", "-1.2"):
            wrong = await ask(ada, "meeting.chat.history.get", page(name), f"page-{name}")
            assert error(wrong)[0] == "RESOURCE_NOT_FOUND"


def page(name: str) -> Data:
    return {"meetingId": MEETING, "page": name}


async def pages(client: ReferenceClient) -> list[str]:
    """All that is told to who joins and reads back, in its order; a page holds three deeds."""
    stamp = next(_JOINS)
    await join(client, f"join-{stamp}")
    heard = await everything(client)
    (data,) = [one["data"] for one in heard if one["type"] == "meeting.state"]
    told = in_order(data)
    while (name := data.get("earlierPage")) is not None:
        asked = await ask(client, "meeting.chat.history.get", page(name), f"{stamp}-{name}")
        data = asked["data"]
        assert len(data["proceedings"]) <= 3
        assert data["page"] == name
        told = in_order(data) + told
    return told


def in_order(data: Data) -> list[str]:
    """What was said and done, each in a word."""
    done = [(one["afterLines"], in_a_word(one)) for one in data["proceedings"]]
    told: list[str] = [word for after, word in done if after == 0]
    for place, line in enumerate(data["chat"], 1):
        told += [line["message"], *(word for after, word in done if after == place)]
    return told


def in_a_word(proceeding: Data) -> str:
    message = proceeding["message"]
    if message["type"] == "meeting.phase.update":
        return f"{proceeding['phaseBefore']} > {message['data']['phase']}"
    return message["type"]


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
