"""The line of conversations: always in one order, with none that one does not hear of."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
from textual.app import App, ComposeResult

from boardroom_tui.ui.widgets.conversation_line import ConversationLine, Talk

BEN = Talk(("1", "2"), ("Ben Okafor",), 0, current=False)
ROOM = Talk(("1", "2", "3"), ("Ben Okafor", "Clea Duarte"), 0, current=False)
DAN = Talk(("1", "4"), ("Dan Oyelaran",), 0, current=True)
EVA = Talk(("1", "5"), ("Eva Marchetti",), 2, current=False)
EVERYBODY = Talk(None, ("Everybody",), 0, current=False)


class Lined(App[None]):
    """A line of conversations and nothing else."""

    def __init__(self, *talks: Talk) -> None:
        super().__init__()
        self.line = ConversationLine()
        self.line.talks = talks
        self.chosen: list[tuple[str, ...] | None] = []

    def compose(self) -> ComposeResult:
        yield self.line

    def on_conversation_line_chosen(self, event: ConversationLine.Chosen) -> None:
        self.chosen.append(event.conversation)


@asynccontextmanager
async def lined(width: int, *talks: Talk) -> AsyncGenerator[str]:
    """The line as it stands on a terminal of this width."""
    app = Lined(*talks)
    async with app.run_test(size=(width, 5)) as pilot:
        await pilot.pause()
        yield str(app.line.render()).strip()


async def test_where_there_is_room_all_stand_in_their_order() -> None:
    async with lined(120, EVERYBODY, BEN, ROOM, DAN, EVA) as line:
        assert line == (
            "Everybody   ◈ Ben Okafor   ◈ Ben Okafor, Clea Duarte  ▸◈ Dan Oyelaran"
            "   ◈ Eva Marchetti 2 new"
        )


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (66, "Everybody   ◈ Ben Okaf…  ▸◈ Dan Oyel…   ◈ Eva Marc… 2 new  +1"),
        (40, "Everybody  ▸◈ Dan Oyel…  +3, 2 new"),
    ],
)
async def test_the_hidden_ones_are_counted_and_the_order_stays(width: int, expected: str) -> None:
    async with lined(width, EVERYBODY, BEN, ROOM, DAN, EVA) as line:
        assert line == expected


async def test_a_click_on_the_count_goes_to_what_is_new() -> None:
    app = Lined(EVERYBODY, BEN, ROOM, DAN, EVA)
    async with app.run_test(size=(40, 5)) as pilot:
        await pilot.click(ConversationLine, offset=(str(app.line.render()).index("+3") + 1, 0))
        await pilot.pause()
        assert app.chosen == [("1", "5")]


@pytest.mark.parametrize(
    ("most", "room", "one"),
    [
        (24, "Ben Okafor, Clea Duarte", "Ben Okafor"),
        (14, "Ben, Clea", "Ben Okafor"),
        (8, "Ben +1", "Ben Oka…"),
    ],
)
def test_a_room_is_never_called_like_one_of_its_members(most: int, room: str, one: str) -> None:
    assert ROOM.words(most) == f" ◈ {room}"
    assert BEN.words(most) == f" ◈ {one}"
