"""What is wrong in a file that somebody wrote, as commands say it."""

from collections.abc import Sequence

from boardroom_tui.protocol.text import clean
from boardroom_tui.toml_tables import Mistake


def mistakes_in_words(mistakes: Sequence[Mistake | str]) -> str:
    """Every mistake in a line of its own; where there are several, their number before them."""
    lines = [clean(str(mistake)) for mistake in mistakes]
    if len(lines) == 1:
        return lines[0]
    return "\n".join([f"{len(lines)} mistakes", *lines])
