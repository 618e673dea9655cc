"""Channels, presence, typing, cursors, notifications."""

from pathlib import Path

import pytest

from boardroom_tui.protocol.fields import Method
from tests.server.members import DECISION, MEETING, connected, error, join, present, say, types
from tests.server.running import charter, decision, running_server


async def test_channels_are_granted_and_refused_one_by_one_in_the_client_s_words(
    tmp_path: Path,
) -> None:
    async with (
        running_server((charter(), charter("meeting_9", decisions=())), tmp_path) as server,
        connected(server, "user_ben") as ben,
    ):
        wanted = [
            "meeting:123",
            "meeting:meeting_9",
            "decision:decision_123",
            "user:ben",
            "user:ada",
            "decision:404",
            "meeting:404",
            "kitchen:1",
        ]
        answer = await ben.ask("subscribe", {"channels": wanted}, "1")
        assert answer["data"] == {
            "subscribed": wanted[:4],
            "failed": {
                "user:ada": "Permission denied",
                "decision:404": "Not found",
                "meeting:404": "Not found",
                "kitchen:1": "Not found",
            },
        }


async def test_a_stranger_may_watch_nothing(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        connected(server, "user_mallory") as mallory,
    ):
        channels = ["meeting:123", "decision:123"]
        answer = await mallory.ask("subscribe", {"channels": channels}, "1")
        assert answer["data"] == {
            "subscribed": [],
            "failed": dict.fromkeys(channels, "Permission denied"),
        }


async def test_unsubscribing_stops_the_channel_but_not_one_s_own_answers(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        answer = await ben.ask("unsubscribe", {"channels": ["meeting:123"]}, "1")
        assert answer["data"] == {"subscribed": [], "failed": {}}
        await say(ada, "Not for Ben", "1")
        assert await ben.heard_by_now() == []
        assert (await say(ben, "Mine", "2"))["data"]["message"] == "Mine"


async def test_presence_is_listed_and_then_told(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada") as (ada,),
        connected(server, "user_ben") as ben,
    ):
        listed = await ben.ask("presence.subscribe", {"roomId": "123"}, "1")
        assert listed["type"] == "presence.list"
        assert listed["data"]["roomId"] == MEETING
        assert [(u["userId"], u["status"]) for u in listed["data"]["users"]] == [
            ("user_ada", "online")
        ]
        activity = {"type": "viewing", "target": MEETING}
        own = await ada.ask("presence.update", {"status": "busy", "activity": activity}, "1")
        assert own["type"] == "presence.changed"
        changed = await ben.next("presence.changed")
        assert changed["data"]["userId"] == "user_ada"
        assert changed["data"]["status"] == "busy"
        assert changed["data"]["activity"] == activity
        assert changed["data"]["lastSeen"].endswith("Z")


async def test_the_same_presence_update_again_is_told_to_nobody_else(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        first = await ben.ask("presence.update", {"status": "away"}, "same")
        again = await ben.ask("presence.update", {"status": "away"}, "same")
        assert again["data"] == first["data"]
        assert types(await ada.heard_by_now()) == ["presence.changed"]


async def test_who_never_joined_is_offline_when_the_last_connection_is_gone(
    tmp_path: Path,
) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada") as (ada,),
        connected(server, "user_ben") as ben,
    ):
        await ben.ask("presence.update", {"status": "away"}, "1")
        assert (await ada.next("presence.changed"))["data"]["status"] == "away"
        ben.drop()
        assert (await ada.next("presence.changed"))["data"]["status"] == "offline"


async def test_typing_is_told_and_ends_with_the_connection(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        await ben.ask("collaboration.typing", {"roomId": "123", "isTyping": True}, "1")
        typing = (await ada.next("collaboration.typing.update"))["data"]
        assert typing == {
            "roomId": MEETING,
            "userId": "user_ben",
            "userName": "Ben",
            "isTyping": True,
        }
        ben.drop()
        assert (await ada.next("collaboration.typing.update"))["data"]["isTyping"] is False


async def test_typing_in_an_unknown_room_is_refused(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ben") as (ben,),
    ):
        refused = await ben.ask("collaboration.typing", {"roomId": "404", "isTyping": True}, "1")
        assert error(refused) == ("RESOURCE_NOT_FOUND", None)


async def test_a_cursor_goes_to_those_who_share_a_joined_meeting(tmp_path: Path) -> None:
    cursor = {
        "documentId": "doc_1",
        "position": {"line": 10, "column": 25},
        "selection": {"start": {"line": 10, "column": 20}, "end": {"line": 10, "column": 30}},
    }
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
        connected(server, "user_cleo") as cleo,
    ):
        await cleo.ask("subscribe", {"channels": ["meeting:123"]}, "1")
        await ben.send("collaboration.cursor", cursor)
        update = (await ada.next("collaboration.cursor.update"))["data"]
        assert update["position"] == cursor["position"]
        assert update["selection"] == cursor["selection"]
        assert update["userName"] == "Ben"
        assert await cleo.heard_by_now() == []


async def test_colours_differ_and_stay_after_a_restart(tmp_path: Path) -> None:
    cursor = {"documentId": "doc_1", "position": {"line": 0, "column": 0}}
    seen: list[dict[str, str]] = []
    for _ in range(2):
        async with (
            running_server(charter(), tmp_path) as server,
            present(server, "user_ada", "user_ben", "user_cleo") as clients,
        ):
            colours: dict[str, str] = {}
            for client in clients:
                own = await client.ask("collaboration.cursor", cursor, "1")
                colours[own["data"]["userId"]] = own["data"]["color"]
            assert len(set(colours.values())) == 3
            seen.append(colours)
    assert seen[0] == seen[1]


async def test_members_are_notified_of_a_vote_its_end_and_the_meeting_s_start(
    tmp_path: Path,
) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada") as (ada,),
        connected(server, "user_ben") as ben,
    ):
        await ben.heard_by_now()
        await ben.ask("subscribe", {"channels": []}, "1")
        moved = {"meetingId": "123", "itemId": "item_1", "status": "in_progress"}
        await ada.ask("meeting.agenda.set", moved, "1")
        begun = (await ben.next("notification.send"))["data"]
        assert (begun["title"], begun["category"]) == ("Meeting starting", "meeting")
        opened = {"meetingId": "123", "decisionId": DECISION, "durationSeconds": 2}
        await ada.ask("decision.open", opened, "2")
        vote_open = (await ben.next("notification.send"))["data"]
        assert (vote_open["title"], vote_open["category"]) == ("Vote open", "decision")
        assert "2027 budget" in vote_open["message"]
        closing = (await ben.next("notification.send"))["data"]
        assert closing["title"] == "Vote closes soon"
        assert "1 second left" in closing["message"]


@pytest.mark.parametrize(
    ("method", "words"),
    [
        (Method.VOTE, "Approve the 2027 budget is put to the vote."),
        (Method.ROLL_CALL, "Approve the 2027 budget is put to a roll call."),
        (Method.CONSENT, "Any objection? Approve the 2027 budget"),
        (Method.STRAW, "Straw poll: Approve the 2027 budget"),
    ],
)
async def test_a_notice_says_what_is_asked(tmp_path: Path, method: Method, words: str) -> None:
    asked = decision(status="voting", method=method)
    async with (
        running_server(charter(decisions=(asked,)), tmp_path) as server,
        connected(server, "user_ben") as ben,
    ):
        await join(ben)
        assert (await ben.next("notification.send"))["data"]["message"] == words


async def test_a_late_joiner_is_told_what_still_matters_until_it_is_acknowledged(
    tmp_path: Path,
) -> None:
    async with running_server(charter(decisions=(decision(status="voting"),)), tmp_path) as server:
        async with connected(server, "user_ben") as ben:
            await join(ben)
            notice = (await ben.next("notification.send"))["data"]
            assert notice["title"] == "Vote open"
            await ben.send("notification.acknowledge", {"notificationId": notice["notificationId"]})
            assert await ben.heard_by_now() == []
        async with connected(server, "user_ben") as again:
            await join(again, "again")
            assert "notification.send" not in types(await again.heard_by_now())


async def test_an_unknown_notification_is_refused(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        connected(server, "user_ben") as ben,
    ):
        unknown = {"notificationId": "notif_404"}
        refused = await ben.ask("notification.acknowledge", unknown, "1")
        assert error(refused) == ("RESOURCE_NOT_FOUND", None)
