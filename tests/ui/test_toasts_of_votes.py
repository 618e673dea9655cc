"""A vote that opens, or ends, is told where it is not in sight, and said once where it is."""

import pytest

from boardroom_tui.protocol.fields import DecisionStatus
from boardroom_tui.protocol.messages.notification import Action, NotificationSend
from tests.ui import board
from tests.ui.screen_text import VOTING, at_the_meeting, screen_text, until
from tests.ui.test_app import ended, opened, toasts

OTHER = board.decision("decision_9", "The other one", status=DecisionStatus.VOTING)
TWO_OPEN = board.state(decisions=(board.MINUTES, board.BUDGET_OPEN, OTHER))


def called(title: str) -> NotificationSend:
    """The server's word of the vote on the budget."""
    return NotificationSend(
        data=NotificationSend.Data(
            notification_id=f"notif_{len(title)}",
            priority="high",
            title=title,
            message="The budget for 2027 is put to the vote.",
            category="decision",
            actions=(Action(id="vote", label="Vote", url="/decisions/2"),),
        )
    )


@pytest.mark.parametrize("size", [(120, 40), (60, 20)])
async def test_a_verdict_stands_with_its_vote_and_in_the_conversation_and_in_no_toast(
    size: tuple[int, int],
) -> None:
    async with at_the_meeting(board.ready(), VOTING, size=size) as (app, link, pilot):
        link.hear(ended())
        await until(pilot, lambda: screen_text(app).count("Carried: 7 for, 2") == 2)
        assert toasts(app) == []


@pytest.mark.parametrize(("scene", "keys"), [(VOTING, ("f3",)), (TWO_OPEN, ())])
async def test_a_verdict_that_stands_nowhere_else_in_sight_is_a_toast(
    scene: board.MeetingState, keys: tuple[str, ...]
) -> None:
    async with at_the_meeting(board.ready(), scene, size=(80, 24)) as (app, link, pilot):
        await pilot.press(*keys)
        link.hear(ended())
        await until(pilot, lambda: "✓ The budget for 2027" in "".join(toasts(app)))


@pytest.mark.parametrize(
    ("size", "keys", "told"),
    [
        ((120, 40), (), ["Vote open", "Vote closes soon"]),
        ((60, 20), (), ["Vote closes soon"]),
        ((60, 20), ("f2",), ["Vote open", "Vote closes soon"]),
    ],
)
async def test_a_vote_that_opens_above_the_conversation_has_no_toast_that_covers_it(
    size: tuple[int, int], keys: tuple[str, ...], told: list[str]
) -> None:
    async with at_the_meeting(size=size) as (app, link, pilot):
        await pilot.press(*keys)
        link.hear(opened(), called("Vote open"), called("Vote closes soon"))
        await until(pilot, lambda: [toast.splitlines()[0] for toast in toasts(app)] == told)
        assert "The budget for 2027" in screen_text(app)


@pytest.mark.parametrize("size", [(120, 40), (60, 20)])
async def test_whoever_comes_while_a_vote_is_open_sees_it_and_no_toast_over_the_rest(
    size: tuple[int, int],
) -> None:
    heard = (board.ready(), VOTING, called("Vote open"))
    async with at_the_meeting(*heard, size=size) as (app, link, pilot):
        await until(pilot, lambda: "You have not voted" in screen_text(app))
        assert toasts(app) == []
        # What is said of it later is new.
        link.hear(called("Vote closes soon"))
        await until(pilot, lambda: bool(toasts(app)))
