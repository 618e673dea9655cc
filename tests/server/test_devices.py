"""Devices: only their user publishes them, only those who share a meeting see them."""

from pathlib import Path

from boardroom_tui.protocol.limits import DEVICES_PER_USER
from boardroom_tui.server.devices import CLAIMS
from tests.server.correspondents import Correspondent, Device, correspondent
from tests.server.members import MEETING, error, join
from tests.server.running import UNLIMITED, charter, member, running_server


async def test_a_published_device_is_seen_by_those_who_share_a_meeting(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        correspondent(server, "user_ada") as ada,
        correspondent(server, "user_ben", published=False) as ben,
    ):
        published = await ben.publish(7)
        assert published["data"] == {"deviceId": ben.device.id, "oneTimeKeysLeft": 7}
        assert await ada.query("user_ben", "user_ada") == [ben.device.keys(), ada.device.keys()]
        asked = {"meetingId": "123", "userIds": ["ben", "user_ben"]}
        listed = (await ada.ask("device.query", asked))["data"]
        assert listed["userIds"] == ["ben", "user_ben"]
        assert listed["devices"] == [ben.device.keys()]


async def test_strangers_and_members_without_a_device_look_the_same(tmp_path: Path) -> None:
    both = (charter(), charter("meeting_9", members=(member("user_zoe"),), decisions=()))
    async with (
        running_server(both, tmp_path) as server,
        correspondent(server, "user_ada") as ada,
        correspondent(server, "user_zoe") as zoe,
    ):
        assert await ada.query("user_zoe", "user_nobody", "user_cleo") == []
        assert await ada.claim(zoe.device, Device("user_nobody"), Device("user_cleo")) == []
        asked = {"meetingId": MEETING, "userIds": ["user_ada"]}
        assert error(await zoe.ask("device.query", asked)) == ("PERMISSION_DENIED", None)
        claimed = {"meetingId": MEETING, "devices": [ada.device.reference]}
        assert error(await zoe.ask("device.claim", claimed)) == ("PERMISSION_DENIED", None)
        unknown = await zoe.ask("device.query", {**asked, "meetingId": "meeting_77"})
        assert error(unknown) == ("RESOURCE_NOT_FOUND", None)


async def test_nobody_publishes_for_somebody_else(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        correspondent(server, "user_ada") as ada,
        correspondent(server, "user_ben", device=Device("user_ada"), published=False) as ben,
    ):
        assert error(await ben.publish()) == ("PERMISSION_DENIED", None)
        assert await ada.query("user_ada") == [ada.device.keys()]


async def test_what_is_not_signed_by_the_device_is_refused(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        correspondent(server, "user_ada") as ada,
        correspondent(server, "user_ben", published=False) as ben,
    ):
        good = ben.device.publication(2, fallback=True)
        other = Device("user_ben", "dev_other").publication(1, fallback=True)
        no_point = {**good["device"], "signingKey": "A" * 43}
        forged = {**good["device"], "sealingKey": other["device"]["sealingKey"]}
        moved = {**good["device"], "deviceId": "dev_elsewhere"}
        for bad in (
            {"device": forged},
            {"device": moved},
            {"device": no_point},
            {"oneTimeKeys": [*good["oneTimeKeys"], *other["oneTimeKeys"]]},
            {"fallbackKey": other["fallbackKey"]},
        ):
            refused = await ben.ask("device.publish", {**good, **bad})
            assert error(refused) == ("INVALID_MESSAGE", "signature")
        assert await ada.query("user_ben") == []
        assert (await ben.ask("device.publish", good))["type"] == "device.published"


async def test_the_keys_of_a_device_never_change(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        correspondent(server, "user_ada") as ada,
    ):
        keys = ada.device.keys()
        changed = Device("user_ada", ada.device.id).publication(3)
        refused = await ada.ask("device.publish", changed)
        assert error(refused) == ("INVALID_MESSAGE", "other_keys")
        assert "use a new deviceId" in refused["data"]["message"]
        assert await ada.query("user_ada") == [keys]


async def test_a_user_has_so_many_devices_and_may_remove_one(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        correspondent(server, "user_ada") as ada,
    ):
        for number in range(1, DEVICES_PER_USER):
            more = Device("user_ada", f"dev_{number}").publication()
            assert (await ada.ask("device.publish", more))["type"] == "device.published"
        one_more = Device("user_ada", "dev_more").publication()
        refused = await ada.ask("device.publish", one_more)
        assert error(refused) == ("INVALID_MESSAGE", "too_many_devices")
        assert (await ada.publish())["type"] == "device.published"
        await ada.ask("device.remove", {"deviceId": "dev_1"})
        assert (await ada.ask("device.publish", one_more))["type"] == "device.published"
        assert len(await ada.query("user_ada")) == DEVICES_PER_USER


async def test_those_who_share_a_meeting_hear_of_a_new_device_and_of_a_removed_one(
    tmp_path: Path,
) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        correspondent(server, "user_ada") as ada,
        correspondent(server, "user_ben") as ben,
        correspondent(server, "user_cleo") as cleo,
    ):
        await join(ada.client)
        second = Correspondent(ben.client, Device("user_ben", "dev_second"))
        await ada.heard_by_now()
        await second.publish()
        assert await ada.next("device.changed") == {"userId": "user_ben"}
        await second.publish()
        removed = await ben.ask("device.remove", {"deviceId": "dev_second"}, "remove")
        assert (removed["type"], removed["data"]) == ("device.changed", {"userId": "user_ben"})
        changes = [heard["type"] for heard in await ada.heard_by_now()]
        assert changes == ["device.changed"]  # none for publishing it again
        # Who is not subscribed hears of their own devices alone.
        heard = [message["data"] for message in await cleo.heard_by_now()]
        assert heard == [{"userId": "user_cleo"}]
        again = await ben.ask("device.remove", {"deviceId": "dev_second"}, "remove")
        assert again["data"] == removed["data"]
        assert await ada.heard_by_now() == []
        assert await ada.query("user_ben") == [ben.device.keys()]


async def test_the_users_other_connections_hear_of_a_new_device(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        correspondent(server, "user_ada") as ada,
        correspondent(server, "user_ada", device=Device("user_ada", "dev_2")),
    ):
        assert await ada.next("device.changed") == {"userId": "user_ada"}


async def test_nobody_removes_another_users_device(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        correspondent(server, "user_ada") as ada,
        correspondent(server, "user_ben") as ben,
    ):
        for name in (ada.device.id, "dev_unknown"):
            refused = await ben.ask("device.remove", {"deviceId": name})
            assert error(refused) == ("RESOURCE_NOT_FOUND", None)
        assert await ben.query("user_ada") == [ada.device.keys()]


async def test_a_one_time_key_is_given_once_and_then_the_fallback_key(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        correspondent(server, "user_ada", published=False) as ada,
        correspondent(server, "user_ben") as ben,
        correspondent(server, "user_cleo") as cleo,
    ):
        publication = ada.device.publication(3, fallback=True)
        await ada.ask("device.publish", publication)
        asking = [ben, cleo] * 2
        claimed = [(await one.claim(ada.device, ada.device))[0] for one in asking]
        assert all(key["deviceId"] == ada.device.id for key in claimed)
        keys = [key["oneTimeKey"] for key in claimed]
        by_id = {key["keyId"]: key for key in publication["oneTimeKeys"]}
        assert {key["keyId"] for key in keys[:3]} == by_id.keys()
        assert all(by_id[key["keyId"]] == key for key in keys[:3])
        assert keys[3] == publication["fallbackKey"]
        # Published again, as after an answer that was lost: what was given is not given again.
        again = await ada.ask("device.publish", publication)
        assert again["data"]["oneTimeKeysLeft"] == 0


async def test_a_claim_that_is_asked_again_takes_no_second_key(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        correspondent(server, "user_ada", published=False) as ada,
        correspondent(server, "user_ben") as ben,
    ):
        await ada.publish(2)
        asked = {"meetingId": MEETING, "devices": [ada.device.reference]}
        first = await ben.ask("device.claim", asked, "claim")
        again = await ben.ask("device.claim", asked, "claim")
        assert again["data"] == first["data"]
        assert (await ada.publish())["data"]["oneTimeKeysLeft"] == 1


async def test_a_device_without_any_key_left_has_none_to_give(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        correspondent(server, "user_ada", published=False) as ada,
        correspondent(server, "user_ben") as ben,
    ):
        await ada.publish(1)
        assert len(await ben.claim(ada.device)) == 1
        assert await ben.claim(ada.device) == []


async def test_one_user_cannot_use_up_the_keys_that_others_need(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path, limits=UNLIMITED) as server,
        correspondent(server, "user_ada", published=False) as ada,
        correspondent(server, "user_ben") as ben,
        correspondent(server, "user_ben", device=Device("user_ben", "dev_2")) as second,
        correspondent(server, "user_cleo") as cleo,
    ):
        publication = ada.device.publication(CLAIMS.count + 5, fallback=True)
        await ada.ask("device.publish", publication)
        for _ in range(CLAIMS.count):
            await ben.claim(ada.device)
        [key] = await second.claim(ada.device)
        assert key["oneTimeKey"] == publication["fallbackKey"]
        [key] = await cleo.claim(ada.device)
        assert key["oneTimeKey"] in publication["oneTimeKeys"]


async def test_devices_and_their_keys_outlive_the_server(tmp_path: Path) -> None:
    device = Device("user_ada")
    async with (
        running_server(charter(), tmp_path) as server,
        correspondent(server, "user_ada", device=device, published=False) as ada,
    ):
        await ada.publish(4)
    async with (
        running_server(charter(), tmp_path) as server,
        correspondent(server, "user_ben") as ben,
    ):
        assert await ben.query("user_ada") == [device.keys()]
        assert len(await ben.claim(device)) == 1
