"""The composer: what is sent, what is not and why, what is called back."""

import pytest
from rich.cells import cell_len
from textual import events

from boardroom_tui.protocol.limits import CHAT_CHARACTERS
from boardroom_tui.protocol.text import clean
from boardroom_tui.ui.widgets.audience import Audience
from boardroom_tui.ui.widgets.choices import Choice, ChoiceList, Offer
from boardroom_tui.ui.widgets.composer import Composer, Draft, why_not
from boardroom_tui.ui.widgets.composer_field import ComposerField
from boardroom_tui.ui.widgets.draft_history import DraftHistory
from boardroom_tui.ui.widgets.rows import RowLine
from tests.ui.chat_scenes import CONVERSATION
from tests.ui.hosting import Host, text_of, until

HOSTILE = "\x1b]0;x\x07[@click=app.quit]\u202e漢字漢字\u200b\n\t👩‍👩‍👧[/]" * 3


class ComposerHost(Host):
    """A composer at the foot of a screen, and what it gave."""

    CSS = "Composer { dock: bottom; }"

    def __init__(self, *, typing_seconds: float = 60.0) -> None:
        self.composer = Composer(typing_seconds=typing_seconds)
        super().__init__(self.composer)
        self.composer.say = self._say
        self.composer.give = lambda name, rest: self.commands.append((name, rest))
        self.sent: list[tuple[str, str | None]] = []
        self.commands: list[tuple[str, str]] = []
        self.typing: list[bool] = []

    def on_mount(self) -> None:
        self.composer.focus_field()

    def _say(self, said: Draft, _: object) -> None:
        answered = None if said.reply_to is None else said.reply_to.message_id
        self.sent.append((said.text, answered))

    def on_composer_typing_changed(self, event: Composer.TypingChanged) -> None:
        self.typing.append(event.is_typing)

    @property
    def field(self) -> ComposerField:
        return self.query_one(ComposerField)

    @property
    def note(self) -> str:
        note = self.query_one("#composer-note")
        return str(note.render()) if note.display else ""

    @property
    def answers(self) -> str:
        banner = self.query_one("#composer-answers", RowLine)
        return banner.line(0, banner.size.width).plain if banner.display else ""


async def test_enter_sends_and_empties_the_field() -> None:
    app = ComposerHost()
    async with app.run_test() as pilot:
        await pilot.press("h", "i", "enter")
        await pilot.pause()
        assert app.sent == [("hi", None)]
        assert app.composer.text == ""


@pytest.mark.parametrize("key", ["shift+enter", "ctrl+j", "alt+enter"])
async def test_other_enters_begin_a_line(key: str) -> None:
    app = ComposerHost()
    async with app.run_test() as pilot:
        await pilot.press("a", key, "b", "enter")
        await pilot.pause()
        assert app.sent == [("a\nb", None)]


async def test_pasting_lines_sends_nothing() -> None:
    app = ComposerHost()
    async with app.run_test() as pilot:
        app.field.post_message(events.Paste("one\r\ntwo\n\x1b[31mthree\n"))
        await pilot.pause()
        assert app.sent == []
        assert app.composer.text == "one\ntwo\n[31mthree\n"
        assert app.note == "3 lines pasted; Enter sends."
        app.field.post_message(events.Paste("x\n" * CHAT_CHARACTERS))
        await until(pilot, lambda: "too many" in app.note)
        before, over = "one\ntwo\n[31mthree\n", "4,017 characters too many"
        assert app.note == f"4,000 lines pasted, {over}: ^Z takes them out."
        assert app.composer.text == before + "x\n" * CHAT_CHARACTERS
        await pilot.press("ctrl+z")
        assert (app.composer.text, app.note) == (before, "")


async def test_a_paste_of_many_lines_is_taken_back_and_put_there_again() -> None:
    app = ComposerHost()
    lines = "\n".join(str(number) for number in range(20))
    async with app.run_test(size=(40, 12)) as pilot:
        app.field.post_message(events.Paste(lines))
        await pilot.press("ctrl+z")
        assert app.composer.text == ""
        assert app.field.size.height == 1
        await pilot.press("alt+z")
        assert app.composer.text == lines
        await pilot.press("backspace", "backspace", "ctrl+z", "ctrl+z", "ctrl+z", "h", "i")
        assert app.composer.text == "hi"


async def test_the_keys_of_a_shell_take_away_and_put_back() -> None:
    app = ComposerHost()
    async with app.run_test() as pilot:
        seen: list[str] = []
        app.field.write("first\none two three")
        for keys in (
            ("ctrl+w",),
            ("alt+b", "ctrl+k"),
            ("ctrl+y", "ctrl+y"),
            ("ctrl+u",),
            ("ctrl+y", "ctrl+a", "alt+f", "alt+d"),
            ("ctrl+underscore",),
            ("alt+z",),
        ):
            await pilot.press(*keys)
            await pilot.pause()
            seen.append(app.composer.text.removeprefix("first\n"))
        assert seen == [
            "one two ",
            "one ",
            "one two two ",
            "",
            "one two ",
            "one two two ",
            "one two ",
        ]


async def test_at_the_edge_of_a_line_its_end_is_cut_and_the_cursor_moves_as_in_a_shell() -> None:
    app = ComposerHost()
    async with app.run_test() as pilot:
        app.field.write("one\ntwo\nthree")
        seen: list[str] = []
        for keys in (
            ("ctrl+u", "ctrl+u"),
            ("ctrl+u", "ctrl+u", "ctrl+u"),
            ("ctrl+y", "ctrl+b", "x"),
            ("ctrl+f", "y", "ctrl+a", "ctrl+f", "ctrl+k", "ctrl+k"),
            ("space", "z", "alt+left", "x", "alt+right", "y"),
        ):
            await pilot.press(*keys)
            await pilot.pause()
            seen.append(app.composer.text)
        assert seen == ["one\ntwo", "", "onxe", "o", "o xzy"]


async def test_it_grows_to_six_lines() -> None:
    app = ComposerHost()
    async with app.run_test() as pilot:
        heights: list[int] = []
        for _ in range(8):
            heights.append(app.field.size.height)
            await pilot.press("x", "ctrl+j")
            await pilot.pause()
        assert heights == [1, 2, 3, 4, 5, 6, 6, 6]


async def test_the_line_that_one_writes_is_in_sight_after_every_key_and_at_every_width() -> None:
    app = ComposerHost()
    async with app.run_test(size=(44, 16)) as pilot:

        def cursor_is_in_sight() -> bool:
            field = app.field
            row = field.wrapped_document.location_to_offset(field.cursor_location).y
            return field.scroll_y <= row < field.scroll_y + field.size.height

        app.composer.put("What was written before. " * 10)
        for key in [*"and 漢字漢字漢字 goesonandonandonandonandonandonandon", "ctrl+_", "alt+z"]:
            await pilot.press(key)
            assert cursor_is_in_sight(), key
        for width in (38, 33, 61, 30):
            await pilot.resize_terminal(width, 16)
            await until(pilot, cursor_is_in_sight)
        app.post_message(events.Paste("漢字の長い文章をここに " * 4))
        await until(pilot, cursor_is_in_sight)


async def test_blanks_alone_are_not_sent_and_the_reason_is_visible() -> None:
    app = ComposerHost()
    async with app.run_test() as pilot:
        await pilot.press("space", "enter")
        await pilot.pause()
        assert app.sent == []
        assert app.note == "Nothing to send yet: write something first."
        await pilot.press("x")
        await pilot.pause()
        assert app.note == ""


async def test_the_length_shows_near_the_limit_and_too_much_is_not_sent() -> None:
    app = ComposerHost()
    async with app.run_test() as pilot:
        app.field.write("é" * CHAT_CHARACTERS)
        await pilot.pause()
        assert app.note == "4,000 of 4,000 characters"
        await pilot.press("x", "enter")
        await pilot.pause()
        assert app.sent == []
        assert app.note == "1 character too many: at most 4,000 can be sent at once."
        await pilot.press("backspace", "enter")
        await pilot.pause()
        assert app.sent == [("é" * CHAT_CHARACTERS, None)]


async def test_sent_lines_come_back_and_the_draft_is_kept() -> None:
    app = ComposerHost()
    async with app.run_test() as pilot:
        await pilot.press("1", "enter", "2", "enter", "d")
        seen: list[str] = []
        for key in ("up", "up", "up", "down", "down", "down"):
            await pilot.press(key)
            await pilot.pause()
            seen.append(app.composer.text)
        assert seen == ["2", "1", "1", "2", "d", "d"]


async def test_a_line_that_was_called_back_and_changed_is_a_draft_like_any_other() -> None:
    app = ComposerHost()
    async with app.run_test() as pilot:
        await pilot.press("1", "enter", "2", "enter", "up", "up", "ctrl+u", *"half")
        seen: list[str] = []
        for key in ("down", "up", "down", "up", "!", "up", "up"):
            await pilot.press(key)
            await pilot.pause()
            seen.append(app.composer.text)
        assert seen == ["half", "2", "half", "2", "2!", "half", "2"]


async def test_the_arrows_move_within_several_lines_first() -> None:
    app = ComposerHost()
    async with app.run_test() as pilot:
        await pilot.press("1", "enter", "a", "ctrl+j", "b", "up")
        await pilot.pause()
        assert app.composer.text == "a\nb"
        await pilot.press("up")
        await pilot.pause()
        assert app.composer.text == "1"


async def test_an_answer_carries_what_it_answers_until_that_is_taken_off() -> None:
    app = ComposerHost()
    async with app.run_test() as pilot:
        app.composer.reply_to = CONVERSATION[0]
        await pilot.pause()
        assert app.answers.startswith("↳ Ana Silva: Good afternoon")
        await pilot.press("a", "enter")
        await pilot.pause()
        assert app.sent == [("a", "message_1")]
        assert app.composer.reply_to is None
        app.composer.answer(CONVERSATION[1])
        app.composer.answer(CONVERSATION[0])
        await pilot.press("escape")
        await pilot.pause()
        assert "Ana Silva" in app.answers
        assert app.answers.endswith(" r takes it off")
        app.composer.answer(CONVERSATION[0])
        await pilot.press("b", "enter")
        await pilot.pause()
        assert app.sent[-1] == ("b", None)
        assert app.answers == ""


async def test_a_slash_makes_a_command_and_two_make_a_text() -> None:
    app = ComposerHost()
    async with app.run_test() as pilot:
        for text in ("/approve looks  fine ", "/help", "//etc"):
            app.field.write(text)
            await pilot.press("enter")
        await pilot.pause()
        assert app.commands == [("approve", "looks  fine"), ("help", "")]
        assert app.sent == [("/etc", None)]


async def test_a_refused_text_comes_back_with_the_reason() -> None:
    app = ComposerHost()
    async with app.run_test() as pilot:
        app.composer.refuse("/dance", "There is no command /dance.")
        await until(pilot, lambda: app.note == "There is no command /dance.")
        assert app.composer.text == "/dance"


NAMES = ("abstain", "approve", "away")


def offers(text: str, cursor: int) -> Offer | None:
    """The names that begin as the text does."""
    found = [Choice(f"/{one} ", f"/{one}", HOSTILE) for one in NAMES if f"/{one}".startswith(text)]
    return Offer(0, cursor, tuple(found)) if text and found else None


def shown(app: ComposerHost) -> str:
    """The list of choices, where it is open."""
    choices = app.query_one(ChoiceList)
    return text_of(choices) if choices.display else ""


async def test_tab_takes_the_first_choice_and_the_arrows_go_to_another() -> None:
    app = ComposerHost()
    async with app.run_test() as pilot:
        app.composer.choosing.offer = offers
        height = app.composer.size.height
        await pilot.press("/", "a")
        await pilot.pause()
        assert "▸ /abstain" in shown(app)
        assert "1 of 3" in shown(app)
        assert app.composer.size.height == height
        await pilot.press("tab")
        await pilot.pause()
        assert (app.composer.text, app.focused, shown(app)) == ("/abstain ", app.field, "")
        await pilot.press("ctrl+u", "/", "a", "down", "down", "down", "up", "enter")
        await pilot.pause()
        assert app.composer.text == "/away "
        assert app.commands == []
        await pilot.press("ctrl+u", "/", "a", "enter")
        await pilot.pause()
        assert app.commands == [("a", "")]


async def test_escape_closes_the_choices_for_this_word_and_a_click_takes_one() -> None:
    app = ComposerHost()
    async with app.run_test() as pilot:
        app.composer.choosing.offer = offers
        app.composer.reply_to = CONVERSATION[0]
        await pilot.press("/", "a", "escape", "w")
        await pilot.pause()
        assert shown(app) == ""
        assert app.composer.reply_to is not None
        await pilot.press("ctrl+u", "/", "a")
        await until(pilot, lambda: shown(app) != "")
        await pilot.click(ChoiceList, offset=(5, 1))
        await pilot.pause()
        assert (app.composer.text, app.focused) == ("/approve ", app.field)


async def test_the_choices_close_when_another_pane_has_the_keys_and_open_for_no_old_line() -> None:
    app = ComposerHost()
    async with app.run_test() as pilot:
        app.composer.choosing.offer = offers
        await pilot.press("/", "a", "enter", "up")
        await pilot.pause()
        assert (app.composer.text, shown(app)) == ("/a", "")
        await pilot.press("w")
        await until(pilot, lambda: shown(app) != "")
        app.set_focus(None)
        await until(pilot, lambda: shown(app) == "")


async def test_others_words_in_the_choices_are_one_line_of_text() -> None:
    app = ComposerHost()
    async with app.run_test(size=(40, 10)) as pilot:
        app.composer.choosing.offer = offers
        await pilot.press("/", "a")
        await pilot.pause()
        lines = shown(app).split("\n")
        assert len(lines) == len(NAMES) + 1
        assert all(line == clean(line) and cell_len(line) <= 40 for line in lines)
        assert "[@click" in lines[0]


async def test_who_types_is_told_once_and_when_it_is_over() -> None:
    app = ComposerHost()
    async with app.run_test() as pilot:
        await pilot.press("a", "b", "c")
        await pilot.pause()
        assert app.typing == [True]
        await pilot.press("enter")
        await pilot.pause()
        assert app.typing == [True, False]
        await pilot.press("a", "backspace")
        await pilot.pause()
        assert app.typing == [True, False, True, False]


async def test_who_pauses_has_stopped_to_type() -> None:
    app = ComposerHost(typing_seconds=0.02)
    async with app.run_test() as pilot:
        await pilot.press("a")
        await until(pilot, lambda: app.typing[-1:] == [False])


async def test_a_command_is_not_typing() -> None:
    app = ComposerHost()
    async with app.run_test() as pilot:
        await pilot.press("/", "x")
        await pilot.pause()
        assert app.typing == []


async def test_a_closed_composer_says_why_and_takes_nothing() -> None:
    app = ComposerHost()
    async with app.run_test() as pilot:
        assert Audience().placeholder in text_of(app.field)
        app.composer.closed = "The meeting is over."
        await pilot.press("a", "ctrl+j", "enter")
        await pilot.pause()
        assert "The meeting is over." in text_of(app.field)
        assert app.composer.text == ""
        assert app.sent == []


async def test_markup_in_what_is_answered_is_only_text() -> None:
    app = ComposerHost()
    hostile = CONVERSATION[0]._replace(message="[@click=app.quit]x[/]")
    async with app.run_test() as pilot:
        app.composer.reply_to = hostile
        await pilot.pause()
        assert app.answers.startswith("↳ Ana Silva: [@click=app.quit]x[/] ")


def test_why_a_text_cannot_be_sent() -> None:
    assert why_not("x") is None
    assert why_not("\n ") is not None
    assert why_not("x" * (CHAT_CHARACTERS + 1)) is not None


def test_the_history_keeps_the_newest_lines() -> None:
    history = DraftHistory(kept=2)
    for line in ("one", "two", "two", "three"):
        history.add(line)
    assert [history.older(""), history.older(""), history.older("")] == ["three", "two", None]
