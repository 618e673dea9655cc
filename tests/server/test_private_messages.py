"""Private messages: whole, in one order, once, and unread by the server."""

from pathlib import Path

import pytest

from boardroom_tui.protocol.fields import Role
from boardroom_tui.record import letters
from boardroom_tui.record.mailbox import Mailbox
from boardroom_tui.record.problems import JournalError
from boardroom_tui.server import deliveries
from tests.peers.reference_client import Data
from tests.server.correspondents import (
    Correspondent,
    Device,
    ciphertext,
    correspondent,
    encoded,
)
from tests.server.members import MEETING, error, join, say
from tests.server.running import UNLIMITED, charter, member, running_server


def stored(folder: Path) -> bytes:
    """Every byte in the folder."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert any(file.name == "mailbox.sqlite" for file in files)
    return b"".join(file.read_bytes() for file in files)


async def received(one: Correspondent, count: int) -> list[Data]:
    """The next so many private messages."""
    return [await one.next("private.message") for _ in range(count)]


async def test_a_message_reaches_each_device_with_its_own_key(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        correspondent(server, "user_ada") as ada,
        correspondent(server, "user_ben") as ben,
        correspondent(server, "user_otto") as otto,
    ):
        letter = ada.letter(ben.device, otto.device, meetingId="123")
        accepted = await ada.ask("private.send", letter)
        assert accepted["type"] == "private.accepted"
        for one, envelope in zip((ben, otto), letter["envelopes"], strict=True):
            message = await one.next("private.message")
            assert message == {
                "meetingId": MEETING,
                "messageId": accepted["data"]["messageId"],
                "userId": "user_ada",
                "deviceId": ada.device.id,
                "toDeviceId": one.device.id,
                "kind": envelope["kind"],
                "key": envelope["key"],
                "body": letter["body"],
                "timestamp": accepted["data"]["timestamp"],
            }
        assert await ada.mail_by_now() == []


async def test_an_observer_may_write_and_a_stranger_may_not(tmp_path: Path) -> None:
    both = (charter(), charter("meeting_9", members=(member("user_zoe"),), decisions=()))
    async with (
        running_server(both, tmp_path) as server,
        correspondent(server, "user_ada") as ada,
        correspondent(server, "user_otto") as otto,
        correspondent(server, "user_zoe") as zoe,
    ):
        accepted = await otto.write(ada.device)
        message = await ada.next("private.message")
        assert message["messageId"] == accepted["data"]["messageId"]
        assert error(await zoe.write(ada.device)) == ("PERMISSION_DENIED", None)
        nowhere = await ada.write(otto.device, meetingId="meeting_77")
        assert error(nowhere) == ("RESOURCE_NOT_FOUND", None)
        assert await ada.mail_by_now() == []


async def test_a_message_to_a_device_that_is_none_of_a_members_goes_to_nobody(
    tmp_path: Path,
) -> None:
    both = (charter(), charter("meeting_9", members=(member("user_zoe"),), decisions=()))
    async with (
        running_server(both, tmp_path) as server,
        correspondent(server, "user_ada") as ada,
        correspondent(server, "user_ben") as ben,
        correspondent(server, "user_zoe") as zoe,
    ):
        for wrong in (zoe.device, Device("user_ben", "dev_gone"), Device("user_nobody")):
            refused = await ada.write(ben.device, wrong)
            assert error(refused) == ("RESOURCE_NOT_FOUND", "devices")
        assert await ben.mail_by_now() == []


async def test_a_device_is_addressed_once(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        correspondent(server, "user_ada") as ada,
        correspondent(server, "user_ben") as ben,
    ):
        twin = Device("ben", ben.device.id)  # the same user, written otherwise
        assert error(await ada.write(ben.device, twin)) == ("INVALID_MESSAGE", None)
        assert error(await ada.ask("private.send", ada.letter())) == ("INVALID_MESSAGE", None)
        assert await ben.mail_by_now() == []


async def test_one_writes_with_a_device_of_ones_own(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        correspondent(server, "user_ada") as ada,
        correspondent(server, "user_ben") as ben,
    ):
        refused = await ada.write(ben.device, deviceId=ben.device.id)
        assert error(refused) == ("RESOURCE_NOT_FOUND", "own_device")
        assert await ben.mail_by_now() == []


async def test_a_body_over_the_limit_is_refused(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        correspondent(server, "user_ada") as ada,
        correspondent(server, "user_ben") as ben,
    ):
        accepted = await ada.write(ben.device, body=ciphertext(32_768))
        assert accepted["type"] == "private.accepted"
        refused = await ada.write(ben.device, body=ciphertext(32_769))
        assert error(refused) == ("INVALID_MESSAGE", None)
        assert len((await ben.next("private.message"))["body"]) == 32_768
        assert await ben.mail_by_now() == []


async def test_what_waits_comes_in_order_until_it_is_acknowledged(tmp_path: Path) -> None:
    ben = Device("user_ben")
    async with (
        running_server(charter(), tmp_path) as server,
        correspondent(server, "user_ada") as ada,
        correspondent(server, "user_cleo") as cleo,
    ):
        async with correspondent(server, "user_ben", device=ben):
            pass
        sent = [(await one.write(ben))["data"]["messageId"] for one in (ada, cleo, ada, cleo)]
        async with correspondent(server, "user_ben", device=ben) as back:
            assert [m["messageId"] for m in await received(back, 4)] == sent
            await back.acknowledge(sent[0], sent[2], "private_unknown")
            await back.heard_by_now()
    async with (
        running_server(charter(), tmp_path) as server,
        correspondent(server, "user_ben", device=ben) as back,
    ):
        assert [m["messageId"] for m in await received(back, 2)] == [sent[1], sent[3]]
        await back.acknowledge(sent[1], sent[3])
        assert await back.mail_by_now() == []
        await back.publish()
        assert await back.mail_by_now() == []


async def test_all_devices_are_told_in_one_order(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path, limits=UNLIMITED) as server,
        correspondent(server, "user_ada") as ada,
        correspondent(server, "user_ben") as ben,
        correspondent(server, "user_cleo") as cleo,
        correspondent(server, "user_otto") as otto,
    ):
        for _ in range(20):
            for one in (ada, ben):
                await one.client.send("private.send", one.letter(cleo.device, otto.device))
        first, second = [[m["messageId"] for m in await received(one, 40)] for one in (cleo, otto)]
        assert first == second


async def test_only_so_many_are_on_their_way_to_a_device(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "MOST_UNACKNOWLEDGED", 3)
    async with (
        running_server(charter(), tmp_path, limits=UNLIMITED) as server,
        correspondent(server, "user_ada") as ada,
        correspondent(server, "user_ben") as ben,
    ):
        sent = [(await ada.write(ben.device))["data"]["messageId"] for _ in range(8)]
        assert [m["messageId"] for m in await received(ben, 3)] == sent[:3]
        assert await ben.mail_by_now() == []
        await ben.acknowledge(sent[1])
        assert (await ben.next("private.message"))["messageId"] == sent[3]
        await ben.acknowledge(sent[0], sent[2], sent[3])
        assert [m["messageId"] for m in await received(ben, 3)] == sent[4:7]
        await ben.acknowledge(*sent[4:7])
        assert (await ben.next("private.message"))["messageId"] == sent[7]


async def test_long_messages_are_sent_fewer_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "MOST_UNACKNOWLEDGED_CHARACTERS", 2_000)
    async with (
        running_server(charter(), tmp_path, limits=UNLIMITED) as server,
        correspondent(server, "user_ada") as ada,
        correspondent(server, "user_ben") as ben,
    ):
        sent = [
            (await ada.write(ben.device, body=ciphertext(1_500)))["data"]["messageId"]
            for _ in range(3)
        ]
        assert [m["messageId"] for m in await received(ben, 2)] == sent[:2]
        assert await ben.mail_by_now() == []
        await ben.acknowledge(*sent[:2])
        assert (await ben.next("private.message"))["messageId"] == sent[2]


async def test_new_keys_on_the_same_connection_bring_nothing_twice(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        correspondent(server, "user_ada") as ada,
        correspondent(server, "user_ben") as ben,
    ):
        await ada.write(ben.device)
        await ben.next("private.message")
        await ben.publish(5)
        assert await ben.mail_by_now() == []


async def test_mail_goes_to_the_newest_connection_of_a_device(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        correspondent(server, "user_ada") as ada,
        correspondent(server, "user_ben") as old,
        correspondent(server, "user_ben", device=old.device) as new,
    ):
        await ada.write(old.device)
        await new.next("private.message")
        assert await old.mail_by_now() == []


async def test_the_same_message_twice_is_one(tmp_path: Path) -> None:
    ben = Device("user_ben")
    ada = Device("user_ada")
    async with (
        running_server(charter(), tmp_path) as server,
        correspondent(server, "user_ada", device=ada) as writer,
        correspondent(server, "user_ben", device=ben) as reader,
    ):
        letter = writer.letter(ben)
        first = await writer.ask("private.send", letter, "once")
        second = await writer.ask("private.send", letter, "once")
        assert second["data"] == first["data"]
        other = await writer.ask("private.send", writer.letter(ben), "once")
        assert error(other) == ("INVALID_MESSAGE", None)
        [message] = await received(reader, 1)
        assert message["messageId"] == first["data"]["messageId"]
        await reader.acknowledge(message["messageId"])
        assert await reader.mail_by_now() == []
        await reader.ask("device.remove", {"deviceId": ben.id})
    without_ben = charter(members=(member("user_ada", Role.FACILITATOR), member("user_cleo")))
    async with (
        running_server(without_ben, tmp_path) as server,
        correspondent(server, "user_ada", device=ada) as writer,
    ):
        third = await writer.ask("private.send", letter, "once")
        assert third["data"] == first["data"]
        other = await writer.ask("private.send", writer.letter(ben), "once")
        assert error(other) == ("INVALID_MESSAGE", None)


async def test_a_device_that_takes_nothing_holds_up_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "MOST_UNACKNOWLEDGED", 2)
    async with (
        running_server(charter(), tmp_path, limits=UNLIMITED) as server,
        correspondent(server, "user_ada") as ada,
        correspondent(server, "user_ben") as ben,
        correspondent(server, "user_cleo") as cleo,
    ):
        sent = [(await ada.write(ben.device, cleo.device))["data"]["messageId"] for _ in range(10)]
        for message_id in sent:
            assert (await cleo.next("private.message"))["messageId"] == message_id
            await cleo.acknowledge(message_id)
        assert [m["messageId"] for m in await ben.mail_by_now()] == sent[:2]


async def test_an_id_of_a_private_message_is_none_for_a_chat_message(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        correspondent(server, "user_ada") as ada,
    ):
        await ada.write(ada.device, message_id="private")
        said = {"meetingId": MEETING, "message": "For all to hear"}
        refused = await ada.ask("meeting.chat.message", said, "private")
        assert error(refused) == ("INVALID_MESSAGE", None)


async def test_an_id_of_a_chat_message_is_none_for_a_private_one(tmp_path: Path) -> None:
    ada = Device("user_ada")
    async with (
        running_server(charter(), tmp_path) as server,
        correspondent(server, "user_ada", device=ada) as writer,
    ):
        await join(writer.client)
        await say(writer.client, "For all to hear", "chat")
        assert error(await writer.write(ada, message_id="chat")) == ("INVALID_MESSAGE", None)
    async with (
        running_server(charter(), tmp_path) as server,
        correspondent(server, "user_ada", device=ada) as writer,
    ):
        assert error(await writer.write(ada, message_id="chat")) == ("INVALID_MESSAGE", None)


async def test_what_is_too_much_for_a_mailbox_is_refused_for_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letters, "MOST_WAITING", 2)
    async with (
        running_server(charter(), tmp_path) as server,
        correspondent(server, "user_ada") as ada,
        correspondent(server, "user_ben") as ben,
        correspondent(server, "user_cleo") as cleo,
    ):
        for _ in range(2):
            await ada.write(ben.device)
        refused = await ada.write(cleo.device, ben.device)
        assert error(refused) == ("INVALID_MESSAGE", "mailbox_full")
        assert "user_ben" in refused["data"]["message"]
        assert await cleo.mail_by_now() == []
        first, _ = await received(ben, 2)
        await ben.acknowledge(first["messageId"])
        await ben.heard_by_now()
        assert (await ada.write(cleo.device, ben.device))["type"] == "private.accepted"


async def test_what_the_disk_refuses_is_told_and_did_not_happen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(_: Mailbox, __: letters.Letter) -> None:
        raise JournalError("no space left on device")

    async with (
        running_server(charter(), tmp_path) as server,
        correspondent(server, "user_ada") as ada,
        correspondent(server, "user_ben") as ben,
    ):
        letter = ada.letter(ben.device)
        with monkeypatch.context() as broken:
            broken.setattr(Mailbox, "post", full)
            refused = await ada.ask("private.send", letter, "1")
            assert error(refused) == ("SERVER_ERROR", None)
            assert refused["data"]["retryable"] is True
        assert await ben.mail_by_now() == []
        accepted = await ada.ask("private.send", letter, "1")
        assert accepted["type"] == "private.accepted"
        assert (await ben.next("private.message"))["body"] == letter["body"]


async def test_nobody_acknowledges_for_another_users_device(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        correspondent(server, "user_ada") as ada,
        correspondent(server, "user_ben") as ben,
    ):
        sent = (await ada.write(ben.device))["data"]["messageId"]
        await ben.next("private.message")
        receipt = {"deviceId": ben.device.id, "messageIds": [sent]}
        await ada.client.send("private.received", receipt)
        await ada.heard_by_now()
        async with correspondent(server, "user_ben", device=ben.device) as back:
            assert (await back.next("private.message"))["messageId"] == sent


async def test_a_removed_device_hears_no_more(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        correspondent(server, "user_ada") as ada,
        correspondent(server, "user_ben") as ben,
    ):
        await ada.write(ben.device)
        await ben.next("private.message")
        await ben.ask("device.remove", {"deviceId": ben.device.id})
        assert error(await ada.write(ben.device)) == ("RESOURCE_NOT_FOUND", "devices")
        await ben.publish()
        assert await ben.mail_by_now() == []


async def test_what_was_written_in_private_is_nowhere_on_the_server(tmp_path: Path) -> None:
    said = b"The merger is off, and Cleo does not know yet."
    async with (
        running_server(charter(), tmp_path) as server,
        correspondent(server, "user_ada") as ada,
        correspondent(server, "user_ben") as ben,
    ):
        await join(ada.client)
        [keys] = await ada.query("user_ben")
        [claimed] = await ada.claim(ben.device)
        kind, sealed = ada.device.session_with(keys, claimed).encrypt(said).to_parts()
        wrapped = encoded(sealed)
        body = ciphertext(5_000)
        envelope = {**ben.device.reference, "kind": kind, "key": wrapped}
        await ada.ask("private.send", ada.letter(body=body, envelopes=[envelope]))
        message = await ben.next("private.message")
        assert ben.device.open(ada.device.keys(), message) == said
        # In pieces, since a database lays a long text out on several pages.
        pieces = [body[place : place + 50].encode() for place in range(0, len(body), 50)]
        pieces.append(wrapped.encode())
        waiting = stored(tmp_path)
        assert sum(piece in waiting for piece in pieces) > len(pieces) / 2
        assert said not in waiting
        await ben.acknowledge(message["messageId"])
        await ben.heard_by_now()
        delivered = stored(tmp_path)
    for remains in (delivered, stored(tmp_path)):
        assert not any(piece in remains for piece in pieces)
        assert said not in remains
