"""What people wish of the ways in which the program calls for them."""

from dataclasses import dataclass

from boardroom_tui.state.concern import Concern
from boardroom_tui.ui.attention.quiet import QuietHours


@dataclass(frozen=True, slots=True)
class Notify:
    """Which ways are used, when, and for what."""

    bell: bool = True
    desktop: bool = True
    title: bool = True
    """Whether the terminal's title is the meeting's, with the number of what is unread."""
    quiet: QuietHours | None = None
    """When there is neither bell nor desktop notification."""
    about: frozenset[Concern] = frozenset(Concern)
    """What one wants to be called for; all else is only shown."""
