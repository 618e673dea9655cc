"""What the server logs: without tokens, and in one line whatever is in it."""

import logging
import re
from types import TracebackType

from boardroom_tui.redaction import without_tokens

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")

server_log = logging.getLogger("boardroom.server")
socket_log = logging.getLogger("boardroom.server.sockets")
"""Given to websockets in place of its own logger.

Never below WARNING, whatever the others are at: at DEBUG the library logs the frames, and with
them secret votes.
"""
socket_log.setLevel(logging.WARNING)


def harmless(text: str) -> str:
    """The text without tokens, its control characters written out."""
    return _CONTROL.sub(
        lambda found: found[0].encode("unicode_escape").decode("ascii"), without_tokens(text)
    )


class Harmless(logging.Formatter):
    """The one formatter of everything that is logged."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # logging's name
        """One line, whatever was logged."""
        return harmless(super().formatMessage(record))

    def formatException(  # noqa: N802  # logging's name
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """The traceback's own lines, each of them harmless."""
        return "\n".join(harmless(line) for line in super().formatException(ei).split("\n"))

    def formatStack(self, stack_info: str) -> str:  # noqa: N802  # logging's name
        """The stack's own lines, each of them harmless."""
        return "\n".join(harmless(line) for line in super().formatStack(stack_info).split("\n"))


def log_to_standard_error(level: int = logging.INFO) -> None:
    """Log everything of this process through the one formatter."""
    handler = logging.StreamHandler()
    handler.setFormatter(Harmless())
    logging.basicConfig(level=level, handlers=[handler], force=True)
