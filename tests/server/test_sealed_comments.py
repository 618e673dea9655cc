"""Sealed comments of a secret ballot: from a voter to the facilitators, past everybody else."""

import json
from pathlib import Path

import pytest

from boardroom_tui.meeting.charter import Charter
from boardroom_tui.server import proceedings
from tests.peers.reference_client import Data
from tests.server.correspondents import Correspondent, Device, ciphertext
from tests.server.members import DECISION, connected, error, join, vote
from tests.server.running import RunningServer, charter, decision, running_server


def secret_vote() -> Charter:
    return charter(decisions=(decision(status="voting", secret=True, auto_close=False),))


def sealed(text: str | None = None, device: str = "dev_1") -> Data:
    return {"userId": "user_ada", "deviceId": device, "sealed": text or ciphertext(200)}


async def comments(server: RunningServer, user_id: str = "user_ada", after: int = 0) -> Data:
    """The answer to somebody who asks for the comments."""
    async with connected(server, user_id) as client:
        asked = {"decisionId": DECISION, "after": after}
        return await Correspondent(client, Device(user_id)).ask("decision.comments.get", asked)


async def close(server: RunningServer) -> Data:
    async with connected(server, "user_ada") as ada:
        return await ada.ask("decision.close", {"decisionId": DECISION}, "close")


async def test_facilitators_read_after_the_close_what_voters_sealed_for_them(
    tmp_path: Path,
) -> None:
    bens, cleos = sealed(), sealed()
    async with (
        running_server(secret_vote(), tmp_path) as server,
        connected(server, "user_ben") as ben,
        connected(server, "user_cleo") as cleo,
    ):
        await vote(ben, "reject", "1", sealedComment=[bens, sealed(device="dev_2")])
        await vote(cleo, "approve", "2", sealedComment=[cleos])
        assert error(await comments(server)) == ("RESOURCE_NOT_FOUND", "not_closed")
    async with running_server(secret_vote(), tmp_path) as server:
        await close(server)
        told = (await comments(server, "user_ada"))["data"]
        assert told["total"] == 3
        of_first = [one for one in told["comments"] if one["deviceId"] == "dev_1"]
        assert of_first == sorted([bens, cleos], key=lambda one: one["sealed"])
        for denied in ("user_ben", "user_otto", "user_zoe"):
            assert error(await comments(server, denied)) == ("PERMISSION_DENIED", None)


async def test_nobody_else_hears_of_a_comment(tmp_path: Path) -> None:
    copy = sealed()
    async with (
        running_server(secret_vote(), tmp_path) as server,
        connected(server, "user_ada") as ada,
        connected(server, "user_ben") as ben,
    ):
        hearing = Correspondent(ada, Device("user_ada"))
        await join(ada)
        await vote(ben, "reject", "1", sealedComment=[copy], comment="Too dear.")
        await ben.ask("decision.vote.cast", {"decisionId": DECISION, "vote": "abstain"}, "2")
        await vote(ben, "reject", "3", sealedComment=[copy])
        await close(server)
        await hearing.client.send("meeting.join", {"meetingId": "123"}, "again")
        heard = json.dumps(await hearing.heard_by_now())
        assert "decision.result" in heard
        assert "meeting.state" in heard
        assert copy["sealed"] not in heard
        assert "Too dear." not in heard


async def test_an_open_ballot_refuses_a_sealed_comment_and_counts_no_vote(tmp_path: Path) -> None:
    board = charter(decisions=(decision(status="voting"),))
    async with (
        running_server(board, tmp_path) as server,
        connected(server, "user_ben") as ben,
    ):
        refused = await vote(ben, "reject", "1", sealedComment=[sealed()])
        assert error(refused) == ("INVALID_MESSAGE", "not_secret")
        assert (await vote(ben, "reject", "1"))["type"] == "decision.vote.received"


async def test_the_same_vote_with_another_comment_is_another_message(tmp_path: Path) -> None:
    copies = [sealed()]
    async with (
        running_server(secret_vote(), tmp_path) as server,
        connected(server, "user_ben") as ben,
    ):
        first = await vote(ben, "reject", "1", sealedComment=copies)
        again = await vote(ben, "reject", "1", sealedComment=copies)
        assert again["data"] == first["data"]
        other = await vote(ben, "reject", "1", sealedComment=[sealed()])
        assert error(other) == ("INVALID_MESSAGE", None)
    async with (
        running_server(secret_vote(), tmp_path) as server,
        connected(server, "user_ben") as ben,
    ):
        other = await vote(ben, "reject", "1", sealedComment=[sealed()])
        assert error(other) == ("INVALID_MESSAGE", None)
        await close(server)
        told = (await comments(server))["data"]["comments"]
        assert told == copies


async def test_what_one_message_does_not_hold_comes_with_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proceedings, "COMMENTS_CHARACTERS", 600)
    async with (
        running_server(secret_vote(), tmp_path) as server,
        connected(server, "user_ben") as ben,
    ):
        copies = [sealed(device=f"dev_{number}") for number in range(5)]
        await vote(ben, "reject", "1", sealedComment=copies)
        await close(server)
        told: list[Data] = []
        while len(told) < 5:
            page = (await comments(server, after=len(told)))["data"]
            assert (page["total"], len(page["comments"])) in ((5, 2), (5, 1))
            told += page["comments"]
        assert told == copies
