"""One's own messages that the server has not answered yet, or refused: shown as what they are."""

from collections.abc import Mapping, Sequence

from boardroom_tui.protocol.messages.meeting import ChatSend
from boardroom_tui.state.model import Outgoing, Progress
from boardroom_tui.ui.widgets.cell_wrap import one_line
from boardroom_tui.ui.widgets.chat.lines import Line, Piece, Shape, posted_lines
from boardroom_tui.ui.widgets.chat.text import Look


def posted_chat(outgoing: Mapping[str, Outgoing]) -> list[tuple[str, Outgoing]]:
    """The chat messages among what was sent, with their words, in the order of sending."""
    return [
        (posted.request.data.message, posted)
        for posted in outgoing.values()
        if isinstance(posted.request, ChatSend)
    ]


def all_posted_lines(
    outgoing: Mapping[str, Outgoing], shape: Shape, held: Sequence[str], *, connected: bool
) -> tuple[Line, ...]:
    """The lines of all of them, to stand below what was said.

    The last ones are `held` back, each with its reason.
    """
    shown: list[Line] = []
    everything = posted_chat(outgoing)
    waiting = [posted for _, posted in everything if posted.progress is Progress.WAITING]
    held_back = waiting[-len(held) :] if connected else []
    reasons = {id(posted): reason for posted, reason in zip(held_back, held, strict=False)}
    for message, posted in everything:
        progress = _progress(posted, reasons.get(id(posted)), connected=connected)
        shown += posted_lines(message, progress, shape, headed=not shown)
    return tuple(shown)


def _progress(posted: Outgoing, held: str | None, *, connected: bool) -> Piece:
    match posted.progress:
        case Progress.REFUSED:
            reason = one_line(posted.reason or "Not sent: the server refused it.")
            return Piece(f"✗ {reason}", Look.REFUSED)
        case Progress.WAITING if held is not None:
            return Piece(f"◷ {held}", Look.TIME)
        case Progress.WAITING if connected:
            return Piece("… sending", Look.TIME)
        case Progress.WAITING:
            return Piece("◌ queued until the connection is back", Look.TIME)
