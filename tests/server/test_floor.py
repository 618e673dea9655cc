"""What the floor does, over sockets: motions, roll calls, proxies, reminders."""

import asyncio
import json
from pathlib import Path

from boardroom_tui.protocol.fields import Method, Role
from tests.peers.reference_client import PATIENCE, Data, ReferenceClient
from tests.server.members import DECISION, MEETING, everything, present, vote
from tests.server.running import charter, decision, member, running_server


async def ours(client: ReferenceClient, kind: str) -> Data:
    """The data of the next message of a type that may be ours."""
    async with asyncio.timeout(PATIENCE):
        while True:
            heard: Data = json.loads(await client.socket.recv())
            if heard["type"] == kind:
                return heard["data"]


async def test_a_motion_goes_from_the_floor_to_the_vote(tmp_path: Path) -> None:
    async with (
        running_server((charter(),), tmp_path, tls=False) as server,
        present(server, "user_ada", "user_ben", "user_cleo") as (ada, ben, cleo),
    ):
        await ben.send("motion.make", {"meetingId": MEETING, "text": "That we adjourn."}, "m1")
        made = await ours(cleo, "motion.update")
        assert (made["mover"], made["status"], made["title"]) == (
            "user_ben",
            "moved",
            "That we adjourn.",
        )
        named = {"meetingId": MEETING, "motionId": made["motionId"]}
        await cleo.send("motion.second", named, "m2")
        assert (await ours(cleo, "motion.update"))["seconder"] == "user_cleo"
        await ada.send("decision.open", {**named, "confirms": []}, "m3")
        opened = await ours(ben, "decision.opened")
        assert (opened["text"], opened["mover"], opened["seconder"]) == (
            "That we adjourn.",
            "user_ben",
            "user_cleo",
        )
        assert (await ours(ben, "motion.update"))["status"] == "voting"


async def test_a_roll_call_tells_each_vote_by_name_and_who_is_missing(tmp_path: Path) -> None:
    called = decision(status="voting", method=Method.ROLL_CALL)
    async with (
        running_server((charter(decisions=(called,)),), tmp_path, tls=False) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        await ben.send("decision.vote.cast", {"decisionId": DECISION, "vote": "reject"}, "v")
        named = await ours(ada, "decision.vote.named")
        assert (named["userId"], named["vote"]) == ("user_ben", "reject")
        tally = await ours(ada, "decision.vote.update")
        assert (tally["voters"], tally["notVoted"]) == (1, ["user_ada", "user_cleo"])


async def test_those_who_are_here_and_have_not_voted_are_reminded_once(tmp_path: Path) -> None:
    board = charter(decisions=(decision(status="voting"),))
    async with (
        running_server((board,), tmp_path, tls=False) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        await ada.send("decision.vote.cast", {"decisionId": DECISION, "vote": "approve"}, "v")
        await ours(ada, "decision.vote.received")
        await ada.send("decision.remind", {"decisionId": DECISION}, "r1")
        assert (await ours(ada, "decision.reminded"))["reminded"] == 1
        while (told := await ours(ben, "notification.send"))["title"] != "Your vote is missing":
            pass
        assert "you have not voted" in told["message"]
        await ada.send("decision.remind", {"decisionId": DECISION}, "r2")
        refused = await ours(ada, "error")
        assert refused["details"] == {"reason": "reminded"}
        assert "wait" in refused["message"]


async def test_a_vote_by_proxy_is_the_giver_s_and_a_restart_forgets_neither(
    tmp_path: Path,
) -> None:
    voters = tuple(member(f"user_{name}") for name in ("ben", "cleo", "dan", "eve"))
    secret = decision(status="voting", secret=True)
    board = charter(
        members=(member("user_ada", Role.FACILITATOR), *voters), decisions=(secret,), proxies=True
    )
    cast = {"decisionId": DECISION, "vote": "approve", "onBehalfOf": "user_ben"}
    async with (
        running_server((board,), tmp_path, tls=False) as server,
        present(server, "user_ben", "user_cleo") as (ben, cleo),
    ):
        await ben.send("proxy.give", {"meetingId": MEETING, "to": "user_cleo"}, "p")
        assert (await ours(cleo, "proxy.update"))["to"] == "user_cleo"
        await cleo.send("decision.vote.cast", cast, "v")
        assert (await ours(cleo, "decision.vote.received"))["onBehalfOf"] == "user_ben"
        assert (await ours(ben, "decision.vote.own"))["castBy"] == "user_cleo"
    async with (
        running_server((board,), tmp_path, tls=False) as server,
        present(server, "user_dan") as (dan,),
    ):
        await dan.send("meeting.join", {"meetingId": MEETING}, "again")
        whole = await ours(dan, "meeting.state")
        assert whole["proxies"] == [{"giver": "user_ben", "to": "user_cleo"}]
        [open_] = whole["decisions"]
        assert (open_["voters"], "user_ben" in open_["notVoted"]) == (1, False)


async def test_who_recuses_themselves_leaves_the_electorate(tmp_path: Path) -> None:
    board = charter(decisions=(decision(status="voting"),))
    async with (
        running_server((board,), tmp_path, tls=False) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        await ben.send("decision.recuse", {"meetingId": MEETING, "decisionId": DECISION}, "r")
        assert (await ours(ada, "decision.recused"))["userId"] == "user_ben"
        assert (await ours(ada, "decision.vote.update"))["voteSummary"]["required"] == 2


async def test_all_devices_of_a_voter_hear_of_their_vote_and_nobody_else(tmp_path: Path) -> None:
    async with (
        running_server(
            (charter(decisions=(decision(status="voting"),)),), tmp_path, tls=False
        ) as server,
        present(server, "user_ada", "user_ben", "user_ben") as (ada, desk, phone),
    ):
        assert (await vote(desk, "reject", "v"))["type"] == "decision.vote.received"
        own = await ours(phone, "decision.vote.own")
        assert (own["decisionId"], own["vote"]) == (DECISION, "reject")
        heard = {one["type"] for one in await everything(ada)}
        assert "decision.vote.update" in heard
        assert "decision.vote.own" not in heard


async def test_a_secret_vote_is_not_told_to_the_voters_other_devices(tmp_path: Path) -> None:
    asked = decision(status="voting", secret=True)
    async with (
        running_server((charter(decisions=(asked,)),), tmp_path, tls=False) as server,
        present(server, "user_ben", "user_ben") as (desk, phone),
    ):
        await vote(desk, "reject", "v")
        own = await ours(phone, "decision.vote.own")
        assert own["voteId"]
        assert "vote" not in own
