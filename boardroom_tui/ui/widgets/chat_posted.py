"""One's own messages that the server has not answered yet, or refused: shown as what they are."""

from collections.abc import Mapping

from boardroom_tui.protocol.messages.meeting import ChatSend
from boardroom_tui.state.model import Outgoing, Progress
from boardroom_tui.ui.widgets.cell_wrap import one_line
from boardroom_tui.ui.widgets.chat_lines import Line, Look, Piece, Shape, posted_lines


def posted_chat(outgoing: Mapping[str, Outgoing]) -> list[tuple[str, Outgoing]]:
    """The chat messages among what was sent, with their words, in the order of sending."""
    return [
        (posted.request.data.message, posted)
        for posted in outgoing.values()
        if isinstance(posted.request, ChatSend)
    ]


def all_posted_lines(
    outgoing: Mapping[str, Outgoing], shape: Shape, *, connected: bool
) -> tuple[Line, ...]:
    """The lines of all of them, to stand below what was said."""
    shown: list[Line] = []
    for message, posted in posted_chat(outgoing):
        progress = _progress(posted, connected=connected)
        shown += posted_lines(message, progress, shape, headed=not shown)
    return tuple(shown)


def _progress(posted: Outgoing, *, connected: bool) -> Piece:
    match posted.progress:
        case Progress.REFUSED:
            reason = one_line(posted.reason or "Not sent: the server refused it.")
            return Piece(f"✗ {reason}", Look.REFUSED)
        case Progress.WAITING if connected:
            return Piece("… sending", Look.TIME)
        case Progress.WAITING:
            return Piece("◌ queued until the connection is back", Look.TIME)
