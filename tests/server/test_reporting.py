"""What a meeting leaves in the log: who came and went and what was decided, and no votes."""

import asyncio
import json
import logging
from pathlib import Path
from typing import Any

import pytest

from boardroom_tui.server.logging import Harmless
from tests.peers.reference_client import PATIENCE
from tests.server.members import DECISION, MEETING, connected, present, say, turned_away, vote
from tests.server.running import charter, decision, running_server

Line = dict[str, Any]


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> "Lines":
    """What the server logs from now on."""
    caplog.set_level(logging.INFO, "boardroom.server")
    return Lines(caplog)


class Lines:
    """The log as JSON has it, without the times."""

    def __init__(self, caplog: pytest.LogCaptureFixture) -> None:
        self._caplog = caplog

    @property
    def text(self) -> str:
        """All of it, as written."""
        formatter = Harmless(as_json=True)
        return "\n".join(formatter.format(record) for record in self._caplog.records)

    def of(self, event: str) -> list[Line]:
        """The lines about this."""
        told = [json.loads(line) for line in self.text.split("\n") if line]
        return [
            {k: v for k, v in one.items() if k not in ("time", "event", "seconds")}
            for one in told
            if one["event"] == event
        ]

    async def until(self, event: str, number: int) -> list[Line]:
        """The lines about this, once there are so many."""
        async with asyncio.timeout(PATIENCE):
            while len(found := self.of(event)) < number:
                await asyncio.sleep(0.01)
        return found


async def test_a_meeting_s_life_is_logged_and_no_vote_and_no_word_of_it(
    tmp_path: Path, lines: Lines
) -> None:
    board = charter(decisions=(decision(secret=True),))
    async with (
        running_server(board, tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        await ada.ask("decision.open", {"meetingId": "123", "decisionId": DECISION}, "open")
        await vote(ada, "approve", "1", comment="Overdue")
        await vote(ben, "reject", "2")
        await say(ben, "Between us", "3")
        await ada.ask("decision.close", {"decisionId": DECISION, "confirm": ["open"]}, "4")
        ada.drop()
        await ben.close()
        await lines.until("disconnected", 2)
    info = {"level": "info"}
    joined = info | {"meeting": MEETING}
    assert lines.of("meeting") == [joined | {"events": 1, "phase": "gathering"}]
    assert lines.of("joined") == [
        joined | {"user": "user_ada", "role": "facilitator"},
        joined | {"user": "user_ben", "role": "participant"},
    ]
    assert lines.of("left") == [joined | {"user": "user_ben"}]
    told = joined | {"decision": DECISION}
    assert lines.of("decision_opened") == [told | {"secret": True, "by": "user_ada"}]
    assert lines.of("decision_closed") == [told | {"result": "rejected", "cause": "facilitator"}]
    connected_ = [(one["user"], one["address"]) for one in lines.of("connected")]
    assert connected_ == [("user_ada", "127.0.0.1"), ("user_ben", "127.0.0.1")]
    ended = sorted(lines.of("disconnected"), key=lambda one: one["user"])
    assert ended == [
        info | {"user": "user_ada", "why": "lost"},
        info | {"user": "user_ben", "why": "left"},
    ]
    for private in ("approve", '"reject"', "Overdue", "Between us", "vote"):
        assert private not in lines.text


async def test_a_refused_token_is_logged_with_its_address_and_without_itself(
    tmp_path: Path, lines: Lines
) -> None:
    async with running_server(charter(), tmp_path) as server:
        forged = server.token("user_ada")[:-8] + "forgeries"
        await turned_away(server, f"{server.url}?token={forged}")
    assert lines.of("refused") == [
        {
            "level": "warning",
            "address": "127.0.0.1",
            "code": 4501,
            "why": "This server did not issue the token: ask for a new invitation.",
        }
    ]
    assert not [piece for piece in forged.split(".") if piece in lines.text]


async def test_a_limit_is_logged_once_however_often_it_is_hit(tmp_path: Path, lines: Lines) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        connected(server, "user_ada") as ada,
    ):
        for number in range(8):
            await ada.ask("meeting.join", {"meetingId": MEETING}, str(number))
    limited = {"level": "warning", "user": "user_ada", "limit": "5 in 60 s"}
    assert lines.of("limited") == [limited]
