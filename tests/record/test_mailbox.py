"""The mailbox on real files: what is kept, for whom, in which order, and what is gone."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from boardroom_tui.protocol.limits import DEVICES_PER_USER
from boardroom_tui.protocol.messages.device import DeviceKeys, OneTimeKey
from boardroom_tui.protocol.messages.private import Envelope
from boardroom_tui.record.devices import (
    ONE_TIME_KEYS_KEPT,
    Address,
    Published,
    Unpublished,
    address,
)
from boardroom_tui.record.letters import Letter, UnknownDevice
from boardroom_tui.record.mailbox import Mailbox
from boardroom_tui.record.mailbox_schema import MAILBOX
from boardroom_tui.record.problems import JournalError

ROOT = Path(__file__).parents[2]
NOW = datetime(2027, 1, 15, 12, 0, tzinfo=UTC)
SIGNATURE = "s" * 86
ADA, BEN = Address("ada", "dev_1"), Address("ben", "dev_1")


@asynccontextmanager
async def open_mailbox(folder: Path) -> AsyncGenerator[Mailbox]:
    """A mailbox that is closed in the end."""
    mailbox = await Mailbox.open(folder)
    try:
        yield mailbox
    finally:
        await mailbox.close()


def device(at: Address, key: str = "k") -> DeviceKeys:
    return DeviceKeys(
        user_id=f"user_{at.user}",
        device_id=at.device,
        identity_key=key * 43,
        signing_key=key * 43,
        sealing_key=key * 43,
        signature=SIGNATURE,
    )


def one_time_keys(count: int) -> list[OneTimeKey]:
    return [OneTimeKey(key_id=f"{n:03}", key="o" * 43, signature=SIGNATURE) for n in range(count)]


async def publish(mailbox: Mailbox, *devices: Address, now: datetime = NOW) -> None:
    for at in devices:
        assert isinstance(await mailbox.publish(device(at), (), None, now), Published)


def letter(name: str, *to: Address, body: str = "Ym9keQ", request: str | None = None) -> Letter:
    return Letter(
        message_id=name,
        meeting_id="meeting_123",
        user_id="user_ada",
        device_id=ADA.device,
        body=body,
        envelopes=tuple(
            Envelope(user_id=at.user, device_id=at.device, kind=1, key=f"{name}key") for at in to
        ),
        at=NOW,
        request=None if request is None else (request, "digest"),
    )


async def names(mailbox: Mailbox, at: Address, after: int = 0) -> list[str]:
    waiting = await mailbox.waiting(at, after, at_most=100)
    return [one.message.message_id for one in waiting]


def rows(folder: Path, table: str) -> int:
    with closing(sqlite3.connect(folder / MAILBOX.file)) as database:
        return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


async def test_what_was_posted_waits_in_order_for_each_device(tmp_path: Path) -> None:
    async with open_mailbox(tmp_path) as mailbox:
        await publish(mailbox, ADA, BEN)
        for name, to in (("1", (ADA, BEN)), ("2", (BEN,)), ("3", (ADA, BEN))):
            assert await mailbox.post(letter(name, *to)) is None
    async with open_mailbox(tmp_path) as mailbox:
        assert await names(mailbox, BEN) == ["1", "2", "3"]
        assert await names(mailbox, ADA) == ["1", "3"]
        [first, *_] = await mailbox.waiting(BEN, at_most=1)
        assert await names(mailbox, BEN, first.sequence) == ["2", "3"]
        assert first.message.body == "Ym9keQ"
        assert (first.message.key, first.message.timestamp) == ("1key", NOW)


async def test_a_body_goes_with_its_last_envelope(tmp_path: Path) -> None:
    async with open_mailbox(tmp_path) as mailbox:
        await publish(mailbox, ADA, BEN)
        await mailbox.post(letter("1", ADA, BEN))
        await mailbox.receive(BEN, ["1", "unknown"], NOW)
        await mailbox.receive(BEN, ["1"], NOW)
        assert await names(mailbox, BEN) == []
        assert await names(mailbox, ADA) == ["1"]
        assert rows(tmp_path, "messages") == 1
        await mailbox.receive(ADA, ["1"], NOW)
        assert rows(tmp_path, "messages") == 0


async def test_numbers_go_on_after_everything_was_delivered(tmp_path: Path) -> None:
    async with open_mailbox(tmp_path) as mailbox:
        await publish(mailbox, ADA)
        await mailbox.post(letter("1", ADA))
        [first] = await mailbox.waiting(ADA, at_most=1)
        await mailbox.receive(ADA, ["1"], NOW)
    async with open_mailbox(tmp_path) as mailbox:
        await mailbox.post(letter("2", ADA))
        assert await names(mailbox, ADA, first.sequence) == ["2"]


async def test_a_letter_is_kept_for_all_its_devices_or_for_none(tmp_path: Path) -> None:
    async with open_mailbox(tmp_path) as mailbox:
        await publish(mailbox, ADA)
        assert await mailbox.post(letter("1", ADA, BEN, request="r")) == UnknownDevice(BEN)
        assert await names(mailbox, ADA) == []
        assert await mailbox.find_letter("ada", "r") is None


async def test_a_request_is_remembered_when_its_letter_is_gone(tmp_path: Path) -> None:
    async with open_mailbox(tmp_path) as mailbox:
        await publish(mailbox, ADA)
        await mailbox.post(letter("1", ADA, request="r"))
        await mailbox.receive(ADA, ["1"], NOW)
    async with open_mailbox(tmp_path) as mailbox:
        found = await mailbox.find_letter("ada", "r")
        assert found is not None
        assert (found.digest, found.message_id, found.at) == ("digest", "1", NOW)
        assert await mailbox.find_letter("ben", "r") is None


async def test_the_keys_of_a_device_never_change(tmp_path: Path) -> None:
    async with open_mailbox(tmp_path) as mailbox:
        first = await mailbox.publish(device(ADA), one_time_keys(2), None, NOW)
        assert first == Published(is_new=True, one_time_keys_left=2)
        other = await mailbox.publish(device(ADA, "x"), one_time_keys(9), None, NOW)
        assert other is Unpublished.OTHER_KEYS
        again = await mailbox.publish(device(ADA), (), None, NOW)
        assert again == Published(is_new=False, one_time_keys_left=2)
        assert await mailbox.devices(["ada", "ben"]) == [device(ADA)]


async def test_a_one_time_key_is_given_once_also_if_it_is_published_again(tmp_path: Path) -> None:
    async with open_mailbox(tmp_path) as mailbox:
        await mailbox.publish(device(ADA), one_time_keys(2), None, NOW)
        claimed = [await mailbox.claim([ADA]) for _ in range(3)]
        given = [key.one_time_key.key_id for keys in claimed for key in keys]
        assert given == ["000", "001"]
        again = await mailbox.publish(device(ADA), one_time_keys(3), None, NOW)
        assert again == Published(is_new=False, one_time_keys_left=1)
        [last] = await mailbox.claim([ADA])
        assert last.one_time_key.key_id == "002"


async def test_only_so_many_one_time_keys_are_kept(tmp_path: Path) -> None:
    async with open_mailbox(tmp_path) as mailbox:
        many = one_time_keys(ONE_TIME_KEYS_KEPT + 20)
        published = await mailbox.publish(device(ADA), many, None, NOW)
        assert published == Published(is_new=True, one_time_keys_left=ONE_TIME_KEYS_KEPT)


async def test_devices_unseen_for_sixty_days_make_room_with_their_mail(tmp_path: Path) -> None:
    later = NOW + timedelta(days=61)
    full = [Address("ben", f"dev_{number}") for number in range(DEVICES_PER_USER)]
    new = Address("ben", "dev_new")
    async with open_mailbox(tmp_path) as mailbox:
        await publish(mailbox, ADA, *full)
        await mailbox.post(letter("1", *full))
        soon = NOW + timedelta(days=59)
        refused = await mailbox.publish(device(new), (), None, soon)
        assert refused is Unpublished.TOO_MANY
        await mailbox.receive(full[0], [], soon)  # it was here
        await publish(mailbox, full[1], now=later)  # known, so nothing is forgotten
        assert len(await mailbox.devices(["ben"])) == DEVICES_PER_USER
        await publish(mailbox, new, now=later)
        kept = [address(one) for one in await mailbox.devices(["ben"])]
        assert kept == [full[0], full[1], new]
        assert await names(mailbox, full[0]) == ["1"]
        assert rows(tmp_path, "envelopes") == 2


async def test_a_removed_device_leaves_nothing_behind(tmp_path: Path) -> None:
    async with open_mailbox(tmp_path) as mailbox:
        await publish(mailbox, ADA)
        await mailbox.publish(device(BEN), one_time_keys(2), one_time_keys(1)[0], NOW)
        await mailbox.post(letter("1", BEN))
        assert await mailbox.remove(BEN)
        assert not await mailbox.remove(BEN)
        for table in ("envelopes", "messages", "one_time_keys"):
            assert rows(tmp_path, table) == 0
        assert rows(tmp_path, "devices") == 1


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
async def test_only_its_owner_may_read_the_mailbox(tmp_path: Path) -> None:
    async with open_mailbox(tmp_path) as mailbox:
        await publish(mailbox, ADA)
        for file in tmp_path.iterdir():
            assert file.stat().st_mode & 0o777 == 0o600


async def test_what_was_delivered_is_in_no_byte_of_the_folder(tmp_path: Path) -> None:
    secret = "Q0lQSEVSVEVYVA" * 10
    async with open_mailbox(tmp_path) as mailbox:
        await publish(mailbox, ADA, BEN)
        for number in range(50):
            await mailbox.post(letter(str(number), BEN, body=secret))
        assert secret.encode() in _bytes(tmp_path)
        await mailbox.receive(BEN, [str(number) for number in range(50)], NOW)
        assert secret.encode() not in _bytes(tmp_path)
    assert secret.encode() not in _bytes(tmp_path)


async def test_a_journal_is_not_taken_for_a_mailbox(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / MAILBOX.file)) as database:
        database.execute("PRAGMA application_id = 1")
        database.execute("PRAGMA user_version = 1")
    with pytest.raises(JournalError, match="another program's database"):
        await Mailbox.open(tmp_path)


FILLING = """
import asyncio, resource, sys
from pathlib import Path
from boardroom_tui.record.mailbox import Mailbox
from boardroom_tui.record.problems import JournalError
from tests.record.test_mailbox import ADA, letter, names, publish

async def main():
    mailbox = await Mailbox.open(Path(sys.argv[1]))
    await publish(mailbox, ADA)
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, most))
    posts = [mailbox.post(letter(str(n), ADA, body="A" * 30_000)) for n in range(10)]
    outcomes = await asyncio.gather(*posts, return_exceptions=True)
    print({type(outcome) is JournalError for outcome in outcomes}, outcomes[0])
    print(await names(mailbox, ADA))
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    print(await mailbox.post(letter("after", ADA)))
    await mailbox.close()

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits are POSIX's")
async def test_a_full_disk_refuses_and_when_it_has_room_again_mail_goes_on(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FILLING, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=ROOT,
        check=True,
    )
    refused, unchanged, accepted = done.stdout.splitlines()
    assert refused.startswith(f"{{True}} cannot use {tmp_path / MAILBOX.file}: ")
    assert (unchanged, accepted) == ("[]", "None")
    async with open_mailbox(tmp_path) as mailbox:
        assert await names(mailbox, ADA) == ["after"]


POSTING = """
import asyncio, sys
from pathlib import Path
from boardroom_tui.record.mailbox import Mailbox
from tests.record.test_mailbox import ADA, letter, publish

async def one(mailbox, writer):
    for number in range(1, 100_000):
        assert await mailbox.post(letter(f"{writer}x{number}", ADA)) is None
        print(f"{writer}x{number}", flush=True)

async def main():
    mailbox = await Mailbox.open(Path(sys.argv[1]))
    await publish(mailbox, ADA)
    await asyncio.gather(*(one(mailbox, writer) for writer in range(5)))

asyncio.run(main())
"""


async def test_what_was_accepted_survives_a_killed_process(tmp_path: Path) -> None:
    accepted: set[str] = set()
    with subprocess.Popen(
        [sys.executable, "-c", POSTING, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        for place, line in enumerate(process.stdout):
            if place == 200:
                process.kill()
            if line.endswith("\n"):
                accepted.add(line.strip())
    assert len(accepted) > 100
    async with open_mailbox(tmp_path) as mailbox:
        waiting = await mailbox.waiting(ADA, at_most=100_000)
    assert accepted <= {one.message.message_id for one in waiting}


def _bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())
