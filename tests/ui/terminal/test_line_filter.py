"""Whatever somebody writes, nothing but its own text reaches the terminal."""

import itertools

import pytest
from rich.segment import ControlType, Segment
from rich.style import Style
from textual.color import Color

from boardroom_tui.protocol.messages.decision import DecisionOpened
from boardroom_tui.protocol.messages.meeting import ParticipantJoined
from boardroom_tui.protocol.messages.notification import NotificationSend
from boardroom_tui.ui.terminal.line_filter import NoControls
from tests.ui import board
from tests.ui.screen_text import at_the_meeting, screen_text, until

BLACK = Color(0, 0, 0)

HOSTILE = (
    "\x1b[2J\x1b]0;owned\x07",
    "\x9b31m\x90q\x9c",
    "\u202eevil\u2066",
    "[@click=app.quit]press[/] [bold red]me[/]",
    "\x00\x08\x08\x7f",
)

CONTROLS = {chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))} | set("\u202e\u2066")


def test_what_has_no_controls_is_left_as_it_is() -> None:
    segments = [Segment("Budget – 王小明 👩‍👧"), Segment(" ", Style(bold=True))]
    assert NoControls().apply(segments, BLACK) is segments


@pytest.mark.parametrize("text", HOSTILE)
def test_controls_are_dropped_and_the_style_is_kept(text: str) -> None:
    bold = Style(bold=True)
    (filtered,) = NoControls().apply([Segment(f"a{text}b", bold)], BLACK)
    assert not CONTROLS & set(filtered.text)
    assert filtered.text[0] + filtered.text[-1] == "ab"
    assert filtered.style == bold


def test_no_link_of_anybody_reaches_the_terminal() -> None:
    linked = Segment("here", Style(link="https://example.org"))
    (filtered,) = NoControls().apply([linked], BLACK)
    assert filtered.style is not None
    assert filtered.style.link is None


def test_textuals_own_controls_pass() -> None:
    home = Segment("\x1b[H", None, [(ControlType.HOME,)])
    assert NoControls().apply([home, Segment("\x07")], BLACK)[0] is home


_PAGES = (("escape", "escape", "space", "r"), ("escape", "space", "i"))
"""The roster, and what one was told."""


@pytest.mark.parametrize(
    ("size", "texts"), [((120, 40), HOSTILE), ((80, 24), tuple(reversed(HOSTILE)))]
)
async def test_a_hostile_meeting_draws_nothing_but_text(
    size: tuple[int, int], texts: tuple[str, ...]
) -> None:
    # Where there are many, each has another text; where there is one, it has all of them.
    hostile = "".join(texts)
    scene = board.state(
        roster=[
            one.model_copy(update={"name": f"N{text}"})
            for one, text in zip(board.ROSTER, itertools.cycle(texts))
        ],
        agenda=[
            one.model_copy(update={"title": f"T{text}"})
            for one, text in zip(board.AGENDA, itertools.cycle(texts))
        ],
        chat=tuple(
            line.model_copy(update={"message": f"x{text}", "user_name": f"n{text}"})
            for line, text in zip(board.said(), itertools.cycle(texts))
        ),
    )
    titled = scene.model_copy(
        update={"data": scene.data.model_copy(update={"title": f"M{hostile}"})}
    )
    question = board.BUDGET_OPEN.model_copy(
        update={"title": f"D{hostile}", "text": f"W{hostile}", "item_id": "item_3"}
    )
    notice = NotificationSend.Data(
        notification_id="n", priority="high", title=hostile, message=hostile, category="any"
    )
    joined = ParticipantJoined.Participant(
        user_id="user_66", name=f"Z{hostile}", role=board.ROSTER[1].role, joined_at=board.NOON
    )
    async with at_the_meeting(board.ready(), titled, size=size) as (app, link, pilot):
        link.hear(
            DecisionOpened(data=DecisionOpened.Data(**dict(question))),
            NotificationSend(data=notice),
            ParticipantJoined(
                data=ParticipantJoined.Data(
                    meeting_id=board.MEETING, participant=joined, total_participants=10
                )
            ),
        )
        await until(pilot, lambda: "user_66" in app.meeting.people)
        for keys in ((), ("f2",), ("f3",), ("f4",), ("escape", "f5"), *_PAGES):
            await pilot.press(*keys)
            await pilot.pause()
            shown = screen_text(app)
            assert not CONTROLS & set(shown.replace("\n", ""))
            assert len(shown.split("\n")) == size[1]
        assert app.return_value is None
        assert not link.closed
