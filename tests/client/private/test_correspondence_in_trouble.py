"""What goes wrong around private messages costs no letter and stops nobody's program."""

import asyncio
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

import pytest

from boardroom_tui.client.private import correspondence, letters
from boardroom_tui.client.private.history import Entry, History
from boardroom_tui.client.private.letters import UNREADABLE
from boardroom_tui.client.private.vault import Vault
from boardroom_tui.client.problem import Problem
from boardroom_tui.protocol.correspondents import Readiness
from boardroom_tui.protocol.messages.private import PrivateMessage
from boardroom_tui.session.client_output import Heard
from tests.client.private.corresponding import ADA_BEN, KEY, Writer, ready, writing
from tests.client.private.vaults import opened
from tests.server.correspondents import Correspondent, Device, ciphertext
from tests.server.members import MEETING, connected
from tests.server.running import UNLIMITED, charter, running_server


async def test_the_mark_of_a_device_that_nobody_looked_at_outlasts_the_program(
    tmp_path: Path,
) -> None:
    async with running_server(charter(), tmp_path / "server") as server:
        async with (
            writing(server, "user_ada", tmp_path / "ada") as ada,
            writing(server, "user_ben", tmp_path / "ben") as ben,
        ):
            await ready(ada, ben)
            async with writing(server, "user_ben", tmp_path / "ben-laptop") as laptop:
                await laptop.until(lambda one: one.may_write_to("ada", "ben"))
                laptop.correspondence.write(ADA_BEN, "from the new one")
                await ada.until(lambda one: bool(one.letters))
        async with writing(server, "user_ada", tmp_path / "ada") as ada:
            await ada.until(lambda one: one.texts == ["from the new one"])
            assert [(one.earlier, one.accepted) for one in ada.letters] == [(True, False)]


async def test_what_cannot_be_shown_stops_nobodys_program(tmp_path: Path) -> None:
    with opened(tmp_path / "ada", KEY) as vault:
        for number, text in enumerate(("", "x" * 12_000)):
            entry = Entry(
                meeting_id=MEETING,
                members=ADA_BEN,
                message_id=f"kept_{number}",
                user_id="ben",
                text=text,
                timestamp=datetime(2026, 11, 26, tzinfo=UTC),
                own=False,
            )
            assert History(vault).append(entry) is None
    async with (
        running_server(charter(), tmp_path / "server") as server,
        writing(server, "user_ada", tmp_path / "ada") as ada,
        writing(server, "user_ben", tmp_path / "ben") as ben,
    ):
        await ready(ada, ben)
        ben.correspondence.write(ADA_BEN, "\ufe0f")
        await ben.until(lambda one: bool(one.refused))
        assert ben.refused[0].reason == "not sent: write 1 to 4,000 characters that can be seen"
        ben.correspondence.write(ADA_BEN, "se\u202een")
        await ada.until(lambda one: one.texts == ["seen"])
        await ben.until(lambda one: [sent.line.message for sent in one.sent] == ["seen"])


async def test_no_conversation_stops_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = tuple(sorted(("ada", *(f"m{number}" for number in range(50)))))
    async with (
        running_server(charter(), tmp_path / "server") as server,
        writing(server, "user_ada", tmp_path / "ada") as ada,
        writing(server, "user_ben", tmp_path / "ben") as ben,
    ):
        await ready(ada, ben)
        for conversation in (("ada",), many, (), ("ada", "user_ben")):
            ada.correspondence.write(conversation, "x")
        await ada.until(lambda one: len(one.refused) == 4)
        monkeypatch.setattr(letters, "DEVICES_PER_MESSAGE", 0)
        ada.correspondence.write(ADA_BEN, "x")
        await ada.until(lambda one: len(one.refused) == 5)
        assert [one.reason.removeprefix("not sent: ") for one in ada.refused] == [
            "there is no other device that could read it",
            "a private conversation has at most 50 members",
            "write 1 to 4,000 characters that can be seen",
            "write 1 to 4,000 characters that can be seen",
            "the members have more than 0 devices",
        ]


async def test_what_is_written_in_another_meeting_is_kept_for_it_and_shown_there(
    tmp_path: Path,
) -> None:
    boards = (charter(), charter("meeting_9", title="Audit committee", decisions=()))
    async with running_server(boards, tmp_path / "server") as server:
        async with (
            writing(server, "user_ada", tmp_path / "ada", meeting_id="meeting_9") as ada,
            writing(server, "user_cleo", tmp_path / "cleo") as cleo,
            writing(server, "user_ben", tmp_path / "ben") as ben,
        ):
            await ada.until(lambda one: one.may_write_to("ada", "ben"))
            await cleo.until(lambda one: one.may_write_to("cleo", "ben"))
            ada.correspondence.write(ADA_BEN, "for the committee")
            await ada.until(lambda one: bool(one.sent))
            # What comes after on the same way shows that the other was read.
            cleo.correspondence.write(("ben", "cleo"), "for the board")
            await ben.until(lambda one: bool(one.texts))
            assert ben.texts == ["for the board"]
        async with writing(server, "user_ben", tmp_path / "ben", meeting_id="meeting_9") as ben:
            await ben.until(lambda one: bool(one.texts))
            (heard,) = ben.letters
            assert (heard.line.message, heard.line.meeting_id, heard.earlier) == (
                "for the committee",
                "meeting_9",
                True,
            )


class FullVault(Vault):
    """A vault on a disk that is full for a moment, when a test says so."""

    full = False

    def append(self, name: str, record: bytes) -> Problem | None:
        if self.full:
            self.full = False
            return Problem("cannot write: No space left on device")
        return super().append(name, record)


class SlowVault(Vault):
    """A vault on a slow disk."""

    begun: ClassVar[threading.Event] = threading.Event()
    """Something is written."""

    def write(self, name: str, content: bytes) -> Problem | None:
        self.begun.set()
        time.sleep(0.1)
        return super().write(name, content)


_V = TypeVar("_V", bound=Vault)


@dataclass
class DiskKeeping(Generic[_V]):
    """Keys in a folder on such a disk."""

    folder: Path
    kind: type[_V]
    vaults: list[_V] = field(default_factory=list[_V])

    def open(self, user_id: str, passphrase: str | None = None) -> Vault | Problem:
        """The vault, whoever asks."""
        del user_id, passphrase
        vault = self.kind.open(self.folder, lambda: KEY)
        if isinstance(vault, self.kind):
            self.vaults.append(vault)
        return vault


async def test_once_it_is_closed_the_keys_are_written_and_another_program_may_use_them(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "ada"
    async with (
        running_server(charter(), tmp_path / "server") as server,
        writing(server, "user_ada", folder, keeping=DiskKeeping(folder, SlowVault)) as ada,
    ):
        assert await asyncio.to_thread(SlowVault.begun.wait, 10)
        await ada.correspondence.close()
        with opened(folder, KEY):
            assert (folder / "device.sealed").exists()


async def test_a_disk_that_is_full_for_a_moment_loses_no_letter(tmp_path: Path) -> None:
    keeping = DiskKeeping(tmp_path / "ben", FullVault)
    async with (
        running_server(charter(), tmp_path / "server") as server,
        writing(server, "user_ada", tmp_path / "ada") as ada,
    ):
        async with writing(server, "user_ben", tmp_path / "ben", keeping=keeping) as ben:
            await ready(ada, ben)
            ada.correspondence.write(ADA_BEN, "one")
            await ben.until(lambda one: one.texts == ["one"])
            keeping.vaults[0].full = True
            ada.correspondence.write(ADA_BEN, "two")
            await ben.until(lambda one: "No space left" in (one.stands.reason or ""))
            ada.correspondence.write(ADA_BEN, "three")
            await ben.until(lambda one: "three" in one.texts)
        async with writing(server, "user_ben", tmp_path / "ben") as ben:
            await ben.until(lambda one: one.stands.readiness is Readiness.READY)
            assert ben.texts == ["one", "two", "three"]
            ada.correspondence.write(ADA_BEN, "four")
            await ben.until(lambda one: "four" in one.texts)
            assert ben.texts == ["one", "two", "three", "four"]


async def test_a_sent_letter_that_could_not_be_kept_is_told(tmp_path: Path) -> None:
    keeping = DiskKeeping(tmp_path / "ada", FullVault)
    async with (
        running_server(charter(), tmp_path / "server") as server,
        writing(server, "user_ada", tmp_path / "ada", keeping=keeping) as ada,
        writing(server, "user_ben", tmp_path / "ben") as ben,
    ):
        await ready(ada, ben)
        keeping.vaults[0].full = True
        ada.correspondence.write(ADA_BEN, "one")
        await ada.until(lambda one: "No space left" in (one.stands.reason or ""))
        assert [one.line.message for one in ada.sent] == ["one"]


async def test_a_forged_message_costs_nothing_that_is_on_its_way(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path / "server", limits=UNLIMITED) as server,
        writing(server, "user_ben", tmp_path / "ben") as ben,
    ):
        async with writing(server, "user_ada", tmp_path / "ada") as ada:
            await ready(ada, ben)
            ben.correspondence.write(ADA_BEN, "hello")
            await ada.until(lambda one: one.texts == ["hello"])
            ada.correspondence.write(ADA_BEN, "hi")
            await ben.until(lambda one: one.texts == ["hi"])
            (mine,), (hers,) = ben.knows("ben").devices, ben.knows("ada").devices
        async with connected(server, "user_ben") as client:
            forged = {
                "meetingId": MEETING,
                "deviceId": mine.device_id,
                "body": ciphertext(),
                "envelopes": [
                    {
                        "userId": "user_ada",
                        "deviceId": hers.device_id,
                        "kind": 1,
                        "key": ciphertext(60),
                    }
                ],
            }
            thief = Correspondent(client, Device("user_ben"))
            answer = await thief.ask("private.send", forged)
            assert answer["type"] == "private.accepted"
        ben.correspondence.write(ADA_BEN, "important")
        ben.correspondence.write(ADA_BEN, "also important")
        await ben.until(lambda one: len(one.sent) == 3)
        async with writing(server, "user_ada", tmp_path / "ada") as ada:
            await ada.until(lambda one: "also important" in one.texts)
            told = [one.line.message for one in ada.letters if not one.earlier]
            assert told == [UNREADABLE, "important", "also important"]


async def test_what_was_written_just_before_leaving_arrives_and_is_kept(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path / "server") as server,
        writing(server, "user_ben", tmp_path / "ben") as ben,
    ):
        async with writing(server, "user_ada", tmp_path / "ada") as ada:
            await ready(ada, ben)
            ada.correspondence.write(ADA_BEN, "last")
            ada.correspondence.write(ADA_BEN, "words")
        await ben.until(lambda one: one.texts == ["last", "words"])
        async with writing(server, "user_ada", tmp_path / "ada") as ada:
            await ada.until(lambda one: one.texts == ["last", "words"])


def made_up(user_id: str, reader: Writer) -> Heard:
    """A private message that the server says is this user's."""
    data = PrivateMessage.Data(
        meeting_id=MEETING,
        message_id="made_up",
        user_id=user_id,
        device_id="device_made_up",
        to_device_id=reader.knows("ada").devices[0].device_id,
        kind=1,
        key=ciphertext(60),
        body=ciphertext(),
        timestamp=datetime(2026, 11, 26, tzinfo=UTC),
    )
    return Heard(PrivateMessage(data=data))


@pytest.mark.parametrize("user_id", ["user_ghost", "user_"])
async def test_nobody_is_taken_for_a_member_whom_the_server_has_made_up(
    tmp_path: Path, user_id: str
) -> None:
    async with (
        running_server(charter(), tmp_path / "server") as server,
        writing(server, "user_ada", tmp_path / "ada") as ada,
        writing(server, "user_ben", tmp_path / "ben") as ben,
    ):
        await ready(ada, ben)
        ada.link.updates.add(made_up(user_id, ben))
        ben.correspondence.write(ADA_BEN, "real")
        await ada.until(lambda one: bool(one.texts))
        assert ada.texts == ["real"]


async def test_no_more_is_taken_from_the_link_than_may_wait_to_be_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(correspondence, "_MOST_JOBS", 150)
    async with (
        running_server(charter(), tmp_path / "server") as server,
        writing(server, "user_ada", tmp_path / "ada") as ada,
        writing(server, "user_ben", tmp_path / "ben") as ben,
    ):
        await ready(ada, ben)
        jobs, goes_on = ada.correspondence._jobs, asyncio.Event()  # pyright: ignore[reportPrivateUsage]

        async def wait() -> None:
            await goes_on.wait()

        jobs.put_nowait(wait)
        ada.link.updates.extend([made_up("user_ghost", ben)] * 300)
        for _ in range(50):
            await asyncio.sleep(0)
        assert 0 < jobs.qsize() <= 150
        goes_on.set()
        ben.correspondence.write(ADA_BEN, "real")
        await ada.until(lambda one: one.texts == ["real"])
