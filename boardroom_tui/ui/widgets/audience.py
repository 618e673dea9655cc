"""Who reads what one writes, in the words that stand around the field."""

from dataclasses import dataclass

from boardroom_tui.ui.widgets.cell_wrap import cut, one_line
from boardroom_tui.ui.widgets.conversation_line import PRIVATE
from boardroom_tui.ui.words.beginning import PLACEHOLDER, TO_EVERYBODY

_NAMED = 3
"""So many readers are named; of more the number comes first."""
_NAME = 24
"""Cells for a reader's name."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Who reads what is written here."""

    names: tuple[str, ...] = ()
    """Everybody in a private conversation but oneself; none where everybody reads it."""
    compared: bool = False
    """Whether the codes of all their devices were compared."""

    @property
    def is_private(self) -> bool:
        """Whether it is encrypted for these alone."""
        return bool(self.names)

    @property
    def title(self) -> str:
        """Above the field."""
        if not self.is_private:
            return TO_EVERYBODY
        known = ", code compared" if self.compared else "; /devices compares codes"
        return f"{PRIVATE} Private{known}"

    @property
    def words(self) -> str:
        """Who can read it; empty where everybody can. Of many it says how many, then who."""
        if not self.is_private:
            return ""
        names = [cut(one_line(name), _NAME) for name in self.names]
        if len(names) <= _NAMED:
            return f"{PRIVATE} Only {', '.join(names)} and you can read this."
        more = len(names) - _NAMED
        return (
            f"{PRIVATE} Only {len(names)} others and you can read this: "
            f"{', '.join(names[:_NAMED])} and {more} more, {PRIVATE} among the people."
        )

    @property
    def placeholder(self) -> str:
        """In the empty field."""
        return "Write in private, / for commands" if self.is_private else PLACEHOLDER
