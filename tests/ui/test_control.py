"""The facilitator's view: what it shows, and that every command works in it."""

from datetime import UTC

import pytest
from textual.content import Content

from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.messages.decision import DecisionClose, DecisionOpen
from boardroom_tui.protocol.messages.electorate import DecisionRemind
from boardroom_tui.protocol.messages.meeting import AgendaSet, DecisionState
from boardroom_tui.protocol.messages.speaker import SpeakerCall
from boardroom_tui.state.model import Meeting
from boardroom_tui.state.reduce import reduce
from boardroom_tui.ui.screens.control import ControlScreen
from boardroom_tui.ui.screens.open_decision_dialog import OpenDecisionDialog
from boardroom_tui.ui.widgets.control_rows import ControlScene, joined, proceedings, schedule
from boardroom_tui.ui.widgets.rows import Row
from tests.ui import board
from tests.ui.leading_scenes import VOTE, busy
from tests.ui.screen_text import at_the_meeting, screen_text, until
from tests.ui.scripted_link import NOON


def shown(row: Row) -> str:
    left, right = Content.assemble(*row.left), Content.assemble(*row.right)
    return f"{left.plain} | {right.plain}".removesuffix(" | ")


def rows(state: object = None) -> list[str]:
    told = busy() if state is None else busy(state)
    meeting = reduce(reduce(Meeting(board.MEETING), board.ready(), NOON), told, NOON)
    scene = ControlScene(meeting, NOON, UTC, lambda command: f"<{command}>")
    return [shown(row) for row in joined(proceedings(scene), schedule(scene))]


def test_everything_that_wants_leading_is_there() -> None:
    assert rows() == [
        "Vote",
        "◆ The budget for 2027 | 04:30 left",
        "  6 of 10 voted  ✓ 4  ✗ 1  – 1 | ○ not voted",
        "  It carries as it stands; 2 more against would defeat it.",
        "  Not voted, 2: Tomás Herrera, Amara Diallo. <remind> reminds them.",
        "  Absent, 2: Olivia Marsh, Kenji Watanabe.",
        "",
        "Quorum",
        "✓ 9 here, 6 needed; 3 may leave.",
        "",
        "The floor | 2 asking",
        "▸ Ingrid Solberg | 01:00 over the time",
        "✋1 Henrik Vos | for 3 min",
        "✋2 Lucía Fernández | for 1 min",
        "",
        "Motions",
        "▷ 1 That the hall be painted | seconded: <put>",
        "▷ 2 That we meet in Lisbon in spring | wants a second",
        "",
        "Agenda | 2 of 6 done",
        "✓ 1 Opening and apologies | 4 of 5 min",
        "✓ 2 Minutes of the last meeting | 22 of 5 min, 17 min over",
        "▸ 3 Budget 2027 | 12 of 20 min",
        "○ 4 Lisbon office | 15 min",
        "» 5 Auditor’s report | deferred",
        "○ 6 Any other business",
        "! Ends about 12:22, 16 min later than planned; 1 item has no planned time.",
        "",
        "Prepared decisions | <open> opens one",
        "◇ The lease in Lisbon | item 4",
    ]


def test_of_a_secret_ballot_only_the_turnout_is_shown() -> None:
    secret = rows(VOTE.model_copy(update={"secret": True}))
    assert "  6 of 10 voted | ○ not voted" in secret
    assert not any("✓ 4" in row for row in secret)


def test_others_words_are_lines_of_text() -> None:
    hostile = VOTE.model_copy(update={"title": "[red]x[/]\x1b[2J\nand\tmore\u202e"})
    assert rows(hostile)[1] == "◆ [red]x[/][2J and more | 04:30 left"


def closable() -> DecisionState:
    return VOTE.model_copy(update={"not_voted": ("user_11",)})


async def test_commands_work_in_the_view_and_enter_does_the_step() -> None:
    async with at_the_meeting(board.ready(), busy(), size=(100, 30)) as (app, link, pilot):
        await pilot.press("escape", "space", "o")
        await until(pilot, lambda: isinstance(app.screen, ControlScreen))
        assert "2 members have not voted on “The budget for 2027”" in screen_text(app)
        await pilot.press("enter", "W", "N", "f8")
        assert len(link.sent_of(DecisionRemind)) == 2
        assert len(link.sent_of(SpeakerCall)) == 1
        assert len(link.sent_of(AgendaSet)) == 1

        # An update changes the step; Enter closes by the same path as the key.
        link.hear(busy(closable()))
        await until(pilot, lambda: "All who are here have voted" in screen_text(app))
        await pilot.press("enter")
        [close] = link.sent_of(DecisionClose)
        assert isinstance(close, DecisionClose)
        assert close.data == DecisionClose.Data(decision_id="decision_2", confirms=())

        # A row that is selected is what its commands are about.
        await pilot.press("tab", "end", "ctrl+o")
        await until(pilot, lambda: isinstance(app.screen, OpenDecisionDialog))
        assert "The lease in Lisbon" in screen_text(app)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ControlScreen))
        assert link.sent_of(DecisionOpen) == []

        # What is done in a pane of the meeting leads back to it.
        await pilot.press("g")
        await until(pilot, lambda: app.screen is app.meeting_screen)
        assert app.meeting_screen.agenda.has_focus
        await pilot.press("space", "o")
        await until(pilot, lambda: isinstance(app.screen, ControlScreen))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.meeting_screen)


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.OBSERVER])
async def test_to_others_it_is_not_offered_and_they_are_told_why(role: Role) -> None:
    state = board.state(decisions=(board.BUDGET_OPEN,))
    async with at_the_meeting(board.ready(role=role), state, size=(60, 20)) as (app, _, pilot):
        await pilot.press("escape", "space")
        await until(pilot, lambda: "z Maximise" in screen_text(app))
        assert "o Lead" not in screen_text(app)
        await pilot.press("o")
        await until(pilot, lambda: "Only the facilitator can do that." in screen_text(app))
        assert app.control is None
