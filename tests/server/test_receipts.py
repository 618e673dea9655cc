"""Receipts on the wire: a voter finds their vote in the record, and nobody else does."""

import json
from pathlib import Path
from typing import Any

from boardroom_tui.record.stored import stored
from tests.peers.reference_client import ReferenceClient
from tests.server.members import MEETING, error, present
from tests.server.running import charter, running_server
from tests.server.test_signed_heads import told

DECISION = "decision_123"


async def vote(client: ReferenceClient, **fields: Any) -> str:
    data = {"decisionId": DECISION, **fields}
    answer = await client.ask("decision.vote.cast", data, f"to {fields['vote']}")
    return answer["data"]["voteId"]


async def receipt(client: ReferenceClient, vote_id: str) -> dict[str, Any]:
    data = {"decisionId": DECISION, "voteId": vote_id}
    await client.send("decision.receipt.get", data, "receipt")
    return await told(client, "decision.receipt", "error")


async def test_a_voter_finds_each_of_their_votes_and_which_one_counts(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        opening = {"meetingId": MEETING, "decisionId": DECISION, "autoClose": False}
        await ada.ask("decision.open", opening, "open")
        first = await vote(ben, vote="approve")
        second = await vote(ben, vote="reject")
        replaced = (await receipt(ben, first))["data"]
        counts = (await receipt(ben, second))["data"]
    assert (replaced["vote"], replaced["replacedBy"]) == ("approve", second)
    assert (counts["vote"], "replacedBy" in counts) == ("reject", False)
    sequence: int = counts["sequence"]
    link = stored(tmp_path).links[MEETING][sequence - 1]
    assert (json.loads(link.payload)["voteId"], link.hash) == (second, counts["hash"])


async def test_nobody_finds_another_s_vote(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        await ada.ask("decision.open", {"meetingId": MEETING, "decisionId": DECISION}, "open")
        vote_id = await vote(ben, vote="approve")
        others, nobodys = await receipt(ada, vote_id), await receipt(ada, "vote_none")
    assert error(others)[0] == error(nobodys)[0] == "RESOURCE_NOT_FOUND"


async def test_the_receipt_of_a_secret_vote_does_not_tell_what_it_was(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        opening = {"meetingId": MEETING, "decisionId": DECISION, "secret": True}
        await ada.ask("decision.open", opening, "open")
        found = (await receipt(ben, await vote(ben, vote="reject")))["data"]
    assert "vote" not in found
    assert found["sequence"] > 0
