"""Voting by keys, from a vote that opens while one types to its comment that is not lost."""

from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import Vote
from boardroom_tui.protocol.messages.connection import Refused
from boardroom_tui.protocol.messages.decision import OwnVote, VoteCast
from boardroom_tui.protocol.messages.proxy import ProxyUpdate
from boardroom_tui.ui.screens.confirm_dialog import ConfirmDialog
from boardroom_tui.ui.screens.vote_dialog import VoteDialog
from tests.ui import board
from tests.ui.screen_text import VOTING, at_the_meeting, screen_text, until
from tests.ui.scripted_link import NOON


async def test_a_vote_steals_nothing_and_its_comment_is_not_lost_at_60_by_20() -> None:
    async with at_the_meeting(size=(60, 20)) as (app, link, pilot):
        composer = app.meeting_screen.composer
        await pilot.press(*"Dear ")
        link.hear(VOTING)
        await until(pilot, lambda: "You have not voted: F5 votes." in screen_text(app))
        await pilot.press(*"all")
        assert composer.text == "Dear all"

        # Three keys vote: the choice, and twice Enter; a comment goes between them.
        await pilot.press("f6", "tab", *"dear", "enter")
        await until(pilot, lambda: "With your comment: dear" in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "… Sending your vote: reject" in screen_text(app))
        [sent] = link.sent_of(VoteCast)
        assert isinstance(sent, VoteCast)
        assert sent.data.comment == "dear"

        # Refused: the reason is said, and the comment stands before what was being written.
        refused = Refused.Data(code=ErrorCode.SERVER_ERROR, message="the disk is full")
        link.settle(Refused(data=refused), sent)
        await until(pilot, lambda: "✗ Your vote was not recorded" in screen_text(app))
        assert composer.text == "dear\nDear all"

        # The vote stays in sight while anything else is asked.
        await pilot.press("shift+f9")
        await until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        await until(pilot, lambda: "○ not voted · 04:30 left" in screen_text(app))
        await pilot.press("escape", "f5")
        await until(pilot, lambda: isinstance(app.screen, VoteDialog))


async def test_the_dialog_of_a_vote_by_proxy_tells_how_that_vote_stands() -> None:
    own = OwnVote(vote=Vote.APPROVE, vote_id="vote_7", timestamp=NOON)
    voted = board.state(decisions=(board.BUDGET_OPEN.model_copy(update={"own_vote": own}),))
    given = ProxyUpdate(
        data=ProxyUpdate.Data(meeting_id=board.MEETING, giver="user_3", to="user_1")
    )
    async with at_the_meeting(board.ready(), voted, given, size=(80, 24)) as (app, _, pilot):
        await until(pilot, lambda: "F5 votes for Priya Natarajan." in screen_text(app))
        await pilot.press("f5")
        await until(pilot, lambda: "The vote of Priya Natarajan, by proxy" in screen_text(app))
        await until(pilot, lambda: "○ not voted · 04:30 left" in screen_text(app))
