"""The help: what can be done here and now comes first, and everything is found by typing."""

import pytest
from rich.cells import cell_len
from textual.widgets import Input, TextArea

from boardroom_tui.protocol.fields import Role
from boardroom_tui.ui.command import Command, reason_against
from boardroom_tui.ui.commands import COMMANDS, DECLARED
from boardroom_tui.ui.help_page import Help, Section, drawn
from boardroom_tui.ui.link import Phase
from boardroom_tui.ui.situation import Situation
from tests.ui.screen_text import VOTING, at_the_meeting, screen_text, until
from tests.ui.test_commands import situation


def headings(at: Situation, query: str = "") -> list[str]:
    return [one.heading for one in Help(at, DECLARED).sections(query)]


def names(section: Section, command: Command) -> bool:
    return any(f"/{command.slash}" in one.left.plain.split() for one in section.entries)


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.OBSERVER])
def test_what_can_be_done_comes_before_what_cannot(role: Role) -> None:
    at = situation(role=role, voting=True)
    *possible, others, _ = Help(at, DECLARED).sections()
    assert others.heading == "Not now"
    for command in COMMANDS:
        can_be_done = reason_against(command, at) is None
        assert any(names(section, command) for section in possible) is can_be_done
        assert names(others, command) is not can_be_done


def test_how_one_writes_comes_first_for_whoever_writes_and_how_one_plays_in_a_replay() -> None:
    assert headings(situation())[0] == "Writing and reading"
    assert headings(situation(typing=False))[0] == "Voting"
    replay = Help(
        situation(typing=False, phase=Phase.REPLAY), DECLARED, "Replay", [("Space", "Plays.")]
    )
    assert replay.sections()[0].heading == "Replay"


def test_what_one_looks_for_is_found_by_its_words_its_slash_and_its_key() -> None:
    at = situation(voting=True)
    for query in ("close VOTE", "/close", "f9"):
        assert "/close" in drawn(Help(at, DECLARED).sections(query), 80).plain.split()
    assert headings(at, "quorum of unicorns") == []
    assert drawn((), 80).plain == "Nothing here is called that."


@pytest.mark.parametrize("width", [34, 52, 74, 86])
def test_no_line_is_longer_than_there_is_room(width: int) -> None:
    for line in drawn(Help(situation(), DECLARED).sections(), width).plain.split("\n"):
        assert cell_len(line) <= width


async def test_one_types_reads_on_and_closes() -> None:
    async with at_the_meeting(VOTING, size=(80, 24)) as (app, _, pilot):
        await pilot.press("f1")
        await until(pilot, lambda: "Writing and reading" in screen_text(app))
        await pilot.press("pagedown")
        await until(pilot, lambda: "Writing and reading" not in screen_text(app))
        await pilot.press(*"wider q")
        await until(pilot, lambda: "Nothing here is called that." in screen_text(app))
        await pilot.press("backspace", "backspace")
        await until(pilot, lambda: "/wider" in screen_text(app))
        await pilot.press("f1")
        await until(pilot, lambda: app.screen is app.meeting_screen)


async def test_nothing_moves_or_blinks() -> None:
    async with at_the_meeting(size=(80, 24)) as (app, _, pilot):
        assert app.animation_level == "none"
        assert isinstance(app.focused, TextArea)
        assert not app.focused.cursor_blink
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.focused, Input))
        assert isinstance(app.focused, Input)
        assert not app.focused.cursor_blink
