"""The user's settings: read whole, or refused with the line and what was expected."""

import re
import tomllib
from datetime import UTC
from pathlib import Path
from string import ascii_lowercase

import pytest

from boardroom_tui.cli import main
from boardroom_tui.cli.keys import keys_in_toml
from boardroom_tui.ui.command import CommandId, display_of
from boardroom_tui.ui.commands import COMMANDS, Commands
from boardroom_tui.ui.help_page import keys_of
from boardroom_tui.ui.keys.hints import hints
from boardroom_tui.ui.keys.sequence import command_after_leader, follow_ups
from boardroom_tui.ui.settings import read_settings
from tests.ui import board
from tests.ui.screen_text import VOTING, LastingToasts, at_the_meeting, screen_text, until
from tests.ui.scripted_link import NOON, ScriptedLink
from tests.ui.test_app import toasts
from tests.ui.test_commands import situation


def commands(text: str) -> Commands:
    read = read_settings(text, "config.toml")
    assert read.mistakes == ()
    return read.commands


def mistakes(text: str) -> list[str]:
    return list(read_settings(text, "config.toml").mistakes)


def test_a_file_that_sets_nothing_changes_nothing() -> None:
    assert list(commands("")) == list(COMMANDS)


def test_what_the_keys_are_printed_as_is_read_as_what_they_are() -> None:
    printed = keys_in_toml(commands(""))
    assert list(commands(printed)) == list(COMMANDS)
    assert set(tomllib.loads(printed)["keys"]) == {one.slash for one in COMMANDS}


def test_a_command_has_the_keys_that_it_is_given_and_no_others() -> None:
    own = commands('[keys]\napprove = "F12"\nreject = ["alt+r", "ö"]\ntake-back = "Space T"\n')
    assert own[CommandId.APPROVE].all_keys == ("f12",)
    assert own[CommandId.REJECT].all_keys == ("alt+r", "ö")
    assert own.key(CommandId.REJECT) == "⌥R"
    assert own.key(CommandId.TAKE_BACK) == "Space T"
    assert command_after_leader("T", "T", own) is CommandId.TAKE_BACK
    shown = {hint.word: hint.key for hint in hints(situation(voting=True), own)}
    assert shown["Approve"] == "F12"
    assert "F12" in keys_of(own[CommandId.APPROVE]).plain


def test_two_commands_may_change_keys_with_each_other() -> None:
    own = commands('[keys]\napprove = "f6"\nreject = "f5"\n')
    assert (own.key(CommandId.APPROVE), own.key(CommandId.REJECT)) == ("F6", "F5")


def test_a_command_without_a_key_is_shown_as_what_one_types() -> None:
    own = commands("[keys]\napprove = []\nmaximise = []\n")
    assert own.key(CommandId.APPROVE) == "/approve"
    shown = [hint.key for hint in hints(situation(voting=True), own)]
    assert shown[0] == "/approve"
    assert CommandId.MAXIMISE not in [hint.command for hint in follow_ups(situation(), own)]


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        (
            '[keys]\n\naprove = "f7"',
            'config.toml:3: [keys]: there is no command "aprove"; did you mean "approve"?',
        ),
        (
            '[keys]\napprove = "f55"',
            'config.toml:2: approve: "f55" is no key here; '
            'expected a key like "f6", "ctrl+x", "alt+x", "x" or "space x"',
        ),
        (
            "[keys]\napprove = 5",
            'config.toml:2: approve: expected a key like "f6", "ctrl+x", "alt+x", "x" or '
            '"space x", or an array of such, not 5',
        ),
        (
            '[keys]\napprove = "ctrl+k"',
            'config.toml:2: approve: "ctrl+k" is needed for writing; expected another key',
        ),
        (
            '[keys]\napprove = "Ctrl+B"',
            'config.toml:2: approve: "Ctrl+B" is tmux’s own; expected another key',
        ),
        (
            '[keys]\nconversation = "alt+2"',
            'config.toml:2: conversation: "alt+2" goes to a conversation; expected another key',
        ),
        (
            '[keys]\napprove = "escape"',
            'config.toml:2: approve: "escape" leaves what one is in; expected another key',
        ),
        (
            '[keys]\napprove = ["a", "b"]',
            "config.toml:2: approve: expected at most one key that is text while one writes, "
            "not a and b",
        ),
        (
            '[keys]\nreject = "f9"',
            "config.toml:2: reject: F9 is the key of close too; expected one for each",
        ),
        (
            '[keys]\nvote = "f12"\n\nreject = "f12"',
            "config.toml:4: reject: F12 is the key of vote too; expected one for each",
        ),
        ("keys = 3", "config.toml:1: expected [keys] to be a table, not 3"),
        ("look = 3", "config.toml:1: expected [look] to be a table, not 3"),
        (
            '[look]\ntheme = "solarised"',
            'config.toml:2: theme: expected "dark", "night", "light", "mist" or "contrast", '
            'not "solarised"',
        ),
        (
            '[notify]\nabout = ["mention", "privat"]',
            'config.toml:2: about: "privat" is not known here; did you mean "private"?',
        ),
        (
            '[notify]\nabout = "vote"',
            "config.toml:2: about: expected an array of mention, private, vote, reminder, floor, "
            'proxy, motion, meeting, not "vote"',
        ),
        ("[lok]", 'config.toml:1: "lok" is not known here; did you mean "look"?'),
        ("[keys", "config.toml:1: expected TOML: Expected ']' at the end of a table declaration"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_was_expected(text: str, mistake: str) -> None:
    assert mistakes(text) == [mistake]


def test_every_mistake_is_told_in_the_order_of_the_lines() -> None:
    told = mistakes('[keys]\nvote = "f55"\nvot = "f7"\n[look]\ntheme = 1\n')
    assert [one.split(":")[1] for one in told] == ["2", "3", "5"]


def test_what_is_wrong_is_as_if_the_file_did_not_say_it_and_the_rest_holds() -> None:
    read = read_settings(
        '[keys]\nvote = "f55"\nhelp = "f12"\n[notify]\nbell = 1\ndesktop = false\n', "it"
    )
    assert len(read.mistakes) == 2
    assert (read.commands.key(CommandId.VOTE), read.commands.key(CommandId.HELP)) == ("F4", "F12")
    assert (read.notify.bell, read.notify.desktop) == (True, False)
    clash = read_settings('[keys]\napprove = "f12"\nreject = "f5"\nabstain = "f12"\n', "it")
    keys = [clash.commands.key(one) for one in (CommandId.APPROVE, CommandId.REJECT)]
    assert (keys, clash.commands.key(CommandId.ABSTAIN)) == (["F12", "F5"], "F7")
    # Without its wrong key the first has its own back, and that is the other's.
    both = read_settings('[keys]\nreject = "f5"\napprove = "f6"\nclose = "f6"\n', "it")
    assert len({one for command in both.commands for one in command.all_keys}) == sum(
        len(command.all_keys) for command in both.commands
    )
    assert list(read_settings("[keys", "it").commands) == list(COMMANDS)


async def test_the_screen_knows_the_users_keys_and_no_others() -> None:
    """Every function key becomes another, so that none that is declared may be seen anywhere."""
    moved = {one: [key for key in one.keys if key.startswith("f")] for one in COMMANDS}
    declared = {display_of(keys[0]) for keys in moved.values() if keys}
    text = "[keys]\n" + "".join(
        f'{one.slash} = "alt+{letter}"\n'
        for letter, one in zip(
            ascii_lowercase, (one for one in COMMANDS if moved[one]), strict=False
        )
    )
    read = read_settings(text, "own.toml")
    link = ScriptedLink()
    app = LastingToasts(link, board.MEETING, clock=lambda: NOON, zone=UTC, settings=read)
    async with app.run_test(size=(200, 60), notifications=True) as pilot:
        link.hear(board.ready(), VOTING)
        await until(pilot, lambda: "Reject" in screen_text(app))
        seen = screen_text(app)
        await pilot.press("f1", "f5", "ctrl+c")
        await until(pilot, lambda: "leaves the meeting" in screen_text(app))
        seen += screen_text(app)
        assert app.screen is app.meeting_screen
        await pilot.press(f"alt+{read.commands[CommandId.HELP].keys[0][-1]}")
        await until(pilot, lambda: app.screen is not app.meeting_screen)
        seen += screen_text(app)
        assert read.commands.key(CommandId.APPROVE) in seen
        assert declared & set(re.findall(r"⇧?F\d+", seen)) == set()


async def test_a_mistake_keeps_nobody_out_and_is_told_once_on_the_screen() -> None:
    wrong = read_settings('[keys]\nvote = "f55"\n[look]\ntheme = "pink"\n', "own.toml")
    async with at_the_meeting(size=(80, 24), settings=wrong) as (app, link, pilot):
        [told] = toasts(app)
        assert told.startswith('! Left out of your settings\nown.toml:2: vote: "f55" is no key')
        assert told.endswith("(boardroom keys tells 1 more)")
        app.clear_notifications()
        link.hear(board.ready(), VOTING)
        await pilot.press(*"/notices", "enter")
        await until(pilot, lambda: "own.toml:2" in screen_text(app))
        assert toasts(app) == []


def test_the_command_for_keys_tells_every_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "own.toml"
    monkeypatch.setenv("BOARDROOM_CONFIG", str(file))
    assert main(["keys"]) == 1
    assert capsys.readouterr().err == (
        f"boardroom keys: cannot read {file}: No such file or directory\n"
    )
    file.write_text('[keys]\nvote = "f12"\n')
    assert main(["keys"]) == 0
    assert 'vote = ["f12"]  # Show the vote' in capsys.readouterr().out
    file.write_text('[keys]\nvote = "f99"\nvot = ""\n')
    assert main(["keys"]) == 1
    assert capsys.readouterr().err == (
        "boardroom keys: 2 mistakes\n"
        f'{file}:2: vote: "f99" is no key here; '
        'expected a key like "f6", "ctrl+x", "alt+x", "x" or "space x"\n'
        f'{file}:3: [keys]: there is no command "vot"; did you mean "vote"?\n'
    )
