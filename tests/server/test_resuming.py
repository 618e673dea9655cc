"""Coming back after what was heard: what came since is told, or everything where it must be."""

from itertools import count
from pathlib import Path
from typing import Any

import pytest

from boardroom_tui.server import newest
from tests.peers.reference_client import ReferenceClient
from tests.server.members import DECISION, MEETING, ask, connected, everything, join, present, say
from tests.server.running import UNLIMITED, RunningServer, charter, decision, running_server

State = dict[str, Any]
_JOINS = count()
BOARD = charter(
    decisions=(decision(status="voting", auto_close=False), decision("decision_2", status="voting"))
)


async def state_of(client: ReferenceClient, **heard: Any) -> State:
    """What somebody is told who joins, having heard this."""
    await join(client, f"again-{next(_JOINS)}", **({"lastHeard": heard} if heard else {}))
    (told,) = [one for one in await everything(client) if one["type"] == "meeting.state"]
    return told["data"]


async def told(server: RunningServer, user_id: str, **heard: Any) -> State:
    """The same for a connection of its own."""
    async with connected(server, user_id) as client:
        return await state_of(client, **heard)


def after(state: State, role: str = "participant", **other: Any) -> dict[str, Any]:
    """Having heard of everything up to this state."""
    return {"sequence": state["sequence"], "at": state["recordedAt"], "role": role, **other}


async def test_who_comes_back_is_told_what_they_missed_and_what_stands(tmp_path: Path) -> None:
    async with (
        running_server(BOARD, tmp_path, tls=False) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        await say(ada, "Before.", "said-1")
        await ask(ada, "decision.withdraw", {"decisionId": "decision_2"}, "withdraw")
        before = await state_of(ben)
        await say(ada, "Meanwhile.", "said-2")
        await ask(ada, "meeting.phase.set", {"meetingId": MEETING, "phase": "recess"}, "recess")
        await say(ada, "After the call.", "said-3")
        missed = await told(server, "user_ben", **after(before))
        # The newest event may not have come whole, so it is told again.
        assert missed["after"] == before["sequence"]
        assert [line["message"] for line in missed["chat"]] == ["Meanwhile.", "After the call."]
        done = [(one["afterLines"], one["message"]["type"]) for one in missed["proceedings"]]
        assert done == [(0, "decision.result"), (1, "meeting.phase.update"), (1, "speaker.queue")]
        # What is over and told is left out, unless the newest event was about it.
        again = await told(server, "user_ben", **after(missed))
        assert [one["decisionId"] for one in again["decisions"]] == [DECISION]
        assert len(again["roster"]) == len(before["roster"])
        assert again["phase"] == "recess"


async def test_also_after_the_server_was_started_anew(tmp_path: Path) -> None:
    async with (
        running_server(BOARD, tmp_path, tls=False) as server,
        present(server, "user_ada") as (ada,),
    ):
        await say(ada, "Before.", "said-1")
        before = await state_of(ada)
        assert before["chat"][-1]["message"] == "Before."
        await say(ada, "Meanwhile.", "said-2")
    async with running_server(BOARD, tmp_path, tls=False) as server:
        missed = await told(server, "user_ada", **after(before, "facilitator"))
        assert [line["message"] for line in missed["chat"]] == ["Before.", "Meanwhile."]
        assert missed["after"] == before["sequence"]


async def test_everything_is_told_where_what_was_heard_says_too_little(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newest, "KEPT", 5)
    async with (
        running_server(BOARD, tmp_path, tls=False, limits=UNLIMITED) as server,
        present(server, "user_ada", "user_ben", "user_otto") as (ada, ben, otto),
    ):
        await say(ada, "Before.", "said-1")
        before = await state_of(ben)
        others = (
            after(before, "observer"),  # another role
            after(before, at="2020-01-01T00:00:00Z"),  # another record
            after(before, sequence=before["sequence"] + 90),  # one that was put back
        )
        for heard in others:
            assert "after" not in await told(server, "user_ben", **heard)
        seen = await state_of(otto)
        for number, phase in enumerate(("executive", "in_session")):
            data = {"meetingId": MEETING, "phase": phase}
            await ask(ada, "meeting.phase.set", data, f"phase-{number}")
        assert "after" not in await told(server, "user_otto", **after(seen, "observer"))
        assert "after" in await told(server, "user_ben", **after(before))
        for number in range(5):
            await say(ada, "Much more.", f"more-{number}")
        whole = await told(server, "user_ben", **after(before))
        assert "after" not in whole
        assert whole["chat"][0]["message"] == "Before."
