"""What the server logs: one line for each thing that happened, without tokens, whatever is in it.

As text: time, level, what happened, and its fields as `name=value`. As JSON: one object a line.
"""

import json
import logging
import re
import threading
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from logging.handlers import QueueHandler
from queue import Full, Queue
from types import TracebackType
from typing import cast

from boardroom_tui.clock import read_clocks
from boardroom_tui.redaction import without_tokens

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_PLAIN = re.compile(r"[^\s\"'=]+")

server_log = logging.getLogger("boardroom.server")
socket_log = logging.getLogger("boardroom.server.sockets")
"""Given to websockets in place of its own logger.

Never below WARNING, whatever the others are at: at DEBUG the library logs the frames, and with
them secret votes.
"""
socket_log.setLevel(logging.WARNING)

_SELDOM_SECONDS = 60.0

_MOST_WAITING = 10_000
_LAST_LINES_SECONDS = 1.0
"""How long the last lines may take to be written when the server ends."""

Field = str | int | float | bool | None
"""A field's value; one that is None is left out."""

Excuse = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def note(event: str, level: int = logging.INFO, **fields: Field) -> None:
    """Log that something happened: a word for what, and what belongs to it.

    INFO is the meetings' ordinary life, WARNING what somebody may have to look into, ERROR what
    the server could not do.
    """
    known = {name: value for name, value in fields.items() if value is not None}
    server_log.log(level, event, extra={"fields": known})


class Seldom:
    """Says whether to log again what may come in floods: once a minute."""

    def __init__(self) -> None:
        self._next = float("-inf")

    def due(self) -> bool:
        """Whether it is time; then it is not for a minute."""
        now = read_clocks().monotonic
        if now < self._next:
            return False
        self._next = now + _SELDOM_SECONDS
        return True


def harmless(text: str) -> str:
    """The text without tokens, its control characters written out."""
    return _CONTROL.sub(
        lambda found: found[0].encode("unicode_escape").decode("ascii"), without_tokens(text)
    )


class Harmless(logging.Formatter):
    """The one formatter of everything that is logged; times are RFC 3339, in UTC."""

    converter = time.gmtime
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self, *, as_json: bool = False) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        """A line, and below it the traceback if there is one; in JSON that is a field."""
        return self._object(record) if self._as_json else super().format(record)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # logging's name
        """One line, whatever was logged."""
        fields = [f"{name}={_written(value)}" for name, value in _fields(record).items()]
        return harmless(" ".join([super().formatMessage(record), *fields]))

    def formatException(self, ei: Excuse) -> str:  # noqa: N802  # logging's name
        """The traceback's own lines, each of them harmless."""
        return "\n".join(harmless(line) for line in super().formatException(ei).split("\n"))

    def formatStack(self, stack_info: str) -> str:  # noqa: N802  # logging's name
        """The stack's own lines, each of them harmless."""
        return "\n".join(harmless(line) for line in super().formatStack(stack_info).split("\n"))

    def _object(self, record: logging.LogRecord) -> str:
        """`time`, `level`, `event` and its fields; what others log has the event `message`."""
        told: dict[str, Field] = {
            "time": self.formatTime(record),
            "level": record.levelname.lower(),
        }
        if hasattr(record, "fields"):
            told |= {"event": record.getMessage(), **_fields(record)}
        else:
            told |= {"event": "message", "logger": record.name, "message": record.getMessage()}
        if record.exc_info:
            told["traceback"] = super().formatException(record.exc_info)
        if record.stack_info:
            told["stack"] = super().formatStack(record.stack_info)
        clean = {k: without_tokens(v) if isinstance(v, str) else v for k, v in told.items()}
        return json.dumps(clean).replace("\x7f", "\\u007f")  # All else that is not ASCII is.


@contextmanager
def logging_to_standard_error(
    level: int = logging.INFO, *, as_json: bool = False
) -> Generator[None]:
    """Log everything of this process through the one formatter.

    Another thread writes it: a terminal that is held (Ctrl+S) or a pipe that nobody reads must not
    hold up a meeting. What is more than `_MOST_WAITING` lines behind is not logged.
    """
    lines: Queue[logging.LogRecord | None] = Queue(_MOST_WAITING)
    handler = _Waiting(lines)
    handler.setFormatter(Harmless(as_json=as_json))
    writer = threading.Thread(target=_write, args=(lines,), name="log", daemon=True)
    writer.start()
    logging.basicConfig(level=level, handlers=[handler], force=True)
    try:
        yield
    finally:
        with suppress(Full):
            lines.put_nowait(None)
            writer.join(_LAST_LINES_SECONDS)


class _Waiting(QueueHandler):
    """Hands the finished line over, and never waits."""

    def enqueue(self, record: logging.LogRecord) -> None:
        with suppress(Full):
            self.queue.put_nowait(record)


def _write(lines: "Queue[logging.LogRecord | None]") -> None:
    standard_error = logging.StreamHandler()
    while (record := lines.get()) is not None:
        standard_error.handle(record)


def _fields(record: logging.LogRecord) -> Mapping[str, Field]:
    return cast("Mapping[str, Field]", getattr(record, "fields", {}))


def _written(value: Field) -> str:
    """A value as a line of text has it: in quotes where it could be taken for something else."""
    text = value if isinstance(value, str) else json.dumps(value)
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
