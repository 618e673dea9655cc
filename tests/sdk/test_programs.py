"""The three programs, each as a person runs it, in a meeting on a real server."""

import asyncio
import signal
from pathlib import Path

from tests.sdk.programming import PROGRAMS, SECONDS, Program, environment, running
from tests.server.members import DECISION, MEETING, present, say, vote
from tests.server.running import charter, decision, running_server


async def interrupted(program: Program) -> tuple[int | None, str, str]:
    """Ctrl-C, and what came of it."""
    program.process.send_signal(signal.SIGINT)
    return await program.end()


async def test_the_minute_taker_writes_down_a_meeting_until_ctrl_c(tmp_path: Path) -> None:
    path = tmp_path / "minutes.md"
    arguments = (str(PROGRAMS / "minute_taker.py"),)
    async with (
        running_server(charter(), tmp_path / "data") as server,
        present(server, "user_ada", "user_ben", "user_cleo") as (ada, ben, cleo),
        running(
            *(*arguments, server.url, MEETING, str(path)),
            home=tmp_path,
            more=environment(server, "user_otto"),
        ) as otto,
    ):
        await ada.next("meeting.participant.joined")
        started = {"meetingId": MEETING, "itemId": "item_2", "status": "in_progress"}
        await ada.ask("meeting.agenda.set", started, "set")
        await say(ben, "Shall we vote?", "say")
        await ada.ask("decision.open", {"meetingId": MEETING, "decisionId": DECISION}, "open")
        for voter in (ada, ben, cleo):
            await vote(voter, "approve", "vote")
        async with asyncio.timeout(SECONDS):
            while not path.exists() or "3 for, 0 against" not in path.read_text():
                await asyncio.sleep(0.02)
        code, printed, complaints = await interrupted(otto)
    assert (code, printed, complaints) == (0, f"The minutes are in {path}.\n", "")
    minutes = path.read_text()
    assert minutes == (
        "- Otto joined.\n"
        "\n## 2. Budget review\n\n"
        "- Ben: Shall we vote?\n"
        "\n**Approve the 2027 budget** That the budget as circulated be approved.\n\n"
        "**approved**: 3 for, 0 against.\n\n"
    )


async def test_the_vote_watcher_votes_and_says_how_the_vote_ended(tmp_path: Path) -> None:
    board = charter(decisions=(decision(status="voting"),))
    arguments = (str(PROGRAMS / "vote_watcher.py"),)
    async with (
        running_server(board, tmp_path / "data") as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
        running(
            *(*arguments, server.url, DECISION, "approve"),
            home=tmp_path,
            more=environment(server, "user_cleo"),
        ) as cleo,
    ):
        await ada.next("decision.vote.update")
        await vote(ada, "approve", "vote")
        await vote(ben, "reject", "vote")
        code, printed, complaints = await cleo.end()
    assert (code, complaints) == (0, "")
    assert printed.splitlines() == [
        "The vote is recorded",
        "1 of 3 have voted",
        "2 of 3 have voted",
        "3 of 3 have voted",
        "The result: approved",
    ]


async def test_the_vote_watcher_says_why_a_vote_failed(tmp_path: Path) -> None:
    arguments = (str(PROGRAMS / "vote_watcher.py"),)
    async with (
        running_server(charter(), tmp_path / "data") as server,
        running(
            *(*arguments, server.url, DECISION, "approve"),
            home=tmp_path,
            more=environment(server, "user_cleo"),
        ) as cleo,
    ):
        assert (await cleo.line()).startswith("The vote failed: ")
        code, _, complaints = await interrupted(cleo)
    assert (code, complaints) == (1, "")


async def test_the_chat_bot_answers_who_asks(tmp_path: Path) -> None:
    board = charter(decisions=(decision(status="voting"),))
    arguments = (str(PROGRAMS / "chat_bot.py"),)
    async with (
        running_server(board, tmp_path / "data") as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
        running(
            *(*arguments, server.url, MEETING),
            home=tmp_path,
            more=environment(server, "user_otto"),
        ) as otto,
    ):
        await ada.next("meeting.participant.joined")
        await vote(ben, "approve", "vote")
        question = await say(ada, "!votes", "ask")
        answer = await ada.next("meeting.chat.message")
        assert answer["data"]["userId"] == "user_otto"
        assert answer["data"]["replyTo"] == question["data"]["messageId"]
        assert answer["data"]["message"] == f"{DECISION}: 1 of 3"
        code, printed, complaints = await interrupted(otto)
    assert (code, printed, complaints) == (0, "Good bye.\n", "")
