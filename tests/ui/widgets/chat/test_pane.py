"""The chat pane: following, what is new, selecting, what others may not do to the screen."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC

import pytest
from textual.geometry import Region
from textual.screen import ModalScreen

from boardroom_tui.state.model import Person, Progress
from boardroom_tui.ui.look.themes import LIGHT
from boardroom_tui.ui.widgets.chat.list import ChatList
from boardroom_tui.ui.widgets.chat.pane import ChatPane
from boardroom_tui.ui.widgets.chat.status import typing_in_words
from tests.ui.chat_scenes import CONVERSATION, OWN, PEOPLE, START, many, meeting, said, sent
from tests.ui.hosting import Host, until

UNEVEN = [
    said(number, "user_1", "The budget, line by line. " * (1 + number % 7 + number // 100))
    for number in range(600)
]
"""As many as are not measured at once, taller and taller."""


class ChatHost(Host):
    """A chat pane that keeps what it asks for."""

    def __init__(self, *, seen_seconds: float = 60.0) -> None:
        self.pane = ChatPane(zone=UTC, seen_seconds=seen_seconds)
        super().__init__(self.pane)
        self.wanted: list[str] = []
        self.pane.answer = self.wanted.append

    @property
    def list(self) -> ChatList:
        return self.query_one(ChatList)

    @property
    def shown(self) -> str:
        size = self.list.size
        strips = self.list.render_lines(Region(0, 0, size.width, size.height))
        return "\n".join(strip.text.rstrip() for strip in strips)

    @property
    def hint(self) -> str:
        return str(self.query_one("#chat-newer").render())

    @property
    def typing(self) -> str:
        return str(self.query_one("#chat-typing").render())


async def test_an_empty_chat_says_so() -> None:
    app = ChatHost()
    async with app.run_test(size=(60, 12)) as pilot:
        app.pane.show(meeting())
        await pilot.pause()
        assert "Nothing has been said yet." in app.shown


async def test_an_empty_chat_says_nothing_before_the_meeting_is_there() -> None:
    app = ChatHost()
    async with app.run_test(size=(60, 12)) as pilot:
        assert not app.shown.strip()
        app.pane.show(meeting(own_id="", people={}))
        await pilot.pause()
        assert not app.shown.strip()


async def test_it_stays_at_the_newest_while_nobody_scrolls() -> None:
    app = ChatHost()
    async with app.run_test(size=(60, 12)) as pilot:
        for count in (5, 30, 31):
            app.pane.show(meeting(many(count)))
            await pilot.pause()
            assert f"This is remark {count - 1}." in app.shown.splitlines()[-1]


async def test_in_sight_is_each_message_whose_last_line_is_on_the_screen() -> None:
    app = ChatHost()
    async with app.run_test(size=(60, 12)) as pilot:
        app.pane.show(meeting(many(20)))
        await pilot.pause()
        app.list.go_to(0)
        app.pane.show(meeting([*many(26), said(27, "user_1", "A long one. " * 100)]))
        assert app.list.has_unread
        assert in_sight_anywhere(app.list) == wholly_in_sight_anywhere(app.list)
        waiting = {"request_1": sent("On its way."), "request_2": sent("This one, too.")}
        app.pane.show(meeting(many(26), outgoing=waiting))
        assert in_sight_anywhere(app.list) == wholly_in_sight_anywhere(app.list)


def in_sight_anywhere(view: ChatList) -> list[list[int]]:
    """What is in sight with each line in turn at the top."""
    found: list[list[int]] = []
    for top in range(int(view.max_scroll_y) + 1):
        view.go_to(top)
        found.append(list(view.in_sight()))
    return found


def wholly_in_sight_anywhere(view: ChatList) -> list[list[int]]:
    """The same, of each message by itself."""
    ends = [view.chat.span(place)[1] for place in range(len(view.said))]
    tops = range(int(view.max_scroll_y) + 1)
    height = view.size.height
    return [[at for at, end in enumerate(ends) if top < end <= top + height] for top in tops]


async def test_it_does_not_move_when_somebody_speaks_while_one_reads_above() -> None:
    app = ChatHost()
    async with app.run_test(size=(60, 12)) as pilot:
        app.pane.show(meeting(many(30)))
        await pilot.pause()
        app.pane.page(-1)
        await pilot.pause()
        before = app.shown
        app.pane.show(meeting(many(33)))
        await pilot.pause()
        assert app.shown == before
        assert "▼ 3 newer" in app.hint


WAYS: dict[str, Callable[[ChatHost], object]] = {
    "a page": lambda app: app.pane.page(-1),
    "the wheel": lambda app: app.list.scroll_relative(y=-300, animate=False, immediate=True),
    "the beginning": lambda app: app.list.action_oldest(),
    "a message": lambda app: app.pane.visit("message_7"),
    "what is new": lambda app: app.list.visit_unread(),
}


@pytest.mark.parametrize("way", WAYS)
async def test_one_gets_where_one_goes_though_what_is_above_was_not_measured_yet(
    way: str,
) -> None:
    app = ChatHost()
    async with app.run_test(size=(60, 12)) as pilot:
        app.pane.show(meeting(UNEVEN[:1]))
        await pilot.pause()
        app.pane.show(meeting(UNEVEN))
        assert app.list.chat.is_guessed
        WAYS[way](app)
        at_once = app.shown
        assert not app.list.chat.is_guessed
        app.pane.jump_to_newest()
        await pilot.pause()
        WAYS[way](app)
        assert app.shown == at_once


async def test_what_was_guessed_is_measured_while_nobody_goes_anywhere() -> None:
    app = ChatHost()
    async with app.run_test(size=(60, 12)) as pilot:
        app.pane.show(meeting(UNEVEN))
        at_once, guessed = app.shown, app.list.chat.height
        await until(pilot, lambda: not app.list.chat.is_guessed)
        assert app.shown == at_once
        assert app.list.virtual_size.height == app.list.chat.height != guessed
        assert app.list.scroll_y == app.list.max_scroll_y


async def test_what_is_guessed_is_measured_once_however_much_is_said_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun: list[ChatList] = []

    def begin(one: ChatList) -> None:
        begun.append(one)

    monkeypatch.setattr(ChatList, "_rest", begin)
    app = ChatHost()
    async with app.run_test(size=(60, 12)) as pilot:
        for count in (598, 599, 600):
            app.pane.show(meeting(UNEVEN[:count]))
        await pilot.pause()
        assert begun == [app.list]


async def test_a_taller_terminal_goes_on_at_the_newest_though_what_is_above_is_only_guessed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def never(_: ChatList) -> None:
        pass

    monkeypatch.setattr(ChatList, "measure_later", never)
    app = ChatHost()
    async with app.run_test(size=(60, 12)) as pilot:
        app.pane.show(meeting(UNEVEN))
        await pilot.resize_terminal(60, 13)
        assert app.list.follows
        assert app.list.scroll_y == app.list.max_scroll_y
        assert app.list.chat.is_guessed


async def test_the_end_shows_what_is_new_below_its_marker() -> None:
    app = ChatHost()
    async with app.run_test(size=(60, 12)) as pilot:
        app.pane.show(meeting(many(30)))
        await pilot.pause()
        app.pane.page(-1)
        await pilot.pause()
        app.pane.show(meeting(many(33)))
        app.pane.focus_list()
        await pilot.press("end")
        await pilot.pause()
        assert "── 3 new ─" in app.shown
        assert "newer" not in app.hint


async def test_a_click_on_the_hint_goes_to_the_newest() -> None:
    app = ChatHost()
    async with app.run_test(size=(60, 12)) as pilot:
        app.pane.show(meeting(many(30)))
        await pilot.pause()
        app.pane.page(-1)
        await pilot.pause()
        app.pane.show(meeting(many(31)))
        await pilot.pause()
        await pilot.click("#chat-newer")
        await pilot.pause()
        assert "This is remark 30." in app.shown


async def test_a_count_that_takes_no_other_place_lays_nothing_out_anew() -> None:
    app = ChatHost()
    async with app.run_test(size=(60, 12)) as pilot:
        app.pane.show(meeting(many(30)))
        await pilot.pause()
        app.pane.page(-1)
        app.pane.show(meeting(many(31)))
        await pilot.pause()
        laid_out: list[object] = []
        signal = app.screen.screen_layout_refresh_signal  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        signal.subscribe(app.pane, laid_out.append)  # pyright: ignore[reportUnknownMemberType]
        for count in (32, 33):
            app.pane.show(meeting(many(count)))
            await pilot.pause()
        assert app.hint == "▼ 3 newer"
        assert laid_out == []
        app.pane.show(meeting(many(40)))
        await pilot.pause()
        assert app.hint == "▼ 10 newer"
        assert laid_out


async def test_the_marker_goes_once_it_was_seen() -> None:
    app = ChatHost(seen_seconds=0.05)
    async with app.run_test(size=(60, 12)) as pilot:
        app.pane.show(meeting(many(30)))
        await pilot.pause()
        app.app_focus = False
        app.pane.show(meeting(many(32)))
        await pilot.pause()
        assert "── 2 new ─" in app.shown
        app.app_focus = True
        await until(pilot, lambda: "new ─" not in app.shown)
        assert "This is remark 31." in app.shown


async def test_the_marker_stays_while_nobody_looks() -> None:
    app = ChatHost(seen_seconds=0.0)
    async with app.run_test(size=(60, 12)) as pilot:
        app.app_focus = False
        app.pane.show(meeting(many(2)))
        await pilot.pause()
        await pilot.pause()
        assert "── 2 new ─" in app.shown


async def test_nothing_new_is_said_to_be_above_or_below_that_is_in_sight() -> None:
    app = ChatHost()
    async with app.run_test(size=(60, 12)) as pilot:
        app.pane.show(meeting(many(30)))
        app.app_focus = False
        app.pane.show(meeting(many(32)))
        await pilot.pause()
        assert "── 2 new ─" in app.shown
        assert app.hint == ""
        # Both a little above the end: one of them is below what is in sight.
        app.list.go_to(int(app.list.max_scroll_y) - 1)
        await pilot.pause()
        assert app.hint == "▼ 1 newer"


async def test_speaking_oneself_goes_to_the_newest() -> None:
    app = ChatHost()
    async with app.run_test(size=(60, 12)) as pilot:
        app.pane.show(meeting(many(30)))
        await pilot.pause()
        app.pane.page(-1)
        await pilot.pause()
        app.pane.show(meeting(many(30), outgoing={"r1": sent("And I say this.")}))
        await pilot.pause()
        assert "And I say this." in app.shown


async def test_what_is_on_its_way_says_how_far_it_is() -> None:
    app = ChatHost()
    refused = sent("Too much", Progress.REFUSED, "Not sent: 30 messages a minute are allowed")
    async with app.run_test(size=(70, 14)) as pilot:
        app.pane.show(meeting((), outgoing={"r1": sent("First"), "r2": refused}))
        await pilot.pause()
        assert "▌ First  … sending" in app.shown
        assert "✗ Not sent: 30 messages a minute are allowed" in app.shown
        app.pane.show(
            meeting((), outgoing={"r1": sent("First"), "r2": sent("Second")}),
            held=["sent in 12 s: at most 30 messages a minute"],
        )
        await pilot.pause()
        assert "▌ First  … sending" in app.shown
        assert "▌ Second  ◷ sent in 12 s: at most 30 messages a minute" in app.shown
        app.pane.show(meeting((), outgoing={"r1": sent("First")}), connected=False)
        await pilot.pause()
        assert "▌ First  ◌ queued until the connection is back" in app.shown
        app.pane.show(meeting([said(1, OWN, "First")]))
        await pilot.pause()
        assert "queued" not in app.shown
        assert app.shown.count("First") == 1


async def test_a_message_is_selected_by_keys_and_answered() -> None:
    app = ChatHost()
    async with app.run_test(size=(60, 12)) as pilot:
        app.pane.show(meeting(CONVERSATION))
        app.pane.focus_list()
        await pilot.press("up", "up")
        await pilot.pause()
        assert app.pane.selected == CONVERSATION[5]
        assert "▸ Sorry: the audit" in app.shown
        await pilot.press("enter", "escape")
        await pilot.pause()
        assert app.wanted == ["message_6"]
        assert app.pane.selected is None


async def test_selecting_upwards_brings_the_message_into_view() -> None:
    app = ChatHost()
    async with app.run_test(size=(60, 8)) as pilot:
        app.pane.show(meeting(many(30)))
        app.pane.focus_list()
        await pilot.press(*["up"] * 12)
        await pilot.pause()
        assert app.pane.selected is not None
        assert f"▸ {app.pane.selected.user_name}" in app.shown


async def test_going_below_the_last_message_selects_nothing() -> None:
    app = ChatHost()
    async with app.run_test(size=(60, 8)) as pilot:
        app.pane.show(meeting(many(3)))
        app.pane.focus_list()
        await pilot.press("up", "down")
        assert app.pane.selected is None


async def test_a_click_selects_and_a_double_click_answers() -> None:
    app = ChatHost()
    async with app.run_test(size=(60, 12)) as pilot:
        app.pane.show(meeting(many(3)))
        await pilot.pause()
        await pilot.click(ChatList, offset=(10, 2))
        assert app.pane.selected is not None
        assert app.pane.selected.message_id == "message_0"
        await pilot.click(ChatList, offset=(10, 2), times=2)
        await pilot.pause()
        assert app.wanted == ["message_0"]


async def test_another_size_keeps_what_one_reads_and_has_selected_in_sight() -> None:
    app = ChatHost()
    lines = [
        said(number, "user_1", f"Remark {number} " + "goes on and on " * 6, minutes=number * 6)
        for number in range(40)
    ]
    async with app.run_test(size=(80, 12)) as pilot:
        app.pane.show(meeting(lines))
        await pilot.pause()
        app.pane.page(-1)
        app.pane.page(-1)
        await pilot.pause()
        top = app.list.chat.spot(app.list.scroll_offset.y).index
        await pilot.resize_terminal(50, 12)
        await pilot.pause()
        assert f"Remark {top} " in app.shown
        app.pane.jump_to_newest()
        await pilot.resize_terminal(100, 9)
        await pilot.pause()
        assert "Remark 39 " in app.shown
        app.list.focus()
        await pilot.press("up", "up", "up")
        for size in ((40, 9), (90, 6), (100, 20)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert "▸ " in app.shown
            assert "Remark 37 " in app.shown


async def test_another_conversation_takes_the_place_of_this_one() -> None:
    app = ChatHost()
    async with app.run_test(size=(60, 12)) as pilot:
        app.pane.show(meeting(many(5)))
        await pilot.pause()
        app.pane.show(meeting([said(77, "user_2", "Quite another.")]))
        await pilot.pause()
        assert "Quite another." in app.shown
        assert "This is remark" not in app.shown


@pytest.mark.parametrize(
    "hostile",
    [
        "\x1b[2J\x1b[31mred\x07",
        "\x9b2Jgone",
        "\u202eevil\u202c",
        "ze\u200bro\u2060width",
        "[@click=app.quit]x[/]",
        "[link=https://example.org]y[/link]",
    ],
)
async def test_what_others_write_shows_as_its_own_text_only(hostile: str) -> None:
    app = ChatHost()
    lines = [
        said(1, "user_1", hostile, name=hostile),
        said(2, OWN, "Well.", reply_to=1),
    ]
    async with app.run_test(size=(60, 12)) as pilot:
        app.pane.show(meeting(lines, typing={"user_9": START}))
        await pilot.pause()
        size = app.list.size
        for strip in app.list.render_lines(Region(0, 0, size.width, size.height)):
            assert strip.text.isprintable()
            for segment in strip:
                assert segment.control is None
                assert segment.style is None or "@click" not in segment.style.meta
        if hostile.startswith("["):
            assert hostile in app.shown
        await pilot.click(ChatList, offset=(10, 2))
        assert app.is_running


async def test_names_that_look_alike_show_who_they_are() -> None:
    app = ChatHost()
    people = {**PEOPLE, "user_1": replace(PEOPLE["user_1"], lookalike=True)}
    async with app.run_test(size=(60, 12)) as pilot:
        app.pane.show(meeting(many(1), people=people))
        app.pane.show(meeting([said(1, "user_1", "Me.")], people=people))
        await pilot.pause()
        assert "Ana Silva (user_1)" in app.shown


async def test_who_types_is_named_and_oneself_is_not() -> None:
    app = ChatHost()
    async with app.run_test(size=(60, 12)) as pilot:
        app.pane.show(meeting((), typing={"user_1": START, OWN: START}))
        await pilot.pause()
        assert app.typing == "Ana Silva is typing…"


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], ""),
        (["Ana"], "Ana is typing…"),
        (["Ana", "Ben"], "Ana and Ben are typing…"),
        (["Ana", "Ben", "Cy"], "Ana, Ben and Cy are typing…"),
        (["Ana", "Ben", "Cy", "Di"], "Ana, Ben and 2 others are typing…"),
    ],
)
def test_typing_in_words(names: list[str], words: str) -> None:
    assert typing_in_words(names) == words


def test_a_long_name_leaves_room_to_say_that_somebody_types() -> None:
    words = typing_in_words(["Dr. Dorothea von und zu Hohenzollern-Sigmaringen"])
    assert words == "Dr. Dorothea von und zu… is typing…"


async def test_another_theme_repaints_the_names() -> None:
    app = ChatHost()
    async with app.run_test(size=(60, 12)) as pilot:
        app.pane.show(meeting([said(1, "user_1", "Hello.")]))
        await pilot.pause()
        before = app.list.render_line(1)
        app.theme = LIGHT.name
        await pilot.pause()
        assert app.list.render_line(1) != before


async def test_a_name_learned_later_makes_mentions_visible() -> None:
    app = ChatHost()
    async with app.run_test(size=(60, 12)) as pilot:
        lines = [said(1, "user_1", "John Doe, please.")]
        app.pane.show(meeting(lines, people={}, own_id=""))
        await pilot.pause()
        assert "@ Ana" not in app.shown
        app.pane.show(meeting(lines, people={OWN: Person(OWN, "John Doe")}))
        await pilot.pause()
        assert "@ Ana Silva" in app.shown


async def test_only_what_was_on_the_screen_counts_as_seen() -> None:
    app = ChatHost()
    async with app.run_test(size=(60, 12)) as pilot:
        app.pane.show(meeting(many(10)))
        await pilot.pause()
        # The terminal is not looked at; then the end of what came is in sight, not its beginning.
        app.app_focus = False
        app.pane.show(meeting(many(40)))
        await pilot.pause()
        in_sight = app.shown.count("This is remark")
        assert app.hint == f"▲ {30 - in_sight} new above"
        assert app.list.chat.unread.unseen == 30
        app.app_focus = True
        await pilot.pause()
        assert app.hint == f"▲ {30 - in_sight} new above"
        assert app.list.chat.unread.unseen == 30 - in_sight
        app.pane.visit_unread()
        await pilot.pause()
        assert app.shown.startswith("── 30 new ─")
        app.pane.page(1)
        await pilot.pause()
        left = app.list.chat.unread.unseen
        # Behind a dialog nothing is seen, however it moves.
        await app.push_screen(ModalScreen[None]())
        app.pane.page(1)
        await pilot.pause()
        assert app.list.chat.unread.unseen == left
        app.pop_screen()
        app.pane.page(1)
        await pilot.pause()
        assert app.list.chat.unread.unseen < left
        # Where another pane takes its place neither.
        app.pane.display = False
        await pilot.pause()
        app.pane.show(meeting(many(41)))
        await pilot.pause()
        hidden = app.list.chat.unread.unseen
        app.pane.jump_to_newest()
        await pilot.pause()
        assert app.list.chat.unread.unseen == hidden
        app.pane.display = True
        await pilot.pause()
        app.pane.show(meeting(many(41)))
        await pilot.pause()
        assert app.list.chat.unread.unseen < hidden


async def test_one_goes_to_what_is_new_and_back() -> None:
    app = ChatHost()
    async with app.run_test(size=(60, 12)) as pilot:
        app.pane.show(meeting(many(40)))
        await pilot.pause()
        app.pane.page(-1)
        app.pane.page(-1)
        await pilot.pause()
        before = app.shown
        app.pane.show(meeting(many(60)))
        app.pane.visit_unread()
        await pilot.pause()
        assert app.shown.startswith("── 20 new ─")
        app.pane.visit_unread()
        await pilot.pause()
        assert app.shown == before
