"""What stands above the first message: whether something was said before it."""

from boardroom_tui.state.model import Earlier
from boardroom_tui.ui.widgets.cell_wrap import cut
from boardroom_tui.ui.widgets.chat.lines import Line, Piece
from boardroom_tui.ui.widgets.chat.text import Look

_WORDS = {
    Earlier.ASKED: "loading earlier messages…",
    Earlier.READ: "the beginning",
    Earlier.UNTOLD: "This server does not tell what was said before.",
}


def head_line(earlier: Earlier, width: int, *, connected: bool) -> Line | None:
    """One line of it; None where the conversation is told from its beginning."""
    if earlier is Earlier.NONE:
        return None
    words = "earlier messages come when the connection is back"
    if earlier is not Earlier.MORE or connected:
        words = _WORDS.get(earlier, _WORDS[Earlier.ASKED])
    words = cut(words, width)
    return (Piece(" " * ((width - len(words)) // 2), Look.BLANK), Piece(words, Look.HEAD))
