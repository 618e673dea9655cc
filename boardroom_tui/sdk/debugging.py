"""What `debug=True` shows: every frame as it goes and comes, without tokens."""

import logging

from boardroom_tui.client.wire import Direction
from boardroom_tui.protocol.text import clean
from boardroom_tui.redaction import without_tokens

_LOG = logging.getLogger("boardroom_ws")


def show_frames() -> None:
    """Let the frames be seen: on standard error, where the program has no logging of its own."""
    _LOG.setLevel(logging.DEBUG)
    if not _LOG.hasHandlers():
        _LOG.addHandler(logging.StreamHandler())


def log_frame(direction: Direction, frame: str | bytes) -> None:
    """Log one frame."""
    text = frame if isinstance(frame, str) else f"{len(frame)} binary bytes"
    _LOG.debug("%s %s", direction, clean(without_tokens(text)))
