"""`boardroom say` and `vote` while the server is not there: tried for a while, once in effect."""

import asyncio
from collections import Counter
from pathlib import Path

import pytest

from boardroom_tui.cli import main
from boardroom_tui.client.address import Address
from boardroom_tui.record.stored import stored
from tests.client.linking import address_of
from tests.network.relay import Loss, Relay, Weather, relayed
from tests.server.members import present
from tests.server.running import charter, decision, running_server

BOARD = charter(decisions=(decision(status="voting"),))
NOWHERE = Address("127.0.0.1", 9, secure=False)
SAY = ("say", "Once")
VOTE = ("vote", "approve", "--yes")


@pytest.fixture(autouse=True)
def _soon_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("boardroom_tui.session.backoff.SHORTEST_SECONDS", 0.05)


async def run(relay: Relay, token: str, command: tuple[str, ...]) -> int:
    """The exit code of a command that connects there."""
    way = ("--url", f"{relay.address.url}?token={token}", "--meeting", "meeting_123")
    return await asyncio.to_thread(main, (*command, *way))


@pytest.mark.parametrize(
    ("command", "heard", "event"),
    [
        (SAY, "meeting.chat.message", "chat.said"),
        (VOTE, "decision.vote.update", "vote.recorded"),
    ],
)
async def test_a_server_that_is_not_there_is_waited_for_and_what_is_sent_again_counts_once(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    command: tuple[str, ...],
    heard: str,
    event: str,
) -> None:
    async with (
        running_server(BOARD, tmp_path, tls=False) as server,
        present(server, "user_ada") as (ada,),
        relayed(NOWHERE) as relay,
    ):
        token = server.token("user_ben")
        running = asyncio.create_task(run(relay, token, command))
        told = ""
        while not (told := told + capsys.readouterr().err):
            await asyncio.sleep(0.01)
        assert told.endswith("; trying again, for 30 seconds at most\n")
        # What was heard by all is still on its way back when the connection is lost.
        relay.server, relay.weather = address_of(server.url), Weather(delay=0.2)
        await ada.next(heard)
        relay.lose(Loss.RESET)
        relay.weather = Weather()
        assert await running == 0
        assert len(relay.passages) == 2
    # Joining was told of above; voting is another question.
    assert capsys.readouterr().err.count("; trying again, ") == (command is VOTE)
    assert Counter(link.type for link in stored(tmp_path).links["meeting_123"])[event] == 1


async def test_a_server_that_does_not_come_is_given_up_with_what_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("boardroom_tui.cli.entering.ANSWER_SECONDS", 1.0)
    async with (
        running_server(BOARD, tmp_path, tls=False) as server,
        present(server, "user_ada") as (ada,),
        relayed(NOWHERE) as relay,
    ):
        token = server.token("user_ben")
        assert await run(relay, token, SAY) == 1
        waits, given_up = capsys.readouterr().err.splitlines()
        reason = given_up.removeprefix("boardroom say: ")
        assert waits == f"{reason}; trying again, for 1 seconds at most"
        monkeypatch.setattr("boardroom_tui.cli.entering.ANSWER_SECONDS", 2.0)
        relay.server, relay.weather = address_of(server.url), Weather(delay=0.1)
        running = asyncio.create_task(run(relay, token, SAY))
        await ada.next("meeting.chat.message")
        relay.lose(Loss.SILENCE)
        assert await running == 1
        words = "does not answer; it may have been done all the same"
        assert capsys.readouterr().err == f"boardroom say: {relay.address.name} {words}\n"
