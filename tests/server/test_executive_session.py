"""An observer while the board is in executive session, on a real server."""

import json
from itertools import count
from pathlib import Path

from tests.peers.reference_client import Data, ReferenceClient
from tests.server.members import (
    DECISION,
    MEETING,
    ask,
    connected,
    error,
    everything,
    join,
    present,
    say,
    vote,
)
from tests.server.running import charter, decision, running_server

SECRETS = ("salary", "ismissal")
"""In what the board says and puts to the vote in its session, and nowhere else."""

CALLS = count(1)

BOARD = charter(decisions=(decision(status="voting", auto_close=False),))


async def call(client: ReferenceClient, phase: str) -> Data:
    """Call the meeting to a phase; the client's own copy, or the error."""
    data = {"meetingId": MEETING, "phase": phase}
    return await ask(client, "meeting.phase.set", data, f"call-{next(CALLS)}")


async def whole(client: ReferenceClient, message_id: str, **data: str) -> Data:
    """The whole state, as a client that joins is told it."""
    await join(client, message_id, **data)
    heard = await everything(client)
    return next(one["data"] for one in heard if one["type"] == "meeting.state")


async def moved(mover: ReferenceClient, seconder: ReferenceClient) -> Data:
    """Make a motion that another seconds; what names it."""
    data = {"meetingId": MEETING, "text": "That it be."}
    made = await ask(mover, "motion.make", data, "make")
    motion = {"meetingId": MEETING, "motionId": made["data"]["motionId"]}
    await ask(seconder, "motion.second", motion, "second")
    return motion


def tells_a_secret(told: object) -> bool:
    words = json.dumps(told)
    return any(secret in words for secret in SECRETS)


async def hold_a_session(ada: ReferenceClient, ben: ReferenceClient) -> None:
    """What the board says and decides in it."""
    await call(ada, "executive")
    await say(ben, "The salary is too high.", "said-1")
    taken = {"meetingId": MEETING, "itemId": "item_2", "status": "in_progress"}
    await ada.ask("meeting.agenda.set", taken, "item")
    new = {"meetingId": MEETING, "title": "The dismissal", "text": "That it be done."}
    opened = await ask(ada, "decision.open", new, "open")
    decision_id = opened["data"]["decisionId"]
    await ben.ask("decision.vote.cast", {"decisionId": decision_id, "vote": "approve"}, "v-1")
    await vote(ben, "reject", "v-2")
    await ada.ask("decision.close", {"decisionId": decision_id}, "close")


async def test_an_observer_hears_that_there_is_a_session_and_nothing_of_it(tmp_path: Path) -> None:
    async with (
        running_server(BOARD, tmp_path, tls=False) as server,
        present(server, "user_ada", "user_ben", "user_otto") as (ada, ben, otto),
    ):
        await call(ada, "in_session")
        await say(ada, "Good morning.", "said-0")
        channels = [f"meeting:{MEETING}", f"decision:{DECISION}"]
        await otto.ask("subscribe", {"channels": channels}, "subscribe")
        await hold_a_session(ada, ben)
        heard = await everything(otto)
        # The record's head is a hash: it tells that something was settled, and not what.
        assert [one["type"] for one in heard if one["type"] != "record.head"] == [
            "meeting.phase.update"
        ]
        assert heard[0]["data"]["phase"] == "executive"

        assert error(await say(otto, "May I?", "said-2")) == ("PERMISSION_DENIED", "executive")
        typing = {"roomId": MEETING, "isTyping": True}
        assert error(await otto.ask("collaboration.typing", typing, "t"))[0] == "PERMISSION_DENIED"

        # A second connection, which joins in the middle of it.
        async with connected(server, "user_otto") as late:
            told = await whole(late, "late")
            assert told["phase"] == "executive"
            assert [line["message"] for line in told["chat"]] == ["Good morning."]
            assert told["currentItem"] == 0
            [known] = told["decisions"]
            assert known["voteSummary"]["total"] == 0
            assert not tells_a_secret(told)


async def test_an_observer_who_comes_in_it_sees_what_those_see_who_stayed(tmp_path: Path) -> None:
    async with (
        running_server(BOARD, tmp_path, tls=False) as server,
        present(server, "user_ada", "user_otto") as (ada, otto),
    ):
        await call(ada, "in_session")
        await call(ada, "executive")
        await ada.ask("decision.withdraw", {"decisionId": DECISION}, "withdraw")
        [seen] = (await whole(otto, "again"))["decisions"]
        assert (seen["decisionId"], seen["status"]) == (DECISION, "voting")


async def test_a_motion_of_the_session_is_known_once_it_is_put_to_the_vote_outside(
    tmp_path: Path,
) -> None:
    async with (
        running_server(BOARD, tmp_path, tls=False) as server,
        present(server, "user_ada", "user_ben", "user_otto") as (ada, ben, otto),
    ):
        await call(ada, "in_session")
        await call(ada, "executive")
        motion = await moved(ben, ada)
        await call(ada, "in_session")
        before = await whole(otto, "before")
        assert (before["motions"], before["motionOrder"]) == ([], [])
        await ask(ada, "decision.open", motion, "open")
        assert [one["motionId"] for one in (await whole(otto, "after"))["motions"]] == [
            motion["motionId"]
        ]


async def test_afterwards_what_was_said_and_decided_in_it_stays_hidden(tmp_path: Path) -> None:
    async with (
        running_server(BOARD, tmp_path, tls=False) as server,
        present(server, "user_ada", "user_ben", "user_otto") as (ada, ben, otto),
    ):
        await hold_a_session(ada, ben)
        await everything(otto)
        await call(ada, "in_session")
        update, state, *_ = await everything(otto)
        assert update["type"] == "meeting.phase.update"
        assert not tells_a_secret(state)
        assert state["data"]["currentItem"] == 2
        await say(otto, "Welcome back.", "said-3")
    # Also by a server that knows it from the journal alone.
    async with (
        running_server(BOARD, tmp_path, tls=False) as server,
        connected(server, "user_otto") as otto,
        connected(server, "user_ben") as ben,
    ):
        told = await whole(otto, "join")
        assert not tells_a_secret(told)
        assert [known["decisionId"] for known in told["decisions"]] == [DECISION]
        assert [line["message"] for line in told["chat"]] == ["Welcome back."]
        known = await whole(ben, "join")
        assert known["chat"][0]["message"] == "The salary is too high."
        assert len(known["decisions"]) == 2


async def test_of_a_known_motion_that_was_put_to_the_vote_in_the_session_all_hear_what_follows(
    tmp_path: Path,
) -> None:
    async with (
        running_server(BOARD, tmp_path, tls=False) as server,
        present(server, "user_ada", "user_ben", "user_otto") as (ada, ben, otto),
    ):
        motion = await moved(ben, ada)
        await call(ada, "executive")
        opened = await ask(ada, "decision.open", motion, "open")
        decision_id = opened["data"]["decisionId"]
        await call(ada, "in_session")
        await everything(otto)
        await ask(ada, "decision.withdraw", {"decisionId": decision_id}, "withdraw")
        (heard,) = [one for one in await everything(otto) if "decisionId" in str(one)]
        assert (heard["type"], heard["data"]["status"]) == ("motion.update", "seconded")


async def test_a_member_who_joined_as_an_observer_is_told_no_more_than_one(tmp_path: Path) -> None:
    async with (
        running_server(BOARD, tmp_path, tls=False) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
        connected(server, "user_cleo") as cleo,
    ):
        await join(cleo, role="observer")
        await ada.heard_by_now()
        await everything(cleo)
        await hold_a_session(ada, ben)
        assert not tells_a_secret(await everything(cleo))
        assert not tells_a_secret(await whole(cleo, "again", role="observer"))
        assert tells_a_secret(await whole(cleo, "in-full"))


async def test_a_meeting_s_phase_outlasts_the_server(tmp_path: Path) -> None:
    async with (
        running_server(BOARD, tmp_path, tls=False) as server,
        present(server, "user_ada") as (ada,),
    ):
        called = await call(ada, "in_session")
        recess = await call(ada, "recess")
        assert (called["data"]["phase"], called["data"]["by"]) == ("in_session", "user_ada")
    async with (
        running_server(BOARD, tmp_path, tls=False) as server,
        connected(server, "user_ben") as ben,
    ):
        told = await whole(ben, "join")
        assert (told["phase"], told["phaseSince"]) == ("recess", recess["data"]["since"])
        assert told["startedAt"] == called["data"]["since"]
