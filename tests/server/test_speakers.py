"""Who is here, who asks for the floor and who has it, as a server tells it to everybody."""

from pathlib import Path

from tests.server.members import MEETING, ask, connected, error, everything, join, present
from tests.server.running import charter, running_server

HERE = {"meetingId": MEETING}


async def test_a_quorum_that_is_met_or_lost_is_told_to_all_with_the_same_numbers(
    tmp_path: Path,
) -> None:
    async with (
        running_server(charter(quorum=2), tmp_path, tls=False) as server,
        present(server, "user_ada") as (ada,),
        connected(server, "user_otto") as otto,
    ):
        await join(otto)
        await everything(otto)
        async with connected(server, "user_ben") as ben:
            await join(ben)
            await ask(ben, "meeting.leave", HERE, "leave")
            heard = [
                [one["data"] for one in await everything(member) if "quorum" in one["type"]]
                for member in (ada, otto)
            ]
    assert heard[0] == heard[1]
    assert [(told["have"], told["need"], told["met"]) for told in heard[0]] == [
        (2, 2, True),
        (1, 2, False),
    ]


async def test_the_chair_gives_the_floor_and_leaving_lowers_the_hand(tmp_path: Path) -> None:
    async with (
        running_server(charter(speaking_minutes=2), tmp_path, tls=False) as server,
        present(server, "user_ada", "user_ben", "user_cleo") as (ada, ben, cleo),
    ):
        await ask(ben, "speaker.raise", HERE, "raise-1")
        await ask(cleo, "speaker.raise", HERE, "raise-2")
        called = await ask(ada, "speaker.call", HERE, "call")
        assert called["type"] == "speaker.queue"
        assert called["data"]["speaking"]["userId"] == "user_ben"
        assert [turn["userId"] for turn in called["data"]["queue"]] == ["user_cleo"]
        assert called["data"]["secondsEach"] == 120
        assert error(await ask(cleo, "speaker.yield", HERE, "yield"))[0] == "PERMISSION_DENIED"
        await ask(cleo, "meeting.leave", HERE, "leave")
        queues = [one["data"] for one in await everything(ada) if one["type"] == "speaker.queue"]
        assert queues == [{**called["data"], "queue": []}]


async def test_the_roll_and_apologies_are_told_and_known_to_who_comes_later(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path, tls=False) as server,
        present(server, "user_ada") as (ada,),
    ):
        sent = {**HERE, "memberId": "user_cleo"}
        apologies = await ask(ada, "meeting.apology.record", sent, "apologies")
        assert (apologies["data"]["userId"], apologies["data"]["withdrawn"]) == ("user_cleo", False)
        called = await ask(ada, "meeting.roll.call", HERE, "roll")
        assert called["data"]["present"] == ["user_ada"]
        assert called["data"]["absent"] == ["user_ben"]
        assert called["data"]["excused"] == ["user_cleo"]
        async with connected(server, "user_ben") as ben:
            await join(ben)
            state = next(one for one in await everything(ben) if one["type"] == "meeting.state")
            excused = [one["userId"] for one in state["data"]["roster"] if one["apologies"]]
            assert excused == ["user_cleo"]
