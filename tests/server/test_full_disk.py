"""A disk that is really full, or takes nothing more: nothing is acknowledged that is not on it."""

import contextlib
import os
import ssl
import subprocess
import sys
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from boardroom_tui.record.stored import stored
from boardroom_tui.record.verification import verify
from boardroom_tui.server.server import BoardroomServer, ServerProblem
from boardroom_tui.server.settings import Settings
from boardroom_tui.server.tokens import Tokens
from tests.e2e.served import Served, served
from tests.peers.reference_client import ReferenceClient, reference_client
from tests.server.members import MEETING, connected, error, join, present, say, types, vote
from tests.server.running import charter, decision, running_server

BOARD = charter(
    decisions=(
        decision(status="voting"),
        decision("decision_secret", status="voting", secret=True),
    )
)


@contextmanager
def small_disk(folder: Path, *options: str) -> Generator[None]:
    """A disk of two megabytes in the place of a folder; needs the right to mount one."""
    folder.mkdir()
    size = ",".join(("size=2m", "mode=700", *options))
    mounting = ("mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder))
    try:
        mounted = subprocess.run(mounting, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("no disk can be mounted here")
    try:
        yield
    finally:
        subprocess.run(("umount", str(folder)), check=True)


@contextmanager
def failing_disk(image: Path, folder: Path) -> Generator[Path]:
    """A disk of its own, in a file; what is written to the path fails it, and it is read-only then.

    Needs the right to mount one, and ext4, which goes on read-only after an error.
    """
    folder.mkdir()
    if not image.exists():
        image.touch()
        os.truncate(image, 4 * 1024 * 1024)
        run_or_skip("mkfs.ext4", "-q", "-F", "-E", "root_owner", str(image))
    run_or_skip("mount", "-o", "loop,errors=remount-ro", str(image), str(folder))
    try:
        mounts = Path("/proc/mounts").read_text().splitlines()
        device = next(line.split()[0] for line in mounts if f" {folder} " in line)
        yield Path("/sys/fs/ext4", Path(device).name, "trigger_fs_error")
    finally:
        subprocess.run(("umount", str(folder)), check=True)
        folder.rmdir()


def run_or_skip(*command: str) -> None:
    """Run what only some machines permit."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError as missing:
        pytest.skip(f"no disk can be made here: {missing}")
    if done.returncode != 0:
        pytest.skip(f"no disk can be mounted here: {done.stderr}")


def fill(ballast: Path) -> None:
    """Leave not a byte of a disk free."""
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4_096))


async def test_a_full_disk_refuses_votes_and_takes_them_again_when_there_is_room(
    tmp_path: Path,
) -> None:
    data = tmp_path / "data"
    with small_disk(data):
        async with (
            running_server(BOARD, data) as server,
            present(server, "user_ada", "user_ben") as (ada, ben),
            connected(server, "user_cleo") as cleo,
        ):
            await vote(ben, "reject", "before")
            await ben.heard_by_now()
            recorded = len(stored(data).links[MEETING])
            fill(data / "ballast")
            secret = {"decisionId": "decision_secret"}
            refused = (
                await vote(ada, "approve", "1"),
                await vote(ada, "approve", "2", **secret),
                await say(ada, "Is anybody there?", "3"),
                await join(cleo),
            )
            for answer in refused:
                assert error(answer) == ("SERVER_ERROR", None)
                assert answer["data"]["retryable"] is True
                assert answer["data"]["message"].startswith("The server's disk is full")
            assert await ben.heard_by_now() == []
            assert len(stored(data).links[MEETING]) == recorded
            (data / "ballast").unlink()
            assert (await vote(ada, "approve", "1"))["type"] == "decision.vote.received"
            assert (await vote(ada, "approve", "2", **secret))["type"] == "decision.vote.received"
            assert types(await ben.heard_by_now()) == ["decision.vote.update"] * 2
            assert (await join(cleo))["data"]["totalParticipants"] == 3
        _assert_holds(data)


async def test_a_read_only_disk_is_refused_at_the_start_in_one_sentence(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with small_disk(data):
        async with running_server(BOARD, data):
            pass
        subprocess.run(("mount", "-o", "remount,ro", str(data)), check=True)
        with pytest.raises(ServerProblem) as refused:
            await BoardroomServer(Settings(charters=(BOARD,), data=data, port=0)).start()
        assert str(refused.value) == f"cannot write {data / 'server.lock'}: Read-only file system"


async def test_a_disk_that_fails_and_is_read_only_from_then_on_refuses_and_keeps_what_was_said(
    tmp_path: Path,
) -> None:
    image, disk = tmp_path / "image", tmp_path / "disk"
    with failing_disk(image, disk) as fail:
        async with (
            running_server(BOARD, disk / "data") as server,
            present(server, "user_ada", "user_ben") as (ada, ben),
        ):
            await vote(ada, "approve", "before")
            await ben.heard_by_now()
            fail.write_text("a test")
            with pytest.raises(OSError, match="Read-only file system"):
                (disk / "anything").touch()
            for refused in (await vote(ada, "reject", "1"), await say(ada, "Well?", "2")):
                assert error(refused) == ("SERVER_ERROR", None)
                assert "could not be written" in refused["data"]["message"]
            assert await ben.heard_by_now() == []
    with failing_disk(image, disk):
        async with (
            running_server(BOARD, disk / "data") as server,
            connected(server, "user_ben") as ben,
        ):
            await join(ben)
            assert (await vote(ben, "reject", "3"))["type"] == "decision.vote.received"
            tally = await ben.next("decision.vote.update")
            assert tally["data"]["voteSummary"]["approve"] == 1
            assert tally["data"]["voteSummary"]["total"] == 2
        _assert_holds(disk / "data")


@asynccontextmanager
async def _member(server: Served, user_id: str) -> AsyncGenerator[ReferenceClient]:
    hour = timedelta(hours=1)
    token = Tokens.open(server.data).issue(user_id, user_id, None, hour, datetime.now(UTC))
    async with reference_client(
        f"{server.url}?token={token}", ssl.create_default_context(cafile=server.ca)
    ) as client:
        await client.next("connection.ready")
        await client.ask("meeting.join", {"meetingId": "meeting_q3"}, "join")
        yield client


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux sets another program's limits")
async def test_a_disk_that_takes_nothing_more_keeps_everybody_connected(tmp_path: Path) -> None:
    import resource  # noqa: PLC0415

    opened = {"meetingId": "meeting_q3", "decisionId": "decision_budget"}
    approve = {"decisionId": "decision_budget", "vote": "approve"}
    async with (
        served(tmp_path) as server,
        _member(server, "user_ada") as ada,
        _member(server, "user_ben") as ben,
    ):
        await ada.send("decision.open", opened, "open")
        await ada.next("decision.vote.update")
        await ben.heard_by_now()
        pid = server.process.pid
        limits = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, limits[1]))
        refused = await ada.ask("decision.vote.cast", approve, "vote")
        assert error(refused) == ("SERVER_ERROR", None)
        assert "could not be written" in refused["data"]["message"]
        assert await ben.heard_by_now() == []
        resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)
        received = await ada.ask("decision.vote.cast", approve, "vote")
        assert received["type"] == "decision.vote.received"
        assert types(await ben.heard_by_now()) == ["decision.vote.update"]
    _assert_holds(server.data)


def _assert_holds(data: Path) -> None:
    record = stored(data)
    assert record.damage == ()
    for meeting_id, links in record.links.items():
        assert verify(meeting_id, links, record.heads[meeting_id]).findings == ()
