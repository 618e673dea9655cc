"""What operators are told of a running server: its health and its metrics, on the loopback."""

import asyncio
import socket
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

from boardroom_tui.server import health
from boardroom_tui.server.server import BoardroomServer, ServerProblem
from boardroom_tui.server.settings import Settings
from tests.server.members import (
    DECISION,
    MEETING,
    connected,
    present,
    say,
    turned_away,
    vote,
)
from tests.server.running import RunningServer, charter, decision, held, running_server


async def page(server: RunningServer, path: str) -> tuple[int, str, str]:
    """A page's status, its content type and its text."""

    def get() -> tuple[int, str, str]:
        try:
            with urlopen(f"{server.server.operations}{path}", timeout=10) as answer:
                return answer.status, answer.headers["Content-Type"], answer.read().decode()
        except HTTPError as refused:
            with refused:
                return refused.code, refused.headers["Content-Type"], refused.read().decode()

    return await asyncio.to_thread(get)


async def metrics(server: RunningServer) -> dict[str, float]:
    """Every sample, named as Prometheus would."""
    status, kind, text = await page(server, "/metrics")
    assert (status, kind) == (200, "text/plain; version=0.0.4; charset=utf-8")
    families: list[Metric] = list(text_string_to_metric_families(text))
    assert all(family.documentation for family in families)
    return {
        sample.name
        + "".join(f"{{{k}={v}}}" for k, v in sorted(sample.labels.items())): sample.value
        for family in families
        for sample in family.samples
    }


async def test_nothing_listens_unless_a_port_is_given(tmp_path: Path) -> None:
    async with running_server(charter(), tmp_path) as server:
        assert server.server.operations is None


async def test_the_pages_are_on_the_loopback_only(tmp_path: Path) -> None:
    async with running_server(charter(), tmp_path, host="0.0.0.0", operations_port=0) as server:
        assert (server.server.operations or "").startswith("http://127.0.0.1:")


async def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        server = BoardroomServer(Settings(charters=(), data=tmp_path, operations_port=port))
        with pytest.raises(ServerProblem, match=f"port {port} on 127.0.0.1 is in use"):
            await server.start()


async def test_a_server_that_writes_is_well_and_other_pages_are_not_there(tmp_path: Path) -> None:
    async with running_server(charter(), tmp_path, operations_port=0) as server:
        assert (await page(server, "/healthz"))[::2] == (200, "ok\n")
        assert (await page(server, "/"))[0] == 404


async def test_a_disk_that_hangs_is_told_and_asked_once_however_many_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "PROBE_SECONDS", 0.05)
    async with running_server(charter(), tmp_path, operations_port=0) as server:
        with held(tmp_path):
            for _ in range(3):
                told = await page(server, "/healthz")
                assert told[::2] == (503, "the journal was not written within 0.05 s\n")
        async with asyncio.timeout(10):
            while (await page(server, "/healthz"))[0] != 200:
                await asyncio.sleep(0.01)


async def test_a_meeting_is_counted_in_totals_without_a_name(tmp_path: Path) -> None:
    board = charter(decisions=(decision(status="voting", secret=True),))
    async with running_server(board, tmp_path, operations_port=0) as server:
        await turned_away(server, f"{server.url}?token=none")
        async with (
            present(server, "user_ada", "user_ben") as (ada, ben),
            connected(server, "user_cleo") as cleo,
        ):
            before = await metrics(server)
            await vote(ada, "approve", "1")
            await vote(ben, "reject", "2")
            await say(ben, "Hello", "3")
            await ben.ask("meeting.join", {"meetingId": "meeting_none"}, "4")
            await cleo.close()
            await ada.heard_by_now()
            after = await metrics(server)
            _, _, text = await page(server, "/metrics")

    def grew(name: str) -> float:
        return after[name] - before.get(name, 0)

    assert before["boardroom_members_present"] == 2
    assert before["boardroom_decisions_open"] == 1
    assert before["boardroom_meetings{phase=gathering}"] == 1
    assert (before["boardroom_connections"], after["boardroom_connections"]) == (3, 2)
    assert before["boardroom_connections_refused_total{why=auth_failed}"] == 1
    assert grew("boardroom_connections_ended_total{why=left}") == 1
    assert grew("boardroom_messages_received_total{type=decision.vote.cast}") == 2
    assert grew("boardroom_votes_acknowledged_total") == 2
    assert grew("boardroom_messages_sent_total{type=meeting.chat.message}") == 2
    assert grew("boardroom_refusals_total{code=RESOURCE_NOT_FOUND}") == 1
    assert grew("boardroom_journal_commit_seconds_count") >= 3
    assert (
        after["boardroom_journal_commit_seconds_bucket{le=+Inf}"]
        == (after["boardroom_journal_commit_seconds_count"])
    )
    assert after["boardroom_data_free_bytes"] > 0
    assert after["process_resident_memory_bytes"] > 0
    assert [one for one in ("ada", "ben", "cleo", MEETING, DECISION) if one in text] == []
