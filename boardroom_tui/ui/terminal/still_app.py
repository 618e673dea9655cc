"""An app in which nothing moves by itself, and of which the terminal is sent what is safe."""

from collections.abc import Sequence

from textual import events
from textual.app import App, ReturnType
from textual.driver import Driver
from textual.filter import LineFilter, Monochrome
from textual.widgets import Input, TextArea

from boardroom_tui.ui.terminal.line_filter import NoControls
from boardroom_tui.ui.terminal.no_colours import NoColours


class StillApp(App[ReturnType]):
    """No animation, no smooth scrolling, no cursor that blinks; no colour where none is wanted.

    Each draws the eye away from what was said, and costs a slow line a picture after the other.
    """

    # What else a colour alone shows: which one is selected, and where the keys go.
    DEFAULT_CSS = """
    RowList:nocolor > .row-list--selected, ChatView:nocolor > .chat--selected,
    TextArea:nocolor .text-area--selection, Input:nocolor > .input--selection,
    TextArea:nocolor .text-area--cursor, Input:nocolor > .input--cursor,
    Screen:nocolor > .screen--selection, VoteChoice:nocolor:focus { text-style: reverse; }
    /* Textual 8.2 leaves out of these what is reversed. */
    OptionList:nocolor > .option-list--option-highlighted { text-style: bold underline; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.animation_level = "none"
        self._line_filters = (*((NoColours(),) if self.no_color else ()), NoControls())

    def get_driver_class(self) -> type[Driver]:
        """Textual's own, but for how it listens to a terminal."""
        return _listening(super().get_driver_class())

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's own but for its greys, and ours after them."""
        theirs = super().get_line_filters()
        return [*(one for one in theirs if not isinstance(one, Monochrome)), *self._line_filters]

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        if isinstance(event.widget, Input | TextArea):
            event.widget.cursor_blink = False


def _listening(theirs: type[Driver]) -> type[Driver]:
    """The driver of a terminal that waits for keys, and keeps pastes whole; else Textual's."""
    try:
        from textual.drivers.linux_driver import LinuxDriver  # noqa: PLC0415

        from boardroom_tui.ui.terminal.listening import (  # noqa: PLC0415
            ListeningDriver,
            is_as_expected,
        )
    except ImportError:
        return theirs
    return ListeningDriver if theirs is LinuxDriver and is_as_expected() else theirs
