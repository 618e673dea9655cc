"""The vote pane: which decision it shows, in which form, with bars that move."""

from dataclasses import replace
from datetime import UTC, timedelta

from textual import events
from textual.geometry import Size

from boardroom_tui.protocol.fields import DecisionStatus, Vote
from boardroom_tui.protocol.messages.decision import VoteSummary
from boardroom_tui.state.model import DecisionView, OwnVote
from boardroom_tui.ui.widgets.vote.pane import VoteCard, VotePane
from tests.ui import board
from tests.ui.hosting import Host, text_of
from tests.ui.screen_text import VOTING, at_the_meeting
from tests.ui.vote_scenes import CARRIED, NOW, OPEN, QUESTION, VOTED, voting


class VoteHost(Host):
    """A vote pane as high as the screen."""

    CSS = "VotePane { height: 1fr; }"

    def __init__(self) -> None:
        self.pane = VotePane(zone=UTC, vote_key="F5")
        super().__init__(self.pane)

    @property
    def shown(self) -> str:
        return text_of(self.query_one(VoteCard))


async def test_before_any_vote_it_says_so() -> None:
    app = VoteHost()
    async with app.run_test(size=(40, 20)) as pilot:
        app.pane.show(voting(), NOW)
        await pilot.pause()
        assert app.shown.startswith("No vote yet.")
        assert app.pane.shown_id is None


async def test_a_vote_shows_whole_where_there_is_room() -> None:
    app = VoteHost()
    async with app.run_test(size=(40, 20)) as pilot:
        app.pane.show(voting(OPEN), NOW)
        await pilot.pause()
        assert app.pane.shown_id == "decision_123"
        assert "That the budget as circulated be" in app.shown
        assert "✓ Approve" in app.shown


async def test_room_below_the_card_shows_what_was_decided_before_the_newest_first() -> None:
    app = VoteHost()
    assert CARRIED.outcome is not None
    ended = [
        replace(
            CARRIED,
            decision_id=f"decision_{number}",
            outcome=CARRIED.outcome.model_copy(
                update={"completed_at": NOW - timedelta(minutes=number)}
            ),
        )
        for number in (2, 1, 3)
    ]
    async with app.run_test(size=(40, 20)) as pilot:
        app.pane.show(voting(OPEN, *ended), NOW)
        await pilot.pause()
        before, _, below = app.shown.partition("\nDecided before:\n")
        assert before.endswith("F5 votes.\n")
        assert [line[-14:].strip() for line in below.splitlines()] == [
            "7 : 3  14:11",
            "7 : 3  14:10",
        ]
        await pilot.resize_terminal(40, 17)
        await pilot.pause()
        assert "Decided before:" not in app.shown


async def test_where_there_is_little_room_it_is_a_strip_of_four_lines() -> None:
    app = VoteHost()
    async with app.run_test(size=(78, 4)) as pilot:
        app.pane.show(voting(OPEN), NOW)
        await pilot.pause()
        lines = app.shown.splitlines()
        assert len(lines) == 4
        assert lines[0].startswith("◆ Approve the 2027 budget")
        assert "10 of 15 voted" in lines[1]


async def test_it_has_as_many_lines_as_it_says_after_a_size_that_was_left_at_once() -> None:
    async with at_the_meeting(board.ready(), VOTING, size=(110, 40)) as (app, _, pilot):
        for size in (Size(140, 40), Size(140, 20)):
            app.post_message(events.Resize(size, size))
        for _ in range(4):
            await pilot.pause()
        vote = app.meeting_screen.vote
        assert vote.max_scroll_y == 0
        assert text_of(vote.query_one(VoteCard)).splitlines()[-1]


async def test_the_form_follows_the_size() -> None:
    app = VoteHost()
    async with app.run_test(size=(78, 4)) as pilot:
        app.pane.show(voting(OPEN), NOW)
        await pilot.resize_terminal(78, 20)
        await pilot.pause()
        assert "✓ Approve" in app.shown


async def test_the_tally_moves_and_the_time_counts_down() -> None:
    app = VoteHost()
    async with app.run_test(size=(60, 20)) as pilot:
        app.pane.show(voting(OPEN), NOW)
        await pilot.pause()
        assert "04:32 left" in app.shown
        assert "▒" in app.shown
        more = VoteSummary(approve=12, reject=3, abstain=0, total=15, required=15)
        later = NOW + timedelta(minutes=4, seconds=25)
        app.pane.show(voting(replace(OPEN, tally=more)), later)
        await pilot.pause()
        assert "15 of 15" in app.shown
        assert "▒" not in app.shown
        assert "!! closes in 7 s" in app.shown


async def test_a_verdict_stays_until_the_next_vote_opens() -> None:
    app = VoteHost()
    question = QUESTION.model_copy(
        update={"decision_id": "decision_9", "status": DecisionStatus.PREPARED, "title": "Next"}
    )
    following = replace(OPEN, decision_id="decision_9", question=question)
    async with app.run_test(size=(60, 20)) as pilot:
        app.pane.show(voting(CARRIED, following), NOW)
        await pilot.pause()
        assert "Two-thirds of 10 votes cast needs 7." in app.shown.replace("\n", " ")
        opened = question.model_copy(
            update={"status": DecisionStatus.VOTING, "opened_at": NOW + timedelta(minutes=9)}
        )
        app.pane.show(voting(CARRIED, replace(following, question=opened)), NOW)
        await pilot.pause()
        assert app.pane.shown_id == "decision_9"
        assert "Next" in app.shown


async def test_of_several_open_votes_the_arrows_go_through_all_and_a_new_one_is_shown() -> None:
    app = VoteHost()

    def opened(number: int) -> DecisionView:
        at = NOW + timedelta(seconds=number)
        told = {"decision_id": f"decision_{number}", "opened_at": at, "title": f"Number {number}"}
        return replace(
            OPEN, decision_id=f"decision_{number}", question=QUESTION.model_copy(update=told)
        )

    async with app.run_test(size=(60, 24)) as pilot:
        app.pane.show(voting(opened(1), opened(2)), NOW)
        app.pane.focus()
        await pilot.pause()
        assert "Vote open, 1 of 2" in app.shown
        assert app.pane.shown_id == "decision_2"
        await pilot.press("right")
        assert app.pane.shown_id == "decision_1"
        await pilot.press("right")
        assert app.pane.shown_id == "decision_2"
        await pilot.press("left")
        assert app.pane.shown_id == "decision_1"
        app.pane.show(voting(opened(1), opened(2), opened(3)), NOW)
        assert app.pane.shown_id == "decision_3"


async def test_a_vote_that_is_replaced_says_which() -> None:
    app = VoteHost()
    async with app.run_test(size=(70, 20)) as pilot:
        later = OwnVote("vote_2", Vote.REJECT, NOW)
        app.pane.show(voting(replace(OPEN, own_vote=later, earlier_vote=VOTED)), NOW)
        await pilot.pause()
        assert "Your vote: reject, recorded 14:12, replaces approve." in app.shown
