"""Very many members at once."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path

from boardroom_tui.protocol.fields import Role
from tests.bench.crowd import Attendee, connected, part
from tests.bench.servers import Seat
from tests.server.running import charter, decision, member, running_server

CROWD = 150
VOTES = ("approve", "reject", "abstain")


async def test_all_vote_at_once_and_each_vote_counts_once_though_some_read_nothing(
    tmp_path: Path,
) -> None:
    people = [f"user_{number}" for number in range(CROWD)]
    board = charter(
        members=(member(people[0], Role.FACILITATOR), *map(member, people[1:])),
        decisions=(decision(status="voting", deadline=timedelta(hours=1)),),
    )
    async with running_server(board, tmp_path, tls=False) as server:
        seats = [Seat(server.address(one), board.id, "decision_123") for one in people]
        crowd = await connected(seats)
        await asked(crowd, "meeting.join", {"meetingId": board.id}, '"meeting.state"')
        *hearing, deaf, deaf_too = crowd
        for one in (deaf, deaf_too):
            one.transport.pause_reading()
        frames = sum(one.frames for one in hearing)
        for number, one in enumerate(crowd):
            one.wait_for('"decision.result"')
            vote = {"decisionId": "decision_123", "vote": VOTES[number % len(VOTES)]}
            one.send("decision.vote.cast", vote, f"vote-{number}")
        results = [json.loads(await one.heard())["data"] for one in hearing]
        told = sum(one.frames for one in hearing) - frames
        await part(crowd)
    third = CROWD // len(VOTES)
    counted = dict.fromkeys(VOTES, third)
    assert all(one["finalVotes"] == counted for one in results)
    # An answer and a result each, and a tally for the votes that were written together.
    assert told < CROWD * CROWD / 2


async def asked(crowd: list[Attendee], kind: str, data: dict[str, str], answer: str) -> None:
    """Everybody asks at once, and everybody is answered."""
    for number, one in enumerate(crowd):
        one.wait_for(answer)
        one.send(kind, data, f"{kind}-{number}")
    await asyncio.gather(*(one.heard() for one in crowd))
