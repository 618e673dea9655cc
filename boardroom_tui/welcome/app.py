"""The first screen, of those who just type `boardroom`."""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static

from boardroom_tui.client.recent_meetings import RecentMeeting, RecentMeetings
from boardroom_tui.clock import utc_now
from boardroom_tui.ui.look.theme_names import DEFAULT, ThemeName
from boardroom_tui.ui.widgets.key_line import KeyLine
from boardroom_tui.welcome.card import SHORT, Card, CardApp
from boardroom_tui.welcome.choice import DEMO, Choice, host, rejoin
from boardroom_tui.welcome.invitation import Fit
from boardroom_tui.welcome.menu import Menu
from boardroom_tui.welcome.rows import ACTIONS, ON_ACTIONS, ON_RECENT, action_rows, recent_rows

_T = TypeVar("_T")

_AROUND = 4 + len(ACTIONS)
"""Lines that all but the recent meetings takes on a short screen; elsewhere it is some more."""
_WITH_BLANKS = 4
_LEAST_RECENT = 2


def _local_now() -> datetime:
    return utc_now().astimezone()


class WelcomeApp(CardApp[Choice]):
    """Where to begin; `run` gives what was chosen, or None for nothing."""

    CSS = """
    #card {
        & Menu { height: auto; }
        & .heading { color: $accent; text-style: bold; margin-top: 1; }
        & #actions { margin: 1 0; }
    }
    KeyLine { dock: bottom; }
    /* Alone: the sides of the wider card would stand beside it. */
    Dialog { background: $background; }
    .-short #card .heading { margin-top: 0; }
    .-short #card #actions { margin: 0; }
    .-short #tagline { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "paste", show=False),
        Binding("d", "demo", show=False),
        Binding("h", "host", show=False),
        Binding("question_mark,f1", "help", show=False),
        Binding("q,ctrl+q,ctrl+c", "quit", show=False),
        Binding("t", "token", show=False),
        Binding("delete", "forget", show=False),
        *(Binding(str(number), f"join({number - 1})", show=False) for number in range(1, 10)),
    ]

    def __init__(
        self,
        recent: RecentMeetings,
        fit: Fit,
        why_not: Callable[[str], str | None],
        *,
        notice: str = "",
        theme: ThemeName = DEFAULT,
        clock: Callable[[], datetime] = _local_now,
    ) -> None:
        """`notice` is why one is back here; `fit` knows what `boardroom join` takes,
        `why_not` why the meeting in a file cannot be hosted;
        `clock` tells the time in the zone that times are shown in.
        """
        super().__init__(notice, theme)
        self._kept = recent
        self._recent = recent.read()
        self._fit = fit
        self._why_not = why_not
        self._clock = clock
        self._list = Menu(id="recent")
        self._actions = Menu(id="actions")
        self._nobody = Static("None yet: the meetings you join will stand here.", classes="quiet")
        self._keys = KeyLine()

    def compose(self) -> ComposeResult:
        with Card():
            yield Static("A board meeting that runs in a terminal.", id="tagline", classes="quiet")
            yield self.notice
            yield Static("Recent meetings", classes="heading")
            yield self._nobody
            yield self._list
            yield self._actions
        yield self._keys

    def on_mount(self) -> None:
        self._actions.rows = action_rows()
        self._show_recent()
        self.screen.set_focus(self._list if self._recent else self._actions)

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        height = event.size.height
        is_short = height < SHORT
        notice = (1 if is_short else 2) * self.notice.display
        others = _AROUND + notice + (0 if is_short else _WITH_BLANKS)
        self._list.styles.max_height = max(_LEAST_RECENT, height - others)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        del event
        self._name_keys()

    def _name_keys(self) -> None:
        if len(self.screen_stack) > 1:
            self._keys.hints = ()  # a dialog names its own
        else:
            self._keys.hints = ON_RECENT if self._list.has_focus else ON_ACTIONS

    def _show_recent(self) -> None:
        self._list.rows = recent_rows(self._recent, self._clock())
        self._list.display = bool(self._recent)
        # Behind a dialog the keys go to the first widget that can have them, hidden or not.
        self._list.can_focus = bool(self._recent)
        self._nobody.display = not self._recent

    async def on_event(self, event: events.Event) -> None:
        """A key is carried out before the next is looked at: that one is for what it opened."""
        match event:
            case events.Key():
                taken = await self._carry_out(event)
            case events.Paste():
                taken = await self._take_pasted(event)
            case _:
                taken = False
        if not taken:
            await super().on_event(event)

    async def _take_pasted(self, event: events.Paste) -> bool:
        """What is pasted here is an invitation; an Enter behind it is not for what is selected."""
        if event.is_forwarded or len(self.screen_stack) > 1:
            return False
        if self.return_value is None:
            await self.action_paste(event.text)
        return True

    async def _carry_out(self, key: events.Key) -> bool:
        if key.is_forwarded or len(self.screen_stack) > 1:
            return False
        if self.return_value is not None:
            return True  # something is chosen
        if key.key == "enter":
            await self._choose()
            return True
        active = self.screen.active_bindings.get(key.key)
        return active is not None and await self.run_action(active.binding.action, active.node)

    async def _choose(self) -> None:
        """Do what is selected."""
        if self._list.has_focus and self._list.selected is not None:
            await self.action_join(int(self._list.selected))
        elif self._actions.has_focus and self._actions.selected is not None:
            await self.run_action(self._actions.selected)

    @on(Menu.Chosen, "Menu")
    async def _choose_by_click(self) -> None:
        await self._choose()

    async def on_key_line_pressed(self, event: KeyLine.Pressed) -> None:
        if event.command == "choose":
            await self._choose()
        elif event.command:
            await self.run_action(event.command)

    @property
    def _selected(self) -> RecentMeeting | None:
        key = self._list.selected if self._list.has_focus else None
        return None if key is None else self._recent[int(key)]

    async def action_join(self, number: int) -> None:
        """Join a recent meeting, with a token that is asked for where none is known."""
        if number >= len(self._recent):
            return
        meeting = self._recent[number]
        if meeting.token_file is None:
            await self._ask_for_token(meeting)
        else:
            self.exit(rejoin(meeting))

    async def action_token(self) -> None:
        """Join the selected meeting with another token."""
        if self._selected is not None:
            await self._ask_for_token(self._selected)

    def action_forget(self) -> None:
        """Take the selected meeting off the list."""
        meeting = self._selected
        if meeting is None:
            return
        self._kept.forget(meeting)
        self._recent = self._kept.read()
        self._show_recent()
        if not self._recent:
            self.screen.set_focus(self._actions)

    def action_demo(self) -> None:
        """Start the demo."""
        self.exit(DEMO)

    # The dialogs take long to import: each is when it is wanted.

    async def _open(self, dialog: Screen[_T], then: Callable[[_T], None] | None = None) -> None:
        """Show a dialog, which takes the next key, and do what follows from what it gives."""

        def closed(given: _T | None) -> None:
            self._name_keys()
            if then is not None and given is not None:
                then(given)

        await self.push_screen(dialog, closed)

    async def _ask_for_token(self, meeting: RecentMeeting) -> None:
        from boardroom_tui.welcome.token_prompt import TokenPrompt  # noqa: PLC0415

        await self._open(TokenPrompt(meeting), lambda token: self.exit(rejoin(meeting, token)))

    async def action_paste(self, pasted: str = "") -> None:
        """Join by an invitation, that was pasted already or will be."""
        from boardroom_tui.welcome.paste_dialog import PasteDialog  # noqa: PLC0415

        dialog = PasteDialog(self._fit, pasted)
        await self._open(dialog, lambda words: self.exit(Choice("join", words)))

    async def action_host(self) -> None:
        """Host a meeting from a file."""
        from boardroom_tui.welcome.file_dialog import FileDialog  # noqa: PLC0415

        await self._open(FileDialog(self._why_not), lambda path: self.exit(host(path)))

    async def action_help(self) -> None:
        """Say what is needed for what."""
        from boardroom_tui.welcome.help import WelcomeHelp  # noqa: PLC0415

        await self._open(WelcomeHelp())
