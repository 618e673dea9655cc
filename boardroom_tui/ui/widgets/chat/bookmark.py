"""Where somebody read in the conversation, to come back to."""

from dataclasses import dataclass

from boardroom_tui.ui.widgets.chat.scroll import Place


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Where one read, to come back to, and what was selected there."""

    place: Place
    selected: str | None
