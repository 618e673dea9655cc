"""The help: every command with its keys, and what the symbols mean."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from boardroom_tui.ui.command import Command, Group, display_of, reason_against
from boardroom_tui.ui.commands import COMMANDS
from boardroom_tui.ui.situation import Situation

SYMBOLS = (
    ("●", "present, connected"),
    ("◐", "away; a slow connection"),
    ("◉", "busy"),
    ("○", "absent; an item to come"),
    ("▸", "the item in progress"),
    ("✓", "done, carried, enough"),
    ("✗", "lost, refused, disconnected"),
    ("»", "deferred"),
    ("◇", "a prepared decision"),
    ("◆", "a vote is open"),
    ("!", "something is missing"),
    ("×3", "a vote that counts three"),
)


class HelpScreen(ModalScreen[None]):
    """A page to read and close."""

    DEFAULT_CSS = """
    HelpScreen {
        align: center middle;
        background: $background 70%;
        & > VerticalScroll {
            width: 92;
            max-width: 96%;
            height: auto;
            max-height: 92%;
            padding: 1 2;
            background: $surface;
            border: round $primary;
            border-title-color: $primary;
            border-title-style: bold;
            border-subtitle-color: $dim;
            scrollbar-size-vertical: 1;
        }
        & Static { height: auto; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f1,question_mark,enter", "app.pop_screen", show=False),
    ]

    def __init__(self, situation: Situation) -> None:
        super().__init__()
        self._situation = situation

    def compose(self) -> ComposeResult:
        """The page."""
        with VerticalScroll() as page:
            page.border_title = "Help"
            page.border_subtitle = "Esc closes"
            yield Static(help_text(self._situation))


def help_text(situation: Situation) -> Content:
    """The whole page."""
    parts = [Content.styled("Letters work while you are not writing: Esc leaves the line.", "$dim")]
    for group in Group:
        parts.append(Content.styled(f"\n{group}", "bold $accent"))
        parts.extend(_entry(one, situation) for one in COMMANDS if one.group is group)
    parts.append(Content.styled("\nSymbols", "bold $accent"))
    parts.extend(
        Content.assemble((f"  {symbol:<3}", "bold"), (meaning, "$foreground"))
        for symbol, meaning in SYMBOLS
    )
    return Content("\n").join(parts)


def _entry(command: Command, situation: Situation) -> Content:
    key = display_of(command.keys[0]) if command.keys else ""
    slash = f"/{command.slash}" + (f" [{command.takes}]" if command.takes else "")
    reason = reason_against(command, situation)
    first = Content.assemble(
        (f"  {key:<5}{command.letter:<3}", "bold $primary"),
        (f"{slash:<21}", "$secondary"),
        command.title,
    )
    second = Content.styled(f"\n{' ' * 31}{command.help}", "$dim")
    if reason is not None:
        second += Content.styled(f"\n{' ' * 31}Not now: {reason}", "$warning")
    return first + second
