"""Where somebody reads in the conversation, as the commands for reading know it."""

from collections.abc import Callable
from dataclasses import dataclass

from boardroom_tui.state.model import SpokenLine


@dataclass(frozen=True, slots=True)
class Reading:
    """What is selected, and where one could go."""

    selected: SpokenLine | None = None
    has_thread: bool = False
    """Whether the selected message answers something, or is answered."""
    in_thread: bool = False
    """Whether one thread alone is shown."""
    links: Callable[[], tuple[str, ...]] = tuple
    """Finds those in the selected message; with none selected, all in sight."""
    searches: bool = False
    has_unread: bool = False
    can_go_back: bool = False
