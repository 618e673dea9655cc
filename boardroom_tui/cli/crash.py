"""A mistake of the program's own: one line for the user, the rest in a file of their own."""

import re
import traceback
from pathlib import Path
from types import TracebackType

import platformdirs

from boardroom_tui.cli import CommandError
from boardroom_tui.client.private_files import write_private
from boardroom_tui.protocol.text import clean

_JSON_WEB_TOKEN = re.compile(r"eyJ[\w.-]{8,}")
_SHOWN_BEGINNING = 12
"""A traceback shortens long values, so a token is found by its first characters."""


class CrashReport:
    """Around what may crash; `secret` is kept out of everything written."""

    def __init__(self, secret: str, path: Path | None = None) -> None:
        state = platformdirs.user_state_path("boardroom")
        self._path = state / "crash.txt" if path is None else path
        self._secret = re.compile(re.escape(secret[:_SHOWN_BEGINNING]) + r"[\w.-]*")

    def write(self, details: str) -> CommandError:
        """Write down what happened; the one line that says so."""
        harmless = clean(details, lines=True)
        for secret in (self._secret, _JSON_WEB_TOKEN):
            harmless = secret.sub("[token]", harmless)
        try:
            write_private(self._path, harmless)
        except OSError:
            return CommandError("stopped by a mistake of its own")
        return CommandError(f"stopped by a mistake of its own; {self._path} says which")

    def __enter__(self) -> "CrashReport":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, Exception) and not isinstance(error, CommandError):
            raise self.write("".join(traceback.format_exception(error))) from None
