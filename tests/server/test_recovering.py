"""What a server says and does when it starts on what a power cut or a bad disk left."""

import logging
import shutil
from pathlib import Path

import pytest

from boardroom_tui.record.database import log_of
from boardroom_tui.record.schema import JOURNAL
from boardroom_tui.server.logging import Harmless
from boardroom_tui.server.server import BoardroomServer, ServerProblem
from boardroom_tui.server.settings import Settings
from tests.server.members import connected, join, present, say, vote
from tests.server.running import charter, decision, running_server

BOARD = charter(decisions=(decision(status="voting"),))


async def test_after_a_power_cut_the_last_whole_event_is_named_and_the_vote_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cut = tmp_path / "cut"
    async with (
        running_server(BOARD, tmp_path / "data") as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        await vote(ada, "approve", "1")
        log = log_of(tmp_path / "data" / JOURNAL.file)
        whole = log.stat().st_size
        await say(ben, "Half of this was on the disk", "2")
        shutil.copytree(tmp_path / "data", cut)
    with log_of(cut / JOURNAL.file).open("r+b") as file:
        file.truncate(whole + 4_200)
    with caplog.at_level(logging.WARNING, "boardroom.server"):
        async with running_server(BOARD, cut) as server, connected(server, "user_ben") as ben:
            (line,) = map(Harmless().format, caplog.records)
            assert line.partition("recovered ")[2] == (
                "meeting=meeting_123 up_to_event=5 "
                'because="the last server was not stopped in good order"'
            )
            await join(ben)
            assert (await vote(ben, "reject", "3"))["type"] == "decision.vote.received"
            tally = await ben.next("decision.vote.update")
            assert tally["data"]["voteSummary"]["total"] == 2


async def test_after_a_stop_in_good_order_nothing_is_said_of_recovering(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "boardroom.server"):
        for _ in range(2):
            async with running_server(BOARD, tmp_path):
                pass
    assert caplog.messages == []


async def test_a_damaged_record_is_refused_in_one_sentence_that_says_what_to_do(
    tmp_path: Path,
) -> None:
    async with running_server(BOARD, tmp_path):
        pass
    file = tmp_path / JOURNAL.file
    with file.open("r+b") as damaged:
        damaged.truncate(file.stat().st_size // 2)
    with pytest.raises(ServerProblem) as refused:
        await BoardroomServer(Settings(charters=(BOARD,), data=tmp_path, port=0)).start()
    said = str(refused.value)
    assert said.startswith(f"cannot open {file}: ")
    assert "boardroom verify" in said
    assert "boardroom restore" in said
    assert "\n" not in said
