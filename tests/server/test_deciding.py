"""The facilitator's messages, votes, tallies, deadlines, secret ballots."""

from pathlib import Path

from boardroom_tui.protocol.fields import Role
from tests.server.members import DECISION, MEETING, connected, error, present, types, vote
from tests.server.running import charter, decision, member, running_server


async def test_opening_tells_the_meeting_the_whole_decision_then_the_tally(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        opened = await ada.ask("decision.open", {"meetingId": "123", "decisionId": "123"}, "1")
        assert opened["metadata"]["correlationId"] == "1"
        heard = await ben.heard_by_now()
        assert types(heard) == ["decision.vote.update", "notification.send"]
        assert "decision.opened" in ben.unknown
        tally = {"approve": 0, "reject": 0, "abstain": 0, "total": 0, "required": 3}
        assert heard[0]["data"]["voteSummary"] == tally
        assert heard[0]["data"]["status"] == "voting"


async def test_only_a_facilitator_opens_closes_and_moves_the_agenda(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ben") as (ben,),
    ):
        for number, (kind, data) in enumerate(
            (
                ("decision.open", {"meetingId": MEETING, "decisionId": DECISION}),
                ("decision.close", {"decisionId": DECISION}),
                ("decision.withdraw", {"decisionId": DECISION}),
                (
                    "meeting.agenda.set",
                    {"meetingId": MEETING, "itemId": "item_1", "status": "completed"},
                ),
            )
        ):
            refused = await ben.ask(kind, data, str(number))
            assert error(refused) == ("PERMISSION_DENIED", None)


async def test_the_next_item_completes_the_one_before_and_says_so_first(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        for number, item in enumerate(("item_1", "item_2")):
            data = {"meetingId": "123", "itemId": item, "status": "in_progress"}
            await ada.ask("meeting.agenda.set", data, str(number))
        heard = await ben.heard_by_now()
        updates = [m["data"] for m in heard if m["type"] == "meeting.agenda.update"]
        assert [(u["itemDetails"]["id"], u["itemDetails"]["status"]) for u in updates] == [
            ("item_1", "in_progress"),
            ("item_1", "completed"),
            ("item_2", "in_progress"),
        ]
        assert updates[-1]["currentItem"] == 2
        assert updates[-1]["totalItems"] == 2


async def test_setting_an_item_as_it_is_is_told_like_any_other(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        data = {"meetingId": "123", "itemId": "item_1", "status": "pending"}
        answer = await ada.ask("meeting.agenda.set", data, "1")
        assert answer["data"]["itemDetails"]["status"] == "pending"
        [told] = await ben.heard_by_now()
        assert told["data"] == answer["data"]


async def test_unknown_things_are_not_found(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada") as (ada,),
    ):
        data = {"meetingId": "123", "itemId": "item_404", "status": "pending"}
        refused = await ada.ask("meeting.agenda.set", data, "1")
        assert error(refused) == ("RESOURCE_NOT_FOUND", None)
        refused = await ada.ask("decision.vote.cast", {"decisionId": "404", "vote": "reject"}, "2")
        assert error(refused) == ("RESOURCE_NOT_FOUND", None)


async def test_a_closed_decision_takes_no_votes_and_does_not_open_again(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        await ada.ask("decision.open", {"meetingId": "123", "decisionId": "123"}, "1")
        result = await ada.ask("decision.close", {"decisionId": "123"}, "2")
        assert result["data"]["result"] == "no_quorum"
        assert error(await vote(ben, "approve", "3")) == ("INVALID_MESSAGE", "closed")
        refused = await ada.ask("decision.open", {"meetingId": "123", "decisionId": "123"}, "4")
        assert error(refused)[0] == "INVALID_MESSAGE"


async def test_a_new_decision_reaches_those_who_had_joined_before(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        new = {"meetingId": "123", "title": "Lunch", "text": "That we have lunch."}
        opened = await ada.ask("decision.open", new, "1")
        tally = await ben.next("decision.vote.update")
        assert tally["data"]["decisionId"] == opened["data"]["decisionId"]
        withdrawn = {"decisionId": opened["data"]["decisionId"]}
        await ada.ask("decision.withdraw", withdrawn, "2")
        assert (await ben.next("decision.result"))["data"]["result"] == "withdrawn"


async def test_the_last_vote_gives_tally_and_result_in_the_same_order_to_all(
    tmp_path: Path,
) -> None:
    async with (
        running_server(charter(decisions=(decision(status="voting"),)), tmp_path) as server,
        present(server, "user_ada", "user_ben", "user_cleo") as (ada, ben, cleo),
    ):
        await vote(ada, "approve", "1")
        await vote(ben, "approve", "1")
        await vote(cleo, "reject", "last")
        mine = await cleo.heard_by_now()
        theirs = await ada.heard_by_now()
        assert types(mine)[-2:] == types(theirs)[-2:] == ["decision.vote.update", "decision.result"]
        assert mine[-1]["metadata"]["correlationId"] == "last"
        assert "correlationId" not in theirs[-1]["metadata"]
        assert mine[-1]["id"] == theirs[-1]["id"]


async def test_a_deadline_closes_the_vote_by_itself(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        data = {"meetingId": "123", "decisionId": "123", "durationSeconds": 1}
        await ada.ask("decision.open", data, "1")
        await vote(ben, "approve", "2")
        result = await ben.next("decision.result")
        assert result["data"]["finalVotes"] == {"approve": 1, "reject": 0, "abstain": 0}
        assert "correlationId" not in result["metadata"]


async def test_a_secret_ballot_shows_how_many_but_not_how(tmp_path: Path) -> None:
    board = charter(decisions=(decision(status="voting", secret=True),))
    async with (
        running_server(board, tmp_path) as server,
        present(server, "user_ada", "user_ben", "user_cleo") as (ada, ben, cleo),
    ):
        await vote(ben, "reject", "1", comment="Too dear")
        update = await ada.next("decision.vote.update")
        hidden = {"approve": 0, "reject": 0, "abstain": 0, "total": 1, "required": 3}
        assert update["data"]["voteSummary"] == hidden
        await vote(ada, "approve", "2")
        await vote(cleo, "approve", "3")
        result = await ada.next("decision.result")
        assert result["data"]["finalVotes"] == {"approve": 2, "reject": 1, "abstain": 0}


async def test_a_decision_is_reached_by_its_channel_alone(tmp_path: Path) -> None:
    async with (
        running_server(charter(decisions=(decision(status="voting"),)), tmp_path) as server,
        connected(server, "user_ada") as ada,
        connected(server, "user_ben") as ben,
    ):
        answer = await ada.ask("subscribe", {"channels": ["decision:123"]}, "1")
        assert answer["data"] == {"subscribed": ["decision:123"], "failed": {}}
        await vote(ben, "abstain", "1")
        assert types(await ada.heard_by_now()) == ["decision.vote.update"]


async def test_weights_count_in_the_tally(tmp_path: Path) -> None:
    board = charter(
        members=(member("user_ada", Role.FACILITATOR, weight=3), member("user_ben")),
        decisions=(decision(status="voting"),),
    )
    async with (
        running_server(board, tmp_path) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        await vote(ada, "approve", "1")
        update = await ben.next("decision.vote.update")
        assert update["data"]["voteSummary"]["approve"] == 3
        assert update["data"]["voteSummary"]["required"] == 4
